"""Production sites from Open Supply Hub."""

from pathlib import Path

import pytest

from ewgraph.ingest.mapping import detect, load_mapping, mapping_ids
from ewgraph.ingest.sheets.document import open_document
from tests.ingest.formats.reading_of import Outcome, csv_file, outcome_of

HEADINGS = [
    "os_id", "country", "name", "address", "lat", "lng", "number_of_workers", "native_language_name", "facility_type",
    "processing_type", "product_type", "parent_company", "lei_id", "rba_id", "isic_4", "sector", "is_closed",
]  # fmt: skip
FULL = {
    "os_id": "CN2021250D1DTN7", "country": "CN", "name": "Example Works", "address": "1 First Road, Suzhou",
    "lat": "31.3", "lng": "120.6", "number_of_workers": "1001-5000", "native_language_name": "示例工厂",
    "facility_type": "Final Product Assembly", "processing_type": "Assembly|Packaging",
    "product_type": "Laptops|Tablets",
    "parent_company": "Example Holding", "rba_id": "R-1", "isic_4": "2620", "sector": "Electronics",
    "is_closed": "false",
}  # fmt: skip


def read(tmp_path: Path, *rows: dict[str, str], given: dict[str, str] | None = None) -> Outcome:
    listed = [[row.get(heading, "") for heading in HEADINGS] for row in rows]
    return outcome_of(csv_file(tmp_path / "facilities.csv", HEADINGS, *listed), "open-supply-hub", given)


def local(values: list[str]) -> list[str]:
    return [value.rpartition("/")[2] for value in values]


def test_all_columns_together_conform(tmp_path: Path) -> None:
    row = {**FULL, "os_id": "MY2021250D1DTNW", "country": "Malaysia"}
    outcome = read(tmp_path, row)
    assert (outcome.refused, outcome.file) == ([], [])
    assert outcome.values("notation") == ["MY2021250D1DTNW", "R-1"]
    assert outcome.values("nativeName") == ["示例工厂"]
    assert outcome.values("asWKT") == ["POINT(120.6 31.3)"]
    assert {"1001-5000", "Laptops", "Tablets", "Assembly", "Packaging", "Electronics"} <= set(outcome.values("value"))
    assert local(outcome.values("relation")) == ["owns"]
    assert outcome.values("license") == ["https://creativecommons.org/licenses/by-sa/4.0/"]


def test_a_site_is_known_by_its_os_id_or_else_by_its_words(tmp_path: Path) -> None:
    plain = {"country": "Germany", "name": "Werk Eins", "address": "Hauptstr. 1, Berlin"}
    known = {**plain, "os_id": "MY2021250D1DTNW", "country": "MY"}
    outcome = read(tmp_path, known, plain)
    assert outcome.refused == []
    sites = {quad.subject for quad in outcome.quads if quad.predicate.value.endswith("#label")}
    names = {getattr(site, "value", "").rpartition("/")[2] for site in sites}
    assert "MY2021250D1DTNW" in names
    assert len(names) == 3


def test_a_closed_site_is_said_to_be_closed_and_an_open_one_is_not_said_to_be_open(tmp_path: Path) -> None:
    open_one = {"country": "CN", "name": "A", "address": "1 Road", "is_closed": "false"}
    closed = {**open_one, "name": "B", "is_closed": "True"}
    outcome = read(tmp_path, open_one, closed)
    assert local(outcome.values("attribute")) == ["status"]
    assert outcome.values("value") == ["closed"]


def test_who_hands_it_in_says_so(tmp_path: Path) -> None:
    row = {"country": "CN", "name": "A", "address": "1 Road"}
    assert local(read(tmp_path, row).values("wasAttributedTo")) == ["reseller"]
    assert local(read(tmp_path, row, given={"submitter": ""}).values("wasAttributedTo")) == ["open-supply-hub"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"os_id": "CN2021250D1DTN8"}, ("A2", "notation-wellFormed")),
        ({"country": "Chnia"}, ("B2", "country")),
        ({"lat": "north"}, ("E2", "asWKT")),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(tmp_path: Path, change: dict[str, str], expected: tuple[str, str]) -> None:
    outcome = read(tmp_path, {**FULL, "os_id": "", **change})
    assert expected in outcome.refused


def test_a_download_is_recognised(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "facilities.csv", HEADINGS, [FULL.get(heading, "") for heading in HEADINGS])
    found = detect(open_document(path, "facilities.csv"), [load_mapping(name) for name in mapping_ids()])
    assert found[0].mapping == "open-supply-hub"
