"""Disclosure gaps: what of a contract's models is disclosed, tier by tier, and what to ask next, and whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeVar

from ewgraph.access import View
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.model import terms
from ewgraph.model.code import Code
from ewgraph.model.codes import Completeness, DueDiligence, Tier
from ewgraph.model.gaps import NEXT, Gap, GapState, Known, Listing, Owed
from ewgraph.model.instants import instant, months_before
from ewgraph.model.rdf import IRI, Literal, as_iri
from ewgraph.model.window import ALL, Key, Window, part_of
from ewgraph.trace.answer import Answer, answered
from ewgraph.trace.definition import knowing as definition

C = TypeVar("C", bound=Code)

STALE_MONTHS: Final = 18
"""What was last confirmed longer ago is stale, where nothing else is asked."""


def by_model(gap: Gap) -> Key:
    """What gaps are sorted by."""
    return gap.known.model.value, gap.known.tier.rank or 0


def disclosure_gaps(
    view: View,
    catalogue: Catalogue,
    contract: IRI,
    *,
    confirmed_since: dt.datetime | None = None,
    window: Window = ALL,
) -> Answer[Gap]:
    """Answer CQ A06, A07 and A08 for all tiers: how far the sites behind a contract are disclosed.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        contract: the contract.
        confirmed_since: what was last confirmed before that is stale; None for `STALE_MONTHS` before `knownAt`.
        window: which part of the answer.
    """
    query = catalogue["disclosure-gaps"]
    return answered(
        view,
        query,
        lambda: part_of(gaps(view, catalogue, contract, confirmed_since), by_model, window),
    )


def gaps(view: View, catalogue: Catalogue, contract: IRI, confirmed_since: dt.datetime | None = None) -> list[Gap]:
    """The gaps of a contract, by model and tier."""
    since = confirmed_since or months_before(view.as_of.known_at, STALE_MONTHS)
    lens = view.lens
    cells = lens.known(contract) if lens is not None else definition.known(view, catalogue, contract)
    said = _said(view, catalogue["disclosure-gaps"], contract)
    parties = (*_nodes(view, contract, terms.buyer), *(contractors := _nodes(view, contract, terms.contractor)))
    concerned = view.principal.organization is None and view.principal.name == "staff"
    concerned |= view.principal.organization in parties
    clauses = _nodes(view, contract, terms.underClauses)
    found: list[Gap] = []
    for cell in cells:
        here = [one for one in said if one.tier is cell.tier and one.model in {None, cell.model}]
        state = _state(cell, here, since, concerned=concerned)
        question = NEXT.get(state)
        found.append(
            Gap(
                contract=contract,
                known=cell,
                state=state,
                completeness=_last(here, Completeness),
                request=_last(here, DueDiligence),
                owed=_owed(here),
                question=question,
                addressees=contractors if question else (),
                clauses=clauses if question else (),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said besides of a tier: completeness, a request or an obligation; None for all models of the contract."""

    statement: IRI
    model: IRI | None
    tier: Tier
    value: IRI
    due_on: dt.date | None
    record: IRI
    received_at: dt.datetime


def _said(view: View, query: StoredQuery, contract: IRI) -> list[_Said]:
    return [
        _Said(
            statement=as_iri(row["statement"]),
            model=model if isinstance(model := row["model"], IRI) else None,
            tier=Tier.of(as_iri(row["tier"])),
            value=as_iri(row["value"]),
            due_on=dt.date.fromisoformat(due.value[:10]) if isinstance(due := row["dueOn"], Literal) else None,
            record=as_iri(row["record"]),
            received_at=instant(received.value if isinstance(received := row["receivedAt"], Literal) else ""),
        )
        for row in view.select(query, {"contract": contract})
    ]


def _state(  # noqa: PLR0911  # one for each rule
    cell: Known, said: Sequence[_Said], since: dt.datetime, *, concerned: bool
) -> GapState:
    """How far the sites of a cell are disclosed, by the rules that the stored query tells."""
    complete = {one.record for one in said if one.value == Completeness.COMPLETE.iri}
    last = _last(said, Completeness)
    if any(_contradict(one, other, complete) for one, other in combinations(cell.listings, 2)):
        return GapState.CONTRADICTED
    if cell.last_confirmed is not None:
        if cell.last_confirmed < since:
            return GapState.STALE
        return GapState.DISCLOSED if last is Completeness.COMPLETE else GapState.PARTIAL
    if last is Completeness.NONE_EXISTS:
        return GapState.NONE_EXISTS
    if last is Completeness.COMPLETE:
        return GapState.STALE
    if last is Completeness.PARTIAL:
        return GapState.PARTIAL
    if _last(said, DueDiligence) is DueDiligence.UPSTREAM_REFUSED:
        return GapState.REFUSED
    return GapState.NONE_RECORDED if concerned else GapState.HIDDEN


def _contradict(one: Listing, other: Listing, complete: Collection[IRI]) -> bool:
    both_complete = {one.record, other.record} <= set(complete) and one.record != other.record
    return both_complete and one.contract == other.contract and one.sites != other.sites


def _last(said: Sequence[_Said], kind: type[C]) -> C | None:
    """What was last said on a code list; of several at once the one whose statement comes last."""
    of_kind = [one for one in said if one.value in {code.iri for code in kind}]
    newest = max(of_kind, key=lambda one: (one.received_at, one.statement.value), default=None)
    return kind.of(newest.value) if newest else None


def _owed(said: Sequence[_Said]) -> Owed | None:
    owed = [(one.due_on, one.statement.value, one) for one in said if one.due_on]
    if not owed:
        return None
    due_on, _, first = min(owed, key=lambda each: each[:2])
    return Owed(first.statement, first.value, due_on)


def _nodes(view: View, subject: IRI, predicate: IRI) -> tuple[IRI, ...]:
    return tuple(term for term in view.objects(subject, predicate) if isinstance(term, IRI))
