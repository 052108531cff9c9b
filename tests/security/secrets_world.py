"""The example world with a secret of every kind hidden in it: tokens that nobody can guess, and who may see each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

BUYER, OTHER_BUYER = "ex:canary-buyer", "ex:canary-other-buyer"
PARTNER, OTHER_PARTNER = "ex:canary-partner", "ex:canary-other-partner"
RESELLER, BRAND = "ex:canary-reseller", "ex:canary-brand"
READERS = ("public", OTHER_BUYER, OTHER_PARTNER, BRAND, BUYER, PARTNER, RESELLER, "staff")
"""Everybody who hunts: the public, and an affiliate, a partner and a brand that see none of it, first."""

PARTIES = frozenset({BUYER, RESELLER, "staff"})
MEMBERS = frozenset({BUYER, OTHER_BUYER, PARTNER, OTHER_PARTNER, "staff"})
STAFF = frozenset({"staff"})
AUTHOR = frozenset({PARTNER})


def token(kind: str) -> str:
    """An unguessable word for a kind of secret."""
    return "zq" + hashlib.sha256(f"canary {kind}".encode()).hexdigest()[:14]


def number(kind: str, digits: int = 9) -> str:
    """An unguessable whole number."""
    return str(int(hashlib.sha256(f"number {kind}".encode()).hexdigest(), 16))[3 : 3 + digits].replace("0", "7")


@dataclass(frozen=True, slots=True)
class Secret:
    """Something hidden.

    Attributes:
        kind: what it is.
        text: what must not be found.
        seen_by: who may see it.
        iri: whether it stands in an IRI, by which it can be asked for.
    """

    kind: str
    text: str
    seen_by: frozenset[str]
    iri: str = ""


def _named(kind: str, seen_by: frozenset[str]) -> Secret:
    return Secret(kind, token(kind), seen_by, f"https://data.example.org/id/{token(kind)}")


SECRETS = (
    _named("contract", PARTIES),
    _named("contract line", PARTIES),
    _named("model", PARTIES),
    _named("site", PARTIES),
    _named("claim", PARTIES),
    _named("notice", PARTIES),
    _named("disclosure", PARTIES),
    _named("obligation", PARTIES),
    _named("hidden buyer", PARTIES),
    _named("finding", STAFF),
    _named("report", STAFF),
    _named("remedy", STAFF),
    _named("reply", STAFF),
    _named("testimony", AUTHOR),
    _named("members' note", MEMBERS),
    _named("strict claim", STAFF),
    Secret("contract label", token("contract label"), PARTIES),
    Secret("line value", number("line value"), PARTIES),
    Secret("line quantity", number("line quantity", 7), PARTIES),
    Secret("model label", token("model label"), PARTIES),
    Secret("model number", token("model number"), PARTIES),
    Secret("site label", token("site label"), PARTIES),
    Secret("identifier", token("identifier"), PARTIES),
    Secret("address", token("address"), PARTIES),
    Secret("geometry", f"POINT({number('x', 5)} {number('y', 5)})", PARTIES),
    Secret("source document", token("source document"), PARTIES),
    Secret("source sheet", token("source sheet"), PARTIES),
    Secret("day", "1787-03-11", PARTIES),
    Secret("buyer label", token("buyer label"), PARTIES),
    Secret("obligation day", "1789-11-23", PARTIES),
    Secret("finding text", token("finding text"), STAFF),
    Secret("remedy amount", number("remedy amount"), STAFF),
    Secret("reply text", token("reply text"), STAFF),
    Secret("testimony title", token("testimony title"), AUTHOR),
    Secret("note title", token("note title"), MEMBERS),
)
_T = {secret.kind: secret.text for secret in SECRETS}
_EX = {secret.kind: f"ex:{secret.text}" for secret in SECRETS if secret.iri}

ABSENT = token("what is not there")
"""Stands in for a secret's token in the request that a secret's own is compared with: it is as long."""
PUBLIC_SITE = "https://data.example.org/id/canary-public-site"

RECORDS = f"""
@prefix dct: <http://purl.org/dc/terms/> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
ex:canary-members {{
  ex:canary-members a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime .
  ex:canary-m1 a ew:Affiliation ; org:member {BUYER} ; org:role part:affiliate ; ew:validFrom "2020-01-01"^^xsd:date .
  ex:canary-m2 a ew:Affiliation ; org:member {OTHER_BUYER} ; org:role part:affiliate ;
    ew:validFrom "2020-01-01"^^xsd:date .
  ex:canary-m3 a ew:Affiliation ; org:member {PARTNER} ; org:role part:monitoring-partner ;
    ew:validFrom "2020-01-01"^^xsd:date .
  ex:canary-m4 a ew:Affiliation ; org:member {OTHER_PARTNER} ; org:role part:monitoring-partner ;
    ew:validFrom "2020-01-01"^^xsd:date .
}}
ex:canary-list {{
  ex:canary-list a ew:SupplierListEdition ; prov:wasAttributedTo {BRAND} ; ew:visibility vis:public ;
    ew:receivedAt "2023-01-01T00:00:00Z"^^xsd:dateTime .
  {BRAND} a ew:Organization ; rdfs:label "Canary Brand" .
  ex:canary-public-site a ew:Factory ; rdfs:label "Canary public site" .
  ex:canary-listed a ew:SupplyClaim ; ew:assertedIn ex:canary-list ; ew:site ex:canary-public-site ;
    ew:forBrand {BRAND} ; ew:scope scope:brand ; ew:evidenceBasis eb:brand-list ; ew:tier tier:final-assembly .
}}
{_EX["notice"]} {{
  {_EX["notice"]} a ew:ContractNotice ; prov:wasAttributedTo {BUYER} ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime ; ew:party {BUYER}, {RESELLER} .
  {_EX["contract"]} a ew:Contract ; rdfs:label "{_T["contract label"]}" ; ew:buyer {BUYER}, {_EX["hidden buyer"]} ;
    ew:contractor {RESELLER} ; ew:signedOn "{_T["day"]}"^^xsd:date ; ew:hasLine {_EX["contract line"]} .
  {_EX["hidden buyer"]} a ew:Organization ; rdfs:label "{_T["buyer label"]}" .
  {_EX["contract line"]} a ew:ContractLine ; ew:model {_EX["model"]} ; ew:quantity {_T["line quantity"]} ;
    ew:value {_T["line value"]}.25 ; ew:currency "EUR" .
  {_EX["model"]} a ew:ProductModel ; rdfs:label "{_T["model label"]}" ; ew:modelNumber "{_T["model number"]}" ;
    ew:brand {BRAND} .
  {_EX["obligation"]} a ew:Obligation ; ew:ofContract {_EX["contract"]} ; ew:dueOn "{_T["obligation day"]}"^^xsd:date ;
    ew:obligationType <https://w3id.org/ewgraph/kos/obligation-type/component-sites> .
}}
{_EX["disclosure"]} {{
  {_EX["disclosure"]} a ew:Disclosure ; prov:wasAttributedTo {RESELLER} ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime ; ew:party {BUYER}, {RESELLER} ;
    ew:sourceDocument "https://files.example/{_T["source document"]}.xlsx"^^xsd:anyURI .
  {_EX["site"]} a ew:Factory ; rdfs:label "{_T["site label"]}" ;
    adms:identifier [ a adms:Identifier ; skos:notation "{_T["identifier"]}" ; adms:schemaAgency "os-id" ] ;
    locn:address [ a locn:Address ; locn:fullAddress "{_T["address"]} Road" ] ;
    geo:hasGeometry [ a geo:Geometry ; geo:asWKT "{_T["geometry"]}"^^geo:wktLiteral ] .
  {_EX["claim"]} a ew:SupplyClaim ; ew:assertedIn {_EX["disclosure"]} ; ew:output {_EX["model"]} ;
    ew:site {_EX["site"]} ; ew:tier tier:final-assembly ; ew:scope scope:contract ; ew:scopeContract {_EX["contract"]} ;
    ew:evidenceBasis eb:contract-disclosure ; ew:sourceSheet "{_T["source sheet"]}" ; ew:sourceRow 12 .
  ex:canary-supply a ew:SupplyClaim ; ew:assertedIn {_EX["disclosure"]} ; ew:output {_EX["model"]} ;
    ew:site ex:canary-public-site ; ew:tier tier:final-assembly ; ew:scope scope:model ;
    ew:evidenceBasis eb:contract-disclosure .
  {_EX["strict claim"]} a ew:SupplyClaim ; ew:assertedIn {_EX["disclosure"]} ; ew:visibility vis:staff ;
    ew:output {_EX["model"]} ; ew:site ex:canary-public-site ; ew:scope scope:model ; ew:tier tier:final-assembly ;
    ew:evidenceBasis eb:inferred .
}}
{_EX["report"]} {{
  {_EX["report"]} a ew:MonitoringReport ; prov:wasAttributedTo {PARTNER} ; ew:visibility vis:staff ;
    ew:receivedAt "2024-06-02T10:00:00Z"^^xsd:dateTime .
  {_EX["finding"]} a ew:Finding ; ew:assertedIn {_EX["report"]} ; ew:site ex:canary-public-site ;
    rdfs:label "{_T["finding text"]}" ; rdfs:comment "{_T["finding text"]}" ;
    ew:findingType <https://w3id.org/ewgraph/kos/finding-type/recruitment-fee> ;
    ew:breachStatus <https://w3id.org/ewgraph/kos/breach-status/confirmed> .
  {_EX["remedy"]} a ew:Remedy ; ew:assertedIn {_EX["report"]} ; ew:addresses {_EX["finding"]} ;
    ew:amount {_T["remedy amount"]}.5 ; ew:currency "MYR" .
}}
{_EX["reply"]} {{
  {_EX["reply"]} a ew:Reply ; prov:wasAttributedTo {BRAND} ; ew:visibility vis:staff ;
    ew:receivedAt "2024-06-12T10:00:00Z"^^xsd:dateTime ; ew:repliesTo {_EX["finding"]} ;
    rdfs:label "{_T["reply text"]}" .
}}
{_EX["testimony"]} {{
  {_EX["testimony"]} a ew:Testimony ; prov:wasAttributedTo {PARTNER} ; ew:visibility vis:monitor-only ;
    ew:receivedAt "2024-06-22T10:00:00Z"^^xsd:dateTime ; dct:title "{_T["testimony title"]}" ;
    ew:aboutSite ex:canary-public-site ; ew:observedMonth "2024-05"^^xsd:gYearMonth ; ew:count 9 .
}}
{_EX["members' note"]} {{
  {_EX["members' note"]} a ew:Disclosure ; prov:wasAttributedTo ex:steward ; ew:visibility vis:affiliates ;
    ew:receivedAt "2024-06-22T10:00:00Z"^^xsd:dateTime ; dct:title "{_T["note title"]}" .
}}
"""
