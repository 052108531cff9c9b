"""The tables of a file as a mapping knows them: on which sheet, under which headings, with which customs of writing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from ewgraph.ingest.mapping.batch import CellFault, CellIn, ColumnIn
from ewgraph.ingest.mapping.dates import Order, order_of
from ewgraph.ingest.mapping.headings import Heading, HeadingRow, Words, heading_row
from ewgraph.ingest.mapping.language import Column, SingleCell, Table
from ewgraph.ingest.mapping.numbers import Point, point_of
from ewgraph.ingest.mapping.objects import object_columns, object_sheet
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Kind, SheetRow, cell_name
from ewgraph.ingest.sheets.document import Document, Sheet

AHEAD: Final = 1_000
"""How many rows are looked at before a column's customs are settled."""

_DATES: Final = frozenset({"date", "datetime"})
_NUMBERS: Final = frozenset({"integer", "decimal", "percent"})


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table where a file has it.

    Attributes:
        heading_row: the row of its headings; 0 where it needs none.
        columns: its columns by our names.
        unknown: the headings that mean none of our columns, by physical column.
    """

    table: Table
    sheet: Sheet
    heading_row: int
    columns: Mapping[str, ColumnIn]
    unknown: Mapping[int, str] = field(default_factory=dict)

    def rows(self) -> Iterator[SheetRow]:
        """Its rows, from below the headings; where its columns are known by their places, no other cell is seen."""
        rows = (row for row in self.sheet.rows() if row.number > self.heading_row)
        if not self.table.header_row:
            return rows
        places = {column.number for column in self.columns.values()}
        return (row for row in (_within(row, places) for row in rows) if row.cells)


def sheets_for(document: Document, names: tuple[str, ...]) -> list[Sheet]:
    """The sheets to look at: those of such a name first, then the others that are visible."""
    wanted = set(map(folded, names))
    named = [sheet for sheet in document.sheets if folded(sheet.name) in wanted]
    return [*named, *(sheet for sheet in document.sheets if sheet not in named and not sheet.hidden)]


def find_table(
    document: Document, table: Table, assigned: Mapping[str, str] | None, faults: list[CellFault]
) -> FoundTable | None:
    """The table in the file; None where it cannot be read, which the faults then tell.

    Args:
        document: the file.
        table: what the mapping says of it.
        assigned: column of ours to heading, where a person has said so.
        faults: what is wrong with its headings is added here.
    """
    if table.each:
        return _objects(document, table, faults)
    if table.header_row:
        return _placed(document, table, faults)
    words = Words(table, assigned)
    near: tuple[Sheet, HeadingRow] | None = None
    for sheet in sheets_for(document, table.sheets):
        row = heading_row(sheet.rows(), table, words)
        if row is not None and not row.missing:
            return _found(sheet, table, row, words, faults)
        if row is not None and near is None:
            near = sheet, row
    if near is not None:
        faults.extend(_missing(*near, table, assigned or {}))
    elif not table.optional:
        wanted = ", ".join(column.words[0] for column in table.columns.values() if column.required)
        expected = wanted or ", ".join(column.words[0] for column in table.columns.values())
        faults.append(CellFault("reading-noTable", "", 0, None, None, params={"expected": expected}))
    return None


def _objects(document: Document, table: Table, faults: list[CellFault]) -> FoundTable | None:
    """The objects of a JSON file; there must be one."""
    if document.form == "json":
        sheet = object_sheet(document, table)
        if next(sheet.rows(), None) is not None:
            return FoundTable(table, sheet, 0, object_columns(table))
    if not table.optional:
        expected = ", ".join(pointer.text for pointer in table.each)
        faults.append(CellFault("reading-noObjects", "", 0, None, None, params={"expected": expected}))
    return None


def _within(row: SheetRow, places: Collection[int]) -> SheetRow:
    return row._replace(cells={number: cell for number, cell in row.cells.items() if number in places})


def placed_headings(document: Document, table: Table) -> tuple[Sheet, dict[str, str]] | None:
    """The sheet of a table whose columns are known by their places, and the headings that stand there by our names."""
    number = _sheet_called(document, table.sheets)
    if number is None:
        return None
    sheet = document.sheets[number]
    heading = next((row for row in sheet.rows() if row.number >= table.header_row), None)
    cells = heading.cells if heading is not None and heading.number == table.header_row else {}
    return sheet, {
        column.name: cells[column.at].text for column in table.columns.values() if column.at and column.at in cells
    }


def _placed(document: Document, table: Table, faults: list[CellFault]) -> FoundTable | None:
    placed = placed_headings(document, table)
    if placed is None:
        if not table.optional:
            faults.append(CellFault("reading-noTable", "", 0, None, None, params={"expected": table.sheets[0]}))
        return None
    sheet, headings = placed
    columns = [column for column in table.columns.values() if column.at]
    missing = [column for column in columns if column.required and column.name not in headings]
    for column in missing:
        params = {"heading": f"{column.words[0]} ({cell_name(table.header_row, column.at)})"}
        faults.append(CellFault("reading-headingMissing", sheet.name, table.header_row, None, None, params=params))
    if missing:
        return None
    ahead = list(islice((row for row in sheet.rows() if row.number > table.header_row), AHEAD))
    found = {
        column.name: _column_in(
            column, Heading(column.at, headings.get(column.name) or column.words[0], 0), ahead, day_first=False
        )
        for column in columns
    }
    if sheet.hidden:
        faults.append(CellFault("reading-hiddenSheet", sheet.name, 0, None, None, params={"value": sheet.name}))
    return FoundTable(table, sheet, table.header_row, found)


def _missing(sheet: Sheet, row: HeadingRow, table: Table, assigned: Mapping[str, str]) -> Iterator[CellFault]:
    for name in row.missing:
        heading = assigned.get(name) or table.columns[name].words[0]
        yield CellFault("reading-headingMissing", sheet.name, row.number, None, None, params={"heading": heading})


def _found(sheet: Sheet, table: Table, row: HeadingRow, words: Words, faults: list[CellFault]) -> FoundTable | None:
    ahead = list(islice((each for each in sheet.rows() if each.number > row.number), AHEAD))
    columns: dict[str, ColumnIn] = {}
    unknown = dict(row.unknown)
    repeated = False
    texts = [heading.text for headings in row.columns.values() for heading in headings]
    day_first = words.day_first(texts)
    for name, headings in row.columns.items():
        full = [one for one in headings if any(one.number in each.cells for each in ahead)] or [headings[0]]
        for other in full[1:]:
            repeated = True
            faults.append(_repeated(sheet, row.number, full[0], other))
        unknown |= {one.number: one.text for one in headings if one is not full[0]}
        columns[name] = _column_in(table.columns[name], full[0], ahead, day_first=day_first)
    faults.extend(
        CellFault("reading-headingUnknown", sheet.name, row.number, number, text, params={"heading": text})
        for number, text in sorted(row.unknown.items())
    )
    if sheet.hidden:
        faults.append(CellFault("reading-hiddenSheet", sheet.name, 0, None, None, params={"value": sheet.name}))
    return None if repeated else FoundTable(table, sheet, row.number, columns, unknown)


def _repeated(sheet: Sheet, row: int, first: Heading, other: Heading) -> CellFault:
    return CellFault(
        "reading-headingRepeated",
        sheet.name,
        row,
        other.number,
        other.text,
        params={"heading": other.text, "other": cell_name(row, first.number)},
    )


def _column_in(column: Column, heading: Heading, ahead: list[SheetRow], *, day_first: bool) -> ColumnIn:
    order: Order = ""
    point: Point = ""
    if column.type in _DATES | _NUMBERS:
        cells = (row.cells.get(heading.number) for row in ahead)
        texts = [cell.text for cell in cells if cell is not None and cell.kind is Kind.TEXT]
        if column.type in _DATES:
            order = order_of(texts) or ("day" if day_first else "")
        else:
            point = point_of(texts) or ("," if day_first else ".")
    return ColumnIn(heading.number, heading.text, order, point)


def single_cells(document: Document, wanted: Mapping[str, SingleCell]) -> dict[str, CellIn]:
    """The single cells that hold something, by our names; each sheet is read once, and no further than needed."""
    found: dict[str, CellIn] = {}
    by_sheet: dict[int, dict[str, SingleCell]] = {}
    sheets = document.sheets
    for name, cell in wanted.items():
        number = _sheet_called(document, cell.sheets)
        if number is not None:
            by_sheet.setdefault(number, {})[name] = cell
    for number, cells in by_sheet.items():
        last = max(cell.row for cell in cells.values())
        for row in sheets[number].rows():
            if row.number > last:
                break
            for name, cell in cells.items():
                if cell.row == row.number and cell.column in row.cells:
                    place = sheets[number].name, cell.row, cell.column
                    found[name] = CellIn(*place, row.cells[cell.column])
    return found


def _sheet_called(document: Document, names: tuple[str, ...]) -> int | None:
    """The number of the sheet of such a name; of the first where the mapping names none."""
    if not names:
        return 0 if document.sheets else None
    wanted = set(map(folded, names))
    return next((number for number, sheet in enumerate(document.sheets) if folded(sheet.name) in wanted), None)
