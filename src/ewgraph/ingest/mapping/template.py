"""The nodes of a kind of record, compiled: what fills their IRIs, and what gives the values of their properties.

A mapping is compiled once; then a row is a matter of look-ups. Which columns a property rests on is noted here too:
that is how a validation result finds its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ewgraph.errors import ConfigurationError, InputError
from ewgraph.ingest.mapping.codes import CodeList
from ewgraph.ingest.mapping.conditions import condition
from ewgraph.ingest.mapping.language import Column, Node, RecordKind, TableMapping, Value
from ewgraph.ingest.mapping.prefixes import PREFIXES, expanded
from ewgraph.ingest.mapping.reading import SEPARATOR, Read
from ewgraph.ingest.mapping.slots import Filling, Texts, filling, slot_names
from ewgraph.ingest.mapping.words import folded
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, iri

_SCHEME: Final = re.compile(r"(?:urn|did|tag|info|mailto):\S")
_KEPT: Final = 200_000


@dataclass(slots=True)
class RowState:
    """A row being told.

    Attributes:
        index: its number in the batch; -1 for what the record says once.
        texts: what fills the slots.
        reads: what each cell that holds something says.
        subjects: the IRIs of nodes that were asked for; None for a node of which the row says nothing.
        unknown: columns with what their text was no name of, and what was probably meant.
        refused: columns whose text no statement can be made of, with what was expected.
    """

    index: int
    texts: dict[str, str]
    reads: dict[str, Read]
    subjects: dict[str, IRI | None] = field(default_factory=dict)
    unknown: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


Terms: TypeAlias = Callable[[RowState], Iterable[IRI | Literal]]


@dataclass(slots=True)
class PropertyTemplate:
    """One way in which a property gets values.

    Attributes:
        constant: its only value, where that is the same for all rows.
        target: the name of the node that it leads to.
        columns: the columns and single cells that it rests on.
        alone: what the value would be if only one of the columns said something; for values that are parts of a text.
    """

    predicate: IRI
    when: Callable[[Texts], bool] | None
    columns: tuple[str, ...]
    constant: IRI | Literal | None = None
    target: str = ""
    terms: Terms | None = None
    alone: Mapping[str, Terms] = field(default_factory=dict)


@dataclass(slots=True)
class NodeTemplate:
    """A node, compiled.

    Attributes:
        index: its number among the nodes of its kind of record.
        iris: what fills its IRI, with the columns that this rests on; none for a blank node.
        columns: the columns that its properties rest on, with those of the blank nodes below it.
        source: the columns that its provenance names, as far as they hold something; None for no provenance.
        listed: whether the mapping lists these columns, in its own order.
        wanted: the columns without which its conditions do not hold.
        each: the column for each of whose values it is described; empty where it has one.
        parallel: in place of that, the columns of a list, of each of which it takes one value at a time.
        split: what stands between these values.
    """

    name: str
    index: int
    iris: tuple[tuple[Filling, tuple[str, ...]], ...]
    when: Callable[[Texts], bool] | None
    properties: tuple[PropertyTemplate, ...] = ()
    columns: tuple[str, ...] = ()
    source: tuple[str, ...] | None = None
    listed: bool = False
    wanted: tuple[str, ...] = ()
    each: str = ""
    split: re.Pattern[str] | None = None
    parallel: tuple[str, ...] = ()

    @property
    def iri_columns(self) -> tuple[str, ...]:
        """The columns that its IRI rests on."""
        return tuple(dict.fromkeys(name for _, names in self.iris for name in names))


class Minting:
    """IRIs for texts: a full one or a prefixed name as it is, any other as a path under the base; each made once."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._made: dict[str, IRI] = {}

    def __call__(self, text: str) -> IRI:
        """The IRI for a text.

        Raises:
            InputError: it cannot be one.
        """
        found = self._made.get(text)
        if found is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            found = self._made[text] = self._minted(text)
        return found

    def _minted(self, text: str) -> IRI:
        if "://" in text or text.partition(":")[0] in PREFIXES:
            return expanded(text)
        return iri(text) if _SCHEME.match(text) else iri(f"{self._base}id/{text}")


