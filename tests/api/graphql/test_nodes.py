"""Things by their IRI: entities, records and claims."""

from __future__ import annotations

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type, is_required_argument

from ewgraph.api.graphql import schema
from tests.api.graphql.conftest import Caller, caller_of
from tests.conftest import House, named

KIND = "query ($id: ID!) { node(id: $id) { __typename id } }"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("F1", "Site"),
        ("K1", "Contract"),
        ("K1-1", "ContractLine"),
        ("L1", "ProductModel"),
        ("uni-a", "Organization"),
        ("D1", "Record"),
        ("c1", "SupplyClaim"),
    ],
)
def test_a_node_is_of_the_type_of_its_class(caller: Caller, name: str, kind: str) -> None:
    assert caller.ask(KIND, "staff", id=named(name).value) == {"node": {"__typename": kind, "id": named(name).value}}


NO_IRI = ["", "no IRI", "relative/path", "https://data.example.org/id/ "]


@pytest.mark.parametrize("text", [*NO_IRI, "https://data.example.org/id/nobody"])
def test_what_names_nothing_is_null(caller: Caller, text: str) -> None:
    query = "query ($id: ID!) { node(id: $id) { id } site(id: $id) { id } contract(id: $id) { id } }"
    assert caller.ask(query, "staff", id=text) == {"node": None, "site": None, "contract": None}


@pytest.mark.parametrize("text", NO_IRI)
@pytest.mark.parametrize(
    "question",
    [
        "contractsTouching(site: $id) { totalCount }",
        "sitesTouchedBy(contract: $id) { totalCount }",
        "mineralOrigins(from: $id) { totalCount }",
        'mineralOrigins(from: "https://data.example.org/id/K1", mineral: $id) { totalCount }',
        'paths(from: "https://data.example.org/id/K1", to: $id) { paths { hops } }',
        "conflicts(about: $id) { totalCount }",
    ],
)
def test_a_question_about_what_is_no_iri_is_refused(caller: Caller, text: str, question: str) -> None:
    if text or "mineral" not in question.partition("(")[2]:
        assert "is not an IRI" in caller.fault(f"query ($id: ID!) {{ {question} }}", "staff", id=text)


def test_a_site_is_no_contract_and_a_contract_no_site(caller: Caller) -> None:
    query = "query ($site: ID!, $contract: ID!) { site(id: $contract) { id } contract(id: $site) { id } }"
    asked = {"site": named("F1").value, "contract": named("K1").value}
    assert caller.ask(query, "staff", **asked) == {"site": None, "contract": None}


def test_a_site_is_called_by_its_english_name(caller: Caller) -> None:
    query = """query ($id: ID!) { site(id: $id) {
      label kind kinds nativeName identifiers { scheme notation } country { id } } }"""
    assert caller.ask(query, id=named("F2").value) == {
        "site": {
            "label": "Factory 2",
            "kind": "FACTORY",
            "kinds": ["FACTORY"],
            "nativeName": None,
            "identifiers": [{"scheme": "os-id", "notation": "CN2021250D1DTN7"}],
            "country": None,
        },
    }


def test_a_site_has_the_country_of_its_address(house: House) -> None:
    house.load("""
    ex:A { ex:A a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
        ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
      ex:S a ew:Mine, ew:Smelter ; ew:nativeName "厂"@zh ;
        <http://www.w3.org/ns/locn#address> [ a <http://www.w3.org/ns/locn#Address> ; ew:country ex:CHN ;
          <http://www.w3.org/ns/locn#postName> "Gejiu" ;
          ew:addressPrecision <https://w3id.org/ewgraph/kos/address-precision/locality> ] ;
        <http://www.w3.org/ns/locn#address> [ a <http://www.w3.org/ns/locn#Address> ; ew:country ex:CHN ;
          <http://www.w3.org/ns/locn#fullAddress> "1 Tin Street, Gejiu" ;
          ew:addressPrecision <https://w3id.org/ewgraph/kos/address-precision/street> ] .
      ex:CHN a skos:Concept ; skos:prefLabel "China"@en ; skos:notation "CN", "CHN" .
    }""")
    query = """query ($id: ID!) { site(id: $id) { kinds nativeName country { id label notation }
      address { fullAddress precision } addresses { locality } } }"""
    assert caller_of(house).ask(query, id=named("S").value)["site"] == {
        "kinds": ["SMELTER", "MINE"],
        "nativeName": "厂",
        "country": {"id": named("CHN").value, "label": "China", "notation": "CHN"},
        "address": {"fullAddress": "1 Tin Street, Gejiu", "precision": "STREET"},
        "addresses": [{"locality": None}, {"locality": "Gejiu"}],
    }


