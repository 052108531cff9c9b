"""The constraint components of our own, which shapes/components.ttl declares: what core SHACL has no words for.

A check sees one focus node and gives back what is wrong with it. The validator turns that into results, which name the
component as any other validation result does. As in `compiled`, a plan for the classes of a node is made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from ewgraph.errors import ConfigurationError, IdentifierError
from ewgraph.model import terms
from ewgraph.model.identifiers import IDENTIFIER_TYPES
from ewgraph.model.rdf import IRI, Literal
from ewgraph.validate.compiled import MOST_PLANS
from ewgraph.validate.record_graph import RDF_TYPE, RecordGraph, Subject, Value
from ewgraph.validate.shapes import Shapes, TypedConstraint
from ewgraph.validate.small_numbers import counts_workers, parts_leaving_few, shares_of_few, too_few

Argument: TypeAlias = Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that breaks a constraint, or None where a value is missing; why, where the message asks for it."""

    value: Value | None
    reason: str = ""


Check: TypeAlias = Callable[[RecordGraph, Subject, Sequence[Value]], Iterable[Fault]]
"""It gives what is wrong with a focus node and its values of the shape's path."""


def _of_scheme(values: Iterable[Value], scheme: str) -> Iterator[Fault]:
    """It yields the texts that are no identifier of the scheme; a scheme without a rule takes any."""
    parser = IDENTIFIER_TYPES.get(scheme)
    for value in values:
        if parser is not None and isinstance(value, Literal):
            try:
                parser.parse(value.value)
            except IdentifierError as error:
                yield Fault(value, str(error))


def _identifier_scheme(argument: Argument, _: Shapes) -> Check:
    scheme = argument.value if isinstance(argument, Literal) else ""
    return lambda _graph, _node, values: _of_scheme(values, scheme)


def _scheme_from(argument: Argument, _: Shapes) -> Check:
    def check(graph: RecordGraph, node: Subject, values: Sequence[Value]) -> Iterator[Fault]:
        for scheme in graph.values(node, argument) if isinstance(argument, IRI) else ():
            if isinstance(scheme, Literal):
                yield from _of_scheme(values, scheme.value)

    return check


def _not_laxer_than_record(_: Argument, shapes: Shapes) -> Check:
    ranks = shapes.visibility_ranks

    def check(graph: RecordGraph, _: Subject, values: Sequence[Value]) -> Iterator[Fault]:
        of_record = graph.values(graph.record, terms.visibility)
        strictest = max((ranks[level] for level in of_record if isinstance(level, IRI) and level in ranks), default=0)
        for value in values:
            if isinstance(value, IRI) and value in ranks and ranks[value] < strictest:
                yield Fault(value)

    return check


def _is_the_record(_: Argument, __: Shapes) -> Check:
    return lambda graph, _, values: [Fault(value) for value in values if value != graph.record]


def _required_in(argument: Argument, _: Shapes) -> Check:
    def check(graph: RecordGraph, _: Subject, values: Sequence[Value]) -> Sequence[Fault]:
        return (Fault(None),) if not values and argument in graph.types(graph.record) else ()

    return check


def _class_if_described(argument: Argument, _: Shapes) -> Check:
    allowed = frozenset(argument if isinstance(argument, tuple) else (argument,))

    def check(graph: RecordGraph, _: Subject, values: Sequence[Value]) -> Sequence[Fault]:
        wrong = []
        for value in values:
            classes = graph.types(value)
            if classes and allowed.isdisjoint(classes):
                wrong.append(Fault(value))
        return wrong

    return check


def _fewest(argument: Argument, shapes: Shapes) -> int:
    """So many workers have to be behind a number: as the shape says, or more where that is set."""
    return max(int(argument.value) if isinstance(argument, Literal) else 0, shapes.least_workers)


def _least_workers(argument: Argument, shapes: Shapes) -> Check:
    least = _fewest(argument, shapes)

    def check(graph: RecordGraph, node: Subject, values: Sequence[Value]) -> Iterator[Fault]:
        if counts_workers(graph, node):
            yield from (Fault(value, str(least)) for value in too_few(values, least))

    return check


