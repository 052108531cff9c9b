"""Files are read as their mapping says: headings found, rows sorted into records, what is odd told with its place."""

import pytest

from ewgraph.ingest.mapping import Batch, CellFault, Reader, groups, identifier_token
from ewgraph.ingest.mapping.reader import MOST_FAULTS
from ewgraph.ingest.sheets.cell import Cell, Kind, SheetRow
from ewgraph.ingest.sheets.document import Sheet
from ewgraph.model.rdf import IRI
from tests.ingest.mapping.small_files import (
    GIVEN,
    KOS,
    column,
    document,
    made,
    made_of,
    mapping,
    number,
    reader,
    said,
    sheet,
)

NAME = column("name", headings='["Site name", "Name des Standorts"]', required="true")
TOWN = column("town", headings='["Town", "Ort"]', required="true")
DAY = column("day", title='{ en = "Day", de = "Tag" }', type='"date"')
SITES = mapping(NAME + TOWN, properties='"rdfs:label" = { column = "name" }')
THREE = mapping(NAME + TOWN + column("note", note="true"), properties='"rdfs:label" = { column = "name" }')


def read(of: Reader) -> tuple[list[Batch], list[CellFault]]:
    return list(of.batches()), of.faults


def shapes(of: Reader) -> list[tuple[str, int]]:
    return [(fault.shape.removeprefix("reading-"), fault.row) for fault in read(of)[1]]


def rows(of: Reader) -> list[int]:
    return [row.number for batch in of.batches() for row in batch.rows]


def test_headings_are_found_below_titles_without_regard_to_case_accents_and_order() -> None:
    found = reader(SITES, sheet([("List",), (None, "as of May"), (None, None), ("ORT", "site-NAME *"), ("X", "A")]))
    ((batch,), faults) = read(found)
    assert faults == []
    assert {name: (one.number, one.heading) for name, one in batch.columns.items()} == {
        "town": (1, "ORT"),
        "name": (2, "site-NAME *"),
    }
    assert [(row.number, row.cells["name"].text) for row in batch.rows] == [(5, "A")]
    assert found.tables["things"].heading_row == 4


@pytest.mark.parametrize("heading", ["Town (where people work)", "Ort\nTown", "Plaats / Town", "Town - city"])
def test_a_part_of_a_heading_is_enough(heading: str) -> None:
    assert shapes(reader(SITES, sheet([("Site name", heading), ("A", "X")]))) == []


def test_a_whole_heading_wins_over_a_part_of_another() -> None:
    found = reader(SITES, sheet([("Site name", "Town (post)", "Town"), ("A", "Y", "X")]))
    ((batch,), faults) = read(found)
    assert batch.columns["town"].number == 3
    assert [(fault.shape, fault.column, fault.value) for fault in faults] == [
        ("reading-headingUnknown", 2, "Town (post)")
    ]
    assert batch.rows[0].extra == {"Town (post)": "Y"}


def test_two_headings_alike_are_a_fault_where_both_have_values() -> None:
    found = reader(SITES, sheet([("Site name", "Town", "Ort"), ("A", "X", "Y")]))
    batches, (fault,) = read(found)
    assert batches == []
    assert (fault.shape, fault.row, fault.column, fault.params["other"]) == ("reading-headingRepeated", 1, 3, "B1")
    ((batch,), _) = read(reader(SITES, sheet([("Site name", "Town", "Ort"), ("A", None, "Y")])))
    assert batch.columns["town"].number == 3


def test_a_missing_heading_is_told_with_its_row() -> None:
    wide = mapping(NAME + TOWN + column("x") + column("y"))
    batches, (fault,) = read(reader(wide, sheet([(), ("Site name", "x", "y"), ("A", "1", "2")])))
    assert batches == []
    assert (fault.shape, fault.sheet, fault.row, fault.params) == (
        "reading-headingMissing",
        "Sites",
        2,
        {"heading": "Town"},
    )


@pytest.mark.parametrize("rows", [[], [("a", "b"), ("1", "2")]])
def test_a_file_without_the_table_is_told(rows: list[tuple[str, ...]]) -> None:
    batches, (fault,) = read(reader(SITES, sheet(rows)))
    assert (batches, fault.shape, fault.params["expected"]) == ([], "reading-noTable", "Site name, Town")


