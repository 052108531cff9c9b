"""By what a thing is found: its names, identifiers and addresses, as one audience graph after the other shows them."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ewgraph.graph.audience import is_audience
from ewgraph.graph.change import Change
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad

KINDS: Final = (terms.Site, terms.Contract, terms.ProductModel, terms.Organization, terms.Record)
"""What can be found."""

CLASSES: Final = (
    *KINDS,
    *sorted((one for one, above in terms.SUPERCLASSES.items() if above.intersection(KINDS)), key=str),
)
"""The kinds and their subclasses, by the bits that stand for them."""
_BITS: Final[Mapping[IRI, int]] = {one: 1 << place for place, one in enumerate(CLASSES)}


class Field(enum.Enum):
    """By what a thing was found. The order is that in which a thing that is found by several is told."""

    LABEL = "label"
    LEGAL_NAME = "legalName"
    NATIVE_NAME = "nativeName"
    ALTERNATIVE = "alternativeLabel"
    TITLE = "title"
    MODEL_NUMBER = "modelNumber"
    IDENTIFIER = "identifier"
    ADDRESS = "address"

    @property
    def is_code(self) -> bool:
        """Whether one letter more or less makes another thing of it."""
        return self is Field.IDENTIFIER


FIELDS: Final = tuple(Field)
_FIELD_OF: Final[Mapping[IRI, Field]] = MappingProxyType(
    {
        terms.RDFS.label: Field.LABEL,
        terms.ROV.legalName: Field.LEGAL_NAME,
        terms.nativeName: Field.NATIVE_NAME,
        terms.SKOS.altLabel: Field.ALTERNATIVE,
        terms.DCT.title: Field.TITLE,
        terms.modelNumber: Field.MODEL_NUMBER,
        terms.ocid: Field.IDENTIFIER,
    },
)
_ADDRESS_PARTS: Final = (
    terms.LOCN.thoroughfare,
    terms.LOCN.postName,
    terms.LOCN.adminUnitL2,
    terms.LOCN.postCode,
)
_OWNED: Final = (terms.ADMS.identifier, terms.LOCN.address)
_OF_ENTITY: Final = frozenset({*_FIELD_OF, *_OWNED, terms.RDF.type, terms.country})
_OF_NODE: Final = frozenset({terms.SKOS.notation, terms.country, terms.LOCN.fullAddress, *_ADDRESS_PARTS})


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """One thing to find something by."""

    text: str
    place: int
    language: str = ""

    @property
    def field(self) -> Field:
        """What kind of name it is."""
        return FIELDS[self.place]


@dataclass(slots=True)
class Entry:
    """What one audience graph shows of a thing.

    Attributes:
        classes: what it is, by the bits of `CLASSES`.
        countries: where it is.
        names: what it can be found by.
    """

    classes: int = 0
    countries: set[str] = field(default_factory=set)
    names: set[Name] = field(default_factory=set)


def bits(classes: Iterable[IRI]) -> int:
    """The bits of classes; 0 where none can be found."""
    return sum(_BITS[one] for one in set(classes) if one in _BITS)


def classes_of(bitset: int) -> list[IRI]:
    """The classes that bits stand for, the five kinds first."""
    return [one for one, bit in _BITS.items() if bitset & bit]


def entities(store: GraphStore) -> Iterator[IRI]:
    """All that can be found, by anybody; each once."""
    found = {quad.subject for kind in KINDS for quad in store.quads(None, terms.RDF.type, kind) if _shown(quad)}
    return iter(sorted(found, key=str))  # type: ignore[arg-type]  # the store holds no blank nodes


def touched(store: GraphStore, changes: Iterable[Change]) -> Iterator[IRI]:
    """It yields the things that changes may let be found by something else, once they are written."""
    for change in changes:
        predicates = {quad.predicate for quads in (change.added, change.removed) for quad in quads}
        if not predicates.isdisjoint(_OF_ENTITY):
            yield change.subject
        if not predicates.isdisjoint(_OF_NODE):
            for owned in _OWNED:
                yield from (quad.subject for quad in store.quads(None, owned, change.subject))  # type: ignore[misc]


def entries(store: GraphStore, entity: IRI) -> dict[IRI, Entry]:
    """What each audience graph shows of a thing; nothing where it cannot be found."""
    found: defaultdict[IRI, Entry] = defaultdict(Entry)
    for quad in _quads(store, entity, terms.RDF.type):
        found[_graph(quad)].classes |= _BITS.get(quad.object, 0)  # type: ignore[arg-type]  # a class is an IRI
    if not any(entry.classes for entry in found.values()):
        return {}
    for predicate, kind in _FIELD_OF.items():
        for quad in _quads(store, entity, predicate):
            _add(found[_graph(quad)], quad, kind)
    _add_countries(found, _quads(store, entity, terms.country))
    for quad in _quads(store, entity, terms.ADMS.identifier):
        for notation in _same(store, quad, terms.SKOS.notation):
            _add(found[_graph(quad)], notation, Field.IDENTIFIER)
    for quad in _quads(store, entity, terms.LOCN.address):
        _add_countries(found, _same(store, quad, terms.country))
        if text := _address(store, quad):
            found[_graph(quad)].names.add(Name(text, FIELDS.index(Field.ADDRESS)))
    return dict(found)


def _address(store: GraphStore, owner: Quad) -> str:
    whole = [_text(quad) for quad in _same(store, owner, terms.LOCN.fullAddress)]
    parts = [_text(quad) for part in _ADDRESS_PARTS for quad in _same(store, owner, part)]
    return max(whole, key=lambda text: (len(text), text)) if whole else ", ".join(parts)


def _add(entry: Entry, quad: Quad, kind: Field) -> None:
    if isinstance(quad.object, Literal) and quad.object.value.strip():
        entry.names.add(Name(quad.object.value.strip(), FIELDS.index(kind), quad.object.language or ""))


def _add_countries(found: Mapping[IRI, Entry], quads: Iterable[Quad]) -> None:
    for quad in quads:
        if isinstance(quad.object, IRI):
            found[_graph(quad)].countries.add(quad.object.value)


def _same(store: GraphStore, owner: Quad, predicate: IRI) -> Sequence[Quad]:
    """What the same graph says of the node that a thing owns, in a settled order."""
    if not isinstance(owner.object, IRI):
        return ()
    return sorted(store.quads(owner.object, predicate, None, _graph(owner)), key=_text)


def _text(quad: Quad) -> str:
    return quad.object.value  # type: ignore[union-attr]  # the store holds no triple terms


def _quads(store: GraphStore, subject: IRI, predicate: IRI) -> Iterator[Quad]:
    return (quad for quad in store.quads(subject, predicate) if _shown(quad))


def _shown(quad: Quad) -> bool:
    return is_audience(quad.graph_name)


def _graph(quad: Quad) -> IRI:
    return quad.graph_name  # type: ignore[return-value]  # every quad of the store is in a named graph
