"""Disclosures of a chosen number, deterministic, each of ten supply claims at one of many factories."""

from __future__ import annotations

CLAIMS = 10

_PREFIXES = """
@prefix ew: <https://w3id.org/ewgraph/ns#> .
@prefix vis: <https://w3id.org/ewgraph/kos/visibility/> .
@prefix tier: <https://w3id.org/ewgraph/kos/tier/> .
@prefix scope: <https://w3id.org/ewgraph/kos/scope/> .
@prefix eb: <https://w3id.org/ewgraph/kos/evidence-basis/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix ex: <https://data.example.org/id/bench/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def disclosures(count: int) -> str:
    """A TriG text of so many records that conform to the shapes."""
    return _PREFIXES + "".join(_disclosure(number) for number in range(count))


def _disclosure(number: int) -> str:
    claims = "".join(_claim(number, index) for index in range(CLAIMS))
    return f"""
ex:D{number} {{
  ex:D{number} a ew:Disclosure ; rdfs:label "Disclosure {number}" ; prov:wasAttributedTo ex:reseller ;
    ew:visibility vis:affiliates ; ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .
  ex:reseller a ew:Organization ; rdfs:label "Reseller" .
  ex:brand a ew:Organization ; rdfs:label "Brand" .
{claims}}}
"""


def _claim(number: int, index: int) -> str:
    site, model = (number * 7 + index * 13) % 997, (number + index) % 211
    return f"""  ex:M{model} a ew:ProductModel ; rdfs:label "Model {model}" ; ew:brand ex:brand .
  ex:F{site} a ew:Factory ; rdfs:label "Factory {site}" ; locn:address [ a locn:Address ; ew:country country:CHN ;
    locn:thoroughfare "{site} Industrial Road" ; locn:postName "Kunshan" ] .
  ex:c{number}-{index} a ew:SupplyClaim ; ew:assertedIn ex:D{number} ; ew:output ex:M{model} ; ew:site ex:F{site} ;
    ew:tier tier:final-assembly ; ew:scope scope:model ; ew:evidenceBasis eb:contract-disclosure ;
    ew:validFrom "2024-01-01"^^xsd:date .
"""


def disclosure_of_rows(count: int) -> str:
    """A TriG text of one record that conforms: a list of so many rows, each a site with its address and a claim."""
    rows = "".join(_list_row(number) for number in range(count))
    return f"""{_PREFIXES}
ex:L {{
  ex:L a ew:Disclosure ; rdfs:label "List" ; prov:wasAttributedTo ex:reseller ;
    ew:visibility vis:affiliates ; ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .
{rows}}}
"""


def _list_row(number: int) -> str:
    return f"""  ex:S{number} a ew:Factory ; rdfs:label "Factory {number}" ; ew:country country:CHN ;
    locn:address [ a locn:Address ; locn:fullAddress "{number} Industrial Road, Kunshan" ; locn:postName "Kunshan" ;
      locn:thoroughfare "{number} Industrial Road" ; ew:country country:CHN ] .
  ex:l{number} a ew:SupplyClaim ; ew:assertedIn ex:L ; ew:site ex:S{number} ; ew:tier tier:final-assembly ;
    ew:scope scope:brand ; ew:forBrand ex:brand ; ew:evidenceBasis eb:brand-list ; ew:sourceSheet "1" ;
    ew:sourceRow {number + 2} ; ew:validFrom "2022-01-01"^^xsd:date ; ew:validTo "2023-01-01"^^xsd:date .
"""
