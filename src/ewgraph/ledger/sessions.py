"""Sessions of people who signed in. The browser holds a token, the ledger its hash: so a session can be ended."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from ewgraph.clock import Clock
from ewgraph.ledger.ledger import Ledger
from ewgraph.ledger.rights import Right, rights_of


@dataclass(frozen=True, slots=True)
class Session:
    """A session that goes on.

    Attributes:
        by: by what it was begun: `account:<id>` or `key:<id>`.
        principal: for whom the person acts, as the account or key says now.
        label: who the person is, or what the key is for.
    """

    by: str
    principal: str
    rights: frozenset[Right]
    label: str
    expires_at: dt.datetime


class Sessions:
    """The sessions in the ledger."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def open(self, by: str, hours: float) -> str:
        """Begin a session by an account or a key, and give its token: the only time it is known."""
        token, now = secrets.token_urlsafe(32), self._clock.now()
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, NULL)",
                (_hash(token), by, _text(now), _text(now + dt.timedelta(hours=hours))),
            )
            connection.execute("DELETE FROM session WHERE expires_at < ?", (_text(now),))
        return token

    def of(self, token: str) -> Session | None:
        """The session of a token; None where it is unknown, over or ended, or its account or key is."""
        rows = self._ledger.query(
            "SELECT by, principal, rights, label, session.expires_at FROM session JOIN ("
            "SELECT 'account:' || id AS name, principal, rights, label FROM account WHERE revoked_at IS NULL "
            "UNION ALL SELECT 'key:' || id, principal, rights, label FROM api_key "
            "WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?2)"
            ") ON name = by WHERE session.hash = ?1 AND ended_at IS NULL AND session.expires_at > ?2",
            (_hash(token), _text(self._clock.now())),
        )
        if not rows:
            return None
        by, principal, rights, label, expires_at = rows[0]
        return Session(
            by, principal, rights_of(principal, rights.split()), label, dt.datetime.fromisoformat(expires_at)
        )

    def close(self, token: str) -> None:
        """End a session; ending it twice, or one that never was, changes nothing."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE session SET ended_at = coalesce(ended_at, ?) WHERE hash = ?",
                (_text(self._clock.now()), _hash(token)),
            )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _text(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds")
