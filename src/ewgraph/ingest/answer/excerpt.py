"""The rows of a file that something is said of, with the row of the headings: what to show beside the results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.sheets.cell import SheetRow

_HEAD_ROWS: Final = 40
_SMALL: Final = 40


class Table(Protocol):
    """A sheet of the file, as `ewgraph.ingest.sheets` reads it."""

    @property
    def name(self) -> str:
        """The sheet's name; empty for a CSV file."""
        ...

    def rows(self) -> Iterable[SheetRow]:
        """Its rows, from the top; may be asked for again."""
        ...


@dataclass(slots=True)
class Excerpt:
    """What some rows say.

    Attributes:
        rows: their texts by sheet and row, then by column.
        headings: what the columns are called, by sheet, then by column.
        heading_rows: the row of the headings, by sheet.
    """

    rows: dict[tuple[str, int], dict[int, str]] = field(default_factory=dict)
    headings: dict[str, dict[int, str]] = field(default_factory=dict)
    heading_rows: dict[str, int] = field(default_factory=dict)


def excerpt(tables: Sequence[Table], report: DisclosureReport, neighbours: int = 1) -> Excerpt:
    """The rows with results and those around them; of a small file all, for the page.

    Args:
        tables: the sheets of the file; those without results are not read.
        report: what is said of them.
        neighbours: how many rows before and after each; with 0, a small file is no exception.
    """
    small = neighbours > 0 and report.totals.rows <= _SMALL
    found = Excerpt()
    for table in tables:
        results = [result for result in report.results if result.sheet == table.name]
        if not results:
            continue
        rows = {result.row for result in results if result.row is not None}
        wanted = {row + step for row in rows for step in range(-neighbours, neighbours + 1)}
        headings = {result.heading for result in results} - {""}
        most = 0
        for row in table.rows():
            if small or row.number in wanted:
                found.rows[table.name, row.number] = _texts(row)
            alike = sum(cell.text in headings for cell in row.cells.values()) if row.number <= _HEAD_ROWS else 0
            if alike > most:
                most = alike
                found.headings[table.name], found.heading_rows[table.name] = _texts(row), row.number
        if (head := found.heading_rows.get(table.name)) is not None and head not in rows:
            found.rows.pop((table.name, head), None)
    return found


def _texts(row: SheetRow) -> dict[int, str]:
    return {column: cell.text for column, cell in row.cells.items()}
