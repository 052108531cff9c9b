"""`load` and `validate`: record files, checked and appended, or only checked."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ewgraph.access import parse_principal
from ewgraph.assets import asset
from ewgraph.cli import DONE, REFUSED, UsageError
from ewgraph.cli.directory import Reading, ledger_of, reading, show
from ewgraph.cli.progress import progress
from ewgraph.clock import SystemClock
from ewgraph.errors import InputError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.loading import Examination, Loader
from ewgraph.ingest.reading import SourceFile, UnreadableFile, files_of, read_files
from ewgraph.ingest.report import LoadReport
from ewgraph.ingest.rights import Rights, Submitter
from ewgraph.model.rdf import iri
from ewgraph.settings import Settings

Files = Iterable[SourceFile | UnreadableFile]


def load(arguments: Namespace, settings: Settings) -> int:
    """Append the records of the files that conform and are their submitter's to say, and show them in the graph."""
    if arguments.submitter is None and arguments.on_behalf_of:
        raise UsageError("--on-behalf-of goes with --from staff: the operator loads anybody's records as they are")
    files, asked = _files(arguments, settings), _Asked(arguments.atomic, arguments.dry_run, arguments.report == "json")
    if arguments.submitter is None:
        return load_files(files, settings, asked)
    with reading(settings) as here, progress("loading") as told:
        submitter = _submitter(arguments, here, settings)
        view = here.gate.view(parse_principal(arguments.submitter))
        rights = Rights(submitter, here.ledger, view, SystemClock().now())
        loader = Loader(here.ledger, Checker(asset("shapes"), settings.least_workers))
        report = loader.load(files, atomic=asked.atomic, dry_run=asked.dry_run, rights=rights, progress=told)
    return _reported(report, settings, asked)


def _submitter(arguments: Namespace, here: Reading, settings: Settings) -> Submitter:
    try:
        principal = parse_principal(arguments.submitter)
        other = iri(arguments.on_behalf_of) if arguments.on_behalf_of else None
        return Submitter.of(here.gate.view(principal), iri(settings.steward), other)
    except InputError as error:
        raise UsageError(str(error)) from error


class _Asked(NamedTuple):
    """How to load, and how to report."""

    atomic: bool = False
    dry_run: bool = False
    as_json: bool = False


def load_files(files: Files, settings: Settings, asked: _Asked | None = None) -> int:
    """Append the records of files that are read as the operator's, show them in the graph, and report."""
    asked = asked or _Asked()
    with ledger_of(settings, new=True) as ledger, progress("loading") as told:
        loader = Loader(ledger, Checker(asset("shapes"), settings.least_workers))
        report = loader.load(files, atomic=asked.atomic, dry_run=asked.dry_run, progress=told)
    return _reported(report, settings, asked)


def _reported(report: LoadReport, settings: Settings, asked: _Asked) -> int:
    if not asked.dry_run:
        show(settings)
    if asked.as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        done = "would be added" if asked.dry_run else "added"
        print(report.as_text(done), end="", file=sys.stdout if report.clean else sys.stderr)
        if asked.atomic and not asked.dry_run and not report.clean:
            print("nothing was stored, since the load was to be atomic", file=sys.stderr)
    return DONE if report.clean else REFUSED


def validate(arguments: Namespace, settings: Settings) -> int:
    """Check the records of the files and store nothing."""
    files = _files(arguments, settings)
    report = LoadReport()
    examination = Examination(Checker(asset("shapes"), settings.least_workers), report)
    with progress("validating") as told:
        examination.progress = told
        report.added = [candidate.draft.iri for candidate in examination.conforming(files)]
    if arguments.report == "json":
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    elif arguments.report == "turtle":
        print(examination.findings.to_graph(), end="")
        for notice in report.refused:
            if notice.record is None:
                print(f"refused: {notice.file}: {notice.results[0].message}", file=sys.stderr)
    else:
        print(report.as_text("conform"), end="")
    return DONE if report.clean else REFUSED


def _files(arguments: Namespace, settings: Settings) -> Files:
    return read_files(
        named(arguments.files),
        megabytes=settings.load_megabytes,
        file_format=arguments.format,
        stdin=sys.stdin.buffer,
    )


def named(arguments: Sequence[str]) -> list[str]:
    """The files that the arguments name.

    Raises:
        UsageError: one names nothing.
    """
    try:
        return files_of(arguments)
    except InputError as error:
        raise UsageError(str(error)) from error
