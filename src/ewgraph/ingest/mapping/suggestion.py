"""Which heading of an unknown list probably means which column: by its words, then by what stands below it."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from ewgraph.assets import asset
from ewgraph.ingest.mapping.batch import ColumnIn
from ewgraph.ingest.mapping.codes import code_lists, codes_wanted
from ewgraph.ingest.mapping.dates import order_of
from ewgraph.ingest.mapping.headings import Words
from ewgraph.ingest.mapping.language import Column, Table, TableMapping
from ewgraph.ingest.mapping.reading import CellReading
from ewgraph.ingest.mapping.tables import sheets_for
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Cell, Kind, SheetRow
from ewgraph.ingest.sheets.document import Document, Sheet

_SAMPLE: Final = 200
_LEAST: Final = 0.5
_SURE: Final = 0.8


class Suggested(NamedTuple):
    """A heading that probably means a column.

    Attributes:
        score: from 0 to 1.
        why: `heading` (the very words), `part` (a part of it), `similar` (like words) or `values` (what stands below).
    """

    heading: str
    number: int
    score: float
    why: str


class Suggestion(NamedTuple):
    """What an unknown list probably means.

    Attributes:
        row: the row of the headings; 0 where nothing looks like headings.
        headings: all headings by physical column.
        columns: the best heading for each column of ours that has one.
        missing: the required columns that have none.
    """

    table: str
    sheet: str
    row: int
    headings: Mapping[int, str]
    columns: Mapping[str, Suggested]
    missing: tuple[str, ...]

    @property
    def assigned(self) -> dict[str, str]:
        """Column to heading, as `Reader` takes it."""
        return {name: one.heading for name, one in self.columns.items()}


def fingerprint(headings: Iterable[str]) -> str:
    """A digest of headings without regard to their order, case and punctuation: lists of one make have the same.

    >>> fingerprint(["Site name", "Country"]) == fingerprint(["COUNTRY", "site-name"])
    True
    """
    return hashlib.sha256("\x1f".join(sorted(set(map(folded, headings)))).encode()).hexdigest()[:20]


def suggest(document: Document, mapping: TableMapping, kos: Path | None = None) -> Suggestion:
    """What the headings of a list probably mean in the first table of a mapping.

    Args:
        document: the file.
        mapping: the mapping, the first table of which is meant.
        kos: the folder of the code lists; those of the program as a rule.
    """
    table = next(iter(mapping.tables.values()))
    codes = code_lists(mapping.codes, codes_wanted(mapping), kos or asset("ontology") / "kos")
    sheet, row, below = _likeliest(document, table)
    if sheet is None or row is None:
        return Suggestion(table.name, "", 0, {}, {}, _required(table, {}))
    headings = {number: cell.text for number, cell in row.cells.items() if cell.text}
    words = Words(table)
    scored = []
    for column in table.columns.values():
        listed = codes.get(column.codes)
        for number, text in headings.items():
            cells = [each.cells[number] for each in below if number in each.cells]
            found = ColumnIn(number, text, order_of(cell.text for cell in cells))
            score, why = _score(column, text, cells, CellReading(column, found, listed), words)
            if score >= _LEAST and not column.hidden:
                scored.append((score, column.name, Suggested(text, number, round(score, 2), why)))
    columns: dict[str, Suggested] = {}
    taken: set[int] = set()
    for _, name, one in sorted(scored, key=lambda each: (-each[0], each[2].number, each[1])):
        if name not in columns and one.number not in taken:
            columns[name] = one
            taken.add(one.number)
    return Suggestion(table.name, sheet.name, row.number, headings, columns, _required(table, columns))


def _required(table: Table, found: Mapping[str, Suggested]) -> tuple[str, ...]:
    return tuple(name for name, column in table.columns.items() if column.required and name not in found)


def _likeliest(document: Document, table: Table) -> tuple[Sheet | None, SheetRow | None, list[SheetRow]]:
    """The row that looks most like headings: the first of the widest rows of texts, with rows below it."""
    for sheet in sheets_for(document, table.sheets):
        rows = list(islice(sheet.rows(), table.within + _SAMPLE))
        top = [row for row in rows if row.number <= table.within and _texts(row) >= 2]
        if top:
            best = max(top, key=lambda row: (_texts(row), -row.number))
            return sheet, best, [row for row in rows if row.number > best.number]
    return None, None, []


def _texts(row: SheetRow) -> int:
    return sum(cell.kind is Kind.TEXT and not cell.text.replace(".", "").isdigit() for cell in row.cells.values())


def _score(column: Column, heading: str, cells: list[Cell], reading: CellReading, words: Words) -> tuple[float, str]:
    meant, rank = words.meaning(heading)
    if meant:
        return (1.0, "heading") if meant == column.name and not rank else (0.9 * (meant == column.name), "part")
    similar = max((_similar(heading, word) for word in column.words), default=0.0) * 0.85
    fitting = _fitting(column, cells, reading)
    if fitting >= _SURE and fitting * 0.75 > similar:
        return fitting * 0.75 + 0.1 * similar, "values"
    return similar, "similar"


def _similar(heading: str, word: str) -> float:
    """How like two headings are: by their words, or by their letters."""
    ours, theirs = folded(word), folded(heading)
    a, b = set(ours.split()), set(theirs.split())
    shared = len(a & b) / max(min(len(a), len(b)), 1)
    return max(
        0.5 * shared + 0.5 * len(a & b) / max(len(a | b), 1), difflib.SequenceMatcher(None, ours, theirs).ratio()
    )


def _fitting(column: Column, cells: list[Cell], reading: CellReading) -> float:
    """The share of values that are what the column wants; 0 for a column that takes any text."""
    if column.type == "text" or not cells:
        return 0.0
    reads = [reading.read(cell) for cell in cells]
    return sum(read.term is not None and not read.expected for read in reads) / len(reads)
