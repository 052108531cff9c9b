"""Declarations of minerals: smelters and mines are found, in whatever language, and persons are not."""

import logging
from pathlib import Path

import pytest

from ewgraph.ingest.mapping import detect, load_mapping, mapping_ids
from ewgraph.ingest.sheets.document import open_document
from ewgraph.validate.report import Severity
from tests.ingest.formats.minerals_workbooks import PLANTED, declaration, smelter
from tests.ingest.formats.reading_of import BASE, Outcome, outcome_of

EWK = "https://w3id.org/ewgraph/kos/"
SMELTER = "https://w3id.org/ewgraph/id/smelter/"
TIN = smelter("CID001105", "Tin", "Malaysia Smelting Corporation Butterworth", "MALAYSIA")
GOLD = smelter("CID001153", "Gold", "Metalor", "SWITZERLAND")
COBALT = smelter("CID003264", "Cobalt", "Chemaf Etoile", "CONGO, DEMOCRATIC REPUBLIC OF THE")


def read(path: Path, mapping: str = "cmrt") -> Outcome:
    return outcome_of(path, mapping)


def conforms(outcome: Outcome) -> bool:
    return outcome.refused == [] and all(
        fault.shape in {"reading-rowIgnored", "reading-formula"} for fault in outcome.file
    )


def test_each_smelter_is_listed_by_its_identifier(tmp_path: Path) -> None:
    outcome = read(declaration(tmp_path / "cmrt.xlsx", smelters=[TIN, GOLD]))
    assert conforms(outcome)
    assert outcome.values("smelter") == [SMELTER + "CID001105", SMELTER + "CID001153"]
    assert outcome.values("notation") == ["CID001105", "CID001153"]
    assert outcome.values("scope") == [EWK + "scope/company"] * 2
    assert outcome.values("validFrom") == ["2025-05-01"] * 2
    assert set(outcome.values("issued")) == {"2025-05-01"}
    assert outcome.values("sourceRow") == ["5", "6"]
    assert outcome.values("sourceColumn")[0] == "F,D,B,E"
    assert "Declared for the whole company" in " ".join(outcome.values("caveat"))


def test_the_declarant_is_the_company_that_the_form_names(tmp_path: Path) -> None:
    path = declaration(tmp_path / "cmrt.xlsx", smelters=[TIN])
    (declarant,) = read(path).values("declarant")
    assert declarant.startswith(BASE + "id/organization/")
    brand = "https://data.example.org/id/brand-x"
    (known,) = outcome_of(path, "cmrt", lookups={"organizations": {"example brand": brand}}).values("declarant")
    assert known == brand
    (named,) = outcome_of(path, "cmrt", {"onBehalfOf": brand}).values("declarant")
    assert named == brand


@pytest.mark.parametrize(
    ("metal", "mineral"),
    [("锡", "tin"), ("スズ", "tin"), ("주석", "tin"), ("Étain", "tin"), ("Zinn", "tin"), ("Estanho", "tin"),
     ("金", "gold"),     ("Ouro", "gold"), ("タンタル", "tantalum"), ("Wolfram", "tungsten"), ("钨", "tungsten"),
     ("Tantale", "tantalum")],
)  # fmt: skip
def test_metals_are_understood_in_the_languages_of_the_form(tmp_path: Path, metal: str, mineral: str) -> None:
    outcome = read(declaration(tmp_path / "cmrt.xlsx", smelters=[{**TIN, "B": metal}]))
    assert conforms(outcome)
    assert set(outcome.values("mineral")) == {EWK + "mineral/" + mineral}


@pytest.mark.parametrize(
    "country",
    ["BRAZIL", "KOREA, REPUBLIC OF", "TAIWAN, PROVINCE OF CHINA", "UNITED STATES OF AMERICA", "RUSSIAN FEDERATION",
     "VIET NAM", "BOLIVIA (PLURINATIONAL STATE OF)", "INDONESIA", "UZBEKISTAN", "UNITED ARAB EMIRATES", "CZECHIA",
     "KYRGYZSTAN", "NORTH MACEDONIA", "GHANA", "RWANDA", "TANZANIA, UNITED REPUBLIC OF", "UNITED KINGDOM"],
)  # fmt: skip
def test_countries_are_understood_as_the_form_writes_them(tmp_path: Path, country: str) -> None:
    assert conforms(read(declaration(tmp_path / "cmrt.xlsx", smelters=[{**TIN, "E": country}])))


