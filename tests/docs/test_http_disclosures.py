"""The examples of the guide to handing in over HTTP are run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.ingest.disclosing.worlds import form, row
from tests.protocol.conftest import serving
from tests.protocol.test_disclosures import prepared

GUIDE = ROOT / "docs" / "http-disclosures.md"


def commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder where the examples were run, and what each of them printed."""
    folder = tmp_path_factory.mktemp("guide")
    (folder / "sites.csv").write_bytes(form(row("Plant 1"), row("Plant 2", country="Chnia")))
    (folder / "large.csv").write_bytes(form(*(row(f"Plant {number}") for number in range(50))))
    keys = prepared(folder / "data")
    script = "".join(f"echo '@@ {number}'\n{command}\necho\n" for number, command in enumerate(commands()))
    with serving(folder / "data", keys, EWGRAPH_QUERY_WORKERS="1") as server:
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "BASE": server.address.rstrip("/"), "KEY": keys["reseller"]},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    outputs = re.split(r"@@ \d+\n", done.stdout)[1:]
    return folder, dict(zip(commands(), (output.strip() for output in outputs), strict=True))


def test_no_example_is_answered_with_a_problem_but_the_late_stop(printed: tuple[Path, dict[str, str]]) -> None:
    problems = [command for command, output in printed[1].items() if '"status": 4' in output or '"status": 5' in output]
    assert [command for command in problems if "DELETE" not in command] == []


def test_the_examples_show_what_the_guide_says(printed: tuple[Path, dict[str, str]]) -> None:
    folder, outputs = printed
    first = next(iter(outputs.values()))
    assert "I3" in first
    assert any("event: done" in output for output in outputs.values())
    assert any('"state":"withdrawn"' in output for output in outputs.values())
    assert any("Upload-Offset: 1000" in output.title() for output in outputs.values())
    for name, start in (("report.json", b"{"), ("report.html", b"<!"), ("report.xlsx", b"PK"), ("form.xlsx", b"PK")):
        assert (folder / name).read_bytes().lstrip().startswith(start), name
