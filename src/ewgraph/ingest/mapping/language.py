"""What a mapping says, as values: tables and their columns, single cells, kinds of records and the nodes they describe.

How the language is written stands in the docstring of the package; `parser` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from ewgraph.ingest.mapping.pointers import Pointer
from ewgraph.model.rdf import IRI

ColumnType: TypeAlias = Literal["text", "date", "datetime", "integer", "decimal", "percent", "code", "boolean", "iri"]
COLUMN_TYPES: Final[tuple[ColumnType, ...]] = (
    "text", "date", "datetime", "integer", "decimal", "percent", "code", "boolean", "iri",
)  # fmt: skip
ValueKind: TypeAlias = Literal["iri", "text", "code", "choice", "node", "column"]
VALUE_KINDS: Final[tuple[ValueKind, ...]] = ("iri", "text", "code", "choice", "node", "column")
GIVEN: Final = frozenset(
    {
        "submitter", "onBehalfOf", "receivedAt", "receivedOn", "sha256", "file", "row", "sheet", "record", "digest",
        "part", "contract", "language", "previous", "series",
    }
)  # fmt: skip
"""The names of the slots that no column fills."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, or a single cell.

    Attributes:
        headings: what its heading may be called, by language; "" for words of no language.
        codes: the code list of a code.
        longest: how many characters a text may have.
        partial: whether a date may be a month or a year; with "start" or "end" it becomes the first or last day.
        checked: whether an IRI is written as a token whose change is noticed.
        note: whether it is a remark, without which two rows are the same.
        kinds: of which classes the thing is, one of them at least, that an IRI names; then it is one that the
            submitter may see. Empty for whatever.
        named_by: of a column of identifiers, the column that names the same things in words.
        lookup: the name of the look-up that has the identifiers of such words.
        at: its place, 1 for A, where that and no heading tells which it is; else 0.
        pointers: in JSON, where it stands: the first that leads to something counts.
        list: in JSON, the list of its table of whose elements it says something; else empty.
        extract: what of a cell counts: its first group; a cell that it does not fit counts as it stands.
    """

    name: str
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    type: ColumnType = "text"
    codes: str = ""
    required: bool = False
    pattern: re.Pattern[str] | None = None
    longest: int = 2_000
    partial: Literal["", "whole", "start", "end"] = ""
    hidden: bool = False
    checked: bool = False
    note: bool = False
    kinds: tuple[IRI, ...] = ()
    named_by: str = ""
    lookup: str = ""
    at: int = 0
    pointers: tuple[Pointer, ...] = ()
    list: str = ""
    extract: re.Pattern[str] | None = None
    fill: Literal["", "down"] = ""
    title: Mapping[str, str] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """All that its heading may be called: titles first, then the other headings."""
        named = [word for words in self.headings.values() for word in words]
        return tuple(dict.fromkeys([*self.title.values(), *named]))


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file.

    Attributes:
        sheets: what the sheet may be called.
        within: how many rows from the top the headings are looked for.
        each: the pointers of its rows in a JSON file.
        lists: the lists that columns of a JSON file speak of: the first pointer that leads to something counts.
        optional: whether a file may do without it.
        header_row: the row of its headings where its columns are known by their places; else 0.
    """

    name: str
    columns: Mapping[str, Column]
    sheets: tuple[str, ...] = ()
    header_rows: int = 1
    within: int = 30
    each: tuple[Pointer, ...] = ()
    optional: bool = False
    header_row: int = 0
    lists: Mapping[str, tuple[Pointer, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Things:
    """What one table names and the others speak of: product models, smelters.

    Attributes:
        words: the columns that name it.
        iris: its IRI, or several of which the first counts whose columns all hold something.
    """

    name: str
    table: str
    words: tuple[str, ...]
    iris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SingleCell:
    """One cell that is known by its place.

    Attributes:
        sheets: what the sheet may be called.
        row: its row, counted from 1.
        column: its column, 1 for A.
        reading: how it is read, as a column is.
    """

    sheets: tuple[str, ...]
    row: int
    column: int
    reading: Column


@dataclass(frozen=True, slots=True)
class When:
    """Conditions, all of which must hold.

    Attributes:
        filled: the columns that hold something.
        empty: the columns that hold nothing.
        any: columns of which at least one holds something.
        equals: columns with what they may say, compared as words.
        differs: columns with what they may not say.
        codes: columns with the concepts that they may say, by local name.
        known: columns with the code list of which they name a concept.
        unknown: columns with the code list of which they name none.
    """

    filled: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    equals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    differs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it asks about."""
        plain = (*self.filled, *self.empty, *self.any)
        return (*plain, *self.equals, *self.differs, *self.codes, *self.known, *self.unknown)


@dataclass(frozen=True, slots=True)
class Value:
    """How a property gets its values.

    Attributes:
        template: the text with slots; for a node or a column, its name.
        language: the language tag, which may have slots.
        codes: the code list of a code.
        choices: what a choice gives for each text.
        skip: whether a text that is unknown gives no value.
        when: the conditions under which it is said, all of which must hold.
    """

    kind: ValueKind
    template: str
    datatype: IRI | None = None
    language: str = ""
    split: str = ""
    codes: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    skip: bool = False
    when: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A node to describe; without an IRI it is a blank node, described by the node that names it.

    Attributes:
        iris: its IRI, or several of which the first counts whose columns all hold something; the last where none.
        source: the columns that its provenance names; empty for all that say something of it; None for no provenance.
        each: a column that may hold several values, or a list of the table: the node is described for each of them;
            else empty.
        split: what stands between these, any one of its characters.
    """

    name: str
    iris: tuple[str, ...]
    properties: tuple[tuple[IRI, Value], ...]
    when: tuple[When, ...] = ()
    source: tuple[str, ...] | None = None
    each: str = ""
    split: str = ""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record that a file yields.

    Attributes:
        table: the table whose rows it tells; empty where it has no rows.
        by: the columns whose values make a record.
        most: how many rows a record has at most.
        series: what the records have in common of which a newer one revises an older.
        head: what each record says once, the record itself first.
    """

    name: str
    table: str
    when: tuple[When, ...]
    by: tuple[str, ...]
    most: int
    series: str
    head: tuple[Node, ...]
    rows: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class CodeNames:
    """A code list to look words up in: its scheme, and what the source calls its concepts, by local name."""

    scheme: str
    synonyms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a file of a known kind means.

    Attributes:
        forms: the forms of file that it reads.
        marks: texts by which a JSON file of this kind is known.
        text: the mapping as written: its digest is part of a record's IRI.
        private: whether of a file no more is kept than the cells that are read.
        open: whether organisations hand it in themselves; what speaks for somebody else is for the staff.
        things: what one table names and the others speak of.
    """

    id: str
    version: str
    summary: str
    forms: tuple[str, ...]
    marks: tuple[str, ...]
    tables: Mapping[str, Table]
    cells: Mapping[str, SingleCell]
    codes: Mapping[str, CodeNames]
    records: tuple[RecordKind, ...]
    text: str
    private: bool = False
    open: bool = False
    things: Mapping[str, Things] = field(default_factory=dict)

    def record(self, name: str) -> RecordKind:
        """The kind of record of that name."""
        return next(kind for kind in self.records if kind.name == name)
