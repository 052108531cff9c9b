"""Whose word links an affiliate to a site, and so opens what was found there to it."""

from __future__ import annotations

import pytest

from tests.conftest import House, named
from tests.graph.worlds import AFFILIATIONS

NOTICES = """
ex:N0 {
  ex:N0 a ew:ContractNotice ; prov:wasAttributedTo ex:aff0 ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:K0 a ew:Contract ; ew:buyer ex:aff0 ; ew:contractor ex:res0 ; ew:hasLine ex:K0-1 .
  ex:K0-1 a ew:ContractLine ; ew:model ex:L0 .
  ex:L0 a ew:ProductModel ; ew:brand ex:brand0 .
}
ex:N1 {
  ex:N1 a ew:ContractNotice ; prov:wasAttributedTo ex:aff1 ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-01-20T00:00:00Z"^^xsd:dateTime .
  ex:K1 a ew:Contract ; ew:buyer ex:aff1 ; ew:contractor ex:res1 ; ew:hasLine ex:K1-1 .
  ex:K1-1 a ew:ContractLine ; ew:model ex:L0 .
  ex:K9 a ew:Contract ; ew:buyer ex:aff1 ; ew:contractor ex:res9 ; ew:hasLine ex:K9-1 .
  ex:K9-1 a ew:ContractLine ; ew:model ex:L9 .
}
"""
FINDING = """
ex:M1 {
  ex:M1 a ew:MonitoringReport ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:linked-affiliates ;
    ew:receivedAt "2024-06-01T00:00:00Z"^^xsd:dateTime .
  ex:f1 a ew:Finding ; ew:assertedIn ex:M1 ; ew:site ex:F1 .
}
"""
CLAIM = "ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:D1 ; ew:site ex:F1 ; ew:output ex:L0 ; ew:scope scope:model ."
COMPONENT = """
  ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:D1 ; ew:site ex:F2 ; ew:output ex:L0 ; ew:scope scope:model .
"""
DELIVERY = (
    "ex:c2 a ew:SupplyClaim ; ew:assertedIn ex:D1 ; ew:site ex:F1 ; ew:deliveredTo ex:F2 ; ew:scope scope:model ."
)
SAME = "ex:s1 a ew:SameSiteClaim ; ew:assertedIn ex:D1 ; ew:siteA ex:F1 ; ew:siteB ex:F2 ; ew:verdict verdict:same ."
VERDICT = "@prefix verdict: <https://w3id.org/ewgraph/kos/verdict/> .\n"


def said(house: House, who: str, *statements: str, record: str = "D1") -> None:
    """Load what an organisation says of itself, in a record that it hands in."""
    text = f"""{VERDICT}
    ex:{record} {{
      ex:{record} a ew:Disclosure ; prov:wasAttributedTo ex:{who} ; ew:visibility vis:staff ;
        ew:receivedAt "2024-05-02T00:00:00Z"^^xsd:dateTime .
      {" ".join(statements).replace("ex:D1", f"ex:{record}")}
    }}
    """
    house.load(text, submitter=named(who))


@pytest.fixture
def bought(house: House) -> House:
    """Two affiliates buy one model of a brand, each from a reseller; something was found at a factory."""
    house.load(AFFILIATIONS + NOTICES + FINDING)
    assert not house.view("ex:aff0").knows(named("f1"))
    return house


@pytest.mark.parametrize("who", ["res0", "res1", "brand0", "mon0"])
def test_who_answers_for_a_model_links_its_buyers_to_its_sites(bought: House, who: str) -> None:
    said(bought, who, CLAIM)
    assert bought.view("ex:aff0").knows(named("f1"))
    assert bought.view("ex:aff1").knows(named("f1"))


@pytest.mark.parametrize("who", ["aff0", "aff1", "res9", "stranger"])
def test_neither_a_buyer_nor_a_stranger_links_by_saying_where_a_model_is_made(bought: House, who: str) -> None:
    said(bought, who, CLAIM)
    assert not bought.view("ex:aff0").knows(named("f1"))
    assert not bought.view("ex:aff1").knows(named("f1"))


def test_an_affiliate_is_no_witness_even_as_a_contractor(bought: House) -> None:
    bought.load(NOTICES.replace("ex:N0", "ex:N8").replace("ex:N1", "ex:N7").replace("ex:res0", "ex:aff1"))
    said(bought, "aff1", CLAIM)
    assert not bought.view("ex:aff1").knows(named("f1"))


def test_who_calls_a_model_its_own_answers_for_it_no_more_than_before(bought: House) -> None:
    said(bought, "stranger", CLAIM, "ex:L0 a ew:ProductModel ; ew:brand ex:stranger .")
    assert not bought.view("ex:aff0").knows(named("f1"))


def test_a_line_that_no_trusted_record_states_links_nobody(bought: House) -> None:
    said(bought, "brand9", CLAIM.replace("ex:L0", "ex:L9"))
    said(bought, "aff0", "ex:K0 ew:hasLine ex:K0-9 . ex:K0-9 a ew:ContractLine ; ew:model ex:L9 .", record="D2")
    said(bought, "res9", CLAIM.replace("ex:L0", "ex:L9").replace("ex:c1", "ex:c3"), record="D3")
    assert bought.view("ex:aff1").knows(named("f1"))
    assert not bought.view("ex:aff0").knows(named("f1"))


@pytest.mark.parametrize(("who", "is_linked"), [("res1", True), ("brand0", True), ("mon0", True), ("aff0", False)])
def test_a_supplier_of_a_factory_is_linked_by_who_is_known_to_supply(
    bought: House, who: str, *, is_linked: bool
) -> None:
    said(bought, "res0", COMPONENT, record="D0")
    assert not bought.view("ex:aff0").knows(named("f1"))
    said(bought, who, DELIVERY)
    assert bought.view("ex:aff0").knows(named("f1")) == is_linked


def test_two_names_are_one_site_only_where_a_trusted_record_says_so(bought: House) -> None:
    said(bought, "res0", COMPONENT, record="D0")
    said(bought, "res0", SAME)
    assert not bought.view("ex:aff0").knows(named("f1"))
    bought.load(f"""{VERDICT}
    ex:A1 {{ ex:A1 a ew:Adjudication ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ;
        ew:receivedAt "2024-05-03T00:00:00Z"^^xsd:dateTime .
      {SAME.replace("ex:s1", "ex:s2").replace("ex:D1", "ex:A1")} }}
    """)
    assert bought.view("ex:aff0").knows(named("f1"))


def test_what_an_affiliate_cannot_say_for_itself_the_staff_can_say_on_its_behalf(bought: House) -> None:
    bought.load(f"""
    ex:D1 {{ ex:D1 a ew:Disclosure ; prov:wasAttributedTo ex:aff0 ; ew:visibility vis:staff ;
        ew:receivedAt "2024-05-02T00:00:00Z"^^xsd:dateTime . {CLAIM} }}
    """)
    assert bought.view("ex:aff0").knows(named("f1"))
