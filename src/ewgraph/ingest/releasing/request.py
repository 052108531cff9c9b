"""What is asked for, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ewgraph.ledger import OPERATOR
from ewgraph.model.codes import Redaction, Visibility
from ewgraph.model.rdf import IRI

REPLY_DAYS: Final = 14
"""So long a company has a record to itself, unless it is said otherwise: time to reply before others see it."""


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """That a record is to be opened.

    Attributes:
        record: the record.
        level: the audience rule to open it to.
        reason: why; kept in the release, for staff.
        author: on whose word: the steward's, as a rule.
        parties: to which organisations alone, for the level contract-party; nobody for the record's own parties.
        at: from when on, at once where None.
        redaction: how it is lessened.
        keep: of the sites and organisations that a redaction hides, those that stay named.
        with_replies: whether the replies to its claims are opened with it.
        submitter: who hands it in: it counts from the operator and the steward alone.
    """

    record: IRI
    level: Visibility
    reason: str
    author: IRI
    parties: frozenset[IRI] = frozenset()
    at: dt.datetime | None = None
    redaction: Redaction = Redaction.NONE
    keep: frozenset[IRI] = frozenset()
    with_replies: bool = False
    submitter: IRI = OPERATOR


@dataclass(frozen=True, slots=True)
class EmbargoRequest:
    """That companies see a record first, and others on later days.

    Attributes:
        record: the record.
        companies: who sees it at once.
        stages: from when on which wider audience sees it.
        reason: why; kept in each release, for staff.
        author: on whose word.
        reply_days: so many days the companies have before anybody else sees it.
        without_reply_period: why they have fewer; kept in the release. None where they have.
        with_replies: whether the replies to its claims are opened with it.
        submitter: who hands it in: it counts from the operator and the steward alone.
    """

    record: IRI
    companies: frozenset[IRI]
    stages: Mapping[Visibility, dt.datetime]
    reason: str
    author: IRI
    reply_days: int = REPLY_DAYS
    without_reply_period: str | None = None
    with_replies: bool = False
    submitter: IRI = OPERATOR


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        releases: the releases that were made, in the order of their days.
        hidden_replies: replies to what is released that are not seen where it will be, each with that level.
        edition: the redacted edition, where it was redacted.
        twins: how many claims the edition has.
        left_out: how many claims of the record have no twin in it, by why.
    """

    releases: tuple[IRI, ...]
    hidden_replies: Mapping[IRI, Visibility] = field(default_factory=lambda: MappingProxyType({}))
    edition: IRI | None = None
    twins: int = 0
    left_out: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
