"""The rows that were kept out of the ledger: with their cells and what was wrong, until they are mended or replaced."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ewgraph.ledger.ledger import Ledger
from ewgraph.model.rdf import IRI

RowState: TypeAlias = Literal["open", "mended", "superseded"]


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row that was kept out, with its cells by column and what is wrong with it.

    Attributes:
        kind: which of the mapping's records the row belongs to.
        mended_by: the record that it entered in the end, or the submission that replaced it.
    """

    kind: str
    sheet: str
    row: int
    series: str
    cells: Mapping[str, str]
    results: tuple[Mapping[str, Any], ...]
    state: RowState = "open"
    mended_by: str | None = None


class Quarantine:
    """The quarantined rows in the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, submission: str, rows: Iterable[QuarantinedRow]) -> None:
        """Keep rows of a submission; a row that it keeps already is kept as it is now."""
        with self._ledger.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        *(submission, row.kind, row.sheet, row.row, row.series),
                        json.dumps(dict(row.cells), ensure_ascii=False),
                        json.dumps(list(row.results), ensure_ascii=False),
                        *(row.state, row.mended_by),
                    )
                    for row in rows
                ),
            )

    def rows(self, submission: str, state: RowState | None = None, limit: int = -1) -> list[QuarantinedRow]:
        """The rows of a submission in one state, or in any, in the order of the file; at most `limit` (-1: all)."""
        found = self._ledger.query(
            "SELECT kind, sheet, row, series, cells, results, state, mended_by FROM quarantine "
            "WHERE submission = ? AND (? IS NULL OR state = ?) ORDER BY sheet, row, kind LIMIT ?",
            (submission, state, state, limit),
        )
        return [_row(row) for row in found]

    def count(self, submission: str, state: RowState = "open") -> int:
        """How many rows of a submission are in a state."""
        counted = self._ledger.query(
            "SELECT count(*) FROM quarantine WHERE submission = ? AND state = ?", (submission, state)
        )
        return int(counted[0][0])

    def mend(self, submission: str, rows: Iterable[tuple[str, str, int]], record: str) -> None:
        """Note that rows, given as kind, sheet and row, entered a record after all."""
        with self._ledger.transaction() as connection:
            connection.executemany(
                "UPDATE quarantine SET state = 'mended', mended_by = ? "
                "WHERE submission = ? AND kind = ? AND sheet = ? AND row = ? AND state = 'open'",
                [(record, submission, *row) for row in rows],
            )

    def supersede(self, author: IRI, series: str, by: str) -> None:
        """Note that a submission replaced what of a series still lay open in the others of its author."""
        self._supersede(
            "series = ? AND submission IN (SELECT id FROM submission WHERE author = ? AND id != ?)",
            (by, series, author.value, by),
        )

    def supersede_unread(self, submission: str, by: str) -> None:
        """Note that a submission replaced the rows of another that belong to no series, since they cannot be read."""
        self._supersede("submission = ? AND series = ''", (by, submission))

    def close(self, submission: str) -> None:
        """Note that no row of a submission waits any more: it was withdrawn."""
        self._supersede("submission = ?", (submission, submission))

    def _supersede(self, condition: str, parameters: tuple[str, ...]) -> None:
        with self._ledger.transaction() as connection:
            connection.execute(
                f"UPDATE quarantine SET state = 'superseded', mended_by = ? WHERE state = 'open' AND {condition}",  # noqa: S608  # the conditions stand above
                parameters,
            )


def _row(row: tuple[Any, ...]) -> QuarantinedRow:
    kind, sheet, number, series, cells, results, state, mended_by = row
    return QuarantinedRow(kind, sheet, number, series, json.loads(cells), tuple(json.loads(results)), state, mended_by)
