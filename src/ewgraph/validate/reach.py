"""How far a query looks from its focus node: the triple patterns of its text, and how each leads back to $this.

A change alters what a query finds for a focus node only if a triple that it adds or removes matches one of the
patterns in a solution for that node. The *companions* of a pattern, those of its own group and of the groups around it,
match in every such solution. So whatever the filters say, a changed triple joined with the companions gives every focus
node that it can affect; and walking the patterns out from a focus node along their *chains* gives all that the query
reads for it.

The text is a group of triple patterns, alternatives of properties, OPTIONAL, UNION, FILTER and FILTER (NOT) EXISTS.
Anything else is refused, since it could look further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple, TypeAlias

from ewgraph.errors import ConfigurationError
from ewgraph.model.rdf import IRI

_TOKEN: Final = re.compile(
    r"""\s+|\#[^\n]*|(?P<token><[^<>"{}|^`\\\s]*>|"(?:[^"\\]|\\.)*"|[?$]\w+|[\w-]*:[\w-]*|\w+|&&|\|\||[!<>]=|[^\s\w])""",
    re.VERBOSE,
)
_TYPE: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
THIS: Final = "this"
_BACKWARD: Final = 10

Node: TypeAlias = str | IRI  # a variable by its name, or a constant
Group: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern.

    Attributes:
        predicates: the properties of which any one may match.
        group: the numbers of the groups around it, the outermost first.
    """

    subject: Node
    predicates: tuple[IRI, ...]
    object: Node
    group: Group

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables at its ends."""
        return tuple(end for end in (self.subject, self.object) if isinstance(end, str))

    def __str__(self) -> str:
        predicate = "|".join(map(str, self.predicates))
        return f"{_text(self.subject)} {predicate} {_text(self.object)} ."


class Step(NamedTuple):
    """A pattern walked from its subject to its object, or back."""

    pattern: Pattern
    forward: bool

    @property
    def origin(self) -> Node:
        """Where it begins."""
        return self.pattern.subject if self.forward else self.pattern.object

    @property
    def end(self) -> Node:
        """Where it leads to."""
        return self.pattern.object if self.forward else self.pattern.subject


Chain: TypeAlias = tuple[Step, ...]


def reach(where: str, prefixes: Mapping[str, str]) -> tuple[Chain, ...]:
    """It is a chain for each pattern: the steps that lead from $this to it, and last the pattern itself.

    Args:
        where: the group graph pattern of a query, in braces.
        prefixes: the namespace of each prefix.

    Raises:
        ConfigurationError: the text holds something else than patterns, or a pattern that nothing joins to $this.

    >>> chains = reach("{ $this ew:site ?s . FILTER NOT EXISTS { ?a ew:site ?s . } }", {"ew": "https://example.org/"})
    >>> [[step.forward for step in chain] for chain in chains]
    [[True], [True, False]]
    """
    patterns = tuple(_Reader(where, prefixes).patterns())
    return tuple(_cheapest(pattern, patterns) for pattern in patterns)


def companions(wanted: Pattern, patterns: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """The patterns that have to match whenever the wanted one counts, itself aside."""
    return tuple(each for each in patterns if each is not wanted and wanted.group[: len(each.group)] == each.group)


def _cheapest(wanted: Pattern, patterns: tuple[Pattern, ...]) -> Chain:
    """The cheapest way from $this to a pattern over its companions."""
    usable = companions(wanted, patterns)
    ways: dict[Node, Chain] = {THIS: ()}
    for _ in usable:  # after as many rounds as there are patterns no way can become cheaper
        for step in chain.from_iterable(map(_both_ways, usable)):
            if step.origin in ways:
                way = (*ways[step.origin], step)
                if isinstance(step.end, str) and (step.end not in ways or _cost(way) < _cost(ways[step.end])):
                    ways[step.end] = way
    found = [(*ways[step.origin], step) for step in _both_ways(wanted) if step.origin in ways]
    if not found:
        raise ConfigurationError(
            f"nothing joins the pattern {str(wanted)!r} to $this: join it by a property in its group"
        )
    return min(found, key=_cost)


def _both_ways(pattern: Pattern) -> tuple[Step, Step]:
    return Step(pattern, forward=True), Step(pattern, forward=False)


def _cost(way: Chain) -> int:
    """Few values lead on from a node, many nodes lead to a value."""
    return sum(1 if step.forward else _BACKWARD for step in way)


def _text(node: Node) -> str:
    return f"?{node}" if isinstance(node, str) else str(node)


class _Reader:
    """Reads the patterns of a group, token by token."""

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        self._tokens = [match["token"] for match in _TOKEN.finditer(text) if match["token"]]
        self._prefixes = prefixes
        self._at = 0
        self._groups = 0

    def patterns(self) -> Iterator[Pattern]:
        """The patterns of the whole text."""
        yield from self._group(())
        if self._at < len(self._tokens):
            raise self._refused()

    def _next(self) -> str:
        if self._at == len(self._tokens):
            raise ConfigurationError("the query ends within a group: close its braces")
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _refused(self) -> ConfigurationError:
        near = " ".join(self._tokens[max(self._at - 3, 0) : self._at + 3])
        return ConfigurationError(
            f"near {near!r} the query holds more than patterns and filters: write it without that"
        )

    def _expect(self, token: str) -> None:
        if self._next() != token:
            self._at -= 1
            raise self._refused()

    def _group(self, within: Group) -> Iterator[Pattern]:
        self._expect("{")
        self._groups += 1
        group = (*within, self._groups)
        while (word := self._peek().upper()) != "}":
            if word == "{":
                yield from self._union(group)
            elif word == "OPTIONAL":
                self._next()
                yield from self._group(group)
            elif word == "FILTER":
                yield from self._filter(group)
            elif word in {".", ";"}:
                raise self._refused()
            else:
                yield self._pattern(group)
        self._next()

    def _union(self, group: Group) -> Iterator[Pattern]:
        yield from self._group(group)
        while self._peek().upper() == "UNION":
            self._next()
            yield from self._group(group)

    def _filter(self, group: Group) -> Iterator[Pattern]:
        self._next()
        words = [self._next().upper()]
        if words == ["NOT"]:
            words.append(self._next().upper())
        if words[-1] == "EXISTS":
            yield from self._group(group)
            return
        if words != ["("]:
            raise self._refused()
        depth = 1
        while depth:
            token = self._next()
            if token in {"{", "}"} or token.upper() == "EXISTS":
                raise self._refused()
            depth += {"(": 1, ")": -1}.get(token, 0)

    def _pattern(self, group: Group) -> Pattern:
        subject = self._node()
        predicates = [self._iri()]
        while self._peek() == "|":
            self._next()
            predicates.append(self._iri())
        pattern = Pattern(subject, tuple(predicates), self._node(), group)
        if self._peek() != "}":
            self._expect(".")
        return pattern

    def _node(self) -> Node:
        if self._peek()[:1] in {"?", "$"}:
            return self._next()[1:]
        return self._iri()

    def _iri(self) -> IRI:
        word = self._next()
        if word == "a":
            return _TYPE
        if word.startswith("<"):
            return IRI(word[1:-1])
        prefix, colon, local = word.partition(":")
        if colon and prefix in self._prefixes:
            return IRI(self._prefixes[prefix] + local)
        self._at -= 1
        raise self._refused()
