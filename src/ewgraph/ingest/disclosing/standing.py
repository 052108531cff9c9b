"""What an organisation says of a contract as things stand: its disclosures that no later record replaces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from ewgraph.access import View
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal

_KINDS: Final = (terms.Disclosure, terms.DueDiligenceRecord)
_ABOUT: Final = (terms.scopeContract, terms.ofContract)


def standing_records(view: View, author: IRI, contract: IRI) -> list[IRI]:
    """The author's disclosures of the contract that stand, in the order in which they were received."""
    about = {node for way in _ABOUT for node in view.subjects(way, contract)}
    records = {record for node in about for record in (node, *_nodes(view, node, terms.assertedIn))}
    found = [
        record
        for record in records
        if any(view.objects(record, terms.RDF.type).count(kind) for kind in _KINDS)
        and author in _nodes(view, record, terms.PROV.wasAttributedTo)
        and stands(view, record)
    ]
    return sorted(found, key=lambda record: (max(_instants(view, record)), record.value))


def standing_in(view: View, author: IRI) -> Callable[[IRI], list[IRI]]:
    """What tells for a contract the author's standing disclosures that speak of no other contract."""
    return lambda contract: [
        record for record in standing_records(view, author, contract) if _is_only_about(view, record, contract)
    ]


def _is_only_about(view: View, record: IRI, contract: IRI) -> bool:
    """Whether a record speaks of no other contract."""
    claims = [record, *view.subjects(terms.assertedIn, record)]
    return all(found == contract for claim in claims for way in _ABOUT for found in view.objects(claim, way))


def stands(view: View, record: IRI) -> bool:
    """Whether a record is known by now, and not revised by another that is."""
    return _is_known(view, record) and not any(
        _is_known(view, later) for later in view.subjects(terms.PROV.wasRevisionOf, record)
    )


def _is_known(view: View, record: IRI) -> bool:
    return any(instant <= view.as_of.known_at for instant in _instants(view, record))


def _instants(view: View, record: IRI) -> list[dt.datetime]:
    """When the record was received."""
    stated = (value for value in view.objects(record, terms.receivedAt) if isinstance(value, Literal))
    return [dt.datetime.fromisoformat(value.value) for value in stated]


def _nodes(view: View, node: IRI, predicate: IRI) -> list[IRI]:
    return [value for value in view.objects(node, predicate) if isinstance(value, IRI)]
