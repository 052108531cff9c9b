"""OCDS: contracts, or awards where there are none, become contract notices."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from ewgraph.ingest.mapping import detect, load_mapping, mapping_ids
from ewgraph.ingest.sheets.document import open_document
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from tests.ingest.formats.reading_of import Outcome, outcome_of

CPV = "http://data.europa.eu/cpv/cpv/"
AWARD = {
    "id": "A1",
    "title": "Laptops",
    "status": "active",
    "date": "2024-03-01T00:00:00Z",
    "value": {"amount": 1000.5, "currency": "EUR"},
    "suppliers": [{"id": "S1", "name": "Hollowell"}, {"id": "S2", "name": "Nordkontor"}],
    "contractPeriod": {"endDate": "2027-03-01T00:00:00+01:00"},
}
RELEASE: dict[str, Any] = {
    "ocid": "ocds-213czf-1",
    "id": "R1",
    "date": "2024-03-02T00:00:00Z",
    "tag": ["award"],
    "language": "en",
    "buyer": {"id": "B1", "name": "City of Aldermoor"},
    "parties": [
        {
            "id": "B1",
            "name": "City of Aldermoor",
            "roles": ["buyer"],
            "identifier": {"scheme": "XI-LEI", "id": "HWUPKR0MPOU8FGXBT394"},
            "address": {"locality": "Aldermoor", "countryName": "England"},
            "contactPoint": {"name": "Jo Person", "email": "jo@example.org"},
        },
        {"id": "S1", "name": "Hollowell", "identifier": {"scheme": "GB-COH", "id": "01234567"}},
    ],
    "tender": {
        "title": "Devices",
        "classification": {"scheme": "CPV", "id": "30200000-1"},
        "additionalClassifications": [{"scheme": "CPV", "id": "30213100"}, {"scheme": "X", "id": "1"}],
    },
    "awards": [AWARD],
}
CONTRACT = {
    "id": "C1",
    "awardID": "A1",
    "dateSigned": "2024-03-15T10:00:00Z",
    "period": {"endDate": "2028-01-01T00:00:00Z"},
    "value": {"amount": 900, "currency": "EUR"},
    "items": [
        {"id": "1", "description": "Slate", "classification": {"scheme": "CPV", "id": "30213100-6"}, "quantity": 40},
        {"id": "2", "description": "Dock", "classification": {"scheme": "CPV", "id": "30237000"}},
        {"id": "3", "description": "Bag"},
    ],
}


def package(*releases: object) -> dict[str, object]:
    return {
        "uri": "https://example.org/package",
        "publisher": {"name": "Register"},
        "license": "https://example.org/licence",
        "releases": list(releases),
    }


def release(**changed: object) -> dict[str, Any]:
    return copy.deepcopy(RELEASE) | changed


def outcome(folder: Path, value: object, submitter: str = "") -> Outcome:
    path = folder / "ocds.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return outcome_of(path, "ocds", {"submitter": submitter})


def test_an_award_is_a_contract_where_the_release_has_none(tmp_path: Path) -> None:
    found = outcome(tmp_path, package(release()))
    assert not found.findings
    assert found.values("ocid") == ["ocds-213czf-1"]
    assert found.values("signedOn") == ["2024-03-01"]
    assert found.values("endsOn") == ["2027-03-01"]
    assert (found.values("ns/value"), found.values("currency")) == (["1000.5"], ["EUR"])
    assert found.values("category") == [f"{CPV}30200000", f"{CPV}30213100"]
    assert len(found.values("contractor")) == 2
    assert found.values("contractor")[0].endswith("/organization/GB-COH-01234567")
    assert found.values("schemaAgency") == ["lei", "GB-COH"]
    assert found.values("license") == ["https://example.org/licence"]
    assert found.values("title") == ["Laptops"]
    assert [made.kind for made in found.made] == [terms.ContractNotice]


def test_a_contract_is_joined_to_its_award(tmp_path: Path) -> None:
    other = copy.deepcopy(AWARD) | {"id": "A2", "title": "Phones"}
    found = outcome(tmp_path, package(release(awards=[AWARD, other], contracts=[CONTRACT])))
    assert not found.findings
    assert sorted(found.values("title")) == ["Laptops", "Phones"]
    assert sorted(found.values("signedOn")) == ["2024-03-01", "2024-03-15"]
    assert found.values("quantity") == ["40"]
    lines = {value for value in found.values("category") if value.startswith(CPV)}
    assert lines == {f"{CPV}30213100", f"{CPV}30237000", f"{CPV}30200000"}
    assert len(set(found.values("contractor"))) == 2


def test_no_person_and_no_street_gets_in(tmp_path: Path) -> None:
    said = {getattr(quad.object, "value", "") for quad in outcome(tmp_path, package(release())).quads}
    assert not [text for text in said if "Jo" in text or "@" in text]
    assert "Aldermoor" in said


@pytest.mark.parametrize("status", ["cancelled", "unsuccessful", "pending"])
def test_what_was_not_concluded_is_no_contract(tmp_path: Path, status: str) -> None:
    found = outcome(tmp_path, package(release(awards=[AWARD | {"status": status}])))
    assert not found.made
    assert [fault.shape for fault in found.file] == ["reading-rowIgnored", "reading-noRows"]


def test_a_release_without_awards_is_told(tmp_path: Path) -> None:
    tender = release(tag=["tender"], id="R0")
    del tender["awards"]
    found = outcome(tmp_path, package(release(), tender))
    assert len(found.made) == 1
    assert [(fault.shape, fault.sheet) for fault in found.file] == [("reading-rowIgnored", "/releases/1")]


def test_of_a_record_the_compiled_release_counts_and_else_the_latest(tmp_path: Path) -> None:
    old, new = release(date="2024-01-01T00:00:00Z"), release(date="2024-05-01T00:00:00Z", ocid="ocds-213czf-2")
    new["awards"][0]["title"] = "New"
    compiled = release(ocid="ocds-213czf-3")
    compiled["awards"][0]["title"] = "Compiled"
    records = [{"ocid": "x", "releases": [new, old]}, {"compiledRelease": compiled, "releases": [old]}]
    found = outcome(tmp_path, {"publisher": {"name": "Register"}, "records": records})
    assert sorted(found.values("title")) == ["Compiled", "New"]
    assert not found.findings


def test_a_single_release_is_read(tmp_path: Path) -> None:
    found = outcome(tmp_path, release(contracts=[CONTRACT]))
    assert found.values("signedOn") == ["2024-03-15"]
    assert found.values("buyer")[0].startswith("https://service.example.org/id/organization/XI-LEI-")
    assert not found.findings


def test_frameworks_and_what_is_called_off_from_them(tmp_path: Path) -> None:
    framework = release()
    framework["tender"]["techniques"] = {"hasFrameworkAgreement": True}
    related = [{"id": "1", "relationship": ["framework"], "scheme": "ocid", "identifier": "ocds-213czf-1"}]
    found = outcome(tmp_path, package(framework, release(ocid="ocds-213czf-9", id="R9", relatedProcesses=related)))
    assert not found.findings
    types = {
        quad.object.value.rpartition("#")[2]: quad.subject.value
        for quad in found.quads
        if quad.predicate == terms.RDF.type and isinstance(quad.object, IRI)
    }
    assert types["FrameworkAgreement"].endswith("/contract/ocds-213czf-1")
    assert "Contract" not in types
    assert found.values("underFramework") == [types["FrameworkAgreement"]]


def test_what_is_handed_in_is_the_word_of_whoever_hands_it_in(tmp_path: Path) -> None:
    found = outcome(tmp_path, package(release()), "https://data.example.org/id/aldermoor")
    assert found.values("wasAttributedTo") == ["https://data.example.org/id/aldermoor"]
    found = outcome(tmp_path, {"releases": [release()]})
    assert found.values("wasAttributedTo") == found.values("buyer")


def test_a_newer_release_of_a_contract_is_of_the_same_series(tmp_path: Path) -> None:
    found = outcome(tmp_path, package(release(), release(id="R2", date="2024-06-01T00:00:00Z")))
    assert len({made.record for made in found.made}) == 2
    assert (
        len({made.origins.places(made.record.value, made.record.value, None, None)[0].sheet for made in found.made})
        == 2
    )
    assert len(set(found.values("hasLine"))) == 1


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"date": "2024-02-31"}, "signedOn"),
        ({"date": None}, "signedOn-required"),
        ({"suppliers": []}, "contractor-required"),
        ({"suppliers": None}, "contractor-required"),
        ({"value": {"amount": -1, "currency": "EUR"}}, "amountOfMoney"),
        ({"value": {"amount": 5}}, "Contract-currency"),
        ({"contractPeriod": {"endDate": "1999-01-01"}}, "signedOn-endsOn"),
    ],
)
def test_what_the_shapes_refuse_is_told_at_its_object(tmp_path: Path, change: dict[str, object], refused: str) -> None:
    found = outcome(tmp_path, package(release(awards=[AWARD | change], parties=[])))
    assert refused in {shape for _, shape in found.refused}
    (made,) = found.made
    assert made.rows[0].sheet == "/releases/0/awards/0"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (package(release(buyer="Council")), "/releases/0/buyer: a text, where an object belongs"),
        (package(release(awards=[None])), "/releases/0/awards/0: null, where an object belongs"),
        (package(release(awards="x")), "/releases/0/awards: a text, where an object belongs"),
        (package(None), "/releases/0: null, where an object belongs"),
        (package(release(awards=[AWARD | {"suppliers": ["S"]}])), "/releases/0/awards/0/suppliers/0: a text, where"),
        ([release()], "/: a list, where an object belongs"),
    ],
)
def test_what_is_of_the_wrong_kind_is_told_with_its_pointer(tmp_path: Path, value: object, why: str) -> None:
    found = outcome(tmp_path, value)
    assert not found.made
    assert found.file[0].shape == "reading-row"
    assert found.file[0].params["value"].startswith(why)


def test_a_missing_value_is_told_under_its_pointer(tmp_path: Path) -> None:
    found = outcome(tmp_path, package(release(awards=[AWARD | {"date": "31.02.2024"}])))
    (made,) = found.made
    contract = next(quad.subject.value for quad in made.quads() if quad.predicate == terms.signedOn)
    (place,) = made.origins.places(contract, contract, terms.signedOn.value, "31.02.2024")
    assert place == ("/releases/0/awards/0", 1, None, "dateSigned", "31.02.2024")


def test_the_file_is_known_by_what_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(package(release())))
    (best, *_) = detect(open_document(path, "x.json"), [load_mapping(name) for name in mapping_ids()])
    assert (best.mapping, best.score) == ("ocds", 1.0)


def test_real_notices_of_the_united_kingdom(shared_data: Path) -> None:
    path = shared_data / "ocds-uk" / "uk-ocds-ict-subset.json"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    releases = json.loads(path.read_text(encoding="utf-8"))["releases"]
    awards = [award for each in releases for award in each.get("awards", [])]
    found = outcome_of(path, "ocds", {"submitter": ""})
    assert (len(releases), len(awards), sum("contracts" in each for each in releases)) == (12, 5, 0)
    assert not found.findings
    assert len(found.made) == len(awards)
    ignored = [fault.sheet for fault in found.file if fault.shape == "reading-rowIgnored"]
    assert ignored == [f"/releases/{number}" for number, each in enumerate(releases) if "awards" not in each]
    assert len(found.file) == len(ignored) == 7
    assert "68000" in found.values("ns/value")
