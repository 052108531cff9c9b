"""The names that one audience graph shows: a few segments, of which the later are the smaller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ewgraph.names.fields import Entry
from ewgraph.names.segment import Segment

_TIMES: Final = 4
"""A segment that has more than one in so many names of the one before it is made one with it."""


class Shelf:
    """The names of one graph."""

    def __init__(self, segments: Iterable[Segment] = ()) -> None:
        """Take segments, none of which holds a thing that another holds too."""
        self.segments = list(segments)

    def __len__(self) -> int:
        return sum(map(len, self.segments))

    def holds(self, thing: str) -> bool:
        """Whether the graph shows anything of it."""
        return any(segment.number(thing) is not None for segment in self.segments)

    def put(self, entries: Mapping[str, Entry | None]) -> None:
        """Let things be shown by this and nothing else; None for one that the graph does not show any more."""
        for thing in entries:
            for segment in self.segments:
                segment.strike(thing)
        shown = {thing: entry for thing, entry in entries.items() if entry is not None}
        if shown:
            self.segments.append(Segment.of(shown))
        while len(self.segments) > 1 and len(self.segments[-1]) * _TIMES > len(self.segments[-2]):
            self._unite(2)
        if self.segments and self.segments[-1].worn:
            self._unite(1)

    def unite(self) -> None:
        """Make one segment of all, without what is struck out."""
        if self.segments:
            self._unite(len(self.segments))

    def _unite(self, count: int) -> None:
        """Make one segment of the last so many."""
        together = dict(pair for segment in self.segments[-count:] for pair in segment.standing())
        self.segments[-count:] = [Segment.of(together)] if together else []

    def classes(self, thing: str) -> int:
        """What a thing is, by bits."""
        for segment in self.segments:
            if (number := segment.number(thing)) is not None:
                return segment.classes(number)
        return 0

    def countries(self, thing: str) -> tuple[str, ...]:
        """Where a thing is."""
        for segment in self.segments:
            if (number := segment.number(thing)) is not None:
                return segment.countries(number)
        return ()
