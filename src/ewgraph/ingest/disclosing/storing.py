"""Everything that a submission brings is stored in one transaction: its file, records, kept-out rows and report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ewgraph.errors import ConflictError
from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.disclosing.gathering import Gathering
from ewgraph.ingest.disclosing.request import Told
from ewgraph.ingest.disclosing.workplace import CancelledError, Workplace
from ewgraph.ledger import Draft, Submission


def store(  # noqa: PLR0913, PLR0917  # all that one transaction needs
    place: Workplace,
    submission: Submission,
    path: Path,
    gathering: Gathering,
    report: DisclosureReport,
    told: Told,
    *,
    private: bool = False,
) -> None:
    """Store what was gathered of a file, and end its submission; of a private file, no more than its hash.

    Raises:
        ConflictError: something of the same series was stored meanwhile, or the ledger holds what contradicts it.
        CancelledError: somebody asked the submission to stop.
    """
    submissions, quarantine = place.submissions, place.quarantine
    keep = place.ledger.note_file if private else place.ledger.keep_file
    with place.ledger.transaction():
        if submissions.is_cancelled(submission.id):
            raise CancelledError("it was cancelled")
        if report.state == "done":
            if not gathering.editions.still_current():
                raise ConflictError(
                    "another disclosure of the same kind was stored or withdrawn meanwhile. Hand this one in again"
                )
            keep(submission.file, path, submission.source)
            place.ledger.append(drafts(gathering, submission, told))
            for edition in gathering.editions.changed:
                submissions.add_records(submission.id, edition.stored_parts())
                quarantine.supersede(submission.author, edition.name, submission.id)
                if edition.last:
                    quarantine.supersede_unread(edition.last.id, submission.id)
        if report.state in {"done", "refused"}:
            keep(submission.file, path, submission.source)
            unchanged = {edition.name for edition in gathering.editions.all if edition.unchanged}
            quarantine.add(submission.id, (row for row in gathering.kept_out() if row.series not in unchanged))
        submissions.finish(submission.id, gathering.state, report.as_json(), mapping=report.mapping)


def drafts(gathering: Gathering, submission: Submission, told: Told) -> Iterator[Draft]:
    """It yields the records one by one: only one of them is whole in memory at a time."""
    editions = gathering.editions.changed
    total, done = sum(len(edition.made) for edition in editions), 0
    for edition in editions:
        left_over = edition.left_over()
        for position, record in enumerate(edition.made):
            yield record.draft(
                submission.source,
                submission.submitter,
                left_over if position == 0 else (),
                stands_beside=edition.partial,
            )
            done += 1
            told("commit", done, total)
