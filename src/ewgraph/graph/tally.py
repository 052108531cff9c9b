"""How much each audience graph shows, kept in the store itself, in the transactions that change it.

A line says it for one graph, and one more for all graphs together. A line is added with each change; the one of the
highest version counts, and the others are cleared away later, since adding alone is much cheaper than replacing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from ewgraph.graph.change import Change, Shown, differences, exchanged
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.trust import PROJECTION
from ewgraph.model.rdf import IRI, Literal, Quad, lexical

_SHOWN: Final = IRI(PROJECTION.value + "#shown")


class Line(NamedTuple):
    """One line: what it says, and for which version of the whole."""

    version: int = 0
    shown: Shown = Shown()

    @property
    def text(self) -> str:
        """The line as it stands in the store."""
        return f"{self.version} {self.shown.digest:x} {self.shown.records}"

    @classmethod
    def of(cls, quad: Quad) -> Line:
        """The line that stands in the store."""
        version, digest, records = lexical(quad.object).split()
        return cls(int(version), Shown(int(digest, 16), int(records)))


class Tally:
    """Counts what a store's audience graphs show."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._touched: set[IRI] = set()

    def whole(self) -> Line:
        """The line for all graphs together: another with each change."""
        return self._line(PROJECTION)

    def shown(self, graph: IRI) -> Shown:
        """How much a graph shows."""
        return self._line(graph).shown

    def shown_to(self, chain: Iterable[IRI]) -> Shown:
        """How much the graphs show that one reader reads, whichever of them shows it."""
        whole = Shown()
        for graph in chain:
            whole = whole.and_also(self.shown(graph))
        return whole

    def shown_by_all(self) -> dict[IRI, Shown]:
        """How much each graph shows that shows anything."""
        graphs = {quad.subject for quad in self._store.quads(None, _SHOWN, None, PROJECTION)} - {PROJECTION}
        found = {graph: self.shown(graph) for graph in graphs}  # type: ignore[arg-type]  # the store holds no blank nodes
        return {graph: shown for graph, shown in found.items() if shown != Shown()}  # type: ignore[misc]

    def counted(self, changes: Iterable[Change]) -> tuple[Line, list[Quad]]:
        """The line for all graphs together, once the changes are written, and the lines to write with them."""
        version, whole = self.whole()
        lines: list[Quad] = []
        for graph, difference in differences(changes).items():
            before = self.shown(graph)
            after = before.and_also(difference)
            digest = exchanged(whole.digest, graph, before, after)
            whole = Shown(digest, whole.records + difference.records)
            lines.append(_quad(graph, Line(version + 1, after)))
            self._touched.add(graph)
        line = Line(version + 1, whole)
        self._touched.add(PROJECTION)
        return line, [*lines, _quad(PROJECTION, line)]

    def stale(self) -> list[Quad]:
        """The lines that no longer count, of the graphs that were counted since this was asked last."""
        found: list[Quad] = []
        for graph in self._touched:
            newest = self._line(graph).version
            found += (quad for quad in self._quads(graph) if Line.of(quad).version < newest)
        self._touched.clear()
        return found

    def _line(self, graph: IRI) -> Line:
        return max(map(Line.of, self._quads(graph)), default=Line())

    def _quads(self, graph: IRI) -> list[Quad]:
        return list(self._store.quads(graph, _SHOWN, None, PROJECTION))


def _quad(graph: IRI, line: Line) -> Quad:
    return Quad(graph, _SHOWN, Literal(line.text), PROJECTION)
