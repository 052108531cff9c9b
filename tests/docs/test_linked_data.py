"""The examples of the guide to linked data are run as they stand, and the redirects of w3id.org lead somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger
from tests.conftest import ROOT, by_record, draft
from tests.protocol.conftest import Server, serving

GUIDE = ROOT / "docs" / "linked-data.md"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("guide") / "data"
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    for path in sorted((ROOT / "data" / "example").glob("*.trig")):
        text = path.read_text(encoding="utf-8")
        source = ledger.keep_source(path.name, text.encode())
        ledger.append([draft(quads, source) for quads in by_record(text)])
    ledger.close()
    with serving(data, {}, EWGRAPH_QUERY_WORKERS="1", EWGRAPH_REQUESTS_PER_SECOND="0") as started:
        yield started


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


def run(server: Server, folder: Path, program: list[str]) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EWGRAPH_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**kept, "PATH": path, "BASE": server.address.rstrip("/"), "EWGRAPH_DATA": str(server.data)}
    done = subprocess.run(
        program, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_commands_give_what_the_guide_says(server: Server, tmp_path: Path) -> None:
    commands = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]
    outputs = {command: run(server, tmp_path, ["bash", "-ec", command]) for command in commands}
    assert [command for command, output in outputs.items() if '"status":' in output] == []
    first, second, *_ = outputs.values()
    assert first.startswith("HTTP/1.1 303")
    assert "location: /doc/site/northbridge-assembly" in first
    assert 'rdfs:label "Northbridge Assembly' in second
    assert any('"@context"' in output and '"Factory"' in output for output in outputs.values())
    assert any("<feed" in output for output in outputs.values())
    assert any("ldes:EventStream" in output for output in outputs.values())
    assert (tmp_path / "public.nq.zst").read_bytes().startswith(b"\x28\xb5\x2f\xfd")
    assert any("spdx:checksumValue" in output for output in outputs.values())


def test_the_programs_print_what_they_find(server: Server, tmp_path: Path) -> None:
    first, second = (run(server, tmp_path, [sys.executable, "-c", block]) for block in blocks("python"))
    assert first.startswith("Northbridge Assembly")
    records = server.rows("PREFIX ew: <https://w3id.org/ewgraph/ns#> SELECT (COUNT(*) AS ?n) { ?r ew:recordedAt ?at }")
    assert second == f"{records[0]} versions of records\n"


RULES = re.findall(
    r"^RewriteRule (\S+) https://data.example.org(\S+) \[R=30[23],L(?:,B)?\]$",
    (ROOT / "docs" / "w3id.htaccess").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.mark.parametrize(
    "path",
    ["ns", "ns/claims", "kos", "kos/tier", "kos/tier/final-assembly", "context", "audience/public", ""],
)
def test_what_w3id_redirects_is_here(server: Server, path: str) -> None:
    targets = [re.sub(rule, target.replace("$1", r"\1"), path) for rule, target in RULES if re.search(rule, path)]
    assert targets, path
    assert server.request(targets[0], accept="text/turtle, text/html;q=0.5, */*;q=0.1").status == 200
