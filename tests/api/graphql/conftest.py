from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from ewgraph.access import Principal, parse_principal
from ewgraph.api.graphql import Allowance, graphql_app
from tests.conftest import House, named

EXAMPLE = """
ex:P1 {
  ex:P1 a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand-x ; ew:visibility vis:public ;
      ew:receivedAt "2023-03-01T00:00:00Z"^^xsd:dateTime ;
      ew:sourceDocument "https://brand.example/list.xlsx"^^xsd:anyURI .
  ex:brand-x a ew:Organization ; rdfs:label "Brand X" .
  ex:L1 a ew:ProductModel ; rdfs:label "Laptop 1" ; ew:brand ex:brand-x ; ew:modelNumber "LT-1" .
  ex:F2 a ew:Factory ; rdfs:label "Factory 2"@en, "Fabriek 2"@nl ;
      adms:identifier [ a adms:Identifier ; skos:notation "CN2021250D1DTN7" ; adms:schemaAgency "os-id" ] .
  ex:c9 a ew:SupplyClaim ; ew:assertedIn ex:P1 ; ew:output ex:L1 ; ew:site ex:F2 ; ew:tier tier:final-assembly ;
      ew:scope scope:brand ; ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2022-01-01"^^xsd:date ;
      ew:sourceSheet "Sites" ; ew:sourceRow 12 ; ew:sourceColumn "C,E" .
}
ex:N1 {
  ex:N1 a ew:ContractNotice ; prov:wasAttributedTo ex:uni-a ; ew:visibility vis:contract-party ;
      ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:uni-a a ew:Organization ; rdfs:label "University A" . ex:reseller a ew:Organization ; rdfs:label "Reseller" .
  ex:K1 a ew:Contract ; rdfs:label "Laptops for A" ; ew:buyer ex:uni-a ; ew:contractor ex:reseller ;
      ew:signedOn "2024-01-15"^^xsd:date ; ew:hasLine ex:K1-1 .
  ex:K1-1 a ew:ContractLine ; ew:model ex:L1 ; ew:quantity 300 .
}
ex:D1 {
  ex:D1 a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:contract-party ;
      ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .
  ex:F1 a ew:Factory ; rdfs:label "Factory 1" .
  ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:D1 ; ew:output ex:L1 ; ew:site ex:F1 ; ew:tier tier:final-assembly ;
      ew:scope scope:contract ; ew:scopeContract ex:K1 ; ew:evidenceBasis eb:contract-disclosure ;
      ew:validFrom "2024-01-01"^^xsd:date .
}
ex:N2 {
  ex:N2 a ew:ContractNotice ; prov:wasAttributedTo ex:uni-b ; ew:visibility vis:contract-party ;
      ew:receivedAt "2023-09-10T00:00:00Z"^^xsd:dateTime .
  ex:uni-b a ew:Organization ; rdfs:label "University B" . ex:reseller-2 a ew:Organization ; rdfs:label "Reseller 2" .
  ex:K2 a ew:Contract ; ew:buyer ex:uni-b ; ew:contractor ex:reseller-2 ; ew:signedOn "2023-09-01"^^xsd:date ;
      ew:hasLine ex:K2-1 .
  ex:K2-1 a ew:ContractLine ; ew:model ex:L1 .
}
ex:D2 {
  ex:D2 a ew:Disclosure ; prov:wasAttributedTo ex:reseller-2 ; ew:visibility vis:contract-party ;
      ew:receivedAt "2023-11-20T10:00:00Z"^^xsd:dateTime .
  ex:c2 a ew:SupplyClaim ; ew:assertedIn ex:D2 ; ew:output ex:L1 ; ew:site ex:F2 ; ew:tier tier:final-assembly ;
      ew:scope scope:contract ; ew:scopeContract ex:K2 ; ew:evidenceBasis eb:contract-disclosure ;
      ew:validFrom "2023-06-01"^^xsd:date ; ew:validTo "2024-03-01"^^xsd:date .
}
"""


class Caller:
    """Somebody who asks over HTTP; `reader` names whom the request is taken to come from."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def post(self, query: str, reader: str = "public", **variables: object) -> httpx2.Response:
        name = named(reader).value if reader.startswith("ex:") else reader
        body = {"query": query, "variables": variables}
        return self.client.post("/graphql", json=body, headers={"x-reader": name})

    def ask(self, query: str, reader: str = "public", **variables: object) -> Any:
        """The data of an answer without errors."""
        answer = json.loads(self.post(query, reader, **variables).content)
        assert "errors" not in answer, answer
        return answer["data"]

    def fault(self, query: str, reader: str = "public", **variables: object) -> str:
        """The message of the one error."""
        (error,) = json.loads(self.post(query, reader, **variables).content)["errors"]
        return str(error["message"])


def reader_of(request: Request) -> Principal:
    return parse_principal(request.headers.get("x-reader", "public"))


def caller_of(house: House, allowance: Callable[[], Allowance] = Allowance) -> Caller:
    app = graphql_app(house.gate, house.catalogue, reader_of, allowance)
    return Caller(TestClient(Starlette(routes=[Route("/graphql", app), Mount("/graphql", app)])))


@pytest.fixture
def caller(house: House) -> Caller:
    house.load(EXAMPLE)
    house.follow()
    return caller_of(house)
