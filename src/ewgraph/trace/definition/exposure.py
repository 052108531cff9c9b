"""Who is concerned by what happens at a site, by definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.hop import Concerned, Exposure, Touch
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import downstream
from ewgraph.trace.definition.walk import Walk, linked


def exposures(
    view: View,
    catalogue: Catalogue,
    site: IRI,
    min_scope: Scope,
    min_basis: EvidenceBasis,
) -> list[Exposure]:
    """The contracts, buyers and brands that a site reaches, in no order."""
    walk = Walk(downstream(view, catalogue, [site]))
    touches = (walk.touch(contract, site, min_scope=min_scope, min_basis=min_basis) for contract in walk.contracts)
    contracts = [_of(touch, touch.contract, Concerned.CONTRACT) for touch in touches if touch]
    return [
        *contracts,
        *_best(_by(view, contracts, terms.buyer, Concerned.BUYER)),
        *_best(_by(view, _models(walk, site, min_scope, min_basis), terms.brand, Concerned.BRAND)),
    ]


def _models(walk: Walk, site: IRI, min_scope: Scope, min_basis: EvidenceBasis) -> Iterator[Exposure]:
    """It yields the models that chains from the site lead through, each with its best path."""
    for model in {hop.start for hop in walk.hops if hop.kind in _OF_MODELS}:
        found = walk.best(model, site, None, min_scope=min_scope, min_basis=min_basis)
        if found:
            (scope, basis), path = found
            yield Exposure(model, site, scope, basis, linked(path, site, walk.sites), model, Concerned.BRAND)


_OF_MODELS = frozenset({HopKind.MADE_AT, HopKind.COMPONENT_AT, HopKind.LISTED_AT, HopKind.DECLARES_SMELTER})


def _by(view: View, found: Iterable[Exposure], predicate: IRI, concerned: Concerned) -> Iterator[Exposure]:
    """It yields those whom things point at by a property, by each of the things."""
    for each in found:
        yield from (_of(each, who, concerned) for who in view.objects(each.start, predicate) if isinstance(who, IRI))


def _of(path: Exposure | Touch, who: IRI, concerned: Concerned) -> Exposure:
    return Exposure(path.start, path.end, path.scope, path.basis, path.path, who, concerned)


def _best(found: Iterable[Exposure]) -> list[Exposure]:
    """Of each who is concerned the best path, by the thing that comes first among those as good."""
    best: dict[IRI, Exposure] = {}
    for each in sorted(found, key=lambda each: each.key(each.start)):
        best.setdefault(each.who, each)
    return list(best.values())
