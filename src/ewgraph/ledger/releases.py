"""The release log: when which record or claim became visible to an audience, or ceased to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ewgraph.clock import Clock
from ewgraph.ledger.ledger import Ledger
from ewgraph.model.rdf import IRI

_ADDED: Final = "added"


@dataclass(frozen=True, slots=True)
class ReleaseChange:
    """A record or claim became visible to an audience or ceased to be.

    Attributes:
        seq: the sequence number that the graph showed then.
        subject: the record or claim.
        audience: the audience graph.
        change: which of the two.
        at: when, as the ledger noted.
    """

    seq: int
    subject: IRI
    audience: IRI
    change: Literal["added", "removed"]
    at: dt.datetime | None = field(default=None, compare=False)


class ReleaseLog:
    """The releases in the ledger. Whom a new record is shown to at once is not noted: that is no change."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def note(self, changes: Sequence[ReleaseChange]) -> None:
        """Note the release changes that are not noted yet, as of now: later than all that were noted before."""
        if not changes:
            return
        with self._ledger.transaction() as connection:
            now = self._ledger.instant(connection)
            connection.executemany(
                "INSERT OR IGNORE INTO release SELECT :at, :subject, :audience, :seq, :change "
                "WHERE :change IS NOT (SELECT change FROM release "
                "WHERE subject = :subject AND audience = :audience ORDER BY at DESC LIMIT 1)",
                [
                    {
                        "seq": change.seq,
                        "subject": change.subject.value,
                        "audience": change.audience.value,
                        "change": change.change,
                        "at": _text(now),
                    }
                    for change in changes
                ],
            )

    def of(self, subject: IRI) -> list[ReleaseChange]:
        """What happened to the visibility of a record or claim, in order."""
        rows = self._ledger.query(
            "SELECT seq, audience, change, at FROM release WHERE subject = ? ORDER BY at, audience", (subject.value,)
        )
        return [
            ReleaseChange(seq, subject, IRI(audience), change, dt.datetime.fromisoformat(at) if at else None)
            for seq, audience, change, at in rows
        ]

    def audiences(self, subject: IRI, at: dt.datetime, now: Collection[IRI]) -> frozenset[IRI]:
        """The audience graphs that showed a record or claim at an instant, from those that show it now.

        It says nothing of whether the subject was there already.
        """
        seen = self._noted(subject, _text(at))
        return frozenset(graph for graph in {*seen, *now} if seen.get(graph, graph in now))

    def newly_shown(
        self, audiences: Sequence[IRI], after: dt.datetime, until: dt.datetime
    ) -> Mapping[IRI, tuple[dt.datetime, IRI | None]]:
        """The records and claims that readers of these audiences came to see between two instants, of what was there.

        Each with when it was first shown to them in between, and the record that the graph had taken in last then. Who
        saw something before, in whichever of the audiences, does not come to see it; nor does who comes to be one of
        the readers.
        """
        names = [audience.value for audience in audiences]
        candidates = self._ledger.query(
            "SELECT subject, iri, min(at) FROM release LEFT JOIN record USING (seq) "  # noqa: S608  # question marks
            "WHERE at > ? AND at <= ? AND change = 'added' "
            f"AND audience IN ({', '.join('?' * len(names))}) GROUP BY subject",
            (_text(after), _text(until), *names),
        )
        return {
            IRI(subject): (dt.datetime.fromisoformat(at), IRI(record) if record else None)
            for subject, record, at in candidates
            if not any(self._noted(IRI(subject), _text(after)).get(audience, False) for audience in audiences)
        }

    def ceased(self, audience: IRI) -> dt.datetime | None:
        """When something was shown to an audience no more, at last; None where nothing was."""
        ((at,),) = self._ledger.query(
            "SELECT max(at) FROM release WHERE audience = ? AND change = 'removed'", (audience.value,)
        )
        return dt.datetime.fromisoformat(at) if at else None

    def shown_since(self, audience: IRI) -> Mapping[IRI, dt.datetime]:
        """What an audience came to see that was there before, and sees as far as the log tells, with when it did."""
        rows = self._ledger.query(
            "SELECT subject, change, max(at) FROM release WHERE audience = ? GROUP BY subject", (audience.value,)
        )
        return {IRI(subject): dt.datetime.fromisoformat(at) for subject, change, at in rows if change == _ADDED}

    def newest(self, audience: IRI) -> str:
        """When the log was written last of an audience; empty where it never was."""
        rows = self._ledger.query(
            "SELECT at FROM release WHERE audience = ? ORDER BY at DESC LIMIT 1", (audience.value,)
        )
        return str(rows[0][0]) if rows else ""

    def _noted(self, subject: IRI, at: str) -> dict[IRI, bool]:
        """For each audience that the log names with the subject, whether it saw it at an instant."""
        seen: dict[IRI, bool] = {}
        for audience, change, noted in self._ledger.query(
            "SELECT audience, change, at FROM release WHERE subject = ? ORDER BY at", (subject.value,)
        ):
            if noted <= at:
                seen[IRI(audience)] = change == _ADDED
            else:
                seen.setdefault(IRI(audience), change != _ADDED)
        return seen


def _text(instant: dt.datetime) -> str:
    """An instant as text that sorts as instants do."""
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")
