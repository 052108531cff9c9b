"""What one document and one request may cost."""

from __future__ import annotations

import time

import pytest
from graphql import OperationDefinitionNode, parse

from ewgraph.api.graphql import Allowance, schema
from ewgraph.api.graphql.cost import MOST, Estimate
from ewgraph.api.graphql.limits import ALIASES, DEPTH, FIELDS, FRAGMENTS, TOKENS, offences
from tests.api.graphql.conftest import EXAMPLE, Caller, caller_of
from tests.conftest import House, named

SITE = 'site(id: "https://data.example.org/id/F2")'


def test_aliases_are_bounded(caller: Caller) -> None:
    def document(count: int) -> str:
        return "{" + " ".join(f"a{n}: {SITE} {{ id }}" for n in range(count)) + "}"

    assert len(caller.ask(document(ALIASES))) == ALIASES
    assert caller.fault(document(ALIASES + 1)) == "The document has 16 aliases. At most 15 are allowed."


def test_nesting_is_bounded(caller: Caller) -> None:
    def document(levels: int) -> str:
        steps = ["contractsTouching(first: 1)", "edges", "node", "site"]
        text = "id"
        for level in reversed(range(1, levels - 1)):
            text = f"{steps[(level - 1) % 4]} {{ {text} }}"
        return f"{{ {SITE} {{ {text} }} }}"

    deepest = DEPTH - (DEPTH - 2) % 4
    assert "site" in caller.ask(document(deepest))
    assert (
        caller.fault(document(deepest + 4))
        == f"The document has {deepest + 4} levels of fields. At most 15 are allowed."
    )


def test_tokens_are_bounded(caller: Caller) -> None:
    assert "more than 2000 tokens" in caller.fault("{" + "__typename " * TOKENS + "}")
    assert caller.fault("{a" * 600 + "}" * 600) == "Syntax Error: Document is nested too deeply. Parsing aborted."


def test_fields_are_counted_with_their_fragments_written_out(caller: Caller) -> None:
    spread = "fragment F on Site { " + "label " * 60 + "} {" + f"{SITE} {{ ...F }} " * 20 + "}"
    assert caller.fault(spread) == f"The document has {20 * 61} fields. At most {FIELDS} are allowed."


def test_fragments_that_double_are_measured_at_once(caller: Caller) -> None:
    """Followed one by one they would be 2 to the 45th fields."""
    doubling = "".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }} " for n in range(45))
    began = time.monotonic()
    message = caller.fault(doubling + f"fragment F45 on Query {{ {SITE} {{ id }} }} {{ ...F0 }}")
    assert message == "The document has more than a million fields. At most 1000 are allowed."
    assert time.monotonic() - began < 2


def test_fragments_that_multiply_are_measured_in_numbers_that_can_be_told(caller: Caller) -> None:
    """Written out they would be 12 to the 49th fields: no 64 bits hold that."""
    times = "".join(f"fragment F{n} on Query {{ {f'...F{n + 1} ' * 12}}} " for n in range(49))
    answer = caller.post(times + "fragment F49 on Query { __typename } { ...F0 }")
    assert [one["extensions"]["found"] for one in answer.json()["errors"]] == [2**53 - 1]


def test_fragments_are_bounded() -> None:
    many = "".join(f"fragment F{n} on Query {{ __typename }} " for n in range(FRAGMENTS + 1))
    (broken,) = offences(parse(many + "{ __typename }"))
    assert broken.message == "The document has 51 fragments. At most 50 are allowed."


def test_a_ring_of_fragments_is_refused(caller: Caller) -> None:
    assert "within itself" in caller.fault("fragment A on Query { ...B } fragment B on Query { ...A } { ...A }")


def test_a_small_document_breaks_no_limit() -> None:
    assert offences(parse(f"query {{ {SITE} {{ ... on Site {{ id }} ...F }} }} fragment F on Site {{ label }}")) == []


def test_what_was_changed_is_told_of_however_long_that_took(house: House) -> None:
    def allowance() -> Allowance:
        times = iter([0.0])
        return Allowance(tell_s=lambda: next(times, 100.0))

    asked = 'mutation { submitRecords(content: "") { dryRun userErrors { code } } }'
    told = caller_of(house, allowance).ask(asked)
    assert told == {"submitRecords": {"dryRun": False, "userErrors": [{"code": "UNAVAILABLE"}]}}


@pytest.mark.parametrize(
    ("allowance", "message"),
    [
        (lambda: Allowance(walks=2), "One request may follow 2 supply chains. Ask for fewer nested touches."),
        (lambda: Allowance(seconds=-1), "The answer took more than -1 s. Ask for less at once."),
    ],
)
def test_a_request_has_an_allowance(house: House, allowance: type[Allowance], message: str) -> None:
    house.load(EXAMPLE)
    query = """query ($id: ID!) { contractsTouching(site: $id) { edges { node {
      contract { sitesTouched { totalCount } } } } } }"""
    caller = caller_of(house, allowance)
    assert caller.fault(query, "staff", id=named("F2").value) == message


def test_the_same_walk_is_made_once(house: House) -> None:
    house.load(EXAMPLE)
    query = """query ($id: ID!) { a: contractsTouching(site: $id) { totalCount } b: contractsTouching(site: $id) {
      edges { node { site { contractsTouching { totalCount } } } } } }"""
    answer = caller_of(house, lambda: Allowance(walks=1)).ask(query, "staff", id=named("F2").value)
    assert answer["a"]["totalCount"] == len(answer["b"]["edges"]) == 2


