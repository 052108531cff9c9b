"""The examples of the guide to the stored questions are run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.conftest import ROOT
from tests.protocol.conftest import UNI_A, append, serving
from tests.protocol.world import WORLD

GUIDE = ROOT / "docs" / "queries-api.md"


def commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder where the examples were run, and what each of them printed."""
    folder = tmp_path_factory.mktemp("guide")
    ledger = Ledger(folder / "data" / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    key = Keyring(ledger, SystemClock()).add(UNI_A)
    ledger.close()
    script = "".join(f"echo '@@ {number}'\n{command}\necho\n" for number, command in enumerate(commands()))
    with serving(folder / "data", {}, EWGRAPH_QUERY_WORKERS="1") as server:
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "BASE": server.address.rstrip("/"), "KEY": key},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return folder, [output.strip() for output in re.split(r"@@ \d+\n", done.stdout)[1:]]


def test_the_examples_show_what_the_guide_says(printed: tuple[Path, list[str]]) -> None:
    folder, outputs = printed
    assert '"status":' not in "".join(outputs)
    told = iter(outputs)
    assert next(told) == '"id":"contracts-touching"'
    assert next(told) == '"openapi":"3.1.1"'
    assert len(next(told).splitlines()) == 2
    assert len(next(told).splitlines()) == 3
    assert (next(told), next(told)) == ("", "")
    assert (folder / "answer.xlsx").read_bytes().startswith(b"PK")
    assert (folder / "answer.parquet").read_bytes().startswith(b"PAR1")
    assert 'rel="next"' in next(told)
    assert (folder / "part.csv").read_text(encoding="utf-8").count("\n") == 2
    assert next(told) == "304"
    assert next(told).startswith("https://data.example.org/queries/contracts-touching?site=")
    assert next(told).splitlines() == [
        "model,site,label,address,country,tier,scope,scopeContract,basis,validFrom,validTo,claim,record,receivedAt"
    ]
    assert next(told, None) is None
