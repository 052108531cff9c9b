"""Sheets as their XML says them, cell by cell."""

from collections.abc import Callable

import pytest

from ewgraph.errors import LimitError, ParseError
from ewgraph.ingest.sheets import Cell, Kind, Limits, SheetRow
from tests.ingest.sheets.raw_workbook import DOCUMENT, MAIN, parts, relationships, sheet, styles, workbook

Texts = Callable[..., dict[str, str]]
Cells = Callable[..., dict[str, Cell]]
Rows = Callable[..., list[SheetRow]]
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_shared_strings_join_their_runs_and_leave_readings_out(texts: Texts) -> None:
    strings = (
        "<si><t>Beta</t></si><si><r><rPr><b/></rPr><t>Ga</t></r><r><t xml:space='preserve'>mma </t></r></si>"
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/></si><si/>"
    )
    row = '<row r="1">' + "".join(f'<c r="{at}1" t="s"><v>{n}</v></c>' for n, at in enumerate("ABCD")) + "</row>"
    assert texts(row, strings=strings) == {"A1": "Beta", "B1": "Gamma", "C1": "東京"}


def test_inline_strings_join_their_runs_and_leave_readings_out(texts: Texts) -> None:
    data = '<row r="2"><c r="B2" t="inlineStr"><is><r><t>東</t></r><r><t>京</t></r><rPh><t>ト</t></rPh></is></c></row>'
    assert texts(data) == {"B2": "東京"}


def test_a_formula_keeps_its_result_and_says_that_it_is_one(cells: Cells) -> None:
    data = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;"x"</f><v>2x</v></c>'
        '<c r="C1" t="b"><f>TRUE()</f><v>1</v></c><c r="D1" t="e"><f>NA()</f><v>#N/A</v></c></row>'
    )
    assert cells(data) == {
        "A1": Cell("2", Kind.NUMBER, formula=True),
        "B1": Cell("2x", formula=True),
        "C1": Cell("true", Kind.BOOLEAN, formula=True),
        "D1": Cell("#N/A", Kind.ERROR, formula=True),
    }


def test_a_formula_without_a_result_is_told_and_one_with_an_empty_result_is_empty(cells: Cells) -> None:
    data = (
        '<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><f>B1*2</f><v/></c><c r="C1" t="str"><f>""</f><v></v></c></row>'
    )
    unknown = Cell("=B1*2", Kind.FORMULA, formula=True)
    assert cells(data) == {"A1": unknown, "B1": unknown}


def test_booleans_errors_and_iso_dates(cells: Cells) -> None:
    data = (
        '<row r="1"><c r="A1" t="b"><v>0</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="d"><v>2024-05-02</v></c>'
        '<c r="D1" t="d"><v>2024-05-02T10:00:00.000Z</v></c><c r="E1" t="d"><v>2024-05-02T00:00:00</v></c>'
        '<c r="F1" t="d"><v>10:30</v></c><c r="G1" t="d"><v>soon</v></c></row>'
    )
    assert cells(data) == {
        "A1": Cell("false", Kind.BOOLEAN),
        "B1": Cell("#REF!", Kind.ERROR),
        "C1": Cell("2024-05-02", Kind.DATE),
        "D1": Cell("2024-05-02T10:00:00", Kind.DATE),
        "E1": Cell("2024-05-02", Kind.DATE),
        "F1": Cell("10:30:00", Kind.DATE),
        "G1": Cell("soon"),
    }


def test_the_style_says_whether_a_number_is_a_date_or_a_code(cells: Cells) -> None:
    data = '<row r="1"><c r="A1" s="1"><v>45414</v></c><c r="B1" s="2"><v>471</v></c><c r="C1" s="0"><v>9</v></c></row>'
    assert cells(data, style=styles("TT.MM.JJJJ", "00000")) == {
        "A1": Cell("2024-05-02", Kind.DATE),
        "B1": Cell("00471", Kind.NUMBER),
        "C1": Cell("9", Kind.NUMBER),
    }


