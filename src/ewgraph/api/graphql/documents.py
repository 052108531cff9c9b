"""Documents that were read: parsed, measured, validated and compiled once, and found again by their text.

What is known of a document is the same for every reader. Yet each reader finds only what that same reader sent before:
how soon an answer comes must not tell what others ask.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from graphql import DocumentNode

from ewgraph.api.graphql.execution import Choices, Plan

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_LONGEST_KEPT: Final = 10_000
_MOST_KEPT: Final = 128
_MOST_READERS: Final = 64
_MOST_PLANS: Final = 8


class Latest(Generic[K, V]):
    """The values that were last asked for, by their key; safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: K) -> V | None:
        """The value of that key, if it is known."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def keep(self, key: K, value: V) -> V:
        """Remember a value, or the one that another thread was first with; that not asked for longest is forgotten."""
        with self._lock:
            kept = self._known.setdefault(key, value)
            self._known.move_to_end(key)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
            return kept

    def made(self, key: K, make: Callable[[], V]) -> V:
        """The value of that key, made where it is not known."""
        found = self.find(key)
        return self.keep(key, make()) if found is None else found


@dataclass(frozen=True, slots=True)
class Prepared:
    """A valid document.

    Attributes:
        document: as it was parsed.
        choosers: the variables by which parts of it are skipped or included.
        describes: whether it asks for the schema as a whole.
        in_parts: the same with what it defers; None where it defers nothing.
        plans: of its operations, by name and choices; None for one that the library executes.
    """

    document: DocumentNode
    choosers: frozenset[str]
    describes: bool
    in_parts: Prepared | None = None
    plans: Latest[tuple[str | None, Choices], tuple[Plan | None]] = field(default_factory=lambda: Latest(_MOST_PLANS))


class Documents:
    """The documents that each reader sent last: clients send the same few."""

    def __init__(self) -> None:
        self._readers: Latest[str, Latest[str, Prepared]] = Latest(_MOST_READERS)

    def find(self, reader: str, text: str) -> Prepared | None:
        """The document of that text, if the reader sent it before and it was valid."""
        return self._of(reader).find(text)

    def keep(self, reader: str, text: str, document: Prepared) -> None:
        """Remember a valid document of a reader, unless it is long."""
        if len(text) <= _LONGEST_KEPT:
            self._of(reader).keep(text, document)

    def _of(self, reader: str) -> Latest[str, Prepared]:
        return self._readers.made(reader, lambda: Latest(_MOST_KEPT))
