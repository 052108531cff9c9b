"""The annotated workbook: the file that was sent, with comment and colour on the wrong cells and a sheet that sums up.

What is sent back may be mended and sent again: sheets named in `CHECK_SHEETS` are ours, and readers pass over them.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final
from xml.etree.ElementTree import ParseError as XmlError

import openpyxl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from ewgraph.errors import InputError, LimitError
from ewgraph.ingest.answer.check_sheet import CheckSheet
from ewgraph.ingest.answer.excerpt import Table, excerpt
from ewgraph.ingest.answer.marks import Places, mark_all, unmark, write_text
from ewgraph.ingest.answer.outside import visible
from ewgraph.ingest.answer.report import CellResult, DisclosureReport
from ewgraph.ingest.answer.wording import Wording
from ewgraph.ingest.sheets.archive import Archive
from ewgraph.ingest.sheets.cell import column_letter
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ingest.sheets.markup import tags
from ewgraph.ingest.sheets.ours import CHECK_SHEETS

MOST_ROWS: Final = 20_000
_MOST_XML_BYTES: Final = 60_000_000
_MOST_CELLS: Final = 400_000
_SHEET_NAME_LENGTH: Final = 31
_BOLD: Final = Font("Calibri", bold=True, size=11)
_UNREADABLE: Final = (
    AttributeError,
    IndexError,
    InputError,
    KeyError,
    LimitError,
    OSError,
    TypeError,
    ValueError,
    XmlError,
    zipfile.BadZipFile,
)


def annotate(original: Path, form: str, report: DisclosureReport, out: BinaryIO, language: str = "en") -> None:
    """Write the annotated workbook.

    A workbook is given back as it came, with marks. A CSV file becomes a workbook of text, each row at its own number.
    Of a file with more than 20,000 rows, and of a workbook that cannot be written again, only the rows with results
    are written, their number in the first column. Of a file that cannot be read, only the summary is.

    Args:
        original: the file that was sent.
        form: `xlsx`, `csv` or `json`.
        report: what to tell; the name of the file is taken from it.
        out: where to write.
        language: the language of what is written; English for one that is not spoken.
    """
    words = Wording(report, language)
    book = _annotated(original, form, report, words)
    book.active = 0
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]
    book.save(out)


def _annotated(original: Path, form: str, report: DisclosureReport, words: Wording) -> Workbook:
    from ewgraph.ingest.sheets.document import open_document

    try:
        tables: Sequence[Table] = () if form == "json" else open_document(original, report.file).sheets
    except (InputError, LimitError):
        tables = ()
    if not tables:
        return summed_up(_empty_book(), report, words, {}, ())
    small = report.totals.rows <= MOST_ROWS
    if form == "xlsx" and small and (book := _loaded(original, report.file)) is not None:
        return annotated_book(book, report, words, _drawings(original, words))
    if form == "csv" and small:
        return annotated_rows(tables, report, words)
    return rows_with_results(tables, report, words)


def _loaded(original: Path, name: str) -> Workbook | None:
    """The workbook with all its formulas and formats; None where it is too large or too strange to be written again."""
    try:
        if not _writable(original, name):
            return None
        with original.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(file, rich_text=True)
    except _UNREADABLE:
        return None


def _writable(original: Path, name: str) -> bool:
    """Whether openpyxl can hold the workbook: it makes a cell of every one in a merged range, be it a whole sheet.

    Raises:
        InputError: a part is damaged, or has a DOCTYPE.
        LimitError: a part holds too much.
    """
    cells = size = 0
    with Archive(original, name, Limits()) as archive:
        for part in archive.parts():
            if not part.endswith((".xml", ".rels", ".vml")):
                continue
            chunks = list(archive.chunks(part, most=_MOST_XML_BYTES))
            size += sum(map(len, chunks))
            for _, attributes in tags(chunks, f"{name}: {part}", Limits(), {"mergeCell"}):
                merged = CellRange(attributes["ref"]).size
                cells += merged["rows"] * merged["columns"]
            if cells > _MOST_CELLS or size > _MOST_XML_BYTES:
                return False
    return True


def _drawings(original: Path, words: Wording) -> list[str]:
    """What to say of a workbook with charts or pictures, which are not written again."""
    with zipfile.ZipFile(original) as packed:
        lost = any(part.startswith(("xl/charts/", "xl/media/")) for part in packed.namelist())
    return [words.phrases.say("no-drawings")] if lost else []


def annotated_book(book: Workbook, report: DisclosureReport, words: Wording, remarks: Sequence[str]) -> Workbook:
    """The workbook itself with marks and the summary in front; the marks of an earlier round are replaced."""
    unmark(book)
    for title in CHECK_SHEETS & set(book.sheetnames):
        book.remove(book[title])
    located = _located({sheet.title: sheet for sheet in book.worksheets}, report)
    return summed_up(book, report, words, located, [words.phrases.say("mend-here"), *remarks])


def annotated_rows(tables: Sequence[Table], report: DisclosureReport, words: Wording) -> Workbook:
    """A new workbook with all rows as text, each at its own number; of very wide ones the rows with results."""
    book = _empty_book()
    written = 0
    for table in tables:
        sheet = book.create_sheet(_title(table.name or words.phrases.say("data-sheet"), book))
        for row in table.rows():
            written += len(row.cells)
            if written > _MOST_CELLS:
                return rows_with_results(tables, report, words)
            for column, cell in row.cells.items():
                write_text(sheet.cell(row.number, column), cell.text)
    located = _located(dict(zip((table.name for table in tables), book.worksheets, strict=True)), report)
    return summed_up(book, report, words, located, [words.phrases.say("mend-here")])


def rows_with_results(tables: Sequence[Table], report: DisclosureReport, words: Wording) -> Workbook:
    """A new workbook with the rows that something is said of, and those of the headings, as text."""
    book = _empty_book()
    found = excerpt(tables, report, neighbours=0)
    texts = {(sheet, found.heading_rows[sheet]): row for sheet, row in found.headings.items()} | found.rows
    at: dict[tuple[str, int | None], tuple[Worksheet, int]] = {}
    for name in dict.fromkeys(sheet for sheet, _ in texts):
        sheet = book.create_sheet(_title(name or words.phrases.say("data-sheet"), book))
        rows = sorted(number for of, number in texts if of == name)
        width = max(column for number in rows for column in (*texts[name, number], 1))
        for column, letters in enumerate([words.phrases.say("row-number"), *map(column_letter, range(1, width + 1))]):
            sheet.cell(1, column + 1, letters).font = _BOLD
        for line, number in enumerate(rows, start=2):
            at[name, number] = sheet, line
            sheet.cell(line, 1, number).font = _BOLD
            for column, text in texts[name, number].items():
                write_text(sheet.cell(line, column + 1), text)
        sheet.freeze_panes = "B2"
    located: dict[int, Cell] = {}
    for index, result in enumerate(report.results):
        if (result.sheet, result.row) in at:
            sheet, line = at[result.sheet, result.row]
            cell = sheet.cell(line, (result.column or 0) + 1)
            if isinstance(cell, Cell):
                located[index] = cell
    return summed_up(book, report, words, located, [words.phrases.say("rows-only")])


def _located(sheets: Mapping[str, Worksheet], report: DisclosureReport) -> dict[int, Cell]:
    """The cell that each result stands on, by the result's index, where there is one."""
    places = {title: Places(sheet) for title, sheet in sheets.items()}
    found = {n: places[r.sheet].of(r) for n, r in enumerate(report.results) if r.sheet in places}
    return {number: cell for number, cell in found.items() if cell is not None}


