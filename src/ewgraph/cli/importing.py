"""`import`: a table of a known source becomes records, written to a file or loaded."""

from __future__ import annotations

import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from ewgraph.assets import asset
from ewgraph.cli import DONE, REFUSED, UsageError
from ewgraph.cli.directory import ledger_of
from ewgraph.cli.loading import load_files
from ewgraph.clock import SystemClock
from ewgraph.errors import LimitError, NotFoundError
from ewgraph.ingest.importing import Import, Importer
from ewgraph.ingest.mapping import load_mapping, prefixes
from ewgraph.ingest.reading import SourceFile
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.sheets.document import open_document
from ewgraph.ledger import Ledger
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, RdfFormat, datetime_literal, serialize
from ewgraph.settings import Settings
from ewgraph.validate.messages import Messages


def import_table(arguments: Namespace, settings: Settings) -> int:
    """Turn a table into records, write or load them, and say how many sites, records and refused rows there are."""
    try:
        mapping = load_mapping(arguments.source)
    except NotFoundError as error:
        raise UsageError(str(error)) from error
    if mapping.private and arguments.load:
        raise UsageError(f"{arguments.source} names persons, and a file that is loaded is kept. Use ewgraph disclose")
    importer = Importer(mapping, settings.base, asset("ontology") / "kos", Messages(asset("shapes")))
    content = _content(arguments.file, settings.load_megabytes)
    document = open_document(Path(arguments.file), arguments.file)
    received_at = _instant(arguments.received_at)
    if not arguments.load:
        done = importer.imported(document, lambda _: received_at)
        _write(done, arguments.out)
        code = DONE
    else:
        with ledger_of(settings, new=True) as ledger:
            same = _as_before(ledger, received_at) if arguments.received_at is None else lambda _: received_at
            done = importer.imported(document, same)
        code = load_files([SourceFile(arguments.file, content, tuple(done.records))], settings)
    _summarise(done)
    return REFUSED if done.refused else code


def _content(file: str, megabytes: int) -> bytes:
    limit = megabytes * 1_000_000
    try:
        with Path(file).open("rb") as table:
            content = table.read(limit + 1)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or error}") from error
    if len(content) > limit:
        raise LimitError(
            f"{file}: it is larger than {megabytes} megabytes. Split it, or set EWGRAPH_LOAD_MEGABYTES", limit="bytes"
        )
    return content


def _instant(text: str | None) -> str:
    if text is None:
        return datetime_literal(SystemClock().now().replace(microsecond=0)).value
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--received-at {text!r} is no instant. Write it as 2024-02-01T12:00:00Z") from error
    return datetime_literal(zoned(instant)).value


def _as_before(ledger: Ledger, now: str) -> Callable[[IRI], str]:
    """The instant now, or the one that the ledger's record of that IRI states: importing a table again adds nothing."""

    def received_at(record: IRI) -> str:
        entry = ledger.entry(record)
        return RecordSource("", record, tuple(entry.quads())).received_at if entry else now

    return received_at


def _write(done: Import, out: str) -> None:
    quads = (quad for record in done.records for quad in record.quads)
    if out == "-":
        serialize(quads, sys.stdout.buffer, format=RdfFormat.TRIG, prefixes=prefixes())
        return
    try:
        with Path(out).open("wb") as file:
            serialize(quads, file, format=RdfFormat.TRIG, prefixes=prefixes())
    except OSError as error:
        raise UsageError(f"{out}: {error.strerror or error}") from error


def _summarise(done: Import) -> None:
    for refused in done.refused:
        print(f"refused: row {refused.number}: {refused.reason}", file=sys.stderr)
    if done.ignored:
        print(f"{done.ignored:,} rows say nothing that could be recorded, and were left out", file=sys.stderr)
    print(
        f"{len(done.sites):,} sites in {len(done.records)} records; "
        f"{done.repeated} rows repeat another, {len(done.refused)} rows refused",
        file=sys.stderr,
    )
