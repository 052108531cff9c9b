"""The index gives the answers that the stored queries define, whoever asks, as of whenever, however it came about."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.index.index import Index
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Mineral, Scope
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Key, Window
from ewgraph.trace import (
    Answer,
    best_paths,
    by_concerned,
    by_contract,
    by_mineral,
    by_site,
    contracts_touching,
    exposed_to,
    mineral_origins,
    shared_leverage,
    sites_touched_by,
)
from ewgraph.trace.changes import what_changed
from ewgraph.trace.gaps import disclosure_gaps
from ewgraph.trace.risks import risk_map
from tests.conftest import House, TickingClock, by_definition, named
from tests.graph.worlds import READERS
from tests.trace.worlds import CONTRACTS, INSTANTS, MODELS, SITES, supply_world, whole

pytestmark = pytest.mark.no_cover  # it takes two thirds longer to note which lines run, and others run them

EXAMPLES = 100
ROUNDS = 21
"""So many tests of so many examples each: with the questions, more than two thousand worlds in all."""

BUYERS = ("aff0", "aff1")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question may be asked with."""

    min_scope: Scope
    min_basis: EvidenceBasis
    mineral: IRI | None
    kinds: list[IRI] | None
    since: dt.datetime
    max_paths: int
    max_hops: int


FILTERS = st.builds(
    Filters,
    min_scope=st.sampled_from([Scope.COMPANY, *Scope]),
    min_basis=st.sampled_from([EvidenceBasis.INFERRED, *EvidenceBasis]),
    mineral=st.sampled_from([None, Mineral.TIN.iri]),
    kinds=st.sampled_from([None, [terms.Mine], [terms.Smelter, terms.Mine]]),
    since=st.sampled_from([dt.datetime(2021, 1, day, tzinfo=dt.UTC) for day in (1, 3, 5)]),
    max_paths=st.integers(1, 6),
    max_hops=st.integers(1, 7),
)
Ask = Callable[[View, Catalogue, Filters, Window], Iterator[Answer[Any]]]


def touched(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    least = {"min_scope": given.min_scope, "min_basis": given.min_basis}
    for name in SITES:
        yield contracts_touching(view, catalogue, named(name), window=window, **least)


def touching(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    least = {"min_scope": given.min_scope, "min_basis": given.min_basis}
    for name in CONTRACTS:
        yield sites_touched_by(view, catalogue, named(name), kinds=given.kinds, window=window, **least)


def origins(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    least: dict[str, Any] = {"min_scope": given.min_scope, "kinds": given.kinds, "mineral": given.mineral}
    for name in (*CONTRACTS, *MODELS):
        yield mineral_origins(view, catalogue, named(name), window=window, **least)


def paths(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    del window
    most = {"max_paths": given.max_paths, "max_hops": given.max_hops}
    for start in (*CONTRACTS, MODELS[0], SITES[0], SITES[4]):
        for end in (SITES[1], SITES[4], SITES[6]):
            yield best_paths(view, catalogue, named(start), named(end), min_scope=given.min_scope, **most)


def exposures(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    yield exposed_to(view, catalogue, named("finding"), min_scope=given.min_scope, window=window)


def leverage(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    del given, window
    for name in SITES:
        yield shared_leverage(view, catalogue, named(name))


def gaps(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    for name in CONTRACTS:
        yield disclosure_gaps(view, catalogue, named(name), confirmed_since=given.since, window=window)


def risks(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    for name in BUYERS:
        yield risk_map(view, catalogue, named(name), confirmed_since=given.since, window=window)


def changes(view: View, catalogue: Catalogue, given: Filters, window: Window) -> Iterator[Answer[Any]]:
    until = max(view.as_of.known_at, given.since + dt.timedelta(days=1))
    for name in (CONTRACTS[0], *SITES[3:5], BUYERS[0]):
        yield what_changed(view, catalogue, named(name), since=given.since, until=until, window=window)


QUESTIONS: dict[Ask, Callable[[Any], Key] | None] = {
    touched: by_contract,
    touching: by_site,
    origins: by_mineral,
    exposures: by_concerned,
    paths: None,
    leverage: None,
    gaps: None,
    risks: None,
    changes: None,
}
"""Each question; and of those of whose answer the index makes a part, what the answer is sorted by."""


def a_house(catalogue: Catalogue) -> House:
    return House(Path(":memory:"), TickingClock(dt.datetime(2026, 10, 1, tzinfo=dt.UTC)), catalogue)


def told(answer: Answer[Any]) -> tuple[object, ...]:
    """All of an answer but for the limits of the search, which only the index has."""
    limits = [limit for limit in answer.completeness.limits if limit.name != "maxHops"]
    return answer.items, answer.start, answer.total, limits, answer.provenance


@pytest.mark.parametrize("number", range(ROUNDS))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    supply_world(),
    INSTANTS,
    FILTERS,
    st.sampled_from(READERS),
    st.sampled_from(list(QUESTIONS)),
    st.one_of(
        st.none(),
        st.lists(st.sampled_from(["go on", "go on", "close", "crash", "write"]), min_size=14, max_size=14),
    ),
    st.integers(1, 3),
)
def test_answers_are_those_of_the_definition(  # noqa: PLR0917  # one for each thing that is drawn
    catalogue: Catalogue,
    number: int,
    records: list[str],
    instants: tuple[str, str],
    filters: Filters,
    reader: str,
    ask: Ask,
    events: list[str] | None,
    size: int,
) -> None:
    """Readers, instants and filters are drawn, and what happens to the index between the records."""
    del number
    house = a_house(catalogue)
    with tempfile.TemporaryDirectory() as folder:
        loaded(house, Path(folder), records, events)
        view = house.view(reader, *instants)
        assert view.lens is not None
        found = list(ask(view, catalogue, filters, Window()))
        assert list(map(told, found)) == list(map(told, ask(by_definition(view), catalogue, filters, Window())))
        if (key := QUESTIONS[ask]) is not None:
            beginnings = list(ask(view, catalogue, filters, Window(size)))
            for place, (answer, beginning) in enumerate(zip(found, beginnings, strict=True)):
                items = answer.items
                assert (beginning.items, beginning.start, beginning.total) == (items[:size], 0, len(items))
                if items:
                    part = list(ask(view, catalogue, filters, Window(size, key(items[0]))))[place]
                    assert (part.items, part.start, part.total) == (items[1 : 1 + size], 1, len(items))


def loaded(house: House, folder: Path, records: list[str], events: list[str] | None) -> None:
    """Load records one by one; the index follows, and is closed or lost and opened again, or written, in between."""
    if events is None:
        house.follow()
        for step in whole(records):
            house.load(step)
        return
    house.index = Index.open(house.store, folder)
    house.projector = house.projector_of(house.store, follower=house.index)
    for step, event in zip(whole(records), events, strict=False):
        house.load(step)
        if event == "write":
            house.index.write()
        elif event != "go on":
            if event == "close":
                house.index.close()
            house.index = Index.open(house.store, folder)
            house.projector = house.projector_of(house.store, follower=house.index)
