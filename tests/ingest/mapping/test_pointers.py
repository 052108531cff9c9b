"""Pointers into JSON: what each step leads to, and what is refused as no pointer."""

from __future__ import annotations

import pytest

from ewgraph.errors import InputError
from ewgraph.ingest.mapping.pointers import Cursor, parsed_pointer
from ewgraph.ingest.sheets.tree import JsonValue

RELEASE: JsonValue = {
    "ocid": "o",
    "buyer": {"id": "b", "name": "Council"},
    "a/b": "slash",
    "parties": [
        {"id": "b", "roles": ["buyer"], "town": "X"},
        {"id": "s", "roles": ["supplier", "tenderer"], "town": "Y"},
    ],
    "awards": [
        {"id": "1", "suppliers": [{"id": "s"}], "item": {"scheme": "CPV", "id": "302"}},
        {"id": "2", "suppliers": {"id": "t"}, "item": {"scheme": "UNSPSC", "id": "43"}},
    ],
    "contracts": [{"id": "c", "awardID": "1"}],
    "dated": [{"date": "2024-01-01", "n": "old"}, {"date": "2024-02-01", "n": "new"}, {"n": "undated"}],
    "point": ["3.5", "4.5"],
    "nothing": None,
}
ROOT = Cursor(RELEASE)


def found(pointer: str, *origin: str) -> list[object]:
    start = ROOT
    for each in origin:
        (start, *_) = parsed_pointer(each).places(start)
    return [place.value for place in parsed_pointer(pointer).places(start)]


@pytest.mark.parametrize(
    ("pointer", "values"),
    [
        ("ocid", ["o"]),
        ("/buyer/name", ["Council"]),
        ("a~1b", ["slash"]),
        ("title|ocid", ["o"]),
        ("missing/name", []),
        ("nothing/name", []),
        ("awards/*/id", ["1", "2"]),
        ("awards/*/suppliers/*/id", ["s", "t"]),
        ("buyer/*/name", ["Council"]),
        ("point/1", ["4.5"]),
        ("point/7", []),
        ("dated/latest(date)/n", ["new"]),
        ("buyer/latest(date)/name", ["Council"]),
        ("parties/[roles='supplier']/town", ["Y"]),
        ("parties/[id=buyer/id]/town", ["X"]),
        ("parties/[id=missing]/town", []),
        ("awards/*/item/[scheme='CPV']/id", ["302"]),
        ("awards/[id!=../../contracts/*/awardID]/id", ["2"]),
        ("[!awards|contracts]/ocid", []),
        ("[!planning]/ocid", ["o"]),
        ("buyer?/name", ["Council"]),
        ("ocid?/name", []),
        ("..", []),
    ],
)
def test_a_pointer_leads_to_values(pointer: str, values: list[object]) -> None:
    assert found(pointer) == values


def test_pointers_climb_from_where_they_begin() -> None:
    award, supplier = "/awards/0", "suppliers/*"
    assert found("../../ocid", award) == ["o"]
    assert found("../../../../ocid", award, supplier) == ["o"]
    assert found("../../../../parties/[id=id]/town", award, supplier) == ["Y"]
    assert found("/ocid", award, supplier) == ["o"]
    assert found("../../awards/[id=awardID]/item/id", "/contracts/0") == ["302"]


def test_a_way_that_ends_at_the_wrong_kind_is_marked() -> None:
    places = list(parsed_pointer("awards/*/id/name").places(ROOT))
    assert [(place.pointer, place.wrong) for place in places] == [("/awards/0/id", True), ("/awards/1/id", True)]
    (null,) = parsed_pointer("list/*/name").places(Cursor({"list": [None]}))
    assert (null.pointer, null.wrong) == ("/list/0", True)


def test_places_know_their_pointers() -> None:
    assert [place.pointer for place in parsed_pointer("awards/*/suppliers/*").places(ROOT)] == [
        "/awards/0/suppliers/0",
        "/awards/1/suppliers",
    ]
    assert [place.pointer for place in parsed_pointer("a~1b").places(ROOT)] == ["/a~1b"]
    assert ROOT.pointer == ""


@pytest.mark.parametrize("text", ["", "a//b", "a/", "[id]", "a/[id='b]", "a[0", "a/[id=]"])
def test_what_is_no_pointer_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="write it as"):
        parsed_pointer(text)