def test_a_document_that_was_valid_is_known_again(caller: Caller) -> None:
    query = "query A { __typename } query B { a: __typename }"
    for _ in range(3):
        assert "several operations" in caller.fault(query)
        body = {"query": query, "operationName": "B"}
        assert caller.client.post("/graphql", json=body).json() == {"data": {"a": "Query"}}
        assert "nothing" in caller.fault("{ nothing }")


def test_directives_are_bounded(caller: Caller) -> None:
    many = "{" + "__typename @include(if: true) " * 31 + "}"
    assert caller.fault(many) == "The document has 31 directives. At most 30 are allowed."
    assert "4 directives at one place" in caller.fault("{ __typename" + " @include(if: true)" * 4 + " }")


def test_digits_are_bounded(caller: Caller) -> None:
    most = "9" * 20
    assert "whole number" not in caller.fault(f"{{ sites(first: {most}) {{ nodes {{ id }} }} }}")
    sentence = "The document has 5000 digits in a whole number. At most 20 are allowed."
    assert caller.fault(f"{{ sites(first: -{'9' * 5000}) {{ nodes {{ id }} }} }}") == sentence


def test_repetitions_of_a_field_are_bounded(caller: Caller) -> None:
    assert caller.ask("{" + "__typename " * 101 + "}") == {"__typename": "Query"}
    assert (
        caller.fault("{" + "__typename " * 102 + "}")
        == "The document has 101 repetitions of one field. At most 100 are allowed."
    )


NESTED = """query ($n: Int, $site: ID!, $on: Boolean = true) {
  contractsTouching(site: $site, first: $n) { edges { node { contract {
  sitesTouched(first: $n) { edges { node { site {
  contractsTouching(first: $n) { edges { node {
    contract @include(if: $on) { label } } } } } } } } } } } } }"""


@pytest.mark.parametrize(
    ("n", "on", "cost"), [(1, True, 73), (10, True, 6661), (10, False, 4661), (100, True, None), (10_000, True, None)]
)
def test_cost_is_estimated_from_the_pages_before_anything_is_read(
    caller: Caller, n: int, on: bool, cost: int | None
) -> None:
    document = parse(NESTED)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    found = Estimate(schema._schema, document, {"n": n, "on": on}).of(operation)
    if cost is not None:
        assert found == cost
        assert caller.ask(NESTED, site=named("F2").value, n=n, on=on)
    else:
        (error,) = caller.post(NESTED, site=named("F2").value, n=n, on=on).json()["errors"]
        assert error["extensions"] == {"limit": "cost", "most": MOST, "found": found}
        assert str(found) in error["message"]


def test_cost_counts_fragments_defaults_and_lists() -> None:
    def cost(text: str) -> int:
        document = parse(text)
        operation = document.definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        return Estimate(schema._schema, document, {}).of(operation)

    assert cost('{ contract(id: "x") { id } }') == 2
    assert cost('{ contract(id: "x") { buyers { id } } }') == 1 + 1 + 3
    assert cost('{ contract(id: "x") { ...F ... on Contract { ...F } } } fragment F on Contract { buyers { id } }') == 9
    assert cost('{ contractsTouching(site: "x") { totalCount } }') == 1 + 20 + 50
    assert cost('{ contractsTouching(site: "x", first: null) { totalCount } }') == 1 + 20 + 50
    assert cost('{ contractsTouching(site: "x", first: 0) { totalCount } }') == 1 + 20
    assert cost("{ sites { totalCount } }") == 1 + 20 + 50
    assert cost("{ sites(last: 400) { nodes { id } } }") == 1 + 20 + 400 * 2
    assert cost('{ nodes(ids: ["a", "b", "c", "d"]) { id } }') == 1 + 4


def test_the_limits_are_published(caller: Caller) -> None:
    published = caller.client.get("/graphql/limits").json()
    assert {name: one["most"] for name, one in published.items()} == {
        "tokens": TOKENS,
        "depth": DEPTH,
        "aliases": ALIASES,
        "fields": FIELDS,
        "repeats": 100,
        "fragments": FRAGMENTS,
        "directives": 30,
        "directives_each": 3,
        "digits": 20,
        "subscriptions": 20,
        "cost": MOST,
        "page": 1000,
        "seconds": 10.0,
        "values": 1_000,
        "walks": 200,
        "deferred": 2000,
        "bytes": 1_000_000,
    }
    assert all(one["of"].endswith(".") or one["of"] for one in published.values())


def test_an_error_of_a_limit_names_it_with_its_numbers(house: House) -> None:
    house.load(EXAMPLE)
    ticks = iter(range(1000))
    caller = caller_of(house, lambda: Allowance(seconds=3, tell_s=lambda: float(next(ticks))))
    answer = caller.post(f"{{ {SITE} {{ label kind country {{ label }} nativeName addresses {{ locality }} }} }}")
    (error,) = answer.json()["errors"]
    assert error["message"] == "The answer took more than 3 s. Ask for less at once."
    assert error["extensions"].pop("found") > 3
    assert error["extensions"] == {"limit": "seconds", "most": 3}
    assert "data" not in answer.json()
