"""How stored queries and lists grow: the example world once, four times and sixteen times over, in processor seconds.

Everything is asked as staff and as one affiliate: each stored query that is one query, without its optional parameters
and with each of them alone; each list, with each parameter and in each order. In a world four times as large, what is
asked of all of it should cost about four times as much. The peer is plain pyoxigraph, reading each claim and its
record once.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from benchmarks.enlarged import BASE, enlarge
from benchmarks.measure import table
from ewgraph.access import STAFF_READER, View, organization
from ewgraph.assets import asset
from ewgraph.catalogue import Ask, Catalogue, Kind, ListQuery, Span, StoredQuery
from ewgraph.catalogue.lists import load_lists
from ewgraph.graph.audience import PUBLIC
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad, Term, date_literal, datetime_literal
from ewgraph.web.workspace import Workspace

SIZES: Final = (1, 4, 16)
SITES: Final = 100_000
_VALID_AT, _KNOWN_AT = dt.date(2026, 11, 20), dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
_READERS: Final = {"staff": STAFF_READER, "affiliate": organization(IRI(f"{BASE}aldermoor"))}
_KOS: Final = "https://w3id.org/ewgraph/kos/"
_LEAST_MS: Final = 10
"""Of what takes less in the world that is a quarter of the size, the ratio says little."""
_PEER: Final = """PREFIX ew: <https://w3id.org/ewgraph/ns#>
SELECT (MAX(?at) AS ?last) WHERE { ?claim ew:assertedIn ?record . ?record ew:receivedAt ?at }"""
_PAGE: Final = 51

GIVEN: Final[Mapping[str, str]] = {
    **dict.fromkeys(("contract", "start"), f"{BASE}contract/aldermoor-laptops-2024"),
    **dict.fromkeys(("site", "about"), f"{BASE}site/northbridge-assembly"),
    **dict.fromkeys(("buyer", "affiliate"), f"{BASE}aldermoor"),
    **dict.fromkeys(("contractor", "declarant", "attributedTo", "by"), f"{BASE}hollowell"),
    **dict.fromkeys(("finding", "verified"), f"{BASE}claim/finding-northbridge-union"),
    **dict.fromkeys(("topic", "attribute"), f"{_KOS}observation-topic/child-labour"),
    **dict.fromkeys(("mineral", "commodity"), f"{_KOS}mineral/tin"),
    **dict.fromkeys(("brand", "organization", "operator"), f"{BASE}velmora"),
    "model": f"{BASE}model/velmora-slate-14",
    "mine": f"{BASE}site/cerro-vellado",
    "plan": f"{BASE}claim/plan-northbridge-union",
    "in": f"{BASE}record/mine-visits-2022",
    "provision": f"{_KOS}provision/ew-code-1/freedom-of-association",
    "type": f"{_KOS}obligation-type/component-sites",
    "severity": f"{_KOS}severity/rba/major",
    "status": f"{_KOS}breach-status/confirmed",
    "stage": f"{_KOS}stage/component",
    "country": "http://publications.europa.eu/resource/authority/country/MYS",
    "category": "http://data.europa.eu/cpv/cpv/30213100",
    "broader": "http://data.europa.eu/cpv/cpv/30213000",
    "clauses": f"{BASE}clauses/example-conditions-2",
    "what": f"{BASE}clauses/example-conditions-2",
    "scheme": "gtin",
    "identifier": "2900040000375",
    "system": "example",
    "text": "north",
    "share": "0.25",
    "least": "3",
    "since": "2026-01-01T00:00:00Z",
    "until": "2026-01-01T00:00:00Z",
    "dueBy": "2026-12-31",
    "dueBefore": "2026-01-01",
    "endsBy": "2027-12-31",
    "from": "2025-01-01",
    "to": "2025-01-01",
    "metres": "50000",
}
"""What the parameters are given; `_ELSEWHERE` where a list means something else by a name."""
_KINDS: Final = {"sites": terms.Factory, "activities": terms.CorrectiveAction, "claims": terms.SupplyClaim}
_ELSEWHERE: Final[Mapping[tuple[str, str], str]] = {
    ("findings", "type"): f"{_KOS}finding-type/excessive-hours",
    ("concepts", "scheme"): f"{_KOS}mineral",
    ("concepts", "class"): terms.Provision.value,
    ("sites", "point"): "POINT(100.269 5.322)",
}


class Asked(NamedTuple):
    """What is asked, and how: it gives the number of rows."""

    name: str
    ask: Callable[[View], int]


class Cost(NamedTuple):
    """The processor milliseconds of an answer, and its rows."""

    ms: float
    rows: int


def run() -> str:
    """The tables."""
    costs: dict[str, list[Cost]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder, enlarge(Path(folder) / "data", size) as here:
            here.store.checkpoint(Path(folder) / "checkpoint")
            for name, cost in _costs(here, GraphStore.read_only(Path(folder) / "checkpoint")):
                costs.setdefault(name, []).append(cost)
    return "\n".join([_growth(costs), _slowest(costs), _texts()])


def _growth(costs: Mapping[str, Sequence[Cost]]) -> str:
    rows = []
    for what in ("query", "list", "peer"):
        kept = {name: row for name, row in costs.items() if name.startswith(what)}
        for at in range(1, len(SIZES)):
            ratios = {
                name: row[at].ms / row[at - 1].ms
                for name, row in kept.items()
                if row[at - 1].ms >= _LEAST_MS or what == "peer"
            }
            if ratios:
                worst = max(ratios, key=lambda name: ratios[name])
                steps = f"{SIZES[at - 1]} to {SIZES[at]}"
                middle, most = median(ratios.values()), ratios[worst]
                rows.append([what, len(kept), steps, len(ratios), f"{middle:.1f}", f"{most:.1f}", worst])
    columns = ["what", "asked", "world", f"of {_LEAST_MS} ms or more", "median ratio", "greatest", "which"]
    return table("How answers grow with the world, processor time in ratios", columns, rows)


def _slowest(costs: Mapping[str, Sequence[Cost]]) -> str:
    by_cost = sorted(costs.items(), key=lambda item: -item[1][-1].ms)[:12]
    rows = [[name, *(f"{cost.ms:.0f}" for cost in row), *(cost.rows for cost in row)] for name, row in by_cost]
    sizes = [*(f"{size} times, ms" for size in SIZES), *(f"rows, {size}" for size in SIZES)]
    return table("The dearest of them", ["asked", *sizes], rows)


def _costs(here: Workspace, store: GraphStore) -> Iterator[tuple[str, Cost]]:
    """What everything costs over a checkpoint, as the query workers read it."""
    asked = [*_queries(here.catalogue), *_listed()]
    for reader, principal in _READERS.items():
        view = here.gate.view(principal, valid_at=_VALID_AT, known_at=_KNOWN_AT).by_definition(store)
        for name, ask in asked:
            yield f"{name}, {reader}", _cost(lambda ask=ask, view=view: ask(view))  # type: ignore[misc]
        yield (
            f"peer: every claim once, {reader}",
            _cost(
                lambda view=view: len(store.select(_PEER, view.graphs, {})[1])  # type: ignore[misc]
            ),
        )


def _cost(ask: Callable[[], int]) -> Cost:
    """What is soon done is done three times, of which the least counts: the first reads from the disk."""
    taken, rows = list[float](), 0
    while not taken or (len(taken) < 3 and sum(taken) < 1):
        start = time.process_time()
        rows = ask()
        taken.append(time.process_time() - start)
    return Cost(min(taken) * 1e3, rows)


def _queries(catalogue: Catalogue) -> Iterator[Asked]:
    for query in catalogue:
        if query.closed_by is None:
            needed = {slot.name: GIVEN[slot.name] for slot in query.parameters if not slot.optional}
            free = [slot.name for slot in query.parameters if slot.optional and slot.name in GIVEN]
            for name in ("", *free):
                values = needed | ({name: GIVEN[name]} if name else {})
                yield Asked(f"query {query.id}{f' by {name}' if name else ''}", partial(_selected, query, values))


def _selected(query: StoredQuery, values: Mapping[str, str], view: View) -> int:
    return len(view.select(query, query.bindings(values)))


def _listed() -> Iterator[Asked]:
    for listed in load_lists(asset("queries") / "lists").values():
        needed = {
            name: term
            for name, term in (("validAt", date_literal(_VALID_AT)), ("knownAt", datetime_literal(_KNOWN_AT)))
            if name in listed.required
        }
        for name in ("", *(name for name in listed.parameters if name not in needed)):
            given = needed | (_given(listed, name) if name else {})
            yield _page(f"list {listed.id}{f' by {name}' if name else ''}", listed, given, Span(_PAGE, "IRI"))
        for order in listed.orders:
            yield _page(f"list {listed.id} in order {order}", listed, needed, Span(_PAGE, order))


def _given(listed: ListQuery, name: str) -> dict[str, Term]:
    """A parameter of a list with its value; a circle has two."""
    if name in {"point", "metres"}:
        return {"point": Literal(_ELSEWHERE["sites", "point"]), "metres": Kind.DECIMAL.parse(GIVEN["metres"])}
    kind = listed.parameters[name]
    if kind is Kind.BOOLEAN:
        return {name: kind.parse("true")}
    if name == "knownAt":
        return {name: datetime_literal(_KNOWN_AT)}
    if name == "kind":
        return {name: _KINDS.get(listed.id, terms.Disclosure)}
    return {name: kind.parse(_ELSEWHERE.get((listed.id, name), GIVEN.get(name, "")))}


def _page(name: str, listed: ListQuery, given: Mapping[str, Term], span: Span) -> Asked:
    ask = Ask(listed, tuple((one, (term,)) for one, term in given.items()), span)
    return Asked(name, lambda view: len(view.listed([ask])[0][0]))


# ── a text in a list ──

_LABELS: Final = """SELECT DISTINCT ?s { ?s a <https://w3id.org/ewgraph/ns#Site> ;
  <http://www.w3.org/2000/01/rdf-schema#label> ?n FILTER(CONTAINS(LCASE(STR(?n)), "4711")) } ORDER BY ?s LIMIT 51"""


def _texts() -> str:
    """Sites whose name or identifier holds a text, as the list asks for them, beside one pattern over the labels."""
    rows = []
    for size in (SITES // 10, SITES):
        store = GraphStore.in_memory()
        store.change(list(_sites(size)))
        listed = load_lists(asset("queries") / "lists")["sites"]
        for label, given in {
            "a text": {"text": "4711"},
            "a text in a country": {"text": "4711", "country": f"{_COUNTRIES}C7"},
        }.items():
            terms_given = {name: listed.parameters[name].parse(text) for name, text in given.items()}
            span = Span(_PAGE, "IRI")
            text = f"{listed.prefixes}\n{listed.page({name: [term] for name, term in terms_given.items()}, span, 0)}"
            ours = _cost(lambda text=text, store=store: len(store.select(text, [PUBLIC], {})[1]))  # type: ignore[misc]
            peer = _cost(lambda store=store: len(store.select(_LABELS, [PUBLIC], {})[1]))  # type: ignore[misc]
            rows.append([f"{size:,}", label, ours.rows, f"{ours.ms:.0f}", f"{peer.ms:.0f}", f"{ours.ms / peer.ms:.1f}"])
    columns = ["sites", "asked for", "rows", "the list, ms", "labels alone, ms", "ratio"]
    return table("A text in the list of sites, processor milliseconds", columns, rows)


_COUNTRIES: Final = "http://publications.europa.eu/resource/authority/country/"


def _sites(size: int) -> Iterator[Quad]:
    """Sites with names in turn, each tenth with an identifier."""
    for number in range(size):
        site = IRI(f"{BASE}site/growth-{number}")
        yield Quad(site, terms.RDF.type, terms.Site, PUBLIC)
        yield Quad(site, terms.RDFS.label, Literal(f"Growth Works {number} of the benchmark"), PUBLIC)
        yield Quad(site, terms.country, IRI(f"{_COUNTRIES}C{number % 50}"), PUBLIC)
        if number % 10 == 0:
            held = IRI(f"{BASE}site/growth-{number}/identifier")
            yield Quad(site, terms.ADMS.identifier, held, PUBLIC)
            yield Quad(held, terms.SKOS.notation, Literal(f"ID{number:09}"), PUBLIC)
