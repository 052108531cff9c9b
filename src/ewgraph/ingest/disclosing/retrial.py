"""The rows of a submission that were kept out are tried again: what is known by now may let them in."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from ewgraph.access import organization
from ewgraph.errors import ConflictError, NotFoundError
from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.disclosing.context import context_of, knowledge
from ewgraph.ingest.disclosing.examination import Examination
from ewgraph.ingest.disclosing.gathering import Gathering
from ewgraph.ingest.disclosing.outcome import Task
from ewgraph.ingest.disclosing.recognition import recognised
from ewgraph.ingest.disclosing.request import Request, Told
from ewgraph.ingest.disclosing.series import Additions, Editions
from ewgraph.ingest.disclosing.storing import drafts
from ewgraph.ingest.disclosing.workplace import Workplace
from ewgraph.ingest.mapping import Batch
from ewgraph.ingest.rights import Submitter
from ewgraph.ingest.sheets.document import open_document
from ewgraph.ledger import Submission
from ewgraph.model.rdf import datetime_literal


class Retrial:
    """Tries the open rows of one submission again.

    Args:
        place: what to work with.
        submission: the submission: a stored one, or one that was refused for its rows.

    Raises:
        ConflictError: it is neither.
    """

    def __init__(self, place: Workplace, submission: Submission) -> None:
        if submission.state not in {"done", "refused"} or submission.mapping is None:
            raise ConflictError(
                f"the submission {submission.id!r} is {submission.state}: only the rows of one that was stored, or "
                "refused for them, are tried again"
            )
        self._place = place
        self._submission = submission
        self._open = {(row.kind, row.sheet, row.row) for row in place.quarantine.rows(submission.id, "open")}
        author = submission.author
        if submission.state == "done":
            self._editions: Editions = Additions(place.submissions, author, submission)
        else:
            self._editions = Editions(place.submissions, author, submission.source)

    def report(self, told: Told) -> DisclosureReport:
        """Try them, store what conforms, and tell what became of them."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "source"
            if not self._place.ledger.write_source(self._submission.source, path):
                raise NotFoundError(f"the file of the submission {self._submission.id!r} is not kept. Hand it in again")
            gathering, report = self._examined(path, told)
        if report.state == "done":
            self._store(gathering, report, told)
        return report

    def _examined(self, path: Path, told: Told) -> tuple[Gathering, DisclosureReport]:
        place, submission = self._place, self._submission
        document = open_document(path, submission.file, place.limits)
        request = Request.from_json(submission.submitter, submission.author, submission.mapping, submission.request)
        mapping, assigned = recognised(document, submission.mapping, request.assigned, place.remembered, request)
        view = place.gate.view(organization(submission.author))
        context = context_of(view, submission.author)
        given = request.slots(datetime_literal(place.clock.now()).value)
        submitter = Submitter.handing_in(view, submission.submitter)
        examination = Examination(place, document, mapping, given, assigned, context, submitter, knowledge(view))
        gathering = Gathering(self._editions)
        found = examination.findings(gathering, self._task, told, lambda: False, whole=False)
        report = DisclosureReport(
            submission=submission.id,
            file=submission.file,
            sha256=submission.source,
            mapping=mapping.id,
            mapping_version=mapping.version,
            submitter=submission.author.value,
            state=gathering.state,
            dry_run=False,
        )
        return gathering, gathering.tell(report, found)

    def _task(self, batch: Batch) -> Task | None:
        """The open rows of a batch; None where it has none."""
        rows = [row for row in batch.rows if (batch.record, row.sheet, row.number) in self._open]
        return self._editions.task(replace(batch, rows=rows)) if rows else None

    def _store(self, gathering: Gathering, report: DisclosureReport, told: Told) -> None:
        """Store what got in, in one transaction."""
        place, name = self._place, self._submission.id
        with place.ledger.transaction():
            held = {(row.kind, row.sheet, row.row) for row in place.quarantine.rows(name, "open")}
            if held != self._open or place.submissions.get(name).state != self._submission.state:
                raise ConflictError(f"the submission {name!r} changed meanwhile. Try again")
            place.ledger.append(drafts(gathering, self._submission, told))
            for edition in gathering.editions.changed:
                place.submissions.add_records(name, edition.stored_parts())
                place.quarantine.supersede(self._submission.author, edition.name, name)
                for record in edition.made:
                    place.quarantine.mend(name, ((record.batch, *row) for row in record.rows), record.record)
            place.quarantine.add(name, gathering.kept_out())
            if self._submission.state == "refused":
                place.submissions.finish(name, "done", report.as_json())
