"""What SECURITY.md says is shown by a test is shown by a test that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [line for line in (ROOT / "SECURITY.md").read_text().splitlines() if re.match(r"\| [STRIDE, ]+ \|", line)]
NAMED = re.compile(r"`([\w/]+\.py)?(?:::(\w+))?`")


def missing(row: str) -> list[str]:
    """The tests that the row names and that there are not; a name alone is of the file named before it."""
    found, file = [], Path()
    for path, name in NAMED.findall(row.split("|")[4]):
        file = ROOT / (path if path.startswith("benchmarks/") else f"tests/{path}") if path else file
        if not file.is_file() or (name and f"def {name}(" not in file.read_text()):
            found.append(f"{path or file.name}::{name}")
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[2].strip())
def test_what_meets_a_threat_is_shown(row: str) -> None:
    assert NAMED.search(row.split("|")[4])
    assert missing(row) == []


def test_a_test_that_there_is_not_is_noticed() -> None:
    assert missing("| S | x | y | `web/test_rates.py::test_nothing_at_all`, `::test_nor_this`, `web/none.py` |") == [
        "web/test_rates.py::test_nothing_at_all",
        "test_rates.py::test_nor_this",
        "web/none.py::",
    ]
