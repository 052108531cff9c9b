"""One record in the making: what its head says, what each row says, and where each statement came from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from ewgraph.errors import InputError
from ewgraph.ingest.mapping.batch import Batch, CellFault, RowIn
from ewgraph.ingest.mapping.codes import CodeList
from ewgraph.ingest.mapping.language import GIVEN
from ewgraph.ingest.mapping.origins import Origins
from ewgraph.ingest.mapping.reading import NOTHING, SEPARATOR, CellReading, Read
from ewgraph.ingest.mapping.template import Minting, NodeTemplate, PropertyTemplate, RecordTemplate, RowState
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad


class MadeRow(NamedTuple):
    """What a row says.

    Attributes:
        quads: its statements; a node that several rows name is described in each of them.
        faults: what reading found wrong with its cells.
    """

    sheet: str
    number: int
    quads: tuple[Quad, ...]
    faults: tuple[CellFault, ...]


@dataclass(slots=True)
class Made:
    """What a batch became.

    Attributes:
        kind: the record's class.
        head: what the record says once.
        origins: where each statement came from.
        moved: the provenance that a row would give to nodes whose provenance an earlier row has given.
    """

    record: IRI
    kind: IRI
    head: tuple[Quad, ...]
    rows: list[MadeRow]
    origins: Origins
    moved: dict[IRI, list[tuple[int, tuple[Quad, ...]]]]

    def quads(self, without: Collection[int] = ()) -> tuple[Quad, ...]:
        """All statements of the record, each once.

        Args:
            without: the numbers of rows that are left out; a node's provenance then is that of the first that stays.
        """
        found = dict.fromkeys(self.head)
        kept = [row for row in self.rows if row.number not in without]
        for row in kept:
            found.update(dict.fromkeys(row.quads))
        if without:
            for provenances in self.moved.values():
                first = next((said for said in provenances if said[0] not in without), None)
                if first is not None and provenances[0] is not first:
                    found.update(dict.fromkeys(first[1]))
        return tuple(found)


class Making:
    """One record in the making."""

    def __init__(
        self, template: RecordTemplate, batch: Batch, codes: Mapping[str, CodeList], minted: Minting, digest: str
    ) -> None:
        self._minted = minted
        self._digest = digest
        self._template = template
        self._batch = batch
        language = batch.given.get("language") or "en"
        self._readings = {
            name: CellReading(column, batch.columns.get(name), codes.get(column.codes), language)
            for name, column in template.columns.items()
        }
        self._blank: dict[tuple[object, ...], BlankNode] = {}
        self._sourced: dict[IRI, tuple[int, tuple[Quad, ...]]] = {}
        self._moved: dict[IRI, list[tuple[int, tuple[Quad, ...]]]] = {}
        self._letters = {node.name: self._letters_of(node) for node in template.rows if node.source is not None}
        self._base = self._texts(digest)
        self._heads: dict[str, IRI | None] = {}
        head = self._head_state()
        fill, _ = template.nodes["record"].iris[0]
        self.record = record = minted(fill(head.texts))
        self._base["record"] = head.texts["record"] = record.value
        self._head = head
        self._heads = head.subjects = {"record": record}
        for node in template.head:
            self.subject(node, head)
        self.origins = Origins(self, template, batch)

    def _texts(self, digest: str) -> dict[str, str]:
        """What fills the slots where neither a row nor a single cell says anything."""
        batch = self._batch
        return {
            **dict.fromkeys(self._template.columns, ""),
            **{f"raw:{name}": "" for name in self._template.raw},
            **dict.fromkeys(GIVEN, ""),
            **batch.given,
            "receivedOn": batch.given.get("receivedAt", "")[:10],
            "digest": digest,
            "part": str(batch.part),
            "series": batch.series,
            "row": "0",
            "sheet": batch.rows[0].sheet if batch.rows else "",
        }

    def _head_state(self) -> RowState:
        """What the head is told from: single cells, and the columns that make the record."""
        batch, state = self._batch, RowState(-1, self._base, {})
        for name, place in batch.cells.items():
            state.reads[name] = self._say(state.texts, name, self._readings[name].read(place.cell), place.cell.text)
        head = RowState(-1, dict(self._base), dict(state.reads))
        for name in self._template.kind.by:
            cell = batch.rows[0].cells.get(name) if batch.rows else None
            if cell is not None:
                head.reads[name] = self._say(head.texts, name, self._readings[name].read(cell), cell.text)
        self._cell_reads = state.reads
        return head

    def _say(self, texts: dict[str, str], name: str, read: Read, raw: str) -> Read:
        if read.text:
            texts[name] = read.text
        if name in self._template.raw:
            texts[f"raw:{name}"] = raw
        return read

    def made(self) -> Made:
        """The record."""
        head = tuple(dict.fromkeys(self._described(self._template.head, self._head)))
        rows = [self._row(index, row) for index, row in enumerate(self._batch.rows)]
        kinds = (
            quad.object
            for quad in head
            if quad.subject == self.record and quad.predicate == terms.RDF.type and quad.object in terms.RECORD_CLASSES
        )
        kind = next((kind for kind in kinds if isinstance(kind, IRI)), terms.Record)
        return Made(self.record, kind, head, rows, self.origins, self._moved)

    def state(self, index: int) -> RowState:
        """What a row is told from; of the head where the index is -1."""
        if index < 0:
            return self._head
        row = self._batch.rows[index]
        texts = self._base.copy()
        texts["row"] = str(row.number)
        texts["sheet"] = row.sheet
        state = RowState(index, texts, self._cell_reads.copy(), self._heads.copy())
        readings, reads, raw = self._readings, state.reads, self._template.raw
        for name, cell in row.cells.items():
            reading = readings.get(name)
            if reading is not None:
                read = reads[name] = reading.read(cell)
                if read.text:
                    texts[name] = read.text
                if name in raw:
                    texts[f"raw:{name}"] = cell.text
        return state

    def _row(self, index: int, row: RowIn) -> MadeRow:
        state = self.state(index)
        faults = list(self._faults(row, state))
        if any(fault.shape == "reading-row" for fault in faults):
            return MadeRow(row.sheet, row.number, (), tuple(faults))
        try:
            quads = self._described(self._template.rows, state)
        except InputError as error:
            fault = CellFault("reading-row", row.sheet, row.number, None, None, params={"value": str(error)})
            return MadeRow(row.sheet, row.number, (), (*faults, fault))
        if state.refused or state.unknown:
            faults.extend(self._unknown(row, state))
        made = () if state.refused else tuple(dict.fromkeys(quads))
        return MadeRow(row.sheet, row.number, made, tuple(faults))

    def _faults(self, row: RowIn, state: RowState) -> Iterator[CellFault]:
        for name, cell in row.cells.items():
            read = state.reads.get(name)
            if read is not None and (read.shape or read.expected):
                yield self._fault(row, name, read, cell.text)

    def _unknown(self, row: RowIn, state: RowState) -> Iterator[CellFault]:
        """The words that no choice and no code list knows, but for those that were told with their cell."""
        for name, expected in dict.fromkeys(state.refused):
            yield self._fault(row, name, NOTHING._replace(shape="reading-row", expected=expected), state.texts[name])
        for name, expected, hint in dict.fromkeys(state.unknown):
            if name not in state.reads or not state.reads[name].expected:
                yield self._fault(row, name, NOTHING._replace(expected=expected, hint=hint), state.texts[name])

    def _fault(self, row: RowIn, name: str, read: Read, value: str) -> CellFault:
        column = self._batch.columns.get(name)
        heading = column.heading if column else name
        said = f"{heading}: {value}" if read.shape == "reading-row" else value
        params = {"value": said, "expected": read.expected, "heading": heading}
        number = column.number if column and not column.named else None
        return CellFault(read.shape, row.sheet, row.number, number, value, read.hint, params)

    def subject(self, node: NodeTemplate, state: RowState) -> IRI | None:
        """The IRI of a node for a row; None where the row says nothing of it."""
        known = state.subjects
        if node.name in known:
            return known[node.name]
        texts = state.texts
        found: IRI | None = None
        if node.when is None or node.when(texts):
            for fill, names in node.iris:
                if all(texts[name] for name in names):
                    found = self._minted(fill(texts))
                    break
            else:
                fill, names = node.iris[-1]
                if any(texts[name] for name in names):
                    found = self._minted(fill(texts))
        known[node.name] = found
        return found

    def _described(self, nodes: tuple[NodeTemplate, ...], state: RowState) -> list[Quad]:
        quads: list[Quad] = []
        for node in nodes:
            for one in self._each(node, state) if node.split else (state,):
                subject = self.subject(node, one)
                if subject is not None:
                    self.origins.note(subject.value, node.index, state.index)
                    self._describe(node, subject, one, quads)
                    if node.source is not None and state.index >= 0:
                        quads += self._source(node, subject, one)
        return quads

    def _each(self, node: NodeTemplate, state: RowState) -> Iterator[RowState]:
        """The row as it would be if the cell with several values held one of them only."""
        if node.parallel:
            yield from self._elements(node, state)
            return
        parts = node.split.split(state.texts[node.each]) if node.split else ()
        for part in dict.fromkeys(map(str.strip, parts)):
            if part:
                texts = {**state.texts, node.each: part}
                yield RowState(state.index, texts, state.reads, self._heads.copy(), state.unknown, state.refused)

    def _elements(self, node: NodeTemplate, state: RowState) -> Iterator[RowState]:
        """The row as it would be if a list had one element only."""
        columns = [state.texts[name].split(SEPARATOR) for name in node.parallel]
        reads = {name: read for name, read in state.reads.items() if name not in node.parallel}
        for parts in dict.fromkeys(zip_longest(*columns, fillvalue="")):
            if any(parts):
                texts = {**state.texts, **dict(zip(node.parallel, parts, strict=True))}
                yield RowState(state.index, texts, reads, self._heads.copy(), state.unknown, state.refused)

    def _describe(self, node: NodeTemplate, subject: IRI | BlankNode, state: RowState, quads: list[Quad]) -> None:
        record, texts = self.record, state.texts
        for each in node.properties:
            if each.when is not None and not each.when(texts):
                continue
            if each.constant is not None:
                quads.append(Quad(subject, each.predicate, each.constant, record))
            elif each.terms is not None:
                quads += [Quad(subject, each.predicate, term, record) for term in each.terms(state)]
            else:
                self._link(subject, each, state, quads)

    def _link(self, subject: IRI | BlankNode, each: PropertyTemplate, state: RowState, quads: list[Quad]) -> None:
        """The link to a node; one without an IRI is described where it is linked."""
        target = self._template.nodes[each.target]
        linked = self.subject(target, state) if target.iris else self.blank(target, subject, state)
        if linked is None:
            return
        quads.append(Quad(subject, each.predicate, linked, self.record))
        if isinstance(linked, BlankNode):
            self.origins.note(f"_:{linked.value}", target.index, state.index)
            self._describe(target, linked, state, quads)

    def blank(self, node: NodeTemplate, parent: IRI | BlankNode, state: RowState) -> BlankNode | None:
        """The blank node of a parent; the same where it says the same; None where the row says nothing of it."""
        texts = state.texts
        if node.when is not None and not node.when(texts):
            return None
        said = tuple([texts[name] for name in node.columns])
        if said and not any(said):
            return None
        key = (parent.value, isinstance(parent, IRI), node.index, said)
        blank = self._blank.get(key)
        if blank is None:
            blank = self._blank[key] = BlankNode(f"{node.name}-{self._digest}-{len(self._blank) + 1}")
        return blank

    def _source(self, node: NodeTemplate, subject: IRI, state: RowState) -> tuple[Quad, ...]:
        """The provenance of a node; where two rows name it, that of the first."""
        row = self._batch.rows[state.index]
        letters = [letter for name, letter in self._letters[node.name] if name in row.cells]
        said = [Quad(subject, terms.sourceRow, Literal(state.texts["row"], datatype=terms.XSD.integer), self.record)]
        if row.sheet:
            said.append(Quad(subject, terms.sourceSheet, Literal(row.sheet), self.record))
        if letters:
            said.append(Quad(subject, terms.sourceColumn, Literal(",".join(letters)), self.record))
        mine = row.number, tuple(said)
        first = self._sourced.setdefault(subject, mine)
        if first is mine:
            return mine[1]
        self._moved.setdefault(subject, [first]).append(mine)
        return ()

    def _letters_of(self, node: NodeTemplate) -> list[tuple[str, str]]:
        """The columns of a node's provenance: as the mapping lists them, else those people see, as they stand there."""
        found = [(name, self._batch.columns[name]) for name in node.source or () if name in self._batch.columns]
        if not node.listed:
            found = [(name, column) for name, column in found if not self._template.columns[name].hidden]
            found.sort(key=lambda one: one[1].number)
        return [(name, column.letter) for name, column in found]