def test_a_contract_tells_its_parties_and_lines(caller: Caller) -> None:
    query = """query ($id: ID!) { contract(id: $id) { label signedOn endsOn ocid buyers { label } contractors { label }
      lines { id model { label modelNumber brand { label } } models { id } category { id } quantity }
      covers { id } } }"""
    laptop = {"label": "Laptop 1", "modelNumber": "LT-1", "brand": {"label": "Brand X"}}
    assert caller.ask(query, "ex:uni-a", id=named("K1").value)["contract"] == {
        "label": "Laptops for A",
        "signedOn": "2024-01-15",
        "endsOn": None,
        "ocid": None,
        "buyers": [{"label": "University A"}],
        "contractors": [{"label": "Reseller"}],
        "lines": [
            {
                "id": named("K1-1").value,
                "model": laptop,
                "models": [{"id": named("L1").value}],
                "category": None,
                "quantity": 300.0,
            },
        ],
        "covers": [{"id": named("L1").value}],
    }


CORRECTED = """
ex:R1 { ex:R1 a ew:MonitoringReport ; prov:wasAttributedTo ex:partner ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime ; rdfs:label "Report" .
  ex:S a ew:Factory .
  ex:f1 a ew:Finding ; ew:assertedIn ex:R1 ; ew:site ex:S ; ew:provision ex:p ; ew:sourcePage 12 ;
    ew:breachStatus <https://w3id.org/ewgraph/kos/breach-status/alleged> ;
    ew:findingType <https://w3id.org/ewgraph/kos/finding-type/recruitment-fee> , ex:something-else ;
    ew:affectedBand <https://w3id.org/ewgraph/kos/band/10-19> .
  ex:w1 a ew:WorkforceClaim ; ew:assertedIn ex:R1 ; ew:site ex:S .
}
ex:R2 { ex:R2 a ew:MonitoringReport ; prov:wasAttributedTo ex:partner ; ew:visibility vis:public ;
    ew:receivedAt "2024-02-01T00:00:00Z"^^xsd:dateTime ; prov:wasRevisionOf ex:R1 . }
ex:R3 { ex:R3 a ew:Reply ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;
    ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime ; ew:repliesTo ex:f1 . }
ex:R4 { ex:R4 a ew:Retraction ; prov:wasAttributedTo ex:partner ; ew:visibility vis:public ;
    ew:receivedAt "2024-04-01T00:00:00Z"^^xsd:dateTime ; ew:retracts ex:w1 . }
"""


def test_a_record_tells_what_it_asserts_and_what_became_of_it(house: House) -> None:
    house.load(CORRECTED)
    query = """query ($id: ID!) { node(id: $id) { ... on Record { label kind receivedAt recordedAt visibility
      revises { id } revisedBy { id kind }
      claims { totalCount edges { node { __typename kind retractedBy { kind } replies { id } record { id }
        ... on Finding { breachStatus findingTypes affectedBand site { id } provisions { id } source { page cell } }
        ... on WorkforceClaim { about: site { id } } } } } } } }"""
    found = caller_of(house).ask(query, id=named("R1").value)["node"]
    finding, workforce = (edge["node"] for edge in found.pop("claims")["edges"])
    assert found == {
        "label": "Report",
        "kind": "MONITORING_REPORT",
        "receivedAt": "2024-01-01T00:00:00+00:00",
        "recordedAt": "2026-10-01T12:00:00+00:00",
        "visibility": "PUBLIC",
        "revises": [],
        "revisedBy": [{"id": named("R2").value, "kind": "MONITORING_REPORT"}],
    }
    assert finding == {
        "__typename": "Finding",
        "kind": "FINDING",
        "retractedBy": [],
        "replies": [{"id": named("R3").value}],
        "record": {"id": named("R1").value},
        "breachStatus": "ALLEGED",
        "findingTypes": ["RECRUITMENT_FEE"],
        "affectedBand": "BAND_10_19",
        "site": {"id": named("S").value},
        "provisions": [{"id": named("p").value}],
        "source": {"page": "12", "cell": None},
    }
    assert (workforce["__typename"], workforce["kind"]) == ("WorkforceClaim", "WORKFORCE_CLAIM")
    assert workforce["retractedBy"] == [{"kind": "RETRACTION"}]
    assert workforce["about"] == {"id": named("S").value}


