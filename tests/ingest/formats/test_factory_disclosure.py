"""The factory disclosure form: from cells to records that conform; and what is wrong, at its cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ewgraph.ingest.mapping import load_mapping
from ewgraph.ingest.mapping.identifier_token import token
from ewgraph.ingest.mapping.words import folded
from ewgraph.model.rdf import IRI
from tests.ingest.formats.reading_of import Outcome, csv_file, outcome_of

FORM = load_mapping("factory-disclosure")
EX = "https://data.example.org/id/"
EWK = "https://w3id.org/ewgraph/kos/"
HEADINGS = [
    "Contract", "Product model", "Tier", "Component", "Site name", "Name in the local language", "Full address", "Town",
    "Province or state", "Post code", "Country", "Kind of site", "OS ID", "GLN", "Operated by", "LEI of the operator",
    "Made here from", "No longer since", "How sure", "Are all sites named?", "If not known: what was done",
    "Who was asked", "Asked on", "Answered on", "Comment",
]  # fmt: skip
GOOD = {
    "Contract": "Laptops 2024",
    "Product model": "Laptop 1",
    "Tier": "Final assembly",
    "Site name": "Northbridge Assembly",
    "Full address": "Jalan Contoh 224",
    "Town": "Bayan Lepas",
    "Country": "Malaysia",
    "Made here from": "2024-03-01",
}


def read(tmp_path: Path, *rows: dict[str, str], given: dict[str, str] | None = None) -> Outcome:
    """What a CSV file with these rows becomes; the first row is row 2."""
    listed = [[row.get(heading, "") for heading in HEADINGS] for row in rows]
    return outcome_of(csv_file(tmp_path / "form.csv", HEADINGS, *listed), "factory-disclosure", given)


def test_no_heading_means_two_columns() -> None:
    meant: dict[str, str] = {}
    for column in FORM.tables["sites"].columns.values():
        for word in column.words:
            assert meant.setdefault(folded(word), column.name) == column.name, word


@pytest.mark.parametrize("language", ["en", "de", "nb", "es"])
def test_every_column_to_fill_in_is_told_in_every_language(language: str) -> None:
    for column in FORM.tables["sites"].columns.values():
        assert column.title[language]
        if not column.hidden:
            assert 0 < len(column.help[language]) <= 255, column.name


def test_a_row_names_the_site_of_a_model(tmp_path: Path) -> None:
    outcome = read(tmp_path, {**GOOD, "Operated by": "Operator Ltd", "Are all sites named?": "Complete"})
    assert outcome.findings == []
    assert outcome.values("output") == [EX + "L1"]
    assert outcome.values("scopeContract") == [EX + "K1"]
    assert outcome.values("tier") == [EWK + "tier/final-assembly"] * 2
    assert outcome.values("sourceColumn")[0] == "A,B,C,E,G,H,K,Q"
    assert outcome.values("completeness") == [EWK + "completeness/complete"]
    assert "Operator Ltd" in outcome.values("label")


def test_a_component_goes_into_its_model_and_is_strategic_unless_said_otherwise(tmp_path: Path) -> None:
    outcome = read(
        tmp_path, {**GOOD, "Component": "Battery", "Tier": ""}, {**GOOD, "Component": "Akku", "Tier": "Subassembly"}
    )
    assert outcome.refused == []
    assert outcome.values("output") == [EWK + "component/battery"] * 2
    assert outcome.values("intoModel") == [EX + "L1"] * 2
    assert outcome.values("tier") == [EWK + "tier/strategic-component", EWK + "tier/subassembly"]


def test_all_columns_together_conform(tmp_path: Path) -> None:
    row = {
        **GOOD, "Name in the local language": "北桥", "Province or state": "Penang", "Post code": "01190",
        "Kind of site": "Factory", "OS ID": "MY2021250D1DTN7", "GLN": "4012345000009", "Operated by": "Operator Ltd",
        "LEI of the operator": "5493001KJTIIGC8Y1R12", "No longer since": "2025-01-01", "How sure": "High",
        "Are all sites named?": "Partial", "Comment": "As of May",
    }  # fmt: skip
    outcome = read(tmp_path, row)
    assert [one for one in outcome.findings if one.shape != "notation-wellFormed"] == []
    assert outcome.values("postCode") == ["01190"]
    assert outcome.values("nativeName") == ["北桥"]


def test_what_was_asked_where_nobody_knows_is_a_record_of_its_own(tmp_path: Path) -> None:
    asked = {
        "Contract": "Laptops 2024", "Product model": "LP-001", "Component": "Display", "Who was asked": "Brand X",
        "If not known: what was done": "Upstream silent", "Asked on": "2024-05-20", "Answered on": "2024-06-20",
    }  # fmt: skip
    outcome = read(tmp_path, GOOD, asked)
    assert outcome.refused == []
    assert [made.kind.value.rpartition("#")[2] for made in outcome.made] == ["Disclosure", "DueDiligenceRecord"]
    assert outcome.values("dueDiligenceStatus") == [EWK + "due-diligence/upstream-silent"]
    assert outcome.values("sentOn") == ["2024-05-20"]
    assert "LP-001: display" in outcome.values("label")


def test_a_model_without_a_site_may_be_said_to_have_none(tmp_path: Path) -> None:
    row = {
        "Contract": "Laptops 2024",
        "Product model": "Laptop 1",
        "Tier": "Subassembly",
        "Are all sites named?": "None exists",
    }
    outcome = read(tmp_path, row)
    assert outcome.findings == []
    assert outcome.values("site") == []
    assert outcome.values("ofModel") == [EX + "L1"]


def test_a_row_that_only_names_its_model_says_nothing(tmp_path: Path) -> None:
    outcome = read(tmp_path, GOOD, {"Contract": "Laptops 2024", "Product model": "Laptop 1", "Tier": "Final assembly"})
    assert [len(made.rows) for made in outcome.made] == [1]
    assert [(fault.shape, fault.row) for fault in outcome.file] == [("reading-rowIgnored", 3)]


def test_the_contract_may_be_given_with_the_file(tmp_path: Path) -> None:
    outcome = read(tmp_path, {**GOOD, "Contract": ""}, given={"contract": EX + "K1"})
    assert outcome.findings == []
    assert outcome.values("scopeContract") == [EX + "K1"]


@pytest.mark.parametrize("text", [EX + "K7", "laptops 2024", "LAPTOPS  2024"])
def test_the_contract_may_be_named_by_its_iri_or_its_label(tmp_path: Path, text: str) -> None:
    outcome = read(tmp_path, {**GOOD, "Contract": text})
    assert outcome.findings == []
    assert outcome.values("scopeContract") == [EX + ("K7" if "://" in text else "K1")]


@pytest.mark.parametrize(
    "headings",
    [
        ["Vertrag", "Modellnummer", "Stufe", "Werk", "Anschrift", "Stadt", "Land", "Gültig ab"],
        ["Kontrakt", "Modell", "Leverandørledd", "Fabrikknavn", "Gateadresse", "By", "Land", "Gyldig fra"],
        ["Contrato", "Modelo", "Nivel", "Nombre de la planta", "Domicilio", "Ciudad", "País", "Válido desde"],
        [
            "Contract IRI",
            "Product",
            "Stage",
            "Factory",
            "Site address",
            "City",
            "Country/Region",
            "Since",
        ],
    ],
)
def test_headings_are_understood_in_four_languages(tmp_path: Path, headings: list[str]) -> None:
    values = [
        GOOD[name] for name in ("Contract", "Product model", "Tier", "Site name", "Full address", "Town", "Country")
    ]
    path = csv_file(tmp_path / "form.csv", headings, [*values, "2024-03-01"])
    outcome = outcome_of(path, "factory-disclosure")
    assert outcome.refused == []
    assert outcome.values("postName") == ["Bayan Lepas"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Product model": "Laptop 9"}, [("B2", "output")]),
        ({"Contract": "No such contract"}, [("A2", "scopeContract")]),
        ({"Country": "Chnia"}, [("K2", "country"), ("K2", "country")]),
        ({"Country": ""}, [("K2", "country-required")]),
        ({"Tier": "asembly"}, [("C2", "tier")]),
        ({"Tier": ""}, [("C2", "tier-required")]),
        ({"Tier": "Strategic component"}, [("2", "SupplyClaim-output")]),
        ({"Site name": ""}, [("E2", "site-required")]),
        ({"Made here from": ""}, [("Q2", "validFrom-required")]),
        ({"No longer since": "2023-01-01"}, [("Q2", "period")]),
        ({"Made here from": "31.02.2024"}, [("Q2", "validFrom")]),
        ({"Made here from": "#N/A"}, [("Q2", "reading-cellError"), ("Q2", "validFrom-required")]),
        ({"Site name": "x" * 10_000}, [("E2", "reading-textTooLong")]),
        ({"Are all sites named?": "perhaps"}, [("T2", "completeness")]),
        ({"How sure": "very"}, [("S2", "confidence")]),
        ({"Kind of site": "castle"}, [("L2", "siteType")]),
        ({"GLN": "4012345000001"}, [("N2", "notation-wellFormed")]),
        ({"LEI of the operator": "NOPE", "Operated by": "X"}, [("P2", "notation-wellFormed")]),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else "",
)
def test_what_is_wrong_is_told_at_its_cell(
    tmp_path: Path, change: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert read(tmp_path, {**GOOD, **change}).refused == expected


def test_a_word_that_is_nearly_right_gets_a_hint(tmp_path: Path) -> None:
    outcome = read(tmp_path, {**GOOD, "Country": "Malysia"})
    assert {(one.cell, one.hint) for one in outcome.findings} == {("K2", "Malaysia")}


@pytest.mark.parametrize(
    "text", ["25.03.2024", "25/03/2024", "2024-03-25", "March 25, 2024", "2024年3月25日", "25. März 2024"]
)
def test_a_date_as_text_is_understood_in_national_orders(tmp_path: Path, text: str) -> None:
    outcome = read(tmp_path, {**GOOD, "Made here from": text})
    assert outcome.findings == []
    assert outcome.values("validFrom") == ["2024-03-25"]


def test_a_date_that_may_be_two_is_refused(tmp_path: Path) -> None:
    outcome = read(tmp_path, {**GOOD, "Made here from": "03/04/2024"})
    assert ("Q2", "reading-dateAmbiguous") in outcome.refused


@pytest.mark.parametrize(
    "name", ["مصنع الإلكترونيات", "东莞 Foxlink Ltd. 电子厂", "\u202bמפעל\u202c A-1", "Ærø Fabrikk №7"]
)
def test_a_name_in_any_script_stays_as_it_is(tmp_path: Path, name: str) -> None:
    outcome = read(tmp_path, {**GOOD, "Site name": name})
    assert outcome.refused == []
    assert name in outcome.values("label")


def test_a_site_in_two_countries_is_told_at_both_cells(tmp_path: Path) -> None:
    columns = [*HEADINGS, "Site identifier"]
    rows = [
        [*(row.get(heading, "") for heading in HEADINGS), token(IRI(EX + "F1"))]
        for row in (GOOD, {**GOOD, "Country": "China", "Made here from": "2025-01-01"})
    ]
    outcome = outcome_of(csv_file(tmp_path / "form.csv", columns, *rows), "factory-disclosure")
    assert outcome.refused == [("K2", "country"), ("K3", "country")]


def test_a_row_that_stands_twice_is_told(tmp_path: Path) -> None:
    outcome = read(tmp_path, GOOD, GOOD)
    assert [(fault.shape, fault.row, fault.params["other"]) for fault in outcome.file] == [
        ("reading-rowRepeated", 3, "2")
    ]
    assert len(outcome.values("sourceRow")) == 1


def test_a_changed_identifier_is_told_at_its_cell(tmp_path: Path) -> None:
    columns = [*HEADINGS, "Site identifier"]
    changed = token(IRI(EX + "F1")).replace("F1", "F2")
    row = [*(GOOD.get(heading, "") for heading in HEADINGS), changed]
    outcome = outcome_of(csv_file(tmp_path / "form.csv", columns, row), "factory-disclosure")
    assert outcome.refused == [("Z2", "reading-identifierChanged")]


def test_two_answers_to_whether_all_sites_are_named_contradict_each_other(tmp_path: Path) -> None:
    rows = [
        {**GOOD, "Site name": name, "Are all sites named?": word}
        for name, word in (("A", "Complete"), ("B", "Partial"))
    ]
    assert read(tmp_path, *rows).refused == [("T2", "completeness"), ("T3", "completeness")]


def test_a_cell_with_an_error_is_told_and_gives_nothing(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(HEADINGS)
    sheet.append([GOOD.get(heading) for heading in HEADINGS])
    sheet["E2"] = "#N/A"
    sheet["Q2"] = dt.date(2024, 3, 1)
    book.save(tmp_path / "form.xlsx")
    outcome = outcome_of(tmp_path / "form.xlsx", "factory-disclosure")
    assert outcome.refused == [("E2", "reading-cellError"), ("E2", "site-required")]
    assert outcome.values("validFrom") == ["2024-03-01"]
