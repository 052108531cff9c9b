"""`template` and `suggest`: forms written, headings guessed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from ewgraph.clock import SystemClock
from ewgraph.ingest.mapping.suggestion import fingerprint
from ewgraph.ledger import Ledger, RememberedMappings
from ewgraph.model.rdf import iri
from tests.conftest import PREFIXES
from tests.ingest.template.conftest import NOTICE

if TYPE_CHECKING:
    from tests.cli.conftest import Command

Write = Callable[[str, bytes], Path]
EX = "https://data.example.org/id/"


@pytest.fixture
def contract(ewgraph: "Command", write: Write) -> str:
    assert ewgraph("load", write("notice.trig", (PREFIXES + NOTICE).encode())).code == 0
    return EX + "K1"


def test_a_form_is_written_for_its_reader(ewgraph: "Command", contract: str, tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    done = ewgraph(
        "template", "disclosure", "--contract", contract, "--as", EX + "reseller", "--language", "de", "--out", out
    )
    assert (done.code, done.out) == (0, "")
    assert "2 models, 0 sites said before" in done.err
    assert openpyxl.load_workbook(out).sheetnames[0] == "Anleitung"


def test_a_form_has_a_name_of_its_own(
    ewgraph: "Command", contract: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ewgraph("template", "disclosure", "--contract", contract, "--as", "staff").code == 0
    assert (tmp_path / "disclosure-K1.xlsx").is_file()


@pytest.mark.parametrize("known", ["K1", "K9"])
def test_a_contract_that_is_not_seen_gets_no_form(
    ewgraph: "Command", contract: str, tmp_path: Path, known: str
) -> None:
    out = tmp_path / "form.xlsx"
    done = ewgraph("template", "disclosure", "--contract", EX + known, "--as", EX + "rival", "--out", out)
    assert contract
    assert (done.code, out.exists()) == (2, False)
    assert f"there is no contract '{EX}{known}' that {EX}rival may see" in done.err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--contract", "K 1"), "'K 1' is not an IRI"),
        (("--contract", EX + "K1", "--as", "nobody"), "'nobody' is not an IRI"),
        (("--contract", EX + "K1", "--as", "staff", "--out", "/nowhere/form.xlsx"), "/nowhere/form.xlsx: No such file"),
    ],
)
def test_a_form_that_cannot_be_written_says_why(
    ewgraph: "Command", contract: str, arguments: tuple[str, ...], part: str
) -> None:
    assert contract
    done = ewgraph("template", "disclosure", *arguments)
    assert done.code == 2
    assert part in done.err


LIST = b"Supplier Name,Where it stands,City,Country/Region,Staff on site\nNorthmoor,1 Road,Kunshan,China,5000\n"


def test_headings_are_guessed_with_the_command_that_confirms_them(ewgraph: "Command", write: Write) -> None:
    path = write("list.csv", LIST)
    done = ewgraph("suggest", path, "--from", EX + "brand-x")
    assert done.code == 0
    assert "supplier       Supplier Name" in done.out
    assert f"ewgraph disclose {path} --format brand-list --from {EX}brand-x" in done.out
    assert "--map 'supplier=Supplier Name' --map city=City --map country=Country/Region" in done.out
    assert "Where it stands" in done.out.partition("Not read: ")[2]


def test_what_is_needed_and_not_found_is_told(ewgraph: "Command", write: Write) -> None:
    done = ewgraph("suggest", write("list.csv", b"Country,Zip\nChina,215300\nNorway,0150\n"))
    assert done.code == 1
    assert "Not found, and needed: supplier (Supplier name)" in done.out
    assert "--from IRI" in done.out


def test_what_was_confirmed_before_is_told(ewgraph: "Command", write: Write, contract: str) -> None:
    assert contract
    ledger = Ledger(ewgraph.data / "ledger.sqlite", SystemClock())
    mark = fingerprint(LIST.decode().splitlines()[0].split(","))
    RememberedMappings(ledger, SystemClock()).remember(
        iri(EX + "brand-x"), "brand-list", mark, {"address": "Where it stands"}
    )
    ledger.close()
    path = write("list.csv", LIST)
    done = ewgraph("suggest", path, "--from", EX + "brand-x")
    assert "confirmed before" in done.out
    assert "address        Where it stands" in done.out
    assert "confirmed before" not in ewgraph("suggest", path, "--from", EX + "brand-y").out


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (("missing.csv",), 2, "missing.csv: there is no such file"),
        (("LIST", "--format", "nothing"), 2, "'nothing'"),
        (("LIST", "--from", "me"), 2, "--from: 'me' is not an IRI"),
        (("EMPTY",), 1, "nothing in it looks like a row of headings"),
    ],
)
def test_a_list_that_cannot_be_guessed_at_says_why(
    ewgraph: "Command", write: Write, arguments: tuple[str, ...], code: int, part: str
) -> None:
    files = {"LIST": str(write("list.csv", LIST)), "EMPTY": str(write("empty.csv", b"1\n2\n3\n"))}
    done = ewgraph("suggest", *(files.get(each, each) for each in arguments))
    assert done.code == code
    assert part in done.err
