"""Brands' lists with whatever columns they have: invented lists in the manner of public ones."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ewgraph.ingest.mapping import load_mapping
from ewgraph.ingest.mapping.suggestion import fingerprint, suggest
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.document import open_document
from tests.ingest.formats.reading_of import KOS, csv_file, outcome_of

LIST = load_mapping("brand-list")
EWK = "https://w3id.org/ewgraph/kos/"
BRAND = {"submitter": "https://data.example.org/id/brand-x"}


def test_no_heading_means_two_columns() -> None:
    meant: dict[str, str] = {}
    for column in LIST.tables["suppliers"].columns.values():
        for word in column.words:
            assert meant.setdefault(folded(word), column.name) == column.name, word


def test_a_list_with_product_types_and_workers(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "list.csv",
        ["Supplier Name", "Site address", "City", "Country/Region", "Product type", "Number of workers"],
        ["Northmoor Devices", "1 Example Road", "Kunshan", "China mainland", "Notebooks; Desktops", "5000+"],
        ["Velda Cells", "2 Sample Street", "Penang", "Malaysia", "Batteries", "500-999"],
    )
    outcome = outcome_of(path, "brand-list", BRAND)
    assert outcome.findings == []
    assert outcome.values("forBrand") == [BRAND["submitter"]] * 2
    assert outcome.values("scope") == [EWK + "scope/brand"] * 2
    assert set(outcome.values("evidenceBasis")) == {EWK + "evidence-basis/brand-list-with-product"}
    assert outcome.values("value") == ["Notebooks; Desktops", "5000+", "Batteries", "500-999"]
    assert outcome.values("validFrom") == ["2026-10-01"] * 2
    assert outcome.values("output") == []


def test_a_handful_of_workers_is_refused_at_its_cell(tmp_path: Path) -> None:
    headings = ["Supplier Name", "Site address", "City", "Country/Region", "Number of workers"]
    row = ["Northmoor Devices", "1 Example Road", "Kunshan", "China mainland", "1-4"]
    outcome = outcome_of(csv_file(tmp_path / "list.csv", headings, row), "brand-list", BRAND)
    assert outcome.refused == [("E2", "value-few")]


def test_a_list_without_products_holds_for_the_company_and_for_its_year(tmp_path: Path) -> None:
    rows = [["2022", "Northmoor Devices", "Vietnam", "1 Example Road"], ["2023", "Northmoor Devices", "Vietnam", ""]]
    headings = ["year", "supplier_name", "country", "supplier_address"]
    outcome = outcome_of(csv_file(tmp_path / "list.csv", headings, *rows), "brand-list", BRAND)
    assert outcome.refused == []
    assert len(outcome.made) == 2
    assert outcome.values("issuedFor") == ["2022", "2023"]
    assert outcome.values("scope") == [EWK + "scope/company"] * 2
    assert outcome.values("validFrom") == ["2022-01-01", "2023-01-01"]
    assert outcome.values("validTo") == ["2023-01-01", "2024-01-01"]


def test_a_factory_of_a_supplier_is_operated_by_it(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "list.csv",
        ["Lieferant", "Werk", "Anschrift", "Ort", "Land", "Art des Lieferanten"],
        ["Nordmoor AG", "Werk Süd", "Beispielstraße 1", "Dresden", "Deutschland", "Endmontage"],
    )
    outcome = outcome_of(path, "brand-list", BRAND)
    assert outcome.findings == []
    assert outcome.values("tier") == [EWK + "tier/final-assembly"]
    assert outcome.values("relation") == [EWK + "operation-relation/operates"]
    assert {"Werk Süd", "Nordmoor AG"} <= set(outcome.values("label"))


def test_a_list_of_several_brands_makes_an_edition_of_each(tmp_path: Path) -> None:
    rows = [["Brand A", "Works 1", "Norway"], ["Brand B", "Works 1", "Norway"]]
    outcome = outcome_of(csv_file(tmp_path / "list.csv", ["Brand", "Supplier", "Country"], *rows), "brand-list", BRAND)
    assert outcome.refused == []
    assert len(set(outcome.values("forBrand"))) == 2
    assert BRAND["submitter"] not in outcome.values("forBrand")


@pytest.mark.parametrize(
    ("word", "level"), [("", "contract-party"), ("published", "public"), ("affiliates", "affiliates")]
)
def test_a_list_is_public_only_where_it_says_so(tmp_path: Path, word: str, level: str) -> None:
    path = csv_file(tmp_path / "list.csv", ["Supplier", "Country", "Visibility"], ["Works 1", "Norway", word])
    outcome = outcome_of(path, "brand-list", BRAND)
    assert outcome.refused == []
    assert outcome.values("visibility") == [EWK + f"visibility/{level}"]


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("Country", "Chnia", {("C2", "country")}),
        ("Country", "", {("C2", "country-required")}),
        ("Year", "20x3", {("D2", "reading-row"), ("D0", "issuedFor")}),
        ("Supplier tier", "sometimes", {("E2", "tier")}),
        ("OS ID", "CN123", {("F2", "notation-wellFormed")}),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(
    tmp_path: Path, column: str, text: str, expected: set[tuple[str, str]]
) -> None:
    row = {
        "Supplier": "Works 1",
        "Address": "1 Road",
        "Country": "China",
        "Year": "2023",
        "Supplier tier": "",
        "OS ID": "",
    }
    path = csv_file(tmp_path / "list.csv", list(row), list({**row, column: text}.values()))
    assert set(outcome_of(path, "brand-list", BRAND).refused) == expected


ODD = ["Name of supplier organisation", "Where it stands", "Town", "Nation/territory", "Contact e-mail"]


def test_columns_of_an_unknown_list_are_suggested(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "odd.csv", ODD, ["Northmoor", "1 Road", "Kunshan", "China", "a@example.org"])
    found = suggest(open_document(path, path.name), LIST, KOS)
    assert {name: one.heading for name, one in found.columns.items()} == {
        "supplier": ODD[0], "city": ODD[2], "country": ODD[3],
    }  # fmt: skip
    assert found.missing == ()


def test_lists_of_one_make_have_one_fingerprint() -> None:
    assert fingerprint(ODD) == fingerprint([text.upper() for text in reversed(ODD)]) != fingerprint(ODD[1:])


def test_no_person_enters_from_a_list(tmp_path: Path) -> None:
    headings = ["Supplier", "Country", "Contact person", "E-mail"]
    path = csv_file(tmp_path / "list.csv", headings, ["Works 1", "Norway", "Kari Nordmann", "kari@example.org"])
    outcome = outcome_of(path, "brand-list", BRAND)
    assert "Nordmann" not in "".join(map(str, outcome.quads))
    assert {fault.shape for fault in outcome.file} == {"reading-headingUnknown"}


def test_the_public_list_of_a_large_brand_is_read(shared_data: Path, tmp_path: Path) -> None:
    with (shared_data / "apple-suppliers" / "apple-supplier-list-2012-2018.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    some = [rows[0], *rows[1::100]]
    outcome = outcome_of(csv_file(tmp_path / "list.csv", *some), "brand-list", BRAND)
    assert outcome.refused == []
    assert len(outcome.values("forBrand")) == len(some) - 1
    assert set(outcome.values("issuedFor")) == {row[rows[0].index("year")] for row in some[1:]}
