"""Who may say what: each attempt to say what is somebody else's to say is refused, with a reason and a remedy."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from ewgraph.access import parse_principal
from ewgraph.errors import InputError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.loading import Loader
from ewgraph.ingest.reading import read_content
from ewgraph.ingest.report import LoadReport
from ewgraph.ingest.rights import Rights, Submitter
from ewgraph.ingest.rights.table import SAYERS, STAFF_WORDS, WIDEST, Sayer
from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI
from tests.conftest import PREFIXES, STEWARD, House, TickingClock, named

MORE_PREFIXES = """
@prefix verdict: <https://w3id.org/ewgraph/kos/verdict/> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix rov: <http://www.w3.org/ns/regorg#> .
@prefix role: <https://w3id.org/ewgraph/kos/part/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix res: <https://data.example.org/id/res0/> .
@prefix mon: <https://data.example.org/id/mon0/> .
@prefix brand: <https://data.example.org/id/brand0/> .
@prefix aff: <https://data.example.org/id/aff0/> .
"""
NOW = 'ew:receivedAt "2026-10-01T11:00:00Z"^^xsd:dateTime'
WORLD = f"""
ex:members {{
  ex:members a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ; {NOW} .
  ex:m0 a ew:Affiliation ; org:member ex:aff0 ; org:role role:affiliate ; org:organization ex:steward ;
    ew:validFrom "2015-01-01"^^xsd:date .
  ex:m1 a ew:Affiliation ; org:member ex:mon0 ; org:role role:monitoring-partner ; org:organization ex:steward ;
    ew:validFrom "2015-01-01"^^xsd:date .
}}
ex:notice {{
  ex:notice a ew:ContractNotice ; prov:wasAttributedTo ex:aff0 ; ew:visibility vis:contract-party ; {NOW} .
  ex:aff0 a ew:Organization ; rdfs:label "University" . ex:res0 a ew:Organization ; rdfs:label "Reseller" .
  ex:brand0 a ew:Organization ; rdfs:label "Brand" ;
    adms:identifier [ a adms:Identifier ; skos:notation "F-2" ; adms:schemaAgency "own" ] .
  ex:K0 a ew:Contract ; rdfs:label "Laptops" ; ew:buyer ex:aff0 ; ew:contractor ex:res0 ;
    ew:signedOn "2024-01-15"^^xsd:date ; ew:hasLine ex:K0-1 .
  ex:K0-1 a ew:ContractLine ; ew:model ex:L0 .
  ex:L0 a ew:ProductModel ; rdfs:label "Laptop" ; ew:brand ex:brand0 .
  ex:O0 a ew:Obligation ; ew:ofContract ex:K0 ; ew:dueOn "2024-04-15"^^xsd:date ;
    ew:obligationType <https://w3id.org/ewgraph/kos/obligation-type/final-assembly-sites> .
}}
ex:secret {{
  ex:secret a ew:ContractNotice ; prov:wasAttributedTo ex:aff1 ; ew:visibility vis:contract-party ; {NOW} .
  ex:K1 a ew:Contract ; rdfs:label "Phones" ; ew:buyer ex:aff1 ; ew:contractor ex:res1 ;
    ew:signedOn "2024-01-15"^^xsd:date .
  ex:O1 a ew:Obligation ; ew:ofContract ex:K1 ; ew:dueOn "2024-04-15"^^xsd:date ;
    ew:obligationType <https://w3id.org/ewgraph/kos/obligation-type/final-assembly-sites> .
  ex:hidden a ew:Organization ; rdfs:label "Nobody knows" .
}}
ex:list {{
  ex:list a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ; {NOW} .
  ex:F0 a ew:Factory ; rdfs:label "Plant" ; ew:country country:MYS .
  ex:listed a ew:SupplyClaim ; ew:assertedIn ex:list ; ew:output ex:L0 ; ew:site ex:F0 ; ew:tier tier:final-assembly ;
    ew:scope scope:model ; ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2022-01-01"^^xsd:date .
}}
ex:report {{
  ex:report a ew:MonitoringReport ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:affiliates ; {NOW} .
  ex:finding a ew:Finding ; ew:assertedIn ex:report ; ew:site ex:F0 ;
    ew:findingType <https://w3id.org/ewgraph/kos/finding-type/recruitment-fee> ;
    ew:provision <https://w3id.org/ewgraph/kos/provision/eti-base-code/1> ;
    ew:breachStatus <https://w3id.org/ewgraph/kos/breach-status/alleged> .
}}
"""


def record(name: str, author: str, kind: str, level: str, *more: str) -> str:
    """A record as TriG: its head, and more statements."""
    head = f"{name} a ew:{kind} ; prov:wasAttributedTo ex:{author} ; ew:visibility vis:{level} ; {NOW} ."
    return f"{name} {{ {head} {' '.join(more)} }}"


def supply(claim: str, said_in: str, *more: str) -> str:
    """A claim that the laptop is made at the plant."""
    rest = " ; ".join(more)
    return (
        f"{claim} a ew:SupplyClaim ; ew:assertedIn {said_in} ; ew:output ex:L0 ; ew:site ex:F0 ; "
        f"ew:tier tier:final-assembly ; ew:validFrom "
        f'"2024-01-01"^^xsd:date ; {rest or "ew:scope scope:model ; ew:evidenceBasis eb:contract-disclosure"} .'
    )


@dataclass
class Desk:
    """Hands record files in for anybody, against a real ledger and graph."""

    house: House
    checker: Checker

    def take(self, who: str, text: str, on_behalf_of: str | None = None, *, dry_run: bool = False) -> LoadReport:
        house = self.house
        principal = parse_principal(who if who == "staff" else named(who).value)
        view = house.gate.view(principal)
        other = named(on_behalf_of) if on_behalf_of else None
        rights = Rights(Submitter.of(view, STEWARD, other), house.ledger, view, house.clock.now())
        file = read_content("records.trig", (PREFIXES + MORE_PREFIXES + text).encode(), limit=1_000_000)
        report = Loader(house.ledger, self.checker).load([file], atomic=True, dry_run=dry_run, rights=rights)
        house.projector.catch_up()
        return report

    def lets(self, who: str, text: str, on_behalf_of: str | None = None) -> None:
        """It is stored."""
        report = self.take(who, text, on_behalf_of)
        assert report.refused == []
        assert report.added

    def refuses(self, who: str, text: str, *words: str, on_behalf_of: str | None = None) -> list[str]:
        """It is refused for reasons with these words, and nothing of it is stored."""
        before = self.house.ledger.head()
        report = self.take(who, text, on_behalf_of)
        messages = [fault.message for notice in report.refused for fault in notice.results]
        for word in words:
            assert any(word in message for message in messages), messages
        assert messages
        assert self.house.ledger.head() == before
        return messages


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(Path(__file__).parents[2] / "shapes")


@pytest.fixture
def desk(house: House, checker: Checker) -> Desk:
    file = read_content("world.trig", (PREFIXES + MORE_PREFIXES + WORLD).encode(), limit=1_000_000)
    assert Loader(house.ledger, checker).load([file]).refused == []
    house.projector.catch_up()
    return Desk(house, checker)


def finding(claim: str, said_in: str) -> str:
    """A finding at the plant."""
    return (
        f"{claim} a ew:Finding ; ew:assertedIn {said_in} ; ew:site ex:F0 ; "
        "ew:findingType <https://w3id.org/ewgraph/kos/finding-type/recruitment-fee> ; "
        "ew:provision <https://w3id.org/ewgraph/kos/provision/eti-base-code/1> ; "
        "ew:breachStatus <https://w3id.org/ewgraph/kos/breach-status/alleged> ."
    )


BASIS = "ew:evidenceBasis eb:contract-disclosure"
DISCLOSURE = record("res:d1", "res0", "Disclosure", "contract-party", supply("res:c1", "res:d1"))


# What is one's own to say.


def test_a_contractor_discloses_and_it_is_kept_who_handed_it_in(desk: Desk) -> None:
    claim = supply("res:c1", "res:d1", "ew:scope scope:contract ; ew:scopeContract ex:K0", BASIS)
    desk.lets("res0", record("res:d1", "res0", "Disclosure", "contract-party", "res:d1 ew:fulfils ex:O0 .", claim))
    assert desk.house.ledger.entries()[-1].submitter == named("res0")
    assert desk.house.view("ex:aff0").knows(IRI("https://data.example.org/id/res0/c1"))


def test_a_partner_reports_and_testifies(desk: Desk) -> None:
    desk.lets(
        "mon0",
        record("mon:r1", "mon0", "MonitoringReport", "linked-affiliates", finding("mon:f1", "mon:r1"))
        + record("mon:t1", "mon0", "Testimony", "monitor-only", "mon:t1 ew:aboutSite ex:F0 ."),
    )


def test_an_organisation_describes_itself_and_names_new_sites_under_its_own_name(desk: Desk) -> None:
    site = 'res:site-1 a ew:Factory ; rdfs:label "New plant" ; ew:country country:MYS .'
    own = 'ex:res0 a ew:Organization ; rdfs:label "Reseller Ltd" ; rov:legalName "Reseller Limited" .'
    claim = supply("res:c1", "res:d1").replace("ex:F0", "res:site-1")
    desk.lets("res0", record("res:d1", "res0", "Disclosure", "contract-party", claim, site, own))


def test_what_one_sees_of_others_may_be_repeated(desk: Desk) -> None:
    seen = (
        'ex:F0 a ew:Factory ; rdfs:label "Plant" ; ew:country country:MYS . '
        'ex:brand0 a ew:Organization ; rdfs:label "Brand" ; '
        'adms:identifier [ a adms:Identifier ; skos:notation "F-2" ; adms:schemaAgency "own" ] . '
        'ex:L0 a ew:ProductModel ; rdfs:label "Laptop" ; ew:brand ex:brand0 .'
    )
    desk.lets("res0", record("res:d1", "res0", "Disclosure", "contract-party", supply("res:c1", "res:d1"), seen))


def test_an_organisation_corrects_and_takes_back_its_own_word_in_one_file_or_two(desk: Desk) -> None:
    second = record("res:d2", "res0", "Disclosure", "staff", "res:d2 prov:wasRevisionOf res:d1 .")
    desk.lets("res0", second + DISCLOSURE)
    desk.lets("res0", record("res:x1", "res0", "Retraction", "staff", "res:x1 ew:retracts res:c1 ."))


def test_who_is_spoken_for_may_correct_what_the_staff_handed_in_for_it(desk: Desk) -> None:
    desk.lets("staff", DISCLOSURE, on_behalf_of="res0")
    desk.lets("res0", record("res:d2", "res0", "Disclosure", "contract-party", "res:d2 prov:wasRevisionOf res:d1 ."))


def test_the_staff_speak_for_the_steward_or_for_one_other_and_it_is_kept_that_they_did(desk: Desk) -> None:
    desk.lets("staff", record("ex:r9", "steward", "RiskAssessment", "public"))
    desk.lets("staff", record("ex:r8", "brand0", "SupplierListEdition", "public"), on_behalf_of="brand0")
    assert {entry.submitter for entry in desk.house.ledger.entries()[-2:]} == {OPERATOR}


def test_a_company_answers_what_it_sees(desk: Desk) -> None:
    answer = record("aff:a1", "aff0", "Reply", "affiliates", "aff:a1 ew:repliesTo ex:finding .")
    desk.lets("aff0", answer)


def test_the_same_record_again_is_no_new_one(desk: Desk, clock: TickingClock) -> None:
    desk.lets("res0", DISCLOSURE)
    clock.time = clock.time.replace(year=2027)
    again = desk.take("res0", DISCLOSURE)
    assert (again.added, again.unchanged, again.refused) == ([], 1, [])


def test_a_dry_run_tells_and_stores_nothing(desk: Desk) -> None:
    before = desk.house.ledger.head()
    assert desk.take("res0", DISCLOSURE, dry_run=True).added == [IRI("https://data.example.org/id/res0/d1")]
    assert desk.house.ledger.head() == before


# Whose word it is.


def test_nobody_attributes_a_record_to_another_organisation(desk: Desk) -> None:
    desk.refuses("res0", DISCLOSURE.replace("wasAttributedTo ex:res0", "wasAttributedTo ex:brand0"), "wasAttributedTo")
    desk.refuses("res0", DISCLOSURE.replace("wasAttributedTo ex:res0", "wasAttributedTo ex:res0, ex:brand0"))
    desk.refuses("res0", DISCLOSURE.replace("wasAttributedTo ex:res0", "wasAttributedTo ex:steward"), "ex", "steward")


def test_nobody_says_to_speak_for_another_organisation(desk: Desk) -> None:
    desk.refuses(
        "res0", record("res:d1", "res0", "Disclosure", "staff", "res:d1 ew:onBehalfOf ex:brand0 ."), "ew:onBehalfOf"
    )
    with pytest.raises(InputError, match="only its own word"):
        desk.take("res0", DISCLOSURE, on_behalf_of="brand0")


def test_the_staff_do_not_speak_for_whom_they_do_not_name(desk: Desk) -> None:
    desk.refuses("staff", DISCLOSURE, "wasAttributedTo")
    desk.refuses("staff", DISCLOSURE, "wasAttributedTo", on_behalf_of="brand0")


def test_nobody_declares_smelters_in_the_name_of_another(desk: Desk) -> None:
    listing = (
        "res:s1 a ew:SmelterListingClaim ; ew:assertedIn res:m1 ; ew:declarant ex:brand0 ; ew:scope scope:company ; "
        f"ew:mineral <https://w3id.org/ewgraph/kos/mineral/tin> ; ew:smelter ex:F0 ; {BASIS} ."
    )
    desk.refuses("res0", record("res:m1", "res0", "MineralsDeclaration", "staff", listing), "ew:declarant")


def test_nobody_but_a_partner_observed_as_a_monitor(desk: Desk) -> None:
    claim = supply("res:c1", "res:d1", "ew:scope scope:model ; ew:evidenceBasis eb:monitor-observation")
    desk.refuses("res0", record("res:d1", "res0", "Disclosure", "staff", claim), "no monitoring partner")


# What only some may say.

AFFILIATION = (
    'res:m9 a ew:Affiliation ; org:member ex:res0 ; org:role role:affiliate ; ew:validFrom "2020-01-01"^^xsd:date .'
)
CONTRACT = (
    'res:K9 a ew:Contract ; ew:buyer ex:aff0 ; ew:contractor ex:res0 ; ew:signedOn "2024-01-15"^^xsd:date ; '
    "ew:hasLine res:K9-1 . res:K9-1 a ew:ContractLine ; ew:model ex:L0 ."
)
DUTY = 'res:O9 a ew:Obligation ; ew:ofContract ex:K0 ; ew:dueOn "2030-01-01"^^xsd:date .'
RELEASE = (
    'res:x ew:releases ex:secret ; ew:toVisibility vis:public ; ew:releasedAt "2026-10-01T11:00:00Z"^^xsd:dateTime .'
)
SAME = "res:s1 a ew:SameSiteClaim ; ew:assertedIn res:x ; ew:siteA ex:F0 ; ew:siteB ex:F1 ; ew:verdict verdict:same ."
STEP = (
    'res:e1 a ew:EscalationStep ; ew:assertedIn res:x ; ew:ofContract ex:K0 ; ew:sentOn "2026-01-01"^^xsd:date ; '
    "ew:addressedTo ex:res0 ."
)
CHECKED = 'res:v1 a ew:Verification ; ew:assertedIn res:x ; ew:verifies ex:r0 ; ew:verifiedOn "2026-01-01"^^xsd:date .'


@pytest.mark.parametrize(
    ("kind", "level", "said", "word"),
    [
        ("Disclosure", "staff", AFFILIATION, "ew:Affiliation"),
        ("DatasetImport", "public", "", "ew:DatasetImport"),
        ("Release", "public", RELEASE, "ew:Release"),
        ("Adjudication", "staff", SAME, "ew:Adjudication"),
        ("Disclosure", "staff", SAME, "ew:SameSiteClaim"),
        ("ContractNotice", "contract-party", CONTRACT, "ew:ContractNotice"),
        ("Disclosure", "contract-party", CONTRACT, "ew:ContractLine"),
        ("Disclosure", "contract-party", "ex:K0 ew:hasLine res:K0-9 .", "ew:hasLine"),
        ("Disclosure", "contract-party", "ex:K1 ew:buyer ex:res0 .", "ew:buyer"),
        ("Disclosure", "contract-party", DUTY, "ew:Obligation"),
        ("Disclosure", "staff", "res:cl a ew:ClauseSet .", "ew:ClauseSet"),
        ("Disclosure", "staff", "ex:res0 a ew:Affiliate .", "ew:Affiliate"),
        ("Disclosure", "staff", STEP, "ew:EscalationStep"),
        ("Disclosure", "staff", CHECKED, "ew:Verification"),
        ("MonitoringReport", "staff", "", "ew:MonitoringReport"),
        ("Testimony", "monitor-only", "res:x ew:aboutSite ex:F0 .", "ew:Testimony"),
        ("RiskAssessment", "staff", "", "ew:RiskAssessment"),
        ("DueDiligenceRecord", "staff", "res:x ew:accepted true .", "ew:accepted"),
        ("Disclosure", "staff", 'res:x ew:erasedOn "2026-01-01"^^xsd:date .', "ew:erasedOn"),
        ("RedactedEdition", "public", "", "ew:RedactedEdition"),
        ("Disclosure", "public", "res:b a ew:Boundary .", "ew:Boundary"),
        ("Retraction", "staff", "res:x ew:inFavourOf ex:listed .", "ew:inFavourOf"),
        ("Disclosure", "staff", "res:x a ew:Nonsense .", "ew:Nonsense"),
    ],
)
def test_what_is_for_the_staff_or_the_partners_is_refused_from_a_contractor(
    desk: Desk, kind: str, level: str, said: str, word: str
) -> None:
    messages = desk.refuses("res0", record("res:x", "res0", kind, level, said), word)
    assert any(re.search(r"staff|partner", message) for message in messages)


def test_the_steward_says_all_of_it_with_a_key_of_its_own(desk: Desk) -> None:
    release = record("ex:x", "steward", "Release", "public", RELEASE.replace("res:x", "ex:x"))
    desk.lets("steward", release)
    assert desk.house.view("public").knows(named("K1"))


def test_code_lists_and_the_ontology_are_nobodys_to_describe(desk: Desk) -> None:
    for node in ("vis:public", "ew:SupplyClaim", "country:MYS", "<http://data.europa.eu/cpv/cpv/30213100>"):
        said = f'{node} a ew:Organization ; rdfs:label "Ours" .'
        desk.refuses("res0", record("res:d1", "res0", "Disclosure", "staff", said))
        desk.refuses("staff", record("ex:d1", "steward", "Disclosure", "staff", said))


# What others said.


@pytest.mark.parametrize("said", ["prov:wasRevisionOf ex:list", "prov:wasRevisionOf ex:notice"])
@pytest.mark.parametrize("who", ["res0", "aff0"])
def test_nobody_revises_what_another_said_or_only_the_staff_may_say(desk: Desk, who: str, said: str) -> None:
    name = f"<https://data.example.org/id/{who}/d1>"
    desk.refuses(who, record(name, who, "Disclosure", "staff", f"{name} {said} ."), "prov:wasRevisionOf")


@pytest.mark.parametrize("said", ["ex:listed", "ex:list", "ex:finding"])
def test_nobody_retracts_what_another_said(desk: Desk, said: str) -> None:
    desk.refuses("res0", record("res:x", "res0", "Retraction", "staff", f"res:x ew:retracts {said} ."), "ew:retracts")


def test_the_staff_correct_what_they_handed_in_and_not_what_others_did(desk: Desk) -> None:
    desk.lets(
        "staff", record("ex:n2", "aff0", "ContractNotice", "staff", "ex:n2 prov:wasRevisionOf ex:notice ."), "aff0"
    )
    desk.lets("res0", DISCLOSURE)
    desk.refuses("staff", record("ex:d2", "steward", "Disclosure", "staff", "ex:d2 prov:wasRevisionOf res:d1 ."))
    desk.lets("staff", record("ex:d3", "res0", "Disclosure", "staff", "ex:d3 prov:wasRevisionOf res:d1 ."), "res0")


def test_what_is_hidden_and_what_does_not_exist_are_refused_in_the_same_words(desk: Desk) -> None:
    def told(node: str, *said: str) -> list[str]:
        text = record("res:x", "res0", "Retraction", "staff", *(each.replace("NODE", node) for each in said))
        return [message.replace(named(node).value, "…") for message in desk.refuses("res0", text)]

    def alike(hidden: str, absent: str, said: str) -> None:
        assert told(hidden, said) == told(absent, said)

    alike("ex:secret", "ex:nothing", "res:x prov:wasRevisionOf NODE .")
    alike("ex:secret", "ex:nothing", "res:x ew:retracts NODE .")
    alike("ex:O1", "ex:O-nothing", "res:x ew:fulfils NODE .")
    alike("ex:K1", "ex:K-nothing", "res:c a ew:CompletenessClaim ; ew:assertedIn res:x ; ew:ofContract NODE .")
    alike("ex:hidden", "ex:nothing", 'NODE a ew:Organization ; rdfs:label "X" .')
    alike("ex:secret", "ex:nothing", 'NODE a ew:Organization ; rdfs:label "X" .')
    alike("ex:K1", "ex:nothing", "res:y a ew:Reply ; ew:repliesTo NODE .")


# How wide.


@pytest.mark.parametrize(("kind", "level"), [("Disclosure", "public"), ("Disclosure", "affiliates")])
def test_a_disclosure_is_published_by_the_staff_only(desk: Desk, kind: str, level: str) -> None:
    desk.refuses("res0", record("res:d1", "res0", kind, level), "no wider than linked-affiliates")
    desk.lets("staff", record("ex:d1", "res0", kind, level), "res0")


def test_a_partner_publishes_neither_report_nor_testimony(desk: Desk) -> None:
    report = record("mon:r1", "mon0", "MonitoringReport", "public", finding("mon:f1", "mon:r1"))
    desk.refuses("mon0", report, "no wider than linked-affiliates")
    testimony = record("mon:t1", "mon0", "Testimony", "staff", "mon:t1 ew:aboutSite ex:F0 .")
    desk.refuses("mon0", testimony, "never leaves the partner")
    desk.refuses("staff", testimony.replace("mon:t1", "ex:t1"), "never leaves the partner", on_behalf_of="mon0")


def test_a_revision_opens_nothing_wider(desk: Desk) -> None:
    desk.lets("res0", DISCLOSURE)
    wider = record("res:d2", "res0", "Disclosure", "linked-affiliates", "res:d2 prov:wasRevisionOf res:d1 .")
    desk.refuses("res0", wider, "wider than")
    retraction = record("res:x", "res0", "Retraction", "public", "res:x ew:retracts res:c1 .")
    desk.refuses("res0", retraction, "wider than")
    desk.lets("staff", wider.replace("res:d2", "ex:d2"), "res0")


def test_an_answer_is_no_wider_than_what_it_answers(desk: Desk) -> None:
    desk.refuses("aff0", record("aff:a1", "aff0", "Reply", "public", "aff:a1 ew:repliesTo ex:finding ."), "wider than")
    desk.lets("aff0", record("aff:a2", "aff0", "Reply", "public", "aff:a2 ew:repliesTo ex:listed ."))


# What things are called, and whose contracts they are.


@pytest.mark.parametrize(
    "said",
    [
        'ex:brand0 a ew:Organization ; adms:identifier [ skos:notation "F-9" ; adms:schemaAgency "own" ] .',
        'ex:brand0 a ew:Organization ; rdfs:label "Sweatshop" .',
        'ex:brand0 a ew:Organization ; rov:legalName "Other Ltd" .',
        "ex:brand0 a ew:Organization ; org:subOrganizationOf ex:res0 .",
        'ex:brand0 a ew:Factory ; rdfs:label "Brand" .',
        'ex:F0 a ew:Factory ; rdfs:label "Another plant" .',
        "ex:F0 a ew:Factory ; ew:country country:CHN .",
        "ex:L0 a ew:ProductModel ; ew:brand ex:res0 .",
    ],
)
def test_nobody_says_otherwise_what_others_are_and_are_called(desk: Desk, said: str) -> None:
    text = record("res:d1", "res0", "Disclosure", "contract-party", supply("res:c1", "res:d1"), said)
    desk.refuses("res0", text, "described by others")


def test_nobody_takes_a_name_that_is_not_its_own(desk: Desk) -> None:
    desk.refuses("res0", DISCLOSURE.replace("res:d1", "brand:d1"), "among your names")
    desk.refuses("res0", DISCLOSURE.replace("res:c1", "ex:c1"), "among your names")
    site = 'ex:F9 a ew:Factory ; rdfs:label "Plant 9" .'
    desk.refuses("res0", record("res:d1", "res0", "Disclosure", "staff", site), "nor one of your names")


def test_nobody_speaks_for_a_contract_of_others(desk: Desk) -> None:
    claim = supply("brand:c1", "brand:d1", "ew:scope scope:contract ; ew:scopeContract ex:K0", BASIS)
    desk.refuses("brand0", record("brand:d1", "brand0", "Disclosure", "staff", claim), "ew:scopeContract")
    desk.refuses(
        "brand0", record("brand:d1", "brand0", "Disclosure", "staff", "brand:d1 ew:fulfils ex:O0 ."), "ew:fulfils"
    )


def test_nobody_but_the_staff_dates_a_record_back(desk: Desk) -> None:
    early = DISCLOSURE.replace("2026-10-01T11", "2024-04-01T11")
    desk.refuses("res0", early, "date a record back")
    desk.lets("staff", early, "res0")


def test_a_hidden_record_is_no_excuse_for_an_early_date(desk: Desk) -> None:
    early = DISCLOSURE.replace("2026-10-01T11", "2024-04-01T11")
    hidden, absent = (desk.refuses("res0", early.replace("res:d1", name)) for name in ("ex:secret", "ex:nothing"))
    assert [message.replace("secret", "nothing") for message in hidden] == absent


def test_a_record_sent_once_more_is_not_refused_for_its_date(desk: Desk, clock: TickingClock) -> None:
    desk.lets("res0", DISCLOSURE)
    clock.time += dt.timedelta(days=30)
    assert desk.take("res0", DISCLOSURE).refused == []


# The table.


def test_a_date_far_back_does_not_tell_which_records_there_are(desk: Desk) -> None:
    """What came in before keeps its date: but nobody learns by it whether a record of that name did."""

    def told(name: str) -> list[str]:
        text = record(name, "res0", "Disclosure", "contract-party").replace("2026-10-01", "2024-01-01")
        (notice,) = desk.take("res0", text).refused
        return [str(fault.message).replace(named(name[3:]).value, "…") for fault in notice.results]

    assert told("ex:secret") == told("ex:none")


@pytest.mark.parametrize(
    "correction",
    [
        record("res:r", "res0", "Disclosure", "contract-party", "res:r prov:wasRevisionOf ex:list ."),
        record("res:r", "res0", "Retraction", "contract-party", "res:r ew:retracts ex:listed ."),
    ],
)
def test_saying_it_once_more_as_ones_own_gives_no_right_to_take_it_back(desk: Desk, correction: str) -> None:
    """The double is refused; what comes with it may not count on it, where the rest of a file is stored without it."""
    doubles = (
        record("ex:list", "res0", "Disclosure", "contract-party"),
        record("res:double", "res0", "Disclosure", "contract-party", supply("ex:listed", "res:double")),
    )
    house = desk.house
    view = house.gate.view(parse_principal(named("res0").value))
    rights = Rights(Submitter.of(view, STEWARD), house.ledger, view, house.clock.now())
    text = PREFIXES + MORE_PREFIXES + "\n".join((*doubles, correction))
    file = read_content("records.trig", text.encode(), limit=1_000_000)
    report = Loader(house.ledger, desk.checker).load([file], rights=rights)
    assert report.added == []
    assert len(report.refused) == 3


def test_every_class_has_its_row() -> None:
    classes = terms.RECORD_CLASSES | terms.CLAIM_CLASSES | terms.ACTIVITY_CLASSES | terms.ENTITY_CLASSES
    assert classes <= SAYERS.keys()
    assert all(row.why for row in SAYERS.values() if row.sayer is not Sayer.ANYONE)
    open_to_others = {kind for kind in terms.RECORD_CLASSES if SAYERS[kind].sayer is not Sayer.STAFF}
    assert WIDEST.keys() == open_to_others


def test_the_documents_show_the_table() -> None:
    text = (Path(__file__).parents[2] / "docs" / "records.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `ew:(\w+)` \| (.+?) \|", text, re.MULTILINE))
    shown = {kind.value.rpartition("#")[2]: row.sayer.value for kind, row in SAYERS.items() if kind in WIDEST}
    assert {name: rows.get(name) for name in shown} == shown
    levels = dict(re.findall(r"^\| `ew:(\w+)` \| .+? \| `([\w-]+)` \|$", text, re.MULTILINE))
    assert levels == {kind.value.rpartition("#")[2]: level.value.rpartition("/")[2] for kind, level in WIDEST.items()}
    assert Visibility.PUBLIC in WIDEST.values()
    assert all(
        f"`ew:{word.value.rpartition('#')[2]}`" in text for word in STAFF_WORDS if word.value.startswith(terms.EW)
    )
