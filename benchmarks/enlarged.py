"""The example world several times over: the same records again, about things whose names say that they are copies.

The organizations of the affiliations stay who they are, and so do code lists and clauses: an affiliate buys in every
copy. All else is copied, brands and contractors too, so that a question about one thing has the answer that it had, and
one about all has so many times the rows. The records are appended as they are, without validation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ewgraph.assets import asset
from ewgraph.ingest.loading import draft_of
from ewgraph.ingest.reading import SourceFile, read_files
from ewgraph.ingest.records import RecordSource
from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad
from ewgraph.settings import Settings
from ewgraph.web.workspace import Workspace

BASE: Final = "https://data.example.org/id/"
STEWARD: Final = BASE + "steward"
_ONCE: Final = ("affiliations.trig",)
_CALLED: Final = frozenset({terms.RDFS.label, terms.DCT.title, terms.SKOS.notation, terms.modelNumber, terms.ocid})


def enlarge(data: Path, times: int) -> Workspace:
    """A new data directory with the example world so many times over, projected."""
    here = Workspace(Settings(data=data, steward=STEWARD))
    files = _files()
    shared = {
        term.value
        for file in files
        if Path(file.name).name in _ONCE
        for record in file.records
        for quad in record.quads
        for term in (quad.subject, quad.object)
        if isinstance(term, IRI)
    }
    for file in files:
        source = here.ledger.keep_source(Path(file.name).name, file.content)
        copies = 1 if Path(file.name).name in _ONCE else times
        drafts = [
            draft_of(copied, source, OPERATOR)
            for number in range(copies)
            for copied in _copies(file.records, number, shared)
        ]
        here.ledger.append(drafts)
    here.project()
    return here


def _files() -> list[SourceFile]:
    names = sorted(str(path) for path in asset("data/example").glob("*.trig"))
    return [file for file in read_files(names, megabytes=50) if isinstance(file, SourceFile)]


def _copies(records: tuple[RecordSource, ...], number: int, shared: set[str]) -> Iterator[RecordSource]:
    """The records as they are in one of the copies; the first is the world itself."""
    if number == 0:
        yield from records
        return

    def named(term: IRI) -> IRI:
        is_ours = term.value.startswith(BASE) and term.value not in shared and "/clauses/" not in term.value
        return IRI(f"{term.value}-copy-{number}") if is_ours else term

    def copied(quad: Quad) -> Quad:
        old, value = quad.subject, quad.object
        subject = named(old) if isinstance(old, IRI) else BlankNode(f"{old.value}c{number}")  # type: ignore[union-attr]
        if isinstance(value, IRI):
            value = named(value)
        elif isinstance(value, BlankNode):
            value = BlankNode(f"{value.value}c{number}")
        elif isinstance(value, Literal) and quad.predicate in _CALLED and subject != old:
            text = f"{value.value} (copy {number})"
            value = Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)
        return Quad(subject, quad.predicate, value, named(quad.graph_name))  # type: ignore[arg-type]  # a record's graph

    for record in records:
        yield replace(record, record=named(record.record), quads=tuple(map(copied, record.quads)))
