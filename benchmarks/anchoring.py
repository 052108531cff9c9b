"""The leading question as one writes it in SPARQL: run as it stands, and with its paths anchored.

Each query runs in a process that is killed after a while, as the service would.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

from pyoxigraph import NamedNode, Quad, Store

from benchmarks.measure import table
from ewgraph.graph.anchoring import anchored
from ewgraph.graph.grammar import parse_query
from ewgraph.graph.oxigraph import columns_of

SITES = (300, 3000)
SECONDS = 10
NS = "https://data.example.org/"
GRAPH = NamedNode(NS + "graph")
FORMS = {
    "a sequence": "SELECT ?c { ?c :covers/:madeAt/:suppliedBy* :last }",
    "triple by triple": "SELECT ?c { ?c :covers ?m . ?m :madeAt ?s . ?s :suppliedBy* :last }",
    "distinct contracts": "SELECT DISTINCT ?c { ?c :covers/:madeAt/:suppliedBy* :last }",
    "any property": "SELECT ?c { ?c :covers/:madeAt/(!:covers)* :last }",
    "optional, of each contract": "SELECT * { ?c :covers ?m OPTIONAL { ?c :covers/:madeAt/:suppliedBy* :last } }",
    "of one model's contracts": "SELECT * { ?c :covers :m1 . ?c :covers/:madeAt/:suppliedBy* :last }",
    "a path of no length too": "SELECT ?c { ?c :covers/:madeAt ?s . ?s :suppliedBy*/:suppliedBy? :last }",
}


def run() -> str:
    """The tables."""
    return "\n".join(_table(sites) for sites in SITES)


def _table(sites: int) -> str:
    quads = list(_supply(sites, random.Random(1)))  # noqa: S311  # a world that is always the same
    rows = []
    for name, form in FORMS.items():
        text = f"PREFIX : <{NS}> {form}"
        start = time.perf_counter()
        found = anchored(text, parse_query(text)[1], columns_of)
        deciding = time.perf_counter() - start
        if found is None:
            raise RuntimeError(f"{form} is not anchored")
        as_written, rewritten = _milliseconds(quads, text), _milliseconds(quads, found.text)
        ratio = f"{as_written / rewritten:.0f}" if as_written else f"> {SECONDS * 1e3 / rewritten:.0f}"
        told = f"{as_written:.1f}" if as_written else f"> {SECONDS * 1e3:.0f}"
        rows.append([name, told, f"{rewritten:.1f}", ratio, f"{deciding * 1e3:.1f}"])
    columns = ["written as", "as it stands", "anchored", "ratio", "parsing and deciding"]
    return table(f"What touches a site, in SPARQL over {len(quads):,} quads, milliseconds", columns, rows)


def _supply(sites: int, rng: random.Random) -> Iterator[Quad]:
    """Contracts, models and sites that supply each other, in circles too."""

    def said(subject: str, predicate: str, value: str) -> Quad:
        return Quad(NamedNode(NS + subject), NamedNode(NS + predicate), NamedNode(NS + value), GRAPH)

    yield from (said(f"c{n // 2}", "covers", f"m{rng.randrange(sites // 2)}") for n in range(2 * sites))
    yield from (said(f"m{n // 4}", "madeAt", f"s{rng.randrange(sites)}") for n in range(2 * sites))
    yield from (said(f"s{rng.randrange(sites)}", "suppliedBy", f"s{rng.randrange(sites)}") for _ in range(5 * sites))
    yield said("s7", "suppliedBy", "last")


def _milliseconds(quads: list[Quad], text: str) -> float | None:
    """What the query takes; None where it is stopped before it ends."""
    context = multiprocessing.get_context("fork")
    mine, theirs = context.Pipe()
    process = context.Process(target=_asked, args=(theirs, quads, text))
    process.start()
    taken = mine.recv() if mine.poll(SECONDS + 1) else None
    process.kill()
    process.join()
    return taken


def _asked(pipe: Connection, quads: list[Quad], text: str) -> None:
    store = Store()
    store.bulk_extend(quads)
    start = time.perf_counter()
    for _ in store.query(text, default_graph=[GRAPH], named_graphs=[GRAPH]):  # type: ignore[union-attr]  # a SELECT
        pass
    pipe.send((time.perf_counter() - start) * 1e3)
