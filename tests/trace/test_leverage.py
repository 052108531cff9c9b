"""What affiliates have in common is told so that nobody learns of any other affiliate whether it is linked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.leverage import Count, SharedLeverage, size_class
from ewgraph.trace.leverage import shared_leverage
from tests.conftest import House, TickingClock, by_definition, named

MADE = {"F0": ("M0",), "F1": ("M1",), "F01": ("M0", "M1")}
"""Which models each site makes, as everybody may know."""
MEMBERS = 8
ASKER = "u0"
LEAST = 3
NEXT_MONTH = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Bought:
    """A contract for one model.

    Attributes:
        buyer: who buys.
        model: what.
        strict: the site of which the contractor says that it makes it for the contract; empty for none.
        level: who sees the notice.
        by: who handed it in; the operator where it is empty.
    """

    buyer: str
    model: str
    strict: str = ""
    level: str = "contract-party"
    value: int = 10
    by: str = ""
    currency: str = "EUR"


def members(count: int = MEMBERS) -> str:
    made = "".join(
        f"ex:c-{site}-{model} a ew:SupplyClaim ; ew:assertedIn ex:P ; ew:output ex:{model} ; ew:site ex:{site} ;"
        " ew:scope scope:model .\n"
        for site, models in MADE.items()
        for model in models
    )
    affiliated = "".join(
        f"ex:m{n} a ew:Affiliation ; org:member ex:u{n} ; org:role part:affiliate ; "
        f'ew:validFrom "2020-01-01"^^xsd:date . ex:u{n} a ew:Organization .\n'
        for n in range(count)
    )
    sites = "".join(f"ex:{site} a ew:Factory . " for site in MADE)
    return f"""
    ex:members {{ ex:members a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
      ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime . {affiliated} {sites} }}
    ex:P {{ ex:P a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand ; ew:visibility vis:public ;
      ew:receivedAt "2021-01-01T00:00:00Z"^^xsd:dateTime . {made} }}"""


def notice(number: int, one: Bought) -> str:
    said = f"""
    ex:D{number} {{ ex:D{number} a ew:Disclosure ; prov:wasAttributedTo ex:r ; ew:visibility vis:contract-party ;
      ew:party ex:{one.buyer}, ex:r ; ew:receivedAt "2022-01-01T00:00:00Z"^^xsd:dateTime .
      ex:d{number} a ew:SupplyClaim ; ew:assertedIn ex:D{number} ; ew:output ex:{one.model} ; ew:site ex:{one.strict} ;
        ew:scope scope:contract ; ew:scopeContract ex:K{number} ; ew:evidenceBasis eb:contract-disclosure . }}"""
    return f"""
    ex:N{number} {{ ex:N{number} a ew:ContractNotice ; prov:wasAttributedTo ex:{one.buyer} ;
      ew:visibility vis:{one.level} ; ew:receivedAt "2021-06-01T00:00:00Z"^^xsd:dateTime .
      ex:K{number} a ew:Contract ; ew:buyer ex:{one.buyer} ; ew:contractor ex:r ; ew:hasLine ex:K{number}-1 .
      ex:K{number}-1 a ew:ContractLine ; ew:model ex:{one.model} ;
        ew:value {one.value} ; ew:currency "{one.currency}" . }}
    {said if one.strict else ""}"""


class Network:
    """A house with members who buy, asked when the month after has begun."""

    def __init__(self, catalogue: Catalogue, bought: Iterable[Bought], count: int = MEMBERS) -> None:
        self.house = House(Path(":memory:"), TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)), catalogue)
        self._number = 0
        self.house.append(members(count))
        for one in bought:
            self.add(one)
        self.house.projector.catch_up()
        self.house.follow()
        self.house.clock.time = NEXT_MONTH

    def add(self, one: Bought) -> None:
        submitter = {"submitter": named(one.by)} if one.by else {}
        self.house.append(notice(self._number, one), **submitter)
        self._number += 1

    def told(self, site: str, reader: str = ASKER) -> SharedLeverage:
        view = self.house.view(f"ex:{reader}" if reader != "staff" else reader)
        answers = [shared_leverage(each, self.house.catalogue, named(site)) for each in (view, by_definition(view))]
        assert (answers[0].items, answers[0].completeness) == (answers[1].items, answers[1].completeness)
        (found,) = answers[0].items
        return found

    def all_told(self, reader: str = ASKER) -> list[SharedLeverage]:
        return [self.told(site, reader) for site in MADE]


def many(buyers: Iterable[int], model: str = "M0", strict: str = "", value: int = 10) -> list[Bought]:
    return [Bought(f"u{n}", model, strict, value=value) for n in buyers]


# --- what is told ---------------------------------------------------------------------------------------------------


def test_members_are_told_a_size_class_and_staff_the_number(catalogue: Catalogue) -> None:
    network = Network(catalogue, [*many(range(1, 4), strict="F0"), *many([4]), *many([5, 6], "M1")], 9)
    assert network.told("F0") == SharedLeverage(
        named("F0"), Count(3, None), Count(3, None), network.told("F0").spend, LEAST
    )
    assert [(each.currency, each.at_least, each.below) for each in network.told("F0").spend] == [("EUR", 30, 100)]
    assert (network.told("F0", "staff").suspected, network.told("F0", "staff").strict) == (
        Count(4, 4, 4),
        Count(3, 3, 3),
    )
    assert (network.told("F1").suspected, network.told("F1", "staff").suspected) == (None, Count(2, 2, 2))


@pytest.mark.parametrize(
    ("linked", "suspected"), [(2, None), (3, Count(3, 5)), (5, Count(3, 5)), (6, Count(6, None)), (9, Count(6, None))]
)
def test_no_number_is_told_that_fewer_than_three_others_may_be_in_or_out_of(
    catalogue: Catalogue, linked: int, suspected: Count | None
) -> None:
    assert Network(catalogue, many(range(1, 1 + linked)), 10).told("F0").suspected == suspected


def test_where_hardly_anybody_else_is_a_member_nothing_is_told(catalogue: Catalogue) -> None:
    assert Network(catalogue, many(range(1, 6)), 6).told("F0").suspected is None
    assert Network(catalogue, many(range(1, 6)), 7).told("F0").suspected == Count(3, None)


def test_neither_the_asker_nor_whose_purchases_it_sees_are_among_the_three(catalogue: Catalogue) -> None:
    seen = [Bought("u0", "M0"), Bought("u1", "M0", level="public"), Bought("u2", "M0", level="affiliates")]
    assert Network(catalogue, [*seen, *many([3, 4])], 12).told("F0").suspected is None
    assert Network(catalogue, [*seen, *many([3, 4, 5])], 12).told("F0").suspected == Count(3, 5)


def test_only_trusted_records_count(catalogue: Catalogue) -> None:
    stuffed = [replace(one, by="u0") for one in many([3, 4, 5])]
    assert Network(catalogue, [*many([1, 2]), *stuffed], 12).told("F0").suspected is None
    network = Network(catalogue, [*many([1, 2]), *many([3, 4, 5], "M1")], 12)
    line = "ex:K2 a ew:Contract ; ew:hasLine ex:K2-2 . ex:K2-2 a ew:ContractLine ; ew:model ex:M0 ."
    network.house.load(
        f"""ex:N {{ ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:u0 ; ew:visibility vis:public ;
      ew:receivedAt "2021-06-01T00:00:00Z"^^xsd:dateTime . {line} }}""",
        named("u0"),
    )
    network.house.clock.time = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert network.told("F0").suspected is None
    assert network.told("F0", "staff").suspected == Count(2, 2, 2)


def test_nobody_finds_out_whether_a_contract_counts_by_saying_so(catalogue: Catalogue) -> None:
    network = Network(catalogue, [*many([1, 2], strict="F0"), *many([3])], 12)
    guess = notice(2, Bought("u3", "M0", strict="F0")).partition("ex:D2 {")[2]
    network.house.load("ex:D2 {" + guess, named("u0"))
    network.house.clock.time = NEXT_MONTH + dt.timedelta(days=31)
    assert (network.told("F0").suspected, network.told("F0").strict) == (Count(3, 5), None)
    assert network.told("F0", "staff").strict == Count(2, 2, 2)


@pytest.mark.parametrize(
    ("before", "during", "then", "after"),
    [
        ([1, 2], [Bought("u3", "M0")], None, Count(3, 5)),
        ([1, 2, 3], [Bought("u1", "M1", level="public")], Count(3, 5), None),
    ],
)
def test_what_comes_in_during_a_month_changes_no_answer_before_the_next(
    catalogue: Catalogue, before: list[int], during: list[Bought], then: Count | None, after: Count | None
) -> None:
    network = Network(catalogue, many(before), 12)
    assert network.told("F0").suspected == then
    for one in during:
        network.add(one)
    network.house.projector.catch_up()
    network.house.clock.time += dt.timedelta(days=29)
    assert network.told("F0").suspected == then
    network.house.clock.time = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert network.told("F0").suspected == after


def test_what_is_shown_during_a_month_changes_no_answer_before_the_next(catalogue: Catalogue) -> None:
    network = Network(catalogue, many([1, 2, 3]), 12)
    network.house.clock.time += dt.timedelta(days=3)
    network.house.load("""ex:R { ex:R a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
      ew:releases ex:N0 ; ew:toVisibility vis:public ; ew:releasedAt "2026-11-04T00:00:00Z"^^xsd:dateTime ;
      ew:receivedAt "2026-11-04T00:00:00Z"^^xsd:dateTime . }""")
    assert network.house.view(f"ex:{ASKER}").subjects(terms.buyer, named("u1")) == [named("K0")]
    assert network.told("F0").suspected == Count(3, 5)
    network.house.clock.time = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert network.told("F0").suspected is None


@pytest.mark.parametrize(("value", "shown"), [(60, True), (61, False)])
def test_a_sum_is_not_told_of_which_one_spends_more_than_three_quarters(
    catalogue: Catalogue, value: int, shown: bool
) -> None:
    network = Network(catalogue, [*many([1, 2]), Bought("u3", "M0", value=value), *many([4, 5, 6], "M1")], 12)
    assert bool(network.told("F0").spend) == shown


def test_no_sum_is_told_in_a_currency_in_which_hardly_anybody_else_buys(catalogue: Catalogue) -> None:
    francs = [replace(one, currency="CHF") for one in many([1, 2, 3])]
    others = [replace(one, currency="CHF") for one in many([4, 5, 6], "M1")]
    assert Network(catalogue, [*francs, *others[:2]], 12).told("F0").spend == ()
    assert [each.currency for each in Network(catalogue, [*francs, *others], 12).told("F0").spend] == ["CHF"]


def test_a_limit_of_the_sum_is_no_sign_of_anybody(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ewgraph.trace.leverage.MOST_LINES", 1)
    network = Network(catalogue, many([1, 2]), 12)
    view = network.house.view("ex:u0")
    assert shared_leverage(view, catalogue, named("F0")).completeness.limits == ()


# --- the adversary: a member who knows its own and public contracts, and asks of all sites ----------------------

hidden = st.builds(
    Bought,
    buyer=st.sampled_from([f"u{n}" for n in range(MEMBERS)]),
    model=st.sampled_from(["M0", "M1"]),
    strict=st.sampled_from(["", "F0", "F01"]),
    level=st.just("contract-party"),
    value=st.sampled_from([10, 20, 500]),
)
shown = st.builds(
    Bought, buyer=st.sampled_from(["u1", "u2"]), model=st.sampled_from(["M0", "M1"]), level=st.just("public")
)
worlds = st.tuples(st.lists(hidden, max_size=12), st.lists(shown, max_size=2))
asking = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def linked(bought: Iterable[Bought], site: str, strict: bool) -> set[str]:
    """Who buys what leads to a site, as the words of the records say."""
    of_strict = {one.model for one in bought if one.strict == site}
    return {
        one.buyer
        for one in bought
        if (one.strict == site if strict else one.model in MADE[site] or one.model in of_strict)
    }


@asking
@given(worlds)
def test_the_answer_is_a_function_of_how_many_strangers_are_linked(
    catalogue: Catalogue, world: tuple[list[Bought], list[Bought]]
) -> None:
    secret, public = world
    strangers = {f"u{n}" for n in range(1, MEMBERS)} - {one.buyer for one in public}
    network = Network(catalogue, [*secret, *public])
    for site in MADE:
        found = network.told(site)
        for strict, count in ((False, found.suspected), (True, found.strict)):
            who = linked([*secret, *public], site, strict) & strangers
            assert count == size_class(len(who), len(strangers), LEAST)
            assert count is None or len(who) >= LEAST


@asking
@given(worlds, st.permutations(range(3, MEMBERS)))
def test_who_of_the_strangers_is_linked_changes_no_answer(
    catalogue: Catalogue, world: tuple[list[Bought], list[Bought]], order: list[int]
) -> None:
    secret, public = world
    instead = {f"u{n}": f"u{other}" for n, other in zip(range(3, MEMBERS), order, strict=True)}
    renamed = [replace(one, buyer=instead.get(one.buyer, one.buyer)) for one in secret]
    assert Network(catalogue, [*secret, *public]).all_told() == Network(catalogue, [*renamed, *public]).all_told()


@asking
@given(worlds)
def test_what_the_asker_and_those_whom_it_sees_buy_besides_changes_no_answer(
    catalogue: Catalogue, world: tuple[list[Bought], list[Bought]]
) -> None:
    secret, public = world
    seen = {ASKER, *(one.buyer for one in public)}
    suspicious = [
        one for one in secret if one.buyer in seen and one.strict
    ]  # they say that others' models come from there
    kept = [one for one in secret if one.buyer not in seen or one in suspicious]
    assert Network(catalogue, [*secret, *public]).all_told() == Network(catalogue, [*kept, *public]).all_told()


# --- and what it can conclude: for each that it might be, there is another world with the same answers -------

Kind = tuple[int, ...]
"""Of a stranger, for each model: 0 does not buy it, 1 buys it, 2 and it is said for its contract."""


def answers(kinds: tuple[Kind, ...], sites: Mapping[str, tuple[int, ...]], among: int) -> Iterator[Count | None]:
    for models in sites.values():
        for level in (1, 2):
            yield size_class(sum(any(kind[m] >= level for m in models) for kind in kinds), among, LEAST)


@pytest.mark.parametrize("among", range(1, 10))
@pytest.mark.parametrize("sites", [{"F0": (0,), "F01": (0, 1)}, {"F0": (0,), "F1": (1,), "F01": (0, 1)}])
def test_no_answers_of_all_sites_together_tell_of_anybody(among: int, sites: Mapping[str, tuple[int, ...]]) -> None:
    """Strangers are alike to the asker: it learns of one only what holds of all in every world with these answers."""
    alike = defaultdict[tuple[Count | None, ...], list[tuple[Kind, ...]]](list)
    for kinds in combinations_with_replacement(list(product(range(3), repeat=2)), among) if among < 8 else _few(among):
        alike[tuple(answers(kinds, sites, among))].append(kinds)
    for possible in alike.values():
        for models, level in product(sites.values(), (1, 2)):
            counts = {sum(any(kind[m] >= level for m in models) for kind in kinds) for kinds in possible}
            assert counts - {among}, "all are known to be linked"
            assert counts - {0}, "all are known not to be linked"


def _few(among: int) -> Iterator[tuple[Kind, ...]]:
    """Worlds of many strangers: nobody's links are said for contracts alone, which keeps them countable."""
    return combinations_with_replacement([(0, 0), (0, 2), (2, 0), (2, 2), (1, 1)], among)
