"""The series that a file has something of, and what the author said of each before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from ewgraph.ingest.disclosing.outcome import MadeRecord, Outcome, Task
from ewgraph.ingest.disclosing.row_digest import sum_of
from ewgraph.ingest.mapping.batch import Batch
from ewgraph.ledger import StoredPart, Submission, Submissions
from ewgraph.model.rdf import IRI

Standing: TypeAlias = Callable[[IRI], list[IRI]]

BEFORE: Final = "0"
"""The digest of a record that a submission did not bring in itself: it stood before, and stands until the next one."""


@dataclass(slots=True)
class Edition:
    """What one file says of a series.

    Attributes:
        last: the author's submission before, withdrawn or not; None where there is none.
        parts: the records of that submission, unless it was withdrawn: those that this edition revises.
        made: the records of this one.
        batches: how many batches it has so far.
        first: the number of its first part.
        partial: whether rows of it were kept out: then it revises nothing, and what was said before stands beside it.
    """

    name: str
    last: Submission | None
    parts: Sequence[StoredPart]
    made: list[MadeRecord] = field(default_factory=list)
    batches: int = 0
    first: int = 1
    partial: bool = False

    @property
    def previous(self) -> str | None:
        """The submission that this edition revises."""
        return self.last.id if self.last and self.parts else None

    @property
    def unchanged(self) -> bool:
        """Whether it says what the submission before says."""
        before = sum_of([int(part.digest, 16) for part in self.parts])
        return bool(self.parts) and before == sum_of([record.said for record in self.made])

    def left_over(self) -> list[IRI]:
        """The records of the submission before that no new record revises yet; none where all of it stands."""
        if self.partial:
            return []
        revised = {old for record in self.made for old in record.revises}
        return [part.record for part in self.parts if part.record.value not in revised]

    def stored_parts(self) -> list[StoredPart]:
        """The new records as the ledger notes them, and those before that stand beside them."""
        parts = [
            StoredPart(IRI(record.record), self.name, part, f"{record.said:032x}")
            for part, record in enumerate(self.made, start=self.first)
        ]
        standing = self.parts if self.partial else ()
        after = self.first + len(parts)
        return parts + [replace(old, part=part, digest=BEFORE) for part, old in enumerate(standing, start=after)]


def _nothing(_contract: IRI) -> list[IRI]:
    """Nobody said anything before."""
    return []


class Editions:
    """All that a file says, by series.

    Args:
        submissions: where earlier submissions are found.
        author: whose word the file is.
        source: the SHA-256 of the file: what has no series is a series of its own.
        standing: tells for a contract what the author says of it that came in no submission.
    """

    def __init__(self, submissions: Submissions, author: IRI, source: str, standing: Standing | None = None) -> None:
        self._standing = standing or _nothing
        self._submissions = submissions
        self._author = author
        self._source = source
        self._by_name: dict[str, Edition] = {}

    def task(self, batch: Batch) -> Task:
        """The batch as a worker gets it: it knows what its record revises."""
        edition = self._edition(batch.series.strip() or f"{batch.record} {self._source}")
        position, edition.batches = edition.batches, edition.batches + 1
        revises = (edition.parts[position].record.value,) if position < len(edition.parts) else ()
        given = {**batch.given, "previous": edition.last.id if edition.last else ""}
        return Task(replace(batch, series=edition.name, given=given), revises)

    def _edition(self, name: str) -> Edition:
        if name not in self._by_name:
            last = self._submissions.last(name, self._author)
            parts = self._submissions.records(last.id, name) if last else self._first_parts(name)
            if last and last.state != "done":
                parts = [part for part in parts if part.digest == BEFORE]
            self._by_name[name] = Edition(name, last, parts)
        return self._by_name[name]

    def _first_parts(self, name: str) -> list[StoredPart]:
        """What the first edition of a contract's series revises: what the author said of the contract in other ways."""
        contract = name.rpartition(" ")[2]
        records = self._standing(IRI(contract)) if "://" in contract else []
        return [StoredPart(record, name, part, BEFORE) for part, record in enumerate(records, start=1)]

    def add(self, outcome: Outcome) -> None:
        """Note what became of a batch."""
        edition = self._by_name[outcome.series]
        edition.partial |= bool(outcome.kept_out)
        if outcome.made:
            edition.made.append(outcome.made)

    def keep_all_standing(self) -> None:
        """Note that a row could not be read that might be of any series."""
        for edition in self._by_name.values():
            edition.partial = True

    @property
    def all(self) -> list[Edition]:
        """The series that the file has something of, whether it got in or not."""
        return list(self._by_name.values())

    @property
    def changed(self) -> list[Edition]:
        """Those with something new to store."""
        return [edition for edition in self._by_name.values() if edition.made and not edition.unchanged]

    def still_current(self) -> bool:
        """Whether nothing of these series was stored or withdrawn since they were looked up."""
        now = (self._submissions.last(edition.name, self._author) for edition in self.all)
        before = (edition.last for edition in self.all)
        return all((a.id, a.state) == (b.id, b.state) if a and b else a is b for a, b in zip(before, now, strict=True))


class Additions(Editions):
    """What is added to the series of a submission that is stored already: it revises nothing.

    Args:
        submissions: where its records are found.
        author: whose word it is.
        submission: the submission.
    """

    def __init__(self, submissions: Submissions, author: IRI, submission: Submission) -> None:
        super().__init__(submissions, author, submission.source)
        self._to = submission

    def task(self, batch: Batch) -> Task:
        """The batch as a worker gets it; that it is added later makes it a record of its own."""
        task = super().task(batch)
        return Task(replace(task.batch, given={**task.batch.given, "previous": self._to.id}), ())

    def _edition(self, name: str) -> Edition:
        if name not in self._by_name:
            first = len(self._submissions.records(self._to.id, name)) + 1
            self._by_name[name] = Edition(name, None, (), first=first)
        return self._by_name[name]
