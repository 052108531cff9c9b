"""The texts of stored queries that were ever served: a citation names one by its hash, and it can be asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ewgraph.catalogue import StoredQuery
from ewgraph.clock import Clock
from ewgraph.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ServedText:
    """The text of a stored query as it was served.

    Attributes:
        id: the stored query.
        text: what stood in its file.
        hop: what stood in that of its hop, where that is another query.
    """

    id: str
    text: str
    hop: str | None


class ServedTexts:
    """The texts in the ledger. None is ever changed or removed."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def keep(self, queries: Iterable[StoredQuery]) -> None:
        """Keep the texts that are not kept yet."""
        known = {row[0] for row in self._ledger.query("SELECT sha256 FROM question_text")}
        missing = [query for query in queries if query.digest not in known]
        if not missing:
            return
        now = self._clock.now().isoformat()
        with self._ledger.transaction() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO question_text VALUES (?, ?, ?, ?, ?)",
                [(query.digest, query.id, query.text, query.hop_text, now) for query in missing],
            )

    def of(self, sha256: str) -> ServedText | None:
        """The text of that hash; None where none was served."""
        rows = self._ledger.query("SELECT id, text, hop FROM question_text WHERE sha256 = ?", (sha256,))
        return ServedText(*rows[0]) if rows else None
