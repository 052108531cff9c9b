"""The first sheet of the annotated workbook: what was found, by kind and one by one, with links to the cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ewgraph.ingest.answer.looks import Looks
from ewgraph.ingest.answer.marks import fill_of, write_text
from ewgraph.ingest.answer.report import CellResult, Change, DisclosureReport, Group
from ewgraph.ingest.answer.wording import ICONS, Wording, name
from ewgraph.validate.report import Severity

Locate: TypeAlias = Callable[[CellResult], Cell | None]
_FACE: Final = "Calibri"
_TITLE: Final = Font(_FACE, bold=True, size=15)
_HEADING: Final = Font(_FACE, bold=True, size=12)
_BOLD: Final = Font(_FACE, bold=True, size=11)
_LINK: Final = Font(_FACE, color="0B5394", underline="single", size=11)
_WIDTHS: Final = (14, 20, 12, 22, 28, 70, 28)
_TOP: Final = Alignment(vertical="top")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


class CheckSheet:
    """Writes the sheet.

    Args:
        sheet: an empty sheet.
        words: the language.
        locate: gives the cell of this workbook that a result stands on.
    """

    def __init__(self, sheet: Worksheet, words: Wording, locate: Locate) -> None:
        self._sheet = sheet
        self._words = words
        self._say = words.phrases.say
        self._locate = locate
        self._looks = Looks()
        self._row = 0

    def write(self, report: DisclosureReport, remarks: Sequence[str]) -> None:
        """Write all of it.

        Args:
            report: what to tell.
            remarks: what there is to say of this workbook, before all else.
        """
        for number, width in enumerate(_WIDTHS, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._sheet.sheet_properties.tabColor = "0B5394"
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.fitToHeight = 0
        self._sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self._line(self._words.title, font=_TITLE)
        for label, text in self._words.facts:
            self._line(label, text)
        self._line(", ".join(self._words.totals))
        self._line(self._words.next_step, font=_BOLD)
        for remark in (*remarks, *self._words.notes):
            self._line(remark)
        self._groups(report.groups)
        if report.difference is not None:
            self._heading(self._words.difference_title)
            self._line(", ".join(self._words.difference_counts))
            for change in report.difference.changes:
                self._change(change)
            if report.difference.more:
                self._line(self._say("more", n=report.difference.more))
        if report.obligations:
            self._heading(self._say("obligations"))
            for note in report.obligations:
                self._line(self._words.duty(note))
        self._results(report.results)

    def _line(self, *texts: str, font: Font | None = None) -> int:
        self._row += 1
        for column, text in enumerate(texts, start=1):
            cell = self._sheet.cell(self._row, column)
            write_text(cell, text)
            if font is not None:
                cell.font = font
        return self._row

    def _heading(self, text: str) -> None:
        self._row += 1
        self._line(text, font=_HEADING)

    def _groups(self, groups: Sequence[Group]) -> None:
        self._heading(self._say("groups"))
        if not groups:
            self._line(self._say("nothing-found"))
            return
        self._line(
            self._say("severity"), self._say("count"), self._say("first"), "", "", self._say("message"), font=_BOLD
        )
        for group in groups:
            row = self._line(self._severity(group.severity))
            self._looks.give(self._sheet.cell(row, 1), group.severity, fill=fill_of(group.severity))
            self._sheet.cell(row, 2, group.count).alignment = Alignment(horizontal="left", vertical="top")
            for column, result in enumerate(group.first, start=3):
                self._link(self._sheet.cell(row, column), self._words.place(result), result)
            self._wrapped(row, 6, self._words.group(group))
            if group.more:
                write_text(self._sheet.cell(row, 7), self._say("more", n=group.more))

    def _severity(self, severity: Severity) -> str:
        return f"{ICONS[severity]} {self._words.severity(severity)}"

    def _change(self, change: Change) -> None:
        self._line(self._say(change.kind), self._words.change(change))

    def _results(self, results: Sequence[CellResult]) -> None:
        if not results:
            return
        self._heading(self._say("all"))
        keys = ("severity", "sheet", "cell", "column", "value", "message", "hint")
        head = self._line(*map(self._say, keys), font=_BOLD)
        for result in results:
            row = self._line(self._severity(result.severity), name(result.sheet), "", name(result.heading))
            self._looks.give(self._sheet.cell(row, 1), result.severity, fill=fill_of(result.severity))
            self._link(self._sheet.cell(row, 3), self._spot(result), result)
            self._wrapped(row, 5, name(result.value or ""))
            self._wrapped(row, 6, self._words.message(result))
            self._wrapped(row, 7, name(result.hint))
        self._sheet.auto_filter.ref = f"A{head}:G{self._row}"

    def _spot(self, result: CellResult) -> str:
        """The place without its sheet, which has a column of its own."""
        if result.row is None:
            return "" if result.sheet else self._say("whole-file")
        return result.cell or self._say("row", row=str(result.row))

    def _wrapped(self, row: int, column: int, text: str) -> None:
        cell = self._sheet.cell(row, column)
        write_text(cell, text)
        self._looks.give(cell, "wrapped", alignment=_WRAPPED)

    def _link(self, cell: Cell | MergedCell, text: str, result: CellResult) -> None:
        """Write the text, leading to the result's cell in this workbook."""
        write_text(cell, text)
        target = self._locate(result)
        if target is not None:
            place = f"{quote_sheetname(target.parent.title)}!{target.coordinate}"
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
            self._looks.give(cell, "link", font=_LINK, alignment=_TOP)
