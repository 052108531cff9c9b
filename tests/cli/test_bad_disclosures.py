"""Bad disclosures, from the file to the report: each fault at its cell, and what is right beside it stored."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from ewgraph.cli import main
from tests.cli.bad_forms import (
    EXAMPLE,
    LAST_ROW,
    SELLER,
    Row,
    bomb,
    book,
    csv_of,
    encrypted,
    hidden,
    linked,
    long_sheet,
    row,
    table,
    with_doctype,
    xlsx,
    xml_of,
)
from tests.cli.conftest import Command, Ran
from tests.conftest import ROOT

FORM: Final = "Factory disclosure"
LANGUAGES: Final = {"en", "de", "nb", "es"}
NORTHBRIDGE: Final = "site/northbridge-assembly"
_NUMBER: Final = count(1)
Told = tuple[str, str, str | None]
Make = Callable[[Path], Path]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the example world."""
    data = tmp_path_factory.mktemp("world") / "data"
    assert main(["--data", str(data), "load", str(ROOT / "data" / "example")]) == 0
    return data


@dataclass(frozen=True)
class Answer:
    """What a disclosure came back with."""

    ran: Ran
    stored: int
    marked: Path

    @property
    def report(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ran.out)
        return found

    @property
    def told(self) -> list[Told]:
        """Severity, the shape's local name and the place of each result; the row where it has no cell."""
        return [
            (one["severity"], one["sourceShape"].rpartition("#")[2], one["cell"] or str(one["row"]))
            for one in self.report["results"]
        ]

    def comments(self) -> dict[str, str]:
        """The comments of the marked workbook's sheet of data, by cell."""
        found = load_workbook(self.marked)
        return {
            cell.coordinate: cell.comment.text
            for line in found[found.sheetnames[1]].iter_rows()
            for cell in line
            if cell.comment
        }


