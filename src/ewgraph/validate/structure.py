"""The rules of a record graph that are no SHACL: what may stand in it at all.

SHACL asks about nodes that a shape targets; what no shape targets passes it unseen. These rules ask about everything
else: the record node, nodes without a known class, nodes that a record may not describe, words that do not exist.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
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
    rules: Iterable[Callable[[RecordGraph], Iterator[_Breach]]] = (
        partial(_record_node, shapes=shapes),
        partial(_subjects, shapes=shapes),
        partial(_properties, shapes=shapes),
        _literals,
    )
    for rule in rules:
        for breach in rule(graph):
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


def _subjects(graph: RecordGraph, shapes: Shapes) -> Iterator[_Breach]:
    """Each node has a known class, and is one that a record may describe."""
    for node in graph.subjects:
        classes = graph.types(node)
        for cls in classes:
            if isinstance(cls, IRI) and cls not in shapes.classes:
                message = f"{_short(cls)} is no class of a node in a record{_nearest(cls, shapes.classes)}"
                yield _Breach("UnknownClass", node, message, RDF_TYPE, cls)
            elif not isinstance(cls, IRI):
                yield _Breach("UnknownClass", node, "A class is named by its IRI.", RDF_TYPE, cls)
        if not classes and node != graph.record:
            message = f"{_short(node)} has no class: say what it is, such as ew:Factory or ew:Organization."
            yield _Breach("NoClass", node, message, RDF_TYPE)
        if isinstance(node, IRI) and node.value.startswith(_RESERVED):
            message = f"{_short(node)} belongs to the vocabulary: a record may use it and may not describe it."
            yield _Breach("ReservedName", node, message)
        if node != graph.record and any(cls in shapes.record_classes for cls in classes):
            message = f"{_short(node)} is another record: put it into a graph of its own, named {_short(node)}."
            yield _Breach("OtherRecord", node, message, RDF_TYPE)
        if isinstance(node, BlankNode) and not graph.is_reached(node):
            message = "Nothing leads to this node without a name: link it from its owner, or give it an IRI."
            yield _Breach("UnreachedNode", node, message)


def _properties(graph: RecordGraph, shapes: Shapes) -> Iterator[_Breach]:
    """Each property is a word that exists, and is not derived."""
    for node in graph.subjects:
        for predicate, value in graph.statements(node):
            if predicate in _LEDGER_GIVES:
                message = f"{_short(predicate)} is given by the ledger when the record is stored: leave it out."
                yield _Breach("DerivedProperty", node, message, predicate, value)
            elif predicate in _DERIVED:
                message = f"{_short(predicate)} is derived from other statements: leave it out."
                yield _Breach("DerivedProperty", node, message, predicate, value)
            elif predicate.value.startswith(terms.EW) and predicate not in shapes.properties:
                message = f"{_short(predicate)} is no property of a record{_nearest(predicate, shapes.properties)}"
                yield _Breach("UnknownProperty", node, message, predicate, value)


def _literals(graph: RecordGraph) -> Iterator[_Breach]:
    """Each literal is one of its datatype, and no statement is about a statement."""
    for node in graph.subjects:
        for predicate, value in graph.statements(node):
            if isinstance(value, Literal):
                expected = expectation(value.value, value.datatype.value)
                if expected is not None:
                    message = f"{value.value!r} is not {expected}: write it in that form."
                    yield _Breach("IllFormedLiteral", node, message, predicate, value)
            elif isinstance(value, Triple):
                message = "A statement about a statement cannot be stored: make it a claim with an IRI of its own."
                yield _Breach("StatementAboutStatement", node, message, predicate, value)
