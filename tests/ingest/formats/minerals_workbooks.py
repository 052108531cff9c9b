"""Declarations of minerals as companies fill them in, made from the places of their cells and words of our own.

Wherever the form asks for a person, something is planted that must not be found anywhere later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

PLANTED = ("Planted", "@planted.example", "+99 555")
"""What each planted cell holds one of."""

_MINERALS = ("tantalum", "tin", "gold", "tungsten")
_FIRST_ROWS = {1: 26, 2: 32, 3: 38, 4: 44, 5: 50, 6: 56, 7: 62, 8: 68}


def declaration(
    path: Path,
    *,
    cells: Mapping[str, object] | None = None,
    answers: Mapping[tuple[int, str], str] | None = None,
    smelters: Sequence[Mapping[str, object]] = (),
    products: Sequence[tuple[str, str]] = (),
    mines: Sequence[Mapping[str, object]] | None = None,
) -> Path:
    """A declaration with persons planted in it.

    Args:
        path: where it is written.
        cells: more cells of the sheet Declaration.
        answers: by question and mineral.
        smelters: rows of the Smelter List, by letter of column.
        products: number and name of each product.
        mines: rows of the Mine List; None where the form has none.
    """
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Declaration"
    first["D8"] = "Example Brand"
    first["D9"] = "A. Company"
    first["D22"] = dt.date(2025, 5, 1)
    for row in range(15, 22):
        first[f"D{row}"] = (f"Planted Person {row}", f"person{row}@planted.example", f"+99 555 {row}")[row % 3]
        first[f"G{row}"] = f"Planted note {row}"
    for (question, mineral), answer in (answers or {}).items():
        first[f"D{_FIRST_ROWS[question] + _MINERALS.index(mineral)}"] = answer
        first[f"G{_FIRST_ROWS[question]}"] = "ask Planted Person"
    for name, value in (cells or {}).items():
        first[name] = value
    _table(book.create_sheet("Smelter List"), 4, "ABCDEFGHIJKLMNOPQ", smelters, "KLMQ")
    if mines is not None:
        _table(book.create_sheet("Mine List"), 4, "ABCDEFGHIJKLM", mines, "JKLM")
    listed = [{"B": number, "C": name} for number, name in products]
    _table(book.create_sheet("Product List"), 5, "BCD", listed, "D")
    checker = book.create_sheet("Checker")
    checker["B9"] = "Planted Person 15"
    book.properties.creator = "Planted Person"
    book.save(path)
    return path


def _table(
    sheet: Worksheet, heading_row: int, letters: str, rows: Sequence[Mapping[str, object]], persons: str
) -> None:
    sheet["A1"] = "Planted Person fills in this sheet"
    for letter in letters:
        sheet[f"{letter}{heading_row}"] = f"Überschrift {letter}"
    for number, row in enumerate(rows, start=heading_row + 1):
        for letter, value in row.items():
            sheet[f"{letter}{number}"] = value
        for place, letter in enumerate(persons):
            sheet[f"{letter}{number}"] = ("Planted Person", "x@planted.example", "+99 555 1", "Planted remark")[place]


def smelter(cid: str, metal: str, name: str, country: str, **more: object) -> dict[str, object]:
    """A row of the Smelter List."""
    return {"B": metal, "C": name, "D": name, "E": country, "F": cid, "I": "Somewhere", **more}