def summed_up(
    book: Workbook,
    report: DisclosureReport,
    words: Wording,
    located: Mapping[int, Cell],
    remarks: Sequence[str],
) -> Workbook:
    """The workbook with the cells marked and the summary in front.

    Args:
        book: the workbook.
        report: what to tell.
        words: the language.
        located: the cell of each result, by the result's index in the report.
        remarks: what there is to say of this workbook.
    """
    places: dict[Cell, list[CellResult]] = {}
    by_place: dict[tuple[str, int | None, int | None], Cell] = {}
    for number, cell in located.items():
        result = report.results[number]
        places.setdefault(cell, []).append(result)
        by_place[result.sheet, result.row, result.column] = cell
    mark_all(book, places, words)
    sheet = book.create_sheet(words.phrases.say("check-sheet"), 0)
    CheckSheet(sheet, words, lambda result: by_place.get((result.sheet, result.row, result.column))).write(
        report, remarks
    )
    return book


def _empty_book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def _title(wanted: str, book: Workbook) -> str:
    """A name that a sheet may have, and that no other sheet of the workbook has."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", visible(wanted)).strip("'").strip()[:_SHEET_NAME_LENGTH] or "_"
    taken = {title.lower() for title in (*book.sheetnames, *CHECK_SHEETS, "history")}
    number, title = 1, plain
    while title.lower() in taken:
        number += 1
        title = f"{plain[: _SHEET_NAME_LENGTH - 5]} ({number})"
    return title
