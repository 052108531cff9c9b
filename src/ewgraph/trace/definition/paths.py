"""The best of all paths between two nodes, by definition: every path is tried. It takes time without bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.errors import LimitError
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.hop import EvidencePath, Hop, rank
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Limit, Part
from ewgraph.trace.definition.hops import Chains, upstream
from ewgraph.trace.definition.walk import Sites, key, linked

_STEPS = 200_000


def best_paths(  # noqa: PLR0913, PLR0917  # the arguments of the question
    view: View,
    catalogue: Catalogue,
    start: IRI,
    end: IRI,
    min_scope: Scope,
    min_basis: EvidenceBasis,
    most: int,
    longest: int,
) -> Part[EvidencePath]:
    """The best paths from one node to another: strongest scope, strongest basis, fewest hops, then hop by hop.

    Raises:
        LimitError: there are too many.
    """
    chains = upstream(view, catalogue, [start])
    sites = Sites(chains.joins)
    contract = start if any(hop.kind is HopKind.COVERS and hop.start == start for hop in chains.hops) else None
    found: list[EvidencePath] = []
    for path in _every(chains, sites, start, end, longest):
        scope = min((hop.scope_for(contract) for hop in path), key=rank)
        basis = min((hop.basis for hop in path if hop.basis), key=rank, default=EvidenceBasis.MONITOR_OBSERVATION)
        if rank(scope) >= rank(min_scope) and rank(basis) >= rank(min_basis):
            found.append(EvidencePath(start, end, scope, basis, linked(path, end, sites)))
    found.sort(key=lambda path: (*path.key(end), [key(hop) for hop in path.path]))
    limits = (Limit("maxPaths", most),) if len(found) > most else ()
    return Part(found[:most], 0, len(found[:most]), limits)


def _every(chains: Chains, sites: Sites, start: IRI, end: IRI, longest: int) -> Iterator[tuple[Hop, ...]]:
    """It yields every path of so many hops at most that leads through no node twice, by whatever name."""
    leaving: defaultdict[IRI, list[Hop]] = defaultdict(list)
    for hop in chains.hops:
        leaving[sites.one(hop.start)].append(hop)
    far, steps = sites.one(end), 0
    begun: list[tuple[tuple[Hop, ...], frozenset[IRI]]] = [((), frozenset({sites.one(start)}))]
    while begun:
        path, seen = begun.pop()
        here = sites.one(path[-1].end if path else start)
        if path and here == far:
            yield path
            continue
        if len(path) == longest:
            continue
        for hop in leaving[here]:
            steps += 1
            if steps > _STEPS:
                raise LimitError("there are too many paths to try them all: ask for fewer hops", limit="steps")
            if sites.one(hop.end) not in seen:
                begun.append(((*path, hop), seen | {sites.one(hop.end)}))
