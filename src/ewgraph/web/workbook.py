"""An answer as a workbook (Office Open XML): the table with typed cells, and a sheet that tells what to cite."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ewgraph.errors import LimitError
from ewgraph.ingest.template.look import write_text
from ewgraph.web.table import Table
from ewgraph.web.typed import Value, typed

MOST_ROWS: Final = 50_000
"""Of one workbook. A larger answer comes in parts, or in another format."""

_BOLD: Final = Font("Calibri", bold=True, size=11)
_DAY: Final = "yyyy-mm-dd"
_INSTANT: Final = "yyyy-mm-dd hh:mm:ss"
_FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Before it spreadsheets count days wrongly, or not at all."""
_DIGITS: Final = 15
"""So many has a spreadsheet's number."""
_WIDEST: Final = 60
_NARROWEST: Final = 8
_LOOKED_AT: Final = 200
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NOTE: Final = "Instants are in UTC. Nothing here is a formula: what looks like one is a text that somebody recorded."


def workbook(table: Table, about: Mapping[str, str]) -> bytes:
    """The workbook.

    Args:
        table: the answer.
        about: what to cite, by name; it stands on the sheet `About`.

    Raises:
        LimitError: there are too many rows.
    """
    if len(table) > MOST_ROWS:
        raise LimitError(
            f"a workbook holds at most {MOST_ROWS} rows of an answer, and this one has {len(table)}. "
            "Ask for it in parts with `limit`, or as CSV or Parquet",
            limit="workbook bytes",
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Answer")
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, name, bold=True) for name in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, typed(term)) for term in row])
    told = book.create_sheet("About")
    told.column_dimensions["A"].width, told.column_dimensions["B"].width = 22, 100
    for name, value in {**about, "Note": _NOTE}.items():
        told.append([_cell(told, name, bold=True), _cell(told, value)])
    out = io.BytesIO()
    book.save(out)
    return _dateless(out.getvalue())


def _widths(table: Table) -> list[int]:
    """A width for each column that fits its name, and the first rows."""
    shown = [table.columns, *(["" if t is None else t.value for t in row] for row in table.rows[:_LOOKED_AT])]
    longest = (max(map(len, column)) for column in zip(*shown, strict=True))
    return [min(max(length + 2, _NARROWEST), _WIDEST) for length in longest]


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, bool):
        cell.value = value
    elif isinstance(value, dt.datetime) and value.date() >= _FIRST_DAY:
        cell.value, cell.number_format = value.replace(tzinfo=None), _INSTANT
    elif isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= _FIRST_DAY:
        cell.value, cell.number_format = value, _DAY
    elif isinstance(value, int | Decimal) and _is_exact(value):
        cell.value = value
    elif value is not None:
        write_text(cell, value.isoformat() if isinstance(value, dt.date) else str(value))
    if bold:
        cell.font = _BOLD
    return cell


def _is_exact(value: int | Decimal) -> bool:
    """Whether a spreadsheet's number is the same."""
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.as_tuple().digits) <= _DIGITS
    return abs(value) < 10**_DIGITS


def _dateless(content: bytes) -> bytes:
    """The same workbook without the instant at which it was made: the same answer is the same bytes."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != "docProps/core.xml":
                target.writestr(ZipInfo(name, _EPOCH), source.read(name), ZIP_DEFLATED)
            else:
                target.writestr(ZipInfo(name, _EPOCH), _CORE, ZIP_DEFLATED)
    return out.getvalue()


_CORE: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>ewgraph</dc:creator></cp:coreProperties>'
)
