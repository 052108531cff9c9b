"""A workbook is marked in another process, and what it cannot do is said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from ewgraph.errors import LimitError
from ewgraph.ingest.answer.report import CellResult, DisclosureReport
from ewgraph.validate.report import Severity
from ewgraph.web.marking import mark

RESULT = CellResult(Severity.VIOLATION, "", 2, 1, "a", "1", "This is wrong.")


def report(*results: CellResult) -> DisclosureReport:
    return DisclosureReport(None, "x.csv", "0" * 64, "m", "1", "me", "refused", dry_run=True, results=results)


def test_the_cells_of_a_table_are_marked(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    mark(report(RESULT), tmp_path / "x.csv", tmp_path / "out.xlsx", "en", 2048)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    comments = [cell.comment.text for sheet in book for line in sheet for cell in line if cell.comment]
    assert any("This is wrong." in comment for comment in comments)


def test_of_a_file_that_cannot_be_read_there_is_a_summary(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"PK\x03\x04" + b"x" * 100)
    mark(report(), tmp_path / "x.csv", tmp_path / "out.xlsx", "de", 2048)
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").active.title == "ewgraph Prüfung"  # type: ignore[union-attr]


def test_what_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(LimitError, match="as a page"):
        mark(report(RESULT), tmp_path / "x.csv", tmp_path / "out.xlsx", "en", 30)
