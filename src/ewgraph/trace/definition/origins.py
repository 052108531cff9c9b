"""Where the minerals of a contract or model come from, by definition.

The chain of a mineral begins at the first hop that names it; until then no hop names any, nor leads to a mine. From
there on each hop names it, or leads from a smelter to a mine and names none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.codes import EvidenceBasis, HopKind, Mineral, Scope
from ewgraph.model.hop import Hop, Origin
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import Chains, upstream
from ewgraph.trace.definition.touching import is_of
from ewgraph.trace.definition.walk import Walk, linked

_BEFORE: Final = "!before"
_BEYOND: Final = "!beyond"


def mineral_origins(  # noqa: PLR0913, PLR0917  # the arguments of the question
    view: View,
    catalogue: Catalogue,
    start: IRI,
    mineral: IRI | None,
    kinds: Collection[IRI] | None,
    min_scope: Scope,
    min_basis: EvidenceBasis,
) -> list[Origin]:
    """The sites that minerals of a contract or model may come from, in no order."""
    chains = upstream(view, catalogue, [start])
    contract = start if any(hop.kind is HopKind.COVERS and hop.start == start for hop in chains.hops) else None
    found: list[Origin] = []
    for each in [mineral] if mineral else [code.iri for code in Mineral]:
        walk = Walk(_of_mineral(chains, each))
        for site in walk.reached:
            if not site.value.endswith(_BEYOND):
                continue
            names = [_plain(name) for name in walk.sites.names(site)]
            if kinds is not None and not any(is_of(view, name, kinds) for name in names):
                continue
            best = walk.best(_on(start, _BEFORE), site, contract, min_scope=min_scope, min_basis=min_basis)
            if best:
                (scope, basis), path = best
                whole = linked(path, None, walk.sites)
                told = tuple(replace(hop, start=_plain(hop.start), end=_plain(hop.end)) for hop in whole)
                found.append(Origin(start, told[-1].end, scope, basis, told, each))
    return found


def _of_mineral(chains: Chains, mineral: IRI) -> Chains:
    """The hops of a mineral's chains, over nodes that stand for a place before or beyond its first naming."""
    hops = (
        replace(hop, start=_on(hop.start, start), end=_on(hop.end, end))
        for hop in chains.hops
        for start, end in _steps(hop, mineral)
    )
    joins = (
        replace(join, sites=(_on(join.sites[0], side), _on(join.sites[1], side)))
        for join in chains.joins
        for side in (_BEFORE, _BEYOND)
    )
    return Chains(dict.fromkeys(hops), dict.fromkeys(joins))


def _steps(hop: Hop, mineral: IRI) -> Iterator[tuple[str, str]]:
    """It yields from which side the hop leads to which."""
    if hop.mineral == mineral:
        yield _BEFORE, _BEYOND
        yield _BEYOND, _BEYOND
    elif hop.mineral is None:
        side = _BEYOND if hop.kind is HopKind.SOURCES_FROM else _BEFORE
        yield side, side


def _on(node: IRI, side: str) -> IRI:
    return IRI(node.value + side)  # an exclamation mark comes before all else in IRIs, so the order stays


def _plain(node: IRI) -> IRI:
    return IRI(node.value.removesuffix(_BEFORE).removesuffix(_BEYOND))
