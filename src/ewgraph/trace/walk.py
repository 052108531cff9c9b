"""The walk: from hops to touches, each with its best evidence path. Pure: it reads nothing.

The best path has the strongest scope, then the strongest basis, then the fewest hops, then the smallest sequence of
IRIs. Scope and basis of a path are the weakest of its hops, so the hops at least as strong as a pair of thresholds are
searched breadth-first, from the strongest pair down: the first pair that reaches the other end gives the path. The cost
is at most 28 searches, each linear in the hops, and for scope CONTRACT one more set of seven for each contract that a
claim is said for.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.rdf import IRI

SCOPES: Final = (Scope.CONTRACT, Scope.MODEL, Scope.BRAND, Scope.COMPANY)
BASES: Final = tuple(sorted(EvidenceBasis, key=lambda basis: -(basis.rank or 0)))


@dataclass(frozen=True, slots=True)
class Hop:
    """One edge of the chain, upstream, from one claim.

    Attributes:
        start: the contract, model or site it leads from.
        end: the model or site it leads to.
        claim: the claim that says so; for a covers hop the contract line, which is no claim.
        record: the record in which it is said.
        scope: for which scope it is said; CONTRACT means for `scope_contract` (MODEL for any other).
        basis: the evidence basis; None for a covers hop.
        received_at: when the record was received.
    """

    start: IRI
    end: IRI
    kind: HopKind
    claim: IRI
    record: IRI
    scope: Scope
    scope_contract: IRI | None
    basis: EvidenceBasis | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    received_at: dt.datetime

    def scope_for(self, contract: IRI) -> Scope:
        """The scope that the hop has in a path of that contract."""
        if self.scope is Scope.CONTRACT and self.kind is not HopKind.COVERS and self.scope_contract != contract:
            return Scope.MODEL
        return self.scope


@dataclass(frozen=True, slots=True)
class Touch:
    """That a contract touches a site, with the best path that says so.

    Attributes:
        path: the hops from the contract to the site; `Hop.scope_for` tells which scope each has for this contract.
    """

    contract: IRI
    site: IRI
    scope: Scope
    basis: EvidenceBasis
    path: tuple[Hop, ...]

    @property
    def last_confirmed(self) -> dt.datetime:
        """When the newest of the path's records was received."""
        return max(hop.received_at for hop in self.path)

    @property
    def possible(self) -> bool:
        """Whether the evidence is too wide to say yes: weaker than for the model."""
        return rank(self.scope) < rank(Scope.MODEL)


def rank(code: Scope | EvidenceBasis | None) -> int:
    """The strength of a scope or basis; a missing basis weakens nothing."""
    return len(BASES) if code is None else code.rank or 0


def touches(
    hops: Iterable[Hop],
    ends: Sequence[IRI] | None = None,
    *,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
) -> Iterator[Touch]:
    """The touches between every contract of the hops and the sites, each with its best path, in no order.

    Args:
        hops: the edges, already those that hold for the reader and the instants.
        ends: the sites that are asked about; None for all that are reached.
        min_scope: no hop of a path is of a weaker scope.
        min_basis: no hop of a path is of a weaker basis.
    """
    edges = sorted(set(hops), key=lambda hop: (hop.claim.value, hop.end.value, hop.start.value))
    contracts = sorted({hop.start for hop in edges if hop.kind is HopKind.COVERS}, key=lambda node: node.value)
    named = {hop.scope_contract for hop in edges}
    models = {hop.end for hop in edges if hop.kind is HopKind.COVERS}
    for site in ends if ends is not None else sorted({hop.end for hop in edges} - models, key=lambda node: node.value):
        open_contracts = set(contracts)
        for scope in SCOPES:
            if rank(scope) < rank(min_scope):
                break
            for group in _groups(scope, open_contracts, named):
                yield from _search(edges, site, scope, group, open_contracts, min_basis)


def _groups(scope: Scope, contracts: set[IRI], named: set[IRI | None]) -> Iterator[frozenset[IRI]]:
    """The contracts that are searched at once: at scope CONTRACT each alone, since a claim is said for one."""
    if scope is not Scope.CONTRACT:
        yield frozenset(contracts)
        return
    for contract in sorted(contracts & named, key=lambda node: node.value):
        yield frozenset({contract})


def _search(  # noqa: PLR0913, PLR0917  # one search's whole context
    edges: Sequence[Hop],
    site: IRI,
    scope: Scope,
    group: frozenset[IRI],
    still_open: set[IRI],
    min_basis: EvidenceBasis,
) -> Iterator[Touch]:
    if scope is Scope.CONTRACT:
        (contract,) = group
        strong = [hop for hop in edges if hop.scope_for(contract) is Scope.CONTRACT]
    else:  # what is said for a contract is at least for the model, whichever contract asks
        strong = [hop for hop in edges if rank(hop.scope) >= rank(scope)]
    for basis in BASES:
        wanted = group & still_open
        if not wanted or rank(basis) < rank(min_basis):
            return
        into, out = _adjacency(hop for hop in strong if rank(hop.basis) >= rank(basis))
        distance = _distances(site, into)
        for contract in sorted(wanted & distance.keys(), key=lambda node: node.value):
            still_open.discard(contract)
            path = tuple(_smallest_path(contract, distance, out))
            yield Touch(contract, site, scope, basis, path)


def _adjacency(hops: Iterable[Hop]) -> tuple[dict[IRI, list[Hop]], dict[IRI, list[Hop]]]:
    into: defaultdict[IRI, list[Hop]] = defaultdict(list)
    out: defaultdict[IRI, list[Hop]] = defaultdict(list)
    for hop in hops:
        into[hop.end].append(hop)
        out[hop.start].append(hop)
    return into, out


def _distances(site: IRI, into: dict[IRI, list[Hop]]) -> dict[IRI, int]:
    """The fewest hops from each node to the site."""
    distance, queue = {site: 0}, deque([site])
    while queue:
        here = queue.popleft()
        for hop in into.get(here, ()):
            if hop.start not in distance:
                distance[hop.start] = distance[here] + 1
                queue.append(hop.start)
    return distance


def _smallest_path(contract: IRI, distance: dict[IRI, int], out: dict[IRI, list[Hop]]) -> Iterator[Hop]:
    """Of the shortest paths the one whose IRIs, claim and node in turn, come first."""
    here = contract
    while distance[here]:
        hop = min(
            (hop for hop in out[here] if distance.get(hop.end, -1) == distance[here] - 1),
            key=lambda hop: (hop.claim.value, hop.end.value),
        )
        yield hop
        here = hop.end


def reached(start: IRI, neighbours: Callable[[IRI], Iterable[Hop]], *, upstream: bool) -> list[Hop]:
    """Every hop of the chains that leave the start, upstream or downstream. Cycles are walked once."""
    found: dict[Hop, None] = {}
    seen, queue = {start}, deque([start])
    while queue:
        for hop in neighbours(queue.popleft()):
            found[hop] = None
            other = hop.end if upstream else hop.start
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return list(found)
