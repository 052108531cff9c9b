"""The submissions as a service sees them that works them off: who waits, how often it was tried, page by page."""

from __future__ import annotations

from typing import Final

from ewgraph.ledger.ledger import Ledger
from ewgraph.ledger.submissions import Submission, Submissions
from ewgraph.model.rdf import IRI

_UNDER_WAY: Final = "state IN ('queued', 'running')"


class SubmissionQueue:
    """The queue of submissions in the ledger."""

    def __init__(self, ledger: Ledger, submissions: Submissions) -> None:
        self._ledger = ledger
        self._submissions = submissions

    def waiting(self, limit: int) -> list[tuple[str, str]]:
        """The ids of the submissions that wait, each with the hash of its file.

        Whose turn was longest ago comes first, so that nobody's many files keep the others waiting.
        """
        return [
            (name, source)
            for name, source in self._ledger.query(
                "SELECT id, source FROM submission AS one WHERE state = 'queued' ORDER BY (SELECT coalesce("
                "max(started_at), '') FROM submission WHERE submitter = one.submitter), seq LIMIT ?",
                (limit,),
            )
        ]

    def begin(self, submission: str) -> int:
        """Count one more try of a submission, and give their number."""
        with self._ledger.transaction() as connection:
            connection.execute("UPDATE submission SET attempts = attempts + 1 WHERE id = ?", (submission,))
        return int(self._ledger.query("SELECT attempts FROM submission WHERE id = ?", (submission,))[0][0])

    def give_back(self, submission: str) -> None:
        """Let a submission wait again whose try was cut off by nobody's fault: it does not count."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE submission SET state = 'queued', worker = NULL, started_at = NULL, "
                "attempts = max(attempts - 1, 0) "
                "WHERE id = ? AND state IN ('queued', 'running') AND NOT cancel_requested",
                (submission,),
            )

    def under_way(self, submitter: IRI) -> int:
        """How many submissions of the submitter wait or are being worked on."""
        rows = self._ledger.query(
            f"SELECT count(*) FROM submission WHERE submitter = ? AND {_UNDER_WAY}",  # noqa: S608  # the states stand above
            (submitter.value,),
        )
        return int(rows[0][0])

    def sources(self) -> set[str]:
        """The hashes of the files that a submission waits with or is being made of."""
        return {row[0] for row in self._ledger.query(f"SELECT source FROM submission WHERE {_UNDER_WAY}")}  # noqa: S608  # as above

    def counts(self) -> dict[str, int]:
        """How many submissions there are in each state."""
        return dict(self._ledger.query("SELECT state, count(*) FROM submission GROUP BY state ORDER BY state"))

    def page(self, party: IRI | None, before: str | None, limit: int) -> list[Submission]:
        """The submissions that the party handed in or that are its word, newest first; of everybody where None.

        Args:
            party: whose.
            before: begin after this submission; an unknown one, or another's, gives an empty page.
            limit: how many at most.
        """
        rows = self._ledger.query(
            "SELECT id FROM submission WHERE (?1 IS NULL OR ?1 IN (submitter, author)) "
            "AND (?2 IS NULL OR seq < (SELECT seq FROM submission WHERE id = ?2 "
            "AND (?1 IS NULL OR ?1 IN (submitter, author)))) ORDER BY seq DESC LIMIT ?3",
            (party.value if party else None, before, limit),
        )
        return [self._submissions.get(row[0]) for row in rows]
