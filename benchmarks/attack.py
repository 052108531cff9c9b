"""`contractsTouching` over HTTP while hostile clients ask what never ends; and how soon what is committed shows.

The hostile ones come as the public and as members, each with a key of its own; who measures is another member.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx2

from benchmarks.measure import table
from benchmarks.serving import ask, measured, serving
from ewgraph.assets import asset
from ewgraph.clock import SystemClock
from ewgraph.ledger import OPERATOR, Draft, Ledger
from ewgraph.model import terms
from ewgraph.model.rdf import RdfFormat, canonical_nquads, iri, parse

CLIENTS: Final = (0, 4, 16, 64)
SECONDS: Final = 15
QUERY_SECONDS: Final = 2
MEMBERS: Final = 3
_EVERY_S: Final = 0.5
_RECORD: Final = """
@prefix ew: <https://w3id.org/ewgraph/ns#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://data.example.org/id/record/NAME> {
  <https://data.example.org/id/record/NAME> a ew:SupplierListEdition ;
    ew:receivedAt "2026-01-01T00:00:00Z"^^xsd:dateTime ;
    prov:wasAttributedTo <https://data.example.org/id/brand/NAME> ;
    ew:visibility <https://w3id.org/ewgraph/kos/visibility/public> .
  <https://data.example.org/id/brand/NAME> a ew:Organization ; rdfs:label "Brand NAME" . }
"""


def run() -> str:
    """The tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, log = folder / "data", folder / "log"
        program = [sys.executable, "-m", "ewgraph", "--data", str(data)]
        files = [str(asset("data") / part) for part in ("reference", "example")]
        subprocess.run([*program, "load", *files], check=True, capture_output=True)
        keys = [_key(program, "--staff")]
        keys += [_key(program, "--org", f"https://data.example.org/id/hostile-{n}") for n in range(MEMBERS)]
        settings = {"EWGRAPH_QUERY_SECONDS": str(QUERY_SECONDS)}
        with serving([*program, "serve", "--port", "0"], log, settings) as address:
            ask(address, keys[0], folder)
            rows = [_row(address, folder, log, keys, clients) for clients in CLIENTS]
    rest = float(rows[0][2])
    columns = ["hostile clients", "p50 ms", "p99 ms", "p99 / rest", "refused and stopped"]
    columns += ["workers killed", "next answer ms", "shown after s, median", "most"]
    told = [[*row[:3], f"{float(row[2]) / rest:.1f}", *row[3:]] for row in rows]
    return table("`contractsTouching` while hostile clients ask what never ends, by default limits", columns, told)


def _key(program: Sequence[str], *whose: str) -> str:
    done = subprocess.run([*program, "key", "add", *whose], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _row(address: str, folder: Path, log: Path, keys: Sequence[str], clients: int) -> list[object]:
    """What the measuring client sees while so many attack: first nothing else, then with a record every half second."""
    lines = len(log.read_text().splitlines())
    with _attacked(address, clients, keys[1:]) as seen:
        time.sleep(1)
        told = measured(address, folder, 1, SECONDS)
        shown_s = _shown(address, folder / "data" / "ledger.sqlite", keys[0], str(clients))
    began = time.perf_counter()
    _sparql(address, keys[0], "ASK {}")
    next_ms = (time.perf_counter() - began) * 1e3
    events = [json.loads(line) for line in log.read_text().splitlines()[lines:] if line.startswith("{")]
    killed = Counter(event["reason"] for event in events if event["event"] == "worker_killed")
    limits = Counter[str]()
    for kind, number in seen.items():
        limits[kind.partition(": ")[2]] += number
    print(clients, dict(seen), file=sys.stderr)
    return [
        clients,
        f"{told['p50'] * 1e3:.2f}",
        f"{told['p99'] * 1e3:.2f}",
        _listed(limits),
        _listed(killed),
        f"{next_ms:.0f}",
        f"{sorted(shown_s)[len(shown_s) // 2]:.2f}",
        f"{max(shown_s):.2f}",
    ]


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.most_common())


@contextmanager
def _attacked(address: str, clients: int, keys: Sequence[str]) -> Iterator[Counter[str]]:
    """So many clients attack meanwhile; afterwards it is told how they were answered."""
    seen = Counter[str]()
    if not clients:
        yield seen
        return
    where = urlsplit(address)
    arguments = [str(where.hostname), str(where.port), str(clients), str(2 * SECONDS + 6), *keys]
    program = [sys.executable, "-m", "benchmarks.hostile", *arguments]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        yield seen
        seen.update(json.loads(process.communicate()[0]))


def _shown(address: str, path: Path, key: str, prefix: str) -> list[float]:
    """The seconds from the commit of each record until a free query finds it, while one comes after the other."""
    ledger = Ledger(path, SystemClock())
    committed: dict[str, float] = {}
    until = time.perf_counter() + SECONDS

    def append() -> None:
        number = 0
        while time.perf_counter() < until:
            name = f"{prefix}-{number}"
            quads = list(parse(_RECORD.replace("NAME", name), format=RdfFormat.TRIG))
            source = ledger.keep_source(f"{name}.trig", name.encode())
            record, received = iri(f"https://data.example.org/id/record/{name}"), "2026-01-01T00:00:00Z"
            draft = Draft(record, terms.SupplierListEdition, canonical_nquads(quads), source, OPERATOR, received)
            ledger.append([draft])
            committed[name] = time.perf_counter()
            number += 1
            time.sleep(_EVERY_S)

    writer = threading.Thread(target=append)
    writer.start()
    query = 'SELECT ?o { ?o a <https://w3id.org/ewgraph/ns#Organization> FILTER(CONTAINS(STR(?o), "/brand/PREFIX-")) }'
    shown: dict[str, float] = {}
    while writer.is_alive() or len(shown) < len(committed):
        asked = time.perf_counter()  # what an answer shows, it showed already to a question of that moment
        for line in _sparql(address, key, query.replace("PREFIX", prefix)).split()[1:]:
            shown.setdefault(line.rpartition("/")[2], asked)
        if time.perf_counter() > until + 30:
            raise RuntimeError(f"{len(committed) - len(shown)} of {len(committed)} records never showed")
        time.sleep(0.05)
    writer.join()
    ledger.close()
    return [max(0.0, shown[name] - at) for name, at in committed.items()]


def _sparql(address: str, key: str, query: str) -> str:
    headers = {"Authorization": f"Bearer {key}", "Accept": "text/csv, application/sparql-results+json;q=0.5"}
    while True:
        answer = httpx2.get(f"{address}sparql", params={"query": query}, headers=headers, timeout=60)
        if answer.status_code != httpx2.codes.SERVICE_UNAVAILABLE:
            return answer.raise_for_status().text
