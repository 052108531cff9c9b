"""The constraint components of our own, which shapes/components.ttl declares: what core SHACL has no words for.

A check sees one focus node and gives back what is wrong with it. The validator turns that into results, which name the
component as any other validation result does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ewgraph.errors import ConfigurationError, IdentifierError
from ewgraph.model import terms
from ewgraph.model.identifiers import IDENTIFIER_TYPES
from ewgraph.model.rdf import IRI, Literal
from ewgraph.validate.record_graph import RecordGraph, Subject, Value
from ewgraph.validate.shapes import Shapes, TypedConstraint

Argument = Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Focus:
    """What a check looks at: a node, the values of the shape's path, and the record graph around them."""

    graph: RecordGraph
    node: Subject
    values: tuple[Value, ...]
    ranks: Mapping[IRI, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that breaks a constraint, or None where a value is missing; why, where the message asks for it."""

    value: Value | None
    reason: str = ""


Check = Callable[[Focus, Argument], Iterator[Fault]]


def _ill_formed(values: tuple[Value, ...], scheme: str) -> Iterator[Fault]:
    parser = IDENTIFIER_TYPES.get(scheme)
    for value in values:
        if parser is not None and isinstance(value, Literal):
            try:
                parser.parse(value.value)
            except IdentifierError as error:
                yield Fault(value, str(error))


def _identifier_scheme(focus: Focus, argument: Argument) -> Iterator[Fault]:
    if isinstance(argument, Literal):
        yield from _ill_formed(focus.values, argument.value)


def _scheme_from(focus: Focus, argument: Argument) -> Iterator[Fault]:
    schemes = focus.graph.values(focus.node, argument) if isinstance(argument, IRI) else []
    for scheme in schemes:
        if isinstance(scheme, Literal):
            yield from _ill_formed(focus.values, scheme.value)


def _not_laxer_than_record(focus: Focus, _: Argument) -> Iterator[Fault]:
    of_record = focus.graph.values(focus.graph.record, terms.visibility)
    strictest = max(
        (focus.ranks[level] for level in of_record if isinstance(level, IRI) and level in focus.ranks), default=0
    )
    for value in focus.values:
        if isinstance(value, IRI) and value in focus.ranks and focus.ranks[value] < strictest:
            yield Fault(value)


def _is_the_record(focus: Focus, _: Argument) -> Iterator[Fault]:
    yield from (Fault(value) for value in focus.values if value != focus.graph.record)


def _required_in(focus: Focus, argument: Argument) -> Iterator[Fault]:
    if not focus.values and argument in focus.graph.types(focus.graph.record):
        yield Fault(None)


def _class_if_described(focus: Focus, argument: Argument) -> Iterator[Fault]:
    allowed = argument if isinstance(argument, tuple) else (argument,)
    for value in focus.values:
        if isinstance(value, Subject):
            classes = focus.graph.types(value)
            if classes and not any(cls in allowed for cls in classes):
                yield Fault(value)


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "identifierScheme": _identifier_scheme,
        "schemeFrom": _scheme_from,
        "notLaxerThanRecord": _not_laxer_than_record,
        "isTheRecord": _is_the_record,
        "requiredIn": _required_in,
        "classIfDescribed": _class_if_described,
    }
)
"""What evaluates a component, by the name of its parameter."""


def faults(graph: RecordGraph, shapes: Shapes) -> Iterator[tuple[TypedConstraint, Subject, Fault]]:
    """It yields what breaks a constraint of ours in a record graph.

    Raises:
        ConfigurationError: the shapes declare a component that nothing here evaluates.
    """
    members: dict[Value, list[Subject]] = {}
    for subject in graph.subjects:
        for cls in graph.types(subject):
            members.setdefault(cls, []).append(subject)
    for constraint in shapes.typed_constraints:
        if constraint.name not in CHECKS:
            raise ConfigurationError(
                f"the constraint component {constraint.component.value!r} is unknown here: reinstall ewgraph"
            )
        nodes = dict.fromkeys(node for cls in constraint.shape.targets for node in members.get(cls, ()))
        for node in nodes:
            path = constraint.shape.path
            values = tuple(graph.values(node, path)) if path is not None else (node,)
            focus = Focus(graph, node, values, shapes.visibility_ranks)
            for fault in CHECKS[constraint.name](focus, constraint.argument):
                yield constraint, node, fault
