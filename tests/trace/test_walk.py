"""The walk finds what trying every path finds, and in the order that the architecture names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from ewgraph.model.hop import BASES, Hop, Join, Touch, rank
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import Chains
from ewgraph.trace.definition.walk import Sites, Walk

RECEIVED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
CONTRACTS = [IRI(f"https://data.example.org/id/K{number}") for number in range(2)]
MODELS = [IRI(f"https://data.example.org/id/M{number}") for number in range(2)]
SITES = [IRI(f"https://data.example.org/id/S{number}") for number in range(4)]
RECORD = IRI("https://data.example.org/id/R")


def same(one: IRI, other: IRI, claim: str) -> Join:
    return Join((one, other), IRI(claim), RECORD, RECEIVED)


def covers(contract: IRI, model: IRI, line: int = 0) -> Hop:
    claim = IRI(f"{contract.value}-{model.value[-2:]}-line{line}")
    return Hop(contract, model, HopKind.COVERS, claim, RECORD, Scope.CONTRACT, None, None, None, None, RECEIVED)


@st.composite
def supply(draw: st.DrawFn) -> Hop:
    start = draw(st.sampled_from([*MODELS, *SITES]))
    scope = draw(st.sampled_from(list(Scope)))
    return Hop(
        start=start,
        end=draw(st.sampled_from(SITES)),
        kind=HopKind.MADE_AT if start in MODELS else HopKind.SUPPLIED_BY,
        claim=IRI(f"https://data.example.org/id/c{draw(st.integers(0, 30))}"),
        record=RECORD,
        scope=scope,
        scope_contract=draw(st.sampled_from(CONTRACTS)) if scope is Scope.CONTRACT else None,
        basis=draw(st.sampled_from([BASES[0], BASES[3], BASES[-1]])),
        valid_from=None,
        valid_to=None,
        received_at=RECEIVED,
    )


coverage = st.builds(covers, st.sampled_from(CONTRACTS), st.sampled_from(MODELS), st.integers(0, 1))
graphs = st.tuples(st.lists(coverage, max_size=3), st.lists(supply(), max_size=9)).map(lambda pair: pair[0] + pair[1])


def every_path(hops: list[Hop], here: IRI, site: IRI, seen: frozenset[IRI]) -> Iterator[tuple[Hop, ...]]:
    """Every path without a repeated node from here to the site."""
    if here == site:
        yield ()
        return
    for hop in hops:
        if hop.start == here and hop.end not in seen:
            for rest in every_path(hops, hop.end, site, seen | {hop.end}):
                yield (hop, *rest)


def strength(contract: IRI, path: tuple[Hop, ...]) -> tuple[object, ...]:
    return (
        -min(rank(hop.scope_for(contract)) for hop in path),
        -min(rank(hop.basis) for hop in path),
        len(path),
        [(hop.claim.value, hop.end.value) for hop in path],
    )


def every_touch(hops: list[Hop], joins: list[Join] | None = None, **least: object) -> dict[tuple[IRI, IRI], Touch]:
    walk = Walk(Chains(dict.fromkeys(hops), dict.fromkeys(joins or [])))
    found = {(one, site): walk.touch(one, site, **least) for one in walk.contracts for site in SITES}  # type: ignore[arg-type]
    return {pair: touch for pair, touch in found.items() if touch}


@given(graphs, st.sampled_from(list(Scope)), st.sampled_from(list(EvidenceBasis)))
def test_the_best_path_is_the_best_of_all_paths(hops: list[Hop], min_scope: Scope, min_basis: EvidenceBasis) -> None:
    found = every_touch(hops, min_scope=min_scope, min_basis=min_basis)
    for contract in CONTRACTS:
        for site in SITES:
            paths = [
                path
                for path in every_path(hops, contract, site, frozenset({contract}))
                if strength(contract, path)[0] <= -rank(min_scope) and strength(contract, path)[1] <= -rank(min_basis)  # type: ignore[operator]
            ]
            touch = found.get((contract, site))
            if not paths:
                assert touch is None
                continue
            assert touch is not None
            best = min(paths, key=lambda path: strength(contract, path))
            assert strength(contract, touch.path) == strength(contract, best)
            assert (-rank(touch.scope), -rank(touch.basis)) == strength(contract, best)[:2]


def test_a_claim_for_one_contract_is_of_scope_model_for_another() -> None:
    hop = Hop(
        MODELS[0], SITES[0], HopKind.MADE_AT, IRI("https://data.example.org/id/c"), RECORD,
        Scope.CONTRACT, CONTRACTS[0], EvidenceBasis.CONTRACT_DISCLOSURE, None, None, RECEIVED,
    )  # fmt: skip
    found = every_touch([covers(CONTRACTS[0], MODELS[0]), covers(CONTRACTS[1], MODELS[0]), hop])
    first, second = found[CONTRACTS[0], SITES[0]], found[CONTRACTS[1], SITES[0]]
    assert (first.scope, second.scope) == (Scope.CONTRACT, Scope.MODEL)
    assert not second.possible
    assert first.last_confirmed == RECEIVED


def test_a_path_of_brand_scope_is_only_possible() -> None:
    hop = Hop(
        MODELS[0], SITES[0], HopKind.LISTED_AT, IRI("https://data.example.org/id/c"), RECORD,
        Scope.BRAND, None, EvidenceBasis.BRAND_LIST, None, None, RECEIVED,
    )  # fmt: skip
    assert [touch.possible for touch in every_touch([covers(CONTRACTS[0], MODELS[0]), hop]).values()] == [True]


def test_a_chain_that_runs_in_a_circle_has_an_end() -> None:
    pairs = (
        (MODELS[0], SITES[1]),
        (SITES[1], SITES[2]),
        (SITES[2], SITES[1]),
        (SITES[2], SITES[2]),
        (SITES[2], SITES[0]),
    )
    ring = [replace(covers(a, b), kind=HopKind.SUPPLIED_BY, scope=Scope.MODEL, basis=BASES[0]) for a, b in pairs]
    found = every_touch([covers(CONTRACTS[0], MODELS[0]), *ring])
    assert {site: len(touch.path) for (_, site), touch in found.items()} == {SITES[0]: 4, SITES[1]: 2, SITES[2]: 3}


def test_no_contract_touches_what_nothing_leads_to() -> None:
    assert every_touch([covers(CONTRACTS[0], MODELS[0])]) == {}


def test_sites_that_are_one_are_walked_as_one() -> None:
    made = replace(covers(MODELS[0], SITES[0]), kind=HopKind.MADE_AT, scope=Scope.MODEL, basis=BASES[0])
    supplied = replace(covers(SITES[2], SITES[3]), kind=HopKind.SUPPLIED_BY, scope=Scope.MODEL, basis=BASES[0])
    joins = [same(SITES[0], SITES[1], "urn:b"), same(SITES[1], SITES[2], "urn:a")]
    found = every_touch([covers(CONTRACTS[0], MODELS[0]), made, supplied], joins)
    hops = found[CONTRACTS[0], SITES[3]].path
    assert [hop.same_site for hop in hops] == [(), (IRI("urn:b"), IRI("urn:a")), ()]
    assert len(found[CONTRACTS[0], SITES[2]].path) == 2
    assert found[CONTRACTS[0], SITES[2]].path[1].same_site == (IRI("urn:b"), IRI("urn:a"))


def test_of_several_ways_to_be_one_the_shortest_and_then_the_smallest_is_told() -> None:
    joins = [
        same(SITES[0], SITES[1], "urn:c"),
        same(SITES[0], SITES[1], "urn:b"),
        same(SITES[0], SITES[2], "urn:a"),
        same(SITES[2], SITES[1], "urn:a2"),
    ]
    assert Sites(joins).claims(SITES[0], SITES[1]) == (IRI("urn:b"),)
    assert Sites(joins).names(SITES[3]) == {SITES[3]}
