"""The statements of one record, indexed for the checks that need no SHACL processor."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Final, TypeAlias

from ewgraph.errors import InputError
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Triple

RDF_TYPE: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SUBCLASS: Final = IRI("http://www.w3.org/2000/01/rdf-schema#subClassOf")
Subject: TypeAlias = IRI | BlankNode
Value: TypeAlias = IRI | BlankNode | Literal | Triple
Properties: TypeAlias = Mapping[IRI, Sequence[Value]]
_NOTHING: Final[Properties] = {}


class RecordGraph:
    """One record's graph: what it says about which node.

    Args:
        record: the name of the graph, which is the record's IRI.
        quads: the statements; the graph name of each is the record's IRI.

    Attributes:
        nodes: each node that something is said about, with its properties and their values.

    Raises:
        InputError: a quad stands in another graph, or is about a statement.
    """

    def __init__(self, record: IRI, quads: Iterable[Quad]) -> None:
        self.record = record
        self._inverse: dict[IRI, dict[Value, list[Subject]]] = {}
        with collection_paused():
            self.nodes: Mapping[Subject, Properties] = _indexed(record, quads)

    @property
    def subjects(self) -> Iterable[Subject]:
        """Each node that something is said about."""
        return self.nodes.keys()

    def properties(self, node: Value) -> Properties:
        """The properties of a node and their values; empty where nothing is said about it."""
        return self.nodes.get(node, _NOTHING)  # type: ignore[arg-type]  # a literal is never there

    def statements(self, subject: Value) -> Iterator[tuple[IRI, Value]]:
        """Each property and value of a node."""
        for predicate, values in self.properties(subject).items():
            for value in values:
                yield predicate, value

    def values(self, subject: Value, predicate: IRI) -> Sequence[Value]:
        """The values of a property of a node, each once, in the order in which they were given."""
        return self.properties(subject).get(predicate, ())

    def types(self, subject: Value) -> Sequence[Value]:
        """The classes of a node."""
        return self.values(subject, RDF_TYPE)

    def subjects_with(self, predicate: IRI, value: Value) -> Sequence[Subject]:
        """The nodes that have the value of the property."""
        return self.of_property(predicate).get(value, ())

    def of_property(self, predicate: IRI) -> Mapping[Value, Sequence[Subject]]:
        """The values of a property anywhere in the graph, each with the nodes that have it."""
        found = self._inverse.get(predicate)
        return self._read_backwards(predicate) if found is None else found

    def _read_backwards(self, predicate: IRI) -> Mapping[Value, Sequence[Subject]]:
        """The statements of a property by their values; kept, since paths and targets ask for few properties often."""
        users: dict[Value, list[Subject]] = {}
        for subject, properties in self.nodes.items():
            for value in properties.get(predicate, ()):
                users.setdefault(value, []).append(subject)
        self._inverse[predicate] = users
        return users

    @cached_property
    def has_subclasses(self) -> bool:
        """Whether the graph itself makes a class a subclass of another."""
        return any(_SUBCLASS in properties for properties in self.nodes.values())

    def classes(self, node: Value) -> Sequence[Value]:
        """The classes that the node is a SHACL instance of: its own, and theirs that the graph puts above them."""
        types = self.types(node)
        if not types or not self.has_subclasses:
            return types
        reached = dict.fromkeys(types)
        waiting = list(types)
        while waiting:
            for above in self.values(waiting.pop(), _SUBCLASS):
                if above not in reached:
                    reached[above] = None
                    waiting.append(above)
        return tuple(reached)

    @cached_property
    def _reached_from(self) -> dict[BlankNode, Subject]:
        """The first node that leads to each blank node."""
        reached: dict[BlankNode, Subject] = {}
        for subject, properties in self.nodes.items():
            for values in properties.values():
                for value in values:
                    if type(value) is BlankNode and value != subject:
                        reached.setdefault(value, subject)
        return reached

    def is_reached(self, node: BlankNode) -> bool:
        """Whether another node leads to this blank node."""
        return node in self._reached_from

    def about(self, node: Subject) -> str:
        """The IRI of the nearest node that leads to this one: its own where it has one, empty where there is none."""
        seen: set[Subject] = set()
        while isinstance(node, BlankNode):
            if node in seen or node not in self._reached_from:
                return ""
            seen.add(node)
            node = self._reached_from[node]
        return node.value


def _indexed(record: IRI, quads: Iterable[Quad]) -> dict[Subject, dict[IRI, Sequence[Value]]]:
    """The statements by subject and property."""
    nodes: dict[Subject, dict[IRI, Sequence[Value]]] = {}
    several: list[tuple[dict[IRI, Sequence[Value]], IRI]] = []
    for quad in quads:
        subject, predicate, value, graph_name = quad
        if graph_name != record:
            raise InputError(
                f"a statement of the record {record.value!r} stands in the graph {str(graph_name)!r}: "
                "give one graph for each record, named as the record"
            )
        properties = nodes.get(subject)
        if properties is None:
            nodes[_node(subject, record)] = {predicate: (value,)}
            continue
        values = properties.get(predicate)
        if values is None:
            properties[predicate] = (value,)
        elif isinstance(values, list):
            values.append(value)
        else:
            properties[predicate] = [*values, value]
            several.append((properties, predicate))
    for properties, predicate in several:
        properties[predicate] = tuple(dict.fromkeys(properties[predicate]))
    return nodes


def _node(subject: Subject | Triple, record: IRI) -> Subject:
    """The subject of a statement, which is no statement itself."""
    if isinstance(subject, Triple):
        raise InputError(f"a statement of the record {record.value!r} is about a statement: make it a claim")
    return subject


@contextmanager
def collection_paused() -> Iterator[None]:
    """Keep the garbage collector from going through all terms again and again; they are in no cycle.

    It takes as long as the indexing itself. Another thread may enable it meanwhile: that costs time only.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
