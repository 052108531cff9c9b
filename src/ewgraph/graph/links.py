"""Which affiliates are linked to a site, and on whose word: see `docs/decisions/0005` and `0017`.

A link opens findings, so a chain counts only where nobody in it had the say who would profit by it, and nobody who has
nothing to do with the goods: each of its hops has a witness.

| hop | its witness |
|---|---|
| contract to model | a trusted record, for the line as for the buyer |
| two names of one site | a trusted record |
| model to site | a trusted record; else a monitoring partner, or the brand or a contractor of the model |
| site to site | a trusted record; else a monitoring partner, a brand, or a contractor |

Brands, contractors and contracts are those that trusted records tell of; an affiliate is never a witness.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from ewgraph.catalogue import StoredQuery
from ewgraph.graph.audience import Members, chain_of_staff
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.trust import Trust
from ewgraph.model import terms
from ewgraph.model.codes import Scope
from ewgraph.model.rdf import IRI, Literal, Term, datetime_literal

_STRONG: Final = frozenset({Scope.MODEL.iri, Scope.CONTRACT.iri})
_MADE_AT: Final = (terms.site, terms.smelter)
_BRAND_OF: Final = (terms.forBrand, terms.declarant)
_SAME_SITE: Final = Literal("SAME_SITE")
_BETWEEN_SITES: Final = (Literal("SUPPLIED_BY"), Literal("SOURCES_FROM"))
_FOREVER: Final = datetime_literal(dt.datetime(9999, 12, 31, tzinfo=dt.UTC))

_Hop = Mapping[str, Term | None]


class Linked(NamedTuple):
    """Who is linked to a site.

    Attributes:
        affiliates: the affiliates.
        through: the sites and models that the chains pass or would pass if they counted, the site among them, and the
            brands by whose lists they pass: whatever is said of none of these changes no link.
    """

    affiliates: frozenset[IRI]
    through: frozenset[IRI]


class Links:
    """Follows the chains at sites downstream, to those who buy.

    Args:
        store: the graph.
        trust: tells trusted records.
        hops: the query that tells the hops at a site.
        affiliates: who may be linked, and so is no witness.
        partners: the monitoring partners.
    """

    def __init__(
        self, store: GraphStore, trust: Trust, hops: StoredQuery, affiliates: Members, partners: Members
    ) -> None:
        self._store = store
        self._trust = trust
        self._hops = hops
        self._affiliates = affiliates
        self._partners = partners
        self._suppliers: dict[IRI, bool] = {}
        self._speakers: dict[IRI, frozenset[IRI]] = {}

    def linked(self, site: IRI) -> Linked:
        """The affiliates with a contract that touches the site, by what staff know, with scope MODEL or better.

        A chain counts whatever its period: who had products made there stays concerned with what happened there.
        """
        buyers, seen, near, queue = set[IRI](), {site}, {site}, deque([site])
        while queue:
            here = queue.popleft()
            hops = list(self._at(here))
            near |= self._brands(here)
            for contract in self._contracts(hops):
                buyers |= self._trust.values(contract, terms.buyer)
            for hop in (hop for hop in hops if hop["line"] is None):
                further = _node(hop, "from")
                near.add(further)
                if further not in seen and self._counts(hop):
                    seen.add(further)
                    queue.append(further)
        return Linked(frozenset(buyers) & self._affiliates, frozenset(near))

    def _brands(self, site: IRI) -> set[IRI]:
        """The brands for which claims name the site strongly enough: all models of theirs are made there."""
        claims = {quad.subject for predicate in _MADE_AT for quad in self._trust.said(None, predicate, site)}
        strong = {claim for claim in claims if any(self._is_strong(claim, scope) for scope in _STRONG)}  # type: ignore[arg-type]
        named = (self._trust.said(claim, of) for claim in strong for of in _BRAND_OF)  # type: ignore[arg-type]
        return {quad.object for quads in named for quad in quads if isinstance(quad.object, IRI)}

    def _is_strong(self, claim: IRI, scope: IRI) -> bool:
        return next(self._trust.said(claim, terms.scope, scope), None) is not None

    def _at(self, node: IRI) -> Iterator[_Hop]:
        names, rows = self._store.select(self._hops.text, chain_of_staff(), {"site": node, "knownAt": _FOREVER})
        return (dict(zip(names, row, strict=True)) for row in rows)

    def _contracts(self, hops: Iterable[_Hop]) -> set[IRI]:
        """The contracts that buy a model, of the hops at it, as far as trusted records say so."""
        lines = (hop for hop in hops if hop["line"] is not None)
        return {_node(hop, "from") for hop in lines if self._trust.trusted(_node(hop, "record"))}

    def _counts(self, hop: _Hop) -> bool:
        """Whether a hop that a claim says has a scope that is strong enough, and a witness."""
        record = _node(hop, "record")
        if hop["kind"] == _SAME_SITE:
            return self._trust.trusted(record)
        return hop["scope"] in _STRONG and (self._trust.trusted(record) or self._is_witnessed(record, hop))

    def _is_witnessed(self, record: IRI, hop: _Hop) -> bool:
        witnesses = self._trust.submitters(record) - self._affiliates
        if hop["kind"] in _BETWEEN_SITES:
            return bool(witnesses & self._partners) or any(map(self._supplies, witnesses))
        return bool(witnesses & (self._partners | self._answering_for(_node(hop, "from"))))

    def _answering_for(self, model: IRI) -> frozenset[IRI]:
        """The brand of a model, and the contractors of the contracts that buy it."""
        if model not in self._speakers:
            brands = self._trust.values(model, terms.brand)
            contracts = self._contracts(self._at(model))
            self._speakers[model] = brands.union(*(self._trust.values(one, terms.contractor) for one in contracts))
        return self._speakers[model]

    def _supplies(self, organization: IRI) -> bool:
        """Whether trusted records know an organisation as a contractor or a brand."""
        if organization not in self._suppliers:
            self._suppliers[organization] = any(
                next(self._trust.rights(None, role, organization), None) for role in (terms.contractor, terms.brand)
            )
        return self._suppliers[organization]


def _node(hop: _Hop, name: str) -> IRI:
    return hop[name]  # type: ignore[return-value]  # the query binds it to a named node
