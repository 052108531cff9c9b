"""Objects of JSON as rows: columns by pointers, lists in step, and what is said of the wrong kind of value."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.errors import ConfigurationError, LimitError
from ewgraph.ingest.mapping import Maker, Reader, parse_mapping
from ewgraph.ingest.mapping.objects import object_sheet
from ewgraph.ingest.sheets.document import open_document
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.model.rdf import Literal
from tests.conftest import ROOT

MAPPING = """
summary = "Orders"
forms = ["json"]

[[table]]
name = "orders"
each = ["/orders/*/lines/*", "/order/lines/*"]
[table.lists]
maker = ["makers/*", "../../makers/*"]

[[table.column]]
name = "order"
at = "../../id"
[[table.column]]
name = "model"
at = ["model/name", "model?/code"]
[[table.column]]
name = "count"
at = "count"
type = "integer"
[[table.column]]
name = "colours"
at = "colours/*"
[[table.column]]
name = "maker"
list = "maker"
at = "name"
[[table.column]]
name = "town"
list = "maker"
at = "address/town"
[[table.column]]
name = "version"
at = "/version"

[[record]]
name = "order"
by = ["order"]
iri = "record/{order}-{digest}"
[record.properties]
"rdf:type" = { iri = "ew:Disclosure" }

[[record.row]]
name = "site"
each = "maker"
iri = "site/{hash:maker,town}"
source = true
[record.row.properties]
"rdfs:label" = { text = "{maker}, {town}" }
"rdfs:comment" = { text = "{count} of {model}" }

[[record.row]]
name = "colour"
each = "colours"
split = "␞"
iri = "colour/{hash:colours}"
[record.row.properties]
"rdfs:label" = { text = "{colours}" }
"""
Read = Callable[..., Reader]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A reader of this value."""

    def of(value: object, text: str = MAPPING) -> Reader:
        path = tmp_path / "orders.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        return Reader(
            parse_mapping("orders", text),
            open_document(path, "orders.json"),
            {"receivedAt": ""},
            kos=ROOT / "ontology" / "kos",
        )

    return of


def rows(reader: Reader) -> list[tuple[str, int, dict[str, str]]]:
    return [
        (row.sheet, row.number, {name: cell.text for name, cell in row.cells.items()})
        for batch in reader.batches()
        for row in batch.rows
    ]


def test_each_object_is_a_row_known_by_its_pointer(read: Read) -> None:
    one = {"model": {"name": "M1"}, "count": 3, "colours": ["red", None, "blue", "red"]}
    two = {"model": {"code": "M2"}, "makers": [{"name": "A"}, {"address": {"town": "T"}}]}
    found = rows(read({"version": 1.0, "orders": [{"id": "O1", "lines": [one]}, {"id": "O2", "lines": [two]}]}))
    assert found == [
        ("/orders/0/lines/0", 1, {"order": "O1", "model": "M1", "count": "3", "colours": "red␞blue", "version": "1.0"}),
        ("/orders/1/lines/0", 2, {"order": "O2", "model": "M2", "maker": "A␞", "town": "␞T", "version": "1.0"}),
    ]


def test_what_lies_in_no_large_list_is_read_as_well(read: Read) -> None:
    found = rows(read({"order": {"id": "O", "makers": [{"name": "A"}], "lines": {"count": 2}}}))
    assert found == [("/order/lines", 1, {"order": "O", "count": "2", "maker": "A"})]


