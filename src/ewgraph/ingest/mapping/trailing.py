"""Text below a table that is no row of it: totals, footnotes, a heading that is repeated on each page."""

from __future__ import annotations

from collections.abc import Mapping

from ewgraph.ingest.mapping.tables import FoundTable
from ewgraph.ingest.sheets.cell import Cell, SheetRow


class Trailing:
    """Tells, row by row in their order, whether one lies below the table.

    A row does that holds less than two of the table's columns and stands below a gap, or below such a row.

    Args:
        found: the table.
    """

    def __init__(self, found: FoundTable) -> None:
        self._last = found.heading_row
        self._below = False
        self._narrow = len(found.columns) < 3
        self._headings = {name: column.heading for name, column in found.columns.items()}
        self._began = False

    def is_below(self, row: SheetRow, cells: Mapping[str, Cell]) -> bool:
        """Whether the row is none of the table."""
        gap = row.number > self._last + 1
        self._last = row.number
        if row.fault:
            return False
        if not cells or self._is_heading(cells):
            return True
        if self._narrow or _width(cells) >= 2:
            self._below, self._began = False, True
            return False
        self._below = self._began and (gap or self._below)
        self._began = True
        return self._below

    def text(self, row: SheetRow) -> str:
        """What stands there, as far as it helps to find it."""
        return " | ".join(cell.text for cell in row.cells.values())[:200]

    def _is_heading(self, cells: Mapping[str, Cell]) -> bool:
        return len(cells) > 1 and all(cell.text == self._headings[name] for name, cell in cells.items())


def _width(cells: Mapping[str, Cell]) -> int:
    """In how many columns something stands; one merged cell that spans several counts as one."""
    merged = {cell.text for cell in cells.values() if cell.merged}
    return len(merged) + sum(1 for cell in cells.values() if not cell.merged)
