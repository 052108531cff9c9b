"""The way of a file from whoever hands it in to the ledger: read, made into records, checked, compared, stored at once.

Nothing is stored before everything is known; then all of it is, in one transaction. A dry run ends just before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ewgraph.access import Principal, organization
from ewgraph.errors import EwgraphError, InputError
from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.disclosing.context import context_of, knowledge
from ewgraph.ingest.disclosing.examination import Examination
from ewgraph.ingest.disclosing.gathering import Gathering
from ewgraph.ingest.disclosing.recognition import recognised, remember
from ewgraph.ingest.disclosing.request import Request, Stopped, Told
from ewgraph.ingest.disclosing.retrial import Retrial
from ewgraph.ingest.disclosing.series import Editions
from ewgraph.ingest.disclosing.standing import standing_in
from ewgraph.ingest.disclosing.storing import store
from ewgraph.ingest.disclosing.withdrawal import seen_by, withdraw
from ewgraph.ingest.disclosing.workplace import CancelledError, Workplace
from ewgraph.ingest.mapping import TableMapping
from ewgraph.ingest.rights import Submitter
from ewgraph.ingest.sheets.document import Document, open_document
from ewgraph.model.rdf import IRI, datetime_literal


class Intake:
    """Takes files in, and takes back or mends what came in.

    Args:
        place: what to work with.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def disclose(  # noqa: PLR0913, PLR0917  # one file: what it is, what is asked, who is told
        self,
        path: Path,
        name: str,
        request: Request,
        told: Told | None = None,
        stopped: Stopped | None = None,
        submission: str | None = None,
    ) -> DisclosureReport:
        """Take a file in, or tell what would become of it.

        Args:
            path: the file.
            name: what it is called.
            request: what is asked.
            told: told how far it is.
            stopped: asked between batches whether to stop.
            submission: the submission that this process has claimed; a new one where None, none for a dry run.

        Returns:
            The report, with the state in which the submission ends: `done`, `unchanged` or `refused`; `cancelled` where
            it was stopped.

        Raises:
            InputError: the file cannot be read at all, its mapping is not known, or it contradicts the ledger.
            LimitError: the file is larger than a file may be.
        """
        author = request.author
        with self._ending(submission):
            document = open_document(path, name, self._place.limits)
            self._check_source(submission, document)
        if submission is None and not request.dry_run:
            submission = self._begun(document, request)
        with self._ending(submission):
            mapping, assigned = recognised(document, request.mapping, request.assigned, self._place.remembered, request)
            asked = _Asked(document, path, request, mapping, assigned, author, submission)
            try:
                return self._disclosed(asked, told or _nobody, stopped or _never)
            except CancelledError:
                return self._cancelled(asked)

    def _check_source(self, submission: str | None, document: Document) -> None:
        """Refuse a file that is not the one that was handed in: somebody changed it on its way.

        Raises:
            InputError: it is another one.
        """
        if submission and self._place.submissions.get(submission).source != document.sha256:
            raise InputError(f"{document.name}: the file was changed after it was handed in. Hand it in again")

    def _begun(self, document: Document, request: Request) -> str:
        made = self._place.submissions.create(
            submitter=request.submitter,
            author=request.author,
            source=document.sha256,
            file=document.name,
            mapping=request.mapping,
            request=request.as_json(),
            state="running",
        )
        return made.id

    @contextmanager
    def _ending(self, submission: str | None) -> Iterator[None]:
        """Note how a submission ended that did not end well."""
        try:
            yield
        except EwgraphError as error:
            if submission:
                self._place.submissions.finish(submission, "refused", error=str(error))
            raise
        except BaseException as error:
            if submission:
                self._place.submissions.finish(submission, "failed", error=f"interrupted: {type(error).__name__}")
            raise

    def _disclosed(self, asked: _Asked, told: Told, stopped: Stopped) -> DisclosureReport:
        place = self._place
        told("read", 0, 0)
        if asked.request.assigned and not asked.request.dry_run:
            remember(asked.document, asked.mapping, asked.request.assigned, place.remembered, asked.author)
        view = place.gate.view(organization(asked.author))
        context = context_of(view, asked.author)
        editions = Editions(place.submissions, asked.author, asked.document.sha256, standing_in(view, asked.author))
        given = asked.request.slots(datetime_literal(asked.request.received_at or place.clock.now()).value)
        submitter = Submitter.handing_in(view, asked.request.submitter)
        examination = Examination(
            place, asked.document, asked.mapping, given, asked.assigned, context, submitter, knowledge(view)
        )
        gathering = Gathering(editions)
        found = examination.findings(gathering, editions.task, told, stopped)
        report = gathering.tell(asked.report(gathering.state), found)
        if asked.submission:
            submission = place.submissions.get(asked.submission)
            if asked.request.dry_run:
                place.submissions.finish(submission.id, gathering.state, report.as_json(), mapping=asked.mapping.id)
            else:
                store(place, submission, asked.path, gathering, report, told, private=asked.mapping.private)
        return report

    def _cancelled(self, asked: _Asked) -> DisclosureReport:
        report = asked.report("cancelled")
        if asked.submission:
            self._place.submissions.finish(asked.submission, "cancelled", report.as_json(), mapping=asked.mapping.id)
        return report

    def run(self, submission: str, path: Path, told: Told | None = None, stopped: Stopped | None = None) -> bool:
        """Work on a queued submission; False where another process has it, or it no longer waits.

        How it ends is noted with the submission.

        Args:
            submission: its id.
            path: its file.
            told: told how far it is.
            stopped: asked between batches whether to stop.
        """
        if not self._place.submissions.claim(submission):
            return False
        held = self._place.submissions.get(submission)
        with self._ending(submission):
            request = Request.from_json(held.submitter, held.author, held.mapping, held.request)
        self.disclose(path, held.file, request, told, stopped, submission)
        return True

    def withdraw(self, submission: str, principal: Principal, reason: str = "") -> list[IRI]:
        """Take back all that a submission brought in, and give the records that do so.

        Raises:
            NotFoundError: there is no such submission, or it is somebody else's.
            ConflictError: it is not stored, or withdrawn already.
        """
        return withdraw(self._place, submission, principal, reason)

    def retry(self, submission: str, principal: Principal, told: Told | None = None) -> DisclosureReport:
        """Try again the rows of a submission that were kept out: what conforms by now enters in more records of it.

        Raises:
            NotFoundError: there is no such submission, or it is somebody else's.
            ConflictError: it is not stored.
        """
        found = seen_by(self._place, submission, principal)
        return Retrial(self._place, found).report(told or _nobody)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One file with all that is asked and known of it before it is read."""

    document: Document
    path: Path
    request: Request
    mapping: TableMapping
    assigned: Mapping[str, str] | None
    author: IRI
    submission: str | None

    def report(self, state: str) -> DisclosureReport:
        """The report, still empty."""
        return DisclosureReport(
            submission=self.submission,
            file=self.document.name,
            sha256=self.document.sha256,
            mapping=self.mapping.id,
            mapping_version=self.mapping.version,
            submitter=self.author.value,
            state=state,
            dry_run=self.request.dry_run,
            notes=tuple(self.document.remarks),
        )


def _nobody(_stage: str, _done: int, _total: int) -> None:
    """Nobody wants to know."""


def _never() -> bool:
    return False
