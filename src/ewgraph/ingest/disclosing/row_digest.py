"""A digest of what rows say, wherever they stand in whatever file: to tell whether a disclosure is the one before."""

from __future__ import annotations

import hashlib
from typing import Final

from ewgraph.ingest.mapping.batch import Batch

_BYTES: Final = 16
_WRAP: Final = 1 << (8 * _BYTES)
_PASSING: Final = frozenset(
    {"receivedAt", "sha256", "file", "previous", "digest", "part", "record", "row", "sheet", "language"}
)
"""What differs between two files that say the same."""


def said_by(batch: Batch, mapping: str) -> int:
    """A number that stands for what the rows say.

    Those of several batches add up, so that it does not matter how the rows of a series fall into records.

    Args:
        batch: the rows.
        mapping: the text of the mapping that tells what they mean.
    """
    common = hashlib.blake2b(mapping.encode(), digest_size=_BYTES)
    given = sorted((name, text) for name, text in batch.given.items() if name not in _PASSING)
    single = sorted((name, held.cell.text) for name, held in batch.cells.items())
    common.update(repr((batch.record, batch.key, given, single)).encode())
    if not batch.rows:
        return int.from_bytes(common.digest(), "big")
    total = 0
    for row in batch.rows:
        own = common.copy()
        own.update(repr(sorted((name, cell.text) for name, cell in row.cells.items())).encode())
        total += int.from_bytes(own.digest(), "big")
    return total % _WRAP


def sum_of(said: list[int]) -> str:
    """What several batches say, as the ledger keeps it."""
    return f"{sum(said) % _WRAP:032x}"
