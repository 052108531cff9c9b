"""The statements of one record, indexed for the checks that need no SHACL processor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from ewgraph.errors import InputError
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Triple

RDF_TYPE: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
Subject: TypeAlias = IRI | BlankNode
Value: TypeAlias = IRI | BlankNode | Literal | Triple


class RecordGraph:
    """One record's graph: what it says about which node.

    Args:
        record: the name of the graph, which is the record's IRI.
        quads: the statements; the graph name of each is the record's IRI.

    Raises:
        InputError: a quad stands in another graph.
    """

    def __init__(self, record: IRI, quads: Iterable[Quad]) -> None:
        self.record = record
        self._nodes: dict[Subject, dict[IRI, dict[Value, None]]] = {}
        self._reached_from: dict[BlankNode, Subject] = {}
        for quad in quads:
            if quad.graph_name != record:
                raise InputError(
                    f"a statement of the record {record.value!r} stands in the graph {str(quad.graph_name)!r}: "
                    "give one graph for each record, named as the record"
                )
            if isinstance(quad.subject, Triple):
                raise InputError(f"a statement of the record {record.value!r} is about a statement: make it a claim")
            self._nodes.setdefault(quad.subject, {}).setdefault(quad.predicate, {})[quad.object] = None
            if isinstance(quad.object, BlankNode) and quad.object != quad.subject:
                self._reached_from.setdefault(quad.object, quad.subject)

    @property
    def subjects(self) -> Iterable[Subject]:
        """Each node that something is said about."""
        return self._nodes.keys()

    def statements(self, subject: Subject) -> Iterator[tuple[IRI, Value]]:
        """Each property and value of a node."""
        for predicate, values in self._nodes.get(subject, {}).items():
            for value in values:
                yield predicate, value

    def values(self, subject: Subject, predicate: IRI) -> list[Value]:
        """The values of a property of a node, in the order in which they were given."""
        return list(self._nodes.get(subject, {}).get(predicate, ()))

    def types(self, subject: Subject) -> list[Value]:
        """The classes of a node."""
        return self.values(subject, RDF_TYPE)

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