def test_claims_about_minerals_tell_who_names_what(house: House) -> None:
    house.load("""
    ex:M1 { ex:M1 a ew:MineralsDeclaration ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;
        ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
      ex:a a ew:SmelterListingClaim ; ew:assertedIn ex:M1 ; ew:declarant ex:brand ; ew:mineral ex:tin ;
        ew:smelter ex:sm ; ew:scope scope:model ; ew:intoModel ex:L ; ew:evidenceBasis eb:brand-list .
      ex:b a ew:SourcingClaim ; ew:assertedIn ex:M1 ; ew:smelter ex:sm ; ew:mine ex:mine ; ew:mineral ex:tin ;
        ew:originCountry ex:BOL ; ew:recycledShare 0.25 ; ew:evidenceBasis eb:inferred .
      ex:c a ew:SupplyClaim ; ew:assertedIn ex:M1 ; ew:site ex:S ; ew:output ex:tin ; ew:deliveredTo ex:T ;
        ew:forBrand ex:brand ; ew:intoModel ex:L ; ew:evidenceBasis eb:inferred .
      ex:tin a skos:Concept .
    }""")
    query = """query ($id: ID!) { node(id: $id) { ... on Record { claims { edges { node { scope basis
      ... on SmelterListingClaim { declarant { id } mineral { id } smelter { id } intoModels { id } }
      ... on SourcingClaim { mine { id } mineral { id } smelter { id } originCountry { id } recycledShare }
      ... on SupplyClaim { site { id } output { __typename } deliveredTo { id } forBrand { id } intoModels { id } }
    } } } } } }"""
    listing, sourcing, supply = (
        edge["node"] for edge in caller_of(house).ask(query, id=named("M1").value)["node"]["claims"]["edges"]
    )
    assert (listing["scope"], listing["basis"]) == ("MODEL", "BRAND_LIST")
    assert (listing["declarant"]["id"], listing["smelter"]["id"]) == (named("brand").value, named("sm").value)
    assert listing["intoModels"] == supply["intoModels"] == [{"id": named("L").value}]
    assert (sourcing["mine"]["id"], sourcing["recycledShare"]) == (named("mine").value, 0.25)
    assert sourcing["originCountry"]["id"] == named("BOL").value
    assert (supply["output"], supply["deliveredTo"]) == ({"__typename": "Concept"}, [{"id": named("T").value}])


def test_what_has_no_type_of_its_own_is_a_thing(house: House) -> None:
    house.load("""
    ex:N { ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
        ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
      ex:O a ew:Novelty ; rdfs:label "Something new" . }
    """)
    query = "query ($id: ID!) { node(id: $id) { __typename ... on Thing { label classes } } }"
    found = caller_of(house).ask(query, id=named("O").value)["node"]
    assert found == {
        "__typename": "Thing",
        "label": "Something new",
        "classes": ["https://w3id.org/ewgraph/ns#Novelty"],
    }


def test_a_claim_of_an_unknown_class_is_another_claim(house: House) -> None:
    house.load("""
    ex:R { ex:R a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:public ;
        ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
      ex:c a ew:NewClaim, ew:Claim ; ew:assertedIn ex:R ; ew:site ex:S . }
    """)
    query = "query ($id: ID!) { node(id: $id) { __typename ... on OtherClaim { kind site { id } } } }"
    assert caller_of(house).ask(query, id=named("c").value)["node"] == {
        "__typename": "OtherClaim",
        "kind": "CLAIM",
        "site": {"id": named("S").value},
    }


@pytest.mark.parametrize("name", ["F2", "K1", "K1-1", "L1", "uni-a", "P1", "D1", "c1", "c9", "R1", "f1", "w1", "R4"])
def test_every_field_of_a_node_can_be_asked_for(caller: Caller, house: House, name: str) -> None:
    house.load(CORRECTED)
    kind = caller.ask(KIND, "staff", id=named(name).value)["node"]["__typename"]
    real = schema._schema.type_map[kind]
    assert isinstance(real, GraphQLObjectType)
    fields = [
        field if is_leaf_type(get_named_type(definition.type)) else f"{field} {{ __typename }}"
        for field, definition in real.fields.items()
        if not any(map(is_required_argument, definition.args.values()))
    ]
    query = f"query ($id: ID!) {{ node(id: $id) {{ ... on {kind} {{ {' '.join(fields)} }} }} }}"
    found = caller.ask(query, "staff", id=named(name).value)["node"]
    assert len(found) == len(fields)
    assert real.fields.keys() - found.keys() <= {"observed"}, "those that need an argument"
