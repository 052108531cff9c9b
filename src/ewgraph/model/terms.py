# ruff: noqa: N815, N816 -- the names are those of the vocabularies
# fmt: off
"""The terms of the ontology, and those it reuses, as constants.

Generated from `ontology/` by `tools/vocabulary.py`. Do not edit: change the ontology, then run that tool.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ewgraph.model.rdf import IRI

EW: Final = "https://w3id.org/ewgraph/ns#"
EWK: Final = "https://w3id.org/ewgraph/kos/"

Activity: Final = IRI("https://w3id.org/ewgraph/ns#Activity")
Adjudication: Final = IRI("https://w3id.org/ewgraph/ns#Adjudication")
Affiliate: Final = IRI("https://w3id.org/ewgraph/ns#Affiliate")
Affiliation: Final = IRI("https://w3id.org/ewgraph/ns#Affiliation")
AuditReport: Final = IRI("https://w3id.org/ewgraph/ns#AuditReport")
Auditor: Final = IRI("https://w3id.org/ewgraph/ns#Auditor")
Boundary: Final = IRI("https://w3id.org/ewgraph/ns#Boundary")
Brand: Final = IRI("https://w3id.org/ewgraph/ns#Brand")
CallOff: Final = IRI("https://w3id.org/ewgraph/ns#CallOff")
CertificationClaim: Final = IRI("https://w3id.org/ewgraph/ns#CertificationClaim")
ChemicalClaim: Final = IRI("https://w3id.org/ewgraph/ns#ChemicalClaim")
Claim: Final = IRI("https://w3id.org/ewgraph/ns#Claim")
ClauseSet: Final = IRI("https://w3id.org/ewgraph/ns#ClauseSet")
CompletenessClaim: Final = IRI("https://w3id.org/ewgraph/ns#CompletenessClaim")
ComponentType: Final = IRI("https://w3id.org/ewgraph/ns#ComponentType")
Conflict: Final = IRI("https://w3id.org/ewgraph/ns#Conflict")
Contract: Final = IRI("https://w3id.org/ewgraph/ns#Contract")
ContractLine: Final = IRI("https://w3id.org/ewgraph/ns#ContractLine")
ContractNotice: Final = IRI("https://w3id.org/ewgraph/ns#ContractNotice")
Contractor: Final = IRI("https://w3id.org/ewgraph/ns#Contractor")
CorrectiveAction: Final = IRI("https://w3id.org/ewgraph/ns#CorrectiveAction")
CorrectiveActionPlan: Final = IRI("https://w3id.org/ewgraph/ns#CorrectiveActionPlan")
Coverage: Final = IRI("https://w3id.org/ewgraph/ns#Coverage")
DatasetImport: Final = IRI("https://w3id.org/ewgraph/ns#DatasetImport")
Disclosure: Final = IRI("https://w3id.org/ewgraph/ns#Disclosure")
DispositionClaim: Final = IRI("https://w3id.org/ewgraph/ns#DispositionClaim")
Dormitory: Final = IRI("https://w3id.org/ewgraph/ns#Dormitory")
DueDiligenceRecord: Final = IRI("https://w3id.org/ewgraph/ns#DueDiligenceRecord")
Entity: Final = IRI("https://w3id.org/ewgraph/ns#Entity")
EscalationStep: Final = IRI("https://w3id.org/ewgraph/ns#EscalationStep")
Factory: Final = IRI("https://w3id.org/ewgraph/ns#Factory")
Finding: Final = IRI("https://w3id.org/ewgraph/ns#Finding")
FrameworkAgreement: Final = IRI("https://w3id.org/ewgraph/ns#FrameworkAgreement")
LabourAgent: Final = IRI("https://w3id.org/ewgraph/ns#LabourAgent")
ListedGoods: Final = IRI("https://w3id.org/ewgraph/ns#ListedGoods")
Mine: Final = IRI("https://w3id.org/ewgraph/ns#Mine")
Mineral: Final = IRI("https://w3id.org/ewgraph/ns#Mineral")
MineralsDeclaration: Final = IRI("https://w3id.org/ewgraph/ns#MineralsDeclaration")
MiningCompany: Final = IRI("https://w3id.org/ewgraph/ns#MiningCompany")
MonitoringPartner: Final = IRI("https://w3id.org/ewgraph/ns#MonitoringPartner")
MonitoringReport: Final = IRI("https://w3id.org/ewgraph/ns#MonitoringReport")
Obligation: Final = IRI("https://w3id.org/ewgraph/ns#Obligation")
ObligationRule: Final = IRI("https://w3id.org/ewgraph/ns#ObligationRule")
ObservationClaim: Final = IRI("https://w3id.org/ewgraph/ns#ObservationClaim")
OperationClaim: Final = IRI("https://w3id.org/ewgraph/ns#OperationClaim")
Operator: Final = IRI("https://w3id.org/ewgraph/ns#Operator")
Organization: Final = IRI("https://w3id.org/ewgraph/ns#Organization")
ProductCategory: Final = IRI("https://w3id.org/ewgraph/ns#ProductCategory")
ProductModel: Final = IRI("https://w3id.org/ewgraph/ns#ProductModel")
Provision: Final = IRI("https://w3id.org/ewgraph/ns#Provision")
Record: Final = IRI("https://w3id.org/ewgraph/ns#Record")
RecruitmentClaim: Final = IRI("https://w3id.org/ewgraph/ns#RecruitmentClaim")
RecyclingFacility: Final = IRI("https://w3id.org/ewgraph/ns#RecyclingFacility")
RedactedEdition: Final = IRI("https://w3id.org/ewgraph/ns#RedactedEdition")
Release: Final = IRI("https://w3id.org/ewgraph/ns#Release")
Remedy: Final = IRI("https://w3id.org/ewgraph/ns#Remedy")
Reply: Final = IRI("https://w3id.org/ewgraph/ns#Reply")
RepresentationClaim: Final = IRI("https://w3id.org/ewgraph/ns#RepresentationClaim")
Retraction: Final = IRI("https://w3id.org/ewgraph/ns#Retraction")
RiskAssessment: Final = IRI("https://w3id.org/ewgraph/ns#RiskAssessment")
RiskCell: Final = IRI("https://w3id.org/ewgraph/ns#RiskCell")
SameOrgClaim: Final = IRI("https://w3id.org/ewgraph/ns#SameOrgClaim")
SameSiteClaim: Final = IRI("https://w3id.org/ewgraph/ns#SameSiteClaim")
Site: Final = IRI("https://w3id.org/ewgraph/ns#Site")
SiteAttributeClaim: Final = IRI("https://w3id.org/ewgraph/ns#SiteAttributeClaim")
Smelter: Final = IRI("https://w3id.org/ewgraph/ns#Smelter")
SmelterListingClaim: Final = IRI("https://w3id.org/ewgraph/ns#SmelterListingClaim")
SourcingClaim: Final = IRI("https://w3id.org/ewgraph/ns#SourcingClaim")
Standard: Final = IRI("https://w3id.org/ewgraph/ns#Standard")
SupplierListEdition: Final = IRI("https://w3id.org/ewgraph/ns#SupplierListEdition")
SupplyClaim: Final = IRI("https://w3id.org/ewgraph/ns#SupplyClaim")
Testimony: Final = IRI("https://w3id.org/ewgraph/ns#Testimony")
Union: Final = IRI("https://w3id.org/ewgraph/ns#Union")
ValidationResult: Final = IRI("https://w3id.org/ewgraph/ns#ValidationResult")
Verification: Final = IRI("https://w3id.org/ewgraph/ns#Verification")
Warehouse: Final = IRI("https://w3id.org/ewgraph/ns#Warehouse")
WorkforceClaim: Final = IRI("https://w3id.org/ewgraph/ns#WorkforceClaim")
aboutModel: Final = IRI("https://w3id.org/ewgraph/ns#aboutModel")
aboutSite: Final = IRI("https://w3id.org/ewgraph/ns#aboutSite")
aboutTier: Final = IRI("https://w3id.org/ewgraph/ns#aboutTier")
accepted: Final = IRI("https://w3id.org/ewgraph/ns#accepted")
actionStatus: Final = IRI("https://w3id.org/ewgraph/ns#actionStatus")
addressPrecision: Final = IRI("https://w3id.org/ewgraph/ns#addressPrecision")
addressedTo: Final = IRI("https://w3id.org/ewgraph/ns#addressedTo")
addresses: Final = IRI("https://w3id.org/ewgraph/ns#addresses")
affectedBand: Final = IRI("https://w3id.org/ewgraph/ns#affectedBand")
affectedGroup: Final = IRI("https://w3id.org/ewgraph/ns#affectedGroup")
agencyShare: Final = IRI("https://w3id.org/ewgraph/ns#agencyShare")
amount: Final = IRI("https://w3id.org/ewgraph/ns#amount")
answers: Final = IRI("https://w3id.org/ewgraph/ns#answers")
assertedIn: Final = IRI("https://w3id.org/ewgraph/ns#assertedIn")
attribute: Final = IRI("https://w3id.org/ewgraph/ns#attribute")
beneficiaries: Final = IRI("https://w3id.org/ewgraph/ns#beneficiaries")
between: Final = IRI("https://w3id.org/ewgraph/ns#between")
boundaryHash: Final = IRI("https://w3id.org/ewgraph/ns#boundaryHash")
brand: Final = IRI("https://w3id.org/ewgraph/ns#brand")
breachStatus: Final = IRI("https://w3id.org/ewgraph/ns#breachStatus")
buyer: Final = IRI("https://w3id.org/ewgraph/ns#buyer")
casNumber: Final = IRI("https://w3id.org/ewgraph/ns#casNumber")
category: Final = IRI("https://w3id.org/ewgraph/ns#category")
caveat: Final = IRI("https://w3id.org/ewgraph/ns#caveat")
certificationStatus: Final = IRI("https://w3id.org/ewgraph/ns#certificationStatus")
certifier: Final = IRI("https://w3id.org/ewgraph/ns#certifier")
closedOn: Final = IRI("https://w3id.org/ewgraph/ns#closedOn")
codeList: Final = IRI("https://w3id.org/ewgraph/ns#codeList")
collectiveAgreement: Final = IRI("https://w3id.org/ewgraph/ns#collectiveAgreement")
completeness: Final = IRI("https://w3id.org/ewgraph/ns#completeness")
confidence: Final = IRI("https://w3id.org/ewgraph/ns#confidence")
conflictKind: Final = IRI("https://w3id.org/ewgraph/ns#conflictKind")
contractor: Final = IRI("https://w3id.org/ewgraph/ns#contractor")
count: Final = IRI("https://w3id.org/ewgraph/ns#count")
country: Final = IRI("https://w3id.org/ewgraph/ns#country")
covers: Final = IRI("https://w3id.org/ewgraph/ns#covers")
currency: Final = IRI("https://w3id.org/ewgraph/ns#currency")
declarant: Final = IRI("https://w3id.org/ewgraph/ns#declarant")
deliveredTo: Final = IRI("https://w3id.org/ewgraph/ns#deliveredTo")
describedIn: Final = IRI("https://w3id.org/ewgraph/ns#describedIn")
dueDiligenceStatus: Final = IRI("https://w3id.org/ewgraph/ns#dueDiligenceStatus")
dueOn: Final = IRI("https://w3id.org/ewgraph/ns#dueOn")
endsOn: Final = IRI("https://w3id.org/ewgraph/ns#endsOn")
erasedOn: Final = IRI("https://w3id.org/ewgraph/ns#erasedOn")
evidenceBasis: Final = IRI("https://w3id.org/ewgraph/ns#evidenceBasis")
feeAmount: Final = IRI("https://w3id.org/ewgraph/ns#feeAmount")
findingType: Final = IRI("https://w3id.org/ewgraph/ns#findingType")
forBrand: Final = IRI("https://w3id.org/ewgraph/ns#forBrand")
fulfils: Final = IRI("https://w3id.org/ewgraph/ns#fulfils")
fundamentalFrom: Final = IRI("https://w3id.org/ewgraph/ns#fundamentalFrom")
goods: Final = IRI("https://w3id.org/ewgraph/ns#goods")
hasLine: Final = IRI("https://w3id.org/ewgraph/ns#hasLine")
hasRule: Final = IRI("https://w3id.org/ewgraph/ns#hasRule")
hides: Final = IRI("https://w3id.org/ewgraph/ns#hides")
inFavourOf: Final = IRI("https://w3id.org/ewgraph/ns#inFavourOf")
inPlan: Final = IRI("https://w3id.org/ewgraph/ns#inPlan")
inputCountry: Final = IRI("https://w3id.org/ewgraph/ns#inputCountry")
intoModel: Final = IRI("https://w3id.org/ewgraph/ns#intoModel")
issuedFor: Final = IRI("https://w3id.org/ewgraph/ns#issuedFor")
jurisdiction: Final = IRI("https://w3id.org/ewgraph/ns#jurisdiction")
language: Final = IRI("https://w3id.org/ewgraph/ns#language")
level: Final = IRI("https://w3id.org/ewgraph/ns#level")
line: Final = IRI("https://w3id.org/ewgraph/ns#line")
linkage: Final = IRI("https://w3id.org/ewgraph/ns#linkage")
market: Final = IRI("https://w3id.org/ewgraph/ns#market")
method: Final = IRI("https://w3id.org/ewgraph/ns#method")
migrantShare: Final = IRI("https://w3id.org/ewgraph/ns#migrantShare")
mine: Final = IRI("https://w3id.org/ewgraph/ns#mine")
mineral: Final = IRI("https://w3id.org/ewgraph/ns#mineral")
model: Final = IRI("https://w3id.org/ewgraph/ns#model")
modelNumber: Final = IRI("https://w3id.org/ewgraph/ns#modelNumber")
nativeName: Final = IRI("https://w3id.org/ewgraph/ns#nativeName")
obligationType: Final = IRI("https://w3id.org/ewgraph/ns#obligationType")
observedMonth: Final = IRI("https://w3id.org/ewgraph/ns#observedMonth")
observedOn: Final = IRI("https://w3id.org/ewgraph/ns#observedOn")
ocid: Final = IRI("https://w3id.org/ewgraph/ns#ocid")
ofContract: Final = IRI("https://w3id.org/ewgraph/ns#ofContract")
ofModel: Final = IRI("https://w3id.org/ewgraph/ns#ofModel")
offset: Final = IRI("https://w3id.org/ewgraph/ns#offset")
onBehalfOf: Final = IRI("https://w3id.org/ewgraph/ns#onBehalfOf")
operator: Final = IRI("https://w3id.org/ewgraph/ns#operator")
organizationA: Final = IRI("https://w3id.org/ewgraph/ns#organizationA")
organizationB: Final = IRI("https://w3id.org/ewgraph/ns#organizationB")
originCountry: Final = IRI("https://w3id.org/ewgraph/ns#originCountry")
outcomeNumber: Final = IRI("https://w3id.org/ewgraph/ns#outcomeNumber")
output: Final = IRI("https://w3id.org/ewgraph/ns#output")
paidOn: Final = IRI("https://w3id.org/ewgraph/ns#paidOn")
party: Final = IRI("https://w3id.org/ewgraph/ns#party")
provision: Final = IRI("https://w3id.org/ewgraph/ns#provision")
quantity: Final = IRI("https://w3id.org/ewgraph/ns#quantity")
rank: Final = IRI("https://w3id.org/ewgraph/ns#rank")
reason: Final = IRI("https://w3id.org/ewgraph/ns#reason")
receivedAt: Final = IRI("https://w3id.org/ewgraph/ns#receivedAt")
recordedAt: Final = IRI("https://w3id.org/ewgraph/ns#recordedAt")
recycledShare: Final = IRI("https://w3id.org/ewgraph/ns#recycledShare")
redactedAs: Final = IRI("https://w3id.org/ewgraph/ns#redactedAs")
redaction: Final = IRI("https://w3id.org/ewgraph/ns#redaction")
relation: Final = IRI("https://w3id.org/ewgraph/ns#relation")
releasedAt: Final = IRI("https://w3id.org/ewgraph/ns#releasedAt")
releases: Final = IRI("https://w3id.org/ewgraph/ns#releases")
remedyType: Final = IRI("https://w3id.org/ewgraph/ns#remedyType")
repliedOn: Final = IRI("https://w3id.org/ewgraph/ns#repliedOn")
repliesTo: Final = IRI("https://w3id.org/ewgraph/ns#repliesTo")
reportedDoneOn: Final = IRI("https://w3id.org/ewgraph/ns#reportedDoneOn")
representation: Final = IRI("https://w3id.org/ewgraph/ns#representation")
requestedFrom: Final = IRI("https://w3id.org/ewgraph/ns#requestedFrom")
retracts: Final = IRI("https://w3id.org/ewgraph/ns#retracts")
reviewedBy: Final = IRI("https://w3id.org/ewgraph/ns#reviewedBy")
scope: Final = IRI("https://w3id.org/ewgraph/ns#scope")
scopeContract: Final = IRI("https://w3id.org/ewgraph/ns#scopeContract")
score: Final = IRI("https://w3id.org/ewgraph/ns#score")
sentOn: Final = IRI("https://w3id.org/ewgraph/ns#sentOn")
severity: Final = IRI("https://w3id.org/ewgraph/ns#severity")
sha256: Final = IRI("https://w3id.org/ewgraph/ns#sha256")
signedOn: Final = IRI("https://w3id.org/ewgraph/ns#signedOn")
site: Final = IRI("https://w3id.org/ewgraph/ns#site")
siteA: Final = IRI("https://w3id.org/ewgraph/ns#siteA")
siteB: Final = IRI("https://w3id.org/ewgraph/ns#siteB")
siteType: Final = IRI("https://w3id.org/ewgraph/ns#siteType")
smelter: Final = IRI("https://w3id.org/ewgraph/ns#smelter")
sourceColumn: Final = IRI("https://w3id.org/ewgraph/ns#sourceColumn")
sourceDocument: Final = IRI("https://w3id.org/ewgraph/ns#sourceDocument")
sourcePage: Final = IRI("https://w3id.org/ewgraph/ns#sourcePage")
sourceRow: Final = IRI("https://w3id.org/ewgraph/ns#sourceRow")
sourceSheet: Final = IRI("https://w3id.org/ewgraph/ns#sourceSheet")
stage: Final = IRI("https://w3id.org/ewgraph/ns#stage")
standard: Final = IRI("https://w3id.org/ewgraph/ns#standard")
stepType: Final = IRI("https://w3id.org/ewgraph/ns#stepType")
successorOf: Final = IRI("https://w3id.org/ewgraph/ns#successorOf")
synthetic: Final = IRI("https://w3id.org/ewgraph/ns#synthetic")
tier: Final = IRI("https://w3id.org/ewgraph/ns#tier")
toVisibility: Final = IRI("https://w3id.org/ewgraph/ns#toVisibility")
topic: Final = IRI("https://w3id.org/ewgraph/ns#topic")
trigger: Final = IRI("https://w3id.org/ewgraph/ns#trigger")
triggeredBy: Final = IRI("https://w3id.org/ewgraph/ns#triggeredBy")
underClauses: Final = IRI("https://w3id.org/ewgraph/ns#underClauses")
underFramework: Final = IRI("https://w3id.org/ewgraph/ns#underFramework")
union: Final = IRI("https://w3id.org/ewgraph/ns#union")
use: Final = IRI("https://w3id.org/ewgraph/ns#use")
validFrom: Final = IRI("https://w3id.org/ewgraph/ns#validFrom")
validTo: Final = IRI("https://w3id.org/ewgraph/ns#validTo")
value: Final = IRI("https://w3id.org/ewgraph/ns#value")
verdict: Final = IRI("https://w3id.org/ewgraph/ns#verdict")
verifiedOn: Final = IRI("https://w3id.org/ewgraph/ns#verifiedOn")
verifies: Final = IRI("https://w3id.org/ewgraph/ns#verifies")
version: Final = IRI("https://w3id.org/ewgraph/ns#version")
viaConsortium: Final = IRI("https://w3id.org/ewgraph/ns#viaConsortium")
visibility: Final = IRI("https://w3id.org/ewgraph/ns#visibility")
workerRole: Final = IRI("https://w3id.org/ewgraph/ns#workerRole")
workersBand: Final = IRI("https://w3id.org/ewgraph/ns#workersBand")


class ADMS:
    """Terms of `http://www.w3.org/ns/adms#`."""

    Identifier: Final = IRI("http://www.w3.org/ns/adms#Identifier")
    identifier: Final = IRI("http://www.w3.org/ns/adms#identifier")
    schemaAgency: Final = IRI("http://www.w3.org/ns/adms#schemaAgency")


class DCAT:
    """Terms of `http://www.w3.org/ns/dcat#`."""

    Dataset: Final = IRI("http://www.w3.org/ns/dcat#Dataset")
    distribution: Final = IRI("http://www.w3.org/ns/dcat#distribution")
    version: Final = IRI("http://www.w3.org/ns/dcat#version")


class DCT:
    """Terms of `http://purl.org/dc/terms/`."""

    bibliographicCitation: Final = IRI("http://purl.org/dc/terms/bibliographicCitation")
    description: Final = IRI("http://purl.org/dc/terms/description")
    issued: Final = IRI("http://purl.org/dc/terms/issued")
    license: Final = IRI("http://purl.org/dc/terms/license")
    source: Final = IRI("http://purl.org/dc/terms/source")
    title: Final = IRI("http://purl.org/dc/terms/title")


class FOAF:
    """Terms of `http://xmlns.com/foaf/0.1/`."""

    homepage: Final = IRI("http://xmlns.com/foaf/0.1/homepage")


class GEO:
    """Terms of `http://www.opengis.net/ont/geosparql#`."""

    Feature: Final = IRI("http://www.opengis.net/ont/geosparql#Feature")
    Geometry: Final = IRI("http://www.opengis.net/ont/geosparql#Geometry")
    asWKT: Final = IRI("http://www.opengis.net/ont/geosparql#asWKT")
    hasGeometry: Final = IRI("http://www.opengis.net/ont/geosparql#hasGeometry")
    wktLiteral: Final = IRI("http://www.opengis.net/ont/geosparql#wktLiteral")


class LOCN:
    """Terms of `http://www.w3.org/ns/locn#`."""

    Address: Final = IRI("http://www.w3.org/ns/locn#Address")
    address: Final = IRI("http://www.w3.org/ns/locn#address")
    adminUnitL2: Final = IRI("http://www.w3.org/ns/locn#adminUnitL2")
    fullAddress: Final = IRI("http://www.w3.org/ns/locn#fullAddress")
    postCode: Final = IRI("http://www.w3.org/ns/locn#postCode")
    postName: Final = IRI("http://www.w3.org/ns/locn#postName")
    thoroughfare: Final = IRI("http://www.w3.org/ns/locn#thoroughfare")


class ORG:
    """Terms of `http://www.w3.org/ns/org#`."""

    FormalOrganization: Final = IRI("http://www.w3.org/ns/org#FormalOrganization")
    Membership: Final = IRI("http://www.w3.org/ns/org#Membership")
    Site: Final = IRI("http://www.w3.org/ns/org#Site")
    member: Final = IRI("http://www.w3.org/ns/org#member")
    organization: Final = IRI("http://www.w3.org/ns/org#organization")
    role: Final = IRI("http://www.w3.org/ns/org#role")
    subOrganizationOf: Final = IRI("http://www.w3.org/ns/org#subOrganizationOf")


class OWL:
    """Terms of `http://www.w3.org/2002/07/owl#`."""

    versionIRI: Final = IRI("http://www.w3.org/2002/07/owl#versionIRI")
    versionInfo: Final = IRI("http://www.w3.org/2002/07/owl#versionInfo")


class PROV:
    """Terms of `http://www.w3.org/ns/prov#`."""

    Activity: Final = IRI("http://www.w3.org/ns/prov#Activity")
    Entity: Final = IRI("http://www.w3.org/ns/prov#Entity")
    wasAttributedTo: Final = IRI("http://www.w3.org/ns/prov#wasAttributedTo")
    wasRevisionOf: Final = IRI("http://www.w3.org/ns/prov#wasRevisionOf")


class RDF:
    """Terms of `http://www.w3.org/1999/02/22-rdf-syntax-ns#`."""

    langString: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
    type: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class RDFS:
    """Terms of `http://www.w3.org/2000/01/rdf-schema#`."""

    comment: Final = IRI("http://www.w3.org/2000/01/rdf-schema#comment")
    isDefinedBy: Final = IRI("http://www.w3.org/2000/01/rdf-schema#isDefinedBy")
    label: Final = IRI("http://www.w3.org/2000/01/rdf-schema#label")
    subClassOf: Final = IRI("http://www.w3.org/2000/01/rdf-schema#subClassOf")


class ROV:
    """Terms of `http://www.w3.org/ns/regorg#`."""

    legalName: Final = IRI("http://www.w3.org/ns/regorg#legalName")


class SCHEMA:
    """Terms of `https://schema.org/`."""

    ProductModel: Final = IRI("https://schema.org/ProductModel")
    domainIncludes: Final = IRI("https://schema.org/domainIncludes")
    rangeIncludes: Final = IRI("https://schema.org/rangeIncludes")


class SKOS:
    """Terms of `http://www.w3.org/2004/02/skos/core#`."""

    Concept: Final = IRI("http://www.w3.org/2004/02/skos/core#Concept")
    ConceptScheme: Final = IRI("http://www.w3.org/2004/02/skos/core#ConceptScheme")
    altLabel: Final = IRI("http://www.w3.org/2004/02/skos/core#altLabel")
    broadMatch: Final = IRI("http://www.w3.org/2004/02/skos/core#broadMatch")
    broader: Final = IRI("http://www.w3.org/2004/02/skos/core#broader")
    closeMatch: Final = IRI("http://www.w3.org/2004/02/skos/core#closeMatch")
    definition: Final = IRI("http://www.w3.org/2004/02/skos/core#definition")
    exactMatch: Final = IRI("http://www.w3.org/2004/02/skos/core#exactMatch")
    example: Final = IRI("http://www.w3.org/2004/02/skos/core#example")
    inScheme: Final = IRI("http://www.w3.org/2004/02/skos/core#inScheme")
    notation: Final = IRI("http://www.w3.org/2004/02/skos/core#notation")
    prefLabel: Final = IRI("http://www.w3.org/2004/02/skos/core#prefLabel")
    topConceptOf: Final = IRI("http://www.w3.org/2004/02/skos/core#topConceptOf")


class XSD:
    """Terms of `http://www.w3.org/2001/XMLSchema#`."""

    anyURI: Final = IRI("http://www.w3.org/2001/XMLSchema#anyURI")
    boolean: Final = IRI("http://www.w3.org/2001/XMLSchema#boolean")
    date: Final = IRI("http://www.w3.org/2001/XMLSchema#date")
    dateTime: Final = IRI("http://www.w3.org/2001/XMLSchema#dateTime")
    dayTimeDuration: Final = IRI("http://www.w3.org/2001/XMLSchema#dayTimeDuration")
    decimal: Final = IRI("http://www.w3.org/2001/XMLSchema#decimal")
    double: Final = IRI("http://www.w3.org/2001/XMLSchema#double")
    duration: Final = IRI("http://www.w3.org/2001/XMLSchema#duration")
    gYear: Final = IRI("http://www.w3.org/2001/XMLSchema#gYear")
    gYearMonth: Final = IRI("http://www.w3.org/2001/XMLSchema#gYearMonth")
    integer: Final = IRI("http://www.w3.org/2001/XMLSchema#integer")
    string: Final = IRI("http://www.w3.org/2001/XMLSchema#string")


RECORD_CLASSES: Final[frozenset[IRI]] = frozenset(
    {
        Adjudication,
        AuditReport,
        ContractNotice,
        DatasetImport,
        Disclosure,
        DueDiligenceRecord,
        MineralsDeclaration,
        MonitoringReport,
        Record,
        RedactedEdition,
        Release,
        Reply,
        Retraction,
        RiskAssessment,
        SupplierListEdition,
        Testimony,
    },
)
"""ew:Record and every class below it."""
CLAIM_CLASSES: Final[frozenset[IRI]] = frozenset(
    {
        CertificationClaim,
        ChemicalClaim,
        Claim,
        CompletenessClaim,
        DispositionClaim,
        Finding,
        ListedGoods,
        ObservationClaim,
        OperationClaim,
        RecruitmentClaim,
        RepresentationClaim,
        RiskCell,
        SameOrgClaim,
        SameSiteClaim,
        SiteAttributeClaim,
        SmelterListingClaim,
        SourcingClaim,
        SupplyClaim,
        WorkforceClaim,
    },
)
"""ew:Claim and every class below it."""
SITE_CLASSES: Final[frozenset[IRI]] = frozenset(
    {
        Dormitory,
        Factory,
        Mine,
        RecyclingFacility,
        Site,
        Smelter,
        Warehouse,
    },
)
"""ew:Site and every class below it."""
ENTITY_CLASSES: Final[frozenset[IRI]] = frozenset(
    {
        Affiliate,
        Affiliation,
        Auditor,
        Brand,
        CallOff,
        ClauseSet,
        Contract,
        ContractLine,
        Contractor,
        Dormitory,
        Entity,
        Factory,
        FrameworkAgreement,
        LabourAgent,
        Mine,
        MiningCompany,
        MonitoringPartner,
        Obligation,
        ObligationRule,
        Operator,
        Organization,
        ProductModel,
        RecyclingFacility,
        Site,
        Smelter,
        Union,
        Warehouse,
    },
)
"""ew:Entity and every class below it."""
ACTIVITY_CLASSES: Final[frozenset[IRI]] = frozenset(
    {
        Activity,
        CorrectiveAction,
        CorrectiveActionPlan,
        EscalationStep,
        Remedy,
        Verification,
    },
)
"""ew:Activity and every class below it."""
SUPERCLASSES: Final[Mapping[IRI, frozenset[IRI]]] = MappingProxyType(
    {
        Activity: frozenset(),
        Adjudication: frozenset({Record}),
        Affiliate: frozenset({Entity, Organization}),
        Affiliation: frozenset({Entity}),
        AuditReport: frozenset({Record}),
        Auditor: frozenset({Entity, Organization}),
        Boundary: frozenset(),
        Brand: frozenset({Entity, Organization}),
        CallOff: frozenset({Contract, Entity}),
        CertificationClaim: frozenset({Claim}),
        ChemicalClaim: frozenset({Claim}),
        Claim: frozenset(),
        ClauseSet: frozenset({Entity}),
        CompletenessClaim: frozenset({Claim}),
        ComponentType: frozenset(),
        Conflict: frozenset(),
        Contract: frozenset({Entity}),
        ContractLine: frozenset({Entity}),
        ContractNotice: frozenset({Record}),
        Contractor: frozenset({Entity, Organization}),
        CorrectiveAction: frozenset({Activity}),
        CorrectiveActionPlan: frozenset({Activity}),
        Coverage: frozenset(),
        DatasetImport: frozenset({Record}),
        Disclosure: frozenset({Record}),
        DispositionClaim: frozenset({Claim}),
        Dormitory: frozenset({Entity, Site}),
        DueDiligenceRecord: frozenset({Record}),
        Entity: frozenset(),
        EscalationStep: frozenset({Activity}),
        Factory: frozenset({Entity, Site}),
        Finding: frozenset({Claim}),
        FrameworkAgreement: frozenset({Contract, Entity}),
        LabourAgent: frozenset({Entity, Organization}),
        ListedGoods: frozenset({Claim}),
        Mine: frozenset({Entity, Site}),
        Mineral: frozenset(),
        MineralsDeclaration: frozenset({Record}),
        MiningCompany: frozenset({Entity, Organization}),
        MonitoringPartner: frozenset({Entity, Organization}),
        MonitoringReport: frozenset({Record}),
        Obligation: frozenset({Entity}),
        ObligationRule: frozenset({Entity}),
        ObservationClaim: frozenset({Claim}),
        OperationClaim: frozenset({Claim}),
        Operator: frozenset({Entity, Organization}),
        Organization: frozenset({Entity}),
        ProductCategory: frozenset(),
        ProductModel: frozenset({Entity}),
        Provision: frozenset(),
        Record: frozenset(),
        RecruitmentClaim: frozenset({Claim}),
        RecyclingFacility: frozenset({Entity, Site}),
        RedactedEdition: frozenset({Record}),
        Release: frozenset({Record}),
        Remedy: frozenset({Activity}),
        Reply: frozenset({Record}),
        RepresentationClaim: frozenset({Claim}),
        Retraction: frozenset({Record}),
        RiskAssessment: frozenset({Record}),
        RiskCell: frozenset({Claim}),
        SameOrgClaim: frozenset({Claim}),
        SameSiteClaim: frozenset({Claim}),
        Site: frozenset({Entity}),
        SiteAttributeClaim: frozenset({Claim}),
        Smelter: frozenset({Entity, Site}),
        SmelterListingClaim: frozenset({Claim}),
        SourcingClaim: frozenset({Claim}),
        Standard: frozenset(),
        SupplierListEdition: frozenset({Record}),
        SupplyClaim: frozenset({Claim}),
        Testimony: frozenset({Record}),
        Union: frozenset({Entity, Organization}),
        ValidationResult: frozenset(),
        Verification: frozenset({Activity}),
        Warehouse: frozenset({Entity, Site}),
        WorkforceClaim: frozenset({Claim}),
    },
)
"""For each class of ours, every class of ours above it, itself excluded."""
