"""What an ordinary program writes is read back as it was written."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from ewgraph.ingest.sheets import Cell, Kind, cell_name, open_document
from ewgraph.ingest.sheets.wording import tidy

TEXTS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
    .map(tidy)
    .filter(lambda text: text and not text.startswith(("=", "#")) and "_x" not in text)
    .filter(lambda text: "\ufffe" not in text and "\uffff" not in text)
)
MOMENTS = st.datetimes(dt.datetime.fromisoformat("1900-03-01"), dt.datetime.fromisoformat("2200-01-01")).map(
    lambda at: at.replace(microsecond=0)
)
VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**14), 10**14),
    st.decimals(-1_000_000, 1_000_000, places=4).map(float),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1), dt.date(2200, 1, 1)),
    MOMENTS,
    st.none(),
)


def expected(value: object) -> Cell:
    if isinstance(value, bool):
        return Cell(str(value).lower(), Kind.BOOLEAN)
    if isinstance(value, dt.datetime):
        bare = value.time() == dt.time()
        return Cell(value.date().isoformat() if bare else value.isoformat(), Kind.DATE)
    if isinstance(value, dt.date):
        return Cell(value.isoformat(), Kind.DATE)
    if isinstance(value, int):
        return Cell(str(value), Kind.NUMBER)
    if isinstance(value, float):
        return Cell(
            f"{value:.4f}".rstrip("0").rstrip(".").replace("-0", "0") if value == 0 else plain(value), Kind.NUMBER
        )
    return Cell(str(value))


def plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


@pytest.mark.parametrize("iso", [False, True])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(table=st.lists(st.lists(VALUES, max_size=6), max_size=12), shared=st.booleans())
def test_a_table_is_read_as_it_was_written(tmp_path: Path, iso: bool, table: list[list[object]], shared: bool) -> None:
    path = tmp_path / "table.xlsx"
    book = openpyxl.Workbook(write_only=not shared, iso_dates=iso)
    sheet = book.create_sheet("Sites", 0) if not shared else book.active
    assert sheet is not None
    for values in table:
        sheet.append(values)
    book.save(path)
    found = {row.number: dict(row.cells) for row in open_document(path, "table.xlsx").sheets[0].rows()}
    wanted = {
        number: cells
        for number, values in enumerate(table, start=1)
        if (cells := {at: expected(value) for at, value in enumerate(values, start=1) if value is not None})
    }
    assert found == wanted


def test_what_a_person_sees_of_formats_formulas_and_merged_cells(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"], sheet["B2"].number_format = 471, "00000"
    sheet["B3"], sheet["B3"].number_format = (
        dt.datetime.fromisoformat("2024-05-02T10:00:00"),
        "[$-407]TT. MMM JJJJ hh:mm",
    )
    sheet["B4"], sheet["B4"].number_format = 0.12, "0%"
    sheet["B5"], sheet["B6"], sheet["B7"] = "=B2*2", "#N/A", dt.time(10, 30)
    sheet["B8"] = CellRichText("Be", TextBlock(InlineFont(b=True), "ta "))
    sheet["D2"] = "Hall"
    sheet.merge_cells("D2:E3")
    sheet.row_dimensions[4].hidden = True
    book.save(tmp_path / "b.xlsx")
    rows = list(open_document(tmp_path / "b.xlsx", "b.xlsx").sheets[0].rows())
    assert {cell_name(row.number, at): cell for row in rows for at, cell in row.cells.items()} == {
        "B2": Cell("00471", Kind.NUMBER),
        "D2": Cell("Hall"),
        "E2": Cell("Hall", merged=True),
        "B3": Cell("2024-05-02T10:00:00", Kind.DATE),
        "D3": Cell("Hall", merged=True),
        "E3": Cell("Hall", merged=True),
        "B4": Cell("0.12", Kind.NUMBER),
        "B5": Cell("=B2*2", Kind.FORMULA, formula=True),
        "B6": Cell("#N/A", Kind.ERROR),
        "B7": Cell("10:30:00", Kind.DATE),
        "B8": Cell("Beta"),
    }
    assert [row.number for row in rows if row.hidden] == [4]


def test_the_calendar_of_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert book.active is not None
    book.active["A1"] = dt.date(2024, 5, 2)
    book.save(tmp_path / "b.xlsx")
    (row,) = open_document(tmp_path / "b.xlsx", "b.xlsx").sheets[0].rows()
    assert row.cells == {1: Cell("2024-05-02", Kind.DATE)}
