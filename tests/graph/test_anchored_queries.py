"""The leading question, written as one would write it: over a graph in which it took most of a minute."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import pytest

from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.workers import Answer, Asker, FreeQuery, Limits, QueryPool
from ewgraph.model.rdf import IRI, Quad

NS = "https://data.example.org/"
MINE = IRI(f"{NS}graph/mine")
FORMATS = {"solutions": "text/csv", "boolean": "application/sparql-results+json", "graph": "application/n-triples"}
SECONDS = 5
HEADLINE = f"PREFIX : <{NS}> SELECT DISTINCT ?c {{ ?c :covers/:madeAt/:suppliedBy* :last }} ORDER BY ?c"


def supply(rng: random.Random) -> Iterator[Quad]:
    """3,000 contracts, 1,500 models, 3,000 sites that supply each other, in circles too: 27,000 quads."""

    def said(subject: str, predicate: str, value: str) -> Quad:
        return Quad(IRI(NS + subject), IRI(NS + predicate), IRI(NS + value), MINE)

    yield from (said(f"c{n // 2}", "covers", f"m{rng.randrange(1500)}") for n in range(6000))
    yield from (said(f"m{n // 4}", "madeAt", f"s{rng.randrange(3000)}") for n in range(6000))
    yield from (said(f"s{rng.randrange(3000)}", "suppliedBy", f"s{rng.randrange(3000)}") for _ in range(15_000))
    yield said("s7", "suppliedBy", "last")


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryPool]:
    folder = tmp_path_factory.mktemp("supply")
    store = GraphStore.open(folder / "graph")
    store.change(list(supply(random.Random(1))))  # noqa: S311  # a world that is always the same
    store.checkpoint(folder / "1")
    pool = QueryPool(lambda: folder / "1", Limits(SECONDS, 512, 10_000_000), slots=1)
    yield pool
    pool.close()


def ask(pool: QueryPool, text: str) -> Answer:
    return asyncio.run(pool.run(FreeQuery(text, (MINE,), FORMATS), Asker("me")))


def test_the_leading_question_is_answered_in_time(pool: QueryPool) -> None:
    """Unanchored it takes more than twice the time there is, on any machine that we have met."""
    found = ask(pool, HEADLINE)
    assert found.anchors == (":last",)
    assert len(found.content.split()) > 2900
    walked = f"PREFIX : <{NS}> SELECT DISTINCT ?c {{ :last (^:suppliedBy)*/^:madeAt/^:covers ?c }} ORDER BY ?c"
    assert found.content == ask(pool, walked).content


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?c :covers/:madeAt/:suppliedBy* :last }",
        "SELECT * { ?c :covers ?m . ?m :madeAt ?s . ?s :suppliedBy* :last }",
        "SELECT * { ?c :covers ?m OPTIONAL { ?c :covers/:madeAt/:suppliedBy* :last } }",
        "SELECT * { ?c :covers ?m MINUS { ?c :covers/:madeAt/:suppliedBy* :last } }",
        "SELECT * { GRAPH ?g { ?c :covers/:madeAt/(!:covers)* :last } }",
        "SELECT * { { SELECT ?c { ?c :covers/(:madeAt/:suppliedBy*)? :last } } }",
        "ASK { ?c :covers ?m . :last ^:suppliedBy*/^:madeAt ?m }",
    ],
)
def test_so_is_each_way_to_write_it(pool: QueryPool, text: str) -> None:
    assert ask(pool, f"PREFIX : <{NS}> {text}").anchors == (":last",)
