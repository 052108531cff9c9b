"""A node as a page shows it: its properties, what is said about it elsewhere, and on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ewgraph.access import View
from ewgraph.api.linkeddata.description import GENID, description
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad, Term, Triple
from ewgraph.trace import Answer, Touch, Window, contracts_touching, sites_touched_by
from ewgraph.trace.reasons import Reason, reason

MOST: Final = 200
"""How many incoming statements, records and touches a page shows."""

_ELSEWHERE: Final = frozenset({terms.RDF.type, terms.RDFS.label, terms.describedIn})


@dataclass(frozen=True, slots=True)
class Property:
    """A property with its values; a value is a node, a literal, or the properties of a nameless node."""

    predicate: IRI
    values: list[Term | list[Property]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A record with who said it and when: it names the node, or another node in it points here.

    Attributes:
        record: None for what stands in no record, such as the ontology.
        subject: what points here, by which predicate; None where the record just names the node.
    """

    record: IRI | None
    said_by: list[IRI]
    received_at: str
    subject: IRI | None = None
    kind: IRI | None = None
    predicate: IRI | None = None


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that a page shows of a node.

    Attributes:
        types: the most specific classes.
        mentions: what points here, at most `MOST`; `more` says whether there is more.
        touches: for a site the contracts that touch it, for a contract the sites that it touches.
        why: why the reader sees a record, claim or activity.
    """

    node: IRI
    types: list[IRI]
    properties: list[Property]
    records: list[Mention]
    mentions: list[Mention]
    more: bool
    touches: Answer[Touch] | None
    is_site: bool
    labels: Labels
    why: Reason | None


def portrait(view: View, catalogue: Catalogue, node: IRI) -> Portrait:
    """The portrait of a node that is visible."""
    triples = description(view, node)
    types = {triple.object for triple in triples if triple.subject == node and triple.predicate == terms.RDF.type}
    pointing = list(islice(view.quads(None, None, node), MOST + 1))
    described = [quad.object for quad in islice(view.quads(node, terms.describedIn), MOST)]
    is_site = not types.isdisjoint({terms.Site, terms.Boundary})
    touches: Answer[Touch] | None = None
    if is_site or terms.Contract in types:
        touches = (contracts_touching if is_site else sites_touched_by)(view, catalogue, node, window=Window(MOST))
    return Portrait(
        node=node,
        types=most_specific(types),
        properties=list(_properties(node, triples)),
        records=_newest_first(_named_in(view, record) for record in described if isinstance(record, IRI)),
        mentions=_newest_first(_pointing(view, quad) for quad in pointing[:MOST]),
        more=len(pointing) > MOST,
        touches=touches,
        is_site=is_site,
        labels=Labels(view),
        why=reason(view, catalogue, node),
    )


def most_specific(types: Iterable[object]) -> list[IRI]:
    """The classes of which none is above another, sorted."""
    nodes = [node for node in types if isinstance(node, IRI)]
    above = {parent for node in nodes for parent in terms.SUPERCLASSES.get(node, ())}
    return sorted((node for node in nodes if node not in above), key=lambda node: node.value)


def _properties(node: IRI, triples: list[Triple], above: frozenset[IRI] = frozenset()) -> Iterator[Property]:
    values: defaultdict[IRI, list[Term]] = defaultdict(list)
    for triple in triples:
        if triple.subject == node and triple.predicate not in _ELSEWHERE:
            values[triple.predicate].append(triple.object)  # type: ignore[arg-type]  # the store holds no triple terms
    for predicate, found in sorted(values.items(), key=lambda item: item[0].value):
        yield Property(predicate, [_value(term, triples, above | {node}) for term in sorted(found, key=str)])


def _value(term: Term, triples: list[Triple], above: frozenset[IRI]) -> Term | list[Property]:
    if isinstance(term, IRI) and term.value.startswith(GENID) and term not in above:
        return list(_properties(term, triples, above))
    return term


def _named_in(view: View, record: IRI) -> Mention:
    return Mention(record, _nodes(view, record, terms.PROV.wasAttributedTo), _received(view, record))


def _pointing(view: View, quad: Quad) -> Mention:
    subject = quad.subject
    if not isinstance(subject, IRI):  # the store holds no blank nodes
        raise TypeError(subject)
    types = most_specific(view.objects(subject, terms.RDF.type))
    records = _nodes(view, subject, terms.assertedIn)
    record = records[0] if records else subject if terms.RECORD_CLASSES.intersection(types) else None
    return Mention(
        record=record,
        said_by=_nodes(view, record, terms.PROV.wasAttributedTo) if record else [],
        received_at=_received(view, record) if record else "",
        subject=subject,
        kind=types[0] if types else None,
        predicate=quad.predicate,
    )


def _received(view: View, record: IRI) -> str:
    return next((term.value for term in view.objects(record, terms.receivedAt) if isinstance(term, Literal)), "")


def _nodes(view: View, subject: IRI, predicate: IRI) -> list[IRI]:
    return [term for term in view.objects(subject, predicate) if isinstance(term, IRI)]


def _newest_first(mentions: Iterable[Mention]) -> list[Mention]:
    by_name = sorted(mentions, key=lambda mention: str(mention.subject or mention.record))
    return sorted(by_name, key=lambda mention: mention.received_at, reverse=True)
