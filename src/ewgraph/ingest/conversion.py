"""A table becomes records, as its mapping says; a row that cannot be understood is refused with its number."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ewgraph.errors import InputError
from ewgraph.ingest.codelist import CodeList, code_lists
from ewgraph.ingest.mapping import Node, TableMapping, Value, expanded, filled, prefixes
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.tabular import Row, rows_of
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, digest, iri

_DIGEST_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out, and why."""

    number: int
    reason: str


@dataclass(slots=True)
class Conversion:
    """What a table became.

    Attributes:
        repeated: how many rows say nothing that an earlier row of their record does not say.
        sites: the sites that the records describe.
    """

    records: list[RecordSource] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    repeated: int = 0
    sites: set[IRI] = field(default_factory=set)


class Converter:
    """Turns tables of one source into records.

    Args:
        mapping: what the table means.
        base: the address under which IRIs are minted.
        kos: the folder of the code lists.

    Raises:
        ConfigurationError: the mapping names a code list that is not there.
    """

    def __init__(self, mapping: TableMapping, base: str, kos: Path) -> None:
        self._mapping = mapping
        self._base = base
        self._prefixes = prefixes()
        self._codes = code_lists(mapping.codes, kos)

    def convert(self, name: str, content: bytes, received_at: Callable[[IRI], str]) -> Conversion:
        """The records of a table.

        Args:
            name: what messages call the file.
            content: its bytes.
            received_at: tells for each record when it was received, as an xsd:dateTime.

        Raises:
            ParseError: the file is no such table.
        """
        result = Conversion()
        sha256 = digest(content)
        for key, rows in self._groups(rows_of(name, content, self._mapping.columns), result):
            for part, some in enumerate(_parts(rows, self._mapping.most), start=1):
                given = {
                    **dict(zip(self._mapping.by, key, strict=True)),
                    "part": str(part),
                    "sha256": sha256,
                    "digest": self._digest(some),
                }
                record = self._minted(filled(self._mapping.record.iri or "", given))
                given |= {"record": record.value, "receivedAt": received_at(record)}
                made = _Making(self._mapping, self._codes, self._minted, record, given)
                quads = made.quads(some, result)
                if quads:
                    result.records.append(RecordSource(name, record, quads))
        for held in result.records:
            result.sites |= _sites(held.quads)
        result.refused.sort(key=lambda refused: refused.number)
        return result

    def _groups(self, rows: Iterable[Row], result: Conversion) -> list[tuple[tuple[str, ...], list[Row]]]:
        """The readable rows by the record that they belong to, records in the order of their keys."""
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in rows:
            fault = row.fault or self._misfit(row)
            if fault:
                result.refused.append(RefusedRow(row.number, fault))
            else:
                groups.setdefault(tuple(row.cells[column] for column in self._mapping.by), []).append(row)
        return sorted(groups.items())

    def _misfit(self, row: Row) -> str:
        for column, pattern in self._mapping.patterns.items():
            if not pattern.fullmatch(row.cells[column]):
                return f"its {column} is {row.cells[column]!r}, which does not look like {pattern.pattern!r}"
        return ""

    def _digest(self, rows: Sequence[Row]) -> str:
        """A digest of what the rows say and how it is read: other content makes another record."""
        summed = hashlib.sha256(self._mapping.text.encode())
        for row in rows:
            summed.update(repr((row.number, sorted(row.cells.items()))).encode())
        return summed.hexdigest()[:_DIGEST_LENGTH]

    def _minted(self, text: str) -> IRI:
        """The IRI for a text: a full one or a prefixed name as it is, a path under the base."""
        prefix = text.partition(":")[0]
        return expanded(text) if "://" in text or prefix in self._prefixes else iri(f"{self._base}id/{text}")


class _Making:
    """One record in the making."""

    def __init__(
        self,
        mapping: TableMapping,
        codes: Mapping[str, CodeList],
        minted: Callable[[str], IRI],
        record: IRI,
        given: Mapping[str, str],
    ) -> None:
        self._mapping = mapping
        self._codes = codes
        self._minted = minted
        self._record = record
        self._given = given
        self._described: set[IRI] = set()

    def quads(self, rows: Iterable[Row], result: Conversion) -> tuple[Quad, ...]:
        """All statements of the record, none where every row is refused; refused and repeated rows are noted."""
        head = list(self._described_by((self._mapping.record, *self._mapping.about), {**self._given, "row": "0"}))
        made: list[Quad] = []
        for row in rows:
            cells = {**self._given, **row.cells, "row": str(row.number)}
            known = set(self._described)
            try:
                said = list(self._described_by(self._mapping.row, cells))
            except InputError as error:
                self._described = known
                result.refused.append(RefusedRow(row.number, str(error)))
                continue
            result.repeated += not said
            made += said
        return tuple(dict.fromkeys([*head, *made])) if made else ()

    def _described_by(self, nodes: Sequence[Node], cells: Mapping[str, str]) -> Iterator[Quad]:
        """What the nodes say, each node with an IRI once in a record."""
        by_name = {node.name: node for node in nodes}
        for node in nodes:
            if node.iri is None:
                continue
            subject = self._minted(filled(node.iri, cells))
            if subject not in self._described:
                self._described.add(subject)
                yield from self._properties(subject, node, by_name, cells)

    def _properties(
        self,
        subject: IRI | BlankNode,
        node: Node,
        by_name: Mapping[str, Node],
        cells: Mapping[str, str],
    ) -> Iterator[Quad]:
        for predicate, value in node.properties:
            if value.kind == "node":
                yield from self._linked(subject, predicate, by_name[value.template], by_name, cells)
            else:
                for term in self._terms(value, cells):
                    yield Quad(subject, predicate, term, self._record)

    def _linked(
        self,
        subject: IRI | BlankNode,
        predicate: IRI,
        target: Node,
        by_name: Mapping[str, Node],
        cells: Mapping[str, str],
    ) -> Iterator[Quad]:
        """The link to a node; one without an IRI is described where it is linked."""
        if target.iri is not None:
            yield Quad(subject, predicate, self._minted(filled(target.iri, cells)), self._record)
            return
        blank = BlankNode(f"{target.name}{cells['row']}")
        yield Quad(subject, predicate, blank, self._record)
        yield from self._properties(blank, target, by_name, cells)

    def _terms(self, value: Value, cells: Mapping[str, str]) -> Iterator[IRI | Literal]:
        for text in value.texts(cells):
            if value.kind == "text":
                yield _literal(value, text)
            elif value.kind == "iri":
                yield self._minted(text)
            elif value.kind == "choice":
                if text in value.choices:
                    yield expanded(value.choices[text])
                elif not value.skip:
                    raise InputError(f"{text!r} is none of {', '.join(map(repr, value.choices))}")
            else:
                yield from self._concepts(value, text)

    def _concepts(self, value: Value, text: str) -> Iterator[IRI]:
        try:
            yield self._codes[value.codes].concept(text)
        except InputError:
            if not value.skip:
                raise


def _literal(value: Value, text: str) -> Literal:
    if value.language:
        return Literal(text, language=value.language)
    return Literal(text, datatype=value.datatype) if value.datatype else Literal(text)


def _parts(rows: list[Row], most: int | None) -> Iterator[list[Row]]:
    step = most or len(rows)
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def _sites(quads: Iterable[Quad]) -> set[IRI]:
    return {
        quad.subject
        for quad in quads
        if quad.predicate == terms.RDF.type
        and isinstance(quad.subject, IRI)
        and isinstance(quad.object, IRI)
        and terms.Site in {quad.object, *terms.SUPERCLASSES.get(quad.object, ())}
    }
