"""Hops and touches: the steps of an evidence path, and that a contract touches a site by one."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ewgraph.model.codes import EvidenceBasis, HopKind, Scope, Tier
from ewgraph.model.rdf import IRI

SCOPES: Final = tuple(sorted(Scope, key=lambda scope: -(scope.rank or 0)))
"""The strongest first."""
BASES: Final = tuple(sorted(EvidenceBasis, key=lambda basis: -(basis.rank or 0)))
"""The strongest first."""


IMPLIED_TIERS: Final = MappingProxyType(
    {HopKind.DECLARES_SMELTER: Tier.SMELTING_REFINING, HopKind.SOURCES_FROM: Tier.EXTRACTION},
)
"""What the site at the end of a hop does where its claim does not say."""


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
        mineral: the mineral that it is said of, if any.
        tier: what the site it leads to does, as the claim says or its kind implies; None for a covers hop.
        same_site: in a path, the claims by which the site it leads to is the one that the path goes on from, or ends
            at, under another name.
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
    mineral: IRI | None = None
    tier: Tier | None = None
    same_site: tuple[IRI, ...] = ()

    def scope_for(self, contract: IRI | None) -> Scope:
        """The scope that the hop has in a path of that contract; None for a path of none."""
        of_another = self.kind is not HopKind.COVERS and (contract is None or self.scope_contract != contract)
        return Scope.MODEL if self.scope is Scope.CONTRACT and of_another else self.scope


@dataclass(frozen=True, slots=True)
class Join:
    """That two sites are one, from one claim: the walk goes on from both.

    Attributes:
        sites: the two, by IRI.
        claim: the claim that says so.
        record: the record in which it is said.
        received_at: when that was received.
    """

    sites: tuple[IRI, IRI]
    claim: IRI
    record: IRI
    received_at: dt.datetime


@dataclass(frozen=True, slots=True)
class EvidencePath:
    """That a chain leads from one node to another, upstream, on whose word.

    Attributes:
        start: where it begins.
        end: where it ends.
        scope: the weakest scope of its hops; `Hop.scope_for` tells which each has in a path of `contract`.
        basis: the weakest basis of its hops.
        path: its hops.
    """

    start: IRI
    end: IRI
    scope: Scope
    basis: EvidenceBasis
    path: tuple[Hop, ...]

    @property
    def contract(self) -> IRI | None:
        """The contract that it begins at; None where it begins elsewhere."""
        return self.start if self.path[0].kind is HopKind.COVERS else None

    @property
    def weakest(self) -> Hop:
        """The hop of the weakest scope; of several that of the weakest basis; of several the first."""
        return min(self.path, key=lambda hop: (rank(hop.scope_for(self.contract)), rank(hop.basis)))

    @property
    def last_confirmed(self) -> dt.datetime:
        """When the newest of the path's records was received."""
        return max(hop.received_at for hop in self.path)

    @property
    def possible(self) -> bool:
        """Whether the evidence is too wide to say yes: weaker than for the model."""
        return rank(self.scope) < rank(Scope.MODEL)

    def key(self, node: IRI) -> tuple[int, int, int, str]:
        """What paths are sorted by: strongest scope, strongest basis, fewest hops, then the end not asked about."""
        return -rank(self.scope), -rank(self.basis), len(self.path), node.value

    @property
    def reading(self) -> str:
        """`named`, or `possible`; never yes."""
        return "possible" if self.possible else "named"


@dataclass(frozen=True, slots=True)
class Origin(EvidencePath):
    """That a mineral in what a contract or model holds may come from a site, by the best path that says so.

    Attributes:
        mineral: the mineral.
    """

    mineral: IRI

    @property
    def site(self) -> IRI:
        """The mine, the smelter, or whoever stands between."""
        return self.end


class Concerned(enum.Enum):
    """Who is concerned by what happens at a site."""

    CONTRACT = "contract"
    BUYER = "buyer"
    BRAND = "brand"


@dataclass(frozen=True, slots=True)
class Exposure(EvidencePath):
    """That somebody is concerned by what happens at a site, by the best path that says so.

    Attributes:
        who: a contract, a buyer by one of its contracts, or a brand by one of its models; `start` is that by which.
        concerned: which of the three.
    """

    who: IRI
    concerned: Concerned


@dataclass(frozen=True, slots=True)
class Touch(EvidencePath):
    """That a contract touches a site, by the best path that says so."""

    @property
    def contract(self) -> IRI:
        """The contract."""
        return self.start

    @property
    def site(self) -> IRI:
        """The site."""
        return self.end


def rank(code: Scope | EvidenceBasis | None) -> int:
    """The strength of a scope or basis; a missing basis weakens nothing."""
    return len(BASES) if code is None else code.rank or 0
