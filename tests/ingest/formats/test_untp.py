"""Credentials of the UN Transparency Protocol: facility record, product passport, conformity, traceability."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ewgraph.ingest.mapping import detect, load_mapping, mapping_ids
from ewgraph.ingest.sheets.document import open_document
from ewgraph.model import terms
from ewgraph.validate.report import Severity
from tests.ingest.formats.reading_of import Outcome, outcome_of

KINDS = {
    "dfr": "DigitalFacilityRecord",
    "dpp": "DigitalProductPassport",
    "dcc": "DigitalConformityCredential",
    "dte": "DigitalTraceabilityEvent",
}
BRAND = {"id": "https://register.example/brand", "name": "Velmora"}
SITE = {
    "id": "https://id.gs1.org/414/5412345000013",
    "name": "Alpha Works",
    "registeredId": "5412345000013",
    "idScheme": {"id": "https://id.gs1.org/414/", "name": "Global Location Number"},
}
FACILITY = SITE | {
    "countryOfOperation": "VN",
    "address": {"streetAddress": "1 First Road", "addressLocality": "Hanoi", "addressCountry": "VN"},
    "locationInformation": {"geoLocation": {"type": "Point", "coordinates": [105.8, 21]}},
    "operatedByParty": {"id": "https://register.example/operator", "name": "Alpha Ltd", "registeredId": "77"},
    "processCategory": [{"name": "Computers"}, {"name": "Displays"}],
}
PRODUCT = {
    "id": "https://id.gs1.org/01/09520123456788/21/12345",
    "name": "Slate 14",
    "producedByParty": BRAND,
    "producedAtFacility": SITE,
    "productionDate": "2024-04-25",
    "countryOfProduction": "VN",
}
ASSESSMENT = {
    "assessmentDate": "2024-03-10",
    "referenceStandard": {"id": "https://example.org/sa8000", "name": "SA8000"},
    "conformance": True,
    "assessedFacility": [{"facility": SITE}, {"facility": SITE | {"id": "https://id.gs1.org/414/2", "name": "Beta"}}],
}
EVENT = {
    "type": ["TransformationEvent", "Event"],
    "id": "https://events.example/1",
    "eventTime": "2024-09-01T12:00:00Z",
    "bizLocation": "https://id.gs1.org/414/5412345000013",
    "outputEPCList": [{"id": "https://id.gs1.org/01/09520123456788/21/1", "name": "Slate 14"}],
    "inputEPCList": [{"id": "https://id.gs1.org/01/09520123456795/21/1", "name": "Panel"}],
}


def credential(kind: str, subject: object, **changed: object) -> dict[str, Any]:
    return {
        "type": [KINDS[kind], "VerifiableCredential"],
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://nowhere.invalid/untp"],
        "id": "https://example.org/credentials/1",
        "issuer": {"id": "did:web:velmora.example", "name": "Velmora", "issuerAlsoKnownAs": [BRAND]},
        "validFrom": "2024-03-15T12:00:00Z",
        "validUntil": "2034-03-15T12:00:00Z",
        "credentialSubject": subject,
        **changed,
    }


def outcome(folder: Path, kind: str, subject: object, **changed: object) -> Outcome:
    path = folder / "credential.json"
    path.write_text(json.dumps(credential(kind, subject, **changed)), encoding="utf-8")
    return outcome_of(path, f"untp-{kind}", {"submitter": ""})


def local(values: list[str]) -> list[str]:
    return [value.rpartition("/")[2] for value in values]


def test_a_facility_record_is_a_site_and_its_operator(tmp_path: Path) -> None:
    found = outcome(tmp_path, "dfr", {"facility": FACILITY})
    assert not found.findings
    assert found.values("label") == ["Velmora", "Alpha Works", "Alpha Ltd"]
    assert found.values("thoroughfare") == ["1 First Road"]
    assert found.values("asWKT") == ["POINT(105.8 21)"]
    assert found.values("schemaAgency") == ["did", "gln"]
    assert local(found.values("relation")) == ["operates"]
    assert (found.values("validFrom"), found.values("validTo")) == (["2024-03-15"], ["2034-03-15"])
    assert found.values("ns/value") == ["Computers", "Displays"]
    (issuer,) = found.values("wasAttributedTo")
    assert "/organization/" in issuer


def test_that_the_signature_was_not_verified_is_said(tmp_path: Path) -> None:
    for kind, subject in (("dfr", {"facility": FACILITY}), ("dpp", {"product": PRODUCT}), ("dte", EVENT)):
        assert (
            "The signature of the credential was not verified" in outcome(tmp_path, kind, subject).values("caveat")[0]
        )


def test_a_passport_is_a_model_and_where_it_was_made(tmp_path: Path) -> None:
    found = outcome(tmp_path, "dpp", {"product": PRODUCT, "materialsProvenance": [{"name": "Lithium"}]})
    assert not found.findings
    assert found.values("source")[1] == "https://id.gs1.org/01/09520123456788"
    assert local(found.values("evidenceBasis")) == ["brand-per-model"]
    assert (local(found.values("tier")), local(found.values("scope"))) == (["final-assembly"], ["model"])
    assert found.values("validFrom") == ["2024-04-25"]
    assert "Lithium" not in {getattr(quad.object, "value", "") for quad in found.quads}


def test_who_is_not_the_brand_does_not_speak_as_the_brand(tmp_path: Path) -> None:
    issuer = {"id": "did:web:other.example", "name": "Other"}
    found = outcome(tmp_path, "dpp", {"product": PRODUCT | {"productionDate": None}}, issuer=issuer)
    assert local(found.values("evidenceBasis")) == ["label-or-customs"]
    assert found.values("validFrom") == ["2024-03-15"]


def test_the_sites_of_two_credentials_are_one(tmp_path: Path) -> None:
    sites = set()
    for kind, subject in (("dfr", {"facility": FACILITY}), ("dpp", {"product": PRODUCT}), ("dte", EVENT)):
        quads = outcome(tmp_path, kind, subject).quads
        sites |= {quad.subject for quad in quads if quad.predicate == terms.RDF.type and quad.object == terms.Site}
    assert len(sites) == 1


def test_an_assessment_is_an_audit_report_with_a_certification_for_each_site(tmp_path: Path) -> None:
    found = outcome(tmp_path, "dcc", {"name": "Audit 7", "assessment": [ASSESSMENT]})
    assert not [finding for finding in found.findings if finding.severity is Severity.VIOLATION]
    assert [made.kind for made in found.made] == [terms.AuditReport]
    assert len(found.values("aboutSite")) == 2
    assert local(found.values("standard")) == ["SA8000", "SA8000"]
    assert local(found.values("certificationStatus")) == ["conformant", "conformant"]
    assert set(found.values("validFrom")) == {"2024-03-10"}
    assert len(set(found.values("certifier"))) == 1


def test_an_assessment_that_failed_and_one_by_an_unknown_standard(tmp_path: Path) -> None:
    found = outcome(tmp_path, "dcc", {"assessment": ASSESSMENT | {"conformance": False}, "name": "Audit"})
    assert set(local(found.values("certificationStatus"))) == {"not-conformant"}
    unknown = ASSESSMENT | {"referenceStandard": {"name": "House rules"}}
    found = outcome(tmp_path, "dcc", {"assessment": [unknown], "name": "Audit"})
    assert not found.values("certificationStatus")
    assert len(found.values("aboutSite")) == 2


def test_a_transformation_is_a_supply_from_its_site(tmp_path: Path) -> None:
    found = outcome(tmp_path, "dte", [EVENT, EVENT | {"type": ["ObjectEvent", "Event"]}])
    assert [finding for finding in found.findings if finding.severity is Severity.VIOLATION] == []
    assert found.values("validFrom") == ["2024-09-01"]
    assert len(found.values("output")) == 1
    assert "Panel" not in found.values("label")
    assert [(fault.shape, fault.sheet) for fault in found.file] == [("reading-rowIgnored", "/credentialSubject/1")]


def test_an_event_with_a_destination_is_a_delivery(tmp_path: Path) -> None:
    to = [{"type": "location", "destination": "https://id.gs1.org/414/5412345000020"}]
    sent = EVENT | {"type": ["TransactionEvent", "Event"], "destinationList": to, "epcList": EVENT["outputEPCList"]}
    del sent["outputEPCList"]
    found = outcome(tmp_path, "dte", sent)
    assert len(found.values("deliveredTo")) == 1
    assert found.values("deliveredTo") != found.values("ns/site")


def test_an_issuer_may_be_an_address_alone(tmp_path: Path) -> None:
    found = outcome(tmp_path, "dfr", {"facility": FACILITY}, issuer="did:web:velmora.example")
    assert found.values("notation")[0] == "did:web:velmora.example"
    assert not found.refused


@pytest.mark.parametrize(
    ("kind", "subject", "refused"),
    [
        ("dfr", {"facility": FACILITY | {"address": {"addressCountry": "Atlantis"}}}, "country"),
        ("dpp", {"product": PRODUCT | {"productionDate": "2024-02-31"}}, "validFrom"),
        ("dte", EVENT | {"eventTime": "yesterday"}, "validFrom"),
        ("dfr", {"facility": FACILITY | {"registeredId": "5412345000014"}}, "notation-wellFormed"),
    ],
)
def test_what_the_shapes_refuse_is_told(tmp_path: Path, kind: str, subject: object, refused: str) -> None:
    assert refused in {shape for _, shape in outcome(tmp_path, kind, subject).refused}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("subject", [None, "x", [], [None], 3])
def test_a_credential_about_nothing_is_refused(tmp_path: Path, kind: str, subject: object) -> None:
    found = outcome(tmp_path, kind, subject)
    assert not found.made
    assert found.file[0].shape in {"reading-noObjects", "reading-row"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_a_credential_is_found_out(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(credential(kind, {})))
    (best, *_) = detect(open_document(path, "x.json"), [load_mapping(name) for name in mapping_ids()])
    assert (best.mapping, best.score) == (f"untp-{kind}", 1.0)


@pytest.mark.parametrize(
    ("kind", "classes"),
    [
        ("dfr", {"Disclosure", "OperationClaim", "SiteAttributeClaim"}),
        ("dpp", {"Disclosure", "SupplyClaim", "ProductModel"}),
        ("dcc", {"AuditReport", "Site"}),
        ("dte", {"Disclosure", "SupplyClaim", "ProductModel"}),
    ],
)
def test_the_samples_of_the_protocol_are_read(shared_data: Path, kind: str, classes: set[str]) -> None:
    path = shared_data / "untp-samples" / f"untp-{kind}-instance.json"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    found = outcome_of(path, f"untp-{kind}", {"submitter": ""})
    assert not found.refused
    assert len(found.made) == 1
    types = {
        getattr(quad.object, "value", "").rpartition("#")[2] for quad in found.quads if quad.predicate == terms.RDF.type
    }
    assert classes <= types
