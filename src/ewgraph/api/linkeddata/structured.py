"""What a page tells search engines of a node, in the terms of schema.org: only on pages for the public."""

from __future__ import annotations

from typing import Any, Final

from ewgraph.access import View
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.linkeddata.portrait import Portrait
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Term

_KINDS: Final = ((terms.Site, "Place"), (terms.Organization, "Organization"), (terms.ProductModel, "ProductModel"))
_ADDRESS: Final = (
    (terms.LOCN.fullAddress, "description"),
    (terms.LOCN.thoroughfare, "streetAddress"),
    (terms.LOCN.postName, "addressLocality"),
    (terms.LOCN.adminUnitL2, "addressRegion"),
    (terms.LOCN.postCode, "postalCode"),
)


def structured_data(view: View, node: IRI, shown: Portrait) -> dict[str, Any] | None:
    """A place, organisation or product; None for anything else, and for what is not disclosed."""
    types = set(view.objects(node, terms.RDF.type))
    kind = next((name for term, name in _KINDS if term in types), None)
    if kind is None or terms.Boundary in types:
        return None
    labels = shown.labels
    found: dict[str, Any] = {"@context": "https://schema.org", "@type": kind, "@id": node.value, "name": labels[node]}
    if identifiers := _identifiers(view, node):
        found["identifier"] = identifiers
    if kind != "ProductModel" and (address := _address(view, node, labels)):
        found["address"] = address
    if kind == "ProductModel" and (brands := _nodes(view, node, terms.brand)):
        found["brand"] = [{"@type": "Brand", "@id": brand.value, "name": labels[brand]} for brand in brands]
    if homepages := _nodes(view, node, terms.FOAF.homepage):
        found["url"] = homepages[0].value
    return found


def _identifiers(view: View, node: IRI) -> list[dict[str, str]]:
    found = []
    for held in _nodes(view, node, terms.ADMS.identifier):
        for notation in _texts(view, held, terms.SKOS.notation):
            schemes = _texts(view, held, terms.ADMS.schemaAgency)
            found.append(
                {"@type": "PropertyValue", "value": notation, **({"propertyID": schemes[0]} if schemes else {})}
            )
    return found


def _address(view: View, node: IRI, labels: Labels) -> dict[str, str]:
    found: dict[str, str] = {}
    for held in _nodes(view, node, terms.LOCN.address):
        for predicate, name in _ADDRESS:
            if texts := _texts(view, held, predicate):
                found.setdefault(name, texts[0])
    if countries := _nodes(view, node, terms.country):
        found["addressCountry"] = labels[countries[0]]
    return {"@type": "PostalAddress", **found} if found else {}


def _nodes(view: View, subject: IRI, predicate: IRI) -> list[IRI]:
    return [term for term in view.objects(subject, predicate) if isinstance(term, IRI)]


def _texts(view: View, subject: IRI, predicate: IRI) -> list[str]:
    found: list[Term] = view.objects(subject, predicate)
    return [term.value for term in found if isinstance(term, Literal)]
