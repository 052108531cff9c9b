"""The lists: each filter, each order, pages from both ends, and what a reader may not see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.api.graphql.paging import LARGEST, cursor
from ewgraph.catalogue import Catalogue
from tests.api.graphql.conftest import Caller, caller_of
from tests.conftest import House, TickingClock, named

NOW = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
KOS = "https://w3id.org/ewgraph/kos"
POINT = "<http://www.opengis.net/ont/geosparql#wktLiteral>"
WORLD = """
ex:I { ex:I a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:S1 a ew:Factory ; rdfs:label "beta works"@en ; ew:country ex:CHN ; ew:nativeName "\\u5382"@zh ;
    <http://www.opengis.net/ont/geosparql#hasGeometry> ex:g1 ;
    adms:identifier [ a adms:Identifier ; skos:notation "CN7" ; adms:schemaAgency "os-id" ] .
  ex:g1 a <http://www.opengis.net/ont/geosparql#Geometry> ;
    <http://www.opengis.net/ont/geosparql#asWKT> "POINT(113.9 22.5)"^^WKT .
  ex:S2 a ew:Smelter, ew:Mine ; rdfs:label "Alpha"@en, "Zeta"@nl ; ew:mineral ex:tin ;
    <http://www.w3.org/ns/locn#address> [ a <http://www.w3.org/ns/locn#Address> ; ew:country ex:MYS ] .
  ex:S3 a ew:Mine ; rdfs:label "gamma" ; ew:country ex:CHN .
  ex:brand a ew:Organization ; rdfs:label "Brand" ; ew:country ex:USA .
  ex:uni a ew:Organization ; rdfs:label "University" . ex:shop a ew:Organization ; rdfs:label "Shop" .
  ex:op a ew:Organization ; rdfs:label "Operator" .
  ex:M1 a ew:ProductModel ; rdfs:label "Laptop" ; ew:brand ex:brand ; ew:category ex:cpv1 ; ew:modelNumber "LT-9" .
  ex:M2 a ew:ProductModel ; rdfs:label "Phone" ; ew:category ex:cpv2 .
  ex:cpv2 a skos:Concept ; skos:prefLabel "Phones"@en ; skos:inScheme ex:cpv .
  ex:cpv1 a skos:Concept ; skos:prefLabel "Notebooks"@en ; skos:inScheme ex:cpv ; skos:broader ex:cpv0 .
  ex:cpv0 a skos:Concept ; skos:prefLabel "Computers"@en ; skos:notation "302" ; skos:inScheme ex:cpv .
  ex:o1 a ew:OperationClaim ; ew:assertedIn ex:I ; ew:site ex:S1 ; ew:operator ex:op ;
    ew:relation <KOS/operation-relation/operates> .
  ex:sourcing a ew:SourcingClaim ; ew:assertedIn ex:I ; ew:smelter ex:S2 ; ew:mine ex:S3 ; ew:mineral ex:tin .
}
ex:N { ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:uni ; ew:visibility vis:public ;
    ew:receivedAt "2024-02-01T00:00:00Z"^^xsd:dateTime .
  ex:K1 a ew:Contract ; rdfs:label "Laptops" ; ew:buyer ex:uni ; ew:contractor ex:shop ;
    ew:signedOn "2024-01-10"^^xsd:date ; ew:endsOn "2025-01-10"^^xsd:date ; ew:hasLine ex:K1-1 .
  ex:K1-1 a ew:ContractLine ; ew:model ex:M1 .
  ex:K2 a ew:Contract ; rdfs:label "Phones" ; ew:buyer ex:town ; ew:contractor ex:shop ;
    ew:signedOn "2023-01-10"^^xsd:date ; ew:endsOn "2023-06-30"^^xsd:date ; ew:hasLine ex:K2-1 .
  ex:K2-1 a ew:ContractLine ; ew:category ex:cpv2 .
  ex:O1 a ew:Obligation ; ew:ofContract ex:K1 ; ew:obligationType ex:ot1 ; ew:dueOn "2024-04-15"^^xsd:date .
  ex:O2 a ew:Obligation ; ew:ofContract ex:K1 ; ew:obligationType ex:ot2 ; ew:dueOn "2024-07-15"^^xsd:date .
  ex:O3 a ew:Obligation ; ew:ofContract ex:K2 ; ew:obligationType ex:ot1 ; ew:dueOn "2027-01-01"^^xsd:date .
  ex:O4 a ew:Obligation ; ew:ofContract ex:K2 ; ew:obligationType ex:ot1 ; ew:dueOn "2024-05-02"^^xsd:date .
}
ex:D { ex:D a ew:Disclosure ; prov:wasAttributedTo ex:shop ; ew:visibility vis:public ; ew:fulfils ex:O1, ex:O4 ;
    ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .
  ex:supply a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:output ex:M1 ; ew:site ex:S1 ; ew:scope scope:contract ;
    ew:scopeContract ex:K1 ; ew:evidenceBasis eb:contract-disclosure ; ew:validFrom "2024-01-01"^^xsd:date ;
    ew:validTo "2024-12-31"^^xsd:date . }
