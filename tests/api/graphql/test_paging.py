"""Pages of a sorted list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewgraph.api.graphql.paging import LARGEST, cursor, page
from ewgraph.errors import InputError
from tests.api.graphql.conftest import Caller, caller_of
from tests.conftest import House, named

KEYS = st.lists(st.tuples(st.integers(-3, 3), st.text(max_size=3)), unique=True).map(sorted)


@given(KEYS, st.integers(1, 4))
def test_the_pages_make_the_whole(items: list[tuple[int, str]], first: int) -> None:
    found: list[tuple[int, str]] = []
    after = None
    while True:
        part = page(items, lambda item: item, "is", first, after)
        assert part.total == len(items)
        assert part.info.has_previous_page == bool(found)
        found += [item for _, item in part.items]
        after = part.info.end_cursor
        if not part.info.has_next_page:
            break
    assert found == items


@given(KEYS, st.tuples(st.integers(-3, 3), st.text(max_size=3)))
def test_a_cursor_of_an_item_that_is_gone_still_marks_its_place(
    items: list[tuple[int, str]],
    gone: tuple[int, str],
) -> None:
    part = page(items, lambda item: item, "is", LARGEST, cursor(gone))
    assert [item for _, item in part.items] == [item for item in items if item > gone]


@pytest.mark.parametrize("text", ["nonsense", "é", "W10", "WzFd", "e30", "WyJhIiwgMV0", "[1]", "\ud800", "WzEs"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is no cursor of this list"):
        page([(1, "a")], lambda item: item, "is", 1, text)


def test_a_page_has_a_largest_size() -> None:
    part = page(list(range(LARGEST + 5)), lambda item: (item,), "i", LARGEST, None)
    assert (len(part.items), part.info.has_next_page, part.total) == (LARGEST, True, LARGEST + 5)
    with pytest.raises(InputError, match=f"from 0 to {LARGEST}, not {LARGEST + 1}"):
        page([1], lambda item: (item,), "i", LARGEST + 1, None)


def test_an_empty_page_still_counts() -> None:
    part = page([1, 2], lambda item: (item,), "i", 0, None)
    assert (part.items, part.info.has_next_page, part.info.start_cursor, part.total) == ([], True, None, 2)


PAGE = """query ($site: ID!, $first: Int, $after: String) {
  contractsTouching(site: $site, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { contract { id } scope basis hops } } } }"""

CONTRACTS = "".join(
    f"""ex:K{n} a ew:Contract ; ew:buyer ex:b ; ew:contractor ex:r ; ew:signedOn "2024-01-01"^^xsd:date ;
    ew:hasLine ex:K{n}-1 . ex:K{n}-1 a ew:ContractLine ; ew:model ex:M{n % 3} .\n"""
    for n in range(7)
)
SEVEN = f"""
ex:N {{ ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  {CONTRACTS} ex:M0 a ew:ProductModel ; ew:brand ex:x . ex:M1 a ew:ProductModel ; ew:brand ex:x .
  ex:M2 a ew:ProductModel ; ew:brand ex:x . ex:S a ew:Factory . }}
ex:L {{ ex:L a ew:SupplierListEdition ; prov:wasAttributedTo ex:x ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:c0 a ew:SupplyClaim ; ew:assertedIn ex:L ; ew:site ex:S ; ew:forBrand ex:x ; ew:scope scope:brand ;
    ew:evidenceBasis eb:brand-list ; ew:validFrom "2024-01-01"^^xsd:date .
  ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:L ; ew:site ex:S ; ew:output ex:M1 ; ew:scope scope:model ;
    ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2024-01-01"^^xsd:date . }}
"""


@pytest.mark.parametrize("first", [1, 2, 3, 7])
def test_the_pages_of_touches_make_the_whole(house: House, first: int) -> None:
    house.load(SEVEN)
    caller, site = caller_of(house), named("S").value
    whole = caller.ask(PAGE, site=site)["contractsTouching"]
    ids = [edge["node"]["contract"]["id"].rpartition("/")[2] for edge in whole["edges"]]
    assert ids == ["K1", "K4", "K0", "K2", "K3", "K5", "K6"]
    found, after = [], None
    while True:
        part = caller.ask(PAGE, site=site, first=first, after=after)["contractsTouching"]
        assert part["totalCount"] == 7
        found += part["edges"]
        after = part["pageInfo"]["endCursor"]
        if not part["pageInfo"]["hasNextPage"]:
            break
    assert found == whole["edges"]


def test_a_caller_is_told_what_is_wrong_with_a_page(caller: Caller) -> None:
    site = named("F2").value
    assert caller.fault(PAGE, site=site, first=-1) == "`first` is how many items to give, from 0 to 1000, not -1."
    assert caller.fault(PAGE, site=site, after="x") == (
        "'x' is no cursor of this list. Give one that an answer to the same question gave."
    )
    assert caller.ask(PAGE, "staff", site=site, first=None)["contractsTouching"]["totalCount"] == 2
