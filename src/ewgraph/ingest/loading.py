"""Record files into the ledger: each record is stored whole or refused whole, with the reasons.

Records are appended a batch at a time, each batch in one ledger transaction: whatever stops a load, what was reported
as stored stays, and loading again goes on where it stopped. A batch is what came in a second, and not so many records:
all of it is recorded at one instant, so whoever sees but some of it would know how many others there are.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from ewgraph.errors import ConflictError, InputError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.reading import SourceFile, UnreadableFile
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.report import Fault, LoadReport
from ewgraph.ingest.rights import Rights
from ewgraph.ledger import OPERATOR, Draft, Ledger
from ewgraph.model.rdf import IRI, Quad, canonical_nquads, check_well_formed, digest
from ewgraph.validate.report import Report, Result

Progress = Callable[[int, int], None]
"""Called with the number of records done, and the number read so far."""

_BATCH_SECONDS: Final = 1.0


class Candidate(NamedTuple):
    """A record on its way through validation."""

    file: SourceFile
    draft: Draft


class Loader:
    """Brings record files into a ledger.

    Args:
        ledger: where they are appended.
        checker: what validates them.
    """

    def __init__(self, ledger: Ledger, checker: Checker) -> None:
        self._ledger = ledger
        self._checker = checker

    def load(
        self,
        files: Iterable[SourceFile | UnreadableFile],
        *,
        atomic: bool = False,
        dry_run: bool = False,
        rights: Rights | None = None,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Append the records of the files that conform, are new, and are their submitter's to say.

        Args:
            files: the files as read.
            atomic: all records in one transaction, or none where any is refused.
            dry_run: append nothing, and report what would become of them.
            rights: who hands them in, and what that one may say; None for the operator, who may say anything.
            progress: told how far it is.

        Returns:
            What became of each record.
        """
        report = LoadReport()
        examination = Examination(self._checker, report, rights, progress, self._ledger)
        if dry_run:
            report.added = [candidate.draft.iri for candidate in examination.conforming(files)]
            return report
        batch: list[Candidate] = []
        begun = time.monotonic()
        for candidate in examination.conforming(files):
            is_full = time.monotonic() - begun >= _BATCH_SECONDS
            if not atomic and batch and (is_full or candidate.file is not batch[0].file):
                self._append(batch, report)
                batch, begun = [], time.monotonic()
            batch.append(candidate)
        if atomic and report.refused:
            return report
        if atomic:
            self._append_all(batch, report)
        else:
            self._append(batch, report)
        return report

    def _append_all(self, batch: list[Candidate], report: LoadReport) -> None:
        """Append all in one transaction; a conflict among them refuses them all."""
        try:
            self._commit(batch, report)
        except ConflictError as error:
            report.refuse(", ".join(dict.fromkeys(c.file.name for c in batch)), None, [Fault.plain(str(error))])

    def _append(self, batch: list[Candidate], report: LoadReport) -> None:
        """Append a batch in one transaction; where two of it contradict each other, without the second."""
        try:
            self._commit(batch, report)
        except ConflictError:
            with self._ledger.transaction():
                for candidate in batch:
                    try:
                        self._commit([candidate], report)
                    except ConflictError as error:
                        report.refuse(candidate.file.name, candidate.draft.iri, [Fault.plain(str(error))])

    def _commit(self, batch: list[Candidate], report: LoadReport) -> None:
        for file in {id(candidate.file): candidate.file for candidate in batch}.values():
            self._ledger.keep_source(file.name, file.content)
        new = self._ledger.append([candidate.draft for candidate in batch])
        report.added += [c.draft.iri for c, is_new in zip(batch, new, strict=True) if is_new]
        report.unchanged += new.count(False)


