"""Marks the cells of a workbook with what is said of them, and takes the marks off again.

A marked cell has a comment by `ewgraph`, a fill and a border. How it looked before is kept on a sheet that nobody sees,
and a comment that was there stays below ours: so that the supplier may mend the marked workbook and send it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from ewgraph.ingest.answer.looks import Looks, take_over
from ewgraph.ingest.answer.outside import visible
from ewgraph.ingest.answer.report import CellResult
from ewgraph.ingest.answer.wording import ICONS, Wording
from ewgraph.ingest.sheets.ours import MARKS_SHEET
from ewgraph.validate.report import Severity

AUTHOR: Final = "ewgraph"
_COLOURS: Final = {
    Severity.VIOLATION: ("FFC7CE", "9C0006"),
    Severity.WARNING: ("FFEB9C", "9C5700"),
    Severity.INFO: ("DDEBF7", "1F4E79"),
}
_ORDER: Final = tuple(Severity)
_THEIRS: Final = re.compile(r"\n\n--- (?P<author>[^\n]*) ---\n(?P<text>.*)", re.DOTALL)
_COMMENT_LENGTH: Final = 8_000
_COMMENT_WIDTH: Final = 360
_LINE_HEIGHT: Final = 18
_LINE_LENGTH: Final = 52
_HEAD_ROWS: Final = 40


def fill_of(severity: Severity) -> PatternFill:
    """The fill of a cell with such a result."""
    return PatternFill("solid", fgColor=_COLOURS[severity][0])


def mark(cell: Cell, results: Sequence[CellResult], words: Wording, looks: Looks) -> None:
    """Put what is said of a cell onto it.

    Args:
        cell: a cell that holds its own value, none within a merged range.
        results: what is said of it, at least one thing.
        words: the language.
        looks: those of its workbook.
    """
    gravest = min((result.severity for result in results), key=_ORDER.index)
    side = Side("medium", color=_COLOURS[gravest][1])
    frame = Border(left=side, right=side, top=side, bottom=side)
    looks.give(cell, gravest, fill=fill_of(gravest), border=frame)
    said = "\n\n".join(_said(result, words) for result in results)[:_COMMENT_LENGTH]
    if cell.comment is not None:
        said += f"\n\n--- {visible(cell.comment.author or '')} ---\n{cell.comment.text}"
    lines = sum(1 + len(line) // _LINE_LENGTH for line in said.split("\n"))
    cell.comment = Comment(said, AUTHOR, width=_COMMENT_WIDTH, height=min(40 + _LINE_HEIGHT * lines, 480))


def _said(result: CellResult, words: Wording) -> str:
    sentence = f"{ICONS[result.severity]} {words.severity(result.severity)}: {words.message(result)}"
    return f"{sentence} ({words.hint(result)})" if result.hint else sentence


def keep_looks(workbook: Workbook, cells: Iterable[Cell]) -> None:
    """Note how the cells look, before they are marked."""
    sheet = workbook.create_sheet(MARKS_SHEET)
    sheet.sheet_state = "veryHidden"
    for number, cell in enumerate(cells, start=1):
        write_text(sheet.cell(number, 1), cell.parent.title)
        take_over(sheet.cell(number, 2, cell.coordinate), cell)


def unmark(workbook: Workbook) -> None:
    """Take off the marks of an earlier round: cells look as before, and the comments of others are back."""
    looks: dict[tuple[object, object], Cell | MergedCell] = {}
    if MARKS_SHEET in workbook.sheetnames:
        for place, noted in workbook[MARKS_SHEET].iter_rows(max_col=2):
            looks[place.value, noted.value] = noted
    for sheet in workbook.worksheets:
        for cell in list(_commented(sheet)):
            look = looks.get((sheet.title, cell.coordinate))
            cell.fill = copy(look.fill) if look is not None else PatternFill()  # type: ignore[assignment]  # a copied proxy is a fill
            cell.border = copy(look.border) if look is not None else Border()  # type: ignore[assignment]  # as above
            theirs = _THEIRS.search(cell.comment.text) if cell.comment else None
            cell.comment = Comment(theirs["text"], theirs["author"]) if theirs else None
    if MARKS_SHEET in workbook.sheetnames:
        workbook.remove(workbook[MARKS_SHEET])


def _commented(sheet: Worksheet) -> Iterable[Cell]:
    """The cells with a comment of ours."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.comment is not None and cell.comment.author == AUTHOR:
                yield cell


class Places:
    """Finds the cell of a sheet that a result is about."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._width = sheet.max_column
        self._headings: dict[str, Cell] = {}
        for row in sheet.iter_rows(max_row=_HEAD_ROWS, max_col=self._width):
            for cell in row:
                if isinstance(cell, Cell) and isinstance(cell.value, str):
                    self._headings.setdefault(cell.value.strip(), cell)

    def of(self, result: CellResult) -> Cell | None:
        """The cell to mark: the wrong one; of a row its first; of a file the heading that is meant; else none."""
        if result.row is None:
            return self._headings.get(result.heading) if result.heading else None
        if result.column is not None:
            return self._cell(result.row, result.column)
        columns = range(1, self._width + 1)
        filled = (column for column in columns if self._sheet.cell(result.row, column).value is not None)
        return self._cell(result.row, next(filled, 1))

    def _cell(self, row: int, column: int) -> Cell | None:
        """The cell, or the first one of the merged range that it lies in."""
        cell = self._sheet.cell(row, column)
        if isinstance(cell, MergedCell):
            for merged in self._sheet.merged_cells.ranges:
                if cell.coordinate in merged:
                    cell = self._sheet.cell(merged.min_row, merged.min_col)
                    break
        return cell if isinstance(cell, Cell) else None


def mark_all(workbook: Workbook, places: Mapping[Cell, Sequence[CellResult]], words: Wording) -> None:
    """Mark all these cells, and note how they looked."""
    keep_looks(workbook, places)
    looks = Looks()
    for cell, results in places.items():
        mark(cell, results, words, looks)


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write text from outside as text: it never becomes a formula, an error or a link."""
    cell.value = visible(text)
    cell.data_type = "s"
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        cell.quotePrefix = True
