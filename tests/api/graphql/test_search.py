"""Finding things by a part of a name or identifier."""

from __future__ import annotations

import pytest

from tests.api.graphql.conftest import Caller, caller_of
from tests.conftest import House, named

SEARCH = """query ($text: String!, $kinds: [EntityKind!], $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor kind label node { __typename id } } } }"""


def names(found: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [edge["node"]["id"].rpartition("/")[2] for edge in found["edges"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("factory", ["F1", "F2"]),
        ("FABRIEK", ["F2"]),
        ("fabreik", ["F2"]),
        (" lt-1 ", ["L1"]),
        ("250d1", ["F2"]),
        ("laptop", ["L1", "K1"]),
        ("", []),
        ("  ", []),
        ('x") } UNION { ?entity a ?class } #', []),
        (".*", []),
    ],
)
def test_a_part_of_a_name_or_identifier_is_found_in_any_case(caller: Caller, text: str, expected: list[str]) -> None:
    assert names(caller.ask(SEARCH, "staff", text=text)["search"]) == expected


def test_only_what_the_reader_may_see_is_found(caller: Caller) -> None:
    assert names(caller.ask(SEARCH, text="factory")["search"]) == ["F2"]
    assert names(caller.ask(SEARCH, text="university")["search"]) == []


def test_the_kinds_narrow_the_search(caller: Caller) -> None:
    found = caller.ask(SEARCH, "staff", text="laptop", kinds=["CONTRACT"])["search"]
    assert found["totalCount"] == 1
    assert (found["edges"][0]["kind"], found["edges"][0]["label"]) == ("CONTRACT", "Laptops for A")
    assert found["edges"][0]["node"] == {"__typename": "Contract", "id": named("K1").value}
    assert caller.ask(SEARCH, "staff", text="laptop", kinds=[])["search"]["totalCount"] == 0


def test_the_pages_make_the_whole(caller: Caller) -> None:
    whole = caller.ask(SEARCH, "staff", text="e")["search"]
    found, after = [], None
    while True:
        part = caller.ask(SEARCH, "staff", text="e", first=2, after=after)["search"]
        assert part["totalCount"] == whole["totalCount"] == len(whole["edges"])
        found += part["edges"]
        after = part["pageInfo"]["endCursor"]
        if not part["pageInfo"]["hasNextPage"]:
            break
    assert found == whole["edges"]
    assert len(found) > 4


def test_a_record_is_called_by_its_title(house: House) -> None:
    house.load("""ex:I { ex:I a ew:DatasetImport ; <http://purl.org/dc/terms/title> "List of plants" ;
        ew:visibility vis:public ; prov:wasAttributedTo ex:steward ;
        ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime . }""")
    (edge,) = caller_of(house).ask(SEARCH, text="list of plants")["search"]["edges"]
    assert (edge["kind"], edge["label"]) == ("RECORD", "List of plants")
