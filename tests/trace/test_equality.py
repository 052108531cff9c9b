"""The index gives the answers that the stored queries define, whoever asks, as of whenever, however it came about."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.trace import contracts_touching, mineral_origins, sites_touched_by
from tests.conftest import House, TickingClock, named
from tests.graph.worlds import READERS
from tests.trace.worlds import CONTRACTS, INSTANTS, MODELS, SITES, supply_world, whole


def a_house(catalogue: Catalogue) -> House:
    return House(Path(":memory:"), TickingClock(dt.datetime(2026, 10, 1, tzinfo=dt.UTC)), catalogue)


def by_definition(view: View) -> View:
    """The same view without its index."""
    return View(view._store, None, view.principal, view.graphs, view.as_of, view._now, view._released)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(supply_world(), INSTANTS, st.sampled_from(Scope), st.sampled_from(EvidenceBasis))
def test_touches_are_those_of_the_definition(
    catalogue: Catalogue,
    records: list[str],
    instants: tuple[str, str],
    min_scope: Scope,
    min_basis: EvidenceBasis,
) -> None:
    house = a_house(catalogue)
    house.follow()
    for step in whole(records):
        house.load(step)
    for reader in READERS:
        view = house.view(reader, *instants)
        defined = by_definition(view)
        for name in SITES:
            site = named(name)
            found = contracts_touching(view, catalogue, site)
            assert found == contracts_touching(defined, catalogue, site)
            least = contracts_touching(view, catalogue, site, min_scope=min_scope, min_basis=min_basis)
            assert least == contracts_touching(defined, catalogue, site, min_scope=min_scope, min_basis=min_basis)
        for name in CONTRACTS:
            contract = named(name)
            assert sites_touched_by(view, catalogue, contract) == sites_touched_by(defined, catalogue, contract)
            mines = sites_touched_by(view, catalogue, contract, kinds=[terms.Mine], min_scope=min_scope)
            assert mines == sites_touched_by(defined, catalogue, contract, kinds=[terms.Mine], min_scope=min_scope)
        for name in (*CONTRACTS, *MODELS):
            start = named(name)
            assert mineral_origins(view, catalogue, start) == mineral_origins(defined, catalogue, start)
