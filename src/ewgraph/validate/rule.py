"""The crossing rules as shapes/crossing states them: property shapes, each with one SPARQL constraint."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

from ewgraph.errors import ConfigurationError
from ewgraph.model.rdf import IRI, Literal, RdfFormat, Term, parse
from ewgraph.validate.messages import with_params
from ewgraph.validate.reach import THIS, Chain, Step, reach
from ewgraph.validate.record_graph import Value
from ewgraph.validate.report import SH, Result, Severity

COMPONENT: Final = f"{SH}SPARQLConstraintComponent"
_CODED: Final = ("https://w3id.org/ewgraph/kos/", "http://publications.europa.eu/resource/authority/")
_SELECT: Final = re.compile(r"\s*SELECT\s+DISTINCT\s+(?P<names>(?:[?$]\w+\s+)+)WHERE\s*(?P<where>\{.*\})\s*", re.DOTALL)
_VALUE: Final = "value"
_NAMED: Final = re.compile(rf"[?$]{THIS}\b")

Row: TypeAlias = tuple[Term | None, ...]
Statements: TypeAlias = Mapping[str, Sequence[Value]]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A property shape with one SPARQL constraint.

    Attributes:
        names: the variables that the query gives; the first two are the focus node and the value.
        where: the group graph pattern, with its prefixes spelt out and the path filled in.
        chains: how the query's patterns lead from the focus node to what it reads.
        required: those of them that have to lead somewhere, or the query finds nothing.
        beside: the patterns at the focus node, walked away from it, if it meets the query in nothing else: then two
            focus nodes with the same neighbours have the same solutions. None if a filter looks at the node itself.
    """

    iri: IRI
    path: IRI
    targets: frozenset[IRI]
    severity: Severity
    messages: Mapping[str, str]
    names: tuple[str, ...]
    where: str
    prologue: str
    chains: tuple[Chain, ...]
    required: tuple[Chain, ...]
    beside: tuple[Step, ...] | None

    def select(self, restriction: str) -> str:
        """The query for the focus nodes that a group of patterns, values or filters about ?this allows."""
        variables = " ".join(f"?{name}" for name in self.names)
        return f"{self.prologue}SELECT DISTINCT {variables} WHERE {{ {restriction} {self.where[1:]}"

    def result(self, row: Row, shown: Mapping[str, str], about: str) -> Result:
        """The result that a solution stands for.

        Args:
            row: a solution, in the order of the names.
            shown: how each of its terms is written for people, by the variable's name.
            about: the nearest node with an IRI that leads to the focus node.
        """
        focus, value = row[0], row[1]
        messages = {tag: with_params(text, shown) for tag, text in self.messages.items()}
        return Result(
            severity=self.severity,
            focus_node=text_of(focus),
            path=self.path.value,
            value=text_of(value),
            message=messages["en"],
            source_shape=self.iri.value,
            component=COMPONENT,
            messages=messages,
            about=about,
            value_term=value,
        )


def shown(term: Term | None) -> str:
    """The term as people read it without a label: an entry of a code list by its code, anything else in full.

    >>> shown(IRI("http://publications.europa.eu/resource/authority/country/CHN"))
    'CHN'
    """
    text = text_of(term)
    return text.rsplit("/", 1)[-1] if isinstance(term, IRI) and text.startswith(_CODED) else text


def text_of(term: Value | None) -> str:
    """The IRI, the lexical form, or the label with `_:`; empty for nothing."""
    return term.value if isinstance(term, IRI | Literal) else str(term or "")


def one_per_place(rows: Iterable[Row]) -> list[Row]:
    """The first row of each focus node and value, so that a place is named once however often a rule matches there."""
    return list({row[:2]: row for row in sorted(rows, key=str, reverse=True)}.values())


def rules(folder: Path) -> Iterator[Rule]:
    """The rules of a folder, in the order of their IRIs.

    Raises:
        ConfigurationError: a file is not Turtle, or a rule is not of the form that is told in shapes/crossing.
    """
    said = _statements(folder)
    shapes = (node for node in said if isinstance(node, IRI) and "sparql" in said[node])
    for shape in sorted(shapes, key=text_of):
        try:
            yield _rule(shape, said)
        except (ValueError, ConfigurationError) as error:
            raise ConfigurationError(f"the crossing rule {shape.value!r} cannot be used: {error}") from error


def _statements(folder: Path) -> Mapping[Value, Statements]:
    """What the files say: of each node the values of each property, by its name in SHACL."""
    said: defaultdict[Value, defaultdict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted(folder.glob("*.ttl")):
        try:
            for quad in parse(path=str(file), format=RdfFormat.TURTLE, rename_blank_nodes=True):
                said[quad.subject][quad.predicate.value.removeprefix(SH)].append(quad.object)
        except (SyntaxError, OSError) as error:
            raise ConfigurationError(f"the rules in {str(file)!r} cannot be read: {error}") from error
    return said


def _rule(shape: IRI, said: Mapping[Value, Statements]) -> Rule:
    (path,), (constraint,), (severity,) = (said[shape][name] for name in ("path", "sparql", "severity"))
    (text,) = said[constraint]["select"]
    prefixes = {
        text_of(said[declaration]["prefix"][0]): text_of(said[declaration]["namespace"][0])
        for holder in said[constraint]["prefixes"]
        for declaration in said[holder]["declare"]
    }
    match = _SELECT.fullmatch(text_of(text))
    if match is None or not isinstance(path, IRI):
        raise ConfigurationError("write one property as sh:path, and SELECT DISTINCT, variables, WHERE and one group")
    names = tuple(name[1:] for name in match["names"].split())
    where = match["where"].replace("$PATH", str(path))
    chains = reach(where, prefixes)
    if names[:2] != (THIS, _VALUE) or not any(_gives_value(chain, path) for chain in chains):
        raise ConfigurationError("select $this and ?value first, and begin with $this $PATH ?value")
    return Rule(
        iri=shape,
        path=path,
        targets=frozenset(cls for cls in said[shape]["targetClass"] if isinstance(cls, IRI)),
        severity=next(each for each in Severity if each.iri == severity),
        messages=MappingProxyType(
            {
                each.language: each.value
                for each in said[constraint]["message"]
                if isinstance(each, Literal) and each.language
            }
        ),
        names=names,
        where=where,
        prologue="".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(prefixes.items())),
        chains=chains,
        required=tuple(chain for chain in chains if len(chain[-1].pattern.group) == 1),
        beside=_beside(where, chains),
    )


def _beside(where: str, chains: Iterable[Chain]) -> tuple[Step, ...] | None:
    """The patterns at the focus node, walked away from it; None if it is named elsewhere, or at both ends of one."""
    steps = [
        Step(chain[-1].pattern, forward=forward)
        for chain in chains
        for forward in (True, False)
        if Step(chain[-1].pattern, forward=forward).origin == THIS
    ]
    if len(steps) < len(_NAMED.findall(where)) or any(step.end == THIS for step in steps):
        return None
    return tuple(steps)


def _gives_value(chain: Chain, path: IRI) -> bool:
    """Whether it is the one pattern $this $PATH ?value, where it always has to match."""
    if len(chain) != 1:
        return False
    pattern = chain[0].pattern
    plain = (pattern.subject, pattern.predicates, pattern.object) == (THIS, (path,), _VALUE)
    return plain and len(pattern.group) == 1
