"""The rows of one sheet of a workbook, as its XML streams in: nothing is kept but the row that is being read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NoReturn

from ewgraph.errors import LimitError, ParseError
from ewgraph.ingest.sheets.cell import Cell, Kind, SheetRow, cell_name, column_number
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ingest.sheets.markup import SEPARATOR, STRICT, TRANSITIONAL, Markup
from ewgraph.ingest.sheets.merging import Merging
from ewgraph.ingest.sheets.storedvalue import Book, StoredValues
from ewgraph.ingest.sheets.wording import tidy

_REFERENCE: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_TRUE: Final = frozenset({"1", "true"})
_REMEDY: Final = "Open it in a spreadsheet program and save it again as .xlsx"


def worksheet_rows(
    chunks: Iterable[bytes],
    where: str,
    book: Book,
    merging: Merging,
    limits: Limits,
) -> Iterator[SheetRow]:
    """It yields the rows of a sheet that hold something, in order.

    Args:
        chunks: the content of the sheet's part.
        where: what messages call the sheet.
        book: what it shares with the other sheets.
        merging: its merged ranges.
        limits: how much it may hold.

    Raises:
        ParseError: it is no sheet, its rows are out of order, or a cell stands twice.
        LimitError: it has more rows, columns, cells or text than a sheet may.
    """
    reading = _Reading(where, book, merging, limits)
    for chunk in chunks:
        reading.markup.feed(chunk)
        yield from reading.rows
        reading.rows.clear()
        if reading.ended:
            return
    reading.markup.feed(b"", last=True)


class _Reading:
    """The handlers of the parser: the tags of a sheet, as calls to its rows."""

    def __init__(self, where: str, book: Book, merging: Merging, limits: Limits) -> None:
        self._row = _Row(where, book, merging, limits)
        self.rows = self._row.complete
        self.ended = False
        self.markup = Markup(where, limits)
        self.markup.parser.StartElementHandler = self._root
        self._where, self._limits = where, limits
        self._cell: Mapping[str, str] | None = None
        self._value: str | None = None
        self._formula: str | None = None
        self._in_row = self._in_value = self._in_formula = False
        self._others: list[str] = []

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        if namespace not in {TRANSITIONAL, STRICT} or local != "worksheet":
            raise ParseError(f"{self._where} is no sheet but {local!r} in {namespace!r}. {_REMEDY}")
        self._c, self._v, self._t, self._f, self._rph, self._r, self._data = (
            f"{namespace}{SEPARATOR}{local}" for local in ("c", "v", "t", "f", "rPh", "row", "sheetData")
        )
        self._others.append(name)
        self.markup.parser.StartElementHandler = self._start
        self.markup.parser.EndElementHandler = self._end
        self.markup.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            if self._cell is not None or not self._in_row:
                self._refuse_place(name)
            self._cell, self._value, self._formula = attributes, None, None
        elif (name == self._v or name == self._t) and self._rph not in self._others:  # noqa: PLR1714  # a third faster
            if self._in_value:
                self._refuse_place(name)
            self._in_value = True
            self._value = self._value or ""
        elif name == self._f:
            if self._in_formula:
                self._refuse_place(name)
            self._in_formula, self._formula = True, ""
        elif name == self._r:
            if self._in_row:
                self._refuse_place(name)
            self._in_row = True
            self._row.begin(attributes)
        else:
            self._others.append(name)
            if len(self._others) > self._limits.depth:
                self.markup.refuse_depth()

    def _end(self, name: str) -> None:
        if name == self._c:
            if self._cell is not None:
                self._row.add(self._cell, self._value, self._formula)
            self._cell = None
        elif self._in_value and (name == self._v or name == self._t):  # noqa: PLR1714  # a third faster
            self._in_value = False
        elif name == self._f:
            self._in_formula = False
        elif name == self._r:
            self._in_row = False
            self._row.end()
        else:
            self._others.pop()
            if name == self._data:
                self.ended = True
                self.markup.silence()

    def _characters(self, data: str) -> None:
        if self._in_value:
            self._value = data if not self._value else self._value + data
            if len(self._value) > self._limits.text:
                self._refuse_long(self._value)
        elif self._in_formula:
            self._formula = (self._formula or "") + data
            if len(self._formula) > self._limits.text:
                self._refuse_long(self._formula)

    def _refuse_long(self, text: str) -> NoReturn:
        raise LimitError(
            f"{self._where}, row {self._row.number}: a cell begins {text[:40]!r} and has more than"
            f" {self._limits.text:,} characters, the most that a cell holds. Shorten it",
            limit="text",
        )

    def _refuse_place(self, name: str) -> NoReturn:
        element = name.rpartition(SEPARATOR)[2]
        raise ParseError(f"{self._where}: an element {element!r} stands where none may. {_REMEDY}")


class _Row:
    """The row that is being read, and those that are complete."""

    def __init__(self, where: str, book: Book, merging: Merging, limits: Limits) -> None:
        self.number = 0
        self.complete: list[SheetRow] = []
        self._where, self._merging, self._limits = where, merging, limits
        self._values = StoredValues(book)
        self._suffix = "0"
        self._hidden = False
        self._cells: dict[int, Cell] = {}
        self._cells_read = 0
        self._columns: dict[str, int] = {}
        self._last_column, self._last_reference = 0, ""

    def begin(self, attributes: Mapping[str, str]) -> None:
        """Begin the row that a tag opens; one that does not say its number comes after the last."""
        said = attributes.get("r", "").strip() or str(self.number + 1)
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            raise ParseError(f"{self._where}: a row says that its number is {said!r}. {_REMEDY}")
        number = int(said)
        if number <= self.number:
            raise ParseError(f"{self._where}: row {number} follows row {self.number}. {_REMEDY}")
        if number > self._limits.rows:
            raise LimitError(
                f"{self._where}: there is a row {number:,}; at most {self._limits.rows:,} are read. Split the sheet",
                limit="rows",
            )
        self.number, self._suffix = number, str(number)
        self._hidden = attributes.get("hidden") in _TRUE
        self._cells = {}
        self._last_column, self._last_reference = 0, ""

    def end(self) -> None:
        """The row is complete: it is kept where it holds something."""
        if not self._cells:
            return
        self._cells_read += len(self._cells) + self._merging.fill(self.number, self._cells)
        if self._cells_read > self._limits.cells:
            raise LimitError(
                f"{self._where}, row {self.number}: the cells up to here are more than {self._limits.cells:,}."
                " Split the sheet",
                limit="cells",
            )
        self.complete.append(SheetRow(self.number, self._cells, self._hidden))

    def add(self, attributes: Mapping[str, str], value: str | None, formula: str | None) -> None:
        """Add a cell; one without value and formula, with nothing but a format, costs next to nothing."""
        reference = attributes.get("r")
        if reference is None:
            column = (self._column(self._last_reference) if self._last_reference else self._last_column) + 1
            self._last_column, self._last_reference = column, ""
        else:
            self._last_reference = reference
        kind = attributes.get("t", "n")
        if not value and (formula is None or (kind == "str" and value is not None)):
            return
        if reference is not None:
            column = self._column(reference)
        if column in self._cells or column > self._limits.columns:
            self._refuse(column)
        try:
            cell = self._values.cell(kind, attributes.get("s", ""), value) if value else _unknown(formula)
        except ValueError as error:
            place = cell_name(self.number, column)
            raise ParseError(f"{self._where}: the cell {place} is damaged: {error}. {_REMEDY}") from error
        if cell.text:
            self._cells[column] = cell if formula is None else cell._replace(formula=True)

    def _column(self, reference: str) -> int:
        if reference.endswith(self._suffix):
            letters = reference[: -len(self._suffix)]
            column = self._columns.get(letters)
            if column is not None:
                return column
        match = _REFERENCE.fullmatch(reference)
        if match is None or match[2] != self._suffix:
            raise ParseError(f"{self._where}: the cell {reference!r} stands in row {self.number}. {_REMEDY}")
        return self._columns.setdefault(match[1], column_number(match[1]))

    def _refuse(self, column: int) -> NoReturn:
        if column > self._limits.columns:
            raise LimitError(
                f"{self._where}, row {self.number}: there is a column {column:,}; at most {self._limits.columns:,}"
                " are read. Delete those that hold nothing",
                limit="columns",
            )
        raise ParseError(f"{self._where}: the cell {cell_name(self.number, column)} stands there twice. {_REMEDY}")


def _unknown(formula: str | None) -> Cell:
    """The cell of a formula whose result the file does not keep."""
    return Cell(f"={tidy(formula or '')}", Kind.FORMULA)
