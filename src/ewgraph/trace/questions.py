"""The traceability questions, answered by walking their stored query hop by hop over a View."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.rdf import IRI, Literal, Term
from ewgraph.trace.walk import BASES, Hop, Touch, rank, reached, touches


def contracts_touching(
    view: View,
    catalogue: Catalogue,
    site: IRI,
    *,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
) -> list[Touch]:
    """Answer CQ A13: the contracts whose supply chain reaches a site.

    Returns:
        Touches ordered strongest scope, strongest basis, fewest hops, contract IRI; empty where none is visible.
    """
    hops = reached(site, _neighbours(view, catalogue, "contracts-touching", "site"), upstream=False)
    found = touches(hops, [site], min_scope=min_scope, min_basis=min_basis)
    return sorted(found, key=lambda touch: (*_strength(touch), touch.contract.value))


def sites_touched_by(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    contract: IRI,
    *,
    kinds: Collection[IRI] | None = None,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
) -> list[Touch]:
    """Answer CQ A01: the sites that the supply chain of a contract reaches.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        contract: the contract.
        kinds: only sites of one of these classes, such as `terms.Mine`; None for all.
        min_scope: no hop of a path is of a weaker scope.
        min_basis: no hop of a path is of a weaker basis.

    Returns:
        Touches ordered strongest scope, strongest basis, fewest hops, site IRI; empty where none is visible.
    """
    hops = reached(contract, _neighbours(view, catalogue, "sites-touched-by", "contract"), upstream=True)
    ends = {hop.end for hop in hops if hop.kind is not HopKind.COVERS}
    if kinds is not None:
        ends = {site for site in ends if not set(kinds).isdisjoint(view.objects(site, terms.RDF.type))}
    found = touches(hops, sorted(ends, key=lambda node: node.value), min_scope=min_scope, min_basis=min_basis)
    return sorted(found, key=lambda touch: (*_strength(touch), touch.site.value))


def _strength(touch: Touch) -> tuple[int, int, int]:
    return -rank(touch.scope), -rank(touch.basis), len(touch.path)


def _neighbours(view: View, catalogue: Catalogue, question: str, end: str) -> Callable[[IRI], Iterable[Hop]]:
    """The hops at a node: the stored query with that node bound, as of the view's instants."""
    query = catalogue[question]
    far = "from" if end == "site" else "to"

    def hops(node: IRI) -> Iterable[Hop]:
        for row in view.select(query, {end: node}):
            here, there = node, row[far]
            start, finish = (there, here) if end == "site" else (here, there)
            if isinstance(start, IRI) and isinstance(finish, IRI):
                yield _hop(start, finish, row)

    return hops


_ISO: Final = dt.date.fromisoformat


def _hop(start: IRI, end: IRI, row: Mapping[str, Term | None]) -> Hop:
    kind = HopKind[_text(row["kind"])]
    covers = kind is HopKind.COVERS
    scope, contract, basis = row["scope"], row["scopeContract"], row["basis"]
    return Hop(
        start=start,
        end=end,
        kind=kind,
        claim=row["line"] if covers else row["claim"],  # type: ignore[arg-type]  # the query binds them to IRIs
        record=row["record"],  # type: ignore[arg-type]
        scope=Scope.CONTRACT if covers else Scope.of(scope) if isinstance(scope, IRI) else Scope.COMPANY,
        scope_contract=contract if isinstance(contract, IRI) else None,
        basis=None if covers else EvidenceBasis.of(basis) if isinstance(basis, IRI) else BASES[-1],
        valid_from=_ISO(_text(row["validFrom"])) if row["validFrom"] else None,
        valid_to=_ISO(_text(row["validTo"])) if row["validTo"] else None,
        received_at=dt.datetime.fromisoformat(_text(row["receivedAt"])),
    )


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""
