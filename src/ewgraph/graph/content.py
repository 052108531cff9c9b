"""What a record contributes to the graph: its own quads, blank nodes named, and what follows from them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from ewgraph.ledger import Entry
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Term, datetime_literal

_GENID: Final = "https://w3id.org/ewgraph/genid/"
_ASSERTED_BY_THEIR_RECORD: Final = frozenset({terms.ContractLine, terms.Obligation, terms.Affiliation})


def contribution(entry: Entry) -> list[Quad]:
    """The quads of the record's graph as the store holds them, without blank nodes or repetition."""
    record = entry.iri
    named = _skolemise(record, entry.quads())
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
    models: defaultdict[Term, list[IRI]] = defaultdict(list)
    lines: list[tuple[IRI, IRI]] = []
    for quad in quads:
        if quad.predicate == terms.model and isinstance(quad.object, IRI):
            models[quad.subject].append(quad.object)
        elif quad.predicate == terms.hasLine and isinstance(quad.subject, IRI) and isinstance(quad.object, IRI):
            lines.append((quad.subject, quad.object))
    made: list[Quad] = []
    for contract, line in lines:
        for model in models[line]:
            node = _genid("coverage", record.value, contract.value, line.value, model.value)
            made += [
                Quad(node, terms.RDF.type, terms.Coverage, record),
                Quad(node, terms.ofContract, contract, record),
                Quad(node, terms.line, line, record),
                Quad(node, terms.ofModel, model, record),
                Quad(node, terms.assertedIn, record, record),
                Quad(contract, terms.covers, model, record),
            ]
    return made


def _skolemise(record: IRI, quads: list[Quad]) -> list[Quad]:
    """Name each blank node by its owner and content, so that the same address said twice is one node.

    A node without one owner, or in a ring of blank nodes, is named by the record and its canonical label.
    """
    if not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        return quads
    about: defaultdict[BlankNode, list[Quad]] = defaultdict(list)
    owners: defaultdict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        if isinstance(quad.subject, BlankNode):
            about[quad.subject].append(quad)
        if isinstance(quad.object, BlankNode):
            owners[quad.object].append(quad)
    names: dict[BlankNode, IRI] = {}

    def text(node: BlankNode, above: frozenset[BlankNode]) -> str | None:
        """The content of a tree of blank nodes; None where it is no tree."""
        if node in above or len(owners[node]) != 1:
            return None
        parts = []
        for quad in about[node]:
            part = text(quad.object, above | {node}) if isinstance(quad.object, BlankNode) else str(quad.object)
            if part is None:
                return None
            parts.append(f"{quad.predicate} {part}")
        return "[" + " ; ".join(sorted(parts)) + "]"

    def name(node: BlankNode) -> IRI:
        if node not in names:
            content = text(node, frozenset())
            if content is None:
                names[node] = _genid("node", record.value, node.value)
            else:
                owner = owners[node][0]
                subject = name(owner.subject) if isinstance(owner.subject, BlankNode) else owner.subject
                names[node] = _genid("tree", str(subject), str(owner.predicate), content)
        return names[node]

    def named(term: IRI | BlankNode | Literal) -> IRI | Literal:
        return name(term) if isinstance(term, BlankNode) else term

    return [Quad(named(q.subject), q.predicate, named(q.object), record) for q in quads]  # type: ignore[arg-type]


def _genid(*parts: str) -> IRI:
    return IRI(_GENID + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40])
