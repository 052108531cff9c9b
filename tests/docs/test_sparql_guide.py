"""The examples of the guide to SPARQL are run as they stand, over what `make serve` loads."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from ewgraph.cli import main
from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.conftest import ROOT
from tests.protocol.conftest import serving

GUIDE = ROOT / "docs" / "sparql.md"


def commands() -> list[str]:
    """The commands, each with the lines that go on with it."""
    blocks = re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return [command for block in blocks for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guide")


@pytest.fixture(scope="module")
def printed(folder: Path) -> list[str]:
    """What each of the examples printed, asked with a key of the staff."""
    data = folder / "data"
    assert main(["--data", str(data), "load", str(ROOT / "data" / "example")]) == 0
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    key = Keyring(ledger, SystemClock()).add("staff")
    ledger.close()
    script = "".join(f"echo '@@ {number}'\n{command}\necho\n" for number, command in enumerate(commands()))
    with serving(data, {}, EWGRAPH_QUERY_SECONDS="3") as server:
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "BASE": server.address.rstrip("/"), "KEY": key},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return [output.strip() for output in re.split(r"@@ \d+\n", done.stdout)[1:]]


def shown(printed: list[str], part: str) -> str:
    """What the first command printed that has the part in it."""
    return next(output for command, output in zip(commands(), printed, strict=True) if part in command)


def test_queries_come_in_three_forms(printed: list[str]) -> None:
    assert int(shown(printed, "--get").split()[1]) > 1000
    assert '"boolean":true' in shown(printed, "ASK")
    assert shown(printed, "--data-binary").startswith("site\n") or shown(printed, "--data-binary").startswith("site\r")
    assert len(shown(printed, "query@sites.rq").split()) == 4


def test_graphs_are_those_of_the_reader(folder: Path, printed: list[str]) -> None:
    assert "audience/public," in shown(printed, "SELECT ?g (COUNT")
    assert "audience/staff" in shown(printed, "SELECT DISTINCT ?g")
    assert "sd:SPARQL11Query" in shown(printed, '-H "Accept: text/turtle"')
    assert (folder / "public.nt").read_text().count("\n") == int(shown(printed, "--get").split()[1])
    assert (folder / "mine.trig").stat().st_size > (folder / "public.nt").stat().st_size / 4
    assert shown(printed, "graph-store/staff") == "404"


def test_what_is_held_is_not_sent_again(printed: list[str]) -> None:
    assert shown(printed, "If-None-Match") == "304"


def test_the_path_begins_at_its_constant(printed: list[str]) -> None:
    assert len(shown(printed, "query@touching.rq").split()) > 1
    assert 'anchored;at="<https://data.example.org/id/site/northbridge-assembly>"' in shown(printed, "grep -i")


def test_a_limit_is_named(printed: list[str]) -> None:
    assert re.search('"limit": "(seconds|bytes)"', printed[-1])


def test_each_format_of_the_guide_is_offered() -> None:
    from ewgraph.api.negotiation import GRAPHS, RESULTS

    text = GUIDE.read_text(encoding="utf-8")
    assert re.findall(r"`((?:text|application)/[\w.+-]+)`", text[text.index("| `SELECT` |") :])[: len(RESULTS)] == [
        *RESULTS
    ]
    assert re.findall(r"`((?:text|application)/[\w.+-]+)`", text[text.index("| `CONSTRUCT`") :])[: len(GRAPHS)] == [
        *GRAPHS
    ]
