"""A server as it is really started, over a data directory with the worked example."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import OPERATOR, Keyring, Ledger
from tests.conftest import PREFIXES, by_record, draft
from tests.protocol.world import WORLD

UNI_A = "https://data.example.org/id/uni-a"
SECONDS = 2


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def json(self) -> object:
        return json.loads(self.content)


@dataclass
class Server:
    address: str
    process: subprocess.Popen[str]
    data: Path
    keys: dict[str, str] = field(default_factory=dict)

    def request(
        self,
        path: str,
        *,
        reader: str | None = None,
        accept: str | None = None,
        body: bytes | None = None,
        method: str | None = None,
        **headers: str,
    ) -> Reply:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if reader is not None:
            sent["Authorization"] = f"Bearer {self.keys.get(reader, reader)}"
        sent["Accept"] = accept or "*/*"
        request = urllib.request.Request(self.address + path.removeprefix("/"), body, sent, method=method)  # noqa: S310  # our own server
        try:
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
                return Reply(response.status, {k.lower(): v for k, v in response.headers.items()}, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())

    def sparql(self, query: str, *, reader: str | None = None, accept: str = "text/csv", **more: str) -> Reply:
        parameters = [("query", query), *((name.replace("_", "-"), value) for name, value in more.items())]
        return self.request("/sparql?" + urllib.parse.urlencode(parameters), reader=reader, accept=accept)

    def rows(self, query: str, *, reader: str | None = None) -> list[str]:
        reply = self.sparql(query, reader=reader)
        assert reply.status == 200, reply.text
        return reply.text.splitlines()[1:]


def append(ledger: Ledger, text: str) -> None:
    source = ledger.keep_source("test.trig", text.encode())
    ledger.append([draft(quads, source, OPERATOR) for quads in by_record(PREFIXES + text)])


@contextmanager
def serving(data: Path, keys: dict[str, str], log: IO[str] | None = None, **settings: str) -> Iterator[Server]:
    """A server over the data directory, with settings as variables; ended with SIGTERM."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EWGRAPH_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "ewgraph", "serve", "--data", str(data), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=log,
        env={**environment, "EWGRAPH_BASE": "https://data.example.org/", **settings},
        text=True,
    )
    assert process.stdout is not None
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    line = process.stdout.readline()
    watchdog.cancel()
    assert line.startswith("ewgraph is ready at http://127.0.0.1:"), line
    try:
        yield Server(line.split()[-1], process, data, keys)
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("server") / "data"
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    keyring = Keyring(ledger, SystemClock())
    keys = {"staff": keyring.add("staff"), "uni-a": keyring.add(UNI_A)}
    keys["revoked"] = keyring.add("staff")
    keyring.revoke(keyring.list()[-1].id)
    ledger.close()
    settings = {
        "EWGRAPH_QUERY_SECONDS": str(SECONDS),
        "EWGRAPH_QUERY_WORKERS": "1",
        "EWGRAPH_RESULT_MEGABYTES": "1",
        "EWGRAPH_REQUEST_MEGABYTES": "1",
        "EWGRAPH_REQUESTS_PER_SECOND": "0",
        "EWGRAPH_WRONG_CREDENTIALS_PER_MINUTE": "0",
    }
    with serving(data, keys, **settings) as started:
        yield started
