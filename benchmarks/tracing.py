"""The trace engine alone, in memory, beside a bare search, and beside others who search graphs."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.generate import BASE, NOW, World, generate, lens_of
from benchmarks.measure import median_s, table
from benchmarks.peers import PEERS
from benchmarks.plain import Asked, Plain
from ewgraph.graph.audience import AFFILIATES, NOBODY, chain_of_organization, chain_of_public, chain_of_staff
from ewgraph.graph.change import Change
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.index.files import IndexFolder, arrays
from ewgraph.index.holding import Holding
from ewgraph.index.index import Index
from ewgraph.index.lens import Lens
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Scope, Tier
from ewgraph.model.rdf import IRI, Quad, date_literal, datetime_literal
from ewgraph.model.window import Window

SIZES: Final = (1_000_000,)
PATIENCE: Final = 900
"""A peer gets so many seconds for loading, and so many for all its answers."""
_TIMES: Final = 15
_LOOKED_AT: Final = 10_000_000_000
"""So many sites are looked at to choose from, times the number of edges."""
_CLAIMS: Final = 1_000
_AFFILIATES: Final = 500
_LEAST: Final = (Scope.COMPANY, EvidenceBasis.INFERRED)
_SPARQL: Final = ("oxigraph", "virtuoso")

Times = Mapping[str, str | float]
"""By question what a peer took, in seconds, or why it did not answer."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A world, its index and what is asked of it.

    Attributes:
        edges: how many hops and facts it has.
        plain: the same for peers.
        asked: of each question its name and where it begins, there.
        nodes: the same by name.
    """

    edges: int
    plain: Plain
    index: Index
    asked: list[Asked]
    nodes: Mapping[str, IRI]


def run(sizes: Sequence[int] = SIZES, peers: Sequence[str] = tuple(PEERS)) -> str:
    """The tables: how it grows, and at each size the engine beside others."""
    growth, tables = [], []
    for size in sizes:
        bench, row = _built(size)
        growth.append(row)
        print(row, file=sys.stderr, flush=True)
        tables += [_questions(bench), _beside(bench, peers)]
    return "\n".join(
        [table(f"The trace index as it grows; a commit is of {_CLAIMS:,} claims", _GROWTH, growth), *tables]
    )


_GROWTH: Final = (
    *("edges", "nodes", "build s", "bytes an edge", "on disk MB", "ready s", "first answer ms"),
    *("resident MB", "own MB", "commit ms"),
)


def _built(size: int) -> tuple[Bench, list[object]]:
    """A world of a size with its index, and what that took."""
    world = generate(size)
    begin = time.perf_counter()
    holding = Holding(world.tables)
    build = time.perf_counter() - begin
    index = Index(GraphStore.in_memory(), holding)
    chosen = _chosen(world, lens_of(index))
    nodes = {asked.name: IRI(world.tables.nodes[asked.node]) for asked in chosen}
    bench = Bench(len(holding), Plain.of(world), index, chosen, nodes)
    memory = sum(array.nbytes for array in arrays(holding).values())
    with tempfile.TemporaryDirectory() as folder:
        IndexFolder(Path(folder)).write(holding, "")
        disk = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        program = [sys.executable, "-m", "benchmarks.opening", folder, nodes["hub"].value]
        subprocess.run(program, check=True, capture_output=True)  # so that the files are where the system keeps them
        told = json.loads(subprocess.run(program, check=True, capture_output=True).stdout)
    row = [
        len(holding),
        len(holding.nodes),
        f"{build:.1f}",
        round(memory / len(holding)),
        disk // 1_000_000,
        f"{told['ready']:.2f}",
        f"{told['first'] * 1e3:.0f}",
        told["resident"] - told["before"],
        told["own"],
        f"{_commit(index) * 1e3:.1f}",
    ]
    return bench, row


def _chosen(world: World, lens: Lens) -> list[Asked]:
    """A leaf, a middling site and a hub, by how many contracts touch them; and a contract that reaches some mines."""
    looked_at = min(1_000, _LOOKED_AT // len(world.tables.edges))

    def found(group: str, among: int, total: Callable[[IRI], int]) -> list[tuple[int, int]]:
        first, size = world.groups.first(group), getattr(world.groups, group)
        numbers = {*range(min(size, 10)), *np.linspace(0, size - 1, among, dtype=int).tolist()}
        counts = ((total(IRI(world.tables.nodes[first + number])), first + number) for number in numbers)
        return sorted(pair for pair in counts if pair[0])

    def mines(node: IRI) -> int:
        return lens.mineral_origins(node, None, [terms.Mine], *_LEAST, Window(0)).total

    sites = found("site", looked_at, lambda site: lens.contracts_touching(site, *_LEAST, Window(0)).total)
    contracts = found("contract", looked_at // 10, mines)
    chosen = {
        "leaf": min(sites, key=lambda pair: abs(pair[0] - 5)),
        "middling": min(sites, key=lambda pair: abs(pair[0] - 1_000)),
        "hub": sites[-1],
        "contract": contracts[len(contracts) // 2],
    }
    return [Asked(name, node, up=name == "contract") for name, (_, node) in chosen.items()]


def _commit(index: Index) -> float:
    """The median seconds in which an index takes in a record of so many claims."""
    taken = []
    for number in range(9):
        changes = _record(number)
        begin = time.perf_counter()
        with index.following(changes, ""):
            pass
        taken.append(time.perf_counter() - begin)
    return sorted(taken)[len(taken) // 2]


def _record(number: int) -> list[Change]:
    """What becomes of a new record: claims about known and new sites, for known models and a contract."""
    record = IRI(f"{BASE}new/record/{number}")
    contract = IRI(f"{BASE}contract/{number:09}")
    shown = frozenset({AFFILIATES})
    said = [(terms.RDF.type, terms.Disclosure), (terms.receivedAt, datetime_literal(NOW))]
    changes = [Change(record, (), (), NOBODY, shown, [Quad(record, *pair, record) for pair in said])]
    for place in range(_CLAIMS):
        claim = IRI(f"{BASE}new/claim/{number}/{place}")
        site = f"site/{place * 7 % 5_000:09}" if place % 4 else f"new/site/{number}/{place}"
        claimed: list[tuple[IRI, Any]] = [
            (terms.RDF.type, terms.SupplyClaim),
            (terms.assertedIn, record),
            (terms.output, IRI(f"{BASE}model/{place % 500:09}")),
            (terms.site, IRI(BASE + site)),
            (terms.tier, Tier.FINAL_ASSEMBLY.iri),
            (terms.scope, Scope.CONTRACT.iri),
            (terms.scopeContract, contract),
            (terms.evidenceBasis, EvidenceBasis.CONTRACT_DISCLOSURE.iri),
            (terms.validFrom, date_literal(NOW.date())),
        ]
        changes.append(Change(claim, (), (), NOBODY, shown, [Quad(claim, *pair, record) for pair in claimed]))
    return changes


def _questions(bench: Bench) -> str:
    """What each question takes by reader and node."""
    rows: list[list[object]] = []
    buyer = IRI(f"{BASE}org/000000001")
    chains = {
        "staff": chain_of_staff(),
        "affiliate": chain_of_organization(buyer, frozenset({buyer})),
        "public": chain_of_public(),
    }
    readers = {reader: lens_of(bench.index, chain) for reader, chain in chains.items()}
    for name in ("leaf", "middling", "hub"):
        for reader, lens in readers.items():
            ask = partial(lens.contracts_touching, bench.nodes[name], *_LEAST, Window(50))
            rows.append([f"contracts touching the {name}", reader, ask().total, _ms(median_s(ask, _TIMES))])
    staff = readers["staff"]
    for reader, lens in readers.items():
        ask = partial(lens.mineral_origins, bench.nodes["contract"], None, [terms.Mine], *_LEAST, Window(50))
        rows.append(["mines upstream of the contract", reader, ask().total, _ms(median_s(ask, _TIMES))])
    reached = staff.sites_touched_by(bench.nodes["contract"], None, *_LEAST, Window(1_000)).items
    for most in (1, 5, 50):
        ask = partial(staff.best_paths, bench.nodes["contract"], reached[-1].site, *_LEAST, most, 12)
        rows.append(
            [f"the {most} best paths to a site of the contract", "staff", ask().total, _ms(median_s(ask, _TIMES))]
        )
    affiliates = [IRI(f"{BASE}org/{number:09}") for number in range(_AFFILIATES)]
    for name in ("leaf", "middling", "hub"):
        count = partial(staff.links, bench.nodes[name], affiliates)
        bought = sum(map(len, count().purchases.values()))
        rows.append([f"leverage at the {name}", "staff", bought, _ms(median_s(count, 5))])
    return table(
        f"Questions at {bench.edges:,} edges, with the evidence of the first 50, milliseconds",
        ["question", "reader", "found", "ms"],
        rows,
    )


def _beside(bench: Bench, peers: Sequence[str]) -> str:
    """The same nodes for everybody: ours with all filters, theirs without any."""
    ours = {asked.name: median_s(_search(lens_of(bench.index), asked, bench), _TIMES) for asked in bench.asked}
    with tempfile.TemporaryDirectory() as folder:
        bench.plain.write(Path(folder), bench.asked)
        told = {name: _asked(name, Path(folder)) for name in peers}
    rows = [
        [
            asked.name,
            _ms(ours[asked.name]),
            *(_cell(told[name], asked.name) for name in peers),
            *_ratios(told, asked.name, ours),
        ]
        for asked in bench.asked
    ]
    loading = ["loading s", "", *(_cell(told[name], "load", 1.0) for name in peers), "", ""]
    head = ["from", "ewgraph", *peers, "ewgraph / bare", "best SPARQL / ewgraph"]
    return table(
        f"All that can be reached at {bench.edges:,} edges, milliseconds; only ewgraph filters", head, [*rows, loading]
    )


def _search(lens: Lens, asked: Asked, bench: Bench) -> Any:
    node = bench.nodes[asked.name]
    if asked.up:
        return partial(lens.sites_touched_by, node, None, *_LEAST, Window(0))
    return partial(lens.contracts_touching, node, *_LEAST, Window(0))


def _asked(name: str, folder: Path) -> Times:
    """What a peer says, and why it says no more."""
    told: dict[str, str | float] = {}
    program = [sys.executable, "-m", "benchmarks.peers", name, str(folder)]
    try:
        done = subprocess.run(program, capture_output=True, text=True, timeout=2 * PATIENCE, check=False)
        lines, why = done.stdout, "failed" if done.returncode else ""
        if why:
            print(f"{name}: {done.stderr[-2000:]}", file=sys.stderr)
    except subprocess.TimeoutExpired as error:
        lines, why = error.stdout.decode() if isinstance(error.stdout, bytes) else error.stdout or "", "no end"
    for line in map(json.loads, lines.splitlines()):
        if "load" in line:
            told["load"] = line["load"]
        else:
            told[line["name"]] = line.get("seconds", "refuses")
    told["end"] = why
    print(name, told, file=sys.stderr, flush=True)
    return told


def _cell(told: Times, name: str, scale: float = 1e3) -> str:
    value = told.get(name, told["end"])
    return value if isinstance(value, str) else f"{value * scale:.3g}"


def _ratios(told: Mapping[str, Times], name: str, ours: Mapping[str, float]) -> Iterable[str]:
    bare = told.get("bare", {}).get(name)
    yield f"{ours[name] / bare:.1f}" if isinstance(bare, float) else ""
    best = min((value for peer in _SPARQL if isinstance(value := told.get(peer, {}).get(name), float)), default=None)
    yield f"{best / ours[name]:.0f}" if best else ""


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.3g}"