def test_the_calendar_of_1904_is_that_of_the_whole_workbook(texts: Texts) -> None:
    data = '<row r="1"><c r="A1" s="1"><v>43952</v></c></row>'
    old = workbook(properties='date1904="1"')
    assert texts(data, style=styles("d/m/yy"), workbook=old) == {"A1": "2024-05-02"}


def test_rows_and_cells_that_do_not_say_where_they_are_come_after_the_last(texts: Texts) -> None:
    data = (
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        '<row r="5"><c r="C5"/><c><v>4</v></c><c r="F5"><v>6</v></c><c><v>7</v></c></row><row><c><v>8</v></c></row>'
    )
    assert texts(data) == {"A1": "1", "C1": "3", "D5": "4", "F5": "6", "G5": "7", "A6": "8"}


def test_a_cell_in_the_last_row_and_column_costs_nothing(rows: Rows) -> None:
    assert rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>') == [
        SheetRow(1_048_576, {16_384: Cell("1", Kind.NUMBER)}),
    ]


def test_rows_that_hold_nothing_but_formats_are_not_given(rows: Rows) -> None:
    bare = "".join(
        f'<row r="{at}" s="1" customFormat="1"><c r="A{at}" s="1"/><c r="B{at}" s="1"/></row>' for at in range(2, 900)
    )
    data = f'<row r="1"><c r="A1"><v>1</v></c></row>{bare}<row r="900"><c r="A900"><v>2</v></c></row>'
    assert [row.number for row in rows(data)] == [1, 900]


def test_hidden_rows_say_so(rows: Rows) -> None:
    data = '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="0"><c r="A2"><v>1</v></c></row>'
    assert [row.hidden for row in rows(data)] == [True, False]


def test_a_merged_range_counts_for_all_its_cells(cells: Cells) -> None:
    data = (
        f'<row r="1">{inline("A1", "Beta")}<c r="C1"><v>1</v></c></row><row r="2"><c r="C2"><v>2</v></c></row>'
        '<row r="3"><c r="A3"/><c r="C3"><v>3</v></c></row><row r="4"><c r="C4"><v>4</v></c></row>'
    )
    found = cells(data, after='<mergeCells count="1"><mergeCell ref="A1:B3"/></mergeCells>')
    merged = Cell("Beta", merged=True)
    assert {name: cell for name, cell in found.items() if name[0] != "C"} == {
        "A1": Cell("Beta"),
        **dict.fromkeys(("B1", "A2", "B2", "A3", "B3"), merged),
    }


def test_what_a_merged_range_hides_is_not_read(cells: Cells) -> None:
    data = f'<row r="1">{inline("A1", "Beta")}{inline("B1", "hidden")}</row>'
    assert cells(data, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')["B1"] == Cell("Beta", merged=True)


@pytest.mark.parametrize("reference", ["A1:A1", "A1", "A2:B3", "B1:C1", "nonsense"])
def test_a_merged_range_of_one_cell_or_without_a_value_fills_nothing(texts: Texts, reference: str) -> None:
    after = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    assert texts('<row r="1"><c r="A1"><v>1</v></c></row>', after=after) == {"A1": "1"}


def test_a_merged_range_over_empty_rows_makes_no_rows(rows: Rows) -> None:
    data = f'<row r="1">{inline("A1", "Beta")}</row><row r="2"><c r="A2" s="1"/></row>'
    assert [row.number for row in rows(data, after='<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')] == [1]


def test_huge_merged_ranges_count_against_the_limit_of_cells(rows: Rows) -> None:
    data = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(1, 10))
    after = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with pytest.raises(LimitError, match=r"row 4: the cells up to here are more than 50,000"):
        rows(data, Limits(cells=50_000), after=after)


