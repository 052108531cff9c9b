r"""Stored queries read from files: valid SPARQL whose `#+` header lines describe it.

    #+ id: overdue-disclosures
    #+ summary: Factory disclosures that are due and were not received
    #+ question: A04
    #+ tags: obligations
    #+ parameter validAt date - the day on which they are overdue
    #+ parameter contract IRI? - only this contract
    #+ column obligation IRI - the obligation
    #+ column contractor IRI? - may be unbound
    #+ order: due, obligation
    #+ walk: contracts-touching

The `order` names columns; `desc` behind one puts the greatest first. A `walk` says that the text defines one hop, and
that the answer is what `ewgraph.trace` finds by following it. A `rule` says that the answer is made of what the text
selects, and of what follows from the `hop`, another query, if there is one; the file's comments tell how.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ewgraph.errors import ConfigurationError, InputError, NotFoundError
from ewgraph.model import terms
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import Literal, Term, date_literal, datetime_literal, digest, iri

if TYPE_CHECKING:
    from ewgraph.catalogue.lists import ListQuery

_HEADER = re.compile(r"^#\+ ?(?P<name>[a-z]+):? +(?P<rest>.+)$")
_SLOT = re.compile(r"^(?P<name>[A-Za-z]\w*) +(?P<kind>[A-Za-z]+)(?P<optional>\??) +- +(?P<text>.+)$")


RESERVED: Final = frozenset(
    {"accept", "after", "ask", "definition", "format", "limit", "recordedAt", "records", "result", "sequence"}
)
"""The names that no parameter may have: in an address they say how to answer any question."""


class Kind(enum.Enum):
    """What a parameter or column holds."""

    IRI = "IRI"
    DATE = "date"
    DATETIME = "dateTime"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    STRING = "string"

    def parse(self, text: str) -> Term:
        """The term that the text stands for.

        Raises:
            InputError: the text is not of this kind.
        """
        try:
            return _PARSERS[self](text.strip())
        except (ValueError, InvalidOperation) as error:
            hint = _PLUS if " " in text.strip() and self is Kind.DATETIME else ""
            raise InputError(f"{text!r} is no {self.value}. {_EXAMPLES[self]}{hint}") from error


def _parse_datetime(text: str) -> Literal:
    instant = dt.datetime.fromisoformat(text)
    return datetime_literal(zoned(instant))


def _parse_boolean(text: str) -> Literal:
    if text.lower() not in {"true", "false"}:
        raise ValueError(text)
    return Literal(text.lower() == "true")


_PARSERS: Mapping[Kind, Callable[[str], Term]] = {
    Kind.IRI: iri,
    Kind.DATE: lambda text: date_literal(dt.date.fromisoformat(text)),
    Kind.DATETIME: _parse_datetime,
    Kind.INTEGER: lambda text: Literal(int(text)),
    Kind.DECIMAL: lambda text: Literal(str(Decimal(text)), datatype=terms.XSD.decimal),
    Kind.BOOLEAN: _parse_boolean,
    Kind.STRING: Literal,
}
_PLUS = "; in an address the + of a time zone is written %2B"
_EXAMPLES = {
    Kind.IRI: "Write a full IRI, such as https://data.example.org/id/K1",
    Kind.DATE: "Write a day as 2024-02-01",
    Kind.DATETIME: "Write an instant as 2024-02-01T12:00:00Z",
    Kind.INTEGER: "Write a whole number",
    Kind.DECIMAL: "Write a number, such as 2.5",
    Kind.BOOLEAN: "Write true or false",
    Kind.STRING: "Write a text",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that the caller binds."""

    name: str
    kind: Kind
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the answer; an optional one may be unbound."""

    name: str
    kind: Kind
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """One stored query.

    Attributes:
        id: its name in addresses and on the command line.
        question: the competency questions it answers, such as `A04`.
        walk: the name of the walk that follows the text hop by hop, or None where the text is the whole answer.
        rule: the name of the rule that makes the answer of what the text selects and its hop leads to, or None.
        hop: the id of the query whose text defines the hop, if that is another.
        text: what stands in its file.
        definition: the same, and below it the text of the hop.
        hop_text: the text of the hop, if that is another query.
    """

    id: str
    summary: str
    question: tuple[str, ...]
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    order: str
    walk: str | None
    rule: str | None
    hop: str | None
    text: str
    definition: str
    hop_text: str | None = None

    @property
    def closed_by(self) -> str | None:
        """The walk or rule that makes the answer; None where the query alone does."""
        return self.walk or self.rule

    @property
    def sorting(self) -> tuple[tuple[str, bool], ...]:
        """The columns that its rows are sorted by, each with whether the greatest comes first."""
        parts = [part.split() for part in self.order.split(",") if part.strip()]
        return tuple((name, rest == ["desc"]) for name, *rest in parts)

    @property
    def digest(self) -> str:
        """The SHA-256 of the definition: what a citation pins."""
        return digest(self.definition.encode())

    def bindings(self, values: Mapping[str, str]) -> dict[str, Term]:
        """The parameters parsed from what a person or a program wrote.

        An empty text counts as not given.

        Raises:
            InputError: a parameter is unknown, missing or not of its kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                listed = ", ".join(known) or "none"
                raise InputError(f"{self.id!r} has no parameter {name!r}. It has: {listed}")
        bound: dict[str, Term] = {}
        for name, parameter in known.items():
            text = values.get(name, "").strip()
            if text:
                try:
                    bound[name] = parameter.kind.parse(text)
                except InputError as error:
                    raise InputError(f"parameter {name!r}: {error}") from error
            elif not parameter.optional:
                raise InputError(f"{self.id!r} needs the parameter {name!r}: {parameter.text}")
        return bound


