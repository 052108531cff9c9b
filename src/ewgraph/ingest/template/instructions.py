"""The first sheet of the form: what it is about, what is owed until when, and how to fill it in."""

from __future__ import annotations

from typing import Final

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from ewgraph.ingest.template import look
from ewgraph.ingest.template.choices import labels
from ewgraph.ingest.template.form import Form
from ewgraph.ingest.template.known import Known

_OBLIGATION_TYPES: Final = "https://w3id.org/ewgraph/kos/obligation-type"
_WIDTHS: Final = {"A": 30, "B": 16, "C": 44, "D": 16}
_LINE_HEIGHT: Final = 15
_CHARACTERS: Final = 95
"""How many characters fit into a line over all columns of the sheet."""


def write_instructions(sheet: Worksheet, known: Known, form: Form) -> None:
    """Write the sheet."""
    writing = _Writing(sheet, form)
    words = form.words
    writing.title(words["title"])
    writing.pair(words["contract"], known.label)
    writing.pair(words["identifier"], known.contract.value)
    writing.pair(words["buyer"], "; ".join(known.buyers))
    writing.pair(words["from"], known.author_label)
    writing.pair(words["written"], form.written_on.isoformat())
    writing.owed(known)
    writing.heading(words["how"])
    for number, step in enumerate(words.steps, start=1):
        writing.paragraph(f"{number}. {step}")
    writing.paragraph(words["back"])
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
    sheet.sheet_view.showGridLines = False
    look.fit_to_width(sheet)


class _Writing:
    """Writes line after line."""

    def __init__(self, sheet: Worksheet, form: Form) -> None:
        self._sheet = sheet
        self._form = form
        self._row = 0

    def _cells(self, *texts: str) -> list[Cell]:
        self._row += 1
        return [look.write_text(look.cell_at(self._sheet, self._row, n), text) for n, text in enumerate(texts, start=1)]

    def title(self, text: str) -> None:
        self._cells(text)[0].font = look.TITLE_FONT
        self._row += 1

    def heading(self, text: str) -> None:
        self._row += 1
        self._cells(text)[0].font = look.BOLD

    def pair(self, name: str, text: str) -> None:
        first, _ = self._cells(name, text)
        first.font = look.BOLD

    def paragraph(self, text: str) -> None:
        self._cells(text)[0].alignment = look.TOP
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=len(_WIDTHS))
        self._sheet.row_dimensions[self._row].height = _LINE_HEIGHT * (1 + len(text) // _CHARACTERS)

    def owed(self, known: Known) -> None:
        """The table of what is owed."""
        words = self._form.words
        self.heading(words["owed"])
        if not known.owed:
            self.paragraph(words["nothing-owed"])
            return
        for cell in self._cells(words["owed"], words["due"], words["clauses"], words["state"]):
            cell.font, cell.fill, cell.border = look.HEAD_FONT, look.HEAD, look.LINE
        called = labels(_OBLIGATION_TYPES, self._form.folder, words.language)
        clauses = "; ".join(known.clauses)
        for each in known.owed:
            state = words["answered" if each.answered else "open"]
            for cell in self._cells(called.get(each.type, each.type), each.due_on, clauses, state):
                cell.alignment, cell.border = look.TOP, look.LINE
