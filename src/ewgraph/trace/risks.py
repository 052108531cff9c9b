"""The risk map of an affiliate: what it buys, by category and stage, how it is assessed, and what is disclosed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import Stage, Tier
from ewgraph.model.gaps import SUPPLY_TIERS, GapState
from ewgraph.model.rdf import IRI, Term, as_iri
from ewgraph.model.risks import Assessed, Risk
from ewgraph.model.window import ALL, Key, Part, Window, part_of
from ewgraph.trace.answer import Answer, answered
from ewgraph.trace.gaps import gaps

Unit: TypeAlias = tuple[IRI, IRI, IRI | None]
"""A contract, a line of it and a model of that, if it has one."""

_DISCLOSED: Final = frozenset({GapState.DISCLOSED, GapState.NONE_EXISTS})
_PARTLY: Final = frozenset({GapState.PARTIAL, GapState.STALE, GapState.CONTRADICTED})


def by_category(risk: Risk) -> Key:
    """What the rows of a risk map are sorted by."""
    return risk.category.value, risk.stage.value, risk.assessed.claim.value if risk.assessed else ""


def risk_map(
    view: View,
    catalogue: Catalogue,
    affiliate: IRI,
    *,
    confirmed_since: dt.datetime | None = None,
    window: Window = ALL,
) -> Answer[Risk]:
    """Answer CQ A11 and A12 for all that an affiliate buys.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        affiliate: the buyer.
        confirmed_since: what was last confirmed before that is stale; None for 18 months before `knownAt`.
        window: which part of the answer.
    """
    query = catalogue["risk-map"]

    def find() -> Part[Risk]:
        rows = list(view.select(query, {"affiliate": affiliate}))
        states = {
            contract: _states(view, catalogue, contract, confirmed_since)
            for contract in dict.fromkeys(as_iri(row["contract"]) for row in rows)
        }
        found = sorted(_risks(rows, states, _tiers(view)), key=by_category)
        return part_of(found, by_category, window)

    return answered(view, query, find)


States: TypeAlias = Mapping[tuple[IRI, Tier], GapState]


def _states(view: View, catalogue: Catalogue, contract: IRI, since: dt.datetime | None) -> States:
    return {(gap.known.model, gap.known.tier): gap.state for gap in gaps(view, catalogue, contract, since)}


def _tiers(view: View) -> Mapping[IRI, list[Tier]]:
    """The tiers of each stage."""
    found: defaultdict[IRI, list[Tier]] = defaultdict(list)
    for tier in SUPPLY_TIERS:
        for stage in view.objects(tier.iri, terms.SKOS.broadMatch):
            if isinstance(stage, IRI):
                found[stage].append(tier)
    return found


def _risks(
    rows: Iterable[Mapping[str, Term | None]],
    states: Mapping[IRI, States],
    tiers: Mapping[IRI, list[Tier]],
) -> Iterator[Risk]:
    units: defaultdict[IRI, set[Unit]] = defaultdict(set)
    cells: defaultdict[tuple[IRI, IRI], dict[IRI, Assessed]] = defaultdict(dict)
    for row in rows:
        category, stage = as_iri(row["category"]), row["stage"]
        units[category].add((as_iri(row["contract"]), as_iri(row["line"]), _given(row["model"])))
        if isinstance(stage, IRI):
            claim = as_iri(row["claim"])
            cells[category, stage][claim] = Assessed(
                level=as_iri(row["level"]),
                inherited_from=as_iri(row["inheritedFrom"]),
                market=_given(row["market"]),
                origin_country=_given(row["originCountry"]),
                claim=claim,
                record=as_iri(row["record"]),
            )
    for category, bought in units.items():
        for stage in (code.iri for code in Stage):
            told = [_disclosure(states[contract], model, tiers.get(stage, [])) for contract, _, model in bought]
            for assessed in cells[category, stage].values() or [None]:
                yield Risk(category, stage, assessed, len(bought), told.count(_DISCLOSED), told.count(_PARTLY))


def _disclosure(states: States, model: IRI | None, tiers: Iterable[Tier]) -> frozenset[GapState] | None:
    """Which of the two a model's sites at some tiers are; None for neither."""
    found = {states.get((model, tier)) for tier in tiers} if model else set()
    return _DISCLOSED if found & _DISCLOSED else _PARTLY if found & _PARTLY else None


def _given(term: Term | None) -> IRI | None:
    return term if isinstance(term, IRI) else None
