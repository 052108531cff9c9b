"""A contract with two models, of which the contractor has said something before."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from ewgraph.ingest.mapping import load_mapping
from ewgraph.ingest.template import Form, Known, known_of, words_in, write_form
from ewgraph.model.rdf import IRI, Quad
from tests.conftest import ROOT, House, named

CONTRACT = named("K1")
NOTICE = """
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix ot: <https://w3id.org/ewgraph/kos/obligation-type/> .
@prefix cpl: <https://w3id.org/ewgraph/kos/completeness/> .
@prefix dd: <https://w3id.org/ewgraph/kos/due-diligence/> .
@prefix component: <https://w3id.org/ewgraph/kos/component/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix st: <https://w3id.org/ewgraph/kos/site-type/> .
@prefix rel: <https://w3id.org/ewgraph/kos/operation-relation/> .

ex:N1 {
  ex:N1 a ew:ContractNotice ; prov:wasAttributedTo ex:uni-a ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:uni-a a ew:Organization ; rdfs:label "University A" . ex:reseller a ew:Organization ; rdfs:label "Reseller" .
  ex:K1 a ew:Contract ; rdfs:label "Laptops 2024"@en , "Laptops 2024 (de)"@de ; ew:buyer ex:uni-a ;
    ew:contractor ex:reseller ; ew:signedOn "2024-01-15"^^xsd:date ; ew:hasLine ex:K1-1 , ex:K1-2 ;
    ew:underClauses ex:clauses-2 .
  ex:clauses-2 a ew:ClauseSet ; rdfs:label "Conditions, version 2"@en .
  ex:K1-1 a ew:ContractLine ; ew:model ex:L1 . ex:K1-2 a ew:ContractLine ; ew:model ex:L2 .
  ex:L1 a ew:ProductModel ; rdfs:label "Laptop 1" ; ew:modelNumber "LP-001" .
  ex:L2 a ew:ProductModel ; rdfs:label "Laptop 2" .
  ex:O1 a ew:Obligation ; ew:ofContract ex:K1 ; ew:obligationType ot:final-assembly-sites ;
    ew:dueOn "2024-04-15"^^xsd:date .
  ex:O2 a ew:Obligation ; ew:ofContract ex:K1 ; ew:obligationType ot:component-sites ; ew:dueOn "2024-07-15"^^xsd:date .
}
"""
DISCLOSURE = """
ex:D1 {
  ex:D1 a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:contract-party ; ew:fulfils ex:O1 ;
    ew:receivedAt "2024-05-02T12:00:00+02:00"^^xsd:dateTime .
  ex:F1 a ew:Factory ; rdfs:label "=Factory 1" ; ew:nativeName "工厂一"@zh ; ew:siteType st:factory ;
    ew:country country:CHN ;
    adms:identifier [ a adms:Identifier ; skos:notation "CN2021250D1DTN7" ; adms:schemaAgency "os-id" ] ;
    locn:address [ a locn:Address ; locn:fullAddress "1 Harbour Road" ; locn:postName "Kunshan" ;
      locn:postCode "00123" ; ew:country country:CHN ] .
  ex:op a ew:Organization ; rdfs:label "Operator Ltd" .
  ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:D1 ; ew:output ex:L1 ; ew:site ex:F1 ; ew:tier tier:final-assembly ;
    ew:scope scope:contract ; ew:scopeContract ex:K1 ; ew:evidenceBasis eb:contract-disclosure ;
    ew:validFrom "2024-01-01"^^xsd:date ; rdfs:comment "As of May" .
  ex:o1 a ew:OperationClaim ; ew:assertedIn ex:D1 ; ew:site ex:F1 ; ew:operator ex:op ; ew:relation rel:operates .
  ex:q1 a ew:CompletenessClaim ; ew:assertedIn ex:D1 ; ew:ofContract ex:K1 ; ew:ofModel ex:L1 ;
    ew:tier tier:final-assembly ; ew:completeness cpl:complete .
  ex:F2 a ew:Factory ; rdfs:label "Cells" .
  ex:c2 a ew:SupplyClaim ; ew:assertedIn ex:D1 ; ew:output component:battery ; ew:intoModel ex:L1 ; ew:site ex:F2 ;
    ew:tier tier:strategic-component ; ew:scope scope:contract ; ew:scopeContract ex:K1 ; ew:visibility vis:staff ;
    ew:evidenceBasis eb:contract-disclosure ; ew:validFrom "2024-01-01"^^xsd:date ; ew:validTo "2024-12-01"^^xsd:date .
  ex:q2 a ew:CompletenessClaim ; ew:assertedIn ex:D1 ; ew:ofContract ex:K1 ; ew:ofModel ex:L2 ;
    ew:tier tier:subassembly ; ew:completeness cpl:none-exists .
}
ex:R1 {
  ex:R1 a ew:DueDiligenceRecord ; rdfs:label "Laptop 2: display" ; prov:wasAttributedTo ex:reseller ;
    ew:visibility vis:contract-party ; ew:receivedAt "2024-06-01T00:00:00Z"^^xsd:dateTime ; ew:ofContract ex:K1 ;
    ew:requestedFrom ex:brand ; ew:sentOn "2024-05-20"^^xsd:date ; ew:dueDiligenceStatus dd:upstream-silent .
  ex:brand a ew:Organization ; rdfs:label "Brand" .
}
"""
PREFIXED = "\n".join(line for line in NOTICE.splitlines() if line.startswith("@prefix"))


def said(house: House, record: IRI) -> list[Quad]:
    entry = house.ledger.entry(record)
    assert entry is not None
    return entry.quads()


@pytest.fixture
def contract_known(house: House) -> Callable[[str], Known]:
    """What is known of the contract to a reader, once the house holds something."""

    def known(reader: str, language: str = "en") -> Known:
        return known_of(house.view(reader), lambda record: said(house, record), CONTRACT, language)

    return known


def form_in(language: str) -> Form:
    return Form(load_mapping("factory-disclosure"), words_in(language), ROOT / "ontology" / "kos", dt.date(2026, 10, 1))


def workbook(known: Known, language: str = "en") -> Workbook:
    out = io.BytesIO()
    write_form(known, form_in(language), out)
    out.seek(0)
    return openpyxl.load_workbook(out)


def saved(known: Known, path: Path, edits: Iterable[tuple[str, object]] = (), language: str = "en") -> Path:
    """The form in a file, after some of its cells were edited, such as `("E2", "Works 2")`."""
    book = workbook(known, language)
    for cell, value in edits:
        book.worksheets[1][cell] = value
    book.save(path)
    return path
