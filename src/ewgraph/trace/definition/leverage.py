"""Who buys what leads to a site, by definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import HopKind, Scope
from ewgraph.model.hop import BASES
from ewgraph.model.leverage import Links, Purchase
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import downstream
from ewgraph.trace.definition.walk import Walk


def links(view: View, catalogue: Catalogue, site: IRI, buyers: Collection[IRI]) -> Links:
    """What some buyers bought that leads to a site with scope MODEL or better."""
    walk = Walk(downstream(view, catalogue, [site]))
    found = defaultdict[IRI, set[Purchase]](set)
    for contract in walk.contracts:
        touch = walk.touch(contract, site, min_scope=Scope.MODEL)
        named = {node for node in view.objects(contract, terms.buyer) if node in buyers}
        if touch is None or not named:
            continue
        for hop in walk.hops:
            covers = hop.kind is HopKind.COVERS and hop.start == contract
            if covers and walk.best(hop.end, site, contract, min_scope=Scope.MODEL, min_basis=BASES[-1]):
                for buyer in named:
                    purchase = Purchase(contract, hop.claim, hop.record, touch.scope is Scope.CONTRACT)
                    found[buyer].add(purchase)  # type: ignore[index]  # buyers are named by IRIs
    return Links(walk.sites.names(site), found)
