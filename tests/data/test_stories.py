"""The four stories of data/example/README.md are in the data."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from conftest import RecordFile

ROOT = Path(__file__).resolve().parents[2]
PREFIXES = """
PREFIX ew: <https://w3id.org/ewgraph/ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX site: <https://data.example.org/id/site/> PREFIX model: <https://data.example.org/id/model/>
PREFIX contract: <https://data.example.org/id/contract/> PREFIX ex: <https://data.example.org/id/>
"""


@pytest.fixture(scope="module")
def store(example: list["RecordFile"]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for record in example for quad in record.quads)
    return store


def answers(store: ox.Store, query: str) -> set[str]:
    return {solution[0].value.rsplit("/", 1)[1] for solution in store.query(PREFIXES + query)}


def test_component_sites_of_aldermoor_are_overdue(store: ox.Store) -> None:
    overdue = answers(
        store,
        """SELECT ?o { ?o ew:ofContract contract:aldermoor-laptops-2024 ;
        ew:dueOn ?due ; ew:aboutTier ?tier
        FILTER(?due < "2026-10-31"^^<http://www.w3.org/2001/XMLSchema#date>)
        FILTER NOT EXISTS { ?record ew:fulfils ?o } }""",
    )
    assert overdue == {"obligation-aldermoor-laptops-2024-component-sites"}


def test_several_affiliates_buy_from_northbridge(store: ox.Store) -> None:
    buyers = answers(
        store,
        """SELECT ?b { ?claim ew:site site:northbridge-assembly ; ew:output ?m .
        ?contract ew:hasLine/ew:model ?m ; ew:buyer ?b }""",
    )
    assert buyers >= {"aldermoor", "norrvik", "oosterveen", "wexcombe-university"}


def test_the_tin_of_cerro_vellado_reaches_models_through_the_whole_company_only(store: ox.Store) -> None:
    scopes = answers(
        store,
        """SELECT ?scope { ?feeds ew:mine site:cerro-vellado ; ew:smelter ?smelter .
        ?listed ew:smelter ?smelter ; ew:scope ?scope }""",
    )
    assert scopes == {"company"}
    assert answers(store, "SELECT ?c { ?c ew:deliveredTo ?x ; ew:site site:altiplano-smelter }") == set()


def test_saltmarsh_is_remedied_by_a_revision(store: ox.Store) -> None:
    statuses = answers(
        store,
        """SELECT ?status { ?f a ew:Finding ; ew:site site:saltmarsh-electronics ; ew:breachStatus ?status ;
        ew:assertedIn ?record FILTER NOT EXISTS { ?later prov:wasRevisionOf ?record } }""",
    )
    assert statuses == {"remedied"}


def test_questions_that_were_not_asked_have_no_value(store: ox.Store) -> None:
    assert (
        len(
            answers(
                store,
                """SELECT ?o { ?o ew:site site:cerro-vellado ; a ew:ObservationClaim
        FILTER NOT EXISTS { ?o ew:value ?v } }""",
            )
        )
        == 2
    )


def test_all_kinds_of_answer_occur(store: ox.Store) -> None:
    assert answers(store, "SELECT ?c { ?x ew:completeness ?c }") >= {"complete", "partial", "none-exists"}
    assert answers(store, "SELECT ?s { ?x ew:dueDiligenceStatus ?s }") >= {"upstream-refused", "upstream-silent"}
    assert answers(store, "SELECT ?r { ?r a ew:Retraction ; ew:retracts ?claim . ?claim ew:assertedIn ?record }")
    assert answers(store, "SELECT ?r { ?r a ew:Disclosure ; prov:wasRevisionOf ?old }")
    assert answers(
        store,
        """SELECT ?r { ?o ew:dueOn ?due . ?r a ew:Disclosure ; ew:fulfils ?o ; ew:receivedAt ?on
        FILTER(SUBSTR(STR(?on), 1, 10) > STR(?due)) }""",
    )


def test_everything_that_is_referred_to_is_described(store: ox.Store) -> None:
    dangling = answers(
        store,
        """SELECT ?thing { ?s ?p ?thing FILTER(STRSTARTS(STR(?thing), "https://data.example.org/id/"))
        FILTER NOT EXISTS { ?thing a ?kind } }""",
    )
    assert dangling == set()


def test_every_iri_of_the_readme_exists(store: ox.Store) -> None:
    words = (ROOT / "data" / "example" / "README.md").read_text(encoding="utf-8").split("`")[1::2]
    named = {word for word in words if word.startswith("id/") and "…" not in word}
    assert len(named) > 30
    missing = {word for word in named if not store.query(f"ASK {{ <https://data.example.org/{word}> a ?kind }}")}
    assert missing == set()


def test_the_files_are_in_step_with_the_generator() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "example_world.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