def test_a_table_without_rows_is_told() -> None:
    assert shapes(reader(SITES, sheet([("Site name", "Town")]))) == [("noRows", 1)]
    assert shapes(reader(mapping(NAME + TOWN, table="optional = true"), sheet([("Site name", "Town")]))) == []
    picky = mapping(NAME + TOWN, rest='when = { filled = "name" }')
    assert shapes(reader(picky, sheet([("Site name", "Town"), (None, "X")]))) == [("rowIgnored", 2), ("noRows", 1)]


def test_an_error_value_is_something_that_a_row_says() -> None:
    picky = mapping(NAME + TOWN, rest='when = { filled = "name" }')
    error = Cell("#N/A", Kind.ERROR)
    ((row,),) = [record.rows for record in made(picky, sheet([("Site name", "Town"), (error, None)]))]
    assert [fault.shape for fault in row.faults] == ["reading-cellError"]


def test_an_optional_table_may_be_missing() -> None:
    assert shapes(reader(mapping(NAME + TOWN, table="optional = true"), sheet([("a",)]))) == []


def test_without_required_columns_most_of_them_make_a_table() -> None:
    loose = mapping(column("a") + column("b") + column("c"))
    assert rows(reader(loose, sheet([("a", "b"), ("1", "2")]))) == [2]
    assert shapes(reader(loose, sheet([("a", "z"), ("1", "2")]))) == [("noTable", 0)]


def test_the_sheet_of_the_name_is_read_else_the_first_visible_with_the_headings() -> None:
    named = mapping(NAME + TOWN, table='sheets = ["Standorte"]')
    table = [("Site name", "Town"), ("A", "X")]
    assert reader(named, sheet(table, "Other"), sheet(table, "STANDORTE")).tables["things"].sheet.name == "STANDORTE"
    assert reader(named, sheet([("x",)], "Standorte"), sheet(table, "Two")).tables["things"].sheet.name == "Two"
    hidden = sheet(table, "Old", hidden=True)
    assert reader(named, hidden, sheet(table, "New")).tables["things"].sheet.name == "New"
    assert shapes(reader(named, sheet(table, "Standorte", hidden=True))) == [("hiddenSheet", 0)]
    assert shapes(reader(named, hidden)) == [("noTable", 0)]


def test_two_rows_of_headings_are_joined() -> None:
    both = mapping(
        column("site_town", headings='["Site / Town"]', required="true")
        + column("office_town", headings='["Office / Town"]', required="true")
        + column("day", headings='["Day"]', required="true"),
        table="header_rows = 2",
    )
    top = (Cell("Site", merged=True), Cell("Site", merged=True), "Office", None, "Day")
    ((batch,), faults) = read(reader(both, sheet([top, ("Street", "Town", "Town", "Phone", None), tuple("abcde")])))
    assert {name: one.number for name, one in batch.columns.items()} == {"site_town": 2, "office_town": 3, "day": 5}
    assert [fault.value for fault in faults] == ["Site / Street", "Office / Phone"]
    assert [row.number for row in batch.rows] == [3]


def test_a_sub_heading_alone_counts_too() -> None:
    two = mapping(NAME + TOWN, table="header_rows = 2")
    assert rows(reader(two, sheet([("Where", None), ("Site name", "Town"), ("A", "X")]))) == [3]


def test_rows_are_grouped_by_their_key_in_parts_of_the_size_that_is_wanted() -> None:
    by = mapping(NAME + TOWN, rest='by = ["town"]\nmost = 2\nseries = "list {town}"')
    table = [("Site name", "Town"), *((f"S{n}", "YX"[n % 2]) for n in range(5))]
    found = [(b.key, b.part, b.series, [row.number for row in b.rows]) for b in reader(by, sheet(table)).batches()]
    assert found == [
        (("Y",), 1, "list Y", [2, 4]),
        (("X",), 1, "list X", [3, 5]),
        (("Y",), 2, "list Y", [6]),
    ]


def test_no_more_rows_are_held_than_the_buffer_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "BUFFERED", 3)
    by = mapping(NAME + TOWN, rest='by = ["town"]')
    table = [("Site name", "Town"), *((f"S{n}", "X" if n % 3 else "Y") for n in range(8))]
    found = [(b.key, b.part, len(b.rows)) for b in reader(by, sheet(table)).batches()]
    assert sum(size for *_, size in found) == 8
    assert found[:2] == [(("Y",), 1, 2), (("X",), 1, 4)]


