"""The constraint components of SHACL core that look at all values of a focus node, or at the graph around them.

Here stand sh:class, cardinality, sh:uniqueLang, property pair, logical and shape-based components and sh:hasValue.
A closed shape and sh:property, whose results name other paths and shapes, stand in `compiled`.

Source: SHACL, sections 4.1.1, 4.2, 4.4.5, 4.5, 4.6, 4.7 and 4.8.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias

from ewgraph.model.rdf import IRI, Literal
from ewgraph.validate.lexical import expectation
from ewgraph.validate.ordering import comparable, is_at_most, is_less
from ewgraph.validate.record_graph import RecordGraph, Subject, Value
from ewgraph.validate.shapes_graph import NotCompiledError, ShapesGraph, sh
from ewgraph.validate.value_constraints import whole_number

_PROPERTY, _QUALIFIED = sh("property"), sh("qualifiedValueShape")
Check: TypeAlias = Callable[[RecordGraph, Value, Sequence[Value]], Sequence[Value | None]]
"""It gives what breaks a constraint, of a focus node's values: a value, or None where the result is about none."""


class Conformance(Protocol):
    """A compiled shape, as far as a constraint asks for it."""

    def conforms(self, graph: RecordGraph, node: Value) -> bool:
        """Whether the node conforms to the shape."""
        ...


