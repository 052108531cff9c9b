"""What the documents show is what comes out."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from ewgraph.cli import main

ROOT = Path(__file__).parents[2]


def test_the_question_of_the_readme_has_the_answer_of_the_readme(served_example: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command, answer = re.search(r"```console\n\$ (.*)\n(?s:(.*?))```", readme).groups()  # type: ignore[union-attr]
    program, *arguments = shlex.split(command)
    assert program == ".venv/bin/ewgraph"
    result = subprocess.run(
        [sys.executable, "-m", "ewgraph", "--data", str(served_example), *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == answer


@pytest.mark.parametrize(("reader", "scopes"), [("public", ["BRAND"] * 2), ("staff", ["CONTRACT"] * 4)])
def test_others_get_the_answer_that_the_readme_says_they_get(
    served_example: Path,
    capsys: pytest.CaptureFixture[str],
    reader: str,
    scopes: list[str],
) -> None:
    site = "site=https://data.example.org/id/site/northbridge-assembly"
    question = ["ask", "contracts-touching", "--as", reader, "--format", "tsv", "--param", site]
    assert main(["--data", str(served_example), *question]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    assert [row.split("\t")[3] for row in rows] == scopes


def test_the_demo_opens_on_a_page_that_shows_where_to_go(served_example: Path) -> None:
    program = [sys.executable, "-m", "ewgraph", "--data", str(served_example), "demo", "--port", "0"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            address = next(line for line in server.stdout if "http" in line).split()[-1]
            page = httpx2.get(address).text
        finally:
            server.terminate()
    for way in ("Northbridge Assembly", "/queries", "/sparql", "/graphql", "/ns"):
        assert way in page


def test_the_demo_says_what_to_do_about_another_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = (ROOT / "data" / "reference" / "organizations.trig").read_text(encoding="utf-8").replace('"@en', ' x"@en')
    path = tmp_path / "other.trig"
    path.write_text(other, encoding="utf-8")
    folder = str(tmp_path / "data")
    assert main(["--data", folder, "load", str(path)]) == 0
    assert main(["--data", folder, "demo"]) == 1
    assert "name a new one with --data DIR" in capsys.readouterr().err


def test_the_record_of_the_guide_conforms(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    path = tmp_path / "record.trig"
    path.write_text(re.search(r"```trig\n(?s:(.*?))```", guide)[1], encoding="utf-8")  # type: ignore[index]
    assert main(["validate", str(path)]) == 0


def test_every_file_that_a_document_points_to_is_there() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} points to {target}"
