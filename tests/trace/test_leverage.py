"""What affiliates have in common is told in numbers that enough of them are behind, and whose differences are."""

from __future__ import annotations

import pytest

from ewgraph.model.leverage import Count, SharedLeverage
from ewgraph.trace.leverage import shared_leverage
from tests.conftest import House, by_definition, named

Bought = tuple[str, bool, int]
"""A contract: its buyer, whether a disclosure for it names the site, and the value of its line in euros."""


def world(contracts: list[Bought]) -> str:
    members = "".join(
        f"ex:m{n} a ew:Affiliation ; org:member ex:u{n} ; org:role part:affiliate ; "
        f'ew:validFrom "2020-01-01"^^xsd:date . ex:u{n} a ew:Organization .\n'
        for n in range(5)
    )
    told = "".join(_contract(number, *contract) for number, contract in enumerate(contracts))
    return f"""
    ex:members {{ ex:members a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
      ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime . {members}
      ex:M a ew:ProductModel ; ew:brand ex:brand . ex:F a ew:Factory . }}
    ex:P {{ ex:P a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;
      ew:receivedAt "2021-01-01T00:00:00Z"^^xsd:dateTime .
      ex:p a ew:SupplyClaim ; ew:assertedIn ex:P ; ew:output ex:M ; ew:site ex:F ; ew:scope scope:model . }}
    {told}"""


def _contract(number: int, buyer: str, strict: bool, value: int) -> str:
    said = f"""
    ex:D{number} {{ ex:D{number} a ew:Disclosure ; prov:wasAttributedTo ex:r ; ew:visibility vis:contract-party ;
      ew:party ex:{buyer}, ex:r ; ew:receivedAt "2022-01-01T00:00:00Z"^^xsd:dateTime .
      ex:d{number} a ew:SupplyClaim ; ew:assertedIn ex:D{number} ; ew:output ex:M ; ew:site ex:F ;
        ew:scope scope:contract ; ew:scopeContract ex:K{number} ; ew:evidenceBasis eb:contract-disclosure . }}"""
    return f"""
    ex:N{number} {{ ex:N{number} a ew:ContractNotice ; prov:wasAttributedTo ex:{buyer} ;
      ew:visibility vis:contract-party ; ew:receivedAt "2021-06-01T00:00:00Z"^^xsd:dateTime .
      ex:K{number} a ew:Contract ; ew:buyer ex:{buyer} ; ew:contractor ex:r ; ew:hasLine ex:K{number}-1 .
      ex:K{number}-1 a ew:ContractLine ; ew:model ex:M ; ew:value {value} ; ew:currency "EUR" . }}
    {said if strict else ""}"""


def told(house: House, contracts: list[Bought], reader: str = "ex:u0") -> SharedLeverage:
    house.load(world(contracts))
    house.follow()
    view = house.view(reader)
    answers = [shared_leverage(each, house.catalogue, named("F")) for each in (view, by_definition(view))]
    assert answers[0].items == answers[1].items
    (found,) = answers[0].items
    return found


THREE = [("u0", True, 10), ("u1", True, 10), ("u2", True, 10)]


@pytest.mark.parametrize(
    ("more", "suspected", "strict"),
    [
        ([], Count(3, 3), Count(3, 3)),
        ([("u3", True, 10)], Count(4, 4), Count(4, 4)),
        ([("u3", False, 10)], Count(4, 4), None),  # the difference is one affiliate
        ([("u2", False, 10)], Count(3, 4), None),  # the difference is one contract of one affiliate
        ([("u0", False, 10), ("u1", False, 10), ("u3", False, 10)], Count(4, 6), None),  # of three, but one of them new
        ([("u0", False, 10), ("u1", False, 10), ("u2", False, 10)], Count(3, 6), Count(3, 3)),
    ],
)
def test_no_difference_tells_of_fewer_than_three(
    house: House, more: list[Bought], suspected: Count, strict: Count | None
) -> None:
    found = told(house, [*THREE, *more])
    assert (found.suspected, found.strict) == (suspected, strict)


def test_two_are_not_told(house: House) -> None:
    found = told(house, THREE[:2])
    assert (found.suspected, found.strict, found.spend) == (None, None, ())


@pytest.mark.parametrize(("value", "shown"), [(59, True), (61, False)])
def test_a_sum_is_not_told_of_which_one_spends_more_than_three_quarters(house: House, value: int, shown: bool) -> None:
    found = told(house, [("u0", True, 10), ("u1", True, 10), ("u2", True, value)])
    assert bool(found.spend) == shown
