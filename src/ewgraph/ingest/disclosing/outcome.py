"""What is to be made of a batch of rows, and what became of it: what travels between processes."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from ewgraph.ingest.answer.report import CellResult
from ewgraph.ingest.disclosing.context import Context
from ewgraph.ingest.disclosing.obligations import Answered
from ewgraph.ingest.disclosing.statements import Statement
from ewgraph.ingest.mapping.batch import Batch, RowIn
from ewgraph.ingest.rights import Submitter
from ewgraph.ledger import Draft, Packed, QuarantinedRow
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad

RowKey: TypeAlias = tuple[str, int]
"""A row by its sheet and number."""

_LEVEL: Final = 1
_MOST_REASONS: Final = 20


@dataclass(frozen=True, slots=True)
class Setup:
    """What all batches of a submission have in common. It travels to each worker process once."""

    mapping: str
    base: str
    kos: Path
    shapes: Path
    context: Context
    submitter: Submitter
    least_workers: int


class Task(NamedTuple):
    """A batch to work on.

    Attributes:
        revises: the IRIs of the records that its record replaces.
    """

    batch: Batch
    revises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch.

    Attributes:
        batch: the name of the kind of record.
        rows: how many rows there were.
        let_in: how many of them got in.
        results: what is wrong, or could be better.
        kept_out: the rows that did not get in as JSON, deflated; `kept_out_rows` tells them.
        made: the record; None where no row got in.
    """

    batch: str
    series: str
    rows: int
    let_in: int
    results: tuple[CellResult, ...]
    kept_out: bytes
    made: MadeRecord | None


@dataclass(frozen=True, slots=True)
class MadeRecord:
    """A record that conforms.

    Attributes:
        batch: the name of the kind of record.
        content: its canonical N-Quads.
        said: a number for what its rows say; those of several records add up.
        answers: what it does for the obligations of the contracts.
        contracts: the contracts that it speaks of.
        rows: its rows.
    """

    batch: str
    record: str
    kind: str
    content: Packed
    received_at: str
    revises: tuple[str, ...]
    said: int
    asserts: tuple[str, ...]
    describes: tuple[str, ...]
    statements: tuple[Statement, ...]
    answers: Mapping[str, Answered]
    contracts: tuple[str, ...]
    claims: int
    rows: tuple[RowKey, ...] = field(default=())

    def draft(
        self, source: str, submitter: IRI, also_revises: Sequence[IRI] = (), *, stands_beside: bool = False
    ) -> Draft:
        """The record as the ledger takes it.

        Args:
            source: the SHA-256 of the file.
            submitter: who hands it in.
            also_revises: more records that it replaces.
            stands_beside: whether it replaces none after all.
        """
        record = IRI(self.record)
        content = self.content
        revises = () if stands_beside else (*map(IRI, self.revises), *also_revises)
        if revises != tuple(map(IRI, self.revises)):
            told = f"{record} {terms.PROV.wasRevisionOf} ".encode()
            lines = [line for line in zlib.decompress(content.deflated).split(b"\n")[:-1] if not line.startswith(told)]
            lines += [f"{Quad(record, terms.PROV.wasRevisionOf, old, record)} .".encode() for old in revises]
            content = Packed.of(
                b"".join(line + b"\n" for line in sorted(set(lines)))
            )  # no blank node is touched: still canonical
        return Draft(
            iri=record,
            kind=IRI(self.kind),
            content=content,
            source=source,
            submitter=submitter,
            received_at=self.received_at,
            revises=revises,
            asserts=tuple(map(IRI, self.asserts)),
            describes=tuple(map(IRI, self.describes)),
        )


def deflated(content: bytes) -> bytes:
    """The content, small and at once."""
    return zlib.compress(content, _LEVEL)


def packed(batch: Batch, rows: Iterable[RowIn], results: Iterable[CellResult]) -> bytes:
    """The rows that are kept out, each with its cells and what is wrong with it, as deflated JSON."""
    reasons: defaultdict[RowKey, list[CellResult]] = defaultdict(list)
    general: list[CellResult] = []
    for result in results:
        if result.row is None:
            general.append(result)
        elif len(reasons[result.sheet, result.row]) < _MOST_REASONS:
            reasons[result.sheet, result.row].append(result)
    held = [
        (
            *(batch.record, row.sheet, row.number, batch.series),
            {name: cell.text for name, cell in row.cells.items()},
            [reason.as_json() for reason in reasons.get((row.sheet, row.number), general[:_MOST_REASONS])],
        )
        for row in rows
    ]
    return deflated(json.dumps(held, ensure_ascii=False).encode()) if held else b""


def kept_out_rows(outcome: Outcome) -> list[QuarantinedRow]:
    """The rows of a batch that did not get in."""
    if not outcome.kept_out:
        return []
    return [QuarantinedRow(*row) for row in json.loads(zlib.decompress(outcome.kept_out))]
