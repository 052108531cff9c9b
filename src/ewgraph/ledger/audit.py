"""The audit log: who came in, and what was done that concerns who may see what. It is only ever added to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ewgraph.clock import Clock
from ewgraph.ledger.ledger import Ledger

COMMAND_LINE: Final = "command line"
"""By what the operator of the data directory does things."""

_MOST: Final = 1000


class Event(StrEnum):
    """What is noted."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGNED_OUT = "signed-out"
    KEY_ADDED = "key-added"
    KEY_REVOKED = "key-revoked"
    KEY_USED = "key-used"
    ACCOUNT_ADDED = "account-added"
    ACCOUNT_REVOKED = "account-revoked"
    UPLOADED = "uploaded"
    RECORDED = "recorded"
    RELEASED = "released"
    ERASED = "erased"
    EXPORTED = "exported"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log.

    Attributes:
        by: by what it was done, such as `key:<id>`; empty for nobody known.
        principal: who that stands for.
        details: what else there is to say, as JSON values: never a secret, never a disclosed value.
    """

    seq: int
    at: dt.datetime
    event: Event
    by: str
    principal: str
    details: Mapping[str, Any]


class Audit:
    """The audit log in the ledger."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def note(self, event: Event, by: str, principal: str, **details: object) -> None:
        """Add a line; within a transaction of the ledger it is kept or dropped with the rest."""
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT INTO audit (at, event, by, principal, details) VALUES (?, ?, ?, ?, ?)",
                (
                    self._clock.now().isoformat(),
                    event.value,
                    by,
                    principal,
                    json.dumps(details, ensure_ascii=False, sort_keys=True),
                ),
            )

    def entries(self, *, before: int | None = None, event: Event | None = None, limit: int = 100) -> list[AuditEntry]:
        """The lines, newest first.

        Args:
            before: only those with a smaller number.
            event: only those of this event.
            limit: at most so many, and never more than 1,000.
        """
        rows = self._ledger.query(
            "SELECT seq, at, event, by, principal, details FROM audit "
            "WHERE (?1 IS NULL OR seq < ?1) AND (?2 IS NULL OR event = ?2) ORDER BY seq DESC LIMIT ?3",
            (before, event.value if event else None, min(limit, _MOST)),
        )
        return [
            AuditEntry(seq, dt.datetime.fromisoformat(at), Event(name), by, principal, json.loads(details))
            for seq, at, name, by, principal, details in rows
        ]
