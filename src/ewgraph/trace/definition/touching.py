"""Which contracts touch a site, and which sites a contract touches, by definition."""

from __future__ import annotations

from collections.abc import Collection

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.hop import Touch
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import downstream, upstream
from ewgraph.trace.definition.walk import Walk


def contracts_touching(
    view: View,
    catalogue: Catalogue,
    site: IRI,
    min_scope: Scope,
    min_basis: EvidenceBasis,
) -> list[Touch]:
    """The contracts whose supply chain reaches a site, in no order."""
    walk = Walk(downstream(view, catalogue, [site]))
    found = (walk.touch(contract, site, min_scope=min_scope, min_basis=min_basis) for contract in walk.contracts)
    return [touch for touch in found if touch]


def sites_touched_by(  # noqa: PLR0913, PLR0917  # the arguments of the question
    view: View,
    catalogue: Catalogue,
    contract: IRI,
    kinds: Collection[IRI] | None,
    min_scope: Scope,
    min_basis: EvidenceBasis,
) -> list[Touch]:
    """The sites that the supply chain of a contract reaches, in no order."""
    walk = Walk(upstream(view, catalogue, [contract]))
    ends = walk.reached
    if kinds is not None:
        ends = [site for site in ends if any(is_of(view, name, kinds) for name in walk.sites.names(site))]
    found = (walk.touch(contract, site, min_scope=min_scope, min_basis=min_basis, named=False) for site in ends)
    return [touch for touch in found if touch]


def is_of(view: View, site: IRI, kinds: Collection[IRI]) -> bool:
    """Whether a site is visibly of one of the classes."""
    return not set(kinds).isdisjoint(view.objects(site, terms.RDF.type))
