"""Cells and rows, as every reader of tables gives them, and what people call a cell: B7."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple


class Kind(enum.Enum):
    """What a cell holds, as the file says it."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA = "formula"


class Cell(NamedTuple):
    """A cell that holds something.

    Attributes:
        text: the value as understood: blanks trimmed at both ends; numbers plain ("471", "0.12", with the zeros that a
            00000 format shows), dates ISO ("2024-05-02" or "2024-05-02T10:00:00"), booleans "true" or "false", errors
            as shown ("#N/A"); of a formula without a cached value, the formula.
        formula: whether the value is the cached result of a formula.
        merged: whether the value stands in the first cell of the merged range that this cell belongs to.
    """

    text: str
    kind: Kind = Kind.TEXT
    formula: bool = False
    merged: bool = False


class SheetRow(NamedTuple):
    """A row that holds something.

    Attributes:
        number: the row as the person sees it in the file, 1 the first; of a CSV file, the line on which it begins.
        cells: its cells by physical column, 1 for A; empty cells are absent.
        fault: why the row cannot be read, where it cannot.
        sheet: where it lies, if each row has a place of its own: in JSON, the pointer of the object.
    """

    number: int
    cells: Mapping[int, Cell]
    hidden: bool = False
    fault: str = ""
    sheet: str = ""


def column_letter(number: int) -> str:
    """What a spreadsheet calls the column.

    >>> column_letter(1), column_letter(28)
    ('A', 'AB')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of the column that a spreadsheet calls so, 1 for A.

    >>> column_number("XFD")
    16384
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet calls the cell.

    >>> cell_name(7, 2)
    'B7'
    """
    return f"{column_letter(column)}{row}"
