"""SHACL core without a processor: the shapes are compiled once, and run over a record in one pass.

For the classes that a node has, a plan is made once: which tests each value of which property has to pass, which
properties must be there, which may. Most nodes of a file have the same few classes, so that the pass looks up a plan
for each node and a step for each property, and does nothing else where nothing is wrong.

What is not compiled is named in `uncompiled`; pySHACL runs it (`shacl`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ewgraph.model.rdf import IRI
from ewgraph.validate.compiled_shape import CLOSED, CompiledShape, Compiler
from ewgraph.validate.constraints import Constraint
from ewgraph.validate.finding import Finding
from ewgraph.validate.record_graph import RDF_TYPE, Properties, RecordGraph, Subject, Value
from ewgraph.validate.shapes_graph import NotCompiledError, ShapesGraph
from ewgraph.validate.targets import Targets
from ewgraph.validate.value_constraints import Test

MOST_PLANS: Final = 1024
"""Records from outside may put nodes into any classes: past so many combinations, the plans are made anew."""


class _Step(NamedTuple):
    """What is asked of a property that a node has.

    Attributes:
        tests: what each value has to pass, with shape and component.
        always: the constraints to check whatever the number of values.
        several: the constraints that only several values can break.
        refused_by: the closed shapes that do not allow the property.
    """

    tests: tuple[tuple[Test, CompiledShape, IRI], ...] = ()
    always: tuple[tuple[CompiledShape, Constraint], ...] = ()
    several: tuple[tuple[CompiledShape, Constraint], ...] = ()
    refused_by: tuple[CompiledShape, ...] = ()


class _Plan(NamedTuple):
    """What is asked of a node of certain classes.

    Attributes:
        steps: by property.
        other: what is asked of a property that no shape speaks of.
        missing: the constraints that a node without the property can break.
        on_node: the constraints on the node itself.
        whole: the shapes that are run as they are.
    """

    steps: Mapping[IRI, _Step]
    other: _Step
    missing: tuple[tuple[IRI, tuple[tuple[CompiledShape, Constraint], ...]], ...]
    on_node: tuple[tuple[CompiledShape, Constraint], ...]
    whole: tuple[CompiledShape, ...]


class CompiledShapes:
    """SHACL core, compiled.

    Args:
        shapes: the shapes graph.
        targets: what each shape targets.

    Attributes:
        uncompiled: the shapes that say what is not compiled, with the reason.
    """

    def __init__(self, shapes: ShapesGraph, targets: Mapping[Subject, Targets]) -> None:
        compiler = Compiler(shapes)
        self.uncompiled: dict[Subject, str] = {}
        self._compiled: list[tuple[CompiledShape, Targets]] = []
        for node, of_shape in targets.items():
            try:
                self._compiled.append((compiler.shape(node), of_shape))
            except NotCompiledError as error:
                self.uncompiled[node] = str(error)
        self._others = [(s, t) for s, t in self._compiled if t.nodes or t.subjects_of or t.objects_of]
        self._plans: dict[tuple[Value, ...], _Plan] = {}

    def findings(self, graph: RecordGraph) -> Iterator[Finding]:
        """It yields the results of a record graph, in no order."""
        plans, subclassed = self._plans, graph.has_subclasses
        for node, properties in graph.nodes.items():
            types = properties.get(RDF_TYPE)
            if types is not None:
                classes = tuple(graph.classes(node) if subclassed else types)
                plan = plans.get(classes) or self._new_plan(classes)
                yield from _planned(plan, graph, node, properties)
        for shape, targets in self._others:
            for focus in dict.fromkeys(targets.besides_instances(graph)):
                if targets.classes.isdisjoint(graph.classes(focus)):
                    yield from shape.findings(graph, focus)

    def _new_plan(self, classes: tuple[Value, ...]) -> _Plan:
        if len(self._plans) >= MOST_PLANS:
            self._plans.clear()
        shapes = [shape for shape, targets in self._compiled if not targets.classes.isdisjoint(classes)]
        plan = self._plans[classes] = _plan(shapes)
        return plan


def _plan(shapes: Sequence[CompiledShape]) -> _Plan:
    """The plan for nodes that the shapes target."""
    by_property: defaultdict[IRI, list[CompiledShape]] = defaultdict(list)
    closed, on_node, whole = [], [], []
    for shape in shapes:
        if shape.properties or (shape.allowed is not None and (shape.path is not None or shape.tests)):
            whole.append(shape)
        elif shape.predicate is not None:
            by_property[shape.predicate].append(shape)
        elif shape.path is not None or shape.tests:
            whole.append(shape)
        else:
            on_node += [(shape, constraint) for constraint in shape.constraints]
            closed += [shape] if shape.allowed is not None else []
    mentioned = {*by_property, *(each for shape in closed for each in shape.allowed or () if isinstance(each, IRI))}
    steps = {predicate: _step(by_property.get(predicate, []), closed, predicate) for predicate in mentioned}
    missing = ((predicate, _constraints(each, lambda c: c.on_none)) for predicate, each in by_property.items())
    return _Plan(
        steps=steps,
        other=_Step(refused_by=tuple(closed)),
        missing=tuple((predicate, constraints) for predicate, constraints in missing if constraints),
        on_node=tuple(on_node),
        whole=tuple(whole),
    )


def _constraints(
    shapes: Iterable[CompiledShape], applies: Callable[[Constraint], bool]
) -> tuple[tuple[CompiledShape, Constraint], ...]:
    return tuple((shape, each) for shape in shapes for each in shape.constraints if applies(each))


def _step(shapes: Sequence[CompiledShape], closed: Sequence[CompiledShape], predicate: IRI) -> _Step:
    return _Step(
        tests=tuple((test, shape, component) for shape in shapes for component, test in shape.tests),
        always=_constraints(shapes, lambda constraint: constraint.on_one),
        several=_constraints(shapes, lambda constraint: not constraint.on_one),
        refused_by=tuple(shape for shape in closed if predicate not in (shape.allowed or ())),
    )


def _planned(plan: _Plan, graph: RecordGraph, node: Subject, properties: Properties) -> list[Finding]:
    """The results of one node."""
    found = _stated(plan, graph, node, properties)
    for predicate, checks in plan.missing:
        if predicate not in properties:
            found += _checked(checks, graph, node, predicate, ())
    if plan.on_node:
        found += _checked(plan.on_node, graph, node, None, (node,))
    for shape in plan.whole:
        found += shape.findings(graph, node)
    return found


def _stated(plan: _Plan, graph: RecordGraph, node: Subject, properties: Properties) -> list[Finding]:
    """The results of the properties that the node has."""
    found: list[Finding] = []
    steps, other = plan.steps, plan.other
    for predicate, values in properties.items():
        tests, always, several, refused_by = steps.get(predicate, other)
        for value in values:
            for test, shape, component in tests:
                if not test(value):
                    found.append(Finding(shape.node, component, node, predicate, value))
        if always or len(values) > 1:
            found += _checked(always + several if len(values) > 1 else always, graph, node, predicate, values)
        if refused_by:
            found += [Finding(shape.node, CLOSED, node, predicate, value) for shape in refused_by for value in values]
    return found


def _checked(
    checks: Iterable[tuple[CompiledShape, Constraint]],
    graph: RecordGraph,
    node: Subject,
    predicate: IRI | None,
    values: Sequence[Value],
) -> list[Finding]:
    """The results of the constraints on all values of a property, or on the node itself."""
    return [
        Finding(shape.node, constraint.component, node, predicate, broken)
        for shape, constraint in checks
        for broken in constraint.check(graph, node, values)
    ]
