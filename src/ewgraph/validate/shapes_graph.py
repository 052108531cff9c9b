"""A shapes graph as statements that are looked up by subject and property, and the refusal to compile a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ewgraph.model.rdf import IRI, BlankNode, Literal, Triple
from ewgraph.validate.record_graph import Subject, Value
from ewgraph.validate.report import SH

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FIRST: Final = IRI(f"{_RDF}first")
_REST, _NIL = IRI(f"{_RDF}rest"), IRI(f"{_RDF}nil")


class NotCompiledError(Exception):
    """A shape says something that is not compiled here: pySHACL is to run it."""


def sh(local_name: str) -> IRI:
    """A name of the SHACL vocabulary."""
    return IRI(SH + local_name)


class ShapesGraph:
    """The statements of a shapes graph.

    Args:
        triples: the statements, in an order that the answers keep.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._index: dict[Subject | Triple, dict[IRI, list[Value]]] = {}
        for subject, predicate, value in triples:
            values = self._index.setdefault(subject, {}).setdefault(predicate, [])
            if value not in values:
                values.append(value)

    def subjects(self, predicate: IRI) -> list[Subject]:
        """The nodes that have a value of the property."""
        return [
            subject
            for subject, properties in self._index.items()
            if predicate in properties and not isinstance(subject, Triple)
        ]

    def predicates(self, subject: Value) -> Iterable[IRI]:
        """The properties that a node has values of."""
        return () if isinstance(subject, Literal) else self._index.get(subject, {}).keys()

    def values(self, subject: Value, predicate: IRI) -> list[Value]:
        """The values of a property of a node."""
        return [] if isinstance(subject, Literal) else self._index.get(subject, {}).get(predicate, [])

    def one(self, subject: Value, predicate: IRI) -> Value | None:
        """The only value of a property of a node; None where it has none.

        Raises:
            NotCompiledError: the node has several.
        """
        values = self.values(subject, predicate)
        if len(values) > 1:
            raise NotCompiledError(f"{subject} has several values of {predicate}")
        return values[0] if values else None

    def is_true(self, subject: Value, predicate: IRI) -> bool:
        """Whether the property of a node has the value true."""
        value = self.one(subject, predicate)
        return isinstance(value, Literal) and value.value in {"true", "1"}

    def is_list(self, node: Value) -> bool:
        """Whether the node is a list that has a member."""
        return bool(self.values(node, FIRST))

    def members(self, head: Value) -> Iterator[Value]:
        """The members of a list.

        Raises:
            NotCompiledError: the list does not end.
        """
        seen: set[Value] = set()
        node: Value | None = head
        while node != _NIL:
            if not isinstance(node, IRI | BlankNode) or node in seen or not self.is_list(node):
                raise NotCompiledError(f"{head} is no list")
            seen.add(node)
            yield from self.values(node, FIRST)
            node = self.one(node, _REST)