def test_a_row_goes_to_each_kind_of_record_that_takes_it() -> None:
    of = mapping(
        NAME + TOWN,
        rest='when = { filled = "name" }',
        properties='"rdfs:label" = { column = "name" }\n'
        '[[record]]\nname = "towns"\niri = "towns/{digest}"\nwhen = { equals = { town = ["x", "y"] } }\n'
        '[record.properties]\n"rdf:type" = { iri = "ew:Disclosure" }\n[[record.row]]\nname = "town"\n'
        'iri = "town/{town}"\n[record.row.properties]\n"rdfs:label" = { column = "town" }',
    )
    found = reader(of, sheet([("Site name", "Town"), ("A", "X"), ("B", "Z"), (None, "Y"), (None, "Z")]))
    assert [(b.record, [row.number for row in b.rows]) for b in found.batches()] == [
        ("things", [2, 3]),
        ("towns", [2, 4]),
    ]
    assert [(fault.shape, fault.row) for fault in found.faults] == [("reading-rowIgnored", 5)]


def test_the_key_is_what_the_cell_means() -> None:
    by = mapping(NAME + column("c", type='"iri"', checked="true", hidden="true"), rest='by = ["c"]\nseries = "of {c}"')
    token = identifier_token.token(IRI("https://data.example.org/id/K1"))
    (one,) = reader(by, sheet([("Site name", "c"), ("A", token)])).batches()
    assert (one.key, one.series) == (("https://data.example.org/id/K1",), "of https://data.example.org/id/K1")


def test_what_was_given_stands_in_for_a_column_that_is_not_there() -> None:
    by = mapping(
        NAME + column("contract", type='"iri"'),
        rest='by = ["contract"]',
        properties='"ew:scopeContract" = { iri = "{contract}" }\n"ew:ofContract" = { column = "contract" }',
        table="",
    )
    (one,) = reader(by, sheet([("Site name",), ("A",)]), given={"contract": "https://x.example/K"}).batches()
    assert one.key == ("https://x.example/K",)
    record = made_of(by, one)
    assert said(record, "scopeContract") == said(record, "ofContract") == ["https://x.example/K"]


def test_a_row_that_repeats_another_makes_no_claims() -> None:
    table = [("Site name", "Town", "note"), ("A", "X", "1"), ("B", "X"), (" a. ", "x", "2"), ("A", "Y")]
    found = reader(THREE, sheet(table))
    assert rows(found) == [2, 3, 5]
    assert (found.rows_read, found.rows_repeated) == (4, 1)
    assert [(f.shape, f.row, f.params) for f in found.faults] == [("reading-rowRepeated", 4, {"other": "2"})]


def test_numbers_that_differ_in_their_sign_are_no_repetition() -> None:
    signed = mapping(NAME + column("n", type='"decimal"'))
    assert rows(reader(signed, sheet([("Site name", "n"), ("A", number("1.5")), ("A", number("-1.5"))]))) == [2, 3]


def test_totals_and_footnotes_below_a_gap_are_not_read() -> None:
    table = [("Site name", "Town", "note"), ("A", "X"), ("B",), (), ("Total 2",), ("See page 3",), ("C", "Z")]
    found = reader(THREE, sheet(table))
    assert rows(found) == [2, 3, 7]
    assert [(f.shape, f.row, f.value) for f in found.faults] == [
        ("reading-trailing", 5, "Total 2"),
        ("reading-trailing", 6, "See page 3"),
    ]


def test_a_merged_footnote_counts_as_one_cell() -> None:
    note = Cell("All without warranty", merged=True)
    assert rows(reader(THREE, sheet([("Site name", "Town", "note"), ("A", "X"), (), (note, note, note)]))) == [2]


def test_headings_that_stand_again_on_the_next_page_are_no_row() -> None:
    assert rows(reader(THREE, sheet([("Site name", "Town", "note"), ("A", "X"), ("Site name", "Town", "note")]))) == [2]


