"""The stored queries keep to the house style; each planted offence is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewgraph.catalogue import load_catalogue
from tests.conftest import ROOT
from tests.queries.hygiene import faults, list_faults, prefixes_of

PREFIXES = prefixes_of(ROOT / "ontology")
GOOD = """#+ id: planted
#+ parameter site IRI - a site
#+ column claim IRI - a claim
#+ order: claim
PREFIX ew: <https://w3id.org/ewgraph/ns#>
SELECT ?claim ?site
WHERE { ?claim ew:site ?site . }
ORDER BY ?claim
"""
INNER = "{ SELECT ?claim ?site WHERE { ?claim ew:site ?site } ORDER BY ?claim LIMIT 3 }"
OFFENCES = {
    "is not projected": ("?claim ?site\nWHERE", "?claim\nWHERE"),
    "are not the projection": ("SELECT ?claim ?site\nWHERE", "SELECT ?claim ?site ?other\nWHERE"),
    "has no ORDER BY": ("ORDER BY ?claim\n", ""),
    "is not that of the query": ("ORDER BY ?claim", "ORDER BY ?site"),
    "what falls in the order": ("ORDER BY ?claim\n", "ORDER BY DESC(?claim)\n"),
    "what falls in the query": ("order: claim\n", "order: claim desc\n"),
    "the prefix ew is": ("https://w3id.org/ewgraph/ns#", "https://w3id.org/other/ns#"),
    "calls a SERVICE": ("?claim ew:site ?site .", "SERVICE <https://example.org/> { ?claim ew:site ?site }"),
    "its graphs with FROM": ("\nWHERE", "\nFROM <https://example.org/g>\nWHERE"),
    "names the graph": ("?claim ew:site ?site .", "GRAPH <https://example.org/g> { ?claim ew:site ?site }"),
    "a sub-select uses the parameter site": (
        "?claim ew:site ?site .",
        INNER.replace("?claim ?site WHERE", "?claim WHERE"),
    ),
    "a LIMIT has no ORDER BY": ("?claim ew:site ?site .", INNER.replace("ORDER BY ?claim ", "")),
    "not a SELECT": ("SELECT ?claim ?site\nWHERE { ?claim ew:site ?site . }\nORDER BY ?claim", "ASK { ?s ?p ?o }"),
    "its first WHERE": ("WHERE { ?claim", "WHERE\n{ ?claim"),
    "the parameter site is made": ("?claim ew:site ?site .", "?claim a ew:Claim . BIND(ew:none AS ?site)"),
    "2 triples stand in one EXISTS": (
        "?site . }",
        "?site . FILTER NOT EXISTS { ?later ew:retracts ?claim ; ew:receivedAt ?at } }",
    ),
    "a path of several steps": ("?site . }", "?site . FILTER EXISTS { ?claim ew:assertedIn/ew:receivedAt ?at } }"),
    "an OPTIONAL stands in EXISTS": ("?site . }", "?site . FILTER EXISTS { ?claim a ?c OPTIONAL { ?c a ?d } } }"),
    "a hop has the columns": ("#+ order: claim", "#+ order: claim\n#+ walk: planted"),
}


def found(folder: Path, text: str) -> list[str]:
    (folder / "planted.rq").write_text(text, encoding="utf-8")
    return faults(load_catalogue(folder)["planted"], PREFIXES)


@pytest.mark.parametrize("path", sorted((ROOT / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_the_query_keeps_to_the_style(path: Path) -> None:
    assert faults(load_catalogue(path.parent)[path.stem], PREFIXES) == []


@pytest.mark.parametrize("offence", OFFENCES)
def test_a_planted_offence_is_found(tmp_path: Path, offence: str) -> None:
    assert found(tmp_path, GOOD) == []
    before, after = OFFENCES[offence]
    assert before in GOOD
    planted = found(tmp_path, GOOD.replace(before, after))
    assert [fault for fault in planted if offence in fault] != []


def test_a_variable_graph_and_an_ordered_sub_select_are_no_offence(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD.replace("?claim ew:site ?site .", INNER)) == []
    assert found(tmp_path, GOOD.replace("?claim ew:site ?site .", "GRAPH ?g { ?claim ew:site ?site }")) == []


@pytest.mark.parametrize("path", sorted((ROOT / "queries" / "lists").glob("*.rq")), ids=lambda path: path.stem)
def test_what_a_list_asks_the_existence_of_is_one_triple(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert list_faults(text) == []
    assert list_faults(f"{text}\nFILTER EXISTS {{ ?node ew:a ?b . ?b ew:c ?d }}") != []
