"""`export`: the records, or the graph, that a reader sees."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Final

from ewgraph.access import Principal, parse_principal
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import Reading, reading
from ewgraph.cli.parser import EXPORT_FORMATS
from ewgraph.errors import InputError
from ewgraph.graph.facts import StoreFacts
from ewgraph.graph.policy import audiences
from ewgraph.ingest.mapping import prefixes
from ewgraph.ledger import Entry
from ewgraph.model.rdf import IRI, Quad, RdfFormat, iri, parse, serialize
from ewgraph.settings import Settings

_FORMATS: Final = {
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "ttl": RdfFormat.TURTLE,
}
_PAGE: Final = 256


def export(arguments: Namespace, settings: Settings) -> int:
    """Write to standard output what the reader sees."""
    formats = EXPORT_FORMATS[arguments.what]
    name = arguments.format or formats[0]
    if name not in formats:
        raise UsageError(f"{arguments.what} are exported as {' or '.join(formats)}, not as {name}")
    try:
        principal = parse_principal(arguments.reader)
    except InputError as error:
        raise UsageError(f"--as: {error}") from error
    with reading(settings) as here:
        out, file_format = sys.stdout.buffer, _FORMATS[name]
        short = prefixes() if name in {"trig", "ttl"} else None
        if arguments.what == "records":
            records = _records(here, principal, iri(settings.steward))
            serialize(records, out, format=file_format, prefixes=short)
        else:
            triples = (quad.triple for quad in here.gate.view(principal).quads())
            serialize(triples, out, format=file_format, prefixes=short)
        sys.stdout.buffer.flush()
    return DONE


def _records(here: Reading, principal: Principal, steward: IRI) -> Iterator[Quad]:
    """The quads of the records all of which the reader sees, in the order of the ledger, as they came in."""
    members = here.projector.members()
    graphs = frozenset(principal.graphs(members))
    facts = StoreFacts(here.store, here.catalogue["contracts-touching"], steward, members)
    after = 0
    while entries := here.ledger.entries(after, _PAGE):
        for entry in entries:
            after = entry.seq
            if _is_visible(here, entry, graphs, facts):
                # Canonical labels of blank nodes are unique in their record only.
                yield from parse(entry.content, format=RdfFormat.N_QUADS, rename_blank_nodes=True)


def _is_visible(here: Reading, entry: Entry, graphs: frozenset[IRI], facts: StoreFacts) -> bool:
    quads = list(here.store.quads(None, None, None, entry.iri))
    seen_by = audiences(entry.iri, quads, facts)
    return bool(quads) and all(graphs & seen_by.get(subject, frozenset()) for subject in _subjects(quads))


def _subjects(quads: list[Quad]) -> set[IRI]:
    return {quad.subject for quad in quads if isinstance(quad.subject, IRI)}
