"""pySHACL over one record: the only module that imports rdflib and pySHACL.

Imported when a validator is built, since both take seconds to load.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.rdfutil.stringify import stringify_blank_node
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator as PyshaclValidator
from rdflib.namespace import RDF
from rdflib.namespace import SH as SHACL
from rdflib.term import Node

from ewgraph.model.rdf import IRI, BlankNode, Triple
from ewgraph.validate.lexical import expectation
from ewgraph.validate.record_graph import RecordGraph, Value

_ILL_FORMED: Final = rdflib.URIRef("https://w3id.org/ewgraph/shapes#ill-formed")
_OPTIONS: Final[Mapping[str, object]] = {"inference": "none", "inplace": True, "advanced": False}


@dataclass(frozen=True, slots=True)
class Finding:
    """A validation result of pySHACL in our own terms; the message is looked up by the shape."""

    shape: IRI
    component: IRI
    focus: Value
    path: IRI | None
    value: Value | None


class CoreShacl:
    """SHACL core, by pySHACL, with a shapes graph that is parsed once.

    Args:
        triples: the shapes graph, without constraint components of our own.
        targets: the classes that each shape targets; a shape without an instance in the record is not run.
    """

    def __init__(self, triples: Iterable[Triple], targets: Mapping[IRI, frozenset[IRI]]) -> None:
        terms = _Terms()
        graph = rdflib.Graph(bind_namespaces="none")
        for triple in triples:
            graph.add((terms.rdflib(triple.subject), terms.rdflib(triple.predicate), terms.rdflib(triple.object)))
        self._shapes = ShapesGraph(graph)
        _ = self._shapes.shapes, self._shapes.custom_constraints  # read now, so that threads only read them
        self._targets = targets

    def findings(self, record: RecordGraph) -> Iterator[Finding]:
        """It yields what pySHACL finds in a record graph, in no order."""
        classes = {cls for subject in record.subjects for cls in record.types(subject)}
        shapes = [shape.value for shape, targets in self._targets.items() if not targets.isdisjoint(classes)]
        if not shapes:
            return
        terms = _Terms()
        data = rdflib.Graph(bind_namespaces="none")
        for subject in record.subjects:
            node = terms.rdflib(subject)
            for predicate, value in record.statements(subject):
                if not isinstance(value, Triple):
                    data.add((node, terms.rdflib(predicate), terms.rdflib(value)))
        options = {**_OPTIONS, "use_shapes": shapes}
        validator = PyshaclValidator(DataGraph.from_rdflib(data), shacl_graph=rdflib.Graph(), options=options)
        validator.shacl_graph = self._shapes  # pySHACL would look at all shapes again, and write to a graph it is given
        _, report, _ = validator.run()  # type: ignore[no-untyped-call]  # pySHACL types half of its own
        # pySHACL keeps the text of each blank node of each report in a module-wide dictionary, by the graph's address.
        stringify_blank_node.dict_cache.clear()
        for result in report.subjects(RDF.type, SHACL.ValidationResult):
            yield _finding(report, result, terms)


def _finding(report: rdflib.Graph, result: Node, terms: _Terms) -> Finding:
    shape = terms.own(report.value(result, SHACL.sourceShape))
    component = terms.own(report.value(result, SHACL.sourceConstraintComponent))
    focus = terms.own(report.value(result, SHACL.focusNode))
    path = terms.own(report.value(result, SHACL.resultPath))
    if not isinstance(shape, IRI) or not isinstance(component, IRI) or focus is None:
        raise TypeError(f"pySHACL reported a result without a named shape: {shape} {component} {focus}")
    value = terms.own(report.value(result, SHACL.value))
    return Finding(shape, component, focus, path if isinstance(path, IRI) else None, value)


class _Terms:
    """Translates terms, and remembers what each came from: the way back is exact."""

    def __init__(self) -> None:
        self._there: dict[Value, Node] = {}
        self._back: dict[Node, Value] = {}

    def rdflib(self, term: Value) -> Node:
        """The term for rdflib; an ill-formed literal gets a datatype that no shape allows: sh:datatype refuses it."""
        known = self._there.get(term)
        if known is None:
            known = self._there[term] = _translated(term)
            self._back.setdefault(known, term)
        return known

    def own(self, node: Node | None) -> Value | None:
        """The term that a node came from; pySHACL's own IRIs come from nowhere and are translated."""
        if node is None:
            return None
        return self._back.get(node) or IRI(str(node))


def _translated(term: Value) -> Node:
    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Triple):
        raise TypeError(f"rdflib has no term for {term}")
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    if expectation(term.value, term.datatype.value) is not None:
        return rdflib.Literal(term.value, datatype=_ILL_FORMED)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
