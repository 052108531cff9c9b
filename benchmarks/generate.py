"""Supply graphs of a chosen size, always the same: few sites behind many models, few models in many contracts.

What the graph has of the real one: fan-out by a power law at both ends of every kind of edge, works that many brands
share, chains of three to eight hops, circles, claims that begin and end, seven kinds of evidence, a third of all said
for one contract, audiences of one to three graphs, revised records, and sites that go by two names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ewgraph.graph.audience import AFFILIATES, PUBLIC, STAFF, chain_of_staff, organization_graph
from ewgraph.index.audiences import AudienceSets
from ewgraph.index.endings import Ender, Endings
from ewgraph.index.holding import Tables, tables
from ewgraph.index.index import Index
from ewgraph.index.layout import ALWAYS, EDGE, NEVER, NO_BASIS, NONE, OF_BRAND, STRENGTH, Kind
from ewgraph.index.lens import Lens
from ewgraph.index.names import Names
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Mineral
from ewgraph.model.rdf import IRI

BASE: Final = "https://data.example.org/id/bench/"
_DAY: Final = 86_400 * 1_000_000
_EPOCH_DAYS: Final = 25_567  # from 1900 to 1970
_FIRST_DAY, _LAST_DAY = 43_100, 45_990  # 2018 to the end of 2025
NOW: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""When the worlds are looked at."""

_MINERALS: Final = sorted(code.iri.value for code in Mineral)
_KINDS: Final = sorted(kind.value for kind in (terms.Factory, terms.Mine, terms.Smelter))

Ints = npt.NDArray[np.int64]


class Groups(NamedTuple):
    """How many nodes there are of each group; the names are sorted, and so are the numbers."""

    brand: int
    contract: int
    line: int
    mine: int
    model: int
    org: int
    site: int
    smelter: int
    mineral: int
    kind: int

    def first(self, name: str) -> int:
        """The first number of a group."""
        return sum(self[: self._fields.index(name)])


@dataclass(frozen=True, slots=True)
class World:
    """A generated world.

    Attributes:
        groups: its nodes.
        tables: the tables of its index.
    """

    groups: Groups
    tables: Tables

    def name(self, group: str, number: int) -> IRI:
        """The IRI of a node."""
        return IRI(self.tables.nodes[self.groups.first(group) + number])


