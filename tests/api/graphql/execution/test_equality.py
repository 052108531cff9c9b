"""The executor gives the same bytes as the library's own: data, errors, their order, places and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
import strawberry
from graphql import ExecutionResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.access import View
from ewgraph.api.graphql import Allowance, schema
from ewgraph.api.graphql.answering import Answering
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.preparing import Asked, Asker
from ewgraph.api.graphql.schema import told
from ewgraph.api.graphql.values import Context
from tests.api.graphql.conftest import EXAMPLE
from tests.api.graphql.execution.drawn import Drawn, documents
from tests.api.graphql.execution.odd_schema import odd_schema
from tests.conftest import House, TickingClock, named

BROKEN = """
ex:N9 { ex:N9 a ew:ContractNotice ; prov:wasAttributedTo ex:uni-a ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:K9 a ew:Contract ; rdfs:label "Broken" ; ew:signedOn "the day after" ; ew:buyer ex:uni-b , ex:uni-a ;
    ew:contractor ex:reseller , ex:brand-x , ex:reseller-2 ; ew:hasLine ex:K9-2 , ex:K9-1 .
  ex:K9-2 a ew:ContractLine ; rdfs:label "Zwei"@de , "Two"@en , "Deux"@fr .
  ex:K9-1 a ew:ContractLine ; ew:model ex:L1 ; ew:quantity "many" .
  ex:c77 a ew:Finding ; ew:assertedIn ex:N9 ; ew:site ex:F2 ; ew:observedOn "whenever" . }
"""
NAMES = [named(name).value for name in ("F2", "F1", "L1", "K1", "K2", "K9", "c77", "c9", "D1", "P1", "brand-x", "none")]
SCALARS: Mapping[str, list[object]] = {
    "Int": [1, 2, 3, 50, 5, 2, 0, -1],
    "ID": [*NAMES, *NAMES[:4], "no IRI"],
    "String": ["a", "Laptop", "uni", "a", "Factory", "bm8gY3Vyc29y"],
    "Boolean": [True, False],
    "Date": ["2024-02-01", "2024-02-01", "2024-02-01", "2023-01-01", "2023-06-01", "not-a-day"],
    "DateTime": ["2024-02-01T00:00:00Z", "2024-06-01T00:00:00", "2026-02-01T00:00:00Z", "2025-01-01T00:00:00Z", "noon"],
    "Float": [0.5],
}
EVERYTHING = Asker("staff")
READERS = ("staff", "public", "ex:uni-a", "ex:uni-b")


@dataclass(slots=True)
class Noting(Context):
    """A context that mutations note in what they did."""

    done: list[int] = field(default_factory=list)


def context(house: House, view: View) -> Noting:
    return Noting(Loader(view, house.catalogue, Allowance(seconds=1000, walks=10**6)))


def written(result: ExecutionResult | Any) -> bytes:
    errors = [{**told(error), "meant": error.message} for error in result.errors or ()]
    return orjson.dumps({"errors": errors, "data": result.data})


def both(
    house: House, which: strawberry.Schema, answering: Answering, drawn: Drawn, reader: str = "staff"
) -> tuple[bytes, bytes]:
    """The answer of the executor and that of the library."""
    view = house.view(reader)
    ours, theirs = context(house, view), context(house, view)
    result = answering.answer(Asked(drawn.text, dict(drawn.variables), None), EVERYTHING, lambda: ours)
    other = which.execute_sync(drawn.text, variable_values=dict(drawn.variables), context_value=theirs)
    if any("limit" in (error.extensions or ()) for error in result.errors or ()):
        return b"", b""
    return written(result) + repr(ours.done).encode(), written(other) + repr(theirs.done).encode()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, catalogue: Any) -> House:
    clock = TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    made = House(tmp_path_factory.mktemp("house"), clock, catalogue)
    made.load(EXAMPLE)
    made.load(BROKEN)
    made.follow()
    return made


OURS, ODD = Answering(schema), Answering(odd_schema)
FEW = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150)


@FEW
@given(drawn=documents(schema._schema, SCALARS), reader=st.sampled_from(READERS))
def test_any_document_has_the_same_answer(house: House, drawn: Drawn, reader: str) -> None:
    ours, theirs = both(house, schema, OURS, drawn, reader)
    assert ours == theirs, drawn


@FEW
@given(drawn=documents(odd_schema._schema, SCALARS))
def test_whatever_goes_wrong_goes_wrong_in_the_same_way(house: House, drawn: Drawn) -> None:
    ours, theirs = both(house, odd_schema, ODD, drawn)
    assert ours == theirs, drawn


@FEW
@given(drawn=documents(odd_schema._schema, SCALARS, "mutation"))
def test_mutations_are_done_once_and_in_their_order(house: House, drawn: Drawn) -> None:
    ours, theirs = both(house, odd_schema, ODD, drawn)
    assert ours == theirs, drawn


@pytest.mark.parametrize(
    ("document", "done"),
    [
        ("mutation { add(first: -1) { depth } }", [-1]),
        ("mutation { a: add { fails } b: add(first: 2) { depth } }", [1]),
        (
            "mutation { a: addSoftly(first: -1) { depth } b: add(first: 2) { depth } c: add { inner { depth } } }",
            [-1, 2, 1],
        ),
    ],
)
def test_a_mutation_that_fails_is_not_done_again_and_none_follows_where_nothing_is_left(
    house: House, document: str, done: list[int]
) -> None:
    ours, theirs = both(house, odd_schema, ODD, Drawn(document, {}))
    assert ours == theirs
    assert ours.endswith(b"}" + repr(done).encode())


WHOLE = """query ($site: ID!, $short: Boolean = false) {
  contractsTouching(site: $site) { ...C edges { node { ...T contract { id } } } }
  broken: contract(id: "BROKEN") { label signedOn buyers { id } contractors { id }
    lines { label quantity model { id } } covers { id } }
  node(id: "CLAIM") { __typename id ... on Finding { observedOn site { label country { label } } record { id claims {
    totalCount edges { node { kind ... on Finding { observedOn } } } } } } }
}
fragment C on TouchConnection { totalCount pageInfo { hasNextPage endCursor } provenance { query } }
fragment T on Touch { scope basis contract { label buyers { label country { label } } } path @skip(if: $short) {
  kind from { __typename ... on Contract { label } ... on ProductModel { label brand { label } } }
  to { id ... on Site { label kinds identifiers { scheme notation } } }
  claim { kind why { text } ... on SupplyClaim { site { label } } retractedBy { id } }
  record { receivedAt revises { id } } source { sheet row cell } } }""".replace("BROKEN", named("K9").value).replace(
    "CLAIM", named("c77").value
)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("short", [True, False])
def test_a_large_document_has_the_same_answer_with_its_errors(house: House, short: bool, reader: str) -> None:
    ours, theirs = both(house, schema, OURS, Drawn(WHOLE, {"site": named("F2").value, "short": short}), reader)
    assert ours == theirs
    assert ours.count(b"Internal error") == 4
    if reader == "staff":
        assert len(ours) > (1500 if short else 3500)
