"""Changes of the audience graphs into a holding: whatever it held of their subjects, it holds this afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from ewgraph.graph.audience import NOBODY
from ewgraph.graph.change import Change
from ewgraph.index.endings import Ender
from ewgraph.index.holding import Holding, Said
from ewgraph.index.nodes import FullError
from ewgraph.index.saying import Edge, edges, ends, fact, received, record_of
from ewgraph.model.rdf import IRI, Quad

_CHUNK: Final = 4_000
"""So many edges find room in any holding that was just built."""


class Intake:
    """Takes changes into a holding, which is built anew whenever it is full.

    Attributes:
        holding: the holding as it is now.
    """

    def __init__(self, holding: Holding, asserted_in: Callable[[IRI], IRI | None]) -> None:
        """Begin with a holding; `asserted_in` tells in which record a claim stands."""
        self.holding = holding
        self._asserted_in = asserted_in

    def take(self, changes: Sequence[Change]) -> None:
        """Take in changes; those taken in before change nothing."""
        records: list[Change] = []
        claims: defaultdict[str, list[Change]] = defaultdict(list)
        for change in changes:
            record = record_of(change.said)
            if record is not None:
                claims[record].append(change)
            elif change.said:
                records.append(change)
        known = self.holding.records.find_all([change.subject.value for change in records])
        for change in records:
            self._roomily(lambda change=change: self._record(change))  # type: ignore[misc]
        for record, stated in claims.items():
            fresh = record not in known and record in {change.subject.value for change in records}
            self._claims(record, stated, fresh=fresh)
        self._facts([change for change in changes if not change.said])

    def renew(self) -> None:
        """Build the holding anew, of what somebody sees."""
        self.holding = Holding(self.holding.tables())

    def _roomily(self, act: Callable[[], None]) -> None:
        try:
            act()
        except FullError:
            self.renew()
            act()

    def _record(self, change: Change) -> None:
        name = change.subject.value
        if self.holding.records.find(name) is None:
            if not change.after:
                return
            self.holding.add_record(name, received(change.said))
        ended = ends(change.said)
        if ended is None:
            return
        audience = self.holding.audiences.number(change.after)
        if name in self.holding.endings.enders:
            self.holding.show_ender(name, audience)
            return
        ender = Ender(received(change.said), audience, ended.records, ended.claims)
        self.holding.add_ender(name, ender, self._edges_of(ended.claims))

    def _edges_of(self, claims: Iterable[str]) -> dict[str, list[int]]:
        """The edges of those claims that are known."""
        found: dict[str, list[int]] = {}
        for claim in claims:
            record = self._asserted_in(IRI(claim))
            number = None if record is None else self.holding.records.find(record.value)
            if number is not None:
                found[claim] = self.holding.edges_by_claim(number).get(claim, [])
        return found

    def _claims(self, record: str, stated: Sequence[Change], *, fresh: bool) -> None:
        number = None if fresh else self.holding.records.find(record)
        known = {} if number is None else self.holding.edges_by_claim(number)
        said: list[Said] = []
        for change in stated:
            claim, audience = change.subject.value, self.holding.audiences.number(change.after)
            if claim in known:
                self.holding.show(known[claim], audience)
            elif change.after:
                said += (Said(edge, claim, record, audience) for edge in edges(change.said))
        self._add(said)

    def _add(self, said: Sequence[Said]) -> None:
        for start in range(0, len(said), _CHUNK):
            chunk = said[start : start + _CHUNK]
            self._roomily(lambda chunk=chunk: self.holding.add(chunk))  # type: ignore[misc]
            if self.holding.full:
                self.renew()

    def _facts(self, changes: Sequence[Change]) -> None:
        added: defaultdict[Edge, set[IRI]] = defaultdict(set)
        removed: defaultdict[Edge, set[IRI]] = defaultdict(set)
        for change in changes:
            for quads, graphs in ((change.added, added), (change.removed, removed)):
                for quad in quads:
                    edge = fact(quad)
                    if edge is not None:
                        graphs[edge].add(quad.graph_name)  # type: ignore[arg-type]  # every quad is in a named graph
        said: list[Said] = []
        for edge in added.keys() | removed.keys():
            number = self.holding.fact(edge)
            before = NOBODY if number is None else self.holding.audiences[self.holding.audience(number)]
            after = self.holding.audiences.number((before - removed[edge]) | added[edge])
            if number is not None:
                self.holding.show([number], after)
            else:
                said.append(Said(edge, "", None, after))
        self._add(said)

    def take_facts(self, subject: str, quads: Iterable[Quad]) -> None:
        """Take in all the facts of an entity, as the audience graphs show them: no other facts of it hold."""
        shown: defaultdict[Edge, set[IRI]] = defaultdict(set)
        for quad in quads:
            edge = fact(quad)
            if edge is not None:
                shown[edge].add(quad.graph_name)  # type: ignore[arg-type]  # every quad is in a named graph
        numbers: Callable[[Iterable[IRI]], int] = lambda graphs: self.holding.audiences.number(frozenset(graphs))  # noqa: E731
        known = {edge: number for edge in shown if (number := self.holding.fact(edge)) is not None}
        for number in set(self.holding.facts_of(subject)) - set(known.values()):
            self.holding.show([number], numbers(()))
        for edge, number in known.items():
            self.holding.show([number], numbers(shown[edge]))
        self._add([Said(edge, "", None, numbers(graphs)) for edge, graphs in shown.items() if edge not in known])