def groups_for(edges: int) -> Groups:
    """The nodes of a world of so many edges."""
    lines = int(edges * 0.27)
    return Groups(
        brand=max(5, edges // 2_000),
        contract=max(10, edges // 11),
        line=lines,
        mine=max(20, edges // 500),
        model=max(10, edges // 40),
        org=max(10, edges // 2_000),
        site=max(30, edges // 80),
        smelter=max(10, edges // 2_500),
        mineral=len(_MINERALS),
        kind=len(_KINDS),
    )


class _Chance:
    """Numbers by chance, from one seed."""

    def __init__(self, seed: int) -> None:
        self._bits = np.random.default_rng(seed)

    def few(self, among: int, size: int, power: float = 2.0) -> Ints:
        """Numbers below `among`, the small ones much more often."""
        drawn = (among * self._bits.random(size) ** power).astype(np.int64)
        return np.minimum(drawn, among - 1)

    def any(self, among: int, size: int) -> Ints:
        """Numbers below `among`, all as often."""
        return self._bits.integers(0, among, size)

    def choice(self, values: Sequence[int], shares: Sequence[float], size: int) -> Ints:
        """The values, each as often as its share."""
        return np.array(values, np.int64)[np.searchsorted(np.cumsum(shares), self._bits.random(size), side="right")]

    def happens(self, share: float, size: int) -> npt.NDArray[np.bool_]:
        """Whether something happens that happens so often."""
        return self._bits.random(size) < share


class _Columns:
    """Edges in the making, a part for each kind."""

    def __init__(self) -> None:
        self._parts: list[npt.NDArray[Any]] = []

    def add(  # noqa: PLR0913  # the columns of an edge
        self,
        kind: Kind,
        start: Ints,
        end: Ints,
        *,
        scope: Ints | int = 3,
        basis: Ints | int = NO_BASIS,
        contract: Ints | int = NONE,
        about: Ints | int = NONE,
        of_brand: npt.NDArray[np.bool_] | bool = False,
    ) -> npt.NDArray[Any]:
        """Add edges of a kind, for all times, which nobody sees yet."""
        part = np.zeros(len(start), EDGE)
        part["start"], part["end"], part["contract"], part["about"] = start, end, contract, about
        part["valid_from"], part["valid_to"], part["record"], part["tier"] = ALWAYS, NEVER, NONE, -1
        part["code"] = (
            int(kind) | (np.asarray(scope) | np.asarray(basis) << 2) << STRENGTH | OF_BRAND * np.asarray(of_brand)
        )
        self._parts.append(part)
        return part

    def joined(self) -> npt.NDArray[Any]:
        """All of them; their parts are let go, for there may be a hundred million."""
        joined = np.concatenate(self._parts)
        self._parts.clear()
        return joined


_INFERRED, _LABEL, _LIST, _PRODUCT_LIST, _PER_MODEL, _DISCLOSED, _OBSERVED = range(len(EvidenceBasis))
_COMPANY, _BRAND, _MODEL, _CONTRACT = range(4)


def generate(edges: int, seed: int = 1) -> World:
    """A world of about so many edges."""
    groups, chance, columns = groups_for(edges), _Chance(seed), _Columns()
    contract, model, site = groups.first("contract"), groups.first("model"), groups.first("site")
    smelter, mine, brand = groups.first("smelter"), groups.first("mine"), groups.first("brand")
    mineral, line = groups.first("mineral"), groups.first("line") + np.arange(groups.line)

    of_line = chance.any(groups.contract, groups.line)
    bought = chance.few(groups.model, groups.line)
    columns.add(Kind.COVERS, contract + of_line, model + bought, about=line)
    brand_of = chance.few(groups.brand, groups.model)
    tiers = np.array([0, groups.site // 5, groups.site * 3 // 5, groups.site])  # assembly, parts, materials

    def placed(whose: Ints, tier: Ints | int) -> Ints:
        """Sites of a tier for brands: mostly some of their own, sometimes one that very many share."""
        size = (tiers[1:] - tiers[:-1])[tier]
        own = (whose * 2_654_435_761 + chance.few(8, len(whose))) % size
        shared = (size * chance.few(1 << 30, len(whose), 5.0)) >> 30
        return tiers[tier] + np.where(chance.happens(0.05, len(whose)), shared, own)

    for kind, share, tier in ((Kind.MADE_AT, 0.17, 0), (Kind.COMPONENT_AT, 0.24, 1)):
        count = int(edges * share)
        at = chance.any(groups.line, count)
        sold = bought[at]
        how = chance.choice(range(4), (0.5, 0.3, 0.15, 0.05), count)
        scope = np.array([_CONTRACT, _MODEL, _BRAND, _MODEL])[how]
        columns.add(
            kind,
            model + sold,
            site + placed(brand_of[sold], tier),
            scope=scope,
            basis=np.array([_DISCLOSED, _PER_MODEL, _PRODUCT_LIST, _OBSERVED])[how],
            contract=np.where(scope == _CONTRACT, contract + of_line[at], NONE),
        )
    count = int(edges * 0.15)
    whose, tier_of = chance.few(groups.brand, count, 1.5), chance.choice([0, 1], [0.3, 0.7], count)
    near, far = placed(whose, tier_of), placed(whose, tier_of + 1)
    circle = chance.happens(0.01, count)
    near, far = np.where(circle, far, near), np.where(circle, near, far)
    weak = chance.happens(0.4, count)
    columns.add(
        Kind.SUPPLIED_BY,
        site + near,
        site + far,
        scope=np.where(weak, _COMPANY, _MODEL),
        basis=np.where(weak, _INFERRED, _PRODUCT_LIST),
    )
    count = int(edges * 0.06)
    listed = chance.few(groups.brand, count)
    columns.add(
        Kind.LISTED_AT,
        brand + listed,
        site + placed(listed, chance.any(2, count)),
        scope=_BRAND,
        basis=_LIST,
        of_brand=True,
    )
    count = int(edges * 0.06)
    named = chance.happens(0.2, count)
    columns.add(
        Kind.DECLARES_SMELTER,
        np.where(named, model + chance.few(groups.model, count), brand + chance.few(groups.brand, count)),
        smelter + chance.few(groups.smelter, count),
        scope=np.where(named, _MODEL, _COMPANY),
        basis=np.where(named, _PER_MODEL, _LIST),
        of_brand=~named,
        about=mineral + chance.few(groups.mineral, count),
    )
    count = int(edges * 0.02)
    columns.add(
        Kind.SOURCES_FROM,
        smelter + chance.few(groups.smelter, count),
        mine + chance.any(groups.mine, count),
        scope=_COMPANY,
        basis=chance.choice([_INFERRED, _OBSERVED], [0.7, 0.3], count),
        about=np.where(chance.happens(0.5, count), mineral + chance.few(groups.mineral, count), NONE),
    )
    twice = chance.any(groups.site, max(2, groups.site // 500))
    other = site + (twice + groups.site // 2) % groups.site
    columns.add(Kind.SAME_SITE, site + twice, other)
    columns.add(Kind.SAME_SITE, other, site + twice)
    return _told(groups, columns.joined(), brand_of, chance)


def _told(groups: Groups, edges: npt.NDArray[Any], brand_of: Ints, chance: _Chance) -> World:
    """The edges, told in records of many sizes, each for an audience and with a period; then the facts."""
    count = len(edges)
    kinds = edges["code"] & 0xF
    sizes = np.maximum(1, chance.few(400, count // 20 + 1, 3.0))
    record = np.repeat(np.arange(len(sizes)), sizes)[:count]
    if len(record) < count:
        record = np.append(record, len(sizes) + np.arange(count - len(record)) // 100)
    # a record is of one contract's lines, or of claims that happen to stand together
    place, same = chance.any(1 << 60, count), np.flatnonzero(kinds == Kind.SAME_SITE)
    place[same[len(same) // 2 :]] = place[same[: len(same) // 2]]  # one claim says it both ways
    order = np.lexsort((place, np.where(kinds == Kind.COVERS, edges["start"], NONE)))
    edges = edges[order]
    kinds = kinds[order]
    same = np.flatnonzero(kinds == Kind.SAME_SITE)
    record[same[1::2]] = record[same[::2]]
    records = int(record[-1]) + 1
    edges["record"] = record

    audiences = AudienceSets()
    orgs = [IRI(f"{BASE}org/{number:09}") for number in range(groups.org)]
    public, affiliates = audiences.number(frozenset({PUBLIC})), audiences.number(frozenset({AFFILIATES}))
    parties = np.array(
        [
            audiences.number(frozenset({STAFF, organization_graph(one), organization_graph(other)}))
            for one, other in zip(orgs, orgs[1:] + orgs[:1], strict=True)
        ]
    )
    seen_by = chance.choice([0, 1, 2], [0.4, 0.15, 0.45], records)
    of_party = parties[chance.any(groups.org, records)]
    of_record = np.where(seen_by == 0, public, np.where(seen_by == 1, affiliates, of_party))
    edges["audience"] = of_record[record]

    begins = chance.any(_LAST_DAY - _FIRST_DAY, records) + _FIRST_DAY
    received = (begins - _EPOCH_DAYS + chance.any(60, records)) * _DAY + chance.any(_DAY, records)
    dated = (kinds != Kind.COVERS) & (kinds < Kind.SAME_SITE)
    edges["valid_from"] = np.where(dated, (begins[record] - chance.any(300, count)), edges["valid_from"])
    ended = dated & chance.happens(0.25, count)
    edges["valid_to"] = np.where(ended, edges["valid_from"] + 365 + chance.any(1_500, count), edges["valid_to"])

    facts = _facts(groups, brand_of, chance, public)
    claims = Names(*_numbered("claim", np.arange(count), before=len(facts)))
    names = Names(*_numbered("record", np.arange(records)))
    revised = np.flatnonzero(chance.happens(0.2, records))
    enders = {
        names[int(one + 1) % records]: Ender(int(received[one]) + _DAY, int(of_record[one]), (names[int(one)],))
        for one in revised.tolist()
    }
    numbers = {name: number for number, name in enumerate(enders)}
    pairs = [(2 * int(one) + 1, numbers[names[int(one + 1) % records]]) for one in revised.tolist()]
    endings = Endings(enders)
    endings.end(pairs)
    made = tables(
        nodes=_nodes(groups),
        records=names,
        received=received,
        claims=claims,
        edges=np.concatenate([facts, edges]),
        endings=endings,
        audiences=audiences,
    )
    return World(groups, made)


def _facts(groups: Groups, brand_of: Ints, chance: _Chance, audience: int) -> npt.NDArray[Any]:
    """Whose brand each model is, who buys by each contract, and what each site is; everybody knows."""
    columns = _Columns()
    columns.add(Kind.BRAND, groups.first("model") + np.arange(groups.model), groups.first("brand") + brand_of)
    buyers = groups.first("org") + chance.few(groups.org, groups.contract, 1.5)
    columns.add(Kind.BUYER, groups.first("contract") + np.arange(groups.contract), buyers)
    for kind, (group, size) in enumerate((("site", groups.site), ("mine", groups.mine), ("smelter", groups.smelter))):
        columns.add(Kind.TYPE, groups.first(group) + np.arange(size), np.full(size, groups.first("kind") + kind))
    facts = columns.joined()
    facts["audience"] = audience
    return facts


def _nodes(groups: Groups) -> Names:
    numbered = zip(groups._fields[:-2], groups, strict=False)
    parts = [_numbered(name, np.arange(size)) for name, size in numbered] + [_texts(_MINERALS), _texts(_KINDS)]
    starts = [np.zeros(1, np.int64)]
    end = 0
    for content, places in parts:
        starts.append(places[1:] + end)
        end += len(content)
    return Names(np.concatenate([content for content, _ in parts]), np.concatenate(starts))


def _texts(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint8], Ints]:
    encoded = [text.encode() for text in texts]
    return np.frombuffer(b"".join(encoded), np.uint8), np.cumsum([0, *map(len, encoded)])


def _numbered(word: str, numbers: Ints, before: int = 0) -> tuple[npt.NDArray[np.uint8], Ints]:
    """The texts `<base>word/000000001` for the numbers, after some empty ones."""
    digits = 9
    head = np.frombuffer(f"{BASE}{word}/".encode(), np.uint8)
    content = np.empty((len(numbers), len(head) + digits), np.uint8)
    content[:, : len(head)] = head
    left = numbers.copy()
    for place in range(len(head) + digits - 1, len(head) - 1, -1):
        content[:, place] = left % 10 + ord("0")
        left //= 10
    starts = np.zeros(before + len(numbers) + 1, np.int64)
    starts[before:] = np.arange(len(numbers) + 1) * content.shape[1]
    return content.reshape(-1), starts


def lens_of(index: Index, chain: Sequence[IRI] = chain_of_staff()) -> Lens:
    """The index of a world as somebody sees it, staff by default."""
    return Lens(index, chain, NOW.date(), NOW)
