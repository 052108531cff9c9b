"""Which mapping a file is for: by its headings and the names of its sheets, or by what stands in a JSON file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from ewgraph.ingest.mapping.headings import Words, heading_row
from ewgraph.ingest.mapping.language import Table, TableMapping
from ewgraph.ingest.mapping.tables import placed_headings, sheets_for
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import SheetRow
from ewgraph.ingest.sheets.document import Document, Sheet

_LOOKED_AT: Final = 65_536
_PLACED: Final = 0.95
_MOST_KEPT: Final = 10_000


class _Opening:
    """The first rows of a sheet: where no heading stops the reading, read once for all mappings."""

    def __init__(self, sheet: Sheet, last: int) -> None:
        self._sheet, self._last = sheet, last
        self._kept: list[SheetRow] | None = None

    def rows(self) -> Iterator[SheetRow]:
        """It yields them, from the file again where they were too many to keep."""
        if self._kept is not None:
            yield from self._kept
            return
        kept, cells = list[SheetRow](), 0
        for row in self._sheet.rows():
            if row.number > self._last:
                break
            cells += len(row.cells)
            if cells <= _MOST_KEPT:
                kept.append(row)
            yield row
        if cells <= _MOST_KEPT:
            self._kept = kept


class Detection(NamedTuple):
    """How well a mapping fits a file.

    Attributes:
        mapping: its name.
        score: from 0 to 1; above 0.5 all that is required was found.
        tables: the row of the headings of each table that was found.
    """

    mapping: str
    score: float
    tables: Mapping[str, int]


def detect(document: Document, mappings: Iterable[TableMapping]) -> list[Detection]:
    """The mappings that fit a file at all, the best first."""
    fitting = [mapping for mapping in mappings if document.form in mapping.forms]
    tables = [table for mapping in fitting for table in mapping.tables.values()]
    last = max((max(table.within, table.header_row) for table in tables), default=0)
    openings = (replace(sheet, read=_Opening(sheet, last).rows) for sheet in document.sheets)
    document = replace(document, sheets=tuple(openings))
    judged = _of_json if document.form == "json" else _of_tables
    found = [judged(document, mapping) for mapping in fitting]
    return sorted((one for one in found if one.score > 0), key=lambda one: (-one.score, -len(one.tables), one.mapping))


def _of_json(document: Document, mapping: TableMapping) -> Detection:
    with document.path.open("rb") as file:
        text = file.read(_LOOKED_AT).decode("utf-8", "replace")
    hits = sum(mark in text for mark in mapping.marks)
    return Detection(mapping.id, round(hits / max(len(mapping.marks), 1), 3), {})


def _of_tables(document: Document, mapping: TableMapping) -> Detection:
    rows: dict[str, int] = {}
    scores: list[float] = []
    for table in mapping.tables.values():
        score, row = _of_table(document, table)
        if row:
            rows[table.name] = row
        if row or not table.optional:
            scores.append(score)
    return Detection(mapping.id, round(sum(scores) / len(scores), 3) if scores else 0.0, rows)


def _of_places(document: Document, table: Table) -> tuple[float, int]:
    """How well a table fits whose columns are known by their places: its sheet is there, with headings above them."""
    placed = placed_headings(document, table)
    if placed is None:
        return 0.0, 0
    missing = [column for column in table.columns.values() if column.required and column.name not in placed[1]]
    return (_PLACED, table.header_row) if not missing else (0.4, 0)


def _of_table(document: Document, table: Table) -> tuple[float, int]:
    """How well a table fits, and the row of its headings; 0 where something required is missing."""
    if table.header_row:
        return _of_places(document, table)
    words, names = Words(table), set(map(folded, table.sheets))
    best = 0.0
    for sheet in sheets_for(document, table.sheets):
        row = heading_row(sheet.rows(), table, words)
        if row is None:
            continue
        share = len(row.columns) / len(table.columns)
        if row.missing:
            best = max(best, 0.4 * share)
            continue
        explained = len(row.columns) / (len(row.columns) + len(row.unknown))
        named = 0.1 * (folded(sheet.name) in names)
        return 0.5 + 0.1 * share + 0.3 * explained + named, row.number
    return best, 0
