"""What a record contributes to the graph: its own quads, blank nodes named, and what follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from ewgraph.graph.skolem import genid, skolemise
from ewgraph.ledger import Entry
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad, datetime_literal

_ASSERTED_BY_THEIR_RECORD: Final = frozenset({terms.ContractLine, terms.Obligation, terms.Affiliation})


def contribution(entry: Entry) -> list[Quad]:
    """The quads of the record's graph as the store holds them, without blank nodes or repetition."""
    record = entry.iri
    named = skolemise(record, entry.quads())
    types = _types(named)
    derived = [Quad(record, terms.recordedAt, datetime_literal(entry.recorded_at), record)]
    for subject, classes in types.items():
        above = frozenset().union(*(terms.SUPERCLASSES.get(kind, frozenset()) for kind in classes))
        derived += [Quad(subject, terms.RDF.type, kind, record) for kind in above - classes]
        if (above | classes) & terms.ENTITY_CLASSES:
            derived.append(Quad(subject, terms.describedIn, record, record))
        if classes & _ASSERTED_BY_THEIR_RECORD:
            derived.append(Quad(subject, terms.assertedIn, record, record))
    derived += _coverage(record, named)
    return list(dict.fromkeys([*named, *derived]))


def _types(quads: Iterable[Quad]) -> Mapping[IRI, frozenset[IRI]]:
    found: defaultdict[IRI, set[IRI]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == terms.RDF.type and isinstance(quad.object, IRI) and isinstance(quad.subject, IRI):
            found[quad.subject].add(quad.object)
    return {subject: frozenset(classes) for subject, classes in found.items()}


def _coverage(record: IRI, quads: Iterable[Quad]) -> list[Quad]:
    """A contract line's models, as a node of the record: so that coverage has a time and an audience of its own."""
    models: defaultdict[object, list[IRI]] = defaultdict(list)
    lines: list[tuple[IRI, IRI]] = []
    for quad in quads:
        if quad.predicate == terms.model and isinstance(quad.object, IRI):
            models[quad.subject].append(quad.object)
        elif quad.predicate == terms.hasLine and isinstance(quad.subject, IRI) and isinstance(quad.object, IRI):
            lines.append((quad.subject, quad.object))
    made: list[Quad] = []
    for contract, line in lines:
        for model in models[line]:
            node = genid("coverage", record.value, contract.value, line.value, model.value)
            made += [
                Quad(node, terms.RDF.type, terms.Coverage, record),
                Quad(node, terms.ofContract, contract, record),
                Quad(node, terms.line, line, record),
                Quad(node, terms.ofModel, model, record),
                Quad(node, terms.assertedIn, record, record),
                Quad(contract, terms.covers, model, record),
            ]
    return made
