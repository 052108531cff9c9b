"""What is known of the sites behind the models of a contract, tier by tier, by definition."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.codes import HopKind, Scope, Tier
from ewgraph.model.gaps import SUPPLY_TIERS, Known, Listing
from ewgraph.model.hop import Hop, rank
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import upstream
from ewgraph.trace.definition.walk import Sites

_DIRECT = frozenset({HopKind.MADE_AT, HopKind.COMPONENT_AT})


def known(view: View, catalogue: Catalogue, contract: IRI) -> list[Known]:
    """What is known for each model that a contract covers and each tier, by the IRI of the model."""
    chains = upstream(view, catalogue, [contract])
    sites = Sites(chains.joins)
    supply = [hop for hop in chains.hops if hop.kind is not HopKind.COVERS]
    models = {hop.end for hop in chains.hops if hop.kind is HopKind.COVERS and hop.start == contract}
    return [
        cell
        for model in sorted(models, key=lambda model: model.value)
        for cell in _of_model(contract, model, supply, sites)
    ]


def _of_model(contract: IRI, model: IRI, supply: Collection[Hop], sites: Sites) -> Iterable[Known]:
    strong = _from(model, [hop for hop in supply if rank(hop.scope_for(contract)) >= rank(Scope.MODEL)], sites)
    every = _from(model, supply, sites)
    for tier in SUPPLY_TIERS:
        named = _sites(strong, tier, sites)
        received = [hop.received_at for hop in strong if hop.tier is tier]
        yield Known(
            model=model,
            tier=tier,
            named=named,
            possible=_sites(every, tier, sites) - named,
            last_confirmed=max(received, default=None),
            listings=_listings(model, every, tier, sites),
        )


def _from(model: IRI, hops: Iterable[Hop], sites: Sites) -> list[Hop]:
    """The hops of the chains that begin at a model."""
    leaving: defaultdict[IRI, list[Hop]] = defaultdict(list)
    for hop in hops:
        leaving[sites.one(hop.start)].append(hop)
    found: list[Hop] = []
    seen, queue = {model}, deque([model])
    while queue:
        for hop in leaving[queue.popleft()]:
            found.append(hop)
            if (end := sites.one(hop.end)) not in seen:
                seen.add(end)
                queue.append(end)
    return found


def _sites(hops: Iterable[Hop], tier: Tier, sites: Sites) -> frozenset[IRI]:
    return frozenset(sites.one(hop.end) for hop in hops if hop.tier is tier)


def _listings(model: IRI, hops: Iterable[Hop], tier: Tier, sites: Sites) -> frozenset[Listing]:
    named: defaultdict[tuple[IRI, IRI | None], set[IRI]] = defaultdict(set)
    for hop in hops:
        if hop.start == model and hop.tier is tier and hop.kind in _DIRECT:
            said_for = hop.scope_contract if hop.scope is Scope.CONTRACT else None
            named[hop.record, said_for].add(sites.one(hop.end))
    return frozenset(Listing(record, said_for, frozenset(found)) for (record, said_for), found in named.items())
