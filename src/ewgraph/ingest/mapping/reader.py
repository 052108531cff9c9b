"""A file read as its mapping says: rows in batches, each for one record, while the file streams."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ewgraph.assets import asset
from ewgraph.ingest.mapping.batch import Batch, CellFault, CellIn, RowIn
from ewgraph.ingest.mapping.codes import code_lists, codes_wanted
from ewgraph.ingest.mapping.conditions import condition
from ewgraph.ingest.mapping.language import Column, RecordKind, TableMapping
from ewgraph.ingest.mapping.slots import Texts, filled
from ewgraph.ingest.mapping.tables import FoundTable, find_table, single_cells
from ewgraph.ingest.mapping.trailing import Trailing
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Cell, SheetRow

if TYPE_CHECKING:
    from ewgraph.ingest.sheets.document import Document

BUFFERED: Final = 20_000
"""How many rows are held at most before a batch is given out that is not full."""

MOST_FAULTS: Final = 10_000
"""How many faults are kept; the others are counted."""


class Reader:
    """Reads one file.

    Args:
        mapping: what the file means.
        document: the file.
        given: what fills the slots that no column fills, such as `submitter`.
        assigned: column of ours to heading, where a person has said so; then no other heading counts.
        kos: the folder of the code lists; those of the program as a rule.

    Attributes:
        faults: what is wrong with the file and with whole rows; complete once all batches were given out.
        more_faults: how many faults were counted and not kept, by shape.
        rows_read: how many rows of tables were read, with those that are faulty or repeated.
        rows_repeated: how many of them say what an earlier one says.
        tables: the tables that were found, by our names.
    """

    def __init__(
        self,
        mapping: TableMapping,
        document: Document,
        given: Mapping[str, str],
        assigned: Mapping[str, str] | None = None,
        kos: Path | None = None,
    ) -> None:
        self._mapping = mapping
        self._document = document
        self._given = {"sha256": document.sha256, "file": document.name, **given}
        self.faults: list[CellFault] = []
        self.more_faults: Counter[str] = Counter()
        self.rows_read = 0
        self.rows_repeated = 0
        self.tables: dict[str, FoundTable] = {}
        for table in mapping.tables.values():
            found = find_table(document, table, assigned, self.faults)
            if found is not None:
                self.tables[table.name] = found
        self._cells = single_cells(document, mapping.cells)
        self._codes = code_lists(mapping.codes, codes_wanted(mapping), kos or asset("ontology") / "kos")

    def batches(self) -> Iterator[Batch]:
        """The rows, grouped as records want them; the same file gives the same batches."""
        for kind in self._mapping.records:
            if not kind.table:
                yield self._batch(kind, (), 1, [], None)
        for name, found in self.tables.items():
            kinds = [kind for kind in self._mapping.records if kind.table == name]
            if kinds:
                yield from self._of_table(found, kinds)

    def _of_table(self, found: FoundTable, kinds: list[RecordKind]) -> Iterator[Batch]:
        columns = {**{name: cell.reading for name, cell in self._mapping.cells.items()}, **found.table.columns}
        groups = _Groups([(kind, condition(kind.when, columns, self._codes)) for kind in kinds])
        texts = self._texts(found.table.columns)
        before = self.rows_read
        for row in _Rows(found, self).rows():
            said = {**texts, **{name: cell.text for name, cell in row.cells.items()}}
            if not groups.add(row, said):
                self.note(CellFault("reading-rowIgnored", row.sheet, row.number, None, None))
            for kind, key, part, rows in groups.full():
                yield self._batch(kind, key, part, rows, found)
        for kind, key, part, rows in groups.rest():
            yield self._batch(kind, key, part, rows, found)
        if self.rows_read == before:
            self.note(CellFault("reading-noRows", found.sheet.name, found.heading_row, None, None))

    def _texts(self, columns: Mapping[str, Column]) -> dict[str, str]:
        """What the slots say where a row says nothing."""
        cells = {name: self._cells[name].cell.text if name in self._cells else "" for name in self._mapping.cells}
        return {**dict.fromkeys(columns, ""), **cells, **self._given}

    def _batch(
        self, kind: RecordKind, key: tuple[str, ...], part: int, rows: list[RowIn], found: FoundTable | None
    ) -> Batch:
        said = {**self._texts({}), **dict(zip(kind.by, key, strict=True)), "part": str(part)}
        needed = {name: "" for name in ("submitter", "onBehalfOf", "contract", "language", "previous")}
        columns = found.columns if found else {}
        series = filled(kind.series, {**needed, **said})
        return Batch(kind.name, key, part, series, rows, columns, self._given, self._cells)

    def note(self, fault: CellFault) -> None:
        """Keep a fault, or count it where there are too many."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
        else:
            self.more_faults[fault.shape] += 1