def test_the_elements_of_a_list_are_told_one_by_one_with_what_belongs_together(read: Read) -> None:
    makers = [{"name": "A", "address": {"town": "T"}}, {"name": "B"}, {"name": "A", "address": {"town": "T"}}]
    line = {"model": {"name": "M"}, "count": 2, "makers": makers, "colours": ["red", "blue"]}
    reader = read({"orders": [{"id": "O", "lines": [line]}]})
    (batch,) = reader.batches()
    made = Maker(parse_mapping("orders", MAPPING), "https://e.example/", ROOT / "ontology" / "kos").make(batch)
    said = [quad.object.value for quad in made.quads() if isinstance(quad.object, Literal)]
    assert said[:2] == ["A, T", "2 of M"]
    assert "B," in said
    assert said.count("A, T") == 1
    assert said[-2:] == ["red", "blue"]
    assert "/orders/0/lines/0" in said
    assert "model/name,count,makers/*/name,makers/*/address/town" in said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (None, "/orders/0/lines/0: null, where an object belongs"),
        ("x", "/orders/0/lines/0: a text, where an object belongs"),
        ({"model": "M"}, "/orders/0/lines/0/model: a text, where an object belongs"),
        ({"model": {"name": ["M"]}}, "/orders/0/lines/0/model/name: a list, where a text or a number belongs"),
        ({"count": {"n": 1}}, "/orders/0/lines/0/count: an object, where a text or a number belongs"),
        ({"makers": [3]}, "/orders/0/lines/0/makers/0: a number, where an object belongs"),
        ({"makers": [{"name": "A", "address": True}]}, "/orders/0/lines/0/makers/0/address: true or false, where an"),
        ({}, "/orders/0/lines/0: nothing in it is known here"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_its_pointer(read: Read, line: object, why: str) -> None:
    reader = read({"orders": [{"lines": [line, {"count": 1}]}]})
    assert [row[:2] for row in rows(reader)] == [("/orders/0/lines/1", 2)]
    (fault,) = reader.faults
    assert (fault.shape, fault.sheet, fault.row) == ("reading-row", "/orders/0/lines/0", 1)
    assert fault.params["value"].startswith(why)


def test_a_mistake_far_up_is_told_once(read: Read) -> None:
    text = MAPPING.replace('"/order/lines/*"', '"/orders/*/more/*"')
    reader = read({"orders": ["x", {"lines": [{"count": 1}]}]}, text)
    assert [row[0] for row in rows(reader)] == ["/orders/1/lines/0"]
    assert [fault.params["value"] for fault in reader.faults] == ["/orders/0: a text, where an object belongs"]


def test_a_number_is_no_date_of_a_spreadsheet(read: Read) -> None:
    text = MAPPING.replace('type = "integer"', 'type = "date"')
    reader = read({"orders": [{"id": "O", "lines": [{"count": 45414}]}]}, text)
    (batch,) = reader.batches()
    assert batch.rows[0].cells["count"].kind.value == "text"


@pytest.mark.parametrize("value", [{}, {"orders": []}, {"orders": None}, {"lines": [{"count": 1}]}])
def test_a_file_without_such_objects_is_told_where_they_were_looked_for(read: Read, value: object) -> None:
    (fault,) = read(value).faults
    assert (fault.shape, fault.params) == ("reading-noObjects", {"expected": "/orders/*/lines/*, /order/lines/*"})


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([{"orders": []}], "/: a list, where an object belongs"),
        ([], "/: a list, where an object belongs"),
        ({"orders": "x"}, "/orders: a text, where an object belongs"),
    ],
)
def test_a_file_of_another_build_is_told_where_it_differs(read: Read, value: object, why: str) -> None:
    reader = read(value)
    assert not rows(reader)
    assert [fault.params["value"] for fault in reader.faults] == [why]


def test_no_other_file_has_objects(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("a,b\n1,2\n")
    reader = Reader(parse_mapping("orders", MAPPING), open_document(path, "orders.csv"), {}, kos=ROOT / "ontology/kos")
    assert [fault.shape for fault in reader.faults] == ["reading-noObjects"]


def test_the_number_of_objects_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    path.write_text('{"orders": [{"lines": [{"count": 1}, {"count": 2}]}]}')
    table = parse_mapping("orders", MAPPING).tables["orders"]
    sheet = object_sheet(open_document(path, "orders.json"), table, Limits(rows=1))
    with pytest.raises(LimitError, match=r"orders\.json: more than 1 objects"):
        list(sheet.rows())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('at = "/version"', 'at = "/version/"', "version, key 'at': '/version/' is no pointer"),
        ('at = "/version"', "", "needs `headings`, or a `title`; in JSON `at`"),
        ('list = "maker"\nat = "name"', 'list = "makers"\nat = "name"', "it is one of maker, not 'makers'"),
        ('maker = ["makers/*", ', 'maker = ["makers//*", ', "is no pointer"),
        ('each = "maker"', 'each = "brand"', "there is no column 'brand'"),
    ],
)
def test_a_mapping_that_is_not_well_written_is_refused(old: str, new: str, message: str) -> None:
    assert old in MAPPING
    with pytest.raises(ConfigurationError, match=message):
        parse_mapping("orders", MAPPING.replace(old, new, 1))
