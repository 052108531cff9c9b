"""Merged ranges: what stands in the first cell counts for all cells of the range, as the person sees it.

A range fills only rows that hold a cell of their own: a range over rows that are empty makes none.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from typing import Final, NamedTuple

from ewgraph.ingest.sheets.cell import Cell, column_number

_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")


class Range(NamedTuple):
    """A merged range, its bounds included."""

    top: int
    left: int
    bottom: int
    right: int


class Merging:
    """The merged ranges of a sheet, while its rows are read from top to bottom."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._coming = deque(sorted(ranges))
        self._open: list[tuple[Range, Cell]] = []

    def fill(self, number: int, cells: dict[int, Cell]) -> int:
        """Fill the cells of a row that belong to ranges.

        Args:
            number: the row.
            cells: those that the row has of its own; what merged cells hide is written over.

        Returns:
            How many cells were written.
        """
        while self._coming and self._coming[0].top <= number:
            merged = self._coming.popleft()
            first = cells.get(merged.left) if merged.top == number else None
            if first is not None:
                self._open.append((merged, first._replace(merged=True)))
        if not self._open:
            return 0
        self._open = [(merged, cell) for merged, cell in self._open if merged.bottom >= number]
        written = 0
        for merged, cell in self._open:
            left = merged.left + 1 if merged.top == number else merged.left
            cells.update(dict.fromkeys(range(left, merged.right + 1), cell))
            written += merged.right + 1 - left
        return written


def range_of(reference: str) -> Range | None:
    """The range that a reference such as `B2:C4` names; None where it names none, or one cell."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    left, right = column_number(match[1]), column_number(match[3])
    top, bottom = int(match[2]), int(match[4])
    found = Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    return None if (found.top, found.left) == (found.bottom, found.right) else found