@pytest.fixture
def disclose(
    world: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Hands a file in for the seller, and looks that nothing is said that nobody can read or act on."""
    for name in os.environ:
        if name.startswith("EWGRAPH_"):
            monkeypatch.delenv(name)
    command = Command(world, capsysbinary, monkeypatch)

    def handed_in(path: object, *more: object, annotated: bool = True) -> Answer:
        before, marked = command.head(), tmp_path / "marked.xlsx"
        wanted = ("--annotated", marked) if annotated else ()
        ran = command("disclose", path, "--from", SELLER, "--report", "json", *wanted, *more)
        assert "Traceback" not in ran.err
        assert "internal error" not in ran.err
        answer = Answer(ran, command.head() - before, marked)
        for one in answer.report["results"] if ran.out else ():
            assert set(one["messages"]) == LANGUAGES
            assert all(text.rstrip().endswith(".") and "{" not in text for text in one["messages"].values())
            assert one["messages"]["en"] == one["message"]
        return answer

    return handed_in


def two(bad: Row) -> tuple[Row, Row]:
    """A row without fault, which no other file has, above the bad one."""
    return row(f"Good Plant {next(_NUMBER)}"), bad


VIOLATIONS: Final[dict[str, tuple[dict[str, str], str, str]]] = {
    "a formula with an error value": ({"country": "#DIV/0!"}, "reading-cellError", "I3"),
    "#N/A": ({"valid_from": "#N/A"}, "reading-cellError", "J3"),
    "#N/A for a name": ({"site_name": "#N/A"}, "reading-cellError", "E3"),
    "a formula without its result": ({"country": "=A1"}, "reading-formulaWithoutValue", "I3"),
    "31.02.2024": ({"valid_from": "31.02.2024"}, "validFrom", "J3"),
    "a date in words": ({"valid_from": "spring 2024"}, "validFrom", "J3"),
    "no date": ({"valid_from": ""}, "validFrom-required", "J3"),
    "a name of 10,000 characters": ({"site_name": "N" * 10_000}, "reading-textTooLong", "E3"),
    "a NUL in a workbook": ({"site_name": "Bad_x0000_Plant"}, "reading-controlCharacter", "E3"),
    "an override of the direction": ({"site_name": "Plant \u202eyrotcaF\u202c"}, "reading-controlCharacter", "E3"),
    "a misspelt country": ({"country": "Chnia"}, "country", "I3"),
    "a model of another contract": ({"model_name": "Velmora Leaf 14"}, "crossing-model", "B3"),
    "a model that nobody knows": ({"model_name": "Nothing 9"}, "crossing-model", "B3"),
    "an unknown contract": ({"contract_name": "Nowhere 2024"}, "crossing-contract", "A3"),
    "another buyer's contract": ({"contract_name": "Oosterveen devices 2025"}, "crossing-contract", "A3"),
    "an end before the start": ({"valid_from": "2024-06-01", "valid_to": "2024-05-01"}, "period", "J3"),
    "an end on the day of the start": ({"valid_from": "2024-06-01", "valid_to": "2024-06-01"}, "period", "J3"),
    "a changed identifier of a site": (
        {"site": hidden(NORTHBRIDGE).replace("b", "d")},
        "reading-identifierChanged",
        "O3",
    ),
    "a changed identifier of a contract": (
        {"contract": hidden("contract/aldermoor-laptops-2024").replace("4|", "5|")},
        "reading-identifierChanged",
        "M3",
    ),
    "an identifier without its check": ({"site": EXAMPLE + NORTHBRIDGE}, "reading-identifierChanged", "O3"),
}
HINTS: Final = {"31.02.2024": "2024-02-29", "a misspelt country": "China"}
REMEDIES: Final = {
    "#N/A": "type the value itself",
    "a NUL in a workbook": "type it again",
    "a name of 10,000 characters": "shorten it",
    "a model of another contract": "choose one of its models",
    "an unknown contract": "choose a contract from your form",
    "an end before the start": "correct one of the two dates",
    "a changed identifier of a site": "put the original back",
}


@pytest.mark.parametrize("kind", VIOLATIONS)
def test_a_bad_cell_keeps_its_row_out_and_is_marked(disclose: Callable[..., Answer], tmp_path: Path, kind: str) -> None:
    cells, shape, place = VIOLATIONS[kind]
    bad = row("Bad Plant", **cells)
    answer = disclose(xlsx(tmp_path / "form.xlsx", *two(bad)))
    assert answer.ran.code == 1
    assert answer.told == [("Violation", shape, place)], answer.report["results"]
    (one,) = answer.report["results"]
    assert (one["sheet"], one["row"], one["column"]) == (FORM, 3, place[0])
    assert one["hint"] == HINTS.get(kind, "")
    assert REMEDIES.get(kind, "") in one["message"]
    totals = answer.report["totals"]
    assert (totals["rows"], totals["letIn"], totals["quarantined"], answer.stored) == (2, 1, 1, 1)
    assert answer.comments().keys() == {place}
    assert one["message"].partition("{")[0] in answer.comments()[place]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("#N/A", "#N/A"), ("31.02.2024", "31.02.2024"), ("a NUL in a workbook", "Bad\0Plant"), ("no date", None)],
)
def test_the_value_is_told_as_it_stands(
    disclose: Callable[..., Answer], tmp_path: Path, kind: str, value: str | None
) -> None:
    bad = row("Bad Plant", **VIOLATIONS[kind][0])
    answer = disclose(xlsx(tmp_path / "form.xlsx", *two(bad)), "--dry-run")
    assert [one["value"] for one in answer.report["results"]] == [value]
    assert (answer.ran.code, answer.stored) == (1, 0)


@pytest.mark.parametrize("kind", [*VIOLATIONS][:3])
def test_an_error_that_a_csv_file_only_shows_is_one(disclose: Callable[..., Answer], tmp_path: Path, kind: str) -> None:
    cells, shape, place = VIOLATIONS[kind]
    path = tmp_path / "form.csv"
    path.write_bytes(csv_of(table(*two(row("Bad Plant", **cells)))))
    answer = disclose(path)
    assert (answer.told, answer.stored) == ([("Violation", shape, place)], 1)
    assert answer.comments().keys() == {place}


def test_unknown_and_another_buyers_contract_are_told_alike(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    """Nothing tells who may not see a contract whether there is one: by its name, by its identifier, and by option."""

    def asked(cells: Row) -> tuple[int, str]:
        rows = row("Good Plant"), row("Bad Plant", **cells)
        answer = disclose(xlsx(tmp_path / "form.xlsx", *rows), "--dry-run")
        report = answer.report
        for one in (*report["results"], *(each for group in report["groups"] for each in group["first"])):
            one["focusNode"] = ""
        del report["sha256"], report["records"]
        return answer.ran.code, json.dumps(report, sort_keys=True)

    for known, unknown in (
        ({"contract_name": "Oosterveen devices 2025"}, {"contract_name": "Nowhere 2024"}),
        ({"contract": hidden("contract/oosterveen-devices-2025")}, {"contract": hidden("contract/nowhere")}),
    ):
        code, text = asked(known)
        assert (code, text.count("crossing-contract") > 0) == (1, True)
        for name, other in zip(known.values(), unknown.values(), strict=True):
            text = text.replace(name.partition("|")[0], other.partition("|")[0])
        assert (code, text) == asked(unknown)
    unnamed = {"contract_name": ""}
    first = xlsx(tmp_path / "unnamed.xlsx", row("Good Plant", **unnamed))
    told = [
        disclose(first, "--dry-run", "--contract", EXAMPLE + name).told
        for name in ("contract/oosterveen-devices-2025", "contract/nowhere")
    ]
    assert told[0] == told[1] != []


def test_a_date_in_five_national_orders_is_understood(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    written = [
        "25.02.2024",
        "25/02/2024",
        "02/25/2024",
        "2024/02/25",
        "2024年2月25日",
        "25. februar 2024",
        "25 de febrero de 2024",
    ]
    rows = [row(f"Plant {at}", valid_from=text) for at, text in enumerate(written)]
    answer = disclose(xlsx(tmp_path / "form.xlsx", *rows))
    assert (answer.ran.code, answer.told, answer.report["totals"]["letIn"]) == (0, [], len(written))


def test_a_date_that_could_be_two_is_told_where_the_column_does_not_decide(
    disclose: Callable[..., Answer], tmp_path: Path
) -> None:
    alone = disclose(xlsx(tmp_path / "form.xlsx", *two(row("Plant", valid_from="02/05/2024"))))
    assert alone.told == [("Violation", "reading-dateAmbiguous", "J3")]
    assert "write the date as year-month-day" in alone.report["results"][0]["message"]
    decided = row("Other Plant", valid_from="25/02/2024")
    both = disclose(xlsx(tmp_path / "form.xlsx", *two(row("Plant", valid_from="02/05/2024")), decided))
    assert (both.ran.code, both.told, both.report["totals"]["letIn"]) == (0, [], 3)


def test_a_site_in_two_countries_of_one_file_is_kept_out(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    here, there = (row("Twice Plant", site=hidden(NORTHBRIDGE), country=name) for name in ("Malaysia", "China"))
    answer = disclose(xlsx(tmp_path / "form.xlsx", row("Good Plant"), here, there))
    assert sorted(answer.told) == [
        ("Violation", "country", "I3"),
        ("Violation", "country", "I4"),
        ("Warning", "crossing-addressCountry", "I3"),
        ("Warning", "crossing-addressCountry", "I4"),
    ]
    assert (answer.ran.code, answer.report["totals"]["letIn"], answer.stored) == (1, 1, 1)
    assert answer.comments().keys() == {"I3", "I4"}


def test_a_site_in_another_country_than_before_is_let_in_with_a_warning(
    disclose: Callable[..., Answer], tmp_path: Path
) -> None:
    site = {"site": hidden(NORTHBRIDGE), "address": "Jalan Contoh 224", "locality": "Bayan Lepas"}
    before = row("Northbridge Assembly", country="Malaysia", **site)
    assert disclose(xlsx(tmp_path / "before.xlsx", before)).ran.code == 0
    moved = row("Northbridge Assembly", country="Thailand", **site)
    answer = disclose(xlsx(tmp_path / "form.xlsx", *two(moved)))
    assert [(severity, place) for severity, _, place in answer.told] == [("Warning", "I3")], answer.report["results"]
    assert (answer.ran.code, answer.report["totals"]["letIn"], answer.stored) == (0, 2, 1)
    assert answer.comments().keys() == {"I3"}


def test_a_duplicate_row_is_told_and_counted_once(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    answer = disclose(xlsx(tmp_path / "form.xlsx", row("Same"), row("Other"), row("Same")))
    assert answer.told == [("Warning", "reading-rowRepeated", "4")]
    assert "row 2" in answer.report["results"][0]["message"]
    totals = answer.report["totals"]
    assert (answer.ran.code, totals["letIn"], totals["repeated"], totals["claims"]) == (0, 2, 1, 2)
    assert answer.comments().keys() == {"A4"}


def test_texts_of_any_script_and_direction_are_kept_as_written(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    names = ["مصنع الإلكترونيات", "מפעל אלקטרוניקה", "Завод 株式会社 Nord-Süd", "شركة 深圳 Factory"]
    rows = [row(name, native_name=name, address=f"{name} 1") for name in names]
    answer = disclose(xlsx(tmp_path / "form.xlsx", *rows, row("مصنع", country="الصينن")))
    assert answer.told == [("Violation", "country", "I6")]
    assert answer.report["results"][0]["value"] == "الصينن"
    assert [change["site"] for change in answer.report["difference"]["changes"] if change["kind"] == "added"] == names
    assert answer.comments().keys() == {"I6"}


@pytest.mark.parametrize("last", [False, True], ids=["with formats only", "with a stray cell in the last"])
def test_a_sheet_down_to_the_last_row_there_can_be(
    disclose: Callable[..., Answer], tmp_path: Path, *, last: bool
) -> None:
    path, rows = tmp_path / "form.xlsx", two(row("Bad Plant", country="Chnia"))
    stray = f'<c r="L{LAST_ROW}" t="inlineStr"><is><t>see above</t></is></c>' if last else ""
    answer = disclose(long_sheet(path, rows, stray), annotated=last)
    with zipfile.ZipFile(path) as packed:
        assert packed.read("xl/worksheets/sheet1.xml").count(b"<row ") == LAST_ROW
    below = [("Info", "reading-trailing", str(LAST_ROW))] if last else []
    assert sorted(answer.told) == [*below, ("Violation", "country", "I3")]
    totals = answer.report["totals"]
    assert (totals["rows"], totals["letIn"], totals["quarantined"]) == (2, 1, 1)
    assert (answer.ran.code, answer.stored) == (1, 1)
    if last:  # only the rows with results are given back, their number in the first column
        found = load_workbook(answer.marked)[FORM]
        assert {found.cell(cell.row, 1).value for line in found for cell in line if cell.comment} == {3, LAST_ROW}


FILE_FAULTS: Final[dict[str, tuple[Callable[[], Sequence[Sequence[str]]], str, str, str]]] = {
    "headers only": (table, "reading-noRows", "1", "A1"),
    "two headers alike": (lambda: beside("Site name", row("Plant")), "reading-headingRepeated", "P1", "P1"),
    "two headers that mean the same": (lambda: beside("Factory", row("Plant")), "reading-headingRepeated", "P1", "P1"),
    "a heading taken away": (lambda: without("Site name", row("Plant")), "reading-headingMissing", "1", "A1"),
}


def beside(heading: str, *rows: Row) -> list[list[str]]:
    first, *others = table(*rows)
    return [[*first, heading], *([*line, "Other"] for line in others)]


def without(heading: str, *rows: Row) -> list[list[str]]:
    lines = table(*rows)
    at = lines[0].index(heading)
    return [[*line[:at], *line[at + 1 :]] for line in lines]


@pytest.mark.parametrize("kind", FILE_FAULTS)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_table_that_cannot_be_read_is_refused_whole_at_its_headings(
    disclose: Callable[..., Answer], tmp_path: Path, kind: str, form: str
) -> None:
    lines, shape, place, marked = FILE_FAULTS[kind]
    path = tmp_path / f"form.{form}"
    if form == "csv":
        path.write_bytes(csv_of(lines()))
    else:
        book(path, xml_of(lines()))
    answer = disclose(path)
    assert (answer.ran.code, answer.stored, answer.report["state"]) == (1, 0, "refused")
    assert answer.told == [("Violation", shape, place)]
    assert answer.report["results"][0]["sheet"] == (FORM if form == "xlsx" else "")
    assert answer.comments().keys() == {marked}


def written(content: bytes) -> Make:
    def made(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return made


def cut(path: Path, to: int) -> Path:
    path.write_bytes(xlsx(path, row("Plant")).read_bytes()[:to])
    return path


REFUSED: Final[dict[str, tuple[Make, str]]] = {
    "an empty sheet": (lambda path: book(path, ""), "there is nothing in it. Fill in the form"),
    "a sheet of formats only": (
        lambda path: book(path, '<row r="1"><c r="A1" s="0"/></row>'),
        "there is nothing in it",
    ),
    "an empty file": (written(b""), "the file is empty. Send one with a table in it"),
    "blanks": (written(b" \r\n\t"), "the file is empty"),
    "delimiters only": (written(b",,,\r\n,,,\r\n"), "there is nothing in it"),
    "the wrong sheet": (lambda path: book(path, xml_of([["Month", "Turnover"], ["May", "12"]])), "ewgraph suggest"),
    "40 columns of junk": (
        lambda path: book(path, xml_of([[f"k{at * line}" for at in range(40)] for line in range(40)])),
        "its headings are those of no known form. Use the form that you were given",
    ),
    "a password": (written(encrypted()), "protected by a password. Save it without one"),
    "macros": (
        lambda path: xlsx(path, row("Plant"), **{"xl/vbaProject.bin": "x"}),
        "it has macros ('xl/vbaproject.bin'). Save it as .xlsx",
    ),
    "a zip bomb": (bomb, "unpacks to more than 200 times its packed size"),
    "a DOCTYPE": (with_doctype, "has a DOCTYPE, which no workbook has"),
    "a truncated archive": (lambda path: cut(path, -80), "it was cut off. Send it again"),
    "half an archive": (lambda path: cut(path, 900), "it was cut off. Send it again"),
    "a NUL in the XML": (
        lambda path: book(path, xml_of(table(row("Bad@Plant"))).replace("@", "\0")),
        "is damaged: not well-formed",
    ),
    "a text longer than any cell holds": (
        lambda path: xlsx(path, row("N" * 40_000, address="Road 1")),
        "row 2: a cell begins 'NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN' and has more than 32,767 characters",
    ),
    "a PDF": (written(b"%PDF-1.7\n1 0 obj"), "this is a PDF, not a table. Save the table as .xlsx or CSV"),
    "a picture": (written(b"\x89PNG\r\n\x1a\n" + bytes(50)), "this is a picture, not a table"),
    "noise": (written(bytes(range(256)) * 40), "this is neither a workbook nor text. Save the table as .xlsx"),
    "a text that is no table": (written(b"Dear all,\nplease find attached\nthe sites.\n"), "of no known form"),
    "JSON of no form": (written(b'{"colour": "red"}'), "of no known form"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_file_is_refused_whole_and_nothing_is_stored(
    disclose: Callable[..., Answer], tmp_path: Path, kind: str
) -> None:
    make, said = REFUSED[kind]
    answer = disclose(make(tmp_path / "form.xlsx"))
    assert (answer.ran.code, answer.ran.out, answer.stored) == (1, "", 0)
    assert f"form.xlsx{answer.ran.err.rpartition('form.xlsx')[2]}".count(said) == 1, answer.ran.err
    assert not answer.marked.exists()


READ_ALL_THE_SAME: Final[dict[str, tuple[bytes, str]]] = {
    "a CSV renamed .xlsx": (csv_of(table(*two(row("Fábrica Ñandú", country="Chnia")))), "was read as CSV"),
    "semicolons in cp1252": (
        csv_of(table(*two(row("Fábrica Ñandú", country="Chnia"))), delimiter=";", encoding="cp1252"),
        "was read as cp1252, a guess",
    ),
    "UTF-16": (
        csv_of(table(*two(row("Fábrica Ñandú", country="Chnia"))), delimiter="\t", encoding="utf-16"),
        "separated by: tab",
    ),
}


@pytest.mark.parametrize("kind", READ_ALL_THE_SAME)
def test_an_odd_file_is_read_with_a_remark(disclose: Callable[..., Answer], tmp_path: Path, kind: str) -> None:
    content, said = READ_ALL_THE_SAME[kind]
    path = tmp_path / ("form.xlsx" if "xlsx" in kind else "form.csv")
    path.write_bytes(content)
    answer = disclose(path)
    assert answer.told == [("Violation", "country", "I3")]
    assert (answer.ran.code, answer.stored) == (1, 1)
    assert any(said in note for note in answer.report["notes"]), answer.report["notes"]
    assert load_workbook(answer.marked).worksheets[1]["E3"].value == "Fábrica Ñandú"
    assert answer.comments().keys() == {"I3"}


def test_a_nul_in_a_csv_file_costs_its_row(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(csv_of(table(*two(row("Bad@Plant")))).replace(b"@", b"\0"))
    answer = disclose(path)
    assert answer.told == [("Violation", "reading-row", "3")]
    assert "NUL" in answer.report["results"][0]["message"]
    assert (answer.ran.code, answer.report["totals"]["letIn"], answer.stored) == (1, 1, 1)
    assert answer.comments().keys() == {"A3"}


def test_what_a_workbook_links_to_is_not_followed(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    answer = disclose(linked(tmp_path / "form.xlsx", row("Linked Plant")))
    assert (answer.ran.code, answer.told, answer.stored) == (0, [], 1)
    assert any("not followed" in note for note in answer.report["notes"])


def test_a_link_to_a_file_is_the_file(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    path = tmp_path / "link.xlsx"
    path.symlink_to(xlsx(tmp_path / "form.xlsx", row("Symbolic Plant")))
    answer = disclose(path)
    assert (answer.ran.code, answer.report["file"], answer.stored) == (0, "link.xlsx", 1)
    (tmp_path / "form.xlsx").unlink()
    assert disclose(path).ran.code == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "this is no file. Name a file"),
        ("-", "the standard input is not read. Name a file"),
        ("missing.xlsx", "there is no such file"),
        ("/dev/null", "this is no file"),
    ],
)
def test_what_is_no_file_is_wrong_usage(disclose: Callable[..., Answer], name: str, said: str) -> None:
    answer = disclose(name)
    assert (answer.ran.code, answer.ran.out, answer.stored) == (2, "", 0)
    assert said in answer.ran.err


def test_the_marked_workbook_never_takes_the_place_of_the_file(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    path = xlsx(tmp_path / "form.xlsx", row("Own Plant"))
    content = path.read_bytes()
    answer = disclose(path, "--annotated", path)
    assert (answer.ran.code, answer.stored, path.read_bytes() == content) == (2, 0, True)
    assert "Name another one" in answer.ran.err


def test_an_unknown_mapping_names_those_there_are(disclose: Callable[..., Answer], tmp_path: Path) -> None:
    answer = disclose(xlsx(tmp_path / "form.xlsx", row("Plant")), "--format", "nothing")
    assert (answer.ran.code, answer.stored) == (1, 0)
    assert "factory-disclosure" in answer.ran.err
