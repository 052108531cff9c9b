"""The layers hold, and the check that says so can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = {
    "an import that points up": ("ledger/ledger.py", "from ewgraph.graph.oxigraph import GraphStore\n"),
    "an interface that knows another": ("api/sparql/__init__.py", "from ewgraph.api.graphql import schema\n"),
    "a third module that knows Oxigraph": ("trace/touching.py", "import pyoxigraph\n"),
    "a second module that knows SQL": ("web/workspace.py", "import sqlite3\n"),
    "a shape library outside validation": ("ingest/loading.py", "import pyshacl\n"),
    "a second package that asks the identity provider": ("web/readers.py", "import httpx2\n"),
    "a web framework below the interfaces": ("access/view.py", "import starlette\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("violation", PLANTED)
def test_a_planted_violation_is_found(violation: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    name, line = PLANTED[violation]
    module = tmp_path / "src" / "ewgraph" / name
    module.write_text(module.read_text(encoding="utf-8") + "\n" + line, encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout


def test_only_shared_leverage_counts_over_what_its_reader_may_not_see() -> None:
    callers = [path.name for path in (ROOT / "src").rglob("*.py") if ".aggregator(" in path.read_text(encoding="utf-8")]
    assert callers == ["leverage.py"]


def test_the_layers_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout
