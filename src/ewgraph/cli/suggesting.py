"""`suggest`: what the headings of a brand's list probably mean, and how to confirm it."""

from __future__ import annotations

import shlex
from argparse import Namespace
from pathlib import Path

from ewgraph.assets import asset
from ewgraph.cli import DONE, REFUSED, UsageError
from ewgraph.cli.directory import ledger_of
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError, NotFoundError
from ewgraph.ingest.mapping import TableMapping, load_mapping
from ewgraph.ingest.mapping.suggestion import Suggestion, fingerprint, suggest
from ewgraph.ingest.sheets.document import Document, open_document
from ewgraph.ledger import RememberedMappings
from ewgraph.model.rdf import iri
from ewgraph.settings import Settings

_LIKELY = 0.6
_WHY = {
    "heading": "it is called so",
    "part": "a part of the heading says so",
    "similar": "the heading is like it",
    "values": "what stands below looks like it",
}


def suggest_columns(arguments: Namespace, settings: Settings) -> int:
    """Print which heading probably means which column, and the command that confirms it."""
    try:
        mapping = load_mapping(arguments.format)
    except NotFoundError as error:
        raise UsageError(str(error)) from error
    document = _opened(Path(arguments.file))
    found = suggest(document, mapping, asset("ontology") / "kos")
    if not found.row:
        raise InputError(f"{document.name}: nothing in it looks like a row of headings above rows of a list")
    recalled = _recalled(arguments.author, mapping, found, settings) if arguments.author else None
    if recalled is not None:
        print("These columns were confirmed before; `ewgraph disclose` reads the list by them:")
        for name, heading in sorted(recalled.items()):
            print(f"  {name:14} {heading}")
        return DONE
    _print(found)
    if found.missing:
        needed = ", ".join(_title(mapping, name) for name in found.missing)
        print(f"\nNot found, and needed: {needed}. Name the heading: --map {found.missing[0]}=HEADING")
    print("\nTo confirm it, once for all lists with these headings:\n")
    print(f"  {_command(arguments, found)}")
    return REFUSED if found.missing else DONE


def _opened(path: Path) -> Document:
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file")
    return open_document(path, path.name)


def _recalled(author: str, mapping: TableMapping, found: Suggestion, settings: Settings) -> dict[str, str] | None:
    try:
        whose = iri(author)
    except InputError as error:
        raise UsageError(f"--from: {error}") from error
    if not (settings.data / "ledger.sqlite").is_file():
        return None
    with ledger_of(settings) as ledger:
        mark = fingerprint(found.headings.values())
        return RememberedMappings(ledger, SystemClock()).recall(whose, mapping.id, mark)


def _print(found: Suggestion) -> None:
    sheet = f"sheet {found.sheet}, " if found.sheet else ""
    print(f"Headings in {sheet}row {found.row}:\n")
    for name, one in sorted(found.columns.items(), key=lambda each: each[1].number):
        doubt = "" if one.score >= _LIKELY else ": doubtful, left out below"
        print(f"  {name:14} {one.heading:32} {one.score:4.0%}  {_WHY.get(one.why, one.why)}{doubt}")
    left = [text for number, text in found.headings.items() if number not in {c.number for c in found.columns.values()}]
    if left:
        print(f"\nNot read: {', '.join(left)}")


def _title(mapping: TableMapping, name: str) -> str:
    column = next(iter(mapping.tables.values())).columns[name]
    return f"{name} ({column.title.get('en', column.words[0])})"


def _command(arguments: Namespace, found: Suggestion) -> str:
    author = arguments.author or "IRI"
    parts = ["ewgraph", "disclose", arguments.file, "--format", arguments.format, "--from", author]
    for name, one in sorted(found.columns.items(), key=lambda each: each[1].number):
        if one.score >= _LIKELY:
            parts += ["--map", f"{name}={one.heading}"]
    return shlex.join(parts)
