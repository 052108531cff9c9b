"""The form as a workbook: a sheet of instructions, the sheet to fill in, and the hidden lists to choose from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ewgraph.ingest.mapping.identifier_token import token
from ewgraph.ingest.mapping.language import Column
from ewgraph.ingest.template import look
from ewgraph.ingest.template.choices import Choices
from ewgraph.ingest.template.form import Form
from ewgraph.ingest.template.instructions import write_instructions
from ewgraph.ingest.template.known import Known
from ewgraph.model.rdf import iri

EMPTY_ROWS: Final = 200
LISTS: Final = "Lists"
_FIXED: Final = frozenset({"contract_name", "model_name"})
_WIDTHS: Final = {
    "address": 44,
    "site_name": 30,
    "native_name": 24,
    "contract_name": 24,
    "model_name": 24,
    "comment": 36,
}
_WIDTH: Final = 18
_PROMPT_TITLE, _PROMPT = 32, 255


def write_form(known: Known, form: Form, out: BinaryIO) -> None:
    """Write the form, filled in with what is known."""
    book = Workbook()
    book.properties.title = f"{form.words['title']}: {look.plain(known.label)}"
    book.properties.creator = "ewgraph"
    title, entry, lists = book.active, book.create_sheet(form.words["entry"]), book.create_sheet(LISTS)
    if not isinstance(title, Worksheet):
        raise TypeError(f"a new workbook begins with {title!r}")
    title.title = form.words["instructions"]
    choices = Choices(form.mapping, form.folder, form.words.language)
    write_instructions(title, known, form)
    _Entry(entry, lists, known, form, choices).write()
    lists.sheet_state = "hidden"
    book.save(out)


class _Entry:
    """The sheet to fill in, and the lists that its cells offer."""

    def __init__(self, sheet: Worksheet, lists: Worksheet, known: Known, form: Form, choices: Choices) -> None:
        self._sheet = sheet
        self._lists = lists
        self._known = known
        self._language = form.words.language
        self._choices = choices
        table = form.mapping.tables["sites"]
        self._columns: Sequence[Column] = tuple(table.columns.values())
        self._last = 1 + len(known.rows) + EMPTY_ROWS

    def write(self) -> None:
        """Write headings, rows, lists; lock what is not to be changed."""
        for number, column in enumerate(self._columns, start=1):
            self._head(number, column)
            for row in range(2, self._last + 1):
                self._body(row, number, column)
            if not column.hidden:
                self._offer(number, column)
        self._arrange()

    def _head(self, number: int, column: Column) -> None:
        cell = look.write_text(look.cell_at(self._sheet, 1, number), self._title(column))
        cell.font = look.HEAD_FONT
        cell.fill = look.HEAD_FIXED if column.name in _FIXED or column.hidden else look.HEAD
        cell.alignment = look.MIDDLE
        letter = get_column_letter(number)
        self._sheet.column_dimensions[letter].width = _WIDTHS.get(column.name, _WIDTH)
        self._sheet.column_dimensions[letter].hidden = column.hidden

    def _body(self, row: int, number: int, column: Column) -> None:
        said = self._known.rows[row - 2] if row - 2 < len(self._known.rows) else {}
        cell = look.cell_at(self._sheet, row, number)
        _write(cell, column, self._shown(column, said.get(column.name, "")))
        is_fixed = column.hidden or (column.name in _FIXED and bool(said.get(column.name)))
        cell.protection = Protection(locked=is_fixed)
        cell.alignment = look.TOP
        cell.border = look.LINE
        if is_fixed:
            cell.fill = look.LOCKED
        if column.type == "date":
            cell.number_format = "yyyy-mm-dd"
        elif column.type in {"text", "iri"}:
            cell.number_format = "@"

    def _shown(self, column: Column, value: str) -> str:
        if column.type == "code":
            return self._choices.label(column, value)
        return token(iri(value)) if column.type == "iri" and value else value

    def _offer(self, number: int, column: Column) -> None:
        """The list and the help of a column's cells."""
        letter = get_column_letter(number)
        if column.type == "code":
            rule = self._listed(column, self._choices.offered(column))
        elif column.name == "model_name":
            rule = self._listed(column, list(dict.fromkeys(model.label for model in self._known.models)))
        elif column.type == "date":
            rule = DataValidation("date", operator="greaterThan", formula1="32874", errorStyle="warning")
        else:
            rule = DataValidation()
        rule.allow_blank = True
        rule.showInputMessage = True
        rule.promptTitle = self._title(column)[:_PROMPT_TITLE]
        rule.prompt = self._help(column)[:_PROMPT] or None
        rule.add(f"{letter}2:{letter}{self._last}")
        self._sheet.add_data_validation(rule)

    def _listed(self, column: Column, labels: Sequence[str]) -> DataValidation:
        if not labels:
            return DataValidation()
        number = (self._lists.max_column + 1) if self._lists["A1"].value else 1
        look.write_text(look.cell_at(self._lists, 1, number), column.name)
        for row, label in enumerate(labels, start=2):
            look.write_text(look.cell_at(self._lists, row, number), label)
        letter = get_column_letter(number)
        # A warning, since other words are understood too: a country's code, a model's number.
        return DataValidation(
            "list",
            formula1=f"{LISTS}!${letter}$2:${letter}${len(labels) + 1}",
            errorStyle="warning",
            showErrorMessage=True,
        )

    def _arrange(self) -> None:
        sheet = self._sheet
        shown = [number for number, column in enumerate(self._columns, start=1) if not column.hidden]
        sheet.row_dimensions[1].height = 48
        sheet.freeze_panes = "C2"
        protection = sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.deleteRows = False
        look.fit_to_width(sheet)
        sheet.page_setup.orientation = "landscape"
        sheet.print_title_rows = "1:1"
        sheet.print_area = f"A1:{get_column_letter(max(shown))}{1 + len(self._known.rows)}"
        footer = sheet.oddFooter
        if footer is not None and footer.left is not None and footer.right is not None:
            footer.left.text = look.plain(self._known.label).replace("&", "&&")[:200]
            footer.right.text = "&P / &N"

    def _title(self, column: Column) -> str:
        return column.title.get(self._language) or column.words[0]

    def _help(self, column: Column) -> str:
        return column.help.get(self._language, "")


def _write(cell: Cell, column: Column, text: str) -> None:
    """Write a text; a date as one where it is one."""
    if column.type == "date" and text:
        try:
            cell.value = dt.date.fromisoformat(text)
        except ValueError:
            look.write_text(cell, text)
    elif text:
        look.write_text(cell, text)