class Catalogue:
    """The stored queries by id.

    Attributes:
        lists: the lists of things of a kind, by id.
    """

    def __init__(self, queries: Mapping[str, StoredQuery], lists: Mapping[str, ListQuery] | None = None) -> None:
        self._queries = dict(sorted(queries.items()))
        self.lists = lists or {}

    def __getitem__(self, name: str) -> StoredQuery:
        try:
            return self._queries[name]
        except KeyError as error:
            raise NotFoundError(f"there is no stored query {name!r}") from error

    def with_text(self, name: str, text: str, hop_text: str | None = None) -> Catalogue:
        """The same catalogue with another text of a query, and of its hop.

        Raises:
            ConfigurationError: the text is not one of that query, or names a hop without a text.
        """
        query = read_query(text, name)
        queries = self._queries | {name: query}
        if query.hop and hop_text is not None:
            queries[query.hop] = read_query(hop_text, query.hop)
        return Catalogue(queries | {name: _whole(query, queries)})

    def __iter__(self) -> Iterator[StoredQuery]:
        return iter(self._queries.values())

    def __len__(self) -> int:
        return len(self._queries)


def load_catalogue(folder: Path) -> Catalogue:
    """Read every `.rq` file of the folder, and the lists below it.

    Raises:
        ConfigurationError: a header line is wrong, an id is not the name of its file, or a hop is no query.
    """
    from ewgraph.catalogue.lists import load_lists

    read = (read_query(path.read_text(encoding="utf-8"), path.stem) for path in sorted(folder.glob("*.rq")))
    queries = {query.id: query for query in read}
    whole = {name: _whole(query, queries) for name, query in queries.items()}
    return Catalogue(whole, load_lists(folder / "lists"))


def _whole(query: StoredQuery, queries: Mapping[str, StoredQuery]) -> StoredQuery:
    if query.hop is None:
        return query
    if query.hop not in queries:
        raise ConfigurationError(f"{query.id}.rq: its hop {query.hop!r} is no stored query")
    hop_text = queries[query.hop].text
    return replace(query, definition=f"{query.text}\n{hop_text}", hop_text=hop_text)


def read_query(text: str, name: str) -> StoredQuery:
    """The stored query of that name, from its text; what its hop says is not in it yet.

    Raises:
        ConfigurationError: a header line is wrong, or its id is another.
    """
    single: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: list[Column] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#+"):
            continue
        header = _HEADER.match(line)
        if header is None:
            raise ConfigurationError(f"{name}.rq:{number}: {line!r} is no header line")
        what, rest = header["name"], header["rest"].strip()
        if what == "parameter":
            parameters.append(Parameter(*_slot(name, number, rest)))
            if parameters[-1].name in RESERVED:
                raise ConfigurationError(
                    f"{name}.rq:{number}: {parameters[-1].name!r} means something else in addresses"
                )
        elif what == "column":
            columns.append(Column(*_slot(name, number, rest)))
        elif what in {"id", "summary", "question", "tags", "order", "walk", "rule", "hop"}:
            single[what] = rest
        else:
            raise ConfigurationError(f"{name}.rq:{number}: unknown header {what!r}")
    if single.get("id") != name:
        raise ConfigurationError(f"{name}.rq: its id is {single.get('id')!r}, not the name of the file")
    return StoredQuery(
        id=single["id"],
        summary=single.get("summary", ""),
        question=tuple(single.get("question", "").replace(",", " ").split()),
        tags=tuple(single.get("tags", "").replace(",", " ").split()),
        parameters=tuple(parameters),
        columns=tuple(columns),
        order=single.get("order", ""),
        walk=single.get("walk"),
        rule=single.get("rule"),
        hop=single.get("hop"),
        text=text,
        definition=text,
    )


def _slot(query: str, number: int, rest: str) -> tuple[str, Kind, str, bool]:
    slot = _SLOT.match(rest)
    if slot is None:
        raise ConfigurationError(f"{query}.rq:{number}: write `name KIND - text`, not {rest!r}")
    try:
        kind = Kind(slot["kind"])
    except ValueError as error:
        kinds = ", ".join(kind.value for kind in Kind)
        raise ConfigurationError(f"{query}.rq:{number}: {slot['kind']!r} is no kind: {kinds}") from error
    return slot["name"], kind, slot["text"], bool(slot["optional"])
