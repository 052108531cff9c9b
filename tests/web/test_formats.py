"""Answers as workbooks and Parquet files: typed cells, what to cite, and nothing that runs."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.catalogue import Kind
from ewgraph.errors import LimitError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Term, date_literal, datetime_literal
from ewgraph.web.columnar import parquet
from ewgraph.web.formats import FORMATS
from ewgraph.web.table import Table
from ewgraph.web.workbook import MOST_ROWS, workbook

SITE = IRI("https://data.example.org/id/F1")
NOON = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
NAMES = ("site", "day", "at", "count", "amount", "sure", "name")
KINDS = (Kind.IRI, Kind.DATE, Kind.DATETIME, Kind.INTEGER, Kind.DECIMAL, Kind.BOOLEAN, Kind.STRING)
ROW: tuple[Term | None, ...] = (
    SITE,
    date_literal(NOON.date()),
    datetime_literal(NOON),
    Literal(3),
    Literal("2.50", datatype=terms.XSD.decimal),
    Literal(value=True),
    Literal("Anlegg 1", language="nb"),
)
TABLE = Table(NAMES, [ROW, (None,) * len(NAMES)], KINDS)
ABOUT = {"Query": "sites-of-model", "Known-At": "2026-01-31T12:00:00+00:00"}


def sheet(content: bytes, name: str = "Answer") -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def test_a_workbook_has_typed_cells() -> None:
    heading, row = sheet(workbook(TABLE, ABOUT))
    assert heading == list(NAMES)
    assert row == [SITE.value, dt.datetime(2026, 1, 31), dt.datetime(2026, 1, 31, 12), 3, 2.5, True, "Anlegg 1"]  # noqa: DTZ001  # a workbook knows no zones


def test_a_workbook_tells_what_to_cite() -> None:
    told = {str(name): value for name, value in sheet(workbook(TABLE, ABOUT), "About")}
    assert told["Query"] == "sites-of-model"
    assert "UTC" in str(told["Note"])


def test_the_same_answer_is_the_same_workbook() -> None:
    assert workbook(TABLE, ABOUT) == workbook(TABLE, ABOUT)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
)
def test_no_text_becomes_a_formula(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(Table(("a",), [(Literal(text),)]), {"Parameters": text})))
    for cell in (book["Answer"]["A2"], book["About"]["B1"]):
        assert (cell.data_type, cell.value) == ("s", text)
        assert cell.quotePrefix or text[0] == "\t"


def test_a_workbook_leaves_out_what_it_cannot_hold() -> None:
    """Records of before hold it still."""
    assert sheet(workbook(Table(("a",), [(Literal("a\x00b\ufffec"),)]), {}))[1] == ["abc"]


def test_a_workbook_keeps_numbers_and_days_that_it_cannot_count_as_text() -> None:
    odd = (
        Literal(10**15 + 1),
        Literal("0.1234567890123456", datatype=terms.XSD.decimal),
        date_literal(dt.date(1789, 7, 14)),
    )
    row = sheet(workbook(Table(("a", "b", "c"), [odd]), {}))[1]
    assert row == ["1000000000000001", "0.1234567890123456", "1789-07-14"]


def test_a_workbook_has_its_limit() -> None:
    with pytest.raises(LimitError, match="limit"):
        workbook(Table(("a",), [(None,)] * (MOST_ROWS + 1)), {})


def frame(content: bytes) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(content))


def test_a_parquet_file_has_typed_columns() -> None:
    read = frame(parquet(TABLE, ABOUT))
    assert dict(read.schema) == {
        "site": pl.String,
        "day": pl.Date,
        "at": pl.Datetime("us", "UTC"),
        "count": pl.Int64,
        "amount": pl.Decimal(38, 12),
        "sure": pl.Boolean,
        "name": pl.String,
    }
    assert read.rows() == [(SITE.value, NOON.date(), NOON, 3, Decimal("2.5"), True, "Anlegg 1"), (None,) * len(NAMES)]


def test_an_empty_parquet_file_has_the_same_columns() -> None:
    assert frame(parquet(Table(NAMES, [], KINDS), {})).schema == frame(parquet(TABLE, {})).schema


def test_a_parquet_file_tells_what_to_cite() -> None:
    told = pl.read_parquet_metadata(io.BytesIO(parquet(TABLE, ABOUT)))
    assert {name: told[f"ewgraph.{name}"] for name in ABOUT} == ABOUT


@pytest.mark.parametrize(
    ("kind", "term"),
    [
        (Kind.INTEGER, Literal(2**63)),
        (Kind.INTEGER, Literal("many")),
        (Kind.DATE, Literal("soon", datatype=terms.XSD.date)),
        (Kind.DECIMAL, Literal("0.1234567890123", datatype=terms.XSD.decimal)),
        (Kind.DECIMAL, Literal("INF", datatype=terms.XSD.double)),
        (Kind.DATETIME, date_literal(NOON.date())),
    ],
)
def test_a_column_that_cannot_hold_a_value_is_text_and_loses_nothing(kind: Kind, term: Literal) -> None:
    assert frame(parquet(Table(("a",), [(term,), (None,)], (kind,)), {})).rows() == [(term.value,), (None,)]


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=4))
def test_any_text_comes_through_every_format(texts: list[str]) -> None:
    table = Table(("a",), [(Literal(text),) for text in texts], (Kind.STRING,))
    for form in FORMATS.values():
        form.write(table, {"Parameters": "".join(texts)}, None)
    assert [row[0] for row in frame(parquet(table, {})).rows()] == texts
