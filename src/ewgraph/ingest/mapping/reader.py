"""A file read as its mapping says: rows in batches, each for one record, while the file streams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ewgraph.assets import asset
from ewgraph.ingest.mapping.batch import Batch, CellFault, RowIn
from ewgraph.ingest.mapping.codes import code_lists, codes_wanted
from ewgraph.ingest.mapping.conditions import condition
from ewgraph.ingest.mapping.groups import Groups
from ewgraph.ingest.mapping.language import Column, RecordKind, TableMapping
from ewgraph.ingest.mapping.naming import Knows, Lookups, Naming
from ewgraph.ingest.mapping.reading import CellReading
from ewgraph.ingest.mapping.rows import Rows
from ewgraph.ingest.mapping.slots import filled
from ewgraph.ingest.mapping.tables import FoundTable, find_table, single_cells
from ewgraph.ingest.mapping.things import named_things
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.document import Document

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
        lookups: what is known of things that rows name in words: see `naming`.
        knows: tells whether something that rows name by its identifier is seen; None for everything.

    Attributes:
        faults: what is wrong with the file and with whole rows; complete once all batches were given out.
        more_faults: how many faults were counted and not kept, by shape.
        rows_read: how many rows of tables were read, with those that are faulty or repeated; complete at the end.
        rows_repeated: how many of them say what an earlier one says.
        tables: the tables that were found, by our names.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the file, what it means, and what is known beside it
        self,
        mapping: TableMapping,
        document: Document,
        given: Mapping[str, str],
        assigned: Mapping[str, str] | None = None,
        kos: Path | None = None,
        lookups: Lookups | None = None,
        knows: Knows | None = None,
    ) -> None:
        self._mapping = mapping
        self._document = document
        self._lookups = lookups or {}
        self._knows = knows
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
        self._said = self._said_by_cells()
        self._name_things()

    def _said_by_cells(self) -> dict[str, str]:
        """What the single cells say, by name; those that name something known also what that is."""
        said: dict[str, str] = {}
        for name, cell in self._mapping.cells.items():
            reading = CellReading(cell.reading, None, self._codes.get(cell.reading.codes))
            said[name] = reading.read(self._cells[name].cell).text if name in self._cells else ""
            if cell.reading.lookup:
                known = self._lookups.get(cell.reading.lookup, {})
                self._given[f"{name}_known"] = known.get(folded(said[name]), "")
        return said

    def _name_things(self) -> None:
        """Look up what one table names: for the others by what it is called there, for records all of it."""
        for things in self._mapping.things.values():
            named = named_things(things, self.tables.get(things.table), self._texts({}), self._lookups)
            self._lookups = {**self._lookups, things.name: named.by_name}
            self._given[things.name] = "\n".join(named.iris)

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
        groups = Groups([(kind, condition(kind.when, columns, self._codes)) for kind in kinds])
        asked = self._asked(found, kinds)
        texts = self._texts(found.table.columns)
        rows = Rows(found, self.note, Naming(found.table, self._lookups, self._knows))
        taken = 0
        for row in rows:
            said = dict(texts)
            for name, reading in asked:
                cell = row.cells.get(name)
                if cell is not None and (text := reading.read(cell).text if reading else cell.text):
                    said[name] = text
            wanted = groups.wanted(said)
            taken += len(wanted)
            if not wanted:
                self.note(CellFault("reading-rowIgnored", row.sheet, row.number, None, None))
            elif rows.is_new(row):
                for kind, key, part, some in groups.add(row, wanted):
                    yield self._batch(kind, key, part, some, found)
        for kind, key, part, some in groups.rest():
            yield self._batch(kind, key, part, some, found)
        self.rows_read += rows.read
        self.rows_repeated += rows.repeated
        if not (taken or rows.faulty or found.table.optional):
            self.note(CellFault("reading-noRows", found.sheet.name, found.heading_row, None, None))

    def _asked(self, found: FoundTable, kinds: list[RecordKind]) -> list[tuple[str, CellReading | None]]:
        """The columns by which rows are sorted into records; with a reading where what a cell means counts."""
        columns, language = found.table.columns, self._given.get("language") or "en"
        keys = {name for kind in kinds for name in kind.by}
        asked: dict[str, CellReading | None] = {}
        for name in sorted({*keys, *(name for kind in kinds for when in kind.when for name in when.columns)}):
            column = columns.get(name)
            if column is not None:
                codes = self._codes.get(column.codes)
                meant = name in keys or codes is not None
                asked[name] = CellReading(column, found.columns.get(name), codes, language) if meant else None
        return list(asked.items())

    def _texts(self, columns: Mapping[str, Column]) -> dict[str, str]:
        """What the slots say where a row says nothing."""
        return {**dict.fromkeys(columns, ""), **self._said, **self._given}

    def _batch(
        self, kind: RecordKind, key: tuple[str, ...], part: int, rows: list[RowIn], found: FoundTable | None
    ) -> Batch:
        said = {**self._texts({}), **dict(zip(kind.by, key, strict=True)), "part": str(part)}
        needed = dict.fromkeys(("submitter", "onBehalfOf", "contract", "language", "previous"), "")
        columns = found.columns if found else {}
        series = filled(kind.series, {**needed, **said})
        return Batch(kind.name, key, part, series, rows, columns, self._given, self._cells)

    def note(self, fault: CellFault) -> None:
        """Keep a fault, or count it where there are too many."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
        else:
            self.more_faults[fault.shape] += 1
