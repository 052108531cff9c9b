"""pySHACL over one record: the only module that imports rdflib and pySHACL.

It runs what `compiled` does not, and is what the tests compare `compiled` with. It is imported where a shape asks for
it, since both libraries take seconds to load.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import rdflib
from pyshacl.graph_abstraction import DataGraph
from pyshacl.rdfutil.stringify import stringify_blank_node
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator as PyshaclValidator
from rdflib.namespace import SH as SHACL
from rdflib.term import Node

from ewgraph.model.rdf import IRI, BlankNode, Triple
from ewgraph.validate.finding import Finding
from ewgraph.validate.lexical import expectation
from ewgraph.validate.record_graph import RecordGraph, Value

_ILL_FORMED: Final = "https://w3id.org/ewgraph/shapes#ill-formed?datatype="
_OPTIONS: Final[Mapping[str, object]] = {"inference": "none", "inplace": True, "advanced": False}


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
        self._graph = ShapesGraph(graph)
        # Read now, so that threads only read: pySHACL fills these when they are first asked for.
        shapes, _ = self._graph.shapes, self._graph.custom_constraints
        by_iri = {shape.node: shape for shape in shapes}
        self._shapes = [(by_iri[terms.rdflib(iri)], classes) for iri, classes in targets.items()]

    def findings(self, record: RecordGraph) -> Iterator[Finding]:
        """It yields what pySHACL finds in a record graph, in no order."""
        terms = _Terms()
        data = rdflib.Graph(bind_namespaces="none")
        members: defaultdict[Value, list[Node]] = defaultdict(list)
        for subject in record.subjects:
            node = terms.rdflib(subject)
            for cls in record.types(subject):
                members[cls].append(node)
            for predicate, value in record.statements(subject):
                if not isinstance(value, Triple):
                    data.add((node, terms.rdflib(predicate), terms.rdflib(value)))
        # The shapes are run one by one, as Validator.run does, each on its focus nodes: pySHACL would search for them
        # class by class, and look at all shapes again for each record.
        graph = DataGraph.from_rdflib(data)
        executor = PyshaclValidator(graph, shacl_graph=rdflib.Graph(), options=dict(_OPTIONS)).make_executor()
        for shape, classes in self._shapes:
            focus = list(dict.fromkeys(node for cls in classes & members.keys() for node in members[cls]))
            if focus:
                _, reports = shape.validate(executor, graph, focus=focus)
                yield from (_finding(triples, terms) for _, _, triples in reports)
        # pySHACL keeps the text of each blank node of each report in a module-wide dictionary, by the graph's address.
        stringify_blank_node.dict_cache.clear()


def _finding(triples: Iterable[tuple[Node, Node, Node | tuple[object, Node]]], terms: _Terms) -> Finding:
    """The result that pySHACL states in triples; a node of another graph comes as a pair with the graph."""
    said = {predicate: value[1] if isinstance(value, tuple) else value for _, predicate, value in triples}
    shape, component, focus, path, value = (
        terms.own(said.get(name))
        for name in (
            SHACL.sourceShape,
            SHACL.sourceConstraintComponent,
            SHACL.focusNode,
            SHACL.resultPath,
            SHACL.value,
        )
    )
    if not isinstance(shape, IRI) or not isinstance(component, IRI) or focus is None:
        raise TypeError(f"pySHACL reported a result without a named shape: {shape} {component} {focus}")
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
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(_ILL_FORMED + term.datatype.value))
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
