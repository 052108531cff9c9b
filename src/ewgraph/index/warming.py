"""Compiles whatever questions call, ahead of the first reader: `python -m ewgraph.index.warming`.

Compiled functions are kept on disk, so this is to be done once for each version of the program.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ewgraph.graph.audience import PUBLIC
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.standing import statements
from ewgraph.graph.trust import PROJECTION, SUBMITTER
from ewgraph.index.compiled import folder, is_kept
from ewgraph.index.index import Index
from ewgraph.index.lens import Lens
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.rdf import IRI, Quad, RdfFormat, datetime_literal, parse
from ewgraph.model.window import ALL

_DONE: Final = "all-of-them"
_NOW: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_RECORDS: Final = (IRI("urn:x:record"), IRI("urn:x:later"))
_SAID: Final = f"""
@prefix ew: <{terms.EW}> . @prefix x: <urn:x:> .
x:covered a ew:Coverage ; ew:ofContract x:contract ; ew:ofModel x:model ; ew:line x:line .
x:made a ew:SupplyClaim ; ew:output x:model ; ew:site x:factory .
x:sourced a ew:SourcingClaim ; ew:smelter x:factory ; ew:mine x:mine ; ew:mineral <{terms.EWK}mineral/tin> .
x:same a ew:SameSiteClaim ; ew:siteA x:factory ; ew:siteB x:works ; ew:verdict <{terms.EWK}verdict/same> .
"""


@contextmanager
def meanwhile() -> Iterator[None]:
    """Have it done by another process, unless that has been done or would be lost, and wait for it in the end."""
    if (folder() / _DONE).exists() or not is_kept():
        yield
        return
    program = [sys.executable, "-m", __name__]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(program, stdin=nowhere, stdout=nowhere, stderr=nowhere) as process:  # noqa: S603  # ourselves
        try:
            yield
        except BaseException:
            process.kill()
            raise
        if process.poll() is None:
            sys.stderr.write("compiling the trace engine, once for each version: this takes up to a minute\n")


def warm() -> None:
    """Ask a small index every question, and take it further."""
    store = GraphStore.in_memory()
    store.change(list(_world(_RECORDS[0])))
    index = Index.built(store)
    later = list(_world(_RECORDS[1]))
    with index.following(statements(store, _RECORDS[1]), ""):
        store.change(later)
    index.write()
    contract, site = IRI("urn:x:contract"), IRI("urn:x:factory")
    least = Scope.COMPANY, EvidenceBasis.INFERRED
    lens = Lens(index, [PUBLIC], _NOW.date(), _NOW)
    lens.contracts_touching(site, *least, ALL)
    lens.sites_touched_by(contract, None, *least, ALL)
    lens.mineral_origins(contract, None, None, *least, ALL)
    lens.exposures(site, *least, ALL)
    lens.best_paths(contract, IRI("urn:x:mine"), *least, 2, 5)
    lens.known(contract)
    lens.links(site, [IRI("urn:x:buyer")])
    for start, up in ((contract, True), (site, False)):
        lens.differences(_NOW - dt.timedelta(days=1), [start], up=up, is_new=lambda _: False, new_claims={})
    (folder() / _DONE).touch()


def _world(record: IRI) -> list[Quad]:
    """What a record says, shown to all."""
    said = [
        Quad(record, terms.RDF.type, terms.Disclosure, record),
        Quad(record, terms.receivedAt, datetime_literal(_NOW - dt.timedelta(hours=1)), record),
    ]
    for quad in parse(_SAID, format=RdfFormat.TURTLE):
        said += [
            Quad(quad.subject, quad.predicate, quad.object, record),
            Quad(quad.subject, terms.assertedIn, record, record),
        ]
    shown = [Quad(quad.subject, quad.predicate, quad.object, PUBLIC) for quad in said]
    return [*said, *shown, Quad(record, SUBMITTER, record, PROJECTION)]


if __name__ == "__main__":
    warm()
