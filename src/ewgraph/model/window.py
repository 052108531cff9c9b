"""Parts of sorted answers: which part is wanted, and which was found."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeAlias, TypeVar

T = TypeVar("T")

Key: TypeAlias = tuple[int | str, ...]
"""What an answer is sorted by: touches by the ranks of scope and basis, negative, then how many hops, then an IRI."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of an answer that is wanted.

    Attributes:
        first: how many; None for all.
        after: only those that come after the one with this key.
    """

    first: int | None = None
    after: Key | None = None


ALL: Final = Window()


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that an answer reached: there may be more than it tells.

    Attributes:
        name: which one, as it is called where it is set.
        value: how much it allows.
    """

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A part of what was found, in order.

    Attributes:
        items: the part.
        start: how many come before it.
        total: how many there are in all.
        limits: those that were reached.
    """

    items: Sequence[T] = field(default_factory=list)
    start: int = 0
    total: int = 0
    limits: tuple[Limit, ...] = ()


def part_of(items: Sequence[T], key: Callable[[T], Any], window: Window = ALL, *limits: Limit) -> Part[T]:
    """The part of sorted items that a window shows.

    >>> part_of("abc", lambda letter: (letter,), Window(first=1, after=("a",)))
    Part(items='b', start=1, total=3, limits=())
    """
    start = 0 if window.after is None else bisect.bisect_right(items, window.after, key=key)
    stop = len(items) if window.first is None else start + window.first
    return Part(items[start:stop], start, len(items), limits)
