"""Text files of rows: CSV as programs and people make it."""

import csv
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.errors import LimitError, ParseError
from ewgraph.ingest.sheets import Cell, Document, Limits, SheetRow
from ewgraph.ingest.sheets.wording import tidy

Opened = Callable[..., Document]


def rows(document: Document) -> list[SheetRow]:
    (only,) = document.sheets
    assert (only.name, only.hidden) == ("", False)
    return list(only.rows())


def texts(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in rows(document)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_found_by_what_the_rows_agree_on(document: Opened, delimiter: str, end: str) -> None:
    table = [["Name", "Share", "Address"], ["Beta, Ltd.", "1,5", "Hall 2; Gate 3"], ["Gamma", "2,5", "a, b, c"]]
    text = end.join(delimiter.join(f'"{cell}"' for cell in row) for row in table)
    assert texts(document(text.encode())) == table


def test_decimal_commas_do_not_hide_semicolons(document: Opened) -> None:
    assert texts(document(b"name;share;of\nBeta;1,5;2,5\nGamma;3,5;4,5\n"))[1] == ["Beta", "1,5", "2,5"]


def test_a_title_above_the_table_does_not_hide_the_delimiter(document: Opened) -> None:
    assert texts(document(b"Sites, plants, mines\n\nname;city\nBeta;Xiamen\nGamma;Penang\n"))[2] == ["Beta", "Xiamen"]


def test_a_quoted_line_break_does_not_hide_the_delimiter(document: Opened) -> None:
    assert texts(document(b'name;note\nBeta;"a,b,c\nd,e,f\ng,h,i"\n'))[1] == ["Beta", "a,b,c d,e,f g,h,i"]


def test_one_column_needs_no_delimiter(document: Opened) -> None:
    found = document(b"name\nBeta\nGamma\n")
    assert (texts(found), found.remarks) == ([["name"], ["Beta"], ["Gamma"]], ())


def test_the_delimiter_is_told_where_it_is_no_comma(document: Opened) -> None:
    assert document(b"a;b\n1;2\n").remarks == ("Its cells are separated by: semicolon.",)


@pytest.mark.parametrize(("first", "delimiter"), [("sep=;", ";"), ('"sep=^"', "^"), ("SEP=,\r", ",")])
def test_a_first_line_that_says_the_delimiter_is_obeyed_and_counted(
    document: Opened, first: str, delimiter: str
) -> None:
    found = rows(document(f"{first}\na{delimiter}b\n".encode()))
    assert found == [SheetRow(2, {1: Cell("a"), 2: Cell("b")})]


def test_a_row_is_numbered_by_the_line_on_which_it_begins(document: Opened) -> None:
    content = b'name,note\n\nBeta,"one\n\ntwo"\n,,\nGamma,x\n'
    assert [(row.number, [*row.cells]) for row in rows(document(content))] == [(1, [1, 2]), (3, [1, 2]), (7, [1, 2])]


def test_empty_cells_are_absent_and_rows_may_be_ragged(document: Opened) -> None:
    content = b"a,b,c\n1,,3\n1\n1,2,3,4\n"
    assert [sorted(row.cells) for row in rows(document(content))] == [[1, 2, 3], [1, 3], [1], [1, 2, 3, 4]]


def test_quotes_are_undone(document: Opened) -> None:
    assert texts(document(b'a,b\n"Beta ""B"" Ltd.",Gamma "G" Ltd.\n'))[1] == ['Beta "B" Ltd.', 'Gamma "G" Ltd.']


def test_blanks_around_texts_and_runs_of_them_go(document: Opened) -> None:
    content = "a|b\n Beta |x  y\n\u00a0Gamma\u200b|\u3000\n".encode()
    assert texts(document(content)) == [["a", "b"], ["Beta", "x y"], ["Gamma"]]


def test_a_nul_is_a_fault_of_its_row(document: Opened) -> None:
    first, bad, last = rows(document(b"a,b\n1,\x002\n3,4\n" + b"5,6\n" * 20))[:3]
    assert (bad.number, bad.cells) == (2, {})
    assert bad.fault.startswith("it holds NUL characters")
    assert (first.fault, last.fault, last.number) == ("", "", 3)


def test_a_quotation_mark_that_is_never_closed_costs_its_own_line(document: Opened) -> None:
    content = 'a,b\n1,"open\n' + "".join(f"{at},x\n" for at in range(3, 2_000))
    found = rows(document(content.encode()))
    assert [row.number for row in found if row.fault] == [2]
    assert found[1].fault.startswith("a quotation mark begins a text that does not end as it should")
    assert [row.number for row in found] == list(range(1, 2_000))


def test_a_quotation_mark_that_is_closed_far_below_costs_two_lines(document: Opened) -> None:
    content = 'a,b\n1,"open\n' + "x,y\n" * 50 + '1,"closed" more\n' + "x,y\n"
    found = rows(document(content.encode()))
    assert [row.number for row in found if row.fault] == [2, 53]
    assert len(found) == 54


def test_an_open_text_longer_than_the_reader_holds_costs_its_own_line(document: Opened) -> None:
    content = 'a,b\n1,"open\n' + "some words, and more\n" * 20_000
    found = rows(document(content.encode()))
    assert [row.number for row in found if row.fault] == [2]
    assert found[-1].number == 20_002


def test_an_open_quotation_mark_in_the_last_line_is_told(document: Opened) -> None:
    last = rows(document(b'a,b\n1,"open'))[-1]
    assert (last.number, bool(last.fault)) == (2, True)


def test_a_text_longer_than_a_cell_holds_is_a_fault_that_names_the_cell(document: Opened) -> None:
    (_, bad, last) = rows(document(b"a,b\n1," + b"x" * 40_000 + b"\n3,4\n"))
    assert bad.fault == "B2 has 40,000 characters; a cell holds at most 32,767. Shorten it"
    assert last.number == 3


def test_a_long_text_that_a_cell_holds_is_read(document: Opened) -> None:
    assert texts(document(b"a,b\n1," + b"x" * 10_000 + b"\n"))[1] == ["1", "x" * 10_000]


@pytest.mark.parametrize(
    ("content", "limits", "name"),
    [
        (b"a,b\n" * 11, Limits(rows=10), "rows"),
        (b"a,b,c,d\n", Limits(columns=3), "columns"),
        (b"a," + b"x" * 200 + b"\n", Limits(token_bytes=100), "token bytes"),
        (b'a,"' + b"x\n" * 100 + b'"\n', Limits(token_bytes=100), "token bytes"),
    ],
)
def test_a_text_that_holds_too_much_is_refused(document: Opened, content: bytes, limits: Limits, name: str) -> None:
    with pytest.raises(LimitError, match=r"sites.csv") as refused:
        rows(document(content, limits=limits))
    assert refused.value.limit == name


def test_a_file_that_changed_since_it_was_opened_is_refused(document: Opened) -> None:
    found = document("a,b\nü,2\n".encode())
    found.path.write_bytes(b"a,b\n\xff\xfe,2\n")
    with pytest.raises(ParseError, match="this is not utf-8"):
        rows(found)


def test_rows_are_read_as_they_are_asked_for(document: Opened) -> None:
    """The end of the file is of another encoding by the time it is read: its first rows come all the same."""
    found = document(b"a,b\n" * 100_000)
    iterator = found.sheets[0].rows()
    assert next(iterator).number == 1
    with found.path.open("r+b") as file:
        file.seek(-3, 2)
        file.write(b"\xff")
    assert next(iterator).number == 2
    with pytest.raises(ParseError, match="this is not utf-8"):
        list(iterator)


def test_a_sheet_can_be_read_again(document: Opened) -> None:
    (only,) = document(b"a,b\n1,2\n").sheets
    assert next(only.rows()) == next(only.rows())
    assert list(only.rows()) == list(only.rows())


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    table=st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=5),
        min_size=1,
    ),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_every_table_in_every_dialect_is_read_as_it_was_written(
    document: Opened,
    table: list[list[str]],
    delimiter: str,
    end: str,
    encoding: str,
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(table)
    content = f"sep={delimiter}{end}{buffer.getvalue()}".encode(encoding)
    understood = [{at: Cell(tidy(text)) for at, text in enumerate(row, 1) if tidy(text)} for row in table]
    assert [row.cells for row in rows(document(content))] == [cells for cells in understood if cells]
