"""Programs of node that tests run: what they need is installed once, as the lock file says."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
REQUIRED = "TESTS_NEED_NODE"
"""Where this variable is set, a test that needs node fails without it; elsewhere it is left out."""


def run(script: str, *arguments: str, environment: dict[str, str] | None = None) -> str:
    """What a script prints: the name of a file here, or the text of a module."""
    program = _program("node")
    _install(_program("npm"))
    given = [str(HERE / script)] if (HERE / script).is_file() else ["--input-type=module", "-e", script]
    done = subprocess.run(
        [program, *given, *arguments],
        cwd=HERE,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(script: str, *arguments: str) -> Any:
    """The JSON that a script prints."""
    return json.loads(run(script, *arguments))


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        (pytest.fail if REQUIRED in os.environ else pytest.skip)(f"{name} is not installed")
    return found


def _install(npm: str) -> None:
    with (Path(tempfile.gettempdir()) / "ewgraph-tests-node.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another test process may be about to do the same
        installed, wanted = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
        if installed.exists() and installed.stat().st_mtime >= wanted.stat().st_mtime:
            return
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        installed.touch()
