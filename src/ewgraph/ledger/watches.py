"""Watches: for whom a reader wants to hear of new findings, and of which it has heard."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ewgraph.clock import Clock
from ewgraph.errors import LimitError, NotFoundError
from ewgraph.ledger.ledger import Ledger
from ewgraph.model.rdf import IRI

_COLUMNS: Final = "id, principal, about, label, created_at"
MOST: Final = 100
"""How many watches a principal may have."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch.

    Attributes:
        id: `watch-` and 20 hexadecimal digits.
        principal: the name of whose it is.
        about: the buyer or brand whom findings are to concern.
        label: what its owner calls it.
    """

    id: str
    principal: str
    about: IRI
    label: str
    created_at: dt.datetime


class Watches:
    """The watches in the ledger. To everybody but its owner a watch does not exist."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def add(self, principal: str, about: IRI, label: str, known: Iterable[IRI]) -> Watch:
        """Begin a watch; its owner has heard of the findings that are known.

        Raises:
            LimitError: the principal has as many as it may have.
        """
        watch = Watch(f"watch-{secrets.token_hex(10)}", principal, about, label, self._clock.now())
        with self._ledger.transaction() as connection:
            (many,) = connection.execute("SELECT count(*) FROM watch WHERE principal = ?", (principal,)).fetchone()
            if many >= MOST:
                raise LimitError(f"you have {many} watches: {MOST} may be. End one first", limit="watches")
            connection.execute(
                "INSERT INTO watch VALUES (?, ?, ?, ?, ?)",
                (watch.id, principal, about.value, label, watch.created_at.isoformat()),
            )
            self._note(watch, known)
        return watch

    def of(self, principal: str) -> list[Watch]:
        """The watches of a principal, the oldest first."""
        return self._select("principal = ? ORDER BY created_at, id", principal)

    def get(self, principal: str, name: str) -> Watch:
        """A watch of a principal.

        Raises:
            NotFoundError: there is none of that name, or it is another's.
        """
        found = self._select("principal = ? AND id = ?", principal, name)
        if not found:
            raise NotFoundError(f"there is no watch {name!r}, or it is not yours")
        return found[0]

    def known(self, watch: Watch) -> Known:
        """The findings of which the owner has heard."""
        rows = self._ledger.query("SELECT finding FROM watch_known WHERE watch = ?", (watch.id,))
        return Known(row[0] for row in rows)

    def acknowledge(self, watch: Watch, findings: Iterable[IRI]) -> None:
        """Note that the owner has heard of findings."""
        with self._ledger.transaction():
            self._note(watch, findings)

    def end(self, watch: Watch) -> None:
        """End a watch."""
        with self._ledger.transaction() as connection:
            connection.execute("DELETE FROM watch_known WHERE watch = ?", (watch.id,))
            connection.execute("DELETE FROM watch WHERE id = ?", (watch.id,))

    def _note(self, watch: Watch, findings: Iterable[IRI]) -> None:
        with self._ledger.transaction() as connection:
            connection.executemany(  # a watch that has ended knows nothing
                "INSERT OR IGNORE INTO watch_known SELECT id, ? FROM watch WHERE id = ?",
                [(_digest(finding), watch.id) for finding in findings],
            )

    def _select(self, condition: str, *values: str) -> list[Watch]:
        rows = self._ledger.query(f"SELECT {_COLUMNS} FROM watch WHERE {condition}", values)  # noqa: S608  # both ours
        return [
            Watch(name, owner, IRI(who), label, dt.datetime.fromisoformat(at)) for name, owner, who, label, at in rows
        ]


class Known:
    """Findings that are known, by the SHA-256 of their IRIs."""

    def __init__(self, digests: Iterable[bytes] = ()) -> None:
        self._digests = set(digests)

    def add(self, finding: IRI) -> None:
        """Know one more."""
        self._digests.add(_digest(finding))

    def __contains__(self, finding: IRI) -> bool:
        return _digest(finding) in self._digests


def _digest(finding: IRI) -> bytes:
    return hashlib.sha256(finding.value.encode()).digest()
