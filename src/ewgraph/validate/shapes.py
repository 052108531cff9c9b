"""The shapes of shapes/*.ttl, read once: what targets what, which constraints are ours, what pySHACL is to run.

A node shape lists its property shapes with sh:property. pySHACL would visit them node by node and read each list of
values again each time. So each named shape is run by itself: a property shape takes over the targets of the node
shapes that list it, and a closed node shape names the paths that it lists as ignored. The results are the same (a test
compares them with those of the files as they stand), several times faster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ewgraph.errors import ConfigurationError
from ewgraph.model.rdf import IRI, BlankNode, Literal, RdfFormat, Triple, parse
from ewgraph.validate.record_graph import RDF_TYPE, Subject, Value
from ewgraph.validate.report import SH, Severity
from ewgraph.validate.small_numbers import LEAST_WORKERS

EWS: Final = "https://w3id.org/ewgraph/shapes#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL = IRI(f"{_RDF}first"), IRI(f"{_RDF}rest"), IRI(f"{_RDF}nil")
_RANK: Final = IRI("https://w3id.org/ewgraph/ns#rank")
_PROPERTY, _PATH, _TARGET_CLASS = IRI(f"{SH}property"), IRI(f"{SH}path"), IRI(f"{SH}targetClass")
_CLOSED, _IGNORED = IRI(f"{SH}closed"), IRI(f"{SH}ignoredProperties")
_MESSAGE, _SEVERITY, _PARAMETER = IRI(f"{SH}message"), IRI(f"{SH}severity"), IRI(f"{SH}parameter")


@dataclass(frozen=True, slots=True)
class Shape:
    """A named shape: what it targets, how grave its results are, and what it says.

    Attributes:
        path: the property of a property shape; None for a node shape.
        targets: the classes whose instances it targets, its own and those of the node shapes that list it.
        messages: its sentence by language tag.
    """

    iri: IRI
    path: IRI | None
    targets: frozenset[IRI]
    severity: Severity
    messages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TypedConstraint:
    """A constraint that one of our own components evaluates.

    Attributes:
        name: the local name of the parameter, such as `schemeFrom`.
        argument: the parameter's value; the members where it is a list.
    """

    shape: Shape
    component: IRI
    name: str
    argument: Value | tuple[Value, ...]


class Shapes:
    """The shapes of a folder.

    Args:
        folder: holds the Turtle files.
        least_workers: so many workers have to be behind a number of them, where that is more than the shapes ask for.

    Raises:
        ConfigurationError: the folder holds no shapes, or a file of it is not Turtle.
    """

    def __init__(self, folder: Path, least_workers: int = LEAST_WORKERS) -> None:
        self.least_workers = least_workers
        self._triples: list[Triple] = []
        self.prefixes: dict[str, str] = {}
        self._index: defaultdict[Subject | Triple, defaultdict[IRI, list[Value]]]
        self._index = defaultdict(lambda: defaultdict(list))
        files = sorted(folder.glob("*.ttl"))
        if not files:
            raise ConfigurationError(f"the folder {str(folder)!r} holds no shapes: reinstall ewgraph")
        for file in files:
            self._read(file)
        self.by_iri: Mapping[IRI, Shape] = MappingProxyType({shape.iri: shape for shape in self._named()})

    def _read(self, file: Path) -> None:
        """Add the statements of one file; blank nodes of different files stay different."""
        try:
            parser = parse(path=str(file), format=RdfFormat.TURTLE, rename_blank_nodes=True)
            for quad in parser:
                self._triples.append(quad.triple)
                self._index[quad.subject][quad.predicate].append(quad.object)
        except (SyntaxError, OSError) as error:
            raise ConfigurationError(f"the shapes in {str(file)!r} cannot be read: {error}") from error
        self.prefixes.update(parser.prefixes)

    def _one(self, subject: Subject, predicate: IRI) -> Value | None:
        return next(iter(self._index[subject][predicate]), None)

    def _members(self, head: Value) -> tuple[Value, ...]:
        """The members of an RDF list; its nodes may have IRIs."""
        members: list[Value] = []
        node: Value | None = head
        while isinstance(node, IRI | BlankNode) and node != _NIL:
            members.extend(self._index[node][_FIRST])
            node = self._one(node, _REST)
        return tuple(members)

    def _of_type(self, local_name: str) -> list[IRI]:
        cls = IRI(SH + local_name)
        return [
            triple.subject
            for triple in self._triples
            if triple.predicate == RDF_TYPE and triple.object == cls and isinstance(triple.subject, IRI)
        ]

    def _named(self) -> Iterator[Shape]:
        """Each shape with an IRI."""
        targets: defaultdict[Value, set[IRI]] = defaultdict(set)
        for node in (*self._of_type("NodeShape"), *self._of_type("PropertyShape")):
            own = {cls for cls in self._index[node][_TARGET_CLASS] if isinstance(cls, IRI)}
            for shape in (node, *self._index[node][_PROPERTY]):
                targets[shape] |= own
        for node in (*self._of_type("NodeShape"), *self._of_type("PropertyShape")):
            path, severity = self._one(node, _PATH), self._one(node, _SEVERITY)
            yield Shape(
                iri=node,
                path=path if isinstance(path, IRI) else None,
                targets=frozenset(targets[node]),
                severity=next((each for each in Severity if each.iri == severity), Severity.VIOLATION),
                messages=self.messages_of(node),
            )

    def messages_of(self, node: IRI) -> Mapping[str, str]:
        """The sentence of a shape, or of a rule that is no SHACL, by language tag."""
        texts = [text for text in self._index[node][_MESSAGE] if isinstance(text, Literal)]
        return MappingProxyType({text.language: text.value for text in texts if text.language is not None})

    @cached_property
    def _parameters(self) -> Mapping[IRI, IRI]:
        """The component of each parameter that we declare."""
        return {
            path: component
            for component in self._of_type("ConstraintComponent")
            for parameter in self._index[component][_PARAMETER]
            if isinstance(parameter, IRI) and isinstance(path := self._one(parameter, _PATH), IRI)
        }

    @cached_property
    def typed_constraints(self) -> tuple[TypedConstraint, ...]:
        """The constraints of our own components."""
        return tuple(
            TypedConstraint(shape, component, parameter.value.removeprefix(EWS), self._argument(value))
            for shape in self.by_iri.values()
            for parameter, component in self._parameters.items()
            for value in self._index[shape.iri][parameter]
        )

    def _argument(self, value: Value) -> Value | tuple[Value, ...]:
        is_list = isinstance(value, IRI | BlankNode) and bool(self._index[value][_FIRST])
        return self._members(value) if is_list else value

    @cached_property
    def classes(self) -> frozenset[IRI]:
        """The classes that a node of a record may have."""
        return frozenset(cls for shape in self.by_iri.values() for cls in shape.targets)

    @cached_property
    def record_classes(self) -> frozenset[IRI]:
        """The classes of which a record has exactly one."""
        return frozenset(cls for cls in self._members(IRI(f"{EWS}Record-classes")) if isinstance(cls, IRI))

    @cached_property
    def properties(self) -> frozenset[IRI]:
        """The properties that a node of a record may have."""
        return frozenset(shape.path for shape in self.by_iri.values() if shape.path is not None)

    @cached_property
    def visibility_ranks(self) -> Mapping[IRI, int]:
        """How strict each visibility is: 0 for everybody, more for fewer readers."""
        return {
            subject: int(rank.value)
            for subject, properties in self._index.items()
            for rank in properties.get(_RANK, ())
            if isinstance(subject, IRI) and isinstance(rank, Literal)
        }

    def core_triples(self) -> list[Triple]:
        """The statements for pySHACL: core SHACL alone, each named shape by itself; `Shape.targets` has the targets."""
        own: set[Value] = set(self._of_type("ConstraintComponent"))
        own |= {
            parameter
            for component in self._of_type("ConstraintComponent")
            for parameter in self._index[component][_PARAMETER]
        }
        dropped = {_PROPERTY, _IGNORED, _TARGET_CLASS, _RANK, *self._parameters}
        triples = [triple for triple in self._triples if triple.subject not in own and triple.predicate not in dropped]
        for shape in self.by_iri.values():
            if self._index[shape.iri][_CLOSED]:
                triples.extend(self._ignored(shape.iri))
        return triples

    def _ignored(self, node: IRI) -> Iterator[Triple]:
        """The list of the properties that a closed node shape allows."""
        ignored = self._one(node, _IGNORED)
        allowed = dict.fromkeys(self._members(ignored) if ignored is not None else ())
        for shape in self._index[node][_PROPERTY]:
            if isinstance(shape, IRI):
                allowed.update(dict.fromkeys(self._index[shape][_PATH]))
        link: tuple[Subject, IRI] = (node, _IGNORED)
        for path in allowed:
            cell = BlankNode()
            yield Triple(*link, cell)
            yield Triple(cell, _FIRST, path)
            link = (cell, _REST)
        yield Triple(*link, _NIL)
