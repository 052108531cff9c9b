"""What the guide to searching says is found, is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ewgraph.graph.audience import PUBLIC
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad
from ewgraph.names.index import NameIndex
from ewgraph.names.search import Wanted

GUIDE = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8").partition("## Over HTTP")[0]
ROWS = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \| ([^:|]+?)(?::|,| \|)", GUIDE, re.MULTILINE)
WORDS = re.compile(r"`([^`]+)`")
CLAIMS = [
    (text, name) for texts, name in ROWS if not name.startswith(("the ", "what ")) for text in WORDS.findall(texts)
]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    store = GraphStore.in_memory()
    for number, name in enumerate(dict(CLAIMS).values()):
        thing = IRI(f"https://data.example.org/id/{number}")
        store.change(
            [
                Quad(thing, terms.RDF.type, terms.Organization, PUBLIC),
                Quad(thing, terms.RDFS.label, Literal(name), PUBLIC),
            ]
        )
    return NameIndex(store)


def test_the_guide_makes_claims() -> None:
    assert len(CLAIMS) >= 8


@pytest.mark.parametrize(("text", "name"), CLAIMS)
def test_what_the_guide_says_is_found_is_found_first(index: NameIndex, text: str, name: str) -> None:
    assert index.search([PUBLIC], Wanted(text)).items[0].name.text == name