ex:R { ex:R a ew:MonitoringReport ; prov:wasAttributedTo ex:monitor ; ew:visibility vis:public ;
    ew:receivedAt "2024-06-01T00:00:00Z"^^xsd:dateTime .
  ex:f1 a ew:Finding ; ew:assertedIn ex:R ; ew:site ex:S1 ; ew:provision ex:p1 ; ew:observedOn "2024-05-20"^^xsd:date ;
    ew:breachStatus <KOS/breach-status/alleged> ; ew:severity ex:major ;
    ew:findingType <KOS/finding-type/child-labour> .
  ex:f2 a ew:Finding ; ew:assertedIn ex:R ; ew:site ex:S3 ; ew:provision ex:p2 ;
    ew:breachStatus <KOS/breach-status/confirmed> .
  ex:fix a ew:Remedy ; ew:assertedIn ex:R ; ew:addresses ex:f1 ; ew:amount 12.50 ; ew:currency "EUR" ;
    ew:remedyType <KOS/remedy-type/back-pay> .
  ex:plan a ew:CorrectiveActionPlan ; ew:assertedIn ex:R ; ew:addresses ex:f1 .
  ex:act a ew:CorrectiveAction ; ew:assertedIn ex:R ; ew:addresses ex:f1 ; ew:inPlan ex:plan .
  ex:check a ew:Verification ; ew:assertedIn ex:R ; ew:verifies ex:fix ; ew:verifiedOn "2024-05-30"^^xsd:date ;
    ew:verdict <KOS/verification-verdict/verified> .
  ex:step a ew:EscalationStep ; ew:assertedIn ex:R ; ew:ofContract ex:K1 ;
    ew:stepType <KOS/escalation-step/informal> . }
ex:R2 { ex:R2 a ew:MonitoringReport ; prov:wasAttributedTo ex:monitor ; ew:visibility vis:public ;
    ew:receivedAt "2024-08-01T00:00:00Z"^^xsd:dateTime .
  ex:f3 a ew:Finding ; ew:assertedIn ex:R2 ; ew:site ex:S1 ; ew:provision ex:p1, ex:p2 ;
    ew:breachStatus <KOS/breach-status/confirmed> . }
ex:T { ex:T a ew:Retraction ; prov:wasAttributedTo ex:monitor ; ew:visibility vis:public ;
    ew:receivedAt "2024-09-01T00:00:00Z"^^xsd:dateTime ; ew:retracts ex:f2 . }