@pytest.mark.parametrize("said", ["Smelter not yet identified", "SMELTER NOT YET IDENTIFIED"])
def test_a_smelter_that_is_not_identified_is_no_claim_but_told(tmp_path: Path, said: str) -> None:
    nobody = {"B": "Tin", "C": said, "D": "Unknown"}
    outcome = read(declaration(tmp_path / "cmrt.xlsx", smelters=[TIN, nobody, {"B": "Tin", "C": "smelter NOT listed"}]))
    assert len(outcome.values("smelter")) == 1
    assert [(fault.shape, fault.row) for fault in outcome.file] == [
        ("reading-rowIgnored", 6),
        ("reading-rowIgnored", 7),
    ]


def test_a_smelter_that_is_not_on_the_forms_list_is_known_by_its_name(tmp_path: Path) -> None:
    named = {"B": "Tin", "C": "Smelter not listed", "D": "Hinterland Works", "E": "Peru", "I": "Lima"}
    outcome = read(declaration(tmp_path / "cmrt.xlsx", smelters=[named]))
    assert conforms(outcome)
    assert outcome.values("smelter")[0].startswith(BASE + "id/site/")
    assert outcome.values("notation") == []


def test_an_identifier_that_is_none_is_told_at_its_cell(tmp_path: Path) -> None:
    outcome = read(declaration(tmp_path / "cmrt.xlsx", smelters=[{**TIN, "F": "CID12"}]))
    assert outcome.refused == [("F5", "notation-wellFormed")]


def test_a_metal_that_is_unknown_is_told_at_its_cell(tmp_path: Path) -> None:
    outcome = read(declaration(tmp_path / "cmrt.xlsx", smelters=[{**TIN, "B": "Tim"}]))
    assert {cell for cell, _ in outcome.refused} == {"B5"}


def test_a_declaration_for_products_lists_each_smelter_for_each_model(tmp_path: Path) -> None:
    path = declaration(
        tmp_path / "cmrt.xlsx",
        cells={"D9": "B. Product (or List of Products)"},
        smelters=[TIN],
        products=[("X-100", "Phone X"), ("LP-001", "Laptop 1")],
        answers={(7, "tin"): "Yes", (8, "tin"): "Yes"},
    )
    outcome = read(path)
    assert conforms(outcome)
    assert outcome.values("scope") == [EWK + "scope/model"]
    models = outcome.values("intoModel")
    assert len(models) == 2
    assert "https://data.example.org/id/L1" in models
    assert outcome.values("modelNumber") == ["X-100"]
    assert set(outcome.values("ofModel")) == set(models)
    assert outcome.values("completeness") == [EWK + "completeness/complete"] * 2


def test_one_answer_of_no_makes_the_list_partial(tmp_path: Path) -> None:
    path = declaration(
        tmp_path / "cmrt.xlsx",
        cells={"D9": "B. 产品"},
        smelters=[TIN],
        products=[("X-100", "Phone X")],
        answers={(7, "tin"): "Yes", (8, "tin"): "Yes", (7, "gold"): "No"},
    )
    outcome = read(path)
    assert conforms(outcome)
    assert outcome.values("completeness") == [EWK + "completeness/partial"]
    assert "smelters of gold are identified, the declarant answers: No" in " ".join(outcome.values("caveat"))


def test_a_declaration_for_products_without_a_product_is_refused(tmp_path: Path) -> None:
    outcome = read(declaration(tmp_path / "cmrt.xlsx", cells={"D9": "B. Product"}, smelters=[TIN]))
    assert [shape for _, shape in outcome.refused] == ["SmelterListingClaim-intoModel"]


def test_a_scope_of_the_companys_own_is_said_in_its_words(tmp_path: Path) -> None:
    cells = {"D9": "C. User defined [Specify in 'Description of scope']", "D10": "Division Printers"}
    outcome = read(declaration(tmp_path / "cmrt.xlsx", cells=cells, smelters=[TIN]))
    assert conforms(outcome)
    assert "Division Printers" in " ".join(outcome.values("caveat"))
    assert outcome.values("scope") == [EWK + "scope/company"]