def test_too_many_merged_ranges_are_refused(rows: Rows) -> None:
    after = "<mergeCells>" + "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 5)) + "</mergeCells>"
    with pytest.raises(LimitError, match="more than 3 ranges of cells are merged"):
        rows("", Limits(merged=3), after=after)


def test_escaped_control_characters_are_seen(texts: Texts) -> None:
    assert texts(f'<row r="1">{inline("A1", "a_x0000_b")}</row>') == {"A1": "a\0b"}


def test_line_breaks_within_a_cell_become_spaces(texts: Texts) -> None:
    assert texts(f'<row r="1">{inline("A1", " Beta&#10;Hall&#xA0;2 ")}</row>') == {"A1": "Beta Hall 2"}


def test_right_to_left_and_mixed_scripts_stay_as_they_are(texts: Texts) -> None:
    assert texts(f'<row r="1">{inline("A1", "مصنع بيتا Beta 2 (廈門)")}</row>') == {"A1": "مصنع بيتا Beta 2 (廈門)"}


def test_a_sheet_in_the_strict_namespace_reads_alike(texts: Texts) -> None:
    data = '<row r="1"><c r="A1" t="d"><v>2024-05-02</v></c></row>'
    links = relationships(
        ("worksheet", "worksheets/sheet1.xml"), kind="http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    book = workbook().replace(MAIN, STRICT).replace(DOCUMENT, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    assert texts(sheet=sheet(data, namespace=STRICT), links=links, workbook=book) == {"A1": "2024-05-02"}


def test_names_with_prefixes_read_alike(texts: Texts) -> None:
    data = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    raw = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{data}</x:sheetData></x:worksheet>'
    assert texts(sheet=raw) == {"A1": "1"}


def test_a_part_in_utf_16_reads_alike_with_its_merged_ranges(rows: Rows) -> None:
    raw = sheet(f'<row r="1">{inline("A1", "東")}</row>', '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    changed = {**parts(""), "xl/worksheets/sheet1.xml": raw.encode("utf-16")}
    assert rows(sheet=changed["xl/worksheets/sheet1.xml"])[0].cells == {1: Cell("東"), 2: Cell("東", merged=True)}


def test_formulas_of_conditional_formats_and_cells_of_other_namespaces_are_no_cells(texts: Texts) -> None:
    before = '<extLst xmlns:y="urn:y"><y:row><y:c><y:v>1</y:v></y:c></y:row></extLst>'
    raw = sheet('<row r="1"><c r="A1"><v>1</v></c></row>', "<oddHeader>&amp;A</oddHeader>", before=before)
    assert texts(sheet=raw) == {"A1": "1"}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ('<row r="2"/><row r="1"/>', "row 1 follows row 2"),
        ('<row r="2"/><row r="2"/>', "row 2 follows row 2"),
        ('<row r="x"/>', "its number is 'x'"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "the cell A1 stands there twice"),
        ('<row r="1"><c r="A2"><v>1</v></c></row>', "the cell 'A2' stands in row 1"),
        ('<row r="12"><c r="A112"><v>1</v></c></row>', "the cell 'A112' stands in row 12"),
        ('<row r="1"><c r="1"><v>1</v></c></row>', "the cell '1' stands in row 1"),
        ('<row r="1"><c r="A1" t="s"><v>9</v></c></row>', "cell A1 is damaged: it names the shared text '9', of 0"),
        ('<row r="1"><c r="A1" s="9"><v>9</v></c></row>', "cell A1 is damaged: it names the style '9', of 0"),
        ('<row r="1"><c r="A1" t="z"><v>9</v></c></row>', "cell A1 is damaged: it is of the unknown type 'z'"),
        ('<row r="1"><c r="A1"><c r="B1"/></c></row>', "an element 'c' stands where none may"),
        ('<row r="1"><row r="2"/></row>', "an element 'row' stands where none may"),
        ('<row r="1"><c r="A1"><v><v>1</v></v></c></row>', "an element 'v' stands where none may"),
        ('<row r="1"><c r="A1"><f><f>1</f></f></c></row>', "an element 'f' stands where none may"),
        ('<c r="A1"><v>1</v></c>', "an element 'c' stands where none may"),
        ('<row r="1"><c r="A1"><v>1</c></row>', "mismatched tag"),
    ],
)
def test_a_damaged_sheet_is_refused_with_the_place(rows: Rows, data: str, why: str) -> None:
    with pytest.raises(ParseError, match=f"sites.xlsx, sheet 'Sites'.*{why}.*save it again as .xlsx"):
        rows(data)