def _least_of_share(argument: Argument, shapes: Shapes) -> Check:
    least = _fewest(argument, shapes)
    return lambda graph, node, values: [Fault(v, str(least)) for v in shares_of_few(graph, node, values, least)]


def _least_left(argument: Argument, shapes: Shapes) -> Check:
    least = _fewest(argument, shapes)
    return lambda graph, node, values: [Fault(v, str(least)) for v in parts_leaving_few(graph, node, values, least)]


CHECKS: Final[Mapping[str, Callable[[Argument, Shapes], Check]]] = MappingProxyType(
    {
        "identifierScheme": _identifier_scheme,
        "schemeFrom": _scheme_from,
        "notLaxerThanRecord": _not_laxer_than_record,
        "isTheRecord": _is_the_record,
        "requiredIn": _required_in,
        "classIfDescribed": _class_if_described,
        "leastWorkers": _least_workers,
        "leastOfShare": _least_of_share,
        "leastLeft": _least_left,
    }
)
"""What makes the check of a component from the parameter's value, by the name of the parameter."""

_OF_LACK: Final = frozenset({"requiredIn"})
"""The parameters that a node without a value can break."""


class _Plan(NamedTuple):
    """The checks for nodes of certain classes: those on values, by property, and those on properties that lack."""

    on_values: Mapping[IRI, Sequence[tuple[TypedConstraint, Check]]]
    on_lack: Sequence[tuple[IRI, TypedConstraint, Check]]
    on_node: Sequence[tuple[TypedConstraint, Check]]


class TypedChecks:
    """The constraints of ours that the shapes state, ready to run.

    Args:
        shapes: the shapes.

    Raises:
        ConfigurationError: the shapes declare a component that nothing here evaluates.
    """

    def __init__(self, shapes: Shapes) -> None:
        self._checks: list[tuple[TypedConstraint, Check]] = []
        self._plans: dict[tuple[Value, ...], _Plan] = {}
        for constraint in shapes.typed_constraints:
            if constraint.name not in CHECKS:
                raise ConfigurationError(
                    f"the constraint component {constraint.component.value!r} is unknown here: reinstall ewgraph"
                )
            self._checks.append((constraint, CHECKS[constraint.name](constraint.argument, shapes)))

    def faults(self, graph: RecordGraph) -> Iterator[tuple[TypedConstraint, Subject, Fault]]:
        """It yields what breaks a constraint of ours in a record graph."""
        for node, properties in graph.nodes.items():
            classes = tuple(properties.get(RDF_TYPE, ()))
            plan = self._plans.get(classes) or self._new_plan(classes)
            for predicate, values in properties.items():
                for constraint, check in plan.on_values.get(predicate, ()):
                    for fault in check(graph, node, values):
                        yield constraint, node, fault
            for predicate, constraint, check in plan.on_lack:
                if predicate not in properties:
                    for fault in check(graph, node, ()):
                        yield constraint, node, fault
            for constraint, check in plan.on_node:
                for fault in check(graph, node, (node,)):
                    yield constraint, node, fault

    def _new_plan(self, classes: tuple[Value, ...]) -> _Plan:
        """The plan for nodes of the classes, which is kept."""
        if len(self._plans) >= MOST_PLANS:
            self._plans.clear()
        on_values: dict[IRI, list[tuple[TypedConstraint, Check]]] = {}
        plan = self._plans[classes] = _Plan(on_values, on_lack := [], on_node := [])
        for constraint, check in self._checks:
            path = constraint.shape.path
            if constraint.shape.targets.isdisjoint(classes):
                continue
            if path is None:
                on_node.append((constraint, check))
            else:
                on_values.setdefault(path, []).append((constraint, check))
                if constraint.name in _OF_LACK:
                    on_lack.append((path, constraint, check))
        return plan