""".replace("KOS", KOS).replace("^^WKT", f"^^{POINT}")


@pytest.fixture
def asker(house: House) -> Caller:
    house.load(WORLD)
    return caller_of(house)


def names(answer: Any) -> list[str]:
    return [node["id"].rpartition("/")[2] for node in answer["nodes"]]


def ids(text: str) -> str:
    """The text with `ex:` names written out."""
    return " ".join(
        f'"{named(word).value}"' if (word := part.strip("[]")).startswith("ex:") and part == word else part
        for part in text.split(" ")
    )


FILTERS = [
    ("sites", "S1 S2 S3"),
    ("sites(country: ex:CHN )", "S1 S3"),
    ("sites(country: ex:MYS )", "S2"),
    ("sites(country: ex:nowhere )", ""),
    ("sites(kind: [MINE])", "S2 S3"),
    ("sites(kind: [FACTORY, SMELTER])", "S1 S2"),
    ("sites(kind: [])", ""),
    ("sites(commodity: ex:tin )", "S2 S3"),
    ('sites(text: "ALPH")', "S2"),
    ('sites(text: "\u5382")', "S1"),
    ('sites(text: "cn7")', "S1"),
    ("sites(near: {latitude: 22.54, longitude: 114.06, withinKm: 30})", "S1"),
    ("sites(near: {latitude: 22.54, longitude: 114.06, withinKm: 3})", ""),
    ("sites(orderBy: NAME)", "S2 S1 S3"),
    ("sites(orderBy: NAME, direction: DESCENDING)", "S3 S1 S2"),
    ("sites(direction: DESCENDING)", "S3 S2 S1"),
    ('sites(country: ex:CHN , kind: [MINE], text: "am")', "S3"),
    ('sites(at: {knownAt: "2023-01-01T00:00:00Z"})', ""),
    ("contracts", "K1 K2"),
    ("contracts(buyer: ex:uni )", "K1"),
    ("contracts(contractor: ex:shop )", "K1 K2"),
    ("contracts(category: ex:cpv0 )", "K1"),
    ("contracts(category: ex:cpv2 )", "K2"),
    ("contracts(model: ex:M1 )", "K1"),
    ('contracts(period: {from: "2024-01-01"})', "K1"),
    ('contracts(period: {to: "2024-01-10"})', "K2"),
    ('contracts(period: {from: "2023-06-30", to: "2024-01-11"})', "K1 K2"),
    ('contracts(text: "lap")', "K1"),
    ("contracts(orderBy: SIGNED_ON)", "K2 K1"),
    ("contracts(orderBy: NAME, direction: DESCENDING)", "K2 K1"),
    ('contracts(at: {knownAt: "2024-01-15T00:00:00Z"})', ""),
    ("findings", "f1 f3"),
    ("findings(history: true)", "f1 f2 f3"),
    ("findings(site: ex:S1 )", "f1 f3"),
    ("findings(provision: [ ex:p2 ])", "f3"),
    ("findings(provision: [ ex:p1 , ex:p2 ])", "f1 f3"),
    ("findings(provision: [])", ""),
    ("findings(status: [CONFIRMED])", "f3"),
    ("findings(severity: [ ex:major ])", "f1"),
    ("findings(findingType: [CHILD_LABOUR])", "f1"),
    ("findings(by: ex:monitor )", "f1 f3"),
    ("findings(by: ex:shop )", ""),
    ('findings(since: "2024-07-01T00:00:00Z")', "f3"),
    ("findings(orderBy: RECEIVED_AT, direction: DESCENDING)", "f3 f1"),
    ('findings(at: {knownAt: "2024-07-01T00:00:00Z"})', "f1 f2"),
    ('findings(at: {validAt: "2024-05-19"})', "f3"),
    ("organizations", "brand op shop uni"),
    ("organizations(country: ex:USA )", "brand"),
    ("organizations(role: BUYER)", "uni"),
    ("organizations(role: CONTRACTOR)", "shop"),
    ("organizations(role: BRAND)", "brand"),
    ("organizations(role: OPERATOR)", "op"),
    ('organizations(text: "UNI")', "uni"),
    ("organizations(orderBy: NAME)", "brand op shop uni"),
    ("models(brand: ex:brand )", "M1"),
    ("models(category: ex:cpv0 )", "M1"),
    ('models(text: "lt-9")', "M1"),
    ("models(orderBy: NAME, direction: DESCENDING)", "M2 M1"),
    ("records(orderBy: RECEIVED_AT)", "I N D R R2 T"),
    ("records(orderBy: RECEIVED_AT, direction: DESCENDING)", "T R2 R D N I"),
    ("records(kind: [MONITORING_REPORT])", "R R2"),
    ("records(by: ex:shop )", "D"),
    ("records(about: ex:S1 )", "I"),
    ('records(since: "2024-06-01T00:00:00Z", until: "2024-09-01T02:00:00+02:00")', "R R2"),
    ('records(at: {knownAt: "2024-03-01T00:00:00Z"})', "I N"),
    ("obligations(orderBy: DUE_ON)", "O1 O4 O2 O3"),
    ("obligations(contract: ex:K1 )", "O1 O2"),
    ("obligations(contractor: ex:shop , obligationType: ex:ot2 )", "O2"),
    ("obligations(status: OVERDUE)", "O2"),
    ("obligations(status: NOT_YET_DUE)", "O3"),
    ("obligations(status: RECEIVED)", "O4"),
    ("obligations(status: RECEIVED_LATE)", "O1"),
    ('obligations(status: OVERDUE, at: {knownAt: "2024-05-01T00:00:00Z", validAt: "2024-05-01"})', "O1"),
    ('obligations(dueBefore: "2024-05-02")', "O1"),
    ("concepts(scheme: ex:cpv , orderBy: NAME)", "cpv0 cpv1 cpv2"),
    ("concepts(broader: ex:cpv0 )", "cpv1"),
    ('concepts(text: "302")', "cpv0"),
    ("standards", ""),
    ("provisions", ""),
]


@pytest.mark.parametrize(("question", "expected"), FILTERS)
def test_a_list_has_what_was_asked_for(asker: Caller, question: str, expected: str) -> None:
    name = question.partition("(")[0]
    found = asker.ask(ids("{ " + question + " { nodes { id } totalCount } }"))[name]
    assert names(found) == expected.split()
    assert found["totalCount"] == len(expected.split())


NESTED = [
    ("S1", "Site", "findings", "f1 f3"),
    ("S1", "Site", "findings(status: [ALLEGED])", "f1"),
    ("S1", "Site", "claims", "f1 f3 o1"),
    ("S1", "Site", "claims(history: true)", "f1 f3 o1 supply"),
    ("S1", "Site", "claims(kinds: [OPERATION_CLAIM])", "o1"),
    ("S3", "Site", "claims(history: true)", "f2 sourcing"),
    ("S1", "Site", "records", "I"),
    ("uni", "Organization", "contractsAsBuyer", "K1"),
    ("shop", "Organization", "contractsAsContractor", "K1 K2"),
    ("brand", "Organization", "models", "M1"),
    ("op", "Organization", "sites", "S1"),
    ("op", "Organization", "claims", "o1"),
    ("shop", "Organization", "records(kinds: [DISCLOSURE])", "D"),
    ("M1", "ProductModel", "contracts", "K1"),
    ("M1", "ProductModel", "claims(history: true)", "supply"),
    ("K1", "Contract", "obligations", "O1 O2"),
    ("K1", "Contract", "obligations(orderBy: DUE_ON, direction: DESCENDING)", "O2 O1"),
    ("K1", "Contract", "activities", "step"),
    ("K1", "Contract", "claims(history: true)", "supply"),
    ("K1", "Contract", "records", "N"),
    ("R", "Record", "claims", "f1 f2"),
    ("R", "Record", "claims(kinds: [FINDING], last: 1)", "f2"),
    ("f1", "Finding", "activities", "act fix plan"),
    ("f1", "Finding", "remedies", "fix"),
    ("fix", "Remedy", "verifications", "check"),
    ("act", "CorrectiveAction", "verifications", ""),
    ("plan", "CorrectiveActionPlan", "actions", "act"),
]


@pytest.mark.parametrize(("thing", "kind", "field", "expected"), NESTED)
def test_a_thing_has_lists_of_its_own(asker: Caller, thing: str, kind: str, field: str, expected: str) -> None:
    query = (
        f"query ($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ list: {field} {{ nodes {{ id }} totalCount }} }} }} }}"
    )
    found = asker.ask(query, id=named(thing).value)["node"]["list"]
    assert names(found) == expected.split()
    if "last" not in field:
        assert found["totalCount"] == len(expected.split())


def test_what_is_below_an_answer_is_as_of_its_instants(asker: Caller) -> None:
    query = """query ($id: ID!) { site(id: $id, at: {knownAt: "2024-07-01T00:00:00Z", validAt: "2024-07-01"}) {
      findings { nodes { id activities { nodes { id } } } } claims { nodes { id } } } }"""
    found = asker.ask(query, id=named("S1").value)["site"]
    assert names(found["findings"]) == ["f1"]
    assert names(found["claims"]) == ["f1", "o1", "supply"]
    earlier = asker.ask(query.replace("2024-07-01T", "2024-05-03T"), id=named("S1").value)["site"]
    assert names(earlier["claims"]) == ["o1", "supply"]


def test_an_activity_tells_what_its_shape_has(asker: Caller) -> None:
    query = """query ($id: ID!) { node(id: $id) { ... on Remedy { remedyType amount currency addresses { id }
      record { id } verifications { nodes { verdict verifiedOn verifies { __typename } } } } } }"""
    assert asker.ask(query, id=named("fix").value)["node"] == {
        "remedyType": "BACK_PAY",
        "amount": "12.5",
        "currency": "EUR",
        "addresses": [{"id": named("f1").value}],
        "record": {"id": named("R").value},
        "verifications": {
            "nodes": [{"verdict": "VERIFIED", "verifiedOn": "2024-05-30", "verifies": [{"__typename": "Remedy"}]}],
        },
    }


MORE = """
ex:A1 { ex:A1 a ew:Disclosure ; prov:wasAttributedTo ex:shop ; ew:visibility vis:public ; ew:fulfils ex:O2 ;
    ew:receivedAt "2024-05-01T10:00:00Z"^^xsd:dateTime . }
