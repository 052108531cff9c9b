"""The rules of a record graph that are no SHACL: what may stand in it at all.

SHACL asks about nodes that a shape targets; what no shape targets passes it unseen. These rules ask about everything
else: the record node, nodes without a known class, nodes that a record may not describe, words that do not exist.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Triple
from ewgraph.validate.lexical import expectation, unwritable
from ewgraph.validate.messages import with_params
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
    """One rule broken, and where.

    Attributes:
        said: the local name of the sentence in shapes/structure.ttl: that of the rule, perhaps with a suffix.
        shown: what the placeholders of the sentence stand for.
    """

    said: str
    node: Subject
    shown: Mapping[str, str]
    path: IRI | None = None
    value: Value | None = None

    @property
    def rule(self) -> str:
        """The local name of the rule."""
        return self.said.partition("-")[0]


def structural_results(graph: RecordGraph, shapes: Shapes) -> Iterator[Result]:
    """It yields a violation for each rule that a record graph breaks."""
    for breach in chain(_record_node(graph, shapes), _Rules(graph, shapes).breaches()):
        texts = shapes.messages_of(IRI(EWS + breach.said))
        messages = {tag: with_params(text, breach.shown) for tag, text in texts.items()}
        yield Result(
            severity=Severity.VIOLATION,
            focus_node=_text(breach.node),
            path=breach.path.value if breach.path is not None else None,
            value=_text(breach.value) if breach.value is not None else None,
            message=messages["en"],
            source_shape=RULES,
            component=EWS + breach.rule,
            messages=messages,
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
def _unknown(rule: str, term: IRI, known: frozenset[IRI]) -> tuple[str, Mapping[str, str]]:
    """The sentence about a word that does not exist, which names the likely right one, and what it shows."""
    words = {_short(each): each for each in known}
    near = difflib.get_close_matches(_short(term), words, n=1, cutoff=0.75)
    return (f"{rule}-near", {"term": _short(term), "near": near[0]}) if near else (rule, {"term": _short(term)})


def _record_node(graph: RecordGraph, shapes: Shapes) -> Iterator[_Breach]:
    """The record has exactly one class, a kind of record."""
    classes = graph.types(graph.record)
    kinds = [cls for cls in classes if cls in shapes.record_classes]
    shown = {"record": f"<{graph.record.value}>", "classes": ", ".join(sorted(_short(cls) for cls in classes))}
    if len(kinds) == 1 and len(classes) == 1:
        return
    if not classes:
        yield _Breach("RecordNode", graph.record, shown, RDF_TYPE)
    elif len(kinds) != 1:
        yield _Breach("RecordNode-several" if kinds else "RecordNode-other", graph.record, shown, RDF_TYPE)
    else:
        others = [cls for cls in classes if cls in shapes.classes and cls not in kinds]
        for cls in others:
            both = {**shown, "kind": _short(kinds[0]), "term": _short(cls)}
            yield _Breach("RecordNode-also", graph.record, both, RDF_TYPE, cls)


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
                        expected = expectation(value.value, value.datatype.value) or unwritable(value.value)
                        if expected is not None:
                            shown = {"value": repr(value.value), "expected": expected}
                            yield _Breach("IllFormedLiteral", node, shown, predicate, value)
                    elif type(value) is Triple:
                        yield _Breach("StatementAboutStatement", node, {}, predicate, value)

    def _classes(self, node: Subject, classes: tuple[Value, ...]) -> Iterator[_Breach]:
        """The node has a known class, and is no second record."""
        known, right = self._shapes.classes, bool(classes)
        for cls in classes:
            if isinstance(cls, IRI) and cls not in known:
                said, shown = _unknown("UnknownClass", cls, known)
                yield _Breach(said, node, shown, RDF_TYPE, cls)
                right = False
            elif not isinstance(cls, IRI):
                yield _Breach("UnknownClass-nameless", node, {}, RDF_TYPE, cls)
                right = False
        if node == self._graph.record:
            return
        if not classes:
            yield _Breach("NoClass", node, {"node": _short(node)}, RDF_TYPE)
        if not self._shapes.record_classes.isdisjoint(classes):
            yield _Breach("OtherRecord", node, {"node": _short(node)}, RDF_TYPE)
        elif right:
            self._right_classes.add(classes)

    def _name(self, node: Subject) -> Iterator[_Breach]:
        """The node is one that a record may describe."""
        if isinstance(node, BlankNode):
            if not self._graph.is_reached(node):
                yield _Breach("UnreachedNode", node, {})
        elif node.value.startswith(_RESERVED):
            yield _Breach("ReservedName", node, {"node": _short(node)})

    def _property(self, node: Subject, predicate: IRI, values: Iterable[Value]) -> Iterator[_Breach]:
        """The property is a word that exists, and is not derived."""
        known = self._shapes.properties
        shown: Mapping[str, str] = {"term": _short(predicate)}
        if predicate in _LEDGER_GIVES:
            said = "DerivedProperty-ledger"
        elif predicate in _DERIVED:
            said = "DerivedProperty"
        elif predicate.value.startswith(terms.EW) and predicate not in known:
            said, shown = _unknown("UnknownProperty", predicate, known)
        else:
            self._right_properties.add(predicate)
            return
        for value in values:
            yield _Breach(said, node, shown, predicate, value)
