"""The data files: what each record must say, and what none may say."""

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import RecordFile

EW = "https://w3id.org/ewgraph/ns#"
DCT = "http://purl.org/dc/terms/"
ATTRIBUTED = "http://www.w3.org/ns/prov#wasAttributedTo"
EXAMPLE = "https://data.example.org/id/"
PERSON = re.compile(
    r"foaf/0\.1/(?!homepage)|schema\.org/(Person|givenName|familyName|email|telephone)|vcard|m8g/|person#",
    re.IGNORECASE,
)
SITES = ("Factory", "Smelter", "Mine", "RecyclingFacility", "Warehouse", "Dormitory")


def everywhere(files: list["RecordFile"], *classes: str) -> set[str]:
    return set().union(*(record.of_type(*classes) for record in files))


def test_no_statement_stands_outside_a_record(reference: list["RecordFile"], example: list["RecordFile"]) -> None:
    assert [record.path.name for record in [*reference, *example] if not record.name] == []


def test_no_two_records_have_one_name(reference: list["RecordFile"], example: list["RecordFile"]) -> None:
    names = Counter(record.name for record in [*reference, *example])
    assert [name for name, count in names.items() if count > 1] == []


def test_every_record_says_who_when_for_whom_and_what_it_is(
    reference: list["RecordFile"], example: list["RecordFile"]
) -> None:
    for record in [*reference, *example]:
        assert record.values(record.name, ATTRIBUTED), record.name
        assert [value for value in record.values(record.name, f"{EW}receivedAt") if value.endswith("Z")], record.name
        assert len(record.values(record.name, f"{EW}visibility")) == 1, record.name
        assert record.values(record.name, f"{DCT}title"), record.name
        assert record.values(record.name, f"{DCT}bibliographicCitation"), record.name


def test_nothing_is_received_after_october_2026(reference: list["RecordFile"], example: list["RecordFile"]) -> None:
    for record in [*reference, *example]:
        assert max(record.values(record.name, f"{EW}receivedAt")) < "2026-11", record.name


def test_reference_records_and_cases_name_a_document_or_a_licence(reference: list["RecordFile"]) -> None:
    for record in reference:
        assert record.values(record.name, f"{EW}sourceDocument") or record.values(record.name, f"{DCT}license"), (
            record.name
        )
        assert not record.values(record.name, f"{EW}synthetic"), record.name


def test_every_example_record_is_marked_synthetic(example: list["RecordFile"]) -> None:
    for record in example:
        assert record.values(record.name, f"{EW}synthetic") == ["true"], record.name
        assert "(synthetic)" in record.values(record.name, f"{DCT}title")[0], record.name
        assert record.name.startswith(EXAMPLE)


def test_the_example_speaks_of_no_site_or_organization_outside_itself(example: list["RecordFile"]) -> None:
    assert [
        name for name in everywhere(example, *SITES, "Organization", "Finding") if not name.startswith(EXAMPLE)
    ] == []
    for record in example:
        for finding in record.of_type("Finding"):
            assert record.values(finding, f"{EW}site")[0].startswith(f"{EXAMPLE}site/"), finding


def test_reference_records_and_cases_use_nothing_of_the_example(reference: list["RecordFile"]) -> None:
    assert [quad for record in reference for quad in record.quads if EXAMPLE in str(quad)] == []


def test_a_claim_stands_in_one_record(reference: list["RecordFile"], example: list["RecordFile"]) -> None:
    asserted: Counter[str] = Counter()
    for record in [*reference, *example]:
        for quad in record.quads:
            if quad.predicate.value == f"{EW}assertedIn":
                asserted[quad.subject.value] += 1
                assert quad.object.value == record.name, quad
    assert [claim for claim, count in asserted.items() if count > 1] == []


def test_no_record_has_a_property_for_a_person(reference: list["RecordFile"], example: list["RecordFile"]) -> None:
    used = {quad.predicate.value for record in [*reference, *example] for quad in record.quads}
    assert [predicate for predicate in used if PERSON.search(predicate)] == []


def test_testimonies_are_for_the_monitor_only(example: list["RecordFile"]) -> None:
    found = [record for record in example if record.name in record.of_type("Testimony")]
    assert len(found) >= 10
    for record in found:
        assert record.values(record.name, f"{EW}visibility") == ["https://w3id.org/ewgraph/kos/visibility/monitor-only"]


def test_the_example_is_as_large_as_it_says(example: list["RecordFile"]) -> None:
    counts = {name: len(everywhere(example, name)) for name in SITES}
    assert counts == {"Factory": 120, "Smelter": 30, "Mine": 30, "RecyclingFacility": 8, "Warehouse": 6, "Dormitory": 6}
    assert len(everywhere(example, "Contract", "FrameworkAgreement", "CallOff")) == 40
    assert len(everywhere(example, "ProductModel")) == 60
    assert Counter(
        role.rsplit("/", 1)[1]
        for record in example
        for member in record.of_type("Affiliation")
        for role in record.values(member, "http://www.w3.org/ns/org#role")
    ) == {"affiliate": 12, "monitoring-partner": 3}
    assert 250 <= len(example) <= 400
    assert sum(path.stat().st_size for path in {record.path for record in example}) < 3_000_000


def test_the_dfo_table_has_its_twelve_cells(reference: list["RecordFile"]) -> None:
    record = next(record for record in reference if record.name.endswith("/dfo-risk-2021"))
    levels = Counter(record.values(cell, f"{EW}level")[0].rsplit("/", 1)[1] for cell in record.of_type("RiskCell"))
    assert levels == {"medium-high": 4, "high": 5, "very-high": 3}


def test_gtins_are_kept_for_internal_use_and_have_their_check_digit(example: list["RecordFile"]) -> None:
    record = next(record for record in example if record.name.endswith("/models-velmora"))
    gtins = [quad.object.value for quad in record.quads if quad.predicate.value.endswith("#notation")]
    assert len(gtins) == 12
    for gtin in gtins:
        assert re.fullmatch(r"29\d{11}", gtin)
        assert sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(gtin)) % 10 == 0
