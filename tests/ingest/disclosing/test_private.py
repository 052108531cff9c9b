"""Of a form that names persons, nothing is kept but what it says of smelters."""

import contextlib
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from ewgraph.access import STAFF_READER
from ewgraph.cli.upkeep import ledger_faults
from ewgraph.errors import InputError, NotFoundError
from ewgraph.ingest.answer import page, text
from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.disclosing.request import Request
from tests.ingest.disclosing.conftest import Desk
from tests.ingest.disclosing.worlds import RESELLER
from tests.ingest.formats.minerals_workbooks import PLANTED, declaration, smelter

TIN = smelter("CID001105", "Tin", "Malaysia Smelting Corporation Butterworth", "MALAYSIA")


def disclosed(desk: Desk, path: Path, mapping: str | None = None) -> DisclosureReport:
    return desk.intake.disclose(path, path.name, Request(RESELLER, None, mapping=mapping))


def everything(desk: Desk) -> str:
    """All that the ledger holds, in all its tables, inflated where it is deflated."""
    ledger = desk.house.ledger
    tables = [name for (name,) in ledger.query("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    values = [value for name in tables for row in ledger.query(f"SELECT * FROM {name}") for value in row]  # noqa: S608  # its own names
    return "\n".join(_text(value) for value in values)


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value)
    with contextlib.suppress(zlib.error):
        value = zlib.decompress(value)
    if value.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(value)) as parts:
            value = b"".join(map(parts.read, parts.namelist()))
    return value.decode("utf-8", "replace")


def test_persons_in_a_declaration_enter_neither_the_ledger_nor_the_answer(desk: Desk, tmp_path: Path) -> None:
    path = declaration(tmp_path / "cmrt.xlsx", smelters=[TIN, {**TIN, "B": "Tim", "F": "CID1"}])
    report = disclosed(desk, path)
    assert (report.state, report.mapping) == ("done", "cmrt")
    assert report.totals.quarantined == 1
    answers = [str(report.as_json()), page.render(report, "en"), text.render(report, "en")]
    told = "\n".join([everything(desk), *answers])
    assert "CID001105" in told
    assert [word for word in PLANTED if word in told] == []


def test_where_a_file_is_kept_whole_persons_are_found_in_it(desk: Desk, tmp_path: Path) -> None:
    path = declaration(tmp_path / "cmrt.xlsx", smelters=[TIN])
    desk.house.ledger.keep_source("cmrt.xlsx", path.read_bytes())
    assert [word for word in PLANTED if word in everything(desk)] == list(PLANTED)


def test_of_the_file_its_hash_is_kept(desk: Desk, tmp_path: Path) -> None:
    report = disclosed(desk, declaration(tmp_path / "cmrt.xlsx", smelters=[TIN, {**TIN, "B": "Tim"}]))
    ledger = desk.house.ledger
    assert ledger.is_only_noted(report.sha256)
    assert ledger.source(report.sha256) is None
    assert list(ledger_faults(ledger)) == []
    assert report.submission is not None
    with pytest.raises(NotFoundError, match=r"is not kept\. Hand it in again"):
        desk.intake.retry(report.submission, STAFF_READER)


def test_the_same_declaration_again_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = declaration(tmp_path / "cmrt.xlsx", smelters=[{**TIN, "N": "Alpha; Beta", "O": "Peru; Bolivia"}])
    disclosed(desk, path)
    again = disclosed(desk, path)
    assert again.state == "unchanged"
    assert again.difference is not None
    assert again.difference.changes == ()


def test_a_form_with_persons_is_not_read_as_another(desk: Desk, tmp_path: Path) -> None:
    path = declaration(tmp_path / "cmrt.xlsx", smelters=[TIN])
    with pytest.raises(InputError, match=r"this is a cmrt\. Hand it in as one, not as 'brand-list'"):
        disclosed(desk, path, "brand-list")
    assert "Planted" not in everything(desk)
