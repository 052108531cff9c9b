"""How cells of the form look, and how a text is written into one so that it stays a text."""

from __future__ import annotations

from typing import Final

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ewgraph.validate.lexical import NO_XML

HEAD: Final = PatternFill("solid", start_color="1F4E5F")
HEAD_FIXED: Final = PatternFill("solid", start_color="6B7A80")
HEAD_FONT: Final = Font(bold=True, color="FFFFFF")
TITLE_FONT: Final = Font(bold=True, size=16, color="1F4E5F")
BOLD: Final = Font(bold=True)
LOCKED: Final = PatternFill("solid", start_color="ECEFF1")
_SIDE: Final = Side(style="thin", color="C5CED2")
LINE: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
TOP: Final = Alignment(vertical="top", wrap_text=True)
MIDDLE: Final = Alignment(vertical="center", wrap_text=True)

_LONGEST: Final = 32_767
_ACTIVE: Final = ("=", "+", "-", "@")


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that is part of no merged one.

    Raises:
        TypeError: it is.
    """
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} is part of a merged cell")
    return cell


def fit_to_width(sheet: Worksheet) -> None:
    """Print the sheet on A4 pages, one wide."""
    sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 9, 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def write_text(cell: Cell, text: str) -> Cell:
    """Write a text as a text, whatever it begins with: nobody's formula runs in the reader's spreadsheet."""
    cell.value = plain(text)
    if cell.data_type != "s" or text.startswith(_ACTIVE):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def plain(text: str) -> str:
    r"""The text without what a workbook cannot hold.

    >>> plain("a\x00b\ufffe")
    'ab'
    """
    return NO_XML.sub("", text)[:_LONGEST]
