"""What a reader came to see, in the order in which it did: one timeline for each audience graph that it reads.

An item is a record and the instant at which the audience came to see it, or more of it. All of that the reader can see
anyway: when a record that it sees was recorded, and since when it sees it. Nothing is numbered, so nothing is missing
between two items; a cursor is the place of an item that the reader saw, and stays right whatever comes or goes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ewgraph.access import View
from ewgraph.errors import InputError
from ewgraph.graph.audience import organization_of
from ewgraph.model import terms
from ewgraph.model.instants import instant
from ewgraph.model.rdf import IRI, Literal

_CURSOR: Final = re.compile(r"[0-9a-f]{14}-[0-9a-f]{16}")
_1970: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)


class Item(NamedTuple):
    """A record, and when the audience came to see it, or more of it.

    Attributes:
        key: its place: the instant, then something of the record, so that no two are alike.
    """

    key: str
    at: dt.datetime
    record: IRI

    @classmethod
    def of(cls, at: dt.datetime, record: IRI) -> Item:
        """The item with its place."""
        microseconds = (at - _1970) // _MICROSECOND
        return cls(f"{microseconds:014x}-{hashlib.sha256(record.value.encode()).hexdigest()[:16]}", at, record)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The items in order, as far as nothing can come before them any more."""

    items: Sequence[Item]

    def after(self, cursor: str | None, most: int) -> tuple[Sequence[Item], bool]:
        """The first items behind a cursor, or of all; and whether there are more.

        Raises:
            InputError: that is no cursor.
        """
        start = 0 if cursor is None else bisect_right(self.items, _checked(cursor), key=lambda item: item.key)
        return self.items[start : start + most], start + most < len(self.items)

    def before(self, cursor: str | None, most: int) -> tuple[Sequence[Item], bool]:
        """The last items before a cursor, or of all, the newest first; and whether there are more.

        Raises:
            InputError: that is no cursor.
        """
        end = len(self.items)
        if cursor is not None:
            end = bisect_left(self.items, _checked(cursor), key=lambda item: item.key)
        return self.items[max(0, end - most) : end][::-1], end > most


class Timelines:
    """Makes timelines, each once for what an audience graph shows."""

    def __init__(
        self,
        shown_since: Callable[[IRI], Mapping[IRI, dt.datetime]],
        noted: Callable[[IRI], str],
        cursor: Callable[[], int],
        waiting: Callable[[int], dt.datetime | None],
    ) -> None:
        """Take what tells how far the graph is.

        Args:
            shown_since: what an audience came to see that was there before, and when.
            noted: when that changed last, of that audience alone: else the time of an answer would tell of others.
            cursor: the sequence number that the graph shows.
            waiting: when the first record was recorded beyond a sequence number; None where there is none.
        """
        self._shown_since = shown_since
        self._noted = noted
        self._cursor = cursor
        self._waiting = waiting
        self._lock = threading.Lock()
        self._known: dict[IRI, tuple[tuple[str, str], Sequence[Item]]] = {}

    def of(self, view: View, graph: IRI) -> Timeline:
        """The timeline of one of the graphs that a view reads.

        What came after a record that the graph does not show yet waits for that: it will stand before it.
        """
        shown_until = self._cursor()
        items = self._items(view.only(graph))
        waiting = self._waiting(shown_until)
        if waiting is not None:
            items = items[: bisect_left(items, waiting, key=lambda item: item.at)]
        return Timeline(items)

    def _items(self, view: View) -> Sequence[Item]:
        (graph,) = view.graphs
        state = view.state().digest, self._noted(graph)
        with self._lock:
            if graph not in self._known or self._known[graph][0] != state:
                self._known[graph] = state, _items(view, self._shown_since(graph))
            return self._known[graph][1]


def _items(view: View, since: Mapping[IRI, dt.datetime]) -> Sequence[Item]:
    """All items of one graph."""
    recorded = {
        quad.subject: instant(quad.object.value)
        for quad in view.quads(None, terms.recordedAt)
        if isinstance(quad.subject, IRI) and isinstance(quad.object, Literal)
    }
    found = {Item.of(since.get(record, at), record) for record, at in recorded.items()}
    for statement, at in since.items():
        if statement not in recorded:  # what a record says, opened without it
            found |= {Item.of(at, one) for one in view.objects(statement, terms.assertedIn) if isinstance(one, IRI)}
    return sorted(found)


def audience_name(graph: IRI) -> str:
    """What an audience is called in addresses: an organisation's own reads `own`, whichever it is."""
    return "own" if organization_of(graph) else graph.value.rpartition("/")[2]


def _checked(cursor: str) -> str:
    if not _CURSOR.fullmatch(cursor):
        raise InputError(f"{cursor!r} is no cursor. Take one that a page gave you, or none to begin")
    return cursor