class RecordTemplate:
    """A kind of record, compiled.

    Args:
        mapping: the mapping.
        kind: the kind of record.
        minted: what makes IRIs.
        codes: the code lists by name.

    Attributes:
        columns: the columns of its table and the single cells, by name.
        head: the nodes that each record describes once.
        rows: the nodes with IRIs that each row describes.
        nodes: all nodes by name.
        raw: the columns whose text as written is wanted.
    """

    def __init__(self, mapping: TableMapping, kind: RecordKind, minted: Minting, codes: Mapping[str, CodeList]) -> None:
        self._table = mapping.tables[kind.table] if kind.table else None
        table = self._table.columns if self._table else {}
        self.kind = kind
        self.columns: dict[str, Column] = {name: cell.reading for name, cell in mapping.cells.items()} | dict(table)
        self._minted = minted
        self._codes = codes
        self._escaped = frozenset(self.columns)
        self._raw: set[str] = set()
        condition(kind.when, self.columns, codes)  # the reader sorts by it; what is wrong with it shows here as well
        every = (*kind.head, *kind.rows)
        self.nodes = {node.name: self._node(index, node) for index, node in enumerate(every)}
        for node in every:
            self.nodes[node.name].properties = tuple(
                self._property(f"{kind.name}, {node.name}", *said) for said in node.properties
            )
        for node in every:
            self.nodes[node.name].columns = tuple(dict.fromkeys(self._columns_of(node.name)))
        for node in every:
            if node.source is not None:
                source = node.source or tuple(self._sources(node.name))
                self.nodes[node.name].source = tuple(
                    dict.fromkeys(self.columns[name].named_by or name for name in source)
                )
        self.head = tuple(self.nodes[node.name] for node in kind.head if node.iris)
        self.rows = tuple(self.nodes[node.name] for node in kind.rows if node.iris)
        self.raw = frozenset(self._raw)

    def _names(self, template: str) -> tuple[str, ...]:
        names = slot_names(template)
        self._raw |= {name.removeprefix("raw:") for name in names if name.startswith("raw:")}
        plain = (name.removeprefix("raw:") for name in names)
        return tuple(name for name in dict.fromkeys(plain) if name in self.columns)

    def _node(self, index: int, node: Node) -> NodeTemplate:
        iris = tuple((filling(each, escaped=self._escaped), self._names(each)) for each in node.iris)
        when = condition(node.when, self.columns, self._codes)
        wanted = tuple(name for each in node.when for name in (*each.filled, *each.any) if name in self.columns)
        found = NodeTemplate(node.name, index, iris, when, listed=bool(node.source), wanted=wanted)
        lists = self._table.lists if self._table else {}
        if node.each in lists:
            found.parallel = tuple(name for name, column in self.columns.items() if column.list == node.each)
            found.split = re.compile(SEPARATOR)
        elif node.each:
            found.each, found.split = node.each, re.compile(f"[{re.escape(node.split)}]")
        return found

    def _columns_of(self, name: str) -> Iterable[str]:
        for each in self.nodes[name].properties:
            yield from each.columns
            if each.target and not self.nodes[each.target].iris:
                yield from self._columns_of(each.target)

    def _sources(self, name: str) -> Iterable[str]:
        yield from self.nodes[name].columns
        for each in self.nodes[name].properties:
            if each.target:
                yield from self.nodes[each.target].iri_columns

    def _property(self, place: str, predicate: IRI, value: Value) -> PropertyTemplate:
        when = condition(value.when, self.columns, self._codes)
        if value.kind == "node":
            return PropertyTemplate(predicate, when, (), target=value.template)
        if value.kind == "column":
            names = (value.template,) if value.template in self.columns else ()
            return PropertyTemplate(predicate, when, names, terms=_column_terms(value.template, self.columns))
        if not slot_names(value.template + value.language):
            constant = next(iter(self._terms(place, predicate, value)(RowState(-1, {}, {}))), None)
            if constant is not None:
                return PropertyTemplate(predicate, when, (), constant=constant)
        found = PropertyTemplate(
            predicate, when, self._names(value.template), terms=self._terms(place, predicate, value)
        )
        if value.split and len(found.columns) > 1:
            found.alone = {name: self._terms(place, predicate, value, f"{{{name}}}") for name in found.columns}
        return found

    def _terms(self, place: str, predicate: IRI, value: Value, template: str | None = None) -> Terms:
        said = value.template if template is None else template
        fill = filling(said, escaped=self._escaped if value.kind == "iri" else frozenset())
        names = self._names(said)
        if value.kind == "iri":
            term: Callable[[str, RowState], IRI | Literal | None] = self._iri_term
        elif value.kind == "code":
            term = _code_term(self._list(place, value.codes), names, skip=value.skip)
        elif value.kind == "choice":
            term = self._choice_term(value, names, is_type=predicate == terms.RDF.type)
        else:
            term = _text_term(value)
        return _split_terms(fill, term, value.split) if value.split else _single_term(fill, term)

    def _list(self, place: str, name: str) -> CodeList:
        if name not in self._codes:
            raise ConfigurationError(f"{place}: there is no code list {name!r}")
        return self._codes[name]

    def _iri_term(self, text: str, _: RowState) -> IRI | Literal:
        try:
            return self._minted(text)
        except InputError:
            return Literal(text)

    def _choice_term(
        self, value: Value, names: tuple[str, ...], *, is_type: bool
    ) -> Callable[[str, RowState], IRI | Literal | None]:
        choices = {text: self._minted(name) for text, name in value.choices.items()}
        choices |= {folded(text): name for text, name in choices.items()}
        expected = ", ".join(value.choices)

        def term(text: str, state: RowState) -> IRI | Literal | None:
            found = choices.get(text) or choices.get(folded(text))
            if found is not None or value.skip:
                return found
            if is_type:
                state.refused.extend((name, expected) for name in names[:1])
                return None
            state.unknown.extend((name, expected, "") for name in names[:1])
            return Literal(text)

        return term


