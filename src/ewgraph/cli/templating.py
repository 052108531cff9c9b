"""`template`: a form to fill in, with what is known in it already."""

from __future__ import annotations

import io
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from ewgraph.access import parse_principal
from ewgraph.assets import asset
from ewgraph.cli import DONE, UsageError
from ewgraph.cli.directory import Reading, reading
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError, NotFoundError
from ewgraph.ingest.mapping import load_mapping
from ewgraph.ingest.template import Form, known_of, words_in, write_form
from ewgraph.model.rdf import IRI, Quad, iri
from ewgraph.settings import Settings


def template(arguments: Namespace, settings: Settings) -> int:
    """Write the form of that kind; there is one."""
    try:
        contract, principal = iri(arguments.contract), parse_principal(arguments.reader)
    except InputError as error:
        raise UsageError(str(error)) from error
    form = Form(
        load_mapping("factory-disclosure"),
        words_in(arguments.language),
        asset("ontology") / "kos",
        SystemClock().now().date(),
    )
    with reading(settings) as here:
        try:
            known = known_of(here.gate.view(principal), _quads_of(here), contract, arguments.language)
        except NotFoundError as error:
            raise UsageError(str(error)) from error
    out = io.BytesIO()
    write_form(known, form, out)
    path = Path(arguments.out or f"disclosure-{contract.value.rpartition('/')[2] or 'form'}.xlsx")
    try:
        path.write_bytes(out.getvalue())
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from error
    said = sum(1 for row in known.rows if row.get("site_name"))
    print(f"{path}: {known.label}, {len(known.models)} models, {said} sites said before", file=sys.stderr)
    return DONE


def _quads_of(here: Reading) -> Callable[[IRI], list[Quad]]:
    def quads(record: IRI) -> list[Quad]:
        entry = here.ledger.entry(record)
        return entry.quads() if entry else []

    return quads
