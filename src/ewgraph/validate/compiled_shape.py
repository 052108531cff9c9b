"""One shape of SHACL core, compiled to Python functions over a record graph.

Source: SHACL, sections 2 and 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from types import MappingProxyType
from typing import Final

from ewgraph.model.rdf import IRI, BlankNode
from ewgraph.validate.constraints import CONSTRAINTS, Constraint, Parameter
from ewgraph.validate.finding import Finding
from ewgraph.validate.paths import Path, compiled_path
from ewgraph.validate.record_graph import RecordGraph, Subject, Value
from ewgraph.validate.report import SH
from ewgraph.validate.shapes_graph import NotCompiledError, ShapesGraph, sh
from ewgraph.validate.value_constraints import VALUE_TESTS, Test

CLOSED: Final = sh("ClosedConstraintComponent")
_PATH, _PROPERTY, _CLOSED, _IGNORED = sh("path"), sh("property"), sh("closed"), sh("ignoredProperties")
_DEACTIVATED: Final = sh("deactivated")
_SAYS_NO_CONSTRAINT: Final = frozenset(
    {
        *("path", "property", "closed", "ignoredProperties", "deactivated", "severity", "message", "flags"),
        *("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint"),
        *("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"),
        *("name", "description", "order", "group", "defaultValue"),
    }
)
_COMPONENTS: Final[Mapping[str, IRI]] = MappingProxyType(
    {name: sh(f"{name[0].upper()}{name[1:]}ConstraintComponent") for name in VALUE_TESTS}
)


@dataclass(frozen=True, slots=True)
class CompiledShape:
    """A shape that is ready to run.

    Attributes:
        node: the shape in the shapes graph.
        path: what leads from a focus node to its value nodes; None for a node shape.
        predicate: the path, where it is a single property.
        tests: what each value node has to pass, with the component of each.
        constraints: what looks at all value nodes.
        properties: the property shapes that each value node has to conform to.
        allowed: the properties of a closed shape; None for an open one.
    """

    node: Subject
    path: Path | None = None
    predicate: IRI | None = None
    tests: tuple[tuple[IRI, Test], ...] = ()
    constraints: tuple[Constraint, ...] = ()
    properties: tuple[CompiledShape, ...] = ()
    allowed: frozenset[Value] | None = None

    def findings(self, graph: RecordGraph, focus: Value) -> Iterator[Finding]:
        """It yields the results of a focus node."""
        values = (focus,) if self.path is None else self.path(graph, focus)
        for component, test in self.tests:
            for value in filterfalse(test, values):
                yield Finding(self.node, component, focus, self.predicate, value)
        for constraint in self.constraints:
            for broken in constraint.check(graph, focus, values):
                yield Finding(self.node, constraint.component, focus, self.predicate, broken)
        yield from self._within(graph, focus, values)

    def _within(self, graph: RecordGraph, focus: Value, values: Sequence[Value]) -> Iterator[Finding]:
        """It yields the results of property shapes, and those on properties that a closed shape does not allow."""
        for node in values:
            for shape in self.properties:
                yield from shape.findings(graph, node)
            if self.allowed is not None:
                for predicate, value in graph.statements(node):
                    if predicate not in self.allowed:
                        yield Finding(self.node, CLOSED, focus, predicate, value)

    def conforms(self, graph: RecordGraph, node: Value) -> bool:
        """Whether the node conforms to the shape: there is no result."""
        values = (node,) if self.path is None else self.path(graph, node)
        for _, test in self.tests:
            if not all(map(test, values)):
                return False
        for constraint in self.constraints:
            if constraint.check(graph, node, values):
                return False
        if self.properties or self.allowed is not None:
            return next(self._within(graph, node, values), None) is None
        return True


class Compiler:
    """Compiles the shapes of a shapes graph, each once.

    Args:
        shapes: the shapes graph.
    """

    def __init__(self, shapes: ShapesGraph) -> None:
        self._shapes = shapes
        self._done: dict[Value, CompiledShape] = {}
        self._begun: set[Value] = set()

    def shape(self, node: Value) -> CompiledShape:
        """The compiled shape.

        Raises:
            NotCompiledError: the shape, or one that it refers to, is recursive, or says what is not compiled here.
        """
        done = self._done.get(node)
        if done is not None:
            return done
        if not isinstance(node, IRI | BlankNode):
            raise NotCompiledError(f"{node} is no shape")
        if node in self._begun:
            raise NotCompiledError(f"the shape {node} refers to itself")
        self._begun.add(node)
        shape = self._done[node] = self._compiled(node)
        self._begun.discard(node)
        return shape

    def _compiled(self, node: Subject) -> CompiledShape:
        shapes = self._shapes
        if shapes.is_true(node, _DEACTIVATED):
            return CompiledShape(node)
        path = shapes.one(node, _PATH)
        tests: list[tuple[IRI, Test]] = []
        constraints: list[Constraint] = []
        for name, value in self._parameters(node):
            if name in VALUE_TESTS:
                tests.append((_COMPONENTS[name], VALUE_TESTS[name](shapes, node, value)))
            else:
                constraints += CONSTRAINTS[name](Parameter(shapes, node, value, self.shape))
        return CompiledShape(
            node=node,
            path=None if path is None else compiled_path(shapes, path),
            predicate=path if isinstance(path, IRI) else None,
            tests=tuple(tests),
            constraints=tuple(constraints),
            properties=tuple(self._property(each) for each in shapes.values(node, _PROPERTY)),
            allowed=self._allowed(node),
        )

    def _parameters(self, node: Subject) -> Iterator[tuple[str, Value]]:
        """It yields the local name and the value of each parameter of the shape that states a constraint."""
        for predicate in self._shapes.predicates(node):
            name = predicate.value.removeprefix(SH)
            if not predicate.value.startswith(SH) or name in _SAYS_NO_CONSTRAINT:
                continue
            if name not in VALUE_TESTS and name not in CONSTRAINTS:
                raise NotCompiledError(f"{predicate} is not compiled")
            yield from ((name, value) for value in self._shapes.values(node, predicate))

    def _property(self, node: Value) -> CompiledShape:
        if self._shapes.one(node, _PATH) is None:
            raise NotCompiledError(f"{node} is no property shape")
        return self.shape(node)

    def _allowed(self, node: Subject) -> frozenset[Value] | None:
        """The properties that a closed shape allows."""
        shapes = self._shapes
        if not shapes.is_true(node, _CLOSED):
            return None
        ignored = shapes.one(node, _IGNORED)
        listed = (path for each in shapes.values(node, _PROPERTY) for path in shapes.values(each, _PATH))
        return frozenset((*listed, *(() if ignored is None else shapes.members(ignored))))
