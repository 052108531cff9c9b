"""The service over a few smelters and works that are easily taken for one another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.testclient import TestClient

from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.workspace import Workspace
from tests.conftest import TickingClock, named
from tests.graph.worlds import AFFILIATIONS
from tests.protocol.conftest import append

_COUNTRY = "http://publications.europa.eu/resource/authority/country/"
_HEAD = 'ew:receivedAt "2023-01-01T00:00:00Z"^^xsd:dateTime ; ew:visibility vis:'
THINGS = f"""
ex:L {{
  ex:L a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; {_HEAD}public .
  ex:S1 a ew:Smelter ; rdfs:label "Malaysia Smelting Corporation Berhad" ; ew:country <{_COUNTRY}MYS> ;
    adms:identifier [ a adms:Identifier ; skos:notation "CID001105" ; adms:schemaAgency "rmi-cid" ] ;
    <http://www.w3.org/ns/locn#address> [ ew:country <{_COUNTRY}MYS> ;
      <http://www.w3.org/ns/locn#thoroughfare> "27 Jalan Pantai" ;
      <http://www.w3.org/ns/locn#postName> "Butterworth" ] .
  ex:S2 a ew:Smelter ; rdfs:label "Malaysia Smelting Corporation" ; ew:country <{_COUNTRY}MYS> ;
    <http://www.w3.org/ns/locn#address> [ <http://www.w3.org/ns/locn#fullAddress> "Lot 6, Port Klang" ] ;
    adms:identifier [ a adms:Identifier ; skos:notation "CID009999" ; adms:schemaAgency "RMI" ] .
  ex:S3 a ew:Smelter ; rdfs:label "Yunnan Tin Company Limited" ; ew:nativeName "云南锡业股份有限公司"@zh ;
    ew:country <{_COUNTRY}CHN> .
  ex:F1 a ew:Factory ; rdfs:label "Yunnan Tin Company Limited" ; ew:country <{_COUNTRY}AUS> .
  ex:F2 a ew:Factory ; rdfs:label "Saltmarsh Electronics Kft." ; ew:country <{_COUNTRY}HUN> ;
    adms:identifier [ a adms:Identifier ; skos:notation "HU2019083D1AB2C" ; adms:schemaAgency "os-id" ] .
  ex:B a ew:Organization ; rdfs:label "Brightwave" .
  ex:M a ew:ProductModel ; rdfs:label "Laptop Nine" ; ew:modelNumber "LT-9000" ; ew:brand ex:B .
}}
ex:N {{
  ex:N a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; {_HEAD}contract-party ; ew:party ex:aff0, ex:res0 .
  ex:H a ew:Factory ; rdfs:label "Hidden Hollow Works" ;
    adms:identifier [ a adms:Identifier ; skos:notation "CID007777" ; adms:schemaAgency "rmi-cid" ] .
  ex:S1 a ew:Smelter ; skos:altLabel "Secret Smelter" .
  ex:K a ew:Contract ; rdfs:label "Tin 2024" ; ew:buyer ex:aff0 ; ew:contractor ex:res0 ;
    ew:signedOn "2024-02-01"^^xsd:date .
}}
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody with a table.

    Attributes:
        client: of the service.
        keys: a header for each reader who has a key.
    """

    client: TestClient
    keys: Mapping[str, Mapping[str, str]]

    def reconciled(self, queries: object, reader: str = "public") -> Any:
        """The answer to a batch."""
        answer = self.client.post("/reconcile", data={"queries": json.dumps(queries)}, headers=self.keys.get(reader))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def candidates(self, query: str = "", reader: str = "public", **more: object) -> list[dict[str, Any]]:
        """The candidates for one row."""
        asked = {"query": query, **more} if query else more
        return self.reconciled({"q0": asked}, reader)["q0"]["result"]  # type: ignore[no-any-return]

    def meant(self, query: str = "", reader: str = "public", **more: object) -> str | None:
        """The local name of what the row means without a doubt."""
        (meant, *others) = [one["id"] for one in self.candidates(query, reader, **more) if one["match"]] or [None]
        assert others == []
        return meant and meant.rpartition("/")[2]

    def extended(self, ids: Sequence[str], properties: Sequence[str], reader: str = "public") -> Any:
        """The answer to an extension of things by their local names."""
        wanted = {"ids": [named(one).value for one in ids], "properties": [{"id": one} for one in properties]}
        answer = self.client.post("/reconcile", data={"extend": json.dumps(wanted)}, headers=self.keys.get(reader))
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    clock = TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    folder = tmp_path_factory.mktemp("reconciliation") / "data"
    settings = Settings(
        data=folder,
        base="https://data.example.org/",
        steward="https://data.example.org/id/steward",
        query_workers=1,
        requests_per_second=0,
    )
    with Workspace(settings, clock) as workspace:
        append(workspace.ledger, AFFILIATIONS + THINGS)
        readers = {"ex:aff0": named("aff0").value, "ex:brand0": named("brand0").value, "staff": "staff"}
        keys = {
            name: {"Authorization": f"Bearer {workspace.keyring.add(principal)}"} for name, principal in readers.items()
        }
        with TestClient(create_app(settings, workspace)) as client:
            yield Desk(client, keys)
