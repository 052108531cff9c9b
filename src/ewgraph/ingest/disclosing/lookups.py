"""What contracts, their models and the brands of these may be called in a file: label, number, GTIN, identifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ewgraph.access import View
from ewgraph.ingest.mapping.naming import Lookups
from ewgraph.ingest.mapping.words import folded
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal

_CONTRACT_NAMES: Final = (terms.RDFS.label, terms.ocid)
_MODEL_NAMES: Final = (terms.RDFS.label, terms.modelNumber)
_ORGANIZATION_NAMES: Final = (terms.RDFS.label, terms.ROV.legalName)


def lookups_of(view: View, models: Mapping[str, Iterable[str]]) -> Lookups:
    """The look-ups `contracts`, `models` and `organizations`; a name that two things share is in none.

    Args:
        view: of the one whose contracts they are.
        models: the models of each contract.
    """
    named = {IRI(model) for some in models.values() for model in some}
    brands = {brand for model in named for brand in view.objects(model, terms.brand) if isinstance(brand, IRI)}
    contractors = {
        party
        for contract in models
        for party in view.objects(IRI(contract), terms.contractor)
        if isinstance(party, IRI)
    }
    return {
        "contracts": _by_name((IRI(contract), _names(view, IRI(contract), _CONTRACT_NAMES)) for contract in models),
        "models": _by_name((model, _names(view, model, _MODEL_NAMES)) for model in named),
        "organizations": _by_name((each, _names(view, each, _ORGANIZATION_NAMES)) for each in brands | contractors),
    }


def _by_name(things: Iterable[tuple[IRI, Iterable[str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    shared: set[str] = set()
    for thing, names in things:
        for name in map(folded, names):
            if found.setdefault(name, thing.value) != thing.value:
                shared.add(name)
    return {name: thing for name, thing in found.items() if name and name not in shared}


def _names(view: View, thing: IRI, ways: Iterable[IRI]) -> Iterator[str]:
    for way in ways:
        yield from (value.value for value in view.objects(thing, way) if isinstance(value, Literal))
    for node in view.objects(thing, terms.ADMS.identifier):
        if isinstance(node, IRI):
            yield from (value.value for value in view.objects(node, terms.SKOS.notation) if isinstance(value, Literal))
