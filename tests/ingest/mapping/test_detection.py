from pathlib import Path

import pytest

from ewgraph.ingest.mapping import detect, fingerprint, parse_mapping, suggest
from ewgraph.ingest.sheets.cell import Cell
from tests.ingest.mapping.small_files import KOS, column, document, mapping, sheet

NAMES = column("name", headings='["Site name"]', required="true") + column("town", headings='["Town"]')
SITES = mapping(NAMES, table='sheets = ["Sites"]')
MINES = parse_mapping("mines", mapping(column("name", headings='["Site name"]', required="true")
                                       + column("metal", headings='["Metal"]', required="true")).text)  # fmt: skip
JSON = parse_mapping(
    "ocds",
    mapping(NAMES).text.replace("[[table]]", 'forms = ["json"]\nmarks = ["\\"ocid\\"", "tender"]\n[[table]]', 1),
)


def test_a_file_is_for_the_mapping_that_explains_most_of_it() -> None:
    mines = document(sheet([("Mines",), ("Site name", "Metal"), ("A", "tin")], "List"))
    assert [(one.mapping, one.tables) for one in detect(mines, [SITES, MINES])] == [
        ("mines", {"things": 2}),
        ("small", {"things": 2}),
    ]
    sites = document(sheet([("Site name", "Town"), ("A", "X")]))
    (best, other) = detect(sites, [MINES, SITES])
    assert (best.mapping, other.mapping) == ("small", "mines")
    assert best.score > 0.5 > other.score > 0
    assert other.tables == {}


def test_a_file_that_no_mapping_explains_is_for_none() -> None:
    assert detect(document(sheet([("a", "b")])), [SITES, MINES]) == []
    assert detect(document(), [SITES]) == []


def test_a_json_file_is_known_by_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"releases": [{"ocid": "1"}]}', encoding="utf-8")
    assert [tuple(one) for one in detect(document(path=path, form="json"), [JSON, SITES])] == [("ocds", 0.5, {})]


BRAND = mapping(
    column("supplier", title='{ en = "Supplier name" }', headings="[]", required="true")
    + column("address", title='{ en = "Address" }', headings='["Street address"]')
    + column("country", type='"code"', codes='"country"')
    + column("since", type='"date"')
    + column("token", type='"iri"', hidden="true"),
)


@pytest.fixture
def listed() -> list[tuple[str | Cell | None, ...]]:
    return [
        ("Our suppliers 2024",),
        (),
        ("Supplier", "Location address", "Where", "Start", "Phone"),
        ("Alpha", "1 Road", "China", "2.5.2024", "1"),
        ("Beta", "2 Road", "Germany", "25.5.2024", "2"),
    ]


def test_headings_of_an_unknown_list_are_explained_by_words_and_values(
    listed: list[tuple[str | Cell | None, ...]],
) -> None:
    found = suggest(document(sheet(listed)), BRAND, KOS)
    assert (found.table, found.sheet, found.row) == ("things", "Sites", 3)
    assert {name: (one.heading, one.why) for name, one in found.columns.items()} == {
        "supplier": ("Supplier", "similar"),
        "address": ("Location address", "similar"),
        "country": ("Where", "values"),
        "since": ("Start", "values"),
    }
    assert found.assigned == {name: one.heading for name, one in found.columns.items()}
    assert found.missing == ()
    assert found.headings[5] == "Phone"


def test_the_very_words_are_surer_than_a_part_of_them() -> None:
    found = suggest(document(sheet([("Supplier name", "Address (full)"), ("A", "B")])), BRAND, KOS)
    assert [(one.score, one.why) for one in found.columns.values()] == [(1.0, "heading"), (0.9, "part")]


def test_a_file_without_headings_explains_nothing() -> None:
    found = suggest(document(sheet([("1", "2")])), BRAND, KOS)
    assert (found.row, found.columns, found.missing) == (0, {}, ("supplier",))


def test_lists_of_one_make_have_one_fingerprint() -> None:
    assert fingerprint(["A b", "C"]) == fingerprint(["c", "a-B", "C"]) != fingerprint(["A b"])
