"""The properties by which rows are told apart, and with which a table is extended: a row of a table for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ewgraph.access import View
from ewgraph.api.linkeddata.labels import local_name
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Term
from ewgraph.names.fields import CLASSES, KINDS

SCHEMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "lei": "Legal Entity Identifier (ISO 17442)",
        "duns": "D-U-N-S number",
        "gln": "Global Location Number (GS1)",
        "vat": "VAT number",
        "gb-coh": "Companies House number",
        "os-id": "OS ID (Open Supply Hub)",
        "rmi-cid": "Smelter identification number, CID (RMI)",
        "rba-id": "RBA number",
        "icmm": "ICMM number of a mine",
        "ipis-pcode": "P-code of a mine (IPIS)",
        "iclgr-site": "Mine site number (ICGLR)",
        "ocid": "Open Contracting identifier",
        "gtin": "Global Trade Item Number (GS1)",
    },
)
_SEVERAL: Final = frozenset({"gln", "vat", "gtin"})
"""A thing may have several numbers of these schemes."""
_ALSO: Final[Mapping[str, str]] = {"rmi": "rmi-cid"}
"""What a scheme is called in some records."""

_ADDRESS: Final = (
    terms.LOCN.fullAddress,
    terms.LOCN.thoroughfare,
    terms.LOCN.postName,
    terms.LOCN.adminUnitL2,
    terms.LOCN.postCode,
)

Values = Callable[[View, IRI], list[Term]]


@dataclass(frozen=True, slots=True)
class Property:
    """A property.

    Attributes:
        id: what it is called in requests.
        name: what people call it.
        description: what it holds.
        values: the values that a reader sees.
        kinds: the kinds of things that may have it.
        decides: whether things with the same value are the same thing.
        single: whether things with other values are other things.
        weight: how much the likeness of values counts beside that of names, which counts 1.
        gives: the class of the things that are its values; None for texts.
    """

    id: str
    name: str
    description: str
    values: Values
    kinds: frozenset[IRI]
    decides: bool = False
    single: bool = False
    weight: float = 0.25
    gives: IRI | None = None


def of(*predicates: IRI) -> Values:
    """What some properties of a thing say."""

    def values(view: View, thing: IRI) -> list[Term]:
        return [term for predicate in predicates for term in view.objects(thing, predicate)]

    return values


def numbered(scheme: str) -> Values:
    """The identifiers of a thing by one scheme."""

    def values(view: View, thing: IRI) -> list[Term]:
        found = [*view.objects(thing, terms.ocid)] if scheme == "ocid" else []
        for node in _nodes(view.objects(thing, terms.ADMS.identifier)):
            agencies = {_scheme(agency) for agency in view.objects(node, terms.ADMS.schemaAgency)}
            if scheme in agencies:
                found += view.objects(node, terms.SKOS.notation)
        return found

    return values


def _scheme(agency: Term) -> str:
    written = agency.value.lower() if isinstance(agency, Literal) else ""
    return _ALSO.get(written, written)


def _identifiers(view: View, thing: IRI) -> list[Term]:
    nodes = _nodes(view.objects(thing, terms.ADMS.identifier))
    return view.objects(thing, terms.ocid) + [one for node in nodes for one in view.objects(node, terms.SKOS.notation)]


def _addresses(view: View, thing: IRI) -> list[Term]:
    found: list[Term] = []
    for node in _nodes(view.objects(thing, terms.LOCN.address)):
        parts = [term.value for part in _ADDRESS for term in view.objects(node, part) if isinstance(term, Literal)]
        whole = [term for term in view.objects(node, terms.LOCN.fullAddress) if isinstance(term, Literal)]
        found += whole[:1] or ([Literal(", ".join(parts))] if parts else [])
    return found


def countries(view: View, thing: IRI) -> list[Term]:
    """The countries of a thing: its own, and those of its addresses."""
    places = [thing, *_nodes(view.objects(thing, terms.LOCN.address))]
    return list(dict.fromkeys(term for place in places for term in view.objects(place, terms.country)))


def _types(view: View, thing: IRI) -> list[Term]:
    types = view.objects(thing, terms.RDF.type)
    return [one for one in CLASSES if one in types]


def _nodes(values: Iterable[Term]) -> list[IRI]:
    return [term for term in values if isinstance(term, IRI)]


_ANYTHING: Final = frozenset(KINDS)
_PLACES: Final = frozenset({terms.Site, terms.Organization})
_MODELS: Final = frozenset({terms.ProductModel})
_CONTRACTS: Final = frozenset({terms.Contract})
_NAMES: Final = (terms.ROV.legalName, terms.nativeName, terms.SKOS.altLabel)

_ORGANIZATION: Final = terms.Organization
_CONCEPT: Final = terms.SKOS.Concept
_CLASS: Final = IRI("http://www.w3.org/2000/01/rdf-schema#Class")

_ROWS: Final = (
    Property("name", "Name", "What it is called", of(terms.RDFS.label, terms.DCT.title), _ANYTHING),
    Property("otherName", "Other name", "Registered, native and other names", of(*_NAMES), _ANYTHING),
    Property("type", "Type", "What it is", _types, _ANYTHING, gives=_CLASS),
    Property("country", "Country", "Where it lies or is seated", countries, _PLACES, gives=_CONCEPT),
    Property("address", "Address", "Where it is, as finely as is known", _addresses, _PLACES, weight=0.35),
    Property("brand", "Brand", "Whose name it is sold under", of(terms.brand), _MODELS, gives=_ORGANIZATION),
    Property("modelNumber", "Model number", "The brand's own number for it", of(terms.modelNumber), _MODELS),
    Property("category", "Category", "What kind of product it is", of(terms.category), _MODELS, gives=_CONCEPT),
    Property("buyer", "Buyer", "Who buys", of(terms.buyer), _CONTRACTS, gives=_ORGANIZATION),
    Property("contractor", "Contractor", "Who sells", of(terms.contractor), _CONTRACTS, gives=_ORGANIZATION),
    Property("signedOn", "Signed on", "The day on which it was signed", of(terms.signedOn), _CONTRACTS),
    Property("endsOn", "Ends on", "The day on which it ends", of(terms.endsOn), _CONTRACTS),
    Property("identifier", "Identifier", "What any register calls it", _identifiers, _ANYTHING, decides=True),
    *(
        Property(
            scheme,
            name,
            f"Its identifier of the scheme {scheme}",
            numbered(scheme),
            _ANYTHING,
            decides=True,
            single=scheme not in _SEVERAL,
        )
        for scheme, name in SCHEMES.items()
    ),
)
PROPERTIES: Final[Mapping[str, Property]] = MappingProxyType({one.id: one for one in _ROWS})

TYPES: Final[Mapping[str, IRI]] = MappingProxyType({local_name(one): one for one in CLASSES})
"""The types by the names that requests use."""


def type_of(written: str) -> IRI | None:
    """The type that a request names, shortly or by its IRI; None where there is none."""
    return TYPES.get(written.removeprefix(terms.EW))


def properties_of(kind: IRI | None) -> list[Property]:
    """The properties that things of a type may have."""
    wide = {kind, *(terms.SUPERCLASSES.get(kind, ()) if kind else ())}
    return [one for one in PROPERTIES.values() if kind is None or not one.kinds.isdisjoint(wide)]
