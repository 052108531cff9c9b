"""The audit of dependencies fails on a known vulnerability, and says loudly where it could not look."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINNED = "idna==3.10 --hash=sha256:" + "0" * 64 + "\nh11==0.16.0 --hash=sha256:" + "0" * 64 + "\n"
WEAKNESS = {
    "id": "GHSA-0000-0000-0000",
    "summary": "idna is weak",
    "affected": [
        {
            "package": {"name": "idna", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.11"}]}],
            "versions": ["3.10"],
        }
    ],
}


@dataclass
class Advisories:
    """An advisory service that knows what it is told."""

    known: dict[str, object] = field(default_factory=dict)
    broken: bool = False
    address: str = ""


@pytest.fixture
def advisories() -> Iterator[Advisories]:
    told = Advisories()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            known = told.known.get(asked["package"]["name"])
            content = b"no JSON" if told.broken else json.dumps({"vulns": [known]} if known else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
            pass

    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        told.address = f"http://127.0.0.1:{server.server_port}/v1/query"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield told
        server.shutdown()
        thread.join()


def audit(folder: Path, service: str) -> subprocess.CompletedProcess[str]:
    requirements = folder / "pinned.txt"
    requirements.write_text(PINNED)
    program = [sys.executable, str(ROOT / "tools" / "audit.py"), "--requirements", str(requirements)]
    return subprocess.run([*program, "--service", service], capture_output=True, text=True, check=False)


def test_a_known_vulnerability_fails(advisories: Advisories, tmp_path: Path) -> None:
    advisories.known["idna"] = WEAKNESS
    done = audit(tmp_path, advisories.address)
    assert done.returncode == 1
    assert "idna 3.10: GHSA-0000-0000-0000, mended in: 3.11" in done.stderr


def test_nothing_known_passes(advisories: Advisories, tmp_path: Path) -> None:
    done = audit(tmp_path, advisories.address)
    assert (done.returncode, done.stdout) == (0, "2 dependencies have no known vulnerability\n")


def test_a_service_that_cannot_be_reached_passes_loudly(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    done = audit(tmp_path, f"http://127.0.0.1:{port}/v1/query")
    assert done.returncode == 0
    assert "NOT AUDITED" in done.stdout
    assert "no known vulnerability" not in done.stdout


def test_a_service_that_talks_nonsense_passes_loudly(advisories: Advisories, tmp_path: Path) -> None:
    advisories.broken = True
    done = audit(tmp_path, advisories.address)
    assert (done.returncode, "NOT AUDITED" in done.stdout) == (0, True)


def test_a_fault_of_ours_fails_while_the_service_answers(advisories: Advisories, tmp_path: Path) -> None:
    (tmp_path / "pinned.txt").write_text("no requirement at all\n")
    program = [sys.executable, str(ROOT / "tools" / "audit.py"), "--requirements", str(tmp_path / "pinned.txt")]
    done = subprocess.run([*program, "--service", advisories.address], capture_output=True, text=True, check=False)
    assert done.returncode == 2
