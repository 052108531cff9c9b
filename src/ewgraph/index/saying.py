"""What statements say of supply chains: their edges, as the hop queries of `queries/` read them from the same triples.

The branches here are those of the stored query `sites-touched-by`, one by one; a property test holds both to the same.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ewgraph.index.layout import ALWAYS, CONTRACT_SCOPE, NEVER, NO_BASIS, OF_BRAND, TIERS, Kind, code, day_number
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Scope, Verdict
from ewgraph.model.instants import instant, microseconds
from ewgraph.model.rdf import IRI, Quad

SITE_KINDS: Final = (
    terms.Factory,
    terms.Smelter,
    terms.Mine,
    terms.RecyclingFacility,
    terms.Warehouse,
    terms.Dormitory,
)
"""The classes of sites that answers tell apart."""

FACTS: Final = ((terms.brand, None), (terms.buyer, None), *((terms.RDF.type, kind) for kind in SITE_KINDS))
"""The triples of entities that are edges: their predicates, and where only one value counts, that."""

_FACT_KINDS: Final[Mapping[IRI, Kind]] = {
    terms.brand: Kind.BRAND,
    terms.buyer: Kind.BUYER,
    terms.RDF.type: Kind.TYPE,
}
_MINERALS: Final = f"{terms.EWK}mineral/"
_KINDS: Final = frozenset(SITE_KINDS)
_TIERS: Final[Mapping[str, int]] = {tier.value: number for number, tier in enumerate(TIERS)}
_SAME: Final = frozenset({Verdict.SAME.value, *Verdict.SAME.aliases})
_READ: Final = frozenset(
    {
        *(terms.site, terms.smelter, terms.mine, terms.siteA, terms.siteB, terms.verdict),
        *(terms.output, terms.intoModel, terms.forBrand, terms.deliveredTo, terms.declarant, terms.mineral),
        *(terms.ofContract, terms.ofModel, terms.line, terms.assertedIn, terms.tier),
        *(terms.scope, terms.scopeContract, terms.evidenceBasis, terms.validFrom, terms.validTo),
    }
)

_CHAINS: Final = (
    (Kind.MADE_AT, terms.output, terms.site),
    (Kind.COMPONENT_AT, terms.intoModel, terms.site),
    (Kind.LISTED_AT, terms.forBrand, terms.site),
    (Kind.SUPPLIED_BY, terms.deliveredTo, terms.site),
    (Kind.DECLARES_SMELTER, terms.intoModel, terms.smelter),
    (Kind.SOURCES_FROM, terms.smelter, terms.mine),
)
"""The hops: of each the kind and the properties of a claim that give its start and its end."""

Values = Mapping[IRI, list[str]]


class Edge(NamedTuple):
    """An edge, upstream, in words; a BRAND edge leads from a model, all others as their kind says."""

    kind: Kind
    start: str
    end: str
    contract: str | None = None
    about: str | None = None
    valid_from: int = ALWAYS
    valid_to: int = NEVER
    tier: int = -1
    code: int = 0


@dataclass(frozen=True, slots=True)
class Ends:
    """What a record ends: whole records that it revises, single claims that it retracts."""

    records: tuple[str, ...]
    claims: tuple[str, ...]


def edges(said: Sequence[Quad]) -> list[Edge]:
    """The edges that a claim or coverage states; none for any other statement."""
    values: defaultdict[IRI, list[str]] = defaultdict(list)
    for quad in said:
        if quad.predicate in _READ:
            values[quad.predicate].append(quad.object.value)  # type: ignore[union-attr]  # no triple terms are stored
    joined = list(_joined(values))
    if not joined:
        return []
    covers = joined[0][0] is Kind.COVERS
    return [
        Edge(kind, start, end, contract, about, valid_from, valid_to, tier, _code(kind, scope, basis) | of_brand)
        for (kind, start, end, about, of_brand), (
            scope,
            contract,
            basis,
            valid_from,
            valid_to,
            tier,
        ) in itertools.product(joined, [_UNQUALIFIED] if covers else list(_qualified(values)))
    ]


def record_of(said: Sequence[Quad]) -> str | None:
    """The record in which a claim is asserted; None for a record."""
    return next((q.object.value for q in said if q.predicate == terms.assertedIn), None)  # type: ignore[union-attr]


def received(said: Sequence[Quad]) -> int:
    """When a record was received, in microseconds from 1970; of a fraction of one the next."""
    return max(microseconds(instant(q.object.value)) for q in said if q.predicate == terms.receivedAt)  # type: ignore[union-attr]


def ends(said: Sequence[Quad]) -> Ends | None:
    """What a record ends; None for nothing."""
    records = tuple(q.object.value for q in said if q.predicate == terms.PROV.wasRevisionOf)  # type: ignore[union-attr]
    claims = tuple(q.object.value for q in said if q.predicate == terms.retracts)  # type: ignore[union-attr]
    return Ends(records, claims) if records or claims else None


def fact(quad: Quad) -> Edge | None:
    """The edge that a triple of an entity is: whose brand a model is, who buys, of what kind a site is."""
    kind = _FACT_KINDS.get(quad.predicate)
    if kind is None or not isinstance(quad.object, IRI) or (kind is Kind.TYPE and quad.object not in _KINDS):
        return None
    return Edge(kind, quad.subject.value, quad.object.value, code=_code(kind, 0, 0))  # type: ignore[union-attr]


_UNQUALIFIED: Final = (CONTRACT_SCOPE, None, NO_BASIS, ALWAYS, NEVER, -1)


def _code(kind: Kind, scope: int, basis: int) -> int:
    """What is no hop weakens nothing."""
    return code(kind, CONTRACT_SCOPE, NO_BASIS) if kind > Kind.SOURCES_FROM else code(kind, scope, basis)


def _joined(values: Values) -> Iterator[tuple[Kind, str, str, str | None, int]]:
    """It yields the kind, start, end of each edge, what it is about, and whether it is said of a brand."""

    def of(*predicates: IRI) -> Iterator[tuple[str, ...]]:
        return itertools.product(*(values.get(predicate, ()) for predicate in predicates))

    said_of = (*values.get(terms.mineral, ()), *values.get(terms.output, ()))
    mineral = next((text for text in said_of if text.startswith(_MINERALS)), None)
    for kind, starts, ends in _CHAINS:
        for start, end in of(starts, ends):
            yield kind, start, end, mineral, OF_BRAND * (kind is Kind.LISTED_AT)
    if not values.get(terms.intoModel):
        for brand, smelter in of(terms.declarant, terms.smelter):
            yield Kind.DECLARES_SMELTER, brand, smelter, mineral, OF_BRAND
    for contract, model, line in of(terms.ofContract, terms.ofModel, terms.line):
        yield Kind.COVERS, contract, model, line, 0
    for one, other, verdict in of(terms.siteA, terms.siteB, terms.verdict):
        if verdict in _SAME:
            yield Kind.SAME_SITE, one, other, None, 0
            yield Kind.SAME_SITE, other, one, None, 0


def _qualified(values: Values) -> Iterator[tuple[int, str | None, int, int, int, int]]:
    """It yields scope, contract, basis, period and tier, in every combination of what is given for each."""

    def given(predicate: IRI) -> list[str] | list[None]:
        return values.get(predicate) or [None]

    for scope, contract, basis, start, end, tier in itertools.product(
        given(terms.scope),
        given(terms.scopeContract),
        given(terms.evidenceBasis),
        given(terms.validFrom),
        given(terms.validTo),
        given(terms.tier),
    ):
        yield (
            _rank(Scope, scope),
            contract,
            _rank(EvidenceBasis, basis),
            ALWAYS if start is None else _day(start),
            NEVER if end is None else _day(end),
            -1 if tier is None else _TIERS.get(tier, -1),
        )


def _rank(codes: type[Scope | EvidenceBasis], text: str | None) -> int:
    """The rank of a concept; the weakest where none is given."""
    return 0 if text is None else codes.of(IRI(text)).rank or 0


def _day(text: str) -> int:
    return day_number(dt.date.fromisoformat(text[:10]))
