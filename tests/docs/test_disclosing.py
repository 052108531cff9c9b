"""What the guide to disclosing shows is what comes out."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ewgraph.cli import main

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "disclosing.md").read_text(encoding="utf-8")
FILES = dict(zip(("sites.csv", "suppliers.csv"), re.findall(r"```csv\n(?s:(.*?))```", GUIDE), strict=True))
EXAMPLES = re.findall(r"```console\n\$ ewgraph (.*)\n(?s:(.*?))```", GUIDE)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the example world."""
    folder = tmp_path_factory.mktemp("example")
    assert main(["--data", str(folder), "load", str(ROOT / "data" / "example")]) == 0
    return folder


@pytest.mark.parametrize(("command", "answer"), EXAMPLES, ids=[command.split()[0] for command, _ in EXAMPLES])
def test_the_examples_have_the_answers_of_the_guide(example: Path, tmp_path: Path, command: str, answer: str) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ewgraph", "--data", str(example), *shlex.split(command)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "80"},
        check=False,
    )
    assert done.stdout == answer, done.stderr


def test_the_command_that_writes_the_form_writes_it(example: Path, tmp_path: Path) -> None:
    command = re.search(r"    ewgraph (template disclosure (?s:.*?)form\.xlsx)\n", GUIDE)
    assert command is not None
    arguments = shlex.split(command[1].replace("\\\n", " ").replace("form.xlsx", str(tmp_path / "form.xlsx")))
    assert main(["--data", str(example), *arguments]) == 0
    assert (tmp_path / "form.xlsx").stat().st_size > 10_000
