"""JSON files: what is streamed and what is held, and what is refused with its place."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ewgraph.errors import InputError, LimitError, ParseError
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ingest.sheets.tree import Element, JsonFile, escaped, scalar_text

Opened = Callable[..., JsonFile]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """A file of these bytes."""

    def of(content: bytes | str, limits: Limits | None = None) -> JsonFile:
        path = tmp_path / "kept"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return JsonFile(path, "file.json", limits or Limits())

    return of


def test_the_elements_of_a_list_are_streamed_and_the_rest_is_held(opened: Opened) -> None:
    file = opened('{"uri": "u", "releases": [{"a": 1.50}, {"a": [true, null]}], "publisher": {"name": "P"}}')
    assert file.head(["/releases"]) == {"uri": "u", "releases": [], "publisher": {"name": "P"}}
    assert list(file.elements(["/releases"])) == [
        Element("/releases", 0, {"a": Decimal("1.50")}),
        Element("/releases", 1, {"a": [True, None]}),
    ]


def test_lists_below_others_and_the_file_itself_can_be_streamed(opened: Opened) -> None:
    assert [each.value for each in opened('{"a": {"b/c": [1, 2]}}').elements(["/a/b~1c"])] == [1, 2]
    assert [each.value for each in opened("[[1], [2]]").elements([""])] == [[1], [2]]
    assert opened("[[1], [2]]").head([""]) == []


def test_an_object_where_a_list_is_streamed_is_held(opened: Opened) -> None:
    file = opened('{"releases": {"a": "x"}}')
    assert file.head(["/releases"]) == {"releases": {"a": "x"}}
    assert not list(file.elements(["/releases"]))


def test_a_byte_order_mark_does_not_matter(opened: Opened) -> None:
    assert opened(b'\xef\xbb\xbf{"a": "\xc3\xa4"}').head([]) == {"a": "ä"}


@pytest.mark.parametrize(
    ("content", "place", "why"),
    [
        ('{"a": 1,\n "b": NaN}', "line 2, column 7", "not JSON: invalid char"),
        ('{"a": [1, 2', "line 1, column 11", "breaks off before it is complete"),
        ("", "line 1, column 1", "breaks off before it is complete"),
        ('{"a": 1} x', "line 1, column 10", "trailing garbage"),
        ('{"ä": "ü",\n"öö" 1}', "line 2, column 7", "colon"),
        ('{"a": 1, "a": 2}', "line 1, column 12", "the name 'a' twice"),
        ('{"releases": [{"x": 1,\n"x": 2}]}', "line 2, column 3", "the name 'x' twice"),
        ('{"a": 1e99999999999999999999}', "line 1, column 29", "cannot be held"),
        ("{'a': 1}", "line 1, column 2", "not JSON"),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(opened: Opened, content: str, place: str, why: str) -> None:
    with pytest.raises(ParseError) as refused:
        opened(content).head(["/releases"])
    assert place in str(refused.value)
    assert why in str(refused.value)


def test_bytes_that_are_no_utf_8_are_refused(opened: Opened) -> None:
    with pytest.raises(ParseError, match="column 7: this is not JSON: invalid bytes"):
        opened(b'{"a":"\xff"}').head([])


def test_the_place_is_right_in_a_file_of_many_chunks(opened: Opened) -> None:
    lines = '{"id": "1234567890"},\n' * 20_000
    with pytest.raises(ParseError, match="line 20,002, column 2: this is not JSON"):
        opened('{"releases": [\n' + lines + "{]}").head(["/releases"])


@pytest.mark.parametrize(
    ("content", "limits", "limit"),
    [
        ("[" * 100_000, Limits(), "depth"),
        ('{"a":' * 100_000, Limits(), "depth"),
        ('{"a": 1e400000}', Limits(), "digits"),
        ('{"a": ' + "9" * 50 + "}", Limits(), "digits"),
        ('{"a": ' + "9" * 200_000 + "}", Limits(), "digits"),
        ('{"a": "' + "x" * 101 + '"}', Limits(token_bytes=100), "characters"),
        ('{"' + "x" * 101 + '": 1}', Limits(token_bytes=100), "characters"),
        ("[1, 2, 3]", Limits(cells=4), "values"),
        ('{"a": ["x", "y", "z"]}', Limits(item_bytes=300), "bytes"),
    ],
)
def test_a_file_that_holds_too_much_is_refused(opened: Opened, content: str, limits: Limits, limit: str) -> None:
    with pytest.raises(LimitError, match=r"file\.json, line 1, column") as refused:
        opened(content, limits).head([])
    assert refused.value.limit == limit


def test_only_one_element_at_a_time_counts_against_the_limit(opened: Opened) -> None:
    file = opened('{"r": [' + ", ".join(['{"a": ["x", "y"]}'] * 50) + "]}", Limits(item_bytes=1_000))
    assert len(list(file.elements(["/r"]))) == 50
    assert file.head(["/r"]) == {"r": []}


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.json: it cannot be read: No such file"):
        JsonFile(tmp_path / "gone", "gone.json", Limits()).head([])


def test_values_are_texts_as_cells_are() -> None:
    values = (" x ", Decimal("1E+3"), Decimal("0.50"), True, False, None, [], {})
    assert [scalar_text(value) for value in values] == ["x", "1000", "0.50", "true", "false", None, None, None]
    assert escaped("a/b~") == "a~1b~0"
