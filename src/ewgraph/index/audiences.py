"""Sets of audience graphs by number, and which of them a reader is in.

Most statements are shown to one of a few sets: everybody, the affiliates, the parties of one contract. An edge holds
the number of its set, and a reader's chain of graphs is turned into a table of yes and no once, not edge by edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ewgraph.graph.audience import NOBODY, Audiences
from ewgraph.model.rdf import IRI

_KEPT = 256


class AudienceSets:
    """Sets of audience graphs by number; number 0 is nobody.

    >>> sets = AudienceSets()
    >>> sets.number(frozenset({IRI("https://w3id.org/ewgraph/audience/public")}))
    1
    """

    def __init__(self, sets: Iterable[Iterable[str]] = ()) -> None:
        """Begin with sets of the names of graphs, in the order of their numbers; without the first, nobody."""
        self._sets: list[Audiences] = [NOBODY]
        self._numbers: dict[Audiences, int] = {NOBODY: 0}
        self._with: dict[IRI, list[int]] = {}
        self._visible: dict[tuple[IRI, ...], npt.NDArray[np.uint8]] = {}
        for graphs in sets:
            self.number(frozenset(map(IRI, graphs)))

    def __len__(self) -> int:
        return len(self._sets)

    def __getitem__(self, number: int) -> Audiences:
        return self._sets[number]

    def names(self) -> list[list[str]]:
        """The sets after the first, as the names of their graphs."""
        return [sorted(graph.value for graph in graphs) for graphs in self._sets[1:]]

    def number(self, audiences: Audiences) -> int:
        """The number of a set, given to it when it is first asked for."""
        if audiences not in self._numbers:
            number = self._numbers[audiences] = len(self._sets)
            self._sets.append(audiences)
            for graph in audiences:
                self._with.setdefault(graph, []).append(number)
        return self._numbers[audiences]

    def visible(self, chain: Sequence[IRI]) -> npt.NDArray[np.uint8]:
        """For each set whether who reads those graphs is in it. The answer is kept, and grows with the sets."""
        key = tuple(chain)
        table = self._visible.pop(key, None)
        if table is None or len(table) < len(self._sets):
            table = np.zeros(len(self._sets), np.uint8)
            for graph in chain:
                table[self._with.get(graph, [])] = 1
        self._visible[key] = table
        if len(self._visible) > _KEPT:
            del self._visible[next(iter(self._visible))]
        return table
