"""Hops and touches: the steps of an evidence path, and that a contract touches a site by one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.rdf import IRI

SCOPES: Final = tuple(sorted(Scope, key=lambda scope: -(scope.rank or 0)))
"""The strongest first."""
BASES: Final = tuple(sorted(EvidenceBasis, key=lambda basis: -(basis.rank or 0)))
"""The strongest first."""


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
    same_site: tuple[IRI, ...] = ()

    def scope_for(self, contract: IRI | None) -> Scope:
        """The scope that the hop has in a path of that contract; None for a path of none."""
        if self.scope is Scope.CONTRACT and self.kind is not HopKind.COVERS and self.scope_contract != contract:
            return Scope.MODEL
        return self.scope


@dataclass(frozen=True, slots=True)
class Join:
    """That two sites are one, from one claim: the walk goes on from both.

    Attributes:
        sites: the two.
        claim: the claim that says so.
    """

    sites: tuple[IRI, IRI]
    claim: IRI


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
