"""API keys: shown once, kept as a salted hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from ewgraph.clock import Clock
from ewgraph.errors import NotFoundError
from ewgraph.ledger.ledger import Ledger

_MARK = "ewg"


@dataclass(frozen=True, slots=True)
class Key:
    """An API key without its secret.

    Attributes:
        principal: `staff`, or the IRI of the organisation whose key it is.
        revoked_at: when it ceased to work; None while it works.
    """

    id: str
    principal: str
    created_at: str
    revoked_at: str | None


class Keyring:
    """The API keys in the ledger."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def add(self, principal: str) -> str:
        """Make a key for `staff` or an organisation's IRI, and give its token: the only time it is known."""
        name, secret, salt = secrets.token_hex(6), secrets.token_hex(24), secrets.token_bytes(16)
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT INTO api_key VALUES (?, ?, ?, ?, ?, NULL)",
                (name, salt, _hash(salt, secret), principal, self._clock.now().isoformat()),
            )
        return f"{_MARK}_{name}_{secret}"

    def principal(self, token: str) -> str | None:
        """Whose token it is: `staff` or an organisation's IRI; None where it is unknown or revoked."""
        mark, _, rest = token.partition("_")
        name, _, secret = rest.partition("_")
        rows = self._ledger.query("SELECT salt, hash, principal, revoked_at FROM api_key WHERE id = ?", (name,))
        salt, kept, principal, revoked_at = rows[0] if rows else (b"", b"", "", "never")
        right = hmac.compare_digest(_hash(salt, secret), kept)
        return str(principal) if right and mark == _MARK and revoked_at is None else None

    def list(self) -> list[Key]:
        """All keys, oldest first."""
        rows = self._ledger.query("SELECT id, principal, created_at, revoked_at FROM api_key ORDER BY created_at, id")
        return [Key(*row) for row in rows]

    def revoke(self, name: str) -> None:
        """End a key; ending it twice changes nothing.

        Raises:
            NotFoundError: there is no such key.
        """
        with self._ledger.transaction() as connection:
            found = connection.execute(
                "UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
                (self._clock.now().isoformat(), name),
            ).rowcount
        if not found:
            raise NotFoundError(f"there is no key {name!r}; `ewgraph key list` shows them")


def _hash(salt: bytes, secret: str) -> bytes:
    return hashlib.sha256(salt + secret.encode()).digest()
