"""A contract for a model, a confidential disclosure of what is behind it, a report with a finding, and a reply."""

import datetime as dt

import pytest

from ewgraph.ingest.checking import Checker
from ewgraph.ingest.releasing import Releaser
from ewgraph.ledger import ReleaseChange, ReleaseLog
from tests.conftest import ROOT, STEWARD, House, TickingClock, named
from tests.graph.worlds import AFFILIATIONS

BASE = "https://data.example.org/"

WORLD = (
    AFFILIATIONS
    + """
ex:N { ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:aff0 ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:K a ew:Contract ; ew:buyer ex:aff0 ; ew:contractor ex:res0 ; ew:hasLine ex:K-1 .
  ex:K-1 a ew:ContractLine ; ew:model ex:M . ex:M a ew:ProductModel ; ew:brand ex:brand0 .
  ex:brand0 a ew:Organization ; rdfs:label "Brand" . }
ex:P { ex:P a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-21T00:00:00Z"^^xsd:dateTime . ex:U a ew:Smelter ; rdfs:label "Upstream" . }
ex:D { ex:D a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-02-03T09:15:00Z"^^xsd:dateTime .
  ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:site ex:F1 ; ew:output ex:M ; ew:tier tier:final-assembly ;
    ew:scope scope:contract ; ew:scopeContract ex:K ; ew:evidenceBasis eb:contract-disclosure ; ew:sourceRow 7 ;
    rdfs:label "Secret claim" ; ew:validFrom "2024-01-01"^^xsd:date .
  ex:c2 a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:site ex:U ; ew:output min:tin ; ew:deliveredTo ex:F1 ;
    ew:tier tier:smelting-refining ; ew:scope scope:model ; ew:evidenceBasis eb:contract-disclosure ;
    ew:validFrom "2024-01-01"^^xsd:date .
  ex:c3 a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:site ex:F3 ; ew:output ex:M ; ew:visibility vis:staff ;
    ew:tier tier:final-assembly ; ew:scope scope:model ; ew:evidenceBasis eb:contract-disclosure ;
    ew:validFrom "2024-01-01"^^xsd:date .
  ex:c4 a ew:SiteAttributeClaim ; ew:assertedIn ex:D ; ew:site ex:F1 ; ew:value "Secret Road 1" .
  ex:F1 a ew:Factory ; rdfs:label "Secret plant" ; ew:country country:CHN . }
ex:R { ex:R a ew:MonitoringReport ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:staff ;
    ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime .
  ex:f1 a ew:Finding ; ew:assertedIn ex:R ; ew:site ex:F1 . }
ex:Y { ex:Y a ew:Reply ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:contract-party ; ew:repliesTo ex:f1 ;
    ew:receivedAt "2024-03-09T00:00:00Z"^^xsd:dateTime . }
ex:T { ex:T a ew:Testimony ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:monitor-only ;
    ew:receivedAt "2024-02-01T00:00:00Z"^^xsd:dateTime ; ew:aboutSite ex:F1 . }
"""
)
PREFIXES = """
@prefix min: <https://w3id.org/ewgraph/kos/mineral/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
"""


class Releasing:
    """A house with the world in it, and who makes releases in it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.releaser = Releaser(house.ledger, house.gate, Checker(ROOT / "shapes"), STEWARD, BASE, house.clock)

    def pass_to(self, day: str) -> None:
        self.house.clock.time = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
        self.house.projector.catch_up()

    def show(self) -> None:
        self.house.projector.catch_up()

    def log(self, name: str) -> list[ReleaseChange]:
        return ReleaseLog(self.house.ledger, self.house.clock).of(named(name))

    def who_sees(self, name: str) -> set[str]:
        readers = ("public", "staff", "ex:aff0", "ex:aff1", "ex:mon0", "ex:res0", "ex:brand0")
        return {reader for reader in readers if self.house.view(reader).knows(named(name))}


@pytest.fixture
def releasing(house: House, clock: TickingClock) -> Releasing:
    clock.time = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
    house.follow()
    house.load(PREFIXES + WORLD)
    return Releasing(house)
