"""What a reader's graphs showed before some records were taken in is made again from what they show now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.access import parse_principal
from ewgraph.catalogue import Catalogue
from ewgraph.graph.past import Moment, Past, later_records
from ewgraph.graph.state import state_of
from ewgraph.ledger import ReleaseChange
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad
from tests.competency.asking import HERE, LATEST, records_of
from tests.conftest import OPERATOR, House, TickingClock, draft

WORLDS = {path.parent.name: records_of(path) for path in sorted(HERE.glob("*/records.trig"))}


def readers_of(records: Iterable[Sequence[Quad]]) -> list[str]:
    """The public, the staff, and every organisation that says or buys something."""
    naming = {terms.PROV.wasAttributedTo, terms.buyer, terms.contractor}
    named = {
        q.object.value for record in records for q in record if q.predicate in naming and isinstance(q.object, IRI)
    }
    return ["public", "staff", *sorted(named)]


class Story(House):
    """A house that takes in one hand-in a minute, and shows one record after the other."""

    def take_in(self, records: Sequence[Sequence[Quad]], starts: Collection[int], shown: int) -> None:
        """Take in all records, and show the first so many of them.

        Args:
            records: all there are to be.
            starts: the places of those with which a hand-in begins; the others come in with the one before.
            shown: how many of them are shown in the end.
        """
        source = self.ledger.keep_source("story.trig", b"")
        for start, end in pairwise(sorted({0, *starts, len(records)})):
            if start >= shown:
                break
            self.clock.time += dt.timedelta(minutes=1)
            self.ledger.append([draft(list(quads), source, OPERATOR) for quads in records[start:end]])
            while self.projector.cursor() < min(end, shown):
                self.projector.catch_up(enough=lambda: True)
        self.clock.time += dt.timedelta(seconds=1)

    def shown(self, graphs: Sequence[IRI]) -> set[Quad]:
        return {_triple(quad) for graph in graphs for quad in self.store.quads(None, None, None, graph)}

    def has_lost(self, graphs: Sequence[IRI], moment: Moment) -> bool:
        """Whether readers of the graphs ceased to see something since."""
        changes = (change for subject in self.released() for change in self.release_log.of(subject))
        return any(each.change == "removed" and each.audience in graphs and _since(each, moment) for each in changes)

    def released(self) -> list[IRI]:
        return [IRI(row[0]) for row in self.ledger.query("SELECT DISTINCT subject FROM release")]

    def made_again(self, graphs: Sequence[IRI], moment: Moment) -> set[Quad]:
        since = self.release_log.newly_shown(graphs, moment.recorded_at, self.clock.time).keys()
        late = later_records(self.store, graphs, moment, since, self.ledger.in_order)
        added, removed = Past(self.store, graphs, late).difference(since)
        assert not set(map(_triple, added)) & self.shown(graphs)
        return self.shown(graphs).difference(map(_triple, removed)).union(map(_triple, added))


def _since(change: ReleaseChange, moment: Moment) -> bool:
    return change.at is not None and change.at > moment.recorded_at


def _triple(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object)


def alone(records: Sequence[Sequence[Quad]]) -> set[int]:
    """Where hand-ins begin, so that those of members hold nothing else: they are shown before what came first."""
    told = {place for place, quads in enumerate(records) if any(quad.predicate == terms.ORG.role for quad in quads)}
    return told | {place + 1 for place in told}


@pytest.mark.parametrize("world", WORLDS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_past_is_what_was_shown(world: str, catalogue: Catalogue, data: st.DataObject) -> None:
    records = data.draw(st.permutations(WORLDS[world]))
    split = data.draw(st.integers(1, len(records) - 1))
    starts = data.draw(st.sets(st.integers(1, len(records) - 1))) | alone(records)
    story = Story(Path(":memory:"), TickingClock(LATEST), catalogue)
    story.take_in(records, starts, split)
    members = story.projector.members()
    moments = {}
    for reader in readers_of(records):
        graphs = parse_principal(reader).graphs(members)
        moments[reader] = graphs, story.shown(graphs), Moment(story.clock.time, state_of(story.store, graphs).records)
    story.take_in(records, starts, len(records))
    for reader, (graphs, before, moment) in moments.items():
        if parse_principal(reader).graphs(story.projector.members()) != graphs:
            continue  # it became, or ceased to be, a member
        again = story.made_again(graphs, moment)
        assert again <= before, reader
        assert again == before or story.has_lost(graphs, moment), reader
    story.ledger.close()