def test_a_cell_that_is_left_empty_says_what_stands_above() -> None:
    down = mapping(NAME + column("town", fill='"down"'), properties='"rdfs:label" = { column = "town" }')
    table = [("Site name", "town"), ("A", "X"), ("B", None), ("C", "Y"), ("D", None)]
    assert said(made(down, sheet(table))[0], "label") == ["X", "X", "Y", "Y"]


def test_formulas_merged_cells_and_hidden_rows_are_told_once() -> None:
    table = [
        ("Site name", "Town"),
        (Cell("A", formula=True), Cell("X", merged=True)),
        (Cell("B", formula=True), Cell("X", merged=True)),
        ("C", "Y", "stray"),
    ]
    found = reader(SITES, sheet(table, hides=[3, 4]))
    assert rows(found) == [2, 3, 4]
    assert [(f.shape, f.row, f.column, f.value, f.params["count"]) for f in found.faults] == [
        ("reading-formula", 2, 1, "A", "2"),
        ("reading-merged", 2, 2, "X", "2"),
        ("reading-hiddenRow", 3, None, None, "2"),
        ("reading-rowEmptyColumn", 4, 3, "stray", "1"),
    ]


def test_a_row_that_the_file_garbles_is_told() -> None:
    held = [SheetRow(1, {1: Cell("Site name"), 2: Cell("Town")}), SheetRow(2, {}, fault="it has 3 cells")]
    (fault,) = read(reader(SITES, Sheet("", hidden=False, read=lambda: iter(held))))[1]
    assert (fault.shape, fault.row, fault.params["value"]) == ("reading-row", 2, "it has 3 cells")


def test_faults_without_end_are_counted() -> None:
    table = [("Site name", "Town"), *([("A", "X")] * (MOST_FAULTS + 3))]
    found = reader(SITES, sheet(table))
    assert rows(found) == [2]
    assert len(found.faults) == MOST_FAULTS
    assert found.more_faults == {"reading-rowRepeated": 2}


@pytest.mark.parametrize(
    ("texts", "heading", "expected"),
    [
        (("2/5/2024", "25/5/2024"), "Day", ["2024-05-02", "2024-05-25"]),
        (("2/5/2024", "5/25/2024"), "Day", ["2024-02-05", "2024-05-25"]),
        (("2/5/2024",), "Tag", ["2024-05-02"]),
        (("2/5/2024",), "Day", []),
        (("2/5/2024", "25/5/2024", "5/25/2024"), "Day", ["2024-05-25", "2024-05-25"]),
    ],
)
def test_a_column_tells_which_of_day_and_month_comes_first(
    texts: tuple[str, ...], heading: str, expected: list[str]
) -> None:
    of = mapping(NAME + DAY, properties='"ew:validFrom" = { column = "day" }')
    table = [("Site name", heading), *((f"S{n}", text) for n, text in enumerate(texts))]
    assert said(made(of, sheet(table))[0], "validFrom") == expected


def test_a_column_tells_what_stands_before_its_decimals() -> None:
    of = mapping(NAME + column("n", type='"decimal"'), properties='"ew:value" = { column = "n" }')
    assert said(made(of, sheet([("Site name", "n"), ("A", "1.234"), ("B", "0,5")]))[0], "value") == ["1234", "0.5"]
    assert said(made(of, sheet([("Site name", "n"), ("A", "1,234"), ("B", "0.5")]))[0], "value") == ["1234", "0.5"]


def test_headings_that_a_person_assigned_count_alone() -> None:
    table = [("Lieferant", "Town"), ("A", "X")]
    found = Reader(SITES, document(sheet(table)), GIVEN, {"name": "lieferant"}, KOS)
    ((batch,), faults) = read(found)
    assert {name: one.heading for name, one in batch.columns.items()} == {"name": "Lieferant"}
    assert [fault.shape for fault in faults] == ["reading-headingUnknown"]
    missing = Reader(SITES, document(sheet(table)), GIVEN, {"name": "Firma", "town": "Town"}, KOS)
    (fault,) = missing.faults
    assert (fault.shape, fault.params["heading"]) == ("reading-headingMissing", "Firma")


def test_the_same_file_gives_the_same_batches() -> None:
    table = sheet([("Site name", "Town"), *((f"S{n}", f"T{n % 3}") for n in range(20))])
    assert list(reader(SITES, table).batches()) == list(reader(SITES, table).batches())
