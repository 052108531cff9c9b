"""Gives many cells of a workbook the same look.

openpyxl compares all parts of a look each time that a cell gets one, which takes longer than writing the cell: here,
a look is put together once and then handed on as the numbers that stand for it.
"""

from __future__ import annotations

from collections.abc import Hashable
from copy import copy
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles.cell_style import StyleArray


class Looks:
    """The looks of one workbook."""

    def __init__(self) -> None:
        self._known: dict[tuple[Hashable, int], StyleArray] = {}

    def give(self, cell: Cell | MergedCell, kind: Hashable, **parts: Any) -> None:
        """Give a cell a look; the rest of its own look stays.

        Args:
            cell: any cell of the workbook.
            kind: what names the look: one name, the same parts always.
            parts: `fill`, `border`, `font` or `alignment`.
        """
        key = (kind, cell.style_id)
        if key not in self._known:
            for part, value in parts.items():
                setattr(cell, part, value)
            self._known[key] = _numbers(cell)
        _take(cell, self._known[key])


def take_over(cell: Cell | MergedCell, other: Cell | MergedCell) -> None:
    """Let a cell look as another one of its workbook."""
    _take(cell, _numbers(other))


def _numbers(cell: Any) -> StyleArray:
    numbers: StyleArray = copy(cell._style)  # noqa: SLF001  # the one way to hand a look on as numbers
    return numbers


def _take(cell: Any, numbers: StyleArray) -> None:
    cell._style = copy(numbers)  # noqa: SLF001  # see above
