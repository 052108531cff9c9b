"""The rules of a record graph that are no SHACL: what may stand in it at all.

SHACL asks about nodes that a shape targets; what no shape targets passes it unseen. These rules ask about everything
else: the record node, nodes without a known class, nodes that a record may not describe, words that do not exist.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Triple
from ewgraph.validate.lexical import expectation
from ewgraph.validate.record_graph import RDF_TYPE, RecordGraph, Subject, Value
from ewgraph.validate.report import Result, Severity
from ewgraph.validate.shapes import EWS, Shapes

RULES: Final = f"{EWS}RecordStructure"
ILL_FORMED_LITERAL: Final = f"{EWS}IllFormedLiteral"
_LEDGER_GIVES: Final = frozenset({terms.recordedAt})
_DERIVED: Final = frozenset({terms.recordedAt, terms.describedIn, terms.covers})
_RESERVED: Final = (terms.EW, terms.EWK, EWS)


@dataclass(frozen=True, slots=True)
class _Breach:
    """One rule broken: the local name of the rule, and where."""

    rule: str
    node: Subject
    message: str
    path: IRI | None = None
    value: Value | None = None


def structural_results(graph: RecordGraph, shapes: Shapes) -> Iterator[Result]:
    """It yields a violation for each rule that a record graph breaks."""
    for breach in chain(_record_node(graph, shapes), _Rules(graph, shapes).breaches()):
        yield Result(
            severity=Severity.VIOLATION,
            focus_node=_text(breach.node),
            path=breach.path.value if breach.path is not None else None,
            value=_text(breach.value) if breach.value is not None else None,
            message=breach.message,
            source_shape=RULES,
            component=EWS + breach.rule,
            messages={"en": breach.message},
            about=graph.about(breach.node),
            value_term=breach.value if not isinstance(breach.value, Triple) else None,
        )


def _text(term: Value) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _short(term: Value) -> str:
    """The term as people write it: our own names with their prefix."""
    text = _text(term)
    return f"ew:{text.removeprefix(terms.EW)}" if text.startswith(terms.EW) else f"<{text}>"


@lru_cache(maxsize=1024)  # a file says its wrong word once in every row
def _nearest(term: IRI, known: frozenset[IRI]) -> str:
    """Half a sentence that names the likely right word, empty where none is near."""
    words = {_short(each): each for each in known}
    near = difflib.get_close_matches(_short(term), words, n=1, cutoff=0.75)
    return f": did you mean {near[0]}?" if near else ": look up the right name in the vocabulary."


def _record_node(graph: RecordGraph, shapes: Shapes) -> Iterator[_Breach]:
    """The record has exactly one class, a kind of record."""
    classes = graph.types(graph.record)
    kinds = [cls for cls in classes if cls in shapes.record_classes]
    name = f"<{graph.record.value}>"
    if len(kinds) == 1 and len(classes) == 1:
        return
    if not classes:
        message = f"The graph {name} does not say what kind of record it is: give {name} a class such as ew:Disclosure."
        yield _Breach("RecordNode", graph.record, message, RDF_TYPE)
    elif len(kinds) != 1:
        count = "two kinds of record" if kinds else "no kind of record"
        listed = ", ".join(sorted(_short(cls) for cls in classes))
        message = f"The record {name} is {count} ({listed}): give it exactly one class, such as ew:Disclosure."
        yield _Breach("RecordNode", graph.record, message, RDF_TYPE)
    else:
        others = [cls for cls in classes if cls in shapes.classes and cls not in kinds]
        for cls in others:
            message = f"The record {name} is a {_short(kinds[0])} and no {_short(cls)} as well: name two nodes."
            yield _Breach("RecordNode", graph.record, message, RDF_TYPE, cls)


class _Rules:
    """The rules for each node, applied in one pass: what is well known to be right is looked up and passed over.

    Args:
        graph: the record graph.
        shapes: what says which classes and properties there are.
    """

    def __init__(self, graph: RecordGraph, shapes: Shapes) -> None:
        self._graph = graph
        self._shapes = shapes
        self._right_classes: set[tuple[Value, ...]] = set()
        self._right_properties: set[IRI] = set()

    def breaches(self) -> Iterator[_Breach]:
        """It yields what is wrong with a node, its classes, its properties or their values."""
        right_classes, right_properties = self._right_classes, self._right_properties
        for node, properties in self._graph.nodes.items():
            classes = tuple(properties.get(RDF_TYPE, ()))
            if classes not in right_classes:
                yield from self._classes(node, classes)
            yield from self._name(node)
            for predicate, values in properties.items():
                if predicate not in right_properties:
                    yield from self._property(node, predicate, values)
                for value in values:
                    if type(value) is Literal:
                        expected = expectation(value.value, value.datatype.value)
                        if expected is not None:
                            message = f"{value.value!r} is not {expected}: write it in that form."
                            yield _Breach("IllFormedLiteral", node, message, predicate, value)
                    elif type(value) is Triple:
                        message = (
                            "A statement about a statement cannot be stored: make it a claim with an IRI of its own."
                        )
                        yield _Breach("StatementAboutStatement", node, message, predicate, value)

    def _classes(self, node: Subject, classes: tuple[Value, ...]) -> Iterator[_Breach]:
        """The node has a known class, and is no second record."""
        known, right = self._shapes.classes, bool(classes)
        for cls in classes:
            if isinstance(cls, IRI) and cls not in known:
                message = f"{_short(cls)} is no class of a node in a record{_nearest(cls, known)}"
                yield _Breach("UnknownClass", node, message, RDF_TYPE, cls)
                right = False
            elif not isinstance(cls, IRI):
                yield _Breach("UnknownClass", node, "A class is named by its IRI.", RDF_TYPE, cls)
                right = False
        if node == self._graph.record:
            return
        if not classes:
            message = f"{_short(node)} has no class: say what it is, such as ew:Factory or ew:Organization."
            yield _Breach("NoClass", node, message, RDF_TYPE)
        if not self._shapes.record_classes.isdisjoint(classes):
            message = f"{_short(node)} is another record: put it into a graph of its own, named {_short(node)}."
            yield _Breach("OtherRecord", node, message, RDF_TYPE)
        elif right:
            self._right_classes.add(classes)

    def _name(self, node: Subject) -> Iterator[_Breach]:
        """The node is one that a record may describe."""
        if isinstance(node, BlankNode):
            if not self._graph.is_reached(node):
                message = "Nothing leads to this node without a name: link it from its owner, or give it an IRI."
                yield _Breach("UnreachedNode", node, message)
        elif node.value.startswith(_RESERVED):
            message = f"{_short(node)} belongs to the vocabulary: a record may use it and may not describe it."
            yield _Breach("ReservedName", node, message)

    def _property(self, node: Subject, predicate: IRI, values: Iterable[Value]) -> Iterator[_Breach]:
        """The property is a word that exists, and is not derived."""
        known = self._shapes.properties
        if predicate in _LEDGER_GIVES:
            rule, message = "DerivedProperty", f"{_short(predicate)} is given by the ledger when the record is stored"
        elif predicate in _DERIVED:
            rule, message = "DerivedProperty", f"{_short(predicate)} is derived from other statements"
        elif predicate.value.startswith(terms.EW) and predicate not in known:
            rule, message = "UnknownProperty", f"{_short(predicate)} is no property of a record"
        else:
            self._right_properties.add(predicate)
            return
        message += _nearest(predicate, known) if rule == "UnknownProperty" else ": leave it out."
        for value in values:
            yield _Breach(rule, node, message, predicate, value)
