r"""Lists: queries for a part of all things of a kind, by what was asked for, in an order that holds while others write.

A file says which things there are. A part of its pattern that stands between `#? name` and `#?` is there only where the
parameter `name` is given, the flag is set, or the list is in that order:

    #+ id: sites
    #+ parameter country IRI? - only in this country
    #+ order NAME string - the key

    ?node a ew:Site .
    #? country
    ?node ew:country ?country .
    #?
    #? NAME
    OPTIONAL { ?node rdfs:label ?label }
    BIND(COALESCE(STR(?label), "") AS ?k)
    #?

A place in a list is the key and the IRI of an item, never its number: what is added or taken away moves nothing. The
terms write themselves, as where triples are written: no text of a caller becomes a part of a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from ewgraph.catalogue.stored import Kind
from ewgraph.errors import ConfigurationError
from ewgraph.model.rdf import Literal, Term

_SLOT: Final = re.compile(r"^#\+ (?P<what>\w+) (?P<name>\w+) +(?P<kind>\w+)(?P<optional>\??) +- +.+$")
_PART: Final = re.compile(r"^ *#\? *(?P<name>[\w|]*) *$")

BY_IRI: Final = "IRI"
"""The order that every list has, and that costs least: no key but the IRI itself."""
Place: TypeAlias = tuple[str, str]
"""Where an item stands: its key as text, and its IRI."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a pattern; they are there where one of the names is given, or always."""

    names: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a list is asked for.

    Attributes:
        size: how many items at most.
        order: the key by which they are sorted.
        descending: whether the greatest key comes first; items with the same key are sorted by IRI, the smallest first.
        after: the place that all of them come after.
        before: the place that all of them come before.
        from_end: whether the last so many are asked for.
    """

    size: int
    order: str
    descending: bool = False
    after: Place | None = None
    before: Place | None = None
    from_end: bool = False


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A list.

    Attributes:
        id: its name.
        parameters: what can be given, with its kind; a flag is of kind boolean.
        required: those that have to be given.
        orders: the keys that it can be sorted by.
        prefixes: the prefixes of its pattern.
        parts: its pattern.
    """

    id: str
    parameters: Mapping[str, Kind]
    required: frozenset[str]
    orders: Mapping[str, Kind]
    prefixes: str
    parts: tuple[Part, ...]

    def page(self, given: Mapping[str, Sequence[Term]], span: Span, number: int) -> str:
        """A select of the items of a part of the list, each with the number of the question and its key."""
        places = [(place, later) for place, later in ((span.after, True), (span.before, False)) if place is not None]
        pattern = self._pattern(given, span.order)
        if span.order == BY_IRI:
            limits = [f"STR(?node) {_sign(span, later=later)} {Literal(node)}" for (_, node), later in places]
            order = "DESC(?node)" if span.descending != span.from_end else "?node"
            return (
                f"SELECT DISTINCT ({number} AS ?ask) ?node (STR(?node) AS ?key) WHERE {{ {pattern}\n"
                f"{' '.join(f'FILTER({limit})' for limit in limits)} }} ORDER BY {order} LIMIT {span.size:d}"
            )
        key = "MAX(?k)" if span.descending else "MIN(?k)"
        limits = [self._beyond(key, place, span, later=later) for place, later in places]
        having = f" HAVING({' && '.join(limits)})" if limits else ""
        first = "DESC(?key)" if span.descending != span.from_end else "?key"
        return (
            f"SELECT ({number} AS ?ask) ?node ({key} AS ?key) WHERE {{ {pattern} }} GROUP BY ?node{having} "
            f"ORDER BY {first} {'DESC(?node)' if span.from_end else '?node'} LIMIT {span.size:d}"
        )

    def count(self, given: Mapping[str, Sequence[Term]], number: int) -> str:
        """A select of how many items the list has."""
        pattern = self._pattern(given, None)
        return f"SELECT ({number} AS ?ask) (COUNT(DISTINCT ?node) AS ?count) WHERE {{ {pattern} }}"

    def _pattern(self, given: Mapping[str, Sequence[Term]], order: str | None) -> str:
        if strange := given.keys() - self.parameters.keys():
            raise ConfigurationError(f"the list {self.id} has no parameter {sorted(strange)}")
        there = {*given, order}
        bound = [
            f"VALUES ?{name} {{ {' '.join(map(str, terms))} }}"
            for name, terms in given.items()
            if self.parameters[name] is not Kind.BOOLEAN
        ]
        return "\n".join([*bound, *(part.text for part in self.parts if not part.names or part.names & there)])

    def _beyond(self, key: str, place: Place, span: Span, *, later: bool) -> str:
        kind = self.orders[span.order]
        text, node = place
        mark = Literal(text) if kind is Kind.STRING else kind.parse(text)
        sign, same = _sign(span, later=later), ">" if later else "<"
        return f"({key} {sign} {mark} || ({key} = {mark} && STR(?node) {same} {Literal(node)}))"


