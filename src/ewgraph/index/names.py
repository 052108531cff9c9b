"""Texts by number: the IRIs of nodes, records and claims, as UTF-8 in one array that a file can hold.

A number never changes until the whole is written anew. What was added since stands in a second, growing part, so that
compiled functions can compare any two texts, and the file stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from ewgraph.index.compiled import Int, compiled

Bytes: TypeAlias = npt.NDArray[np.uint8]
Places: TypeAlias = npt.NDArray[np.int64]

_ROOM: Final = 1 << 12


class Texts(NamedTuple):
    """The arrays: text n lies between `starts[n]` and `starts[n + 1]`, in the first part or in the second.

    Attributes:
        size: how many texts the first part has.
    """

    bytes: Bytes
    starts: Places
    more_bytes: Bytes
    more_starts: Places
    size: int


class Names:
    """Texts by number.

    >>> names = Names.of(["https://data.example.org/id/F1"])
    >>> names.add(["https://data.example.org/id/F2"]), names[1]
    (range(1, 2), 'https://data.example.org/id/F2')
    """

    def __init__(self, content: Bytes, starts: Places) -> None:
        """Take the first part, as a file holds it."""
        self._first = (content, starts)
        self._size = len(starts) - 1
        self._bytes = np.zeros(_ROOM, np.uint8)
        self._starts = np.zeros(_ROOM, np.int64)
        self._added = 0

    @classmethod
    def of(cls, texts: Iterable[str]) -> Names:
        """The texts, numbered in their order."""
        return cls(*packed(texts))

    def __len__(self) -> int:
        return self._size + self._added

    def __getitem__(self, number: int) -> str:
        content, starts = self._first if number < self._size else (self._bytes, self._starts)
        place = number if number < self._size else number - self._size
        return content[starts[place] : starts[place + 1]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    @property
    def texts(self) -> Texts:
        """The arrays as they are now. Adding may put others in their place."""
        return Texts(*self._first, self._bytes, self._starts, self._size)

    @property
    def size(self) -> int:
        """How many texts the first part has."""
        return self._size

    def add(self, texts: Sequence[str]) -> range:
        """Add texts, and give their numbers."""
        content, starts = packed(texts)
        end, first = int(self._starts[self._added]), len(self)
        self._bytes = with_room(self._bytes, end, len(content))
        self._starts = with_room(self._starts, self._added + 1, len(texts))
        self._bytes[end : end + len(content)] = content
        self._starts[self._added + 1 : self._added + 1 + len(texts)] = starts[1:] + end
        self._added += len(texts)
        return range(first, first + len(texts))

    def taken(self, numbers: npt.NDArray[np.int64]) -> Names:
        """The texts of these numbers, in this order, as a first part."""
        starts = np.zeros(len(numbers) + 1, np.int64)
        _measure(self.texts, numbers, starts)
        content = np.empty(int(starts[-1]), np.uint8)
        _copy(self.texts, numbers, content)
        return Names(content, starts)

    def arrays(self) -> tuple[Bytes, Places]:
        """The first part, for a file.

        Raises:
            RuntimeError: there is a second.
        """
        if self._added:
            raise RuntimeError("names that were added since are in no file: take all of them anew")
        return self._first

    def found(self, texts: Sequence[str], order: npt.NDArray[np.int32] | None = None) -> npt.NDArray[np.int64]:
        """Where the texts stand in the first part, which is sorted, or is by the order.

        Returns:
            For each its place in the order; where there is no such text, -1 - the place where it would stand.
        """
        content, starts = packed(texts)
        places = np.empty(len(texts), np.int64)
        _find(self.texts, np.empty(0, np.int32) if order is None else order, content, starts, places)
        return places


def packed(texts: Iterable[str]) -> tuple[Bytes, Places]:
    """The texts as UTF-8, one after the other, and where each starts."""
    encoded = [text.encode() for text in texts]
    starts = np.fromiter(accumulate(map(len, encoded), initial=0), np.int64, len(encoded) + 1)
    return np.frombuffer(bytearray(b"".join(encoded)), np.uint8), starts


def with_room(array: npt.NDArray[Any], used: int, wanted: int) -> npt.NDArray[Any]:
    """The array itself where it has room for so many more; otherwise a larger one that begins with what is used."""
    if used + wanted <= len(array):
        return array
    larger = np.zeros(max(2 * len(array), used + wanted), array.dtype)
    larger[:used] = array[:used]
    return larger


@compiled
def before(texts: Any, one: Int, other: Int) -> Int:
    """Whether a text comes before another in code point order: less than 0, 0 where they are the same, more than 0."""
    if one == other:
        return 0
    first, start, end = _span(texts, one)
    second, begin, stop = _span(texts, other)
    return _compared(first, start, end, second, begin, stop)


@compiled
def _span(texts: Any, number: Int) -> Any:
    if number < texts.size:
        return texts.bytes, texts.starts[number], texts.starts[number + 1]
    place = number - texts.size
    return texts.more_bytes, texts.more_starts[place], texts.more_starts[place + 1]


@compiled
def _compared(first: Any, start: Int, end: Int, second: Any, begin: Int, stop: Int) -> Int:  # noqa: PLR0913, PLR0917
    for offset in range(min(end - start, stop - begin)):
        difference = np.int64(first[start + offset]) - np.int64(second[begin + offset])
        if difference:
            return difference
    return (end - start) - (stop - begin)


@compiled
def _find(texts: Any, order: Any, content: Any, starts: Any, places: Any) -> None:
    for wanted in range(len(places)):
        low, high, found = 0, texts.size, -1
        while low < high:
            middle = (low + high) // 2
            number = order[middle] if len(order) else middle
            held, start, end = _span(texts, number)
            difference = _compared(held, start, end, content, starts[wanted], starts[wanted + 1])
            if difference == 0:
                found = middle
                break
            if difference < 0:
                low = middle + 1
            else:
                high = middle
        places[wanted] = found if found >= 0 else -1 - low


@compiled
def _measure(texts: Any, numbers: Any, starts: Any) -> None:
    for place, number in enumerate(numbers):
        _, start, end = _span(texts, number)
        starts[place + 1] = starts[place] + end - start


@compiled
def _copy(texts: Any, numbers: Any, content: Any) -> None:
    place = 0
    for number in numbers:
        held, start, end = _span(texts, number)
        for offset in range(end - start):
            content[place + offset] = held[start + offset]
        place += end - start
