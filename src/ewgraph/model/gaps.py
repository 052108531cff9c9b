"""What is known of the supply of a contract's models, tier by tier, and what to ask next."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

from ewgraph.model.codes import Completeness, DueDiligence, Tier
from ewgraph.model.rdf import IRI

SUPPLY_TIERS: Final = tuple(tier for tier in Tier if tier is not Tier.END_OF_LIFE)
"""The tiers upstream of what is bought."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The sites that one record names for a model and a tier.

    Attributes:
        record: the record.
        contract: the contract that it is said for; None where it is said for the model.
        sites: the sites, each under the first of its names.
    """

    record: IRI
    contract: IRI | None
    sites: frozenset[IRI]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the sites of one tier behind a model that a contract covers.

    Attributes:
        model: the model.
        tier: the tier.
        named: the sites that chains of scope MODEL or better lead to, each under the first of its names.
        possible: the sites that only weaker chains lead to.
        last_confirmed: when the newest record that names one of the former was received.
        listings: what records name for the model itself.
    """

    model: IRI
    tier: Tier
    named: frozenset[IRI]
    possible: frozenset[IRI]
    last_confirmed: dt.datetime | None
    listings: frozenset[Listing]


class GapState(enum.Enum):
    """How far the sites of a tier behind a model are disclosed."""

    DISCLOSED = "disclosed"
    PARTIAL = "partial"
    NONE_EXISTS = "none-exists"
    NONE_RECORDED = "none-recorded"
    REFUSED = "refused"
    STALE = "stale"
    CONTRADICTED = "contradicted"
    HIDDEN = "hidden"


class NextQuestion(enum.Enum):
    """What to ask next about the sites of a tier behind a model."""

    NAME_SITES = "name-sites"
    COMPLETE_LIST = "complete-list"
    CONFIRM_LIST = "confirm-list"
    SETTLE_CONTRADICTION = "settle-contradiction"
    ESCALATE_REFUSAL = "escalate-refusal"


NEXT: Final = {
    GapState.NONE_RECORDED: NextQuestion.NAME_SITES,
    GapState.PARTIAL: NextQuestion.COMPLETE_LIST,
    GapState.STALE: NextQuestion.CONFIRM_LIST,
    GapState.CONTRADICTED: NextQuestion.SETTLE_CONTRADICTION,
    GapState.REFUSED: NextQuestion.ESCALATE_REFUSAL,
}


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation to disclose the sites of a tier.

    Attributes:
        obligation: the obligation.
        kind: its type.
        due_on: its last day.
    """

    obligation: IRI
    kind: IRI
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the sites of a tier behind a model are disclosed under a contract, and what to ask next.

    Attributes:
        contract: the contract.
        known: what is known of the sites.
        state: how far they are disclosed.
        completeness: what was last said of whether those named are all.
        request: how far the last formal request up the chain has come.
        owed: the obligation to disclose them that is due first.
        question: what to ask next; None for nothing.
        addressees: the contractors, whom to ask.
        clauses: the clause sets of the contract, under which to ask.
    """

    contract: IRI
    known: Known
    state: GapState
    completeness: Completeness | None
    request: DueDiligence | None
    owed: Owed | None
    question: NextQuestion | None
    addressees: tuple[IRI, ...]
    clauses: tuple[IRI, ...]
