"""A stored question over HTTP: in some formats, in part, once more, and by its permalink before and after a record."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2

from benchmarks.measure import median_s, table
from benchmarks.records import disclosures

SIZES = (50, 800)
QUESTION = "/queries/sites-of-model?model=https://data.example.org/id/bench/M0"
LATER = """
<https://data.example.org/id/later> {
  <https://data.example.org/id/later> a <https://w3id.org/ewgraph/ns#SupplierListEdition> ;
    <http://www.w3.org/ns/prov#wasAttributedTo> <https://data.example.org/id/bench/brand> ;
    <https://w3id.org/ewgraph/ns#visibility> <https://w3id.org/ewgraph/kos/visibility/public> ;
    <https://w3id.org/ewgraph/ns#receivedAt> "2020-01-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
}
"""


def run() -> str:
    """The table."""
    return table(
        "One stored question over HTTP, milliseconds (median of 20)",
        ["records", "CSV", "workbook", "Parquet", "part of 10", "304", "permalink", "the same later, first", "then"],
        [_row(size) for size in SIZES],
    )


def _row(size: int) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        path, later, data = Path(folder) / "records.trig", Path(folder) / "later.trig", Path(folder) / "data"
        path.write_text(disclosures(size).replace("vis:affiliates", "vis:public"), encoding="utf-8")
        later.write_text(LATER, encoding="utf-8")
        program = [sys.executable, "-m", "ewgraph", "--data", str(data)]
        subprocess.run([*program, "load", str(path)], check=True, capture_output=True)
        serving = [*program, "serve", "--port", "0"]
        with subprocess.Popen(serving, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            try:
                assert server.stdout is not None  # noqa: S101  # it is a pipe
                with httpx2.Client(base_url=server.stdout.readline().split()[-1], timeout=120) as client:
                    times = _times(client, [*program, "load", str(later)])
            finally:
                os.kill(server.pid, signal.SIGTERM)
    return [size, *(f"{each * 1e3:.1f}" for each in times)]


def _times(client: httpx2.Client, load: list[str]) -> list[float]:
    first = client.get(f"{QUESTION}&format=csv").raise_for_status()
    tag, link = first.headers["etag"], first.headers["x-cite-as"].partition("/queries")[2]
    asked = [f"{QUESTION}&format={name}" for name in ("csv", "xlsx", "parquet")] + [f"{QUESTION}&format=csv&limit=10"]
    times = [median_s(lambda address=address: client.get(address).raise_for_status(), 20) for address in asked]  # type: ignore[misc]
    times.append(median_s(lambda: client.get(f"{QUESTION}&format=csv", headers={"If-None-Match": tag}), 20))
    permalink = f"/queries{link}&format=csv"
    times.append(median_s(lambda: client.get(permalink).raise_for_status(), 20))
    subprocess.run(load, check=True, capture_output=True)
    time.sleep(3)  # the service follows within two seconds
    then = link.partition("&result=")[0].join(("/queries", "&format=csv"))
    started = time.perf_counter()
    client.get(then).raise_for_status()
    return [*times, time.perf_counter() - started, median_s(lambda: client.get(then).raise_for_status(), 20)]
