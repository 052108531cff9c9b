"""OpenRefine itself, where it is installed (Debian's package `openrefine`): a table is reconciled and extended."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger
from tests.api.reconciliation.conftest import THINGS
from tests.graph.worlds import AFFILIATIONS
from tests.protocol.conftest import append, serving

PROGRAM = shutil.which("openrefine")
SECONDS = 120
TABLE = """name,country,cid
Malaysia Smelting Corp,Malaysia,CID001105
Yunnan Tin Company,CN,
Malaysia Smelting Corporation,,
Nobody at all,,
Hidden Hollow Works,,
"""
ROWS = json.dumps({"facets": [], "mode": "row-based"})
BOUNDARY = "a-boundary-of-parts"

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="OpenRefine is not installed")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Refine:
    """A running OpenRefine."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/command/core/"

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                self.get("get-version")
                return
            time.sleep(0.5)
        pytest.fail(f"OpenRefine did not begin within {SECONDS} s")

    def get(self, command: str, **asked: str) -> Any:
        with urllib.request.urlopen(self.address + command + "?" + urllib.parse.urlencode(asked), timeout=60) as found:  # noqa: S310
            return json.load(found)

    def do(self, command: str, project: str, **form: str) -> Any:
        """Do something to a project, and wait until it is done."""
        form["csrf_token"] = self.get("get-csrf-token")["token"]
        address = f"{self.address}{command}?project={project}"
        with urllib.request.urlopen(address, urllib.parse.urlencode(form).encode(), timeout=60) as found:  # noqa: S310
            answer = json.load(found)
        until = time.monotonic() + SECONDS
        while self.get("get-processes", project=project)["processes"] and time.monotonic() < until:
            time.sleep(0.2)
        return answer

    def project(self, table: str) -> str:
        """A new project of a table."""
        parts = {"project-name": "test", "format": "text/line-based/*sv", "options": json.dumps({"separator": ","})}
        body = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in parts.items()
        )
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="project-file"; filename="t.csv"\r\n'
        body += f"Content-Type: text/csv\r\n\r\n{table}\r\n--{BOUNDARY}--\r\n"
        token = urllib.parse.urlencode({"csrf_token": self.get("get-csrf-token")["token"]})
        request = urllib.request.Request(  # noqa: S310
            f"{self.address}create-project-from-upload?{token}",
            body.encode(),
            {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
        )
        with urllib.request.urlopen(request, timeout=60) as found:  # noqa: S310
            return re.findall(r"project=(\d+)", found.geturl())[0]

    def rows(self, project: str) -> list[list[tuple[str, str | None] | None]]:
        """The cells, each with what it was matched to."""
        found = self.get("get-rows", project=project, start="0", limit="20")
        recons = found.get("pool", {}).get("recons", {})

        def cell(one: dict[str, Any] | None) -> tuple[str, str | None] | None:
            if not one:
                return None
            recon = recons.get(str(one["r"]), one["r"]) if "r" in one else {}
            return one.get("v"), (recon.get("m") or {}).get("id")

        return [[cell(one) for one in row["cells"]] for row in found["rows"]]


@pytest.fixture
def refine(tmp_path: Path) -> Iterator[Refine]:
    port = free_port()
    assert PROGRAM is not None
    process = subprocess.Popen(
        [PROGRAM, "-i", "127.0.0.1", "-p", str(port), "-d", str(tmp_path / "refine"), "-x", "refine.headless=true"],
        env={**os.environ, "REFINE_MEMORY": "700M"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        started = Refine(port)
        started.wait()
        yield started
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def test_a_table_is_reconciled_and_extended(refine: Refine, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    ledger = Ledger(tmp_path / "data" / "ledger.sqlite", SystemClock())
    append(ledger, AFFILIATIONS + THINGS)
    ledger.close()
    with serving(tmp_path / "data", {}) as server:
        service = f"{server.address}reconcile"
        project = refine.project(TABLE)
        types = refine.do("guess-types-of-column", project, columnName="name", service=service)["types"]
        assert {"Site", "Smelter"} <= {one["id"] for one in types}
        spaces = {name: server.request("/reconcile").json[name] for name in ("identifierSpace", "schemaSpace")}  # type: ignore[index]
        config = {
            "mode": "standard-service",
            "service": service,
            **spaces,
            "type": {"id": "Site", "name": "site"},
            "autoMatch": True,
            "columnDetails": [
                {"column": "country", "propertyName": "Country", "propertyID": "country"},
                {"column": "cid", "propertyName": "CID", "propertyID": "rmi-cid"},
            ],
            "limit": 0,
        }
        refine.do("reconcile", project, columnName="name", engine=ROWS, config=json.dumps(config))
        base = "https://data.example.org/id/"
        assert [row[0] for row in refine.rows(project)] == [
            ("Malaysia Smelting Corp", f"{base}S1"),
            ("Yunnan Tin Company", f"{base}S3"),
            ("Malaysia Smelting Corporation", None),
            ("Nobody at all", None),
            ("Hidden Hollow Works", None),
        ]
        wanted = {"properties": [{"id": "country", "name": "Country"}, {"id": "address", "name": "Address"}]}
        refine.do(
            "extend-data",
            project,
            baseColumnName="name",
            endpoint=service,
            **spaces,
            extension=json.dumps(wanted),
            columnInsertIndex="1",
            engine=ROWS,
        )
        first = [one and one[0] for one in refine.rows(project)[0]]
        assert first[-2:] == ["Malaysia", "27 Jalan Pantai, Butterworth"]