def test_without_a_scope_nothing_is_listed(tmp_path: Path) -> None:
    outcome = read(declaration(tmp_path / "cmrt.xlsx", cells={"D9": None}, smelters=[TIN]))
    assert outcome.refused == [("5", "scope-required")]


def test_answers_are_told_with_their_question(tmp_path: Path) -> None:
    outcome = read(
        declaration(tmp_path / "cmrt.xlsx", smelters=[TIN], answers={(1, "tin"): "Yes", (6, "gold"): "100%"})
    )
    assert outcome.values("comment") == [
        "Tin, intentionally added: Yes",
        "Gold, share of suppliers that answered: 100%",
    ]


def test_mines_countries_and_scrap_become_what_a_smelter_takes_from(tmp_path: Path) -> None:
    rows = [
        {**TIN, "N": "Alpha Mine; Beta Mine", "O": "Peru; Bolivia; various"},
        {**GOLD, "N": "Recycled/scrap", "O": "recycled", "P": "Yes"},
    ]
    outcome = read(declaration(tmp_path / "cmrt.xlsx", smelters=rows))
    assert conforms(outcome)
    assert len(outcome.values("mine")) == 2
    assert {"Alpha Mine", "Beta Mine"} <= set(outcome.values("label"))
    assert [iri.rpartition("/")[2] for iri in outcome.values("originCountry")] == ["PER", "BOL"]
    assert outcome.values("recycledShare") == ["1"]


def test_the_mine_list_ties_mines_to_the_smelters_of_the_file(tmp_path: Path) -> None:
    mines = [
        {
            "A": "Cobalt",
            "B": "Chemaf Etoile",
            "C": "Etoile",
            "F": "Congo, Democratic Republic of the",
            "H": "Lubumbashi",
        },
        {"A": "Cobalt", "B": "Another Works", "C": "Mutoshi", "D": "M-1", "E": "example-register", "F": "DRC"},
    ]
    outcome = read(declaration(tmp_path / "emrt.xlsx", smelters=[COBALT], mines=mines), "emrt")
    assert conforms(outcome)
    listed, fed, other = outcome.values("smelter")
    assert listed == fed == SMELTER + "CID003264"
    assert other.startswith(BASE + "id/site/")
    assert len(set(outcome.values("mine"))) == 2
    assert outcome.values("originCountry") == ["http://publications.europa.eu/resource/authority/country/COD"] * 2
    assert "M-1" in outcome.values("notation")
    assert outcome.values("issued") == []


@pytest.mark.parametrize("kind", ["cmrt", "emrt"])
def test_a_declaration_is_recognised(tmp_path: Path, kind: str) -> None:
    path = declaration(tmp_path / "file.xlsx", smelters=[TIN], mines=[] if kind == "emrt" else None)
    found = detect(open_document(path, "file.xlsx"), [load_mapping(name) for name in mapping_ids()])
    assert found[0].mapping == kind
    assert found[0].score > 0.9


def test_a_workbook_of_another_kind_is_told_so(tmp_path: Path) -> None:
    path = declaration(tmp_path / "cmrt.xlsx", smelters=[TIN])
    assert [fault.shape for fault in read(path, "emrt").file] == ["reading-noTable"]


@pytest.mark.parametrize("kind", ["cmrt", "emrt"])
def test_no_person_enters_anything_that_is_made_of_the_file(
    tmp_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = {**TIN, "B": "Tim", "F": "CID12"}
    mines = [{"A": "Cobalt", "B": "Chemaf Etoile", "C": "Etoile", "F": "Nowhere"}] if kind == "emrt" else None
    cells = {"D10": None, "D9": "B. Product"}
    path = declaration(
        tmp_path / "file.xlsx", cells=cells, smelters=[TIN, wrong, {"B": "Tin"}], products=[("1", "One")], mines=mines
    )
    outcome = read(path, kind)
    assert any(finding.severity is Severity.VIOLATION for finding in outcome.findings)
    told = [repr(outcome), caplog.text]
    assert [word for word in PLANTED for text in told if word in text] == []
