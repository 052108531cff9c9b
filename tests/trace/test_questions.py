"""The two questions are one relation, seen from its two ends."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.hop import EvidencePath
from ewgraph.trace import best_paths, contracts_touching, sites_touched_by
from tests.conftest import House, TickingClock, by_definition, named
from tests.graph.worlds import AFFILIATIONS, READERS, Made, world

INSTANTS = st.sampled_from(["2021-01-01T00:00:00Z", "2021-01-05T00:00:00Z", "2021-12-01T00:00:00Z"])
DAYS = st.sampled_from(["2019-06-01", "2020-01-01", "2021-06-01", "2022-01-01"])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(world(most=9), st.sampled_from(READERS), DAYS, INSTANTS)
def test_a_contract_touches_a_site_if_the_site_is_touched_by_the_contract(
    catalogue: Catalogue,
    records: list[Made],
    reader: str,
    valid_at: str,
    known_at: str,
) -> None:
    house = House(Path(":memory:"), TickingClock(dt.datetime(2026, 10, 1, tzinfo=dt.UTC)), catalogue)
    house.load(AFFILIATIONS + "".join(record.text for record in records))
    view = house.view(reader, valid_at, known_at)
    sites = [named(f"factory{number}") for number in range(4)] + [named("smelter0"), named("mine0")]
    downstream = {t for site in sites for t in contracts_touching(view, catalogue, site)}
    upstream = {t for n in range(3) for t in sites_touched_by(view, catalogue, named(f"contract{n}"))}
    assert downstream == upstream
    for touch in downstream:
        assert all(view.knows(hop.record) for hop in touch.path)


WORLD = """
ex:N { ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
  ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:K a ew:Contract ; ew:buyer ex:b ; ew:contractor ex:r ; ew:hasLine ex:K-1 .
  ex:K-1 a ew:ContractLine ; ew:model ex:M .
  ex:M a ew:ProductModel ; ew:brand ex:brand .
}
ex:D { ex:D a ew:Disclosure ; prov:wasAttributedTo ex:r ; ew:visibility vis:public ;
  ew:receivedAt "2024-02-01T00:00:00Z"^^xsd:dateTime .
  ex:F a ew:Factory . ex:mine a ew:Mine . ex:smelter a ew:Smelter .
  ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:output ex:M ; ew:site ex:F ; ew:scope scope:contract ;
    ew:scopeContract ex:K ; ew:evidenceBasis eb:contract-disclosure ; ew:validFrom "2024-01-01"^^xsd:date ;
    ew:validTo "2025-01-01"^^xsd:date .
  ex:c2 a ew:SmelterListingClaim ; ew:assertedIn ex:D ; ew:declarant ex:brand ; ew:smelter ex:smelter ;
    ew:scope scope:company ; ew:evidenceBasis eb:brand-list .
  ex:c3 a ew:SourcingClaim ; ew:assertedIn ex:D ; ew:smelter ex:smelter ; ew:mine ex:mine ;
    ew:evidenceBasis eb:inferred .
}
"""


def test_every_hop_tells_its_evidence(house: House) -> None:
    house.load(WORLD)
    (touch,) = contracts_touching(house.view("public", "2024-06-01"), house.catalogue, named("F"))
    assert [hop.kind for hop in touch.path] == [HopKind.COVERS, HopKind.MADE_AT]
    made = touch.path[1]
    assert (made.claim, made.record, made.scope) == (named("c1"), named("D"), Scope.CONTRACT)
    assert (made.valid_from, made.valid_to) == (dt.date(2024, 1, 1), dt.date(2025, 1, 1))
    assert touch.path[0].claim == named("K-1")
    assert touch.last_confirmed == dt.datetime(2024, 2, 1, tzinfo=dt.UTC)


def test_a_claim_ends_on_the_day_it_is_valid_to(house: House) -> None:
    house.load(WORLD)
    assert contracts_touching(house.view("public", "2024-12-31"), house.catalogue, named("F"))
    assert not contracts_touching(house.view("public", "2025-01-01"), house.catalogue, named("F"))
    assert not contracts_touching(house.view("public", "2023-12-31"), house.catalogue, named("F"))


def test_a_mine_behind_a_company_wide_declaration_is_only_possible(house: House) -> None:
    house.load(WORLD)
    found = sites_touched_by(house.view("public"), house.catalogue, named("K"), kinds=[terms.Mine])
    assert [(t.site, t.scope, t.basis, t.possible) for t in found] == [
        (named("mine"), Scope.COMPANY, EvidenceBasis.INFERRED, True),
    ]
    assert not sites_touched_by(house.view("public"), house.catalogue, named("K"), min_scope=Scope.MODEL)


def test_a_retracted_claim_counts_until_the_retraction_was_received(house: House) -> None:
    house.load(WORLD)
    house.load("""
    ex:X { ex:X a ew:Retraction ; prov:wasAttributedTo ex:r ; ew:visibility vis:public ; ew:retracts ex:c1 ;
      ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime . }
    """)
    site = named("F")
    assert contracts_touching(house.view("public", "2024-06-01", "2024-02-28T00:00:00Z"), house.catalogue, site)
    assert not contracts_touching(house.view("public", "2024-06-01", "2024-03-01T00:00:00Z"), house.catalogue, site)


def test_a_notice_that_is_revised_no_longer_covers(house: House) -> None:
    house.load(WORLD)
    house.load("""
    ex:N2 { ex:N2 a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
      prov:wasRevisionOf ex:N ; ew:receivedAt "2024-04-01T00:00:00Z"^^xsd:dateTime .
      ex:K a ew:Contract ; ew:buyer ex:b ; ew:contractor ex:r ; ew:hasLine ex:K-1 . ex:K-1 a ew:ContractLine ;
      ew:model ex:M2 . ex:M2 a ew:ProductModel . }
    """)
    site = named("F")
    assert contracts_touching(house.view("public", "2024-06-01", "2024-03-01T00:00:00Z"), house.catalogue, site)
    assert not contracts_touching(house.view("public", "2024-06-01"), house.catalogue, site)


HIDDEN_KIND = """
ex:H { ex:H a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ;
  ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:M a ew:Contract ; ew:buyer ex:b ; ew:hasLine ex:M-1 . ex:M-1 a ew:ContractLine ; ew:model ex:other . }
"""


def test_what_a_hidden_record_takes_for_a_contract_is_still_a_model_to_others(house: House) -> None:
    house.load(WORLD)
    house.follow()

    def paths(view: View) -> list[EvidencePath]:
        return list(best_paths(view, house.catalogue, named("M"), named("F")))

    before = paths(house.view("public", "2024-06-01"))
    house.load(HIDDEN_KIND)
    view = house.view("public", "2024-06-01")
    assert paths(view) == paths(by_definition(view)) == before != []


def test_no_path_leads_to_a_brand(house: House) -> None:
    house.load(WORLD)
    house.load("""
    ex:B { ex:B a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
      ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime . ex:M a ew:ProductModel ; ew:brand ex:maker . }
    """)
    house.follow()
    view = house.view("public", "2024-06-01")
    assert list(best_paths(view, house.catalogue, named("K"), named("M")))
    for one in (view, by_definition(view)):
        assert not list(best_paths(one, house.catalogue, named("K"), named("maker")))
