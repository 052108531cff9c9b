"""What is not disclosed to a reader stands in a path as a boundary, with its kind and a reference."""

import datetime as dt

from ewgraph.model import terms
from tests.api.graphql.conftest import Caller, caller_of
from tests.conftest import House, TickingClock, named
from tests.ingest.releasing.conftest import PREFIXES, WORLD, Releasing
from tests.ingest.releasing.test_redacting import REDACTED

HOPS = """query ($contract: ID!) { sitesTouchedBy(contract: $contract) { totalCount edges { node {
    site { label kind boundary { reference kinds country { id } } }
    path { from { __typename id } to { __typename ... on Boundary { reference hides kinds } } } } } } }"""
NODE = "query ($id: ID!) { node(id: $id) { __typename id } contractsTouching(site: $id) { totalCount } }"
PATHS = """query ($from: ID!, $to: ID!) { paths(from: $from, to: $to) { paths { hops from { __typename }
    to { __typename } } } }"""


def released(house: House, clock: TickingClock) -> Caller:
    clock.time = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
    house.follow()
    house.load(PREFIXES + WORLD)
    releasing = Releasing(house)
    releasing.releaser.release(REDACTED)
    releasing.show()
    return caller_of(house)


def test_a_path_leads_through_a_boundary(house: House, clock: TickingClock) -> None:
    found = released(house, clock).ask(HOPS, contract=named("K").value)["sitesTouchedBy"]
    assert found["totalCount"] == 2
    near, far = (edge["node"] for edge in found["edges"])
    (hidden,) = house.view("public").subjects(terms.RDF.type, terms.Boundary)
    reference = hidden.value.rpartition("/")[2]
    assert near["site"] == {
        "label": None,
        "kind": None,
        "boundary": {"reference": reference, "kinds": ["FACTORY"], "country": None},
    }
    assert far["site"]["boundary"] is None
    assert [hop["from"]["__typename"] for hop in far["path"]] == ["Contract", "ProductModel", "Boundary"]
    assert far["path"][1]["to"] == {
        "__typename": "Boundary",
        "reference": reference,
        "hides": [terms.Factory.value],
        "kinds": ["FACTORY"],
    }


def test_a_boundary_is_asked_about_like_a_site(house: House, clock: TickingClock) -> None:
    caller = released(house, clock)
    (hidden,) = house.view("public").subjects(terms.RDF.type, terms.Boundary)
    answer = caller.ask(NODE, id=hidden.value)
    assert answer["node"] == {"__typename": "Boundary", "id": hidden.value}
    assert answer["contractsTouching"]["totalCount"] == 1
    (path,) = caller.ask(PATHS, **{"from": hidden.value, "to": named("U").value})["paths"]["paths"]
    assert path == {"hops": 1, "from": {"__typename": "Boundary"}, "to": {"__typename": "Site"}}


def test_whoever_sees_the_site_meets_no_boundary(house: House, clock: TickingClock) -> None:
    found = released(house, clock).ask(HOPS, "ex:res0", contract=named("K").value)["sitesTouchedBy"]
    assert [edge["node"]["site"]["boundary"] for edge in found["edges"]] == [None, None]
