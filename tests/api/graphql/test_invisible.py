"""What does not exist and what the caller may not see give the same answer, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.api.graphql.paging import cursor
from ewgraph.catalogue import Catalogue
from tests.api.graphql.conftest import EXAMPLE, Caller, caller_of
from tests.conftest import House, TickingClock, named

EVERYTHING = """query ($id: ID!, $text: String!) {
  node(id: $id) { __typename id }
  site(id: $id) { id label kinds contractsTouching { totalCount } }
  contract(id: $id) { id label sitesTouched { totalCount } }
  contractsTouching(site: $id) { totalCount pageInfo { hasNextPage endCursor } edges { cursor } }
  sitesTouchedBy(contract: $id) { totalCount pageInfo { hasNextPage endCursor } edges { cursor } }
  search(text: $text) { totalCount edges { cursor node { id } } }
}"""


@pytest.fixture
def smaller(clock: TickingClock, catalogue: Catalogue) -> Iterator[Caller]:
    """The same example without the records of university B."""
    house = House(Path(":memory:"), clock, catalogue)
    house.load(EXAMPLE.partition("ex:N2 {")[0])
    house.follow()
    yield caller_of(house)
    house.ledger.close()


@pytest.mark.parametrize("name", ["F1", "K1", "K1-1", "D1", "c1", "uni-a", "N2", "K2", "c2"])
def test_a_hidden_thing_is_answered_like_one_that_never_was(caller: Caller, name: str) -> None:
    hidden = caller.post(EVERYTHING, id=named(name).value, text="University")
    absent = caller.post(EVERYTHING, id=named("never").value, text="Nowhere at all")
    assert hidden.content == absent.content
    assert (hidden.status_code, dict(hidden.headers)) == (absent.status_code, dict(absent.headers))
    visible = caller.post(EVERYTHING, "staff", id=named(name).value, text="University")
    assert visible.content != absent.content


@pytest.mark.parametrize("name", ["F1", "F2", "L1", "K1", "K2", "D1", "D2", "P1", "c1", "c2", "c9", "brand-x"])
def test_a_buyer_is_answered_as_if_the_records_of_others_were_not_there(
    caller: Caller,
    smaller: Caller,
    name: str,
) -> None:
    seen = caller.post(EVERYTHING, "ex:uni-a", id=named(name).value, text="a")
    assert seen.content == smaller.post(EVERYTHING, "ex:uni-a", id=named(name).value, text="a").content


FORGED = [
    (1, 1, 1, ""),
    (-99, -99, 1, ""),
    (9, 0, 0, ""),
    (10**30, 0, 0, ""),
    (0, 0, -(10**30), "x"),
    (0, 0, 10**30, "x"),
]


@pytest.mark.parametrize("key", FORGED)
def test_a_forged_cursor_does_not_tell_the_hidden_from_the_absent(caller: Caller, key: tuple[object, ...]) -> None:
    query = """query ($id: ID!, $after: String, $in: String) {
      contractsTouching(site: $id, after: $after) { totalCount edges { cursor } }
      sitesTouchedBy(contract: $id, after: $after) { totalCount edges { cursor } }
      mineralOrigins(from: $id, after: $in) { totalCount edges { cursor } } }"""
    after, within = cursor(key), cursor(("https://w3id.org/ewgraph/kos/mineral/tin", *key))
    absent = caller.post(query, id=named("never").value, after=after, **{"in": within})
    assert "errors" not in absent.json()
    for name in ("F1", "K1", "L1"):
        seen = caller.post(query, id=named(name).value, after=after, **{"in": within})
        assert seen.content == absent.content
