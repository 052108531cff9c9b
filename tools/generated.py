"""What the generators of modules share: names, and writing a module or checking that it is up to date."""

from __future__ import annotations

import argparse
import keyword
import re
import subprocess
import sys
from pathlib import Path


def python_name(name: str) -> str:
    """The name as Python writes names: `minScope` is `min_scope`, `paths-to` is `paths_to`, `from` is `from_`."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", name).lower()
    return f"{snake}_" if keyword.iskeyword(snake) else snake


def settle(target: Path, text: str) -> int:
    """Write the text to the file; with `--check`, compare and write nothing.

    Returns:
        The exit code: 1 where a check finds a difference.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    ruff = [str(Path(sys.executable).with_name("ruff"))]
    for step in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        done = subprocess.run(  # noqa: S603  # our own formatter
            [*ruff, *step, "--stdin-filename", str(target), "-"], input=text, capture_output=True, text=True, check=True
        )
        text = done.stdout
    if not parser.parse_args().check:
        target.write_text(text, encoding="utf-8")
    elif not target.exists() or target.read_text(encoding="utf-8") != text:
        print(f"{target} is not up to date: run {sys.argv[0]}", file=sys.stderr)
        return 1
    return 0
