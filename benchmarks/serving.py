"""`contractsTouching` over HTTP, beside a Starlette route that returns the same bytes as a constant."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import httpx2

from benchmarks.measure import table
from ewgraph.assets import asset

CLIENTS: Final = (1, 16)
_NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})
SECONDS: Final = 5
SITE: Final = "https://data.example.org/id/site/northbridge-assembly"
DOCUMENT: Final = """query ($site: ID!) { contractsTouching(site: $site) { totalCount edges { node {
  contract { id label } scope basis possible lastConfirmed
  path { kind from { id } to { id } claim { id } record { id label receivedAt } validFrom validTo }
} } provenance { querySha256 graphDigest } } }"""
_CONSTANT: Final = """
import sys, uvicorn
from pathlib import Path
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
content = Path(sys.argv[1]).read_bytes()
async def answer(request):
    await request.body()
    return Response(content, media_type="application/json")
app = Starlette(routes=[Route("/graphql", answer, methods=["POST"])])
class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print("ready at http://127.0.0.1:%d/" % self.servers[0].sockets[0].getsockname()[1], flush=True)
Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, server_header=False)).run()
"""


def run() -> str:
    """The table."""
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = [sys.executable, "-m", "ewgraph", "--data", str(folder / "data")]
        files = [str(asset("data") / part) for part in ("reference", "example")]
        subprocess.run([*program, "load", *files], check=True, capture_output=True)
        key = subprocess.run([*program, "key", "add", "--staff"], check=True, capture_output=True, text=True).stdout
        with serving([*program, "serve", "--port", "0"]) as address:
            answer = ask(address, key.strip(), folder)
            ours = {clients: measured(address, folder, clients) for clients in CLIENTS}
        (folder / "answer").write_bytes(answer)
        with serving([sys.executable, "-c", _CONSTANT, str(folder / "answer")]) as address:
            ask(address, key.strip(), folder)
            theirs = {clients: measured(address, folder, clients) for clients in CLIENTS}
    for clients in CLIENTS:
        for who, told in (("ewgraph", ours[clients]), ("constant", theirs[clients])):
            numbers = [f"{told['p50'] * 1e3:.2f}", f"{told['p99'] * 1e3:.2f}", f"{told['rps']:.0f}"]
            rows.append([clients, who, *numbers, f"{theirs[clients]['rps'] / told['rps']:.1f}"])
    title = f"`contractsTouching` with {len(answer):,} bytes of evidence over HTTP, beside the same bytes as a constant"
    return table(title, ["clients", "", "p50 ms", "p99 ms", "requests a second", "constant / this"], rows)


@contextmanager
def serving(program: list[str], log: Path | None = None, settings: Mapping[str, str] = _NO_SETTINGS) -> Iterator[str]:
    """The address of a server that says it on its first line; what it logs goes to the file."""
    environment = {**os.environ, **settings}
    with (
        open(log or os.devnull, "w") as err,  # noqa: PTH123  # one of the two is no path of ours
        subprocess.Popen(program, stdout=subprocess.PIPE, stderr=err, env=environment, text=True) as server,
    ):
        try:
            assert server.stdout is not None  # noqa: S101  # it is a pipe
            yield server.stdout.readline().split()[-1]
        finally:
            os.kill(server.pid, signal.SIGTERM)


def ask(address: str, key: str, folder: Path) -> bytes:
    """Ask once, and write the request for those who ask it again."""
    body = json.dumps({"query": DOCUMENT, "variables": {"site": SITE}}).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    answer = httpx2.post(f"{address}graphql", content=body, headers=headers)
    answer.raise_for_status()
    if "errors" in answer.json():
        raise RuntimeError(answer.text)
    told = {"Host": urlsplit(address).netloc, **headers, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    (folder / "request").write_bytes(f"POST /graphql HTTP/1.1\r\n{head}\r\n".encode() + body)
    return answer.content


def measured(address: str, folder: Path, clients: int, seconds: int = SECONDS) -> dict[str, float]:
    """What so many clients see, after a second that does not count."""
    where = urlsplit(address)
    program = [
        sys.executable,
        "-m",
        "benchmarks.clients",
        str(where.hostname),
        str(where.port),
        str(folder / "request"),
    ]
    for each in (1, seconds):
        done = subprocess.run([*program, str(clients), str(each)], check=True, capture_output=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]
