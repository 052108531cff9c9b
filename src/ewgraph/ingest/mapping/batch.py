"""What passes between reading a file and making records of it: rows in batches, places, and faults of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ewgraph.ingest.mapping.dates import Order
from ewgraph.ingest.mapping.numbers import Point
from ewgraph.ingest.sheets.cell import Cell, column_letter


class Place(NamedTuple):
    """Where something stands in a file.

    Attributes:
        row: the row as the person sees it; None where the whole sheet is meant.
        column: the column, 1 for A; None where the whole row is meant, or the file has no such column.
        heading: what the column is called in the file, or would be.
        value: what the cell says there.
    """

    sheet: str
    row: int | None
    column: int | None
    heading: str
    value: str | None


@dataclass(frozen=True, slots=True)
class CellFault:
    """What reading found wrong with a cell, a row or a file.

    Attributes:
        shape: the local name of a shape of `shapes/reading.ttl`; empty where the fault has no message of its own: the
            value went on as it was written, SHACL speaks about it, and only the hint is added to what SHACL says.
        row: the row, 0 where the whole sheet or file is meant.
        hint: what was probably meant.
        params: what the message's placeholders stand for.
    """

    shape: str
    sheet: str
    row: int
    column: int | None
    value: str | None
    hint: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


class ColumnIn(NamedTuple):
    """A column of ours as a file has it.

    Attributes:
        number: the physical column, 1 for A.
        heading: its heading as written there.
        order: which of day and month comes first in it.
        point: what stands before the decimals in it.
        named: what provenance calls it where that is not its letter.
    """

    number: int
    heading: str
    order: Order = ""
    point: Point = ""
    named: str = ""

    @property
    def letter(self) -> str:
        """What provenance calls the column."""
        return self.named or column_letter(self.number)


class CellIn(NamedTuple):
    """A single cell as a file has it."""

    sheet: str
    row: int
    column: int
    cell: Cell


class RowIn(NamedTuple):
    """A row to make statements of.

    Attributes:
        cells: its cells by our names of the columns.
        extra: what stands under headings that are not understood.
    """

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    extra: Mapping[str, str] = {}


@dataclass(slots=True)
class Batch:
    """Rows of one record.

    Attributes:
        record: the name of the kind of record.
        key: the values of the columns that make a record.
        part: the number of the batch among those of its key, from 1.
        series: what the record has in common with those that it revises or that revise it.
        columns: the columns that the file has, by our names.
        given: what fills the slots that no column fills.
        cells: the single cells that hold something, by our names.
    """

    record: str
    key: tuple[str, ...]
    part: int
    series: str
    rows: list[RowIn]
    columns: Mapping[str, ColumnIn]
    given: Mapping[str, str]
    cells: Mapping[str, CellIn] = field(default_factory=dict)
