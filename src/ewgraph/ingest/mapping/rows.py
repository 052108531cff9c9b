"""The rows of one table, by our names of the columns, and what is to be noted of those that say nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ewgraph.ingest.mapping.batch import CellFault, RowIn
from ewgraph.ingest.mapping.naming import Naming
from ewgraph.ingest.mapping.tables import FoundTable
from ewgraph.ingest.mapping.trailing import Trailing
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Cell, Kind, SheetRow

_WITHOUT_RESULT: Final = frozenset({Kind.ERROR, Kind.FORMULA})


class Rows:
    """The rows of a table that say something.

    Args:
        found: the table.
        note: takes what is to be noted.
        naming: finds what is named in words only.

    Attributes:
        read: how many rows were read.
        faulty: how many of them the file garbles.
        repeated: how many of them say what an earlier one says.
    """

    def __init__(self, found: FoundTable, note: Callable[[CellFault], None], naming: Naming) -> None:
        self._found = found
        self._naming = naming
        self._note = note
        self._sheet = found.sheet.name
        columns = found.table.columns
        self._known = [(name, column.number) for name, column in found.columns.items()]
        self._unknown = list(found.unknown.items())
        self._headed = {number for _, number in self._known} | set(found.unknown)
        self._fill_down = [name for name in found.columns if columns[name].fill]
        self._above: dict[str, Cell] = {}
        self._telling = [
            (name, columns[name].type == "text")
            for name in sorted(found.columns)
            if not (columns[name].hidden or columns[name].note)
        ]
        self._seen: dict[bytes, int] = {}
        self._counts: dict[tuple[str, int], tuple[int, str, int]] = {}
        self.read = 0
        self.faulty = 0
        self.repeated = 0

    def __iter__(self) -> Iterator[RowIn]:
        """The rows that can be read; what is noted once for a column or a sheet is noted at the end."""
        trailing = Trailing(self._found)
        for row in self._found.rows():
            cells = {name: row.cells[number] for name, number in self._known if number in row.cells}
            if trailing.is_below(row, cells):
                self._note(CellFault("reading-trailing", self._sheet, row.number, None, trailing.text(row)))
                continue
            self.read += 1
            if row.hidden:
                self._count("reading-hiddenRow", 0, row.number, "")
            if row.fault:
                self.faulty += 1
                sheet = row.sheet or self._sheet
                self._note(CellFault("reading-row", sheet, row.number, None, None, params={"value": row.fault}))
                continue
            self._look_at(row)
            if self._fill_down:
                self._fill(cells)
            self._naming.fill(cells)
            yield RowIn(row.sheet or self._sheet, row.number, cells, self._extra(row))
        self._note_counts()

    def is_new(self, row: RowIn) -> bool:
        """Whether no earlier row says the same under all columns that tell something; noted where one does."""
        said = [
            "" if (cell := row.cells.get(name)) is None else folded(cell.text) if is_text else cell.text
            for name, is_text in self._telling
        ]
        digest = hashlib.blake2b("\x1f".join(said).encode("utf-8", "replace"), digest_size=16).digest()
        first = self._seen.setdefault(digest, row.number)
        if first == row.number:
            return True
        self.repeated += 1
        params = {"other": str(first)}
        self._note(CellFault("reading-rowRepeated", row.sheet, row.number, None, None, params=params))
        return False

    def _extra(self, row: SheetRow) -> dict[str, str]:
        return {text: row.cells[number].text for number, text in self._unknown if number in row.cells}

    def _fill(self, cells: dict[str, Cell]) -> None:
        for name in self._fill_down:
            if name in cells:
                self._above[name] = cells[name]
            elif name in self._above:
                cells[name] = self._above[name]

    def _look_at(self, row: SheetRow) -> None:
        """Count formulas, merged cells, and cells without a heading."""
        for number, cell in row.cells.items():
            if cell.formula and cell.kind not in _WITHOUT_RESULT:
                self._count("reading-formula", number, row.number, cell.text)
            if cell.merged:
                self._count("reading-merged", number, row.number, cell.text)
            if number not in self._headed:
                self._count("reading-rowEmptyColumn", number, row.number, cell.text)

    def _count(self, shape: str, column: int, row: int, text: str) -> None:
        first, value, count = self._counts.get((shape, column), (row, text, 0))
        self._counts[shape, column] = first, value, count + 1

    def _note_counts(self) -> None:
        """One note for each column, at the first cell, with how many there are."""
        headings: Mapping[int, str] = {column.number: column.heading for column in self._found.columns.values()}
        for (shape, column), (row, value, count) in self._counts.items():
            params = {"value": value, "heading": headings.get(column, ""), "count": str(count)}
            self._note(CellFault(shape, self._sheet, row, column or None, value or None, params=params))
