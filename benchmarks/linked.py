"""A dump beside the store's own, what is new in a large graph, and compacted JSON-LD beside pyld."""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pyld import jsonld
from pyoxigraph import RdfFormat, Store, serialize

from benchmarks.measure import median_s, table
from ewgraph.access import PUBLIC_READER, AsOf, View
from ewgraph.api.linkeddata.context import Context
from ewgraph.api.linkeddata.dumps import Dumps
from ewgraph.api.linkeddata.jsonld import json_ld
from ewgraph.api.linkeddata.ldes import Stream, members_of, page_of
from ewgraph.api.linkeddata.ontology import Ontology
from ewgraph.api.linkeddata.timeline import Timelines
from ewgraph.assets import asset
from ewgraph.graph.audience import PUBLIC
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad, Triple, datetime_literal

QUADS = (100_000, 1_000_000)
CLAIMS = 10
_EACH = 4 + 6 * CLAIMS
_NOW = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
_BASE = "https://data.example.org/id/bench/"


def run() -> str:
    """The tables."""
    rows = [json.loads(_measured(size)) for size in QUADS]
    streams = table(
        "Everybody's graph, on disk",
        ["quads", "dump s", "bare Store.dump s", "MB more", "records", "timeline s", "first page ms", "again ms"],
        rows,
    )
    written = table(
        "One description as compacted JSON-LD, ms (median of 20)",
        ["triples", "ours", "pyld from_rdf and compact", "ratio"],
        [_written(size) for size in (20, 200, 2000)],
    )
    return f"{streams}\n{written}"


def _measured(size: int) -> str:
    """In a process of its own, for the memory."""
    done = subprocess.run(  # ourselves
        [sys.executable, "-m", "benchmarks.linked", str(size)], check=True, capture_output=True, text=True
    )
    return done.stdout


def _row(size: int) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        bare = Store(f"{folder}/graph")
        quads, count = _quads(), 0
        while count < size and (some := list(islice(quads, 50_000))):
            bare.bulk_extend(some)
            count += len(some)
        bare.flush()
        store = GraphStore(bare)
        view = View(store, None, PUBLIC_READER, (PUBLIC,), AsOf(_NOW.date(), _NOW), lambda: _NOW, lambda *_: {})
        before, started = _megabytes(), time.process_time()
        Dumps(Path(folder) / "dumps", lambda _: None).make(view, _NOW)
        dumping, more = time.process_time() - started, _megabytes() - before
        started = time.process_time()
        with Path(folder, "bare.nq").open("wb") as out:
            bare.dump(out, format=RdfFormat.N_QUADS)
        bare_s = time.process_time() - started
        timelines, stream = (
            Timelines(lambda _: {}, lambda _: "", lambda: 0, lambda _: None),
            Stream(f"{_BASE}feed", "bench"),
        )
        started = time.process_time()
        items, _ = timelines.of(view, PUBLIC).after(None, 50)
        first = time.process_time() - started
        page_s = median_s(lambda: list(page_of(stream, None, members_of(view, items, 20_000), more=True)), 5)
        again = median_s(lambda: timelines.of(view, PUBLIC).after(items[-1].key, 50), 20)
    return [
        *(count, f"{dumping:.1f}", f"{bare_s:.1f}", f"{more:.0f}", count // _EACH),
        *(f"{first:.2f}", f"{page_s * 1e3:.0f}", f"{again * 1e3:.2f}"),
    ]


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _quads() -> Iterator[Quad]:
    number = 0
    while True:
        record = IRI(f"{_BASE}R{number}")
        yield Quad(record, terms.RDF.type, terms.Record, PUBLIC)
        yield Quad(record, terms.RDFS.label, Literal(f"Record {number}"), PUBLIC)
        yield Quad(record, terms.PROV.wasAttributedTo, IRI(f"{_BASE}org"), PUBLIC)
        yield Quad(record, terms.recordedAt, datetime_literal(_NOW + dt.timedelta(seconds=number)), PUBLIC)
        for place in range(CLAIMS):
            claim = IRI(f"{_BASE}R{number}/c{place}")
            yield Quad(claim, terms.RDF.type, terms.SupplyClaim, PUBLIC)
            yield Quad(claim, terms.RDF.type, terms.Claim, PUBLIC)
            yield Quad(claim, terms.assertedIn, record, PUBLIC)
            yield Quad(claim, terms.site, IRI(f"{_BASE}F{(number * 7 + place) % 997}"), PUBLIC)
            yield Quad(claim, terms.output, IRI(f"{_BASE}M{number % 311}"), PUBLIC)
            yield Quad(claim, terms.tier, IRI(f"{terms.EWK}tier/final-assembly"), PUBLIC)
        number += 1


def _written(size: int) -> list[object]:
    ontology = Ontology(asset("ontology"), asset("shapes"))
    context = Context.of(asset("ontology"), asset("shapes"), ontology.prefixes)
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in islice(_quads(), size)]
    lines = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    document = context.document()
    ours = median_s(lambda: json_ld(context, triples, None, ""), 20)

    def theirs() -> None:
        expanded = jsonld.from_rdf(lines, {"format": "application/n-quads"})
        json.dumps(jsonld.compact(expanded, document))

    peer = median_s(theirs, 20 if size < 1000 else 5)
    return [size, f"{ours * 1e3:.2f}", f"{peer * 1e3:.1f}", f"{peer / ours:.0f}"]


if __name__ == "__main__":
    print(json.dumps(_row(int(sys.argv[1]))))
