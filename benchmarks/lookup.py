"""One entity through GraphQL over HTTP, and the headline question, beside a bare query of the same store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx2
from pyoxigraph import Store

from benchmarks.measure import median_s, table
from benchmarks.records import disclosures

SIZES = (50, 200, 800)
SITE = "https://data.example.org/id/bench/F0"
LOOKUP = "query ($id: ID!) { site(id: $id) { id label } }"
TOUCHING = "query ($id: ID!) { contractsTouching(site: $id) { totalCount } }"
BARE = f"SELECT ?label WHERE {{ <{SITE}> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"


def run() -> str:
    """The table."""
    return table(
        "One site, milliseconds (median of 200)",
        ["records", "GraphQL site", "contractsTouching", "bare Store.query", "ratio site / bare"],
        [_row(size) for size in SIZES],
    )


def _row(size: int) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        path, data = Path(folder) / "records.trig", Path(folder) / "data"
        path.write_text(disclosures(size).replace("vis:affiliates", "vis:public"), encoding="utf-8")
        program = [sys.executable, "-m", "ewgraph", "--data", str(data)]
        subprocess.run([*program, "load", str(path)], check=True, capture_output=True)
        serving = [*program, "serve", "--port", "0"]
        with subprocess.Popen(serving, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            try:
                assert server.stdout is not None  # noqa: S101  # it is a pipe
                address = server.stdout.readline().split()[-1]
                with httpx2.Client(base_url=address) as client:
                    site = median_s(lambda: _ask(client, LOOKUP), 200)
                    touching = median_s(lambda: _ask(client, TOUCHING), 200)
            finally:
                os.kill(server.pid, signal.SIGTERM)
        store = Store(str(data / "graph"))
        public = [name for name in store.named_graphs() if str(name.value).endswith("audience/public")]
        bare = median_s(lambda: list(store.query(BARE, default_graph=public, named_graphs=public)), 200)
    return [size, f"{site * 1e3:.2f}", f"{touching * 1e3:.2f}", f"{bare * 1e3:.3f}", f"{site / bare:.0f}"]


def _ask(client: httpx2.Client, document: str) -> None:
    answer = client.post("/graphql", json={"query": document, "variables": {"id": SITE}})
    answer.raise_for_status()
    if "errors" in answer.json():
        raise RuntimeError(answer.text)
