"""Whom an answer to a finding reaches: those whom the finding concerns, as far as they see the finding."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from tests.conftest import House, named
from tests.graph.worlds import AFFILIATIONS

NOTICE = """
ex:N { ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime .
  ex:K a ew:Contract ; ew:buyer ex:aff0 ; ew:contractor ex:res0 ; ew:hasLine ex:K-1 .
  ex:K-1 a ew:ContractLine ; ew:model ex:L0 . }
"""
SUPPLY = """
ex:D { ex:D a ew:Disclosure ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;
    ew:receivedAt "2024-03-03T00:00:00Z"^^xsd:dateTime .
  ex:c a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:scope scope:model ; ew:site ex:F ; ew:output ex:L0 . }
"""
FINDING = """
ex:M { ex:M a ew:MonitoringReport ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:linked-affiliates ;
    ew:receivedAt "2024-03-04T00:00:00Z"^^xsd:dateTime .
  ex:f a ew:Finding ; ew:assertedIn ex:M ; ew:site ex:F . }
"""
HIDDEN = FINDING.replace("linked-affiliates", "staff").replace("ex:M", "ex:H").replace("ex:f ", "ex:h ")
REPLY = """
ex:A { ex:A a ew:Reply ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:linked-affiliates ; ew:repliesTo ex:f ;
    ew:receivedAt "2024-03-05T00:00:00Z"^^xsd:dateTime . }
"""
RELEASE = """
ex:R { ex:R a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ; ew:releases ex:H ;
    ew:toVisibility vis:linked-affiliates ; ew:releasedAt "2024-03-06T00:00:00Z"^^xsd:dateTime ;
    ew:receivedAt "2024-03-06T00:00:00Z"^^xsd:dateTime . }
"""
WITHDRAWN = """
ex:R2 { ex:R2 a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ; prov:wasRevisionOf ex:R ;
    ew:receivedAt "2024-03-07T00:00:00Z"^^xsd:dateTime . }
"""


def readers(house: House, record: str = "A") -> set[str]:
    """The organisations that see the record."""
    assert house.projector.surplus() == ([], [])
    return {who for who in ("aff0", "aff1", "mon0", "res0", "brand0") if house.view(f"ex:{who}").knows(named(record))}


@pytest.mark.parametrize("order", list(permutations([NOTICE, SUPPLY, FINDING, REPLY])))
def test_an_answer_reaches_the_affiliates_linked_to_the_site_of_the_finding_in_any_order(
    house: House, order: Sequence[str]
) -> None:
    house.load(AFFILIATIONS)
    for record in order:
        house.load(record)
    assert readers(house) == {"brand0", "aff0"}
    assert house.view("staff").knows(named("A"))


def test_an_answer_to_what_nobody_has_recorded_reaches_its_parties_alone(house: House) -> None:
    house.load(AFFILIATIONS + NOTICE + SUPPLY + REPLY)
    assert readers(house) == {"brand0"}


def test_an_answer_does_not_tell_of_a_finding_that_its_reader_may_not_see(house: House) -> None:
    house.load(AFFILIATIONS + NOTICE + SUPPLY + HIDDEN + REPLY.replace("ex:f", "ex:h"))
    assert readers(house) == {"brand0"}


def test_an_answer_to_two_findings_reaches_who_sees_both(house: House) -> None:
    house.load(AFFILIATIONS + NOTICE + SUPPLY + FINDING + HIDDEN + REPLY.replace("ex:f", "ex:f, ex:h"))
    assert readers(house) == {"brand0"}
    house.load(RELEASE)
    assert readers(house) == {"brand0", "aff0"}
    house.load(WITHDRAWN)
    assert readers(house) == {"brand0"}


def test_an_answer_follows_a_finding_that_is_released_on_a_day_to_come(house: House) -> None:
    house.load(AFFILIATIONS + NOTICE + SUPPLY + HIDDEN + REPLY.replace("ex:f", "ex:h"))
    house.load(RELEASE.replace('releasedAt "2024', 'releasedAt "2030'))
    assert readers(house) == {"brand0"}
    house.clock.time = house.clock.time.replace(year=2030, month=4)
    house.projector.catch_up()
    assert readers(house) == {"brand0", "aff0"}


def test_an_answer_to_what_only_parties_see_reaches_the_linked_among_them(house: House) -> None:
    """Who is party to the finding is told by the notice, which comes last."""
    finding = FINDING.replace("vis:linked-affiliates", "vis:contract-party").replace(
        "ew:site ex:F .", "ew:site ex:F . ex:s a ew:SupplyClaim ; ew:assertedIn ex:M ; ew:scopeContract ex:K ."
    )
    house.load(AFFILIATIONS + SUPPLY + finding + REPLY)
    assert readers(house) == {"brand0"}
    house.load(NOTICE)
    assert readers(house, "f") == {"aff0", "res0", "mon0"}
    assert readers(house) == {"brand0", "aff0"}


def test_an_answer_to_a_public_finding_reaches_none_but_the_linked(house: House) -> None:
    house.load(AFFILIATIONS + FINDING.replace("linked-affiliates", "public") + REPLY)
    assert readers(house) == {"brand0"}
    house.load(NOTICE + SUPPLY)
    assert readers(house) == {"brand0", "aff0"}


def test_an_answer_stays_with_the_finding_when_it_is_revised_and_leaves_when_the_link_does(house: House) -> None:
    house.load(AFFILIATIONS + NOTICE + SUPPLY + FINDING + REPLY)
    house.load(
        FINDING.replace("ex:M", "ex:M2")
        .replace("ex:f ", "ex:f2 ")
        .replace("ew:site", "ew:smelter")
        .replace("ew:receivedAt", "prov:wasRevisionOf ex:M ; ew:receivedAt")
    )
    assert readers(house) == {"brand0", "aff0"}
    house.load("""ex:D2 { ex:D2 a ew:Retraction ; prov:wasAttributedTo ex:res0 ; ew:visibility vis:staff ;
        ew:retracts ex:c ; ew:receivedAt "2024-03-09T00:00:00Z"^^xsd:dateTime . }""")
    assert readers(house) == {"brand0"}


def test_answers_to_each_other_open_nothing(house: House) -> None:
    ring = [
        REPLY.replace("ex:A ", f"ex:A{one} ")
        .replace("ex:f ;", f"ex:a{other} ;")
        .replace(". }", f". ex:a{one} a ew:Finding ; ew:assertedIn ex:A{one} ; ew:site ex:F . }}")
        for one, other in ((1, 2), (2, 1))
    ]
    house.load(AFFILIATIONS + NOTICE + SUPPLY + "".join(ring).replace("vis:linked-affiliates", "vis:contract-party"))
    house.load(RELEASE.replace("ex:H", "ex:A1"))
    assert readers(house, "A2") == {"brand0"}


@pytest.mark.parametrize("who", [named("aff0"), named("stranger")])
def test_who_answers_links_nobody(house: House, who: IRI) -> None:
    """What a reply says of a site, of the finding or of itself gives no right."""
    house.load(AFFILIATIONS + NOTICE + FINDING, OPERATOR)
    house.load(REPLY.replace("ex:brand0", f"<{who.value}>"), who)
    house.load(SUPPLY, who)
    assert "aff1" not in readers(house)
    assert not house.view("ex:aff0").objects(named("f"), terms.site)
