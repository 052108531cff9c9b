"""`export`: the records, or the graph, that a reader sees."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Final

from ewgraph.access import View, parse_principal
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import reading
from ewgraph.cli.parser import EXPORT_FORMATS
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError
from ewgraph.graph.content import contribution
from ewgraph.ingest.mapping import prefixes
from ewgraph.ledger import COMMAND_LINE, Audit, Entry, Event, Ledger
from ewgraph.model import terms
from ewgraph.model.rdf import Quad, RdfFormat, parse, serialize
from ewgraph.settings import Settings

_FORMATS: Final = {
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "ttl": RdfFormat.TURTLE,
}
_MARKS: Final = frozenset({terms.RDF.type, terms.describedIn, terms.assertedIn})
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
        Audit(here.ledger, SystemClock()).note(
            Event.EXPORTED, COMMAND_LINE, "staff", what=arguments.what, reader=principal.name
        )
        out, file_format = sys.stdout.buffer, _FORMATS[name]
        short = prefixes() if name in {"trig", "ttl"} else None
        if arguments.what == "records":
            records = _records(here.ledger, here.gate.view(principal))
            serialize(records, out, format=file_format, prefixes=short)
        else:
            triples = (quad.triple for quad in here.gate.view(principal).quads())
            serialize(triples, out, format=file_format, prefixes=short)
        sys.stdout.buffer.flush()
    return DONE


def _records(ledger: Ledger, view: View) -> Iterator[Quad]:
    """The quads of the records all of which the view shows, in the order of the ledger, as they came in."""
    after = 0
    while entries := ledger.entries(after, _PAGE):
        for entry in entries:
            after = entry.seq
            if not entry.is_erased and is_shown(entry, view):
                # Canonical labels of blank nodes are unique in their record only.
                yield from parse(entry.content, format=RdfFormat.N_QUADS, rename_blank_nodes=True)


def is_shown(entry: Entry, view: View) -> bool:
    """Whether the view shows the whole of a record: each of its nodes, as this record tells of it.

    A node of a record is shown as a whole or not at all, so its type and its link to the record tell. Other values of
    an entity may show no more since a revision says them anew.
    """
    return all(
        next(view.quads(quad.subject, quad.predicate, quad.object), None) is not None  # type: ignore[arg-type]  # no blank nodes
        for quad in contribution(entry)
        if quad.subject == entry.iri or quad.predicate in _MARKS
    )