def _single_term(fill: Filling, term: Callable[[str, RowState], IRI | Literal | None]) -> Terms:
    def made(state: RowState) -> Iterable[IRI | Literal]:
        text = fill(state.texts).strip()
        found = term(text, state) if text else None
        return () if found is None else (found,)

    return made


def _split_terms(fill: Filling, term: Callable[[str, RowState], IRI | Literal | None], split: str) -> Terms:
    def made(state: RowState) -> Iterable[IRI | Literal]:
        parts = dict.fromkeys(part.strip() for part in fill(state.texts).split(split))
        found = [term(part, state) for part in parts if part]
        return dict.fromkeys(one for one in found if one is not None)

    return made


def _text_term(value: Value) -> Callable[[str, RowState], Literal]:
    if value.datatype is not None:
        datatype = value.datatype
        return lambda text, _: Literal(text, datatype=datatype)
    if not value.language:
        return lambda text, _: Literal(text)
    language = filling(value.language)

    def tagged(text: str, state: RowState) -> Literal:
        tag = language(state.texts)
        try:
            return Literal(text, language=tag) if tag else Literal(text)
        except ValueError:
            return Literal(text)

    return tagged


def _code_term(
    codes: CodeList, names: tuple[str, ...], *, skip: bool
) -> Callable[[str, RowState], IRI | Literal | None]:
    def term(text: str, state: RowState) -> IRI | Literal | None:
        found = codes.concept(text)
        if found is not None or skip:
            return found
        state.unknown.extend((name, codes.name, codes.guess(text)) for name in names[:1])
        return Literal(text)

    return term


def _column_terms(name: str, columns: Mapping[str, Column]) -> Terms:
    wants_iri = name in columns and columns[name].type == "iri"

    def made(state: RowState) -> Iterable[IRI | Literal]:
        read = state.reads.get(name)
        if read is not None:
            return () if read.term is None else (read.term,)
        text = state.texts.get(name, "")
        if not text:
            return ()
        # What was given stands in for a cell that says nothing: a contract that was named with the file.
        return (iri(text) if wants_iri or "://" in text else Literal(text),)

    return made
