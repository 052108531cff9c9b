"""Goods that are listed for child or forced labour, by country."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Term
from tests.ingest.formats.reading_of import Outcome, csv_file, outcome_of

HEADINGS = [
    "good", "sector", "country", "region", "child_labor", "forced_labor", "forced_child_labor",
    "derived_labor_exploitation", "derived_country",
]  # fmt: skip
Pairs = dict[tuple[str, str], set[str]]


def local(text: str) -> str:
    return text.rpartition("/")[2]


def pairs(outcome: Outcome, by: IRI = terms.goods) -> Pairs:
    """By goods and country: the topics that they are listed for."""
    said: defaultdict[Term, defaultdict[IRI, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in outcome.quads:
        if isinstance(quad.object, IRI | Literal):
            said[quad.subject][quad.predicate].append(quad.object.value)
    return {
        (local(name), local(claim[terms.originCountry][0])): set(map(local, claim[terms.topic]))
        for claim in said.values()
        if terms.ListedGoods.value in claim[terms.RDF.type]
        for name in claim[by]
    }


def read(tmp_path: Path, *rows: list[str]) -> Outcome:
    return outcome_of(csv_file(tmp_path / "goods.csv", HEADINGS, *rows), "ilab-goods")


def test_a_pair_says_what_it_is_listed_for(tmp_path: Path) -> None:
    row = ["Electronics", "Manufacturing", "China", "x", "Yes", "Yes", "No", "No", "No"]
    outcome = read(tmp_path, row)
    assert (outcome.refused, outcome.file) == ([], [])
    assert pairs(outcome) == {("Electronics", "CHN"): {"child-labour", "forced-labour"}}
    assert [local(value) for value in outcome.values("category")] == ["30200000", "32000000"]
    assert outcome.values("inputCountry") == []


def test_goods_that_are_listed_for_an_input_name_its_country(tmp_path: Path) -> None:
    derived = "Congo, Democratic Republic of the"
    outcome = read(tmp_path, ["Lithium-Ion Batteries", "Manufacturing", "China", "x", *["No"] * 3, "Yes", derived])
    assert outcome.refused == []
    assert pairs(outcome) == {("Lithium-Ion Batteries", "CHN"): set()}
    assert [local(value) for value in outcome.values("inputCountry")] == ["COD"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Tin", "Mining", "Bolvia", "x", "Yes", "No", "No", "No", "No"], ("C2", "originCountry")),
        (["Tin", "Mining", "Bolivia", "x", "No", "No", "No", "No", "No"], ("2", "ListedGoods-abuse")),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, row: list[str], expected: tuple[str, str]) -> None:
    assert expected in read(tmp_path, row).refused


@pytest.fixture(scope="module")
def listed(shared_data: Path) -> Outcome:
    return outcome_of(shared_data / "us-dol-ilab" / "goods-flat.csv", "ilab-goods")


def test_every_pair_is_a_claim_and_conforms(listed: Outcome) -> None:
    assert (listed.refused, listed.file, listed.findings) == ([], [], [])
    assert len(pairs(listed)) == 467
    assert len({good for good, _ in pairs(listed)}) == 169


def test_electronics_and_tin_are_listed_as_published(listed: Outcome) -> None:
    found = pairs(listed)

    def of(good: str) -> dict[str, set[str]]:
        return {country: topics for (name, country), topics in found.items() if name == good}

    assert of("Electronics") == {
        "CHN": {"child-labour", "forced-labour", "forced-child-labour"},
        "MYS": {"forced-labour"},
        "PAK": {"child-labour"},
    }
    assert of("Tin") == {"BOL": {"child-labour"}, "IDN": {"child-labour"}}
    assert {"child-labour", "forced-labour"} <= of("Tin ore (cassiterite)")["COD"]
    assert of("Cobalt ore (heterogenite)") == {"COD": {"child-labour"}}
    assert set(of("Mica")) == {"IND", "MDG"}
    assert of("Polysilicon") == {"CHN": {"forced-labour"}}
    assert len(of("Gold")) == 26


def test_minerals_are_found_whatever_the_list_calls_them(listed: Outcome) -> None:
    found = pairs(listed, by=terms.mineral)
    assert {country for mineral, country in found if mineral == "tin"} == {"BOL", "IDN", "COD"}
    assert ("tantalum", "COD") in found
    assert ("tungsten", "COD") in found
    assert ("cobalt", "COD") in found