ex:A2 { ex:A2 a ew:Disclosure ; prov:wasAttributedTo ex:shop ; ew:visibility vis:public ; prov:wasRevisionOf ex:A1 ;
    ew:receivedAt "2024-06-01T10:00:00Z"^^xsd:dateTime . }
ex:A3 { ex:A3 a ew:DueDiligenceRecord ; prov:wasAttributedTo ex:shop ; ew:visibility vis:public ; ew:fulfils ex:O3 ;
    ew:receivedAt "2024-06-01T10:00:00Z"^^xsd:dateTime . }
ex:A4 { ex:A4 a ew:DueDiligenceRecord ; prov:wasAttributedTo ex:shop ; ew:visibility vis:public ; ew:accepted true ;
    ew:fulfils ex:O2 ; ew:receivedAt "2024-10-01T10:00:00Z"^^xsd:dateTime . }
"""


@pytest.mark.parametrize("day", ["2024-01-01", "2024-05-01", "2024-05-03", "2024-06-02", "2024-09-01", "2027-06-01"])
@pytest.mark.parametrize("known", ["2024-03-01", "2024-05-01", "2024-05-03", "2024-06-02", "2024-12-01"])
def test_an_obligation_is_in_the_state_in_which_it_is_listed(asker: Caller, house: House, day: str, known: str) -> None:
    house.load(MORE)
    at = f'at: {{validAt: "{day}", knownAt: "{known}T12:00:00Z"}}'
    whole = asker.ask(f"{{ obligations({at}) {{ nodes {{ id state }} }} }}")["obligations"]["nodes"]
    assert len(whole) == 4
    for state in ("NOT_YET_DUE", "OVERDUE", "RECEIVED", "RECEIVED_LATE"):
        found = asker.ask(f"{{ obligations(status: {state}, {at}) {{ nodes {{ id state }} }} }}")["obligations"][
            "nodes"
        ]
        assert found == [one for one in whole if one["state"] == state]


NO_IRI = "{!r} is not an IRI: No scheme found in an absolute IRI. Write a full one, such as https://…"
REFUSED = [
    (f"sites(first: {LARGEST + 1})", f"`first` is how many items to give, from 0 to {LARGEST}, not {LARGEST + 1}."),
    ("sites(first: -1)", f"`first` is how many items to give, from 0 to {LARGEST}, not -1."),
    (f"sites(last: {LARGEST + 1})", f"`last` is how many items to give, from 0 to {LARGEST}, not {LARGEST + 1}."),
    ("sites(first: 1, last: 1)", "Ask for the `first` items or for the `last`, not for both."),
    ('sites(after: "x")', "'x' is no cursor of this list. Give one that an answer to the same question gave."),
    (
        "sites(near: {latitude: 91, longitude: 0, withinKm: 1})",
        "`near.latitude` has to be from -90 to 90, not 91.0.",
    ),
    (
        "sites(near: {latitude: 0, longitude: 0, withinKm: 0})",
        "`near.withinKm` has to be from 0.001 to 20100, not 0.0.",
    ),
    ('sites(country: "MY")', NO_IRI.format("MY")),
    ('findings(severity: ["https://example.org/major", "major"])', NO_IRI.format("major")),
    (
        'contracts(period: {from: "2024-01-01", to: "2024-01-01"})',
        "`period.to` is the first day after the period, and 2024-01-01 is not after 2024-01-01.",
    ),
]


@pytest.mark.parametrize(("question", "sentence"), REFUSED)
def test_what_is_wrong_with_a_question_is_told(asker: Caller, question: str, sentence: str) -> None:
    assert asker.fault(f"{{ {question} {{ totalCount }} }}") == sentence


def test_a_value_that_is_given_again_and_again_is_looked_for_once(asker: Caller) -> None:
    """To join each kind with each of the others would take minutes, and no store can be stopped at that."""
    query = "query ($kinds: [SiteKind!]) { sites(kind: $kinds) { totalCount nodes { id } } }"
    assert asker.ask(query, kinds=["MINE", "FACTORY"] * 20_000) == asker.ask(query, kinds=["FACTORY", "MINE"])


def test_values_are_combined_in_so_many_ways(asker: Caller) -> None:
    query = """query ($provision: [ID!], $severity: [ID!]) {
      findings(provision: $provision, severity: $severity) { totalCount } }"""
    some = [named(f"n{number}").value for number in range(33)]
    assert asker.ask(query, provision=some[:30], severity=some) == {"findings": {"totalCount": 0}}
    assert asker.fault(query, provision=some, severity=some) == (
        "The values that are given for this list can be combined in 1089 ways. At most 1000 are allowed: "
        "give fewer values."
    )


def test_a_cursor_of_half_a_character_is_refused(asker: Caller) -> None:
    mark = "WyJcdWQ4MDAiLCJcdWQ4MDAiXQ"  # ["\\ud800","\\ud800"]
    query = "query ($after: String) { sites(after: $after) { totalCount nodes { id } } }"
    assert "is no cursor of this list" in asker.fault(query, after=mark)


def test_a_cursor_of_another_order_is_refused(asker: Caller) -> None:
    mark = cursor(("alpha", named("S2").value))
    query = "query ($after: String) { contracts(orderBy: SIGNED_ON, after: $after) { totalCount } }"
    assert "is no cursor of this list" in asker.fault(query, after=mark)


PAGE = """query ($first: Int, $after: String, $last: Int, $before: String, $by: NameOrder, $to: Direction) {
  sites(first: $first, after: $after, last: $last, before: $before, orderBy: $by, direction: $to) {
    totalCount nodes { id } edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


def sites_of(labels: list[str]) -> str:
    said = "".join(f'ex:s{n:02} a ew:Factory ; rdfs:label "{label}" .\n' for n, label in enumerate(labels))
    return f"""ex:I {{ ex:I a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
      ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime . {said} }}"""


@settings(max_examples=12, deadline=None)
@given(
    labels=st.lists(st.sampled_from(["a", "b", "c", "", "\u00e9"]), max_size=9),
    size=st.integers(1, 4),
    order=st.sampled_from(["IRI", "NAME"]),
    direction=st.sampled_from(["ASCENDING", "DESCENDING"]),
)
def test_pages_from_either_end_make_the_whole(
    labels: list[str],
    size: int,
    order: str,
    direction: str,
    catalogue: Catalogue,
) -> None:
    house = House(Path(":memory:"), TickingClock(NOW), catalogue)
    house.load(sites_of(labels))
    asker = caller_of(house)
    sort = {"by": order, "to": direction}
    whole = asker.ask(PAGE, first=500, **sort)["sites"]
    keyed = [(label if order == "NAME" else f"s{n:02}", f"s{n:02}") for n, label in enumerate(labels)]
    ordered = sorted(keyed, key=lambda one: one[1])
    ordered.sort(key=lambda one: one[0], reverse=direction == "DESCENDING")
    assert names(whole) == [name for _, name in ordered]
    for forward in (True, False):
        pages = list(walked(asker, size, forward=forward, **sort))
        found = [edge for page in (pages if forward else reversed(pages)) for edge in page["edges"]]
        assert found == whole["edges"]
    house.ledger.close()


def walked(asker: Caller, size: int, *, forward: bool, **sort: str) -> Iterator[Any]:
    mark = None
    while True:
        given_ = {"first": size, "after": mark} if forward else {"last": size, "before": mark}
        page = asker.ask(PAGE, **sort, **given_)["sites"]
        yield page
        info = page["pageInfo"]
        assert info["hasPreviousPage" if forward else "hasNextPage"] == (mark is not None)
        mark = info["endCursor" if forward else "startCursor"]
        if not info["hasNextPage" if forward else "hasPreviousPage"]:
            return


def test_what_is_written_between_two_pages_moves_nothing(house: House) -> None:
    house.load(sites_of(["b", "d", "f", "h"]))
    asker = caller_of(house)
    first = asker.ask(PAGE, first=2, by="NAME")["sites"]
    house.load(sites_of(["b", "d", "f", "h"]).replace("ex:I", "ex:J").replace("ex:s", "ex:t").replace('"h"', '"a"'))
    rest = asker.ask(PAGE, first=500, after=first["pageInfo"]["endCursor"], by="NAME")["sites"]
    assert names(first) == ["s00", "s01"]
    assert names(rest) == ["t01", "s02", "t02", "s03"]


HIDDEN = """
ex:H { ex:H a ew:Disclosure ; prov:wasAttributedTo ex:shop ; ew:visibility vis:contract-party ; ew:party ex:shop ;
    ew:receivedAt "2024-05-03T10:00:00Z"^^xsd:dateTime ; ew:fulfils ex:O2 .
  ex:S0 a ew:Factory ; rdfs:label "beta hidden" ; ew:country ex:CHN .
  ex:K0 a ew:Contract ; ew:buyer ex:uni ; ew:contractor ex:shop ; ew:signedOn "2024-01-10"^^xsd:date .
  ex:hid a ew:SupplyClaim ; ew:assertedIn ex:H ; ew:output ex:M1 ; ew:site ex:S1 ; ew:validFrom "2024-01-01"^^xsd:date .
  ex:f0 a ew:Finding ; ew:assertedIn ex:H ; ew:site ex:S1 ; ew:provision ex:p1 ;
    ew:breachStatus <https://w3id.org/ewgraph/kos/breach-status/alleged> . }
"""


@pytest.mark.parametrize("question", [question for question, _ in FILTERS])
def test_what_is_hidden_changes_no_list(asker: Caller, house: House, question: str) -> None:
    query = ids(f"{{ {question} {PARTS} }}")
    before = asker.post(query).content
    house.load(HIDDEN)
    assert asker.post(query).content == before


@pytest.mark.parametrize(("thing", "kind", "field"), [one[:3] for one in NESTED])
def test_what_is_hidden_changes_no_list_of_a_thing(
    asker: Caller,
    house: House,
    thing: str,
    kind: str,
    field: str,
) -> None:
    query = f"query ($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ list: {field} {PARTS} }} }} }}"
    before = asker.post(query, id=named(thing).value).content
    house.load(HIDDEN)
    assert asker.post(query, id=named(thing).value).content == before


PARTS = "{ totalCount edges { cursor } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"


def test_several_things_are_told_in_the_order_of_their_ids(asker: Caller) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    asked = [named("K1").value, named("never").value, "no IRI", named("f1").value]
    assert asker.ask(query, ids=asked)["nodes"] == [
        {"__typename": "Contract", "id": named("K1").value},
        None,
        None,
        {"__typename": "Finding", "id": named("f1").value},
    ]
    assert f"At most {LARGEST}" in asker.fault(query, ids=["x"] * (LARGEST + 1))
