"""Which contracts touch a site, and on whose word, as GraphQL answers it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from ewgraph.model.codes import EvidenceBasis, Scope
from tests.api.graphql.conftest import EXAMPLE, Caller, caller_of
from tests.conftest import House, named

TOUCHES = """
query Touches($site: ID!, $at: AsOfInput, $minScope: Scope, $minBasis: EvidenceBasis) {
  contractsTouching(site: $site, at: $at, minScope: $minScope, minBasis: $minBasis) {
    totalCount
    edges { node { contract { id label } site { id } scope basis hops possible lastConfirmed } }
  }
}
"""
SPRING = {"validAt": "2024-02-01", "knownAt": "2024-06-01T00:00:00Z"}


def contracts(answer: Any) -> list[str]:
    found = answer["contractsTouching"]
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"]["contract"]["id"].rpartition("/")[2] for edge in found["edges"]]


def test_a_site_is_touched_by_the_contract_of_the_disclosure_first(caller: Caller) -> None:
    answer = caller.ask(TOUCHES, "staff", site=named("F2").value, at=SPRING)
    first, second = (edge["node"] for edge in answer["contractsTouching"]["edges"])
    assert (first["contract"]["id"], first["scope"], first["basis"], first["hops"], first["possible"]) == (
        named("K2").value,
        "CONTRACT",
        "CONTRACT_DISCLOSURE",
        2,
        False,
    )
    assert first["lastConfirmed"] == "2023-11-20T10:00:00+00:00"
    # For another contract a disclosure is said of the model.
    assert (second["contract"]["label"], second["scope"], second["basis"]) == (
        "Laptops for A",
        "MODEL",
        "CONTRACT_DISCLOSURE",
    )


def test_what_another_buyer_was_told_does_not_count(caller: Caller) -> None:
    answer = caller.ask(TOUCHES, "ex:uni-a", site=named("F2").value, at=SPRING)
    (edge,) = answer["contractsTouching"]["edges"]
    assert (edge["node"]["scope"], edge["node"]["basis"], edge["node"]["possible"]) == (
        "BRAND",
        "BRAND_PER_MODEL",
        True,
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ({"validAt": "2024-02-01", "knownAt": "2024-02-01T00:00:00Z"}, []),
        ({"validAt": "2024-02-01", "knownAt": "2024-06-01T00:00:00Z"}, ["K1", "K2"]),
        ({"validAt": "2024-02-01", "knownAt": "2024-06-01T00:00:00"}, ["K1", "K2"]),
        ({"validAt": "2023-12-31"}, []),
        ({"knownAt": "2024-05-02T10:00:00Z"}, ["K1", "K2"]),
        ({"knownAt": "2024-05-02T09:59:59Z"}, []),
        (None, ["K1", "K2"]),
    ],
)
def test_the_instants_decide_what_holds(caller: Caller, at: object, expected: list[str]) -> None:
    assert contracts(caller.ask(TOUCHES, "staff", site=named("F1").value, at=at)) == expected


def test_weaker_paths_can_be_left_out(caller: Caller) -> None:
    site = named("F2").value
    assert contracts(caller.ask(TOUCHES, "staff", site=site, at=SPRING, minScope="CONTRACT")) == ["K2"]
    assert contracts(caller.ask(TOUCHES, "staff", site=site, at=SPRING, minBasis="MONITOR_OBSERVATION")) == []


def test_every_hop_tells_its_claim_its_record_and_its_source(caller: Caller) -> None:
    query = """query ($site: ID!) { contractsTouching(site: $site) { edges { node { path {
      from { __typename id } to { __typename id } kind scope basis validFrom validTo
      claim { id kind tier } record { id kind attributedTo { label } }
      source { document sheet row column page cell }
    } } } } }"""
    answer = caller.ask(query, "ex:uni-a", site=named("F2").value)
    (edge,) = answer["contractsTouching"]["edges"]
    covers, made = edge["node"]["path"]
    assert covers == {
        "from": {"__typename": "Contract", "id": named("K1").value},
        "to": {"__typename": "ProductModel", "id": named("L1").value},
        "kind": "COVERS",
        "scope": "CONTRACT",
        "basis": None,
        "validFrom": None,
        "validTo": None,
        "claim": None,
        "record": {"id": named("N1").value, "kind": "CONTRACT_NOTICE", "attributedTo": [{"label": "University A"}]},
        "source": None,
    }
    assert made["to"] == {"__typename": "Site", "id": named("F2").value}
    assert made["claim"] == {"id": named("c9").value, "kind": "SUPPLY_CLAIM", "tier": "FINAL_ASSEMBLY"}
    assert (made["scope"], made["validFrom"], made["validTo"]) == ("BRAND", "2022-01-01", None)
    assert made["source"] == {
        "document": "https://brand.example/list.xlsx",
        "sheet": "Sites",
        "row": 12,
        "column": "C,E",
        "page": None,
        "cell": "C12",
    }


def test_a_contract_touches_sites_of_the_kinds_that_are_asked_for(caller: Caller) -> None:
    query = """query ($contract: ID!, $kinds: [SiteKind!]) {
      sitesTouchedBy(contract: $contract, kinds: $kinds) { totalCount edges { node { site { id kind } } } }
    }"""
    found = caller.ask(query, "staff", contract=named("K1").value)["sitesTouchedBy"]
    assert [edge["node"]["site"] for edge in found["edges"]] == [
        {"id": named("F1").value, "kind": "FACTORY"},
        {"id": named("F2").value, "kind": "FACTORY"},
    ]
    assert caller.ask(query, "staff", contract=named("K1").value, kinds=["FACTORY"])["sitesTouchedBy"] == found
    for kinds in (["MINE", "SMELTER"], []):
        empty = {"sitesTouchedBy": {"totalCount": 0, "edges": []}}
        assert caller.ask(query, "staff", contract=named("K1").value, kinds=kinds) == empty


def test_what_is_nested_holds_at_the_instants_of_the_answer(caller: Caller) -> None:
    query = """query ($site: ID!, $at: AsOfInput) { contractsTouching(site: $site, at: $at) { edges { node {
      contract { covers { id } sitesTouched { edges { node { site { id } } } } }
      site { contractsTouching { edges { node { contract { id } } } } }
    } } } }"""
    at = {"validAt": "2024-02-01", "knownAt": "2024-02-01T00:00:00Z"}
    answer = caller.ask(query, "staff", site=named("F2").value, at=at)
    for edge in answer["contractsTouching"]["edges"]:
        touched = edge["node"]["contract"]["sitesTouched"]["edges"]
        assert [one["node"]["site"]["id"] for one in touched] == [named("F2").value]
        assert edge["node"]["contract"]["covers"] == [{"id": named("L1").value}]
        touching = edge["node"]["site"]["contractsTouching"]["edges"]
        assert [one["node"]["contract"]["id"] for one in touching] == [named("K2").value, named("K1").value]


@pytest.mark.parametrize("other", ["L1", "K1", "D1", "brand-x"])
def test_what_is_no_site_is_touched_by_nothing(caller: Caller, other: str) -> None:
    assert contracts(caller.ask(TOUCHES, "staff", site=named(other).value)) == []


@pytest.mark.parametrize("number", [0, 1])
def test_the_answers_of_a_world_are_those_of_the_independent_program(
    number: int,
    house: House,
    shared_data: Path,
) -> None:
    worlds = shared_data / "worlds"
    text = (worlds / f"world-{number}.trig").read_text(encoding="utf-8")
    house.load(text)
    caller = caller_of(house)
    with (worlds / f"world-{number}.expected.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    questions: dict[tuple[str, str, str, str], list[tuple[str, str, str, int]]] = {}
    for row in rows:
        expected = questions.setdefault((row["reader"], row["site"], row["validAt"], row["knownAt"]), [])
        if row["contract"]:
            expected.append((row["contract"], code(row["scope"]), code(row["basis"]), int(row["hops"])))
    assert any(questions.values())
    for (reader, site, valid_at, known_at), unordered in questions.items():
        expected = sorted(unordered, key=strongest_first)
        answer = caller.ask(TOUCHES, reader, site=site, at={"validAt": valid_at, "knownAt": known_at})
        nodes = [edge["node"] for edge in answer["contractsTouching"]["edges"]]
        assert [(one["contract"]["id"], one["scope"], one["basis"], one["hops"]) for one in nodes] == expected


def strongest_first(row: tuple[str, str, str, int]) -> tuple[int, int, int, str]:
    contract, scope, basis, hops = row
    return -(Scope[scope].rank or 0), -(EvidenceBasis[basis].rank or 0), hops, contract


def code(text: str) -> str:
    """The name that GraphQL gives a concept, from its last part."""
    return text.rpartition("/")[2].replace("-", "_").upper()


def test_the_example_is_one_that_readers_see_differently(house: House) -> None:
    house.load(EXAMPLE)
    caller = caller_of(house)
    seen = {reader: contracts(caller.ask(TOUCHES, reader, site=named("F2").value)) for reader in ("public", "staff")}
    assert seen == {"public": [], "staff": ["K1", "K2"]}
