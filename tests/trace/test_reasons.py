"""A reader learns why it sees something, and from that nothing else."""

from __future__ import annotations

import pytest

from ewgraph.catalogue import Catalogue
from ewgraph.trace.reasons import How, Reason, reason
from tests.conftest import House, named

AFFILIATION = """
ex:Aff {
  ex:Aff a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime .
  ex:m-a a ew:Affiliation ; org:member ex:uni-a ; org:role part:affiliate ; org:organization ex:steward ;
    ew:validFrom "2020-01-01"^^xsd:date ; ew:assertedIn ex:Aff .
  ex:m-p a ew:Affiliation ; org:member ex:partner ; org:role part:monitoring-partner ; org:organization ex:steward ;
    ew:validFrom "2020-01-01"^^xsd:date ; ew:assertedIn ex:Aff .
}
ex:N {
  ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:K a ew:Contract ; ew:buyer ex:uni-a ; ew:contractor ex:reseller ; ew:hasLine ex:K-1 .
  ex:K-1 a ew:ContractLine ; ew:model ex:L .
}
ex:D {
  ex:D a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-02-01T00:00:00Z"^^xsd:dateTime .
  ex:c a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:output ex:L ; ew:site ex:F ; ew:tier tier:final-assembly ;
    ew:scope scope:contract ; ew:scopeContract ex:K ; ew:evidenceBasis eb:contract-disclosure .
}
ex:R {
  ex:R a ew:MonitoringReport ; prov:wasAttributedTo ex:partner ; ew:visibility vis:linked-affiliates ;
    ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime .
  ex:f a ew:Finding ; ew:assertedIn ex:R ; ew:site ex:F .
}
"""


def record(level: str, more: str = "") -> str:
    return (
        f"ex:X {{ ex:X a ew:Disclosure ; prov:wasAttributedTo ex:brand ; ew:visibility vis:{level} ; {more} "
        'ew:receivedAt "2024-04-01T00:00:00Z"^^xsd:dateTime . }\n'
    )


def why(house: House, catalogue: Catalogue, reader: str, subject: str) -> Reason | None:
    name = reader if reader in {"public", "staff"} else named(reader).value
    return reason(house.view(name), catalogue, named(subject))


@pytest.mark.parametrize(
    ("level", "more", "reader", "how"),
    [
        ("public", "", "public", How.PUBLIC),
        ("affiliates", "", "uni-a", How.MEMBER),
        ("affiliates", "", "staff", How.MEMBER),
        ("staff", "", "staff", How.STAFF),
        ("contract-party", "", "brand", How.AUTHOR),
        ("contract-party", "ew:party ex:uni-a ;", "uni-a", How.PARTY),
        ("contract-party", "", "staff", How.STAFF),
    ],
)
def test_a_record_is_seen_by_its_level(  # noqa: PLR0917  # pytest names them
    house: House, catalogue: Catalogue, level: str, more: str, reader: str, how: How
) -> None:
    house.load(AFFILIATION + record(level, more))
    found = why(house, catalogue, reader, "X")
    assert found is not None
    assert (found.how, found.level and found.level.value.rpartition("/")[2]) == (how, level)


def test_a_party_is_told_the_contract(house: House, catalogue: Catalogue) -> None:
    house.load(AFFILIATION)
    for subject in ("D", "c", "N"):
        found = why(house, catalogue, "uni-a", subject)
        assert found is not None
        assert (found.how, found.contracts) == (How.CONTRACT, (named("K"),))


def test_a_linked_affiliate_is_told_its_contracts(house: House, catalogue: Catalogue) -> None:
    house.load(AFFILIATION)
    for subject in ("f", "R"):
        found = why(house, catalogue, "uni-a", subject)
        assert found is not None
        assert (found.how, found.contracts) == (How.LINKED, (named("K"),))


def test_what_was_opened_says_by_which_release_where_that_is_seen(house: House, catalogue: Catalogue) -> None:
    release = """
ex:Rel {
  ex:Rel a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:LEVEL ; ew:releases ex:X ;
    ew:toVisibility vis:public ; ew:receivedAt "2024-05-01T00:00:00Z"^^xsd:dateTime ;
    ew:releasedAt "2024-05-01T00:00:00Z"^^xsd:dateTime .
}
"""
    house.load(AFFILIATION + record("staff") + release.replace("LEVEL", "staff"))
    public, staff = why(house, catalogue, "public", "X"), why(house, catalogue, "staff", "X")
    assert public is not None
    assert staff is not None
    assert (public.how, public.releases) == (How.PUBLIC, ())
    assert staff.releases == (named("Rel"),)


def test_what_is_not_seen_has_no_reason_and_neither_has_a_site(house: House, catalogue: Catalogue) -> None:
    house.load(AFFILIATION + record("staff"))
    assert why(house, catalogue, "public", "X") is None
    assert why(house, catalogue, "public", "nothing") is None
    assert why(house, catalogue, "uni-a", "K") is None


def test_what_is_opened_to_the_linked_without_a_word_is_opened(house: House, catalogue: Catalogue) -> None:
    """The link is by what staff know: here the reader sees neither the claim that links it nor the release."""
    hidden = """
ex:S {
  ex:S a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:staff ;
    ew:receivedAt "2024-02-01T00:00:00Z"^^xsd:dateTime .
  ex:s a ew:SupplyClaim ; ew:assertedIn ex:S ; ew:output ex:L ; ew:site ex:G ; ew:tier tier:final-assembly ;
    ew:scope scope:model ; ew:evidenceBasis eb:contract-disclosure .
}
ex:R2 {
  ex:R2 a ew:MonitoringReport ; prov:wasAttributedTo ex:partner ; ew:visibility vis:staff ;
    ew:receivedAt "2024-03-01T00:00:00Z"^^xsd:dateTime .
  ex:f2 a ew:Finding ; ew:assertedIn ex:R2 ; ew:site ex:G .
}
ex:Rel {
  ex:Rel a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ; ew:releases ex:R2 ;
    ew:toVisibility vis:linked-affiliates ; ew:receivedAt "2024-05-01T00:00:00Z"^^xsd:dateTime ;
    ew:releasedAt "2024-05-01T00:00:00Z"^^xsd:dateTime .
}
"""
    house.load(AFFILIATION + hidden)
    found = why(house, catalogue, "uni-a", "f2")
    assert found is not None
    assert (found.how, found.contracts, found.releases) == (How.OPENED, (), ())
