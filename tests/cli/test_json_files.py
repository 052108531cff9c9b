"""JSON files on the command line: recognised, handed in, told by pointers, imported; and refused with their place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Command
from tests.conftest import PREFIXES
from tests.ingest.disclosing.worlds import RESELLER
from tests.ingest.formats.test_ocds import AWARD, package, release
from tests.ingest.formats.test_open_supply_hub_api import FACILITY, listed
from tests.ingest.formats.test_untp import EVENT, PRODUCT, credential
from tests.ingest.formats.test_untp import FACILITY as PLACE

FROM = ("--from", RESELLER.value)
SENDER = f"""{PREFIXES}
ex:r0 {{
  ex:r0 a ew:Disclosure ;
    prov:wasAttributedTo <{RESELLER.value}> ;
    ew:visibility vis:public ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  <{RESELLER.value}> a ew:Organization ; rdfs:label "Reseller" .
}}
"""
Write = Callable[[str, bytes], Path]


@pytest.fixture
def known(ewgraph: Command, write: Write) -> Command:
    """The command line on a directory that knows the sender."""
    ran = ewgraph("load", write("r0.trig", SENDER.encode()))
    assert ran.code == 0, ran.err
    return ewgraph


def written(write: Write, value: object) -> Path:
    return write("file.json", json.dumps(value).encode())


@pytest.mark.parametrize(
    ("value", "mapping"),
    [
        (package(release()), "ocds"),
        (listed(FACILITY), "open-supply-hub-api"),
        (credential("dfr", {"facility": PLACE}), "untp-dfr"),
        (credential("dpp", {"product": PRODUCT}), "untp-dpp"),
        (credential("dte", [EVENT]), "untp-dte"),
    ],
)
def test_a_file_is_recognised_and_let_in_once(known: Command, write: Write, value: object, mapping: str) -> None:
    ran = known("disclose", written(write, value), *FROM, "--report", "json")
    assert ran.code == 0, ran.out + ran.err
    report = json.loads(ran.out)
    assert (report["mapping"], report["state"]) == (mapping, "done")
    assert len(report["records"]) == 1
    again = known("disclose", written(write, value), *FROM, "--report", "json")
    assert json.loads(again.out)["state"] == "unchanged"
    assert known("verify").code == 0


def test_what_is_wrong_is_told_with_its_pointer(known: Command, write: Write) -> None:
    value = package(release(), release(ocid="ocds-213czf-2", awards=[AWARD | {"date": "31.02.2024"}]))
    ran = known("disclose", written(write, value), *FROM, "--report", "json", "--dry-run")
    assert ran.code == 1
    (wrong,) = [one for one in json.loads(ran.out)["results"] if one["sourceShape"].endswith("signedOn")]
    assert (wrong["sheet"], wrong["row"], wrong["cell"], wrong["column"]) == ("/releases/1/awards/0", 2, None, None)
    assert (wrong["heading"], wrong["value"]) == ("dateSigned", "31.02.2024")
    for form in ("text", "html", "turtle"):
        told = known("disclose", written(write, value), *FROM, "--report", form, "--dry-run")
        assert "/releases/1/awards/0" in told.out


def test_a_later_release_of_a_contract_revises_the_earlier(known: Command, write: Write) -> None:
    assert known("disclose", written(write, package(release())), *FROM).code == 0
    later = release(id="R2", date="2024-06-01T00:00:00Z", awards=[AWARD | {"date": "2024-03-05"}])
    ran = known("disclose", written(write, package(later)), *FROM)
    assert ran.code == 0, ran.out
    told = known("export", "records").out
    assert '"2024-03-05"' in told
    assert "wasRevisionOf" in told


def test_the_workbook_of_a_json_file_lists_what_is_wrong(known: Command, write: Write, tmp_path: Path) -> None:
    value = package(release(awards=[AWARD | {"date": "31.02.2024"}]))
    ran = known("disclose", written(write, value), *FROM, "--annotated", tmp_path / "marked.xlsx")
    assert ran.code == 1
    sheet = load_workbook(tmp_path / "marked.xlsx").worksheets[0]
    assert "/releases/0/awards/0" in {cell.value for row in sheet.iter_rows() for cell in row}
    assert "Traceback" not in ran.err


def test_a_file_is_imported(known: Command, write: Write, tmp_path: Path) -> None:
    value = package(release(), release(awards=[], tag=["tender"]))
    ran = known("import", "ocds", written(write, value), "--out", tmp_path / "records.trig")
    assert ran.code == 0, ran.err
    assert "1 rows say nothing that could be recorded, and were left out" in ran.err
    assert "0 sites in 1 records" in ran.err
    assert known("validate", tmp_path / "records.trig").code == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[" * 100_000, "line 1, column 65: objects and lists lie more than 64 deep"),
        (b'{"releases": [{"ocid": "ocds-213czf-1"', "line 1, column 38: this is not JSON: the file breaks off"),
        (b'{"releases": [{"a": 1, "a": 2}]}', "an object has the name 'a' twice"),
        (b'{"releases": [{"a": 1e999999}]}', "a number has more than 40 digits"),
        (b'{"releases": [{"a": ' + b"9" * 10_000 + b"}]}", "a number has more than 40 digits"),
    ],
)
@pytest.mark.parametrize("command", [("import", "ocds", "--out", "-"), ("disclose", "--format", "ocds", *FROM)])
def test_a_file_that_cannot_be_read_is_refused_with_its_place(
    known: Command, write: Write, command: tuple[str, ...], content: bytes, why: str
) -> None:
    ran = known(*command, write("bad.json", content))
    assert ran.code == 1
    assert why in ran.err
    assert "Traceback" not in ran.err
