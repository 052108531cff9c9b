"""`load` and `validate`: record files, checked and appended, or only checked."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence

from ewgraph.assets import asset
from ewgraph.cli import DONE, REFUSED, UsageError
from ewgraph.cli.directory import ledger_of, show
from ewgraph.cli.progress import progress
from ewgraph.errors import InputError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.loading import Examination, Loader
from ewgraph.ingest.reading import SourceFile, UnreadableFile, files_of, read_files
from ewgraph.ingest.report import LoadReport
from ewgraph.settings import Settings

Files = Iterable[SourceFile | UnreadableFile]


def load(arguments: Namespace, settings: Settings) -> int:
    """Append the records of the files that conform, and show them in the graph."""
    files = _files(arguments, settings)
    return load_files(files, settings, atomic=arguments.atomic, as_json=arguments.report == "json")


def load_files(files: Files, settings: Settings, *, atomic: bool = False, as_json: bool = False) -> int:
    """Append the records of files that are read, show them in the graph, and report."""
    with ledger_of(settings, new=True) as ledger, progress("loading") as told:
        report = Loader(ledger, Checker(asset("shapes"))).load(files, atomic=atomic, progress=told)
    show(settings)
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        print(report.as_text(), end="", file=sys.stdout if report.clean else sys.stderr)
        if atomic and not report.clean:
            print("nothing was stored, since the load was to be atomic", file=sys.stderr)
    return DONE if report.clean else REFUSED


def validate(arguments: Namespace, settings: Settings) -> int:
    """Check the records of the files and store nothing."""
    files = _files(arguments, settings)
    report = LoadReport()
    examination = Examination(Checker(asset("shapes")), report)
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