class _Groups:
    """Rows by the record that they belong to."""

    def __init__(self, kinds: list[tuple[RecordKind, Callable[[Texts], bool] | None]]) -> None:
        self._kinds = kinds
        self._rows: dict[tuple[int, tuple[str, ...]], list[RowIn]] = {}
        self._parts: Counter[tuple[int, tuple[str, ...]]] = Counter()
        self._held = 0
        self._last: list[tuple[int, tuple[str, ...]]] = []

    def add(self, row: RowIn, texts: Texts) -> bool:
        """Put the row to each kind of record whose conditions hold; tell whether there is one."""
        self._last = []
        for number, (kind, holds) in enumerate(self._kinds):
            if holds is None or holds(texts):
                group = number, tuple([" ".join(texts[column].split()) for column in kind.by])
                self._rows.setdefault(group, []).append(row)
                self._last.append(group)
                self._held += 1
        return bool(self._last)

    def full(self) -> Iterator[tuple[RecordKind, tuple[str, ...], int, list[RowIn]]]:
        """The groups of the last row that are full, and the largest where too many rows are held."""
        for group in self._last:
            if len(self._rows[group]) >= self._kinds[group[0]][0].most:
                yield self._taken(group)
        if self._held > BUFFERED:
            yield self._taken(max(self._rows, key=lambda group: len(self._rows[group])))

    def rest(self) -> Iterator[tuple[RecordKind, tuple[str, ...], int, list[RowIn]]]:
        """All that is still held, in the order of kinds and keys."""
        for group in sorted(self._rows):
            yield self._taken(group)

    def _taken(self, group: tuple[int, tuple[str, ...]]) -> tuple[RecordKind, tuple[str, ...], int, list[RowIn]]:
        rows = self._rows.pop(group)
        self._held -= len(rows)
        self._parts[group] += 1
        return self._kinds[group[0]][0], group[1], self._parts[group], rows


class _Rows:
    """The rows of one table that say something, and what is to be noted of the others."""

    def __init__(self, found: FoundTable, reader: Reader) -> None:
        self._found = found
        self._reader = reader
        self._known = [(name, column.number) for name, column in found.columns.items()]
        self._unknown = list(found.unknown.items())
        self._filled_down = [
            name for name, column in found.table.columns.items() if column.fill and name in found.columns
        ]
        self._above: dict[str, Cell] = {}
        self._telling = [
            (name, found.table.columns[name].type == "text")
            for name in sorted(found.columns)
            if not (found.table.columns[name].hidden or found.table.columns[name].note)
        ]
        self._seen: dict[bytes, int] = {}
        self._counts: dict[tuple[str, str], tuple[int, int]] = {}
        self._hidden: list[int] = []

    def rows(self) -> Iterator[RowIn]:
        """The rows that say something new."""
        found, reader = self._found, self._reader
        sheet = found.sheet.name
        trailing = Trailing(found)
        for row in found.rows():
            cells = {name: row.cells[number] for name, number in self._known if number in row.cells}
            if trailing.is_below(row, cells):
                reader.note(CellFault("reading-trailing", sheet, row.number, None, trailing.text(row)))
                continue
            reader.rows_read += 1
            if row.hidden:
                self._hidden.append(row.number)
            if row.fault:
                reader.note(CellFault("reading-row", sheet, row.number, None, None, params={"value": row.fault}))
                continue
            self._note_cells(row.number, cells)
            if self._filled_down:
                self._fill(cells)
            if (first := self._said_before(row.number, cells)) is not None:
                reader.rows_repeated += 1
                reader.note(
                    CellFault("reading-rowRepeated", sheet, row.number, None, None, params={"other": str(first)})
                )
                continue
            yield RowIn(sheet, row.number, cells, self._extra(row))
        self._note_counts()

    def _extra(self, row: SheetRow) -> dict[str, str]:
        return {text: row.cells[number].text for number, text in self._unknown if number in row.cells}

    def _fill(self, cells: dict[str, Cell]) -> None:
        for name in self._filled_down:
            if name in cells:
                self._above[name] = cells[name]
            elif name in self._above:
                cells[name] = self._above[name]

    def _said_before(self, number: int, cells: Mapping[str, Cell]) -> int | None:
        """The earlier row that says the same under all columns that tell something, if there is one."""
        said = [
            "" if (cell := cells.get(name)) is None else folded(cell.text) if is_text else cell.text
            for name, is_text in self._telling
        ]
        digest = hashlib.blake2b("\x1f".join(said).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        first = self._seen.setdefault(digest, number)
        return None if first == number else first

    def _note_cells(self, number: int, cells: Mapping[str, Cell]) -> None:
        for name, cell in cells.items():
            if cell.formula or cell.merged:
                for shape in ("reading-formula",) * cell.formula + ("reading-merged",) * cell.merged:
                    first, count = self._counts.get((shape, name), (number, 0))
                    self._counts[shape, name] = first, count + 1

    def _note_counts(self) -> None:
        sheet = self._found.sheet.name
        for (shape, name), (first, count) in self._counts.items():
            column = self._found.columns[name]
            params = {"heading": column.heading, "count": str(count)}
            self._reader.note(CellFault(shape, sheet, first, column.number, None, params=params))
        if self._hidden:
            params = {"count": str(len(self._hidden))}
            self._reader.note(CellFault("reading-hiddenRow", sheet, self._hidden[0], None, None, params=params))
