"""The walk: from hops to touches, each with its best evidence path. Pure: it reads nothing.

The best path has the strongest scope, then the strongest basis, then the fewest hops, then the smallest sequence of
IRIs. Scope and basis of a path are the weakest of its hops, so the hops at least as strong as a pair of thresholds are
searched breadth-first, from the strongest pair down: the first pair that reaches the other end gives the path. Sites
that are one are walked as one. The cost is at most 28 searches for each pair of ends, each linear in the hops.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.hop import BASES, SCOPES, Hop, Join, Touch, rank
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import Chains

Pair: TypeAlias = tuple[Scope, EvidenceBasis]


def pairs(min_scope: Scope, min_basis: EvidenceBasis) -> Iterator[Pair]:
    """The pairs of thresholds, the strongest first, none below the least that is asked for."""
    for scope in SCOPES:
        for basis in BASES:
            if rank(scope) >= rank(min_scope) and rank(basis) >= rank(min_basis):
                yield scope, basis


def key(hop: Hop) -> tuple[str, str, str, str]:
    """What is compared of the hops of two paths, hop by hop."""
    return hop.claim.value, hop.end.value, hop.start.value, hop.record.value


class Sites:
    """Which nodes are one."""

    def __init__(self, joins: Iterable[Join]) -> None:
        self._beside: defaultdict[IRI, list[tuple[IRI, IRI]]] = defaultdict(list)
        for join in joins:
            for one, other in (join.sites, join.sites[::-1]):
                self._beside[one].append((other, join.claim))
        self._names: dict[IRI, frozenset[IRI]] = {}

    def names(self, node: IRI) -> frozenset[IRI]:
        """The node under all its names."""
        if node not in self._names:
            found, queue = {node}, deque([node])
            while queue:
                for other, _ in self._beside[queue.popleft()]:
                    if other not in found:
                        found.add(other)
                        queue.append(other)
            self._names |= dict.fromkeys(found, frozenset(found))
        return self._names[node]

    def one(self, node: IRI) -> IRI:
        """The node that stands for all its names."""
        return min(self.names(node), key=lambda name: name.value)

    def claims(self, one: IRI, other: IRI) -> tuple[IRI, ...]:
        """The fewest claims by which two names are of one site; of several such sequences the smallest."""
        ways: dict[IRI, tuple[IRI, ...]] = {one: ()}
        while other not in ways:
            step: dict[IRI, tuple[IRI, ...]] = {}
            for here, way in ways.items():
                for there, claim in self._beside[here]:
                    longer = (*way, claim)
                    if there not in ways and (there not in step or _values(longer) < _values(step[there])):
                        step[there] = longer
            if not step:
                raise ValueError(f"{one} and {other} are not one")
            ways |= step
        return ways[other]


def _values(claims: Sequence[IRI]) -> list[str]:
    return [claim.value for claim in claims]


class Search:
    """The hops that meet a pair of thresholds in a path of a contract, and how far each node is from one of them."""

    def __init__(self, hops: Iterable[Hop], sites: Sites, contract: IRI | None, pair: Pair) -> None:
        scope, basis = pair
        self._sites = sites
        self._out: defaultdict[IRI, list[Hop]] = defaultdict(list)
        self._into: defaultdict[IRI, list[Hop]] = defaultdict(list)
        for hop in hops:
            if rank(hop.scope_for(contract)) >= rank(scope) and rank(hop.basis) >= rank(basis):
                self._out[sites.one(hop.start)].append(hop)
                self._into[sites.one(hop.end)].append(hop)

    def path(self, start: IRI, end: IRI) -> tuple[Hop, ...] | None:
        """Of the shortest paths the one whose IRIs, claim and node in turn, come first; None where there is none."""
        far = self._sites.one(end)
        left = {far: 0}
        queue = deque([far])
        while queue:
            here = queue.popleft()
            for hop in self._into[here]:
                before = self._sites.one(hop.start)
                if before not in left and not (here == far and hop.kind is HopKind.COVERS):
                    left[before] = left[here] + 1
                    queue.append(before)
        here = self._sites.one(start)
        if here not in left:
            return None
        found: list[Hop] = []
        while left[here]:
            nearer = [hop for hop in self._out[here] if left.get(self._sites.one(hop.end), -1) == left[here] - 1]
            found.append(min(nearer, key=key))
            here = self._sites.one(found[-1].end)
        return tuple(found)


def linked(path: Sequence[Hop], end: IRI | None, sites: Sites) -> tuple[Hop, ...]:
    """The path with the claims by which each hop goes on under another name, or ends under the one that is given."""
    goes_on = [*(hop.start for hop in path[1:]), end or path[-1].end]
    return tuple(
        replace(hop, same_site=sites.claims(hop.end, name)) if hop.end != name else hop
        for hop, name in zip(path, goes_on, strict=True)
    )


class Walk:
    """Touches over hops, which already hold for the reader and the instants."""

    def __init__(self, chains: Chains) -> None:
        self.hops = list(chains.hops)
        self.sites = Sites(chains.joins)
        self._named = {hop.scope_contract for hop in self.hops}
        self._searches: dict[tuple[IRI | None, Pair], Search] = {}

    @cached_property
    def contracts(self) -> list[IRI]:
        """The contracts that the hops lead from, sorted."""
        return sorted({hop.start for hop in self.hops if hop.kind is HopKind.COVERS}, key=lambda node: node.value)

    @cached_property
    def reached(self) -> list[IRI]:
        """The sites that hops lead to, each under one name, sorted."""
        ends = {self.sites.one(hop.end) for hop in self.hops if hop.kind is not HopKind.COVERS}
        return sorted(ends, key=lambda node: node.value)

    def search(self, contract: IRI | None, pair: Pair) -> Search:
        """The search for a pair of thresholds: for scope CONTRACT one for each contract, otherwise one for all."""
        whose = contract if pair[0] is Scope.CONTRACT else None
        if (whose, pair) not in self._searches:
            self._searches[whose, pair] = Search(self.hops, self.sites, whose, pair)
        return self._searches[whose, pair]

    def best(
        self,
        start: IRI,
        end: IRI,
        contract: IRI | None,
        *,
        min_scope: Scope = Scope.COMPANY,
        min_basis: EvidenceBasis = BASES[-1],
    ) -> tuple[Pair, tuple[Hop, ...]] | None:
        """The best path between two nodes, and the pair of thresholds that it meets; None where there is none."""
        for pair in pairs(min_scope, min_basis):
            if pair[0] is Scope.CONTRACT and contract not in self._named:
                continue
            path = self.search(contract, pair).path(start, end)
            if path:
                return pair, path
        return None

    def touch(
        self,
        contract: IRI,
        site: IRI,
        *,
        min_scope: Scope = Scope.COMPANY,
        min_basis: EvidenceBasis = BASES[-1],
        named: bool = True,
    ) -> Touch | None:
        """That a contract touches a site, or None; under the name given, or else that to which the path leads."""
        found = self.best(contract, site, contract, min_scope=min_scope, min_basis=min_basis)
        if found is None:
            return None
        (scope, basis), path = found
        end = site if named else None
        return Touch(contract, end or path[-1].end, scope, basis, linked(path, end, self.sites))
