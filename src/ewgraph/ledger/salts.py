"""Secret salts, one for each audience: by them an audience recognises a hidden thing again, and no two compare theirs.

They lie in the ledger, so that a backup has them, and are made when they are first needed. Nothing that is read through
a View depends on one but by a keyed digest.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final

from ewgraph.ledger.ledger import Ledger

_BYTES: Final = 32
_TABLE: Final = "CREATE TABLE IF NOT EXISTS salt (audience TEXT PRIMARY KEY, salt BLOB NOT NULL) STRICT, WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Salt:
    """The salt of one audience."""

    _secret: bytes = field(repr=False)

    def digest(self, *parts: str) -> str:
        """128 bits of the keyed digest (HMAC-SHA-256, RFC 2104) of the parts, as 32 hexadecimal digits.

        Each part goes in with its length: no two sequences of parts are one text.
        """
        text = b"".join(len(part.encode()).to_bytes(8) + part.encode() for part in parts)
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()[:32]


class Salts:
    """The salts of a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def of(self, audience: str) -> Salt:
        """The salt of an audience, by any name for it that stays the same."""
        with self._ledger.transaction() as connection:
            connection.execute(_TABLE)
            connection.execute("INSERT OR IGNORE INTO salt VALUES (?, ?)", (audience, secrets.token_bytes(_BYTES)))
            (salt,) = connection.execute("SELECT salt FROM salt WHERE audience = ?", (audience,)).fetchone()
        return Salt(bytes(salt))