def test_a_sheet_that_is_none_is_refused(rows: Rows) -> None:
    with pytest.raises(ParseError, match="is no sheet but 'chartsheet' in 'urn:x'"):
        rows(sheet='<chartsheet xmlns="urn:x"/>')


def test_a_sheet_that_breaks_off_is_refused(rows: Rows) -> None:
    with pytest.raises(ParseError, match="is damaged: unclosed token"):
        rows(sheet=sheet('<row r="1"/>')[:-30])


def test_a_sheet_in_an_unknown_encoding_is_refused(rows: Rows) -> None:
    with pytest.raises(ParseError, match=r"damaged: unknown encoding|in an unknown encoding"):
        rows(sheet='<?xml version="1.0" encoding="klingon"?>' + sheet(""))


@pytest.mark.parametrize(
    ("data", "limits", "name"),
    [
        ('<row r="11"/>', Limits(rows=10), "rows"),
        ('<row r="1"><c r="D1"><v>1</v></c></row>', Limits(columns=3), "columns"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>', Limits(cells=1), "cells"),
        (f'<row r="1">{inline("A1", "x" * 11)}</row>', Limits(text=10), "text"),
        (f'<row r="1"><c r="A1"><f>{"1" * 11}</f></c></row>', Limits(text=10), "text"),
        ("<x>" * 70 + "</x>" * 70, Limits(), "depth"),
        (f'<row r="1" spans="{"1" * 200_000}"/>', Limits(token_bytes=90_000), "token bytes"),
    ],
)
def test_a_sheet_that_holds_too_much_is_refused(rows: Rows, data: str, limits: Limits, name: str) -> None:
    with pytest.raises(LimitError, match=r"sites.xlsx, sheet 'Sites'") as refused:
        rows(data, limits)
    assert refused.value.limit == name


@pytest.mark.parametrize(
    ("strings", "limits", "name"),
    [
        ("<si><t>one</t></si><si><t>two</t></si>", Limits(cells=1), "cells"),
        (f"<si><t>{'x' * 11}</t></si>", Limits(text=10), "text"),
        (f"<si>{'<r>' * 70}{'</r>' * 70}</si>", Limits(), "depth"),
    ],
)
def test_shared_strings_that_hold_too_much_are_refused(rows: Rows, strings: str, limits: Limits, name: str) -> None:
    with pytest.raises(LimitError, match=r"sites.xlsx, its shared texts") as refused:
        rows("", limits, strings=strings)
    assert refused.value.limit == name


@pytest.mark.parametrize("part", ["sheet", "workbook", "links", "root", "style"])
@pytest.mark.parametrize("declared", ['[<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]', 'SYSTEM "file:///etc/passwd"'])
def test_a_doctype_is_refused_in_whichever_part(rows: Rows, part: str, declared: str) -> None:
    with pytest.raises(ParseError, match="has a DOCTYPE, which no workbook has"):
        rows("", **{"style": styles(), part: f"<!DOCTYPE x {declared}><x/>"})


def test_an_entity_without_a_doctype_is_undefined(rows: Rows) -> None:
    with pytest.raises(ParseError, match="undefined entity"):
        rows('<row r="1"><c r="A1" t="str"><v>&secret;</v></c></row>')
