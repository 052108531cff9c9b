"""Visits to mines that do not agree, counted in the open data of IPIS: only within the window do they contradict."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import ConflictKind, ObservationTopic
from ewgraph.model.rdf import IRI, Quad
from ewgraph.trace.conflicts import conflicts
from tests.conftest import OPERATOR, House, TickingClock, draft
from tests.ingest.formats.reading_of import outcome_of

TOPICS = (ObservationTopic.CHILD_LABOUR, ObservationTopic.MAIN_MINERAL, ObservationTopic.QUALIFICATION)


@pytest.fixture(scope="module")
def mines(shared_data: Path, catalogue: Catalogue) -> Iterator[tuple[House, list[IRI]]]:
    """The visits in a graph, with what they say of the three topics, and the mines that were visited twice."""
    house = House(Path(":memory:"), TickingClock(dt.datetime(2026, 11, 1, tzinfo=dt.UTC)), catalogue)
    path = shared_data / "ipis-drc-mines" / "cod_mines_curated_all_opendata_p_ipis.csv"
    quads = outcome_of(path, "ipis-mines", validated=False).quads
    about = {quad.subject: quad.object for quad in quads if quad.predicate == terms.attribute}
    topics = {topic.iri for topic in TOPICS}
    records: defaultdict[object, list[Quad]] = defaultdict(list)
    for quad in quads:
        if quad.subject == quad.graph_name or about.get(quad.subject) in topics:
            records[quad.graph_name].append(quad)
    source = house.ledger.keep_source(path.name, b"")
    house.ledger.append([draft(record, source, OPERATOR) for record in records.values()])
    house.projector.catch_up()
    visits = Counter(
        (quad.object, about[quad.subject])
        for quad in quads
        if quad.predicate == terms.site and about.get(quad.subject) in topics
    )
    twice = {mine for (mine, _), count in visits.items() if count > 1 and isinstance(mine, IRI)}
    yield house, sorted(twice, key=lambda mine: mine.value)
    house.ledger.close()


@pytest.mark.parametrize(("days", "expected"), [(30, (2, 9, 0)), (90, (7, 12, 0)), (365, (124, 63, 5))])
def test_so_many_mines_are_contradicted_within_so_many_days(
    mines: tuple[House, list[IRI]], days: int, expected: tuple[int, int, int]
) -> None:
    house, twice = mines
    view = house.view("staff")
    contradicted: defaultdict[IRI, set[IRI]] = defaultdict(set)
    differing: defaultdict[IRI, set[IRI]] = defaultdict(set)
    for mine in twice:
        for conflict in conflicts(view, house.catalogue, mine, days=days):
            differing[conflict.dimension].add(mine)
            if conflict.kind is ConflictKind.CONTRADICTION:
                contradicted[conflict.dimension].add(mine)
    assert tuple(len(contradicted[topic.iri]) for topic in TOPICS) == expected
    assert tuple(len(differing[topic.iri]) for topic in TOPICS) == (243, 169, 31)
