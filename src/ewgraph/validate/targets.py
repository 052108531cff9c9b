"""What a shape targets.

Source: SHACL, section 2.1.3 Targets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ewgraph.model.rdf import IRI
from ewgraph.validate.record_graph import RDF_TYPE, RecordGraph, Subject, Value
from ewgraph.validate.shapes_graph import ShapesGraph, sh

_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_CLASS, _SUBCLASS = IRI(f"{_RDFS}Class"), IRI(f"{_RDFS}subClassOf")
_SHAPE_CLASSES: Final = frozenset({sh("NodeShape"), sh("PropertyShape")})
_BY_NODE, _BY_CLASS = sh("targetNode"), sh("targetClass")
_BY_SUBJECTS, _BY_OBJECTS = sh("targetSubjectsOf"), sh("targetObjectsOf")


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of a shape: instances of classes, nodes, and the subjects and objects of properties."""

    classes: frozenset[Value] = frozenset()
    nodes: tuple[Value, ...] = ()
    subjects_of: tuple[Value, ...] = ()
    objects_of: tuple[Value, ...] = ()

    def besides_instances(self, graph: RecordGraph) -> Iterator[Value]:
        """It yields the focus nodes that are none for their class; a node may come twice."""
        yield from self.nodes
        for predicate in self.subjects_of:
            if isinstance(predicate, IRI):
                for subjects in graph.of_property(predicate).values():
                    yield from subjects
        for predicate in self.objects_of:
            if isinstance(predicate, IRI):
                yield from graph.of_property(predicate)


def declared_targets(shapes: ShapesGraph) -> dict[Subject, Targets]:
    """The targets that a shapes graph declares, by shape; a shape that is a class targets its instances."""
    found = {}
    for predicate in (_BY_CLASS, _BY_NODE, _BY_SUBJECTS, _BY_OBJECTS, RDF_TYPE):
        for shape in shapes.subjects(predicate):
            targets = Targets(
                frozenset(shapes.values(shape, _BY_CLASS)) | ({shape} if _is_class_and_shape(shapes, shape) else set()),
                tuple(shapes.values(shape, _BY_NODE)),
                tuple(shapes.values(shape, _BY_SUBJECTS)),
                tuple(shapes.values(shape, _BY_OBJECTS)),
            )
            if targets != Targets():
                found[shape] = targets
    return found


def _is_class_and_shape(shapes: ShapesGraph, node: Subject) -> bool:
    types = shapes.values(node, RDF_TYPE)
    if _SHAPE_CLASSES.isdisjoint(types):
        return False
    waiting, seen = list(types), set(types)
    while waiting:
        cls = waiting.pop()
        if cls == _CLASS:
            return True
        above = [each for each in shapes.values(cls, _SUBCLASS) if each not in seen]
        waiting += above
        seen.update(above)
    return False
