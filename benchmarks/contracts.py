"""Records by which a site is touched by as many contracts as are wanted: a list of sites, and a notice of each."""

from __future__ import annotations

from typing import Final

from benchmarks.records import _PREFIXES

SITE: Final = "https://data.example.org/id/bench/F0"
MODELS: Final = 20
BUYERS: Final = 50


def contracts(count: int) -> str:
    """A TriG text: a factory that makes twenty models, and so many contracts of fifty buyers, each of one model."""
    models = "".join(
        f"""  ex:M{number} a ew:ProductModel ; rdfs:label "Model {number}" ; ew:brand ex:brand ;
    ew:modelNumber "M-{number}" .
  ex:c{number} a ew:SupplyClaim ; ew:assertedIn ex:L ; ew:output ex:M{number} ; ew:site ex:F0 ;
    ew:tier tier:final-assembly ; ew:scope scope:model ; ew:evidenceBasis eb:brand-per-model ;
    ew:validFrom "2024-01-01"^^xsd:date .
"""
        for number in range(MODELS)
    )
    return f"""{_PREFIXES}
ex:L {{
  ex:L a ew:SupplierListEdition ; rdfs:label "List" ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-02T10:00:00Z"^^xsd:dateTime .
  ex:brand a ew:Organization ; rdfs:label "Brand" . ex:reseller a ew:Organization ; rdfs:label "Reseller" .
  ex:F0 a ew:Factory ; rdfs:label "Factory 0" ; ew:country country:CHN .
{models}}}
""" + "".join(_notice(number) for number in range(count))


def _notice(number: int) -> str:
    buyer, model = number % BUYERS, number % MODELS
    return f"""
ex:N{number} {{
  ex:N{number} a ew:ContractNotice ; rdfs:label "Notice {number}" ; prov:wasAttributedTo ex:u{buyer} ;
    ew:visibility vis:public ; ew:receivedAt "2024-02-01T10:00:00Z"^^xsd:dateTime .
  ex:u{buyer} a ew:Organization ; rdfs:label "Buyer {buyer}" ; ew:country country:NOR .
  ex:K{number} a ew:Contract ; rdfs:label "Contract {number}" ; ew:buyer ex:u{buyer} ; ew:contractor ex:reseller ;
    ew:signedOn "2024-01-15"^^xsd:date ; ew:hasLine ex:K{number}-1 .
  ex:K{number}-1 a ew:ContractLine ; ew:model ex:M{model} ; ew:quantity 300 .
}}
"""
