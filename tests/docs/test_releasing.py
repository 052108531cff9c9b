"""What the guide to releasing shows is what comes out, but for the names of releases, which nobody can guess."""

import itertools
import re
import shlex
from pathlib import Path

import pytest

from ewgraph.cli import main

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ ewgraph (.*)\n(?s:(.*?))```", GUIDE)
CONTRACT = "https://data.example.org/id/contract/aldermoor-laptops-2024"
LIST = """
RELEASE  from 2096-03-01T00:00:00+00:00  affiliates
  https://data.example.org/id/record/disclosure-norrvik-workplace-2024-final-assembly-sites
  why: Velmora asked to check it.
"""


def numbered(text: str) -> str:
    """The text with the names of releases replaced by numbers, in their order."""
    numbers = itertools.count(1)
    return re.sub(r"(?<=/id/release/)[0-9a-f]{32}", lambda _: f"{next(numbers):032x}", text)


def test_the_examples_have_the_answers_of_the_guide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(tmp_path / "data")
    assert main(["--data", data, "load", str(ROOT / "data" / "example")]) == 0
    capsys.readouterr()
    assert len(EXAMPLES) == 2
    for command, answer in EXAMPLES:
        assert main(["--data", data, *shlex.split(command)]) == 0
        assert numbered(capsys.readouterr().out) == answer
    assert main(["--data", data, "release", "--list"]) == 0
    listed = capsys.readouterr().out
    assert LIST.strip() in re.sub(r"http://localhost:8000/id/release/[0-9a-f]{32}", "RELEASE", listed)
    norrvik = "https://data.example.org/id/norrvik"
    asked = ["ask", "sites-touched-by", "--param", f"contract={CONTRACT}", "--format", "tsv"]
    assert main(["--data", data, *asked, "--as", norrvik]) == 0
    assert "/id/boundary/" in capsys.readouterr().out
    assert main(["--data", data, *asked]) == 0
    assert "/id/boundary/" not in capsys.readouterr().out
    assert main(["--data", data, "verify"]) == 0