@dataclass(frozen=True, slots=True)
class Constraint:
    """A compiled constraint.

    Attributes:
        on_none: whether a focus node without a value can break it.
        on_one: whether a focus node with one value can break it.
    """

    component: IRI
    check: Check
    on_none: bool = False
    on_one: bool = True


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a shape to compile: its value, and what leads from there to other shapes."""

    shapes: ShapesGraph
    shape: Subject
    value: Value
    nested: Callable[[Value], Conformance]

    def predicate(self) -> IRI:
        """The value, where it has to be a property."""
        if isinstance(self.value, IRI):
            return self.value
        raise NotCompiledError(f"{self.value} is no property")

    def members(self) -> list[Conformance]:
        """The shapes of a list."""
        return [self.nested(member) for member in self.shapes.members(self.value)]


def _component(local_name: str) -> IRI:
    return sh(f"{local_name}ConstraintComponent")


def _per_value(local_name: str, passes: Callable[[RecordGraph, Value], bool]) -> list[Constraint]:
    """A constraint that each value has to pass by itself."""

    def check(graph: RecordGraph, _: Value, values: Sequence[Value]) -> list[Value]:
        return [value for value in values if not passes(graph, value)]

    return [Constraint(_component(local_name), check)]


def _class(given: Parameter) -> list[Constraint]:
    return _per_value("Class", lambda graph, value: given.value in graph.classes(value))


def _min_count(given: Parameter) -> list[Constraint]:
    least = whole_number(given.value)

    def check(_: RecordGraph, __: Value, values: Sequence[Value]) -> Sequence[None]:
        return (None,) if len(values) < least else ()

    return [Constraint(_component("MinCount"), check, on_none=least > 0, on_one=least > 1)]


def _max_count(given: Parameter) -> list[Constraint]:
    most = whole_number(given.value)

    def check(_: RecordGraph, __: Value, values: Sequence[Value]) -> Sequence[None]:
        return (None,) if len(values) > most else ()

    return [Constraint(_component("MaxCount"), check, on_one=most < 1)]


def _unique_lang(given: Parameter) -> list[Constraint]:
    def check(_: RecordGraph, __: Value, values: Sequence[Value]) -> list[None]:
        tags = Counter(value.language.lower() for value in values if isinstance(value, Literal) and value.language)
        return [None for count in tags.values() if count > 1]

    # The parameter counts as true in the lexical form true alone: a case of the W3C suite holds that.
    is_true = isinstance(given.value, Literal) and given.value.value == "true"
    return [Constraint(_component("UniqueLang"), check, on_one=False)] if is_true else []


def _equals(given: Parameter) -> list[Constraint]:
    predicate = given.predicate()

    def check(graph: RecordGraph, focus: Value, values: Sequence[Value]) -> list[Value]:
        others = graph.values(focus, predicate)
        return [*(v for v in values if v not in others), *(other for other in others if other not in values)]

    return [Constraint(_component("Equals"), check, on_none=True)]


def _disjoint(given: Parameter) -> list[Constraint]:
    predicate = given.predicate()

    def check(graph: RecordGraph, focus: Value, values: Sequence[Value]) -> list[Value]:
        others = graph.values(focus, predicate)
        return [value for value in values if value in others]

    return [Constraint(_component("Disjoint"), check)]


def _ordered(local_name: str, given: Parameter, holds: Callable[..., bool]) -> list[Constraint]:
    """A constraint on the order of each value and each value of another property.

    An ill-formed value of the other property is passed over: a datatype refuses it where it stands.
    """
    predicate = given.predicate()

    def check(graph: RecordGraph, focus: Value, values: Sequence[Value]) -> list[Value]:
        broken: list[Value] = []
        for other in graph.values(focus, predicate):
            bound = comparable(other)
            if bound is not None or not _is_ill_formed(other):
                broken += [value for value in values if not holds(comparable(value), bound)]
        return broken

    return [Constraint(_component(local_name), check)]


def _is_ill_formed(value: Value) -> bool:
    return isinstance(value, Literal) and expectation(value.value, value.datatype.value) is not None


def _less_than(given: Parameter) -> list[Constraint]:
    return _ordered("LessThan", given, is_less)


def _less_than_or_equals(given: Parameter) -> list[Constraint]:
    return _ordered("LessThanOrEquals", given, is_at_most)


def _not(given: Parameter) -> list[Constraint]:
    shape = given.nested(given.value)
    return _per_value("Not", lambda graph, value: not shape.conforms(graph, value))


def _and(given: Parameter) -> list[Constraint]:
    shapes = given.members()

    def passes(graph: RecordGraph, value: Value) -> bool:
        return all(shape.conforms(graph, value) for shape in shapes)

    return _per_value("And", passes)


def _or(given: Parameter) -> list[Constraint]:
    shapes = given.members()

    def passes(graph: RecordGraph, value: Value) -> bool:
        for shape in shapes:  # noqa: SIM110  # twice as fast as any(): each claim is asked
            if shape.conforms(graph, value):
                return True
        return False

    return _per_value("Or", passes)


def _xone(given: Parameter) -> list[Constraint]:
    shapes = given.members()
    return _per_value("Xone", lambda graph, value: sum(shape.conforms(graph, value) for shape in shapes) == 1)


def _node(given: Parameter) -> list[Constraint]:
    return _per_value("Node", given.nested(given.value).conforms)


def _has_value(given: Parameter) -> list[Constraint]:
    def check(_: RecordGraph, __: Value, values: Sequence[Value]) -> Sequence[None]:
        return () if given.value in values else (None,)

    return [Constraint(_component("HasValue"), check, on_none=True)]


def _siblings(given: Parameter) -> list[Conformance]:
    """The qualified value shapes of the properties that stand beside this one, where they are to be disjoint."""
    shapes = given.shapes
    if not shapes.is_true(given.shape, sh("qualifiedValueShapesDisjoint")):
        return []
    beside = dict.fromkeys(
        qualified
        for parent in shapes.subjects(_PROPERTY)
        if given.shape in shapes.values(parent, _PROPERTY)
        for sibling in shapes.values(parent, _PROPERTY)
        for qualified in shapes.values(sibling, _QUALIFIED)
    )
    return [given.nested(qualified) for qualified in beside if qualified != given.value]


def _qualified(given: Parameter) -> list[Constraint]:
    shape, siblings = given.nested(given.value), _siblings(given)

    def count(graph: RecordGraph, values: Sequence[Value]) -> int:
        return sum(
            shape.conforms(graph, value) and not any(sibling.conforms(graph, value) for sibling in siblings)
            for value in values
        )

    def bounded(local_name: str, breaks: Callable[[int], bool]) -> Constraint:
        def check(graph: RecordGraph, _: Value, values: Sequence[Value]) -> Sequence[None]:
            return (None,) if breaks(count(graph, values)) else ()

        return Constraint(_component(local_name), check, on_none=breaks(0))

    constraints = []
    least = given.shapes.one(given.shape, sh("qualifiedMinCount"))
    if least is not None:
        minimum = whole_number(least)
        constraints.append(bounded("QualifiedMinCount", lambda found: found < minimum))
    most = given.shapes.one(given.shape, sh("qualifiedMaxCount"))
    if most is not None:
        maximum = whole_number(most)
        constraints.append(bounded("QualifiedMaxCount", lambda found: found > maximum))
    return constraints


CONSTRAINTS: Final[Mapping[str, Callable[[Parameter], list[Constraint]]]] = MappingProxyType(
    {
        "class": _class,
        "minCount": _min_count,
        "maxCount": _max_count,
        "uniqueLang": _unique_lang,
        "equals": _equals,
        "disjoint": _disjoint,
        "lessThan": _less_than,
        "lessThanOrEquals": _less_than_or_equals,
        "not": _not,
        "and": _and,
        "or": _or,
        "xone": _xone,
        "node": _node,
        "hasValue": _has_value,
        "qualifiedValueShape": _qualified,
    }
)
"""What compiles a parameter's value, by the local name of the parameter."""
