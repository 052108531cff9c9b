"""What was handed in and what became of it: bookkeeping beside the records, which alone are the truth.

A submission is queued, run by one process, and ends in one of the other states. It keeps its report and the records
that it brought in; the rows that it could not bring in are in `quarantine`.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from ewgraph.clock import Clock
from ewgraph.errors import ConflictError, NotFoundError
from ewgraph.ledger.lease import lives, this_process
from ewgraph.ledger.ledger import Ledger
from ewgraph.model.rdf import IRI

State: TypeAlias = Literal["queued", "running", "done", "refused", "unchanged", "failed", "cancelled", "withdrawn"]

_UNDER_WAY: Final = "('queued', 'running')"
_COLUMNS: Final = (
    "id, submitter, author, source, file, mapping, request, state, stage, done, total, "
    "created_at, started_at, finished_at, cancel_requested, error"
)


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that somebody handed in.

    Attributes:
        id: `sub-` and 20 hexadecimal digits.
        submitter: who hands it in.
        author: whose word it is: the submitter, unless that hands it in for somebody else.
        source: the SHA-256 of the file.
        mapping: the id of the mapping; None until it is known.
        request: what else was asked, as JSON values.
        stage: what is being done, of which `done` of `total` are.
    """

    id: str
    submitter: IRI
    author: IRI
    source: str
    file: str
    mapping: str | None
    request: Mapping[str, Any]
    state: State
    stage: str
    done: int
    total: int
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    cancel_requested: bool
    error: str | None


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A record that a submission brought in.

    Attributes:
        series: what it is an edition of; a newer edition by the same author revises it.
        part: its place among the records of the series.
        digest: of what its rows say.
    """

    record: IRI
    series: str
    part: int
    digest: str


class Submissions:
    """The submissions in the ledger. Several processes may work with them at a time."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def create(  # noqa: PLR0913  # one row
        self,
        *,
        submitter: IRI,
        author: IRI,
        source: str,
        file: str,
        mapping: str | None,
        request: Mapping[str, Any],
        state: Literal["queued", "running"] = "queued",
    ) -> Submission:
        """Queue a submission, or give the one that asks the same and is still under way.

        With the state `running`, this process goes on with it at once.
        """
        text = json.dumps(request, ensure_ascii=False, sort_keys=True)
        now, name = self._now(), f"sub-{secrets.token_hex(10)}"
        with self._ledger.transaction() as connection:
            held = connection.execute(
                f"SELECT id FROM submission WHERE submitter = ? AND author = ? AND source = ? AND mapping IS ? "  # noqa: S608
                f"AND request = ? AND state IN {_UNDER_WAY} AND NOT cancel_requested",
                (submitter.value, author.value, source, mapping, text),
            ).fetchone()
            if held and state == "queued":
                return self.get(held[0])
            connection.execute(
                "INSERT INTO submission (id, submitter, author, source, file, mapping, request, state, created_at, "
                "started_at, worker) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(name, submitter.value, author.value, source, file, mapping, text, state, now),
                    *((now, this_process()) if state == "running" else (None, None)),
                ),
            )
        return self.get(name)

    def get(self, submission: str) -> Submission:
        """The submission of that id.

        Raises:
            NotFoundError: there is none.
        """
        rows = self._select("id = ?", (submission,))
        if not rows:
            raise NotFoundError(f"there is no submission {submission!r}")
        return rows[0]

    def all_of(self, party: IRI | None = None, limit: int = 100) -> list[Submission]:
        """The submissions that the party handed in or that are its word, newest first; of everybody where None."""
        if party is None:
            return self._select("TRUE ORDER BY seq DESC LIMIT ?", (limit,))
        return self._select("? IN (submitter, author) ORDER BY seq DESC LIMIT ?", (party.value, limit))

    def _select(self, condition: str, parameters: tuple[object, ...]) -> list[Submission]:
        rows = self._ledger.query(f"SELECT {_COLUMNS} FROM submission WHERE {condition}", parameters)  # noqa: S608
        return [_submission(row) for row in rows]

    def next_queued(self) -> Submission | None:
        """The oldest submission that waits; None where none does."""
        return next(iter(self._select("state = 'queued' ORDER BY seq LIMIT 1", ())), None)

    def claim(self, submission: str) -> bool:
        """Take a queued submission for this process; False where another one has it, or it no longer waits."""
        with self._ledger.transaction() as connection:
            taken = connection.execute(
                "UPDATE submission SET state = 'running', started_at = ?, worker = ?, stage = '', done = 0, total = 0 "
                "WHERE id = ? AND state = 'queued'",
                (self._now(), this_process(), submission),
            ).rowcount
        return bool(taken)

    def requeue_abandoned(self) -> list[str]:
        """Queue again what a process had that lives no more, and give their ids; a cancelled one ends instead."""
        rows = self._ledger.query("SELECT id, worker FROM submission WHERE state = 'running' ORDER BY seq")
        abandoned = [name for name, worker in rows if not lives(worker or "")]
        with self._ledger.transaction() as connection:
            for name in abandoned:
                connection.execute(
                    "UPDATE submission SET worker = NULL, state = iif(cancel_requested, 'cancelled', 'queued') "
                    "WHERE id = ? AND state = 'running'",
                    (name,),
                )
        return abandoned

    def progress(self, submission: str, stage: str, done: int, total: int) -> None:
        """Say how far a submission is."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE submission SET stage = ?, done = ?, total = ? WHERE id = ?", (stage, done, total, submission)
            )

    def request_cancel(self, submission: str) -> bool:
        """Ask a submission to stop: one that waits is cancelled at once; False where it had ended already."""
        with self._ledger.transaction() as connection:
            waiting = connection.execute(
                "UPDATE submission SET cancel_requested = 1, state = 'cancelled', finished_at = ? "
                "WHERE id = ? AND state = 'queued'",
                (self._now(), submission),
            ).rowcount
            running = connection.execute(
                "UPDATE submission SET cancel_requested = 1 WHERE id = ? AND state = 'running'", (submission,)
            ).rowcount
        return bool(waiting or running)

    def is_cancelled(self, submission: str) -> bool:
        """Whether somebody asked the submission to stop."""
        return self.get(submission).cancel_requested

    def finish(
        self,
        submission: str,
        state: State,
        report: Mapping[str, Any] | None = None,
        *,
        mapping: str | None = None,
        error: str | None = None,
    ) -> None:
        """End a submission, with its report or with what stopped it."""
        text = None if report is None else zlib.compress(json.dumps(report, ensure_ascii=False).encode(), 6)
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE submission SET state = ?, report = coalesce(?, report), mapping = coalesce(?, mapping), "
                "error = ?, finished_at = ?, worker = NULL, done = max(done, total), total = max(done, total) "
                "WHERE id = ?",
                (state, text, mapping, error, self._now(), submission),
            )

    def withdraw(self, submission: str) -> None:
        """Note that what a stored submission brought in has been taken back.

        Raises:
            ConflictError: it is not stored, or withdrawn already.
        """
        with self._ledger.transaction() as connection:
            changed = connection.execute(
                "UPDATE submission SET state = 'withdrawn' WHERE id = ? AND state = 'done'", (submission,)
            ).rowcount
            if not changed:
                state = self.get(submission).state
                raise ConflictError(f"the submission {submission!r} is {state}: only a stored one is withdrawn, once")

    def report(self, submission: str) -> Mapping[str, Any] | None:
        """The report of a submission as JSON values; None where it has none yet."""
        rows = self._ledger.query("SELECT report FROM submission WHERE id = ?", (submission,))
        if not rows or rows[0][0] is None:
            return None
        held: Mapping[str, Any] = json.loads(zlib.decompress(rows[0][0]))
        return held

    def add_records(self, submission: str, parts: Iterable[StoredPart]) -> None:
        """Note the records that a submission brings in."""
        with self._ledger.transaction() as connection:
            connection.executemany(
                "INSERT INTO submission_record VALUES (?, ?, ?, ?, ?)",
                [(submission, part.record.value, part.series, part.part, part.digest) for part in parts],
            )

    def records(self, submission: str, series: str | None = None) -> list[StoredPart]:
        """The records that a submission brought in, of one series or of all, in order."""
        rows = self._ledger.query(
            "SELECT record, series, part, digest FROM submission_record "
            "WHERE submission = ? AND (? IS NULL OR series = ?) ORDER BY series, part, record",
            (submission, series, series),
        )
        return [StoredPart(IRI(record), *rest) for record, *rest in rows]

    def last(self, series: str, author: IRI) -> Submission | None:
        """The author's newest submission that brought in something of the series, withdrawn or not."""
        found = self._select(
            "author = ? AND state IN ('done', 'withdrawn') "
            "AND id IN (SELECT submission FROM submission_record WHERE series = ?) ORDER BY seq DESC LIMIT 1",
            (author.value, series),
        )
        return next(iter(found), None)

    def previous(self, series: str, author: IRI) -> Submission | None:
        """The author's newest submission of the series, unless it was withdrawn: the one that a newer revises."""
        found = self.last(series, author)
        return found if found and found.state == "done" else None

    def _now(self) -> str:
        return self._clock.now().isoformat()


def _submission(row: tuple[Any, ...]) -> Submission:
    name, submitter, author, source, file, mapping, request, state, stage, done, total, *rest = row
    created_at, started_at, finished_at, cancel_requested, error = rest
    return Submission(
        id=name,
        submitter=IRI(submitter),
        author=IRI(author),
        source=source,
        file=file,
        mapping=mapping,
        request=json.loads(request),
        state=state,
        stage=stage,
        done=done,
        total=total,
        created_at=dt.datetime.fromisoformat(created_at),
        started_at=_instant(started_at),
        finished_at=_instant(finished_at),
        cancel_requested=bool(cancel_requested),
        error=error,
    )


def _instant(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
