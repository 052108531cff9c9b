"""What is known of the sites behind the models of a contract, tier by tier, from the index."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from ewgraph.index.layout import CONTRACT_SCOPE, MODEL_SCOPE, NONE, STRENGTH, Kind, pair
from ewgraph.index.look import EdgeRow, Look, tier_of
from ewgraph.index.rows import models_covered
from ewgraph.index.touches import upstream
from ewgraph.index.touching import chain_edges
from ewgraph.model.codes import Tier
from ewgraph.model.gaps import SUPPLY_TIERS, Known, Listing
from ewgraph.model.instants import moment
from ewgraph.model.rdf import IRI

_STRONG: Final = 1 << pair(MODEL_SCOPE, 0)
_WEAK: Final = 1 << pair(0, 0)


def known(look: Look, contract: IRI) -> list[Known]:
    """What is known for each model that a contract covers and each tier, by the IRI of the model."""
    node = look.node(contract)
    if node is None:
        return []
    models = models_covered(look.sides.covers_out, look.table, look.sight, node).tolist()
    names = look.holding.nodes.names
    return [cell for model in sorted(models, key=lambda model: names[model]) for cell in _of_model(look, node, model)]


def _of_model(look: Look, contract: int, model: int) -> list[Known]:
    search = upstream(look, model, _STRONG | _WEAK, contract, None)
    found = chain_edges(
        look.sides.supply_out,
        look.table,
        look.sight,
        search.marks,
        search.events,
        search.number,
        contract,
        _STRONG,
        _WEAK,
    )
    look.forget(search)
    named, possible = defaultdict[Tier, set[int]](set), defaultdict[Tier, set[int]](set)
    newest = defaultdict[Tier, int](int)
    listings = defaultdict[Tier, defaultdict[tuple[int, int], set[IRI]]](lambda: defaultdict(set))
    for edge, strong in zip(
        map(EdgeRow._make, look.table.edges[found[:, 0]].tolist()), found[:, 1].tolist(), strict=True
    ):
        tier = tier_of(edge)
        if tier is None:
            continue
        (named if strong else possible)[tier].add(edge.end)
        if strong:
            newest[tier] = max(newest[tier], look.holding.received(edge.record))
        if edge.start == model and edge.kind in {Kind.MADE_AT, Kind.COMPONENT_AT}:
            said_for = edge.contract if edge.code >> STRENGTH & CONTRACT_SCOPE == CONTRACT_SCOPE else NONE
            listings[tier][edge.record, said_for].add(look.first_name(edge.end))
    records = look.holding.records.names
    return [
        Known(
            model=look.name(model),
            tier=tier,
            named=(strong_sites := frozenset(map(look.first_name, named[tier]))),
            possible=frozenset(map(look.first_name, possible[tier])) - strong_sites,
            last_confirmed=moment(newest[tier]) if named[tier] else None,
            listings=frozenset(
                Listing(IRI(records[record]), None if said_for == NONE else look.name(said_for), frozenset(sites))
                for (record, said_for), sites in listings[tier].items()
            ),
        )
        for tier in SUPPLY_TIERS
    ]
