"""API keys: shown once, kept as a salted hash, each with its rights and its end."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ewgraph.clock import Clock
from ewgraph.errors import InputError, NotFoundError
from ewgraph.ledger.ledger import Ledger
from ewgraph.ledger.rights import Right, rights_of, text_of

MARK: Final = "ewg_"
"""What every token begins with: so that a leaked one is found by those who look for them."""

_COLUMNS: Final = "id, principal, rights, label, created_at, created_by, expires_at, last_used_at, revoked_at"


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret.

    Attributes:
        principal: `staff`, or the IRI of the organisation whose key it is.
        label: what it is for, as whoever made it wrote.
        created_by: by what it was made: a key, an account, the command line.
        expires_at: when it ceases to work; None for never.
        last_used_at: when it was used last, to the minute; None for never.
        revoked_at: when it was ended; None unless it was.
    """

    id: str
    principal: str
    rights: frozenset[Right]
    label: str
    created_at: dt.datetime
    created_by: str
    expires_at: dt.datetime | None
    last_used_at: dt.datetime | None
    revoked_at: dt.datetime | None

    def works(self, now: dt.datetime) -> bool:
        """Whether it works at an instant."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class Keyring:
    """The API keys in the ledger."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def add(  # one row
        self,
        principal: str,
        *,
        rights: Collection[str] | None = None,
        label: str = "",
        days: float | None = None,
        by: str = "",
    ) -> str:
        """Make a key for `staff` or an organisation's IRI, and give its token: the only time it is known.

        Args:
            principal: whose key it is.
            rights: what its bearer may do; None for all that the principal can.
            label: what it is for.
            days: for how long it works; None for ever.
            by: by what it is made.

        Raises:
            InputError: a right is unknown or not for the principal, or the days are none.
        """
        if days is not None and not 0 < days <= _MOST_DAYS:
            raise InputError(f"a key works for more than 0 and at most {_MOST_DAYS} days, not {days:g}")
        name, secret, salt = secrets.token_hex(6), secrets.token_hex(24), secrets.token_bytes(16)
        now = self._clock.now()
        expires_at = None if days is None else (now + dt.timedelta(days=days)).isoformat()
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT INTO api_key (id, salt, hash, principal, created_at, label, rights, created_by, expires_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(name, salt, _hash(salt, secret), principal, now.isoformat(), label),
                    *(text_of(rights_of(principal, rights)), by, expires_at),
                ),
            )
        return f"{MARK}{name}_{secret}"

    def of(self, token: str) -> Key | None:
        """The key of a token; None where it is unknown, over or revoked."""
        name, _, secret = token.removeprefix(MARK).partition("_")
        rows = self._ledger.query(f"SELECT salt, hash, {_COLUMNS} FROM api_key WHERE id = ?", (name,))  # noqa: S608
        salt, kept, *row = rows[0] if rows else (b"", b"")
        right = hmac.compare_digest(_hash(salt, secret), kept)
        key = _key(row) if right and token.startswith(MARK) else None
        return key if key and key.works(self._clock.now()) else None

    def note_use(self, key: Key) -> bool:
        """Keep that a key is used now, to the minute; whether it is the first time within an hour."""
        now = self._clock.now()
        if key.last_used_at and now - key.last_used_at < _MINUTE:
            return False
        with self._ledger.transaction() as connection:
            connection.execute("UPDATE api_key SET last_used_at = ? WHERE id = ?", (now.isoformat(), key.id))
        return key.last_used_at is None or now - key.last_used_at > _HOUR

    def list(self) -> list[Key]:
        """All keys, oldest first."""
        return [_key(row) for row in self._ledger.query(f"SELECT {_COLUMNS} FROM api_key ORDER BY created_at, id")]  # noqa: S608

    def revoke(self, name: str) -> Key:
        """End a key; ending it twice changes nothing.

        Raises:
            NotFoundError: there is no such key.
        """
        with self._ledger.transaction() as connection:
            connection.execute(
                "UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
                (self._clock.now().isoformat(), name),
            )
        rows = self._ledger.query(f"SELECT {_COLUMNS} FROM api_key WHERE id = ?", (name,))  # noqa: S608
        if not rows:
            raise NotFoundError(f"there is no key {name!r}; `ewgraph key list` shows them")
        return _key(rows[0])


_MINUTE: Final = dt.timedelta(minutes=1)
_HOUR: Final = dt.timedelta(hours=1)
_MOST_DAYS: Final = 3650


def _key(row: Collection[str | None]) -> Key:
    name, principal, rights, label, created_at, created_by, *instants = row
    return Key(
        str(name),
        str(principal),
        frozenset(map(Right, str(rights).split())),
        str(label),
        dt.datetime.fromisoformat(str(created_at)),
        str(created_by),
        *(dt.datetime.fromisoformat(text) if text else None for text in instants),
    )


def _hash(salt: bytes, secret: str) -> bytes:
    return hashlib.sha256(salt + secret.encode()).digest()
