"""The nodes of the supply graph by number: contracts and their lines, models, sites, organisations, minerals.

The nodes of the file are sorted by their IRIs. Those that are added since get the next numbers, and a rank between
their neighbours', so that ranks compare as IRIs do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ewgraph.index.names import Names

_GAP = 24
"""Between the ranks of two nodes of the file there is room for this many bits of others."""


class FullError(Exception):
    """There is no room for more: everything has to be built anew."""


class Nodes:
    """IRIs by number, and numbers by IRI.

    Attributes:
        names: the IRIs.
        ranks: for each node its rank.
        capacity: how many nodes there may be.
    """

    def __init__(self, names: Names, capacity: int) -> None:
        """Take the nodes of a file, sorted."""
        self.names = names
        self.capacity = capacity
        self.ranks: npt.NDArray[np.int64] = np.zeros(capacity, np.int64)
        self.ranks[: len(names)] = np.arange(1, len(names) + 1, dtype=np.int64) << _GAP
        self._added: dict[str, int] = {}
        self._between: defaultdict[int, list[str]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self.names)

    def find(self, text: str) -> int | None:
        """The number of a node; None where there is none of that IRI."""
        if text in self._added:
            return self._added[text]
        place = int(self.names.found([text])[0])
        return place if place >= 0 else None

    def find_all(self, texts: Sequence[str]) -> dict[str, int]:
        """The numbers of those that there are."""
        wanted = [text for text in dict.fromkeys(texts) if text not in self._added]
        known = {text: self._added[text] for text in texts if text in self._added}
        places = self.names.found(wanted).tolist() if wanted else []
        return known | {text: place for text, place in zip(wanted, places, strict=True) if place >= 0}

    def number_all(self, texts: Iterable[str]) -> dict[str, int]:
        """The numbers of the nodes, given to those that there were not yet.

        Raises:
            FullError: there is no room for so many.
        """
        held = list(dict.fromkeys(texts))
        known = self.find_all(held)
        fresh = sorted(text for text in held if text not in known)
        if fresh:
            known |= self._add(fresh)
        return known

    def _add(self, fresh: Sequence[str]) -> dict[str, int]:
        if len(self.names) + len(fresh) > self.capacity:
            raise FullError
        gaps = [-1 - place for place in self.names.found(fresh).tolist()]
        numbers = dict(zip(fresh, self.names.add(fresh), strict=True))
        self._added |= numbers
        for gap, text in zip(gaps, fresh, strict=True):
            self._between[gap].append(text)
        for gap in set(gaps):
            between = self._between[gap]
            between.sort()
            if len(between) >= 1 << _GAP:
                raise FullError
            first = gap << _GAP
            step = (1 << _GAP) / (len(between) + 1)
            for place, text in enumerate(between, start=1):
                self.ranks[self._added[text]] = first + int(place * step)
        return numbers

    def in_order(self) -> npt.NDArray[np.int64]:
        """All numbers, sorted by IRI."""
        return np.argsort(self.ranks[: len(self)], kind="stable").astype(np.int64)