class Examination:
    """Passes each record of the files, or says in the report why not.

    A record that the ledger holds already is counted and needs no second validation.

    Args:
        report: where refusals, warnings and unchanged records are noted.
        rights: who hands them in, and what that one may say; None for the operator.
        ledger: None to look at the files alone.

    Attributes:
        progress: told the number of records done, and the number read so far.
    """

    def __init__(
        self,
        checker: Checker,
        report: LoadReport,
        rights: Rights | None = None,
        progress: Progress | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        self._checker = checker
        self._report = report
        self._rights = rights
        self._submitter = rights.submitter.iri if rights else OPERATOR
        self.progress = progress or _silent
        self._ledger = ledger
        self._met: dict[IRI, str] = {}
        self._results: list[Result] = []
        self._read = 0
        self._done = 0

    @property
    def findings(self) -> Report:
        """What validation found in all records so far, as one report."""
        return Report.of("", self._results)

    def conforming(self, files: Iterable[SourceFile | UnreadableFile]) -> Iterator[Candidate]:
        """It yields the records that conform and contradict nothing, in the order of the files."""
        for candidate, verdict in self._checker.reports(self._candidates(files)):
            self._report.judge(candidate.file.name, verdict)
            self._results += verdict.results
            self._one_done()
            if verdict.conforms:
                yield candidate

    def _candidates(
        self,
        files: Iterable[SourceFile | UnreadableFile],
    ) -> Iterator[tuple[Candidate, IRI, tuple[Quad, ...]]]:
        for file in files:
            if isinstance(file, UnreadableFile):
                self._report.refuse(file.name, None, [Fault.plain(str(file.reason))])
                continue
            self._read += len(file.records)
            source = digest(file.content)
            if self._rights:
                self._rights.meet(file.records)
            for record in file.records:
                candidate = self._candidate(file, source, record)
                if candidate is None:
                    self._one_done()
                else:
                    yield candidate, record.record, record.quads

    def _candidate(self, file: SourceFile, source: str, record: RecordSource) -> Candidate | None:
        """The record as a draft; None where it is refused, or not new, before any validation."""
        if record.problems:
            name = record.record.value
            self._report.refuse(file.name, record.record, [Fault.plain(text, name) for text in record.problems])
            return None
        if self._rights and (reasons := self._rights.reasons(record)):
            self._report.refuse(file.name, record.record, map(Fault.because, reasons))
            return None
        try:
            draft = draft_of(record, source, self._submitter)
            new = self._is_new(draft)
        except InputError as error:
            self._report.refuse(file.name, record.record, [Fault.plain(str(error), record.record.value)])
            return None
        if not new:
            self._report.unchanged += 1
        return Candidate(file, draft) if new else None

    def _is_new(self, draft: Draft) -> bool:
        summed = draft.digest
        if self._met.setdefault(draft.iri, summed) != summed:
            raise ConflictError(
                f"two records of these files have the IRI {draft.iri.value!r} and say different things. "
                "Give one of them its own IRI; if it replaces the other, say prov:wasRevisionOf",
            )
        return self._ledger is None or self._ledger.check(draft)

    def _one_done(self) -> None:
        self._done += 1
        self.progress(self._done, self._read)


def draft_of(record: RecordSource, source: str, submitter: IRI) -> Draft:
    """The record as the ledger takes it, with its content in canonical form.

    Raises:
        InputError: a statement cannot be written and read again (what the ledger keeps for good must be readable), or
            the record says that it was received in the future.
    """
    check_well_formed(record.quads)
    _check_received(record.received_at)
    return Draft(
        iri=record.record,
        kind=record.kind,
        content=canonical_nquads(record.quads),
        source=source,
        submitter=submitter,
        received_at=record.received_at,
        revises=record.revises,
        asserts=record.asserts,
        describes=record.describes,
    )


def _silent(_done: int, _read: int) -> None:
    """Nobody wants to know."""


def _check_received(text: str) -> None:
    """Refuse a receipt after tomorrow: nobody would see the record until then, and its IRI would be taken."""
    try:
        received = dt.datetime.fromisoformat(text)
    except ValueError:
        return  # validation says what is wrong with it
    if received.tzinfo and received > dt.datetime.now(dt.UTC) + dt.timedelta(days=1):
        raise InputError(f"it was received at {text!r}, which is still to come. Mend ew:receivedAt")
