"""SHACL property paths as functions over a record graph.

Source: SHACL, section 2.3.1 SHACL Property Paths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from ewgraph.model.rdf import IRI
from ewgraph.validate.record_graph import RecordGraph, Value
from ewgraph.validate.shapes_graph import NotCompiledError, ShapesGraph, sh

Path: TypeAlias = Callable[[RecordGraph, Value], Sequence[Value]]
"""It gives the value nodes of a focus node, each once."""


def compiled_path(shapes: ShapesGraph, node: Value) -> Path:
    """The path that a node of the shapes graph describes.

    Raises:
        NotCompiledError: the node describes no path.
    """
    if isinstance(node, IRI):
        return _predicate(node)
    if shapes.is_list(node):
        return _sequence([compiled_path(shapes, member) for member in shapes.members(node)])
    for predicate, made in _FORMS.items():
        argument = shapes.one(node, predicate)
        if argument is not None:
            return made(shapes, argument)
    raise NotCompiledError(f"{node} is no property path")


def _predicate(predicate: IRI) -> Path:
    def values(graph: RecordGraph, focus: Value) -> Sequence[Value]:
        properties = graph.nodes.get(focus)  # type: ignore[arg-type]  # a literal is never there
        return () if properties is None else properties.get(predicate, ())

    return values


def _inverse(_: ShapesGraph, node: Value) -> Path:
    if isinstance(node, IRI):
        return lambda graph, focus: graph.subjects_with(node, focus)
    raise NotCompiledError(f"{node} is a path that is not read backwards here")


def _each(path: Path, graph: RecordGraph, nodes: Iterable[Value]) -> Sequence[Value]:
    """What the path leads to from any of the nodes."""
    return tuple(dict.fromkeys(value for node in nodes for value in path(graph, node)))


def _sequence(steps: Sequence[Path]) -> Path:
    def values(graph: RecordGraph, focus: Value) -> Sequence[Value]:
        reached: Sequence[Value] = (focus,)
        for step in steps:
            reached = _each(step, graph, reached)
        return reached

    return values


def _alternative(shapes: ShapesGraph, node: Value) -> Path:
    paths = [compiled_path(shapes, member) for member in shapes.members(node)]
    return lambda graph, focus: tuple(dict.fromkeys(value for path in paths for value in path(graph, focus)))


def _closure(path: Path, graph: RecordGraph, start: Iterable[Value]) -> Sequence[Value]:
    """The nodes of the start, and what the path leads to from them, however often."""
    reached = dict.fromkeys(start)
    waiting = list(reached)
    while waiting:
        for value in path(graph, waiting.pop()):
            if value not in reached:
                reached[value] = None
                waiting.append(value)
    return tuple(reached)


def _zero_or_more(shapes: ShapesGraph, node: Value) -> Path:
    path = compiled_path(shapes, node)
    return lambda graph, focus: _closure(path, graph, (focus,))


def _one_or_more(shapes: ShapesGraph, node: Value) -> Path:
    path = compiled_path(shapes, node)
    return lambda graph, focus: _closure(path, graph, path(graph, focus))


def _zero_or_one(shapes: ShapesGraph, node: Value) -> Path:
    path = compiled_path(shapes, node)
    return lambda graph, focus: tuple(dict.fromkeys((focus, *path(graph, focus))))


_FORMS: Final[Mapping[IRI, Callable[[ShapesGraph, Value], Path]]] = MappingProxyType(
    {
        sh("inversePath"): _inverse,
        sh("alternativePath"): _alternative,
        sh("zeroOrMorePath"): _zero_or_more,
        sh("oneOrMorePath"): _one_or_more,
        sh("zeroOrOnePath"): _zero_or_one,
    }
)