def _sign(span: Span, *, later: bool) -> str:
    return ">" if later != span.descending else "<"


def load_lists(folder: Path) -> Mapping[str, ListQuery]:
    """The lists of a folder by id.

    Raises:
        ConfigurationError: a file is not written as above.
    """
    found = [_read(path) for path in sorted(folder.glob("*.rq"))]
    return {query.id: query for query in found}


def _read(path: Path) -> ListQuery:
    lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    parameters, orders, required = dict[str, Kind](), dict[str, Kind](), set[str]()
    for number, line in lines:
        if line.startswith(("#+ parameter ", "#+ order ")):
            slot = _SLOT.match(line)
            if slot is None:
                raise ConfigurationError(f"{path.name}:{number}: write `name KIND - text`")
            slots = parameters if slot["what"] == "parameter" else orders
            slots[slot["name"]] = Kind(slot["kind"])
            required |= {slot["name"]} if slots is parameters and not slot["optional"] else set()
    parts = tuple(_parts(path, lines, frozenset({*parameters, *orders})))
    prefixes = "\n".join(line for _, line in lines if line.startswith("PREFIX"))
    return ListQuery(path.stem, parameters, frozenset(required), orders, prefixes, parts)


def _parts(path: Path, lines: Sequence[tuple[int, str]], known: frozenset[str]) -> Iterator[Part]:
    names, held = frozenset[str](), list[str]()
    for number, line in lines:
        if part := _PART.match(line):
            yield Part(names, "\n".join(held))
            names, held = frozenset(filter(None, part["name"].split("|"))), []
            if strange := names - known:
                raise ConfigurationError(f"{path.name}:{number}: {sorted(strange)} is neither parameter nor order")
        elif line.strip() and not line.startswith(("#", "PREFIX")):
            held.append(line)
    yield Part(names, "\n".join(held))


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a list: hashable, so that nothing is asked twice.

    Attributes:
        given: values of parameters; a thing of the list fits one of the values of each.
        span: which part; None for how many there are.
    """

    query: ListQuery
    given: tuple[tuple[str, tuple[Term, ...]], ...]
    span: Span | None = None

    def __hash__(self) -> int:
        return hash((self.query.id, self.given, self.span))

    def select(self, number: int) -> str:
        """It as a select."""
        given = dict(self.given)
        return self.query.count(given, number) if self.span is None else self.query.page(given, self.span, number)


def together(asks: Sequence[Ask]) -> str:
    """Many questions as one query, so that a level of an answer is read at once.

    Its columns are `ask`, the number of the question, and `node` and `key`, or `count`.
    """
    prefixes = dict.fromkeys(line for ask in asks for line in ask.query.prefixes.splitlines())
    lines = "\n".join(prefixes)
    selects = [ask.select(number) for number, ask in enumerate(asks)]
    return f"{lines}\nSELECT ?ask ?node ?key ?count WHERE {_united(selects)}"


def _united(selects: Sequence[str]) -> str:
    """The union of selects, in halves of halves: one after the other, a thousand take the store minutes to read."""
    if len(selects) == 1:
        return f"{{ {selects[0]} }}"
    half = len(selects) // 2
    return f"{{ {_united(selects[:half])} UNION {_united(selects[half:])} }}"
