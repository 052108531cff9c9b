"""`disclose`, `withdraw`, `retry`, `submissions` and the hidden `job`: files handed in, a server running or not."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ewgraph.access import STAFF_READER
from ewgraph.assets import asset
from ewgraph.cli import DONE, REFUSED, UsageError
from ewgraph.cli.directory import Reading, reading, show
from ewgraph.cli.progress import stages
from ewgraph.clock import SystemClock
from ewgraph.errors import EwgraphError, InputError, NotFoundError
from ewgraph.ingest.answer import page, rdf, text, workbook
from ewgraph.ingest.answer.excerpt import excerpt
from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.disclosing.intake import Intake
from ewgraph.ingest.disclosing.recognition import UnknownFormError
from ewgraph.ingest.disclosing.request import Request, Stopped, Told
from ewgraph.ingest.disclosing.workplace import Workplace
from ewgraph.ingest.sheets.document import open_document
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ledger import OPERATOR, Submission, Submissions
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, iri
from ewgraph.settings import Settings

_GOOD: Final = frozenset({"done", "unchanged"})
_EVERY_S: Final = 0.5
_MEGABYTE: Final = 1_000_000


def disclose(arguments: Namespace, settings: Settings) -> int:
    """Take a file in for an organisation, and report."""
    path = _file(arguments.file)
    if arguments.annotated:
        _refuse_place(Path(arguments.annotated), path)
    request = _request(arguments)
    with _intake(settings) as intake, stages() as told:
        try:
            report = intake.disclose(path, path.name, request, told)
        except UnknownFormError as error:
            raise InputError(f"{error}. `ewgraph suggest` shows how its headings could be read") from error
    if not request.dry_run and report.state == "done":
        show(settings)
    _answer(report, arguments, path)
    return DONE if report.state in _GOOD and not report.totals.quarantined else REFUSED


def _file(name: str) -> Path:
    path = Path(name)
    if name == "-":
        raise UsageError("what comes in by the standard input is not read. Name a file")
    if not path.is_file():
        raise UsageError(f"{name}: {'this is no file' if path.exists() else 'there is no such file'}. Name a file")
    return path


def _refuse_place(annotated: Path, original: Path) -> None:
    """Refuse, before anything is stored, a place where the annotated workbook cannot be, or must not."""
    if not annotated.parent.is_dir():
        raise UsageError(f"--annotated {annotated}: there is no folder {str(annotated.parent)!r}")
    if annotated.exists() and annotated.samefile(original):
        raise UsageError(f"--annotated {annotated}: this is the file that is sent. Name another one")


def _request(arguments: Namespace) -> Request:
    author = _named("--from", arguments.author)
    return Request(
        submitter=OPERATOR,
        on_behalf_of=author,
        mapping=arguments.format,
        contract=_named("--contract", arguments.contract) if arguments.contract else None,
        dry_run=arguments.dry_run,
        received_at=_instant(arguments.received_at),
        assigned=_assigned(arguments.map),
        language=arguments.language,
    )


def _named(option: str, name: str) -> IRI:
    try:
        return iri(name)
    except InputError as error:
        raise UsageError(f"{option}: {error}") from error


def _instant(name: str | None) -> dt.datetime | None:
    if name is None:
        return None
    try:
        instant = dt.datetime.fromisoformat(name)
    except ValueError as error:
        raise UsageError(f"--received-at {name!r} is no instant. Write it as 2024-02-01T12:00:00Z") from error
    instant = zoned(instant)
    if instant > SystemClock().now() + dt.timedelta(days=1):
        raise UsageError(f"--received-at {name!r} is still to come")
    return instant


def _assigned(pairs: list[str]) -> dict[str, str] | None:
    found = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    if len(found) != len(pairs):
        raise UsageError("--map is written as COLUMN=HEADING, and names each column once")
    return found or None


@contextmanager
def _intake(settings: Settings) -> Iterator[Intake]:
    with reading(settings) as here:
        yield Intake(_workplace(here, settings))


def _workplace(here: Reading, settings: Settings) -> Workplace:
    return Workplace(
        here.ledger,
        here.gate,
        settings.base,
        SystemClock(),
        shapes=asset("shapes"),
        kos=asset("ontology") / "kos",
        limits=Limits(file_bytes=settings.load_megabytes * _MEGABYTE),
        least_workers=settings.least_workers,
    )


def _answer(report: DisclosureReport, arguments: Namespace, path: Path) -> None:
    """Print the report as it is wanted, and write the annotated workbook."""
    if arguments.report == "json":
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    elif arguments.report == "html":
        found = excerpt(open_document(path, path.name).sheets, report)
        print(page.render(report, arguments.language, found.rows, found.headings), end="")
    elif arguments.report == "turtle":
        print(rdf.render(report), end="")
    else:
        width = shutil.get_terminal_size().columns
        print(text.render(report, arguments.language, width=width, colour=sys.stdout.isatty()), end="")
    if arguments.annotated:
        _annotate(report, arguments, path)


def _annotate(report: DisclosureReport, arguments: Namespace, path: Path) -> None:
    form = open_document(path, path.name).form
    try:
        with Path(arguments.annotated).open("wb") as out:
            workbook.annotate(path, form, report, out, arguments.language)
    except OSError as error:
        raise UsageError(f"{arguments.annotated}: {error.strerror or error}") from error


def withdraw(arguments: Namespace, settings: Settings) -> int:
    """Take back what a submission brought in."""
    with _intake(settings) as intake:
        records = intake.withdraw(arguments.submission, STAFF_READER, arguments.reason or "")
    show(settings)
    print(
        f"{arguments.submission} is withdrawn by {len(records)} records; what it said stays in the ledger. "
        "What was handed in before it does not come back: hand that file in again where it holds"
    )
    return DONE


def retry(arguments: Namespace, settings: Settings) -> int:
    """Try the rows of a submission again that were kept out."""
    with _intake(settings) as intake, stages() as told:
        report = intake.retry(arguments.submission, STAFF_READER, told)
    if report.state == "done":
        show(settings)
    print(text.render(report, arguments.language), end="")
    return REFUSED if report.totals.quarantined else DONE


def submissions(arguments: Namespace, settings: Settings) -> int:
    """List the submissions, newest first."""
    author = _named("--from", arguments.author) if arguments.author else None
    with reading(settings) as here:
        for each in Submissions(here.ledger, SystemClock()).all_of(author):
            created = each.created_at.isoformat(timespec="seconds")
            print(f"{each.id}\t{each.state}\t{created}\t{each.author.value}\t{each.file}")
    return DONE


def job(arguments: Namespace, settings: Settings) -> int:
    """Work on one queued submission; its progress, its end and a wish to stop it stand in the ledger."""
    with reading(settings) as here:
        held = Submissions(here.ledger, SystemClock())
        submission = held.get(arguments.submission)
        path = settings.data / "uploads" / submission.source
        if not path.is_file() and not here.ledger.write_source(submission.source, path):
            reason = "its file is no longer here. Hand it in again"
            held.finish(submission.id, "failed", error=reason)
            raise NotFoundError(f"{submission.id}: {reason}")
        intake = Intake(_workplace(here, settings))
        return _worked(intake, held, submission, path)


def _worked(intake: Intake, held: Submissions, submission: Submission, path: Path) -> int:
    try:
        intake.run(submission.id, path, *_watch(held, submission.id, time.monotonic))
    except EwgraphError as error:
        print(f"ewgraph: {submission.id}: {error}", file=sys.stderr)
    return DONE if held.get(submission.id).state in _GOOD else REFUSED


def _watch(held: Submissions, name: str, now: Callable[[], float]) -> tuple[Told, Stopped]:
    """What notes progress in the ledger and looks there for a wish to stop, each twice a second at most."""
    last = {"told": ("", -_EVERY_S), "asked": ("", -_EVERY_S)}

    def told(stage: str, done: int, total: int) -> None:
        before, instant = last["told"]
        if stage != "commit" and (stage != before or now() - instant >= _EVERY_S):
            last["told"] = stage, now()
            held.progress(name, stage, done, total)

    def stopped() -> bool:
        if now() - last["asked"][1] < _EVERY_S:
            return False
        last["asked"] = "", now()
        return held.is_cancelled(name)

    return told, stopped
