"""Which character separates the cells of a text file."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import Final, NamedTuple

_CANDIDATES: Final = (",", ";", "\t", "|")
_SAID: Final = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
_RECORDS: Final = 200


class Dialect(NamedTuple):
    """How the cells of a text file are told apart.

    Attributes:
        said: whether its first line says so (`sep=;`), and is no row.
    """

    delimiter: str
    said: bool = False


def dialect_of(sample: str) -> Dialect:
    """The dialect of a text by its first lines: the delimiter that gives most rows the same number of cells.

    Args:
        sample: whole lines from the begin of the text.
    """
    first, _, _ = sample.partition("\n")
    if match := _SAID.fullmatch(first):
        return Dialect(match[1], said=True)
    return Dialect(max(_CANDIDATES, key=lambda delimiter: _agreement(sample, delimiter)))


def _agreement(sample: str, delimiter: str) -> float:
    """How many columns the rows agree on, weighed by how many rows do; 0 where they have but one."""
    widths: Counter[int] = Counter()
    reader = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
    try:
        for record, _ in zip(reader, range(_RECORDS), strict=False):
            if any(cell.strip() for cell in record):
                widths[len(record)] += 1
    except csv.Error:
        return 0.0
    width, rows = max(widths.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]), default=(1, 0))
    return (width - 1) * (rows / max(1, widths.total())) ** 2
