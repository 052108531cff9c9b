"""The hops at a node, as the stored queries tell them, and all hops of the chains that leave a node."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope, Tier
from ewgraph.model.hop import BASES, IMPLIED_TIERS, Hop, Join
from ewgraph.model.instants import instant
from ewgraph.model.rdf import IRI, Literal, Term, as_iri, text_of

_JOINS: Final = "SAME_SITE"


@dataclass(slots=True)
class Chains:
    """Hops, and which sites are one: each once, in the order in which they were met."""

    hops: dict[Hop, None] = field(default_factory=dict)
    joins: dict[Join, None] = field(default_factory=dict)


def upstream(view: View, catalogue: Catalogue, starts: Iterable[IRI]) -> Chains:
    """Every hop of the chains that lead on from some nodes. Circles are walked once."""
    return _closed(view, catalogue, starts, "sites-touched-by")


def downstream(view: View, catalogue: Catalogue, starts: Iterable[IRI]) -> Chains:
    """Every hop of the chains that lead to some nodes. Circles are walked once."""
    return _closed(view, catalogue, starts, "contracts-touching")


_ENDS: Final[Mapping[str, tuple[str, str]]] = {
    "sites-touched-by": ("contract", "to"),
    "contracts-touching": ("site", "from"),
}


def _closed(view: View, catalogue: Catalogue, starts: Iterable[IRI], question: str) -> Chains:
    near, far = _ENDS[question]
    found, queue = Chains(), deque(starts)
    seen = set(queue)
    while queue:
        here = queue.popleft()
        for row in view.select(catalogue[question], {near: here}):
            there = row[far]
            if not isinstance(there, IRI):
                continue
            if text_of(row["kind"]) == _JOINS:
                found.joins[_join(here, there, row)] = None
            else:
                start, end = (here, there) if far == "to" else (there, here)
                found.hops[_hop(start, end, row)] = None
            if there not in seen:
                seen.add(there)
                queue.append(there)
    return found


def _join(one: IRI, other: IRI, row: Mapping[str, Term | None]) -> Join:
    first, second = sorted((one, other), key=lambda node: node.value)
    return Join((first, second), as_iri(row["claim"]), as_iri(row["record"]), instant(text_of(row["receivedAt"])))


def _hop(start: IRI, end: IRI, row: Mapping[str, Term | None]) -> Hop:
    kind = HopKind[text_of(row["kind"])]
    covers = kind is HopKind.COVERS
    scope, contract, basis, mineral, tier = (
        row[name] for name in ("scope", "scopeContract", "basis", "mineral", "tier")
    )
    return Hop(
        start=start,
        end=end,
        kind=kind,
        claim=as_iri(row["line"] if covers else row["claim"]),
        record=as_iri(row["record"]),
        scope=Scope.CONTRACT if covers else Scope.of(scope) if isinstance(scope, IRI) else Scope.COMPANY,
        scope_contract=contract if isinstance(contract, IRI) else None,
        basis=None if covers else EvidenceBasis.of(basis) if isinstance(basis, IRI) else BASES[-1],
        valid_from=_day(row["validFrom"]),
        valid_to=_day(row["validTo"]),
        received_at=instant(text_of(row["receivedAt"])),
        mineral=mineral if isinstance(mineral, IRI) else None,
        tier=Tier.of(tier) if isinstance(tier, IRI) else IMPLIED_TIERS.get(kind),
    )


def _day(term: Term | None) -> dt.date | None:
    return dt.date.fromisoformat(term.value[:10]) if isinstance(term, Literal) else None
