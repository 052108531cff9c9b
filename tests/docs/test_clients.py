"""The examples of the guide for programs, and the notebook, run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT
from tests.node import running
from tests.protocol.conftest import Server

GUIDE = ROOT / "docs" / "clients.md"
NOTEBOOK = ROOT / "docs" / "notebook.ipynb"
EXAMPLES = re.findall(r"<!-- runs: (\w+) -->\n```\w+\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
LAPTOPS = "aldermoor-laptops-2024"


def run(command: list[str], server: Server, folder: Path) -> str:
    own = {"SERVICE": server.address, "KEY": server.keys["aldermoor"]}
    done = subprocess.run(command, env={**os.environ, **own}, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def examples(language: str) -> list[str]:
    return [text for name, text in EXAMPLES if name == language]


def test_curl(example: Server, tmp_path: Path) -> None:
    (text,) = examples("sh")
    printed = run(["bash", "-e", "-c", text], example, tmp_path)
    assert LAPTOPS in printed
    assert '"totalCount":2' in printed
    assert re.search(r"\bcontracts\n[1-9]", printed)


def test_python(example: Server, tmp_path: Path) -> None:
    ours, others = examples("python")
    printed = run([sys.executable, "-c", ours], example, tmp_path)
    assert f"contract/{LAPTOPS} CONTRACT 2024-05-25 11:31:00+00:00" in printed
    assert re.search(r"cite: contracts-touching [0-9a-f]{16}", printed)
    assert re.search(r"[1-9]\d* contracts\n", run([sys.executable, "-c", others], example, tmp_path))


def test_javascript(example: Server) -> None:
    (text,) = examples("node")
    own = {"SERVICE": example.address, "KEY": example.keys["aldermoor"]}
    assert "CONTRACT" in running.run(text, environment=own)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r(example: Server, tmp_path: Path) -> None:
    (text,) = examples("r")
    assert "CONTRACT    MODEL" in run(["Rscript", "-e", text], example, tmp_path)


def test_the_notebook_shows_what_it_finds(example: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cell runs, and prints what stands in the notebook; one with the tag `varies` may print something else."""
    monkeypatch.setenv("SERVICE", example.address)
    monkeypatch.setenv("KEY", example.keys["aldermoor"])
    written = nbformat.read(NOTEBOOK, as_version=4)
    done = NotebookClient(nbformat.read(NOTEBOOK, as_version=4), timeout=120, kernel_name="python3").execute()
    for before, after in zip(written.cells, done.cells, strict=True):
        if before.cell_type == "code" and "varies" not in before.metadata.get("tags", ()):
            assert outputs(after) == outputs(before), before.source


def outputs(cell: nbformat.NotebookNode) -> list[str]:
    return [each.get("text") or each["data"]["text/plain"] for each in cell.outputs]
