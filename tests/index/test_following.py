"""However an index came about, change by change, from files or at once, it holds what the graph shows."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ewgraph.catalogue import Catalogue
from ewgraph.index.content import faults, told
from ewgraph.index.index import Index
from tests.conftest import House
from tests.graph.worlds import AFFILIATIONS, Made, world
from tests.trace.test_equality import a_house
from tests.trace.worlds import supply_world, whole

slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
anything = world(
    ("public", "affiliates", "contract-party", "staff", "monitor-only", "linked-affiliates"), explicit=False
)


def held(index: Index) -> set[str]:
    with index.reading() as holding:
        assert list(faults(holding)) == []
        return told(holding)


def anew(house: House) -> set[str]:
    return held(Index.built(house.store))


@slow
@given(anything, st.integers(0, 9))
def test_an_index_that_follows_holds_what_one_built_at_once_does(
    catalogue: Catalogue,
    records: list[Made],
    members_after: int,
) -> None:
    house = a_house(catalogue)
    index = house.follow()
    steps = [record.text for record in records]
    steps.insert(members_after, AFFILIATIONS)
    for step in steps:
        house.load(step)
        assert held(index) == anew(house)


@slow
@given(supply_world(), st.lists(st.sampled_from(["go on", "close", "crash", "write"]), min_size=12, max_size=12))
def test_an_index_that_is_opened_again_holds_what_one_built_at_once_does(
    catalogue: Catalogue,
    records: list[str],
    events: list[str],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        house = a_house(catalogue)
        house.index = Index.open(house.store, Path(name))
        house.projector = house.projector_of(house.store, follower=house.index)
        for step, event in zip(whole(records), events, strict=False):
            house.load(step)
            index = house.index
            assert index is not None
            if event == "close":
                index.close()
            if event == "write":
                index.write()
            if event in {"close", "crash"}:
                house.index = Index.open(house.store, Path(name))
                house.projector = house.projector_of(house.store, follower=house.index)
            assert held(house.index) == anew(house)


def test_an_index_that_missed_a_change_is_built_anew(house: House, tmp_path: Path) -> None:
    first, second, *rest = whole([AFFILIATIONS.replace("members", "more").replace("ex:m0", "ex:n0")])
    house.load(first)
    index = Index.open(house.store, tmp_path / "index")
    before = held(index)
    house.load(second)  # nobody follows
    for step in rest:
        house.load(step)
    assert held(index) == before != anew(house)
    assert held(Index.open(house.store, tmp_path / "index")) == anew(house)


def test_files_that_are_torn_are_not_used(house: House, tmp_path: Path) -> None:
    for step in whole([]):
        house.load(step)
    folder = tmp_path / "index"
    Index.open(house.store, folder)
    for name in ("edges.npy", "meta.json", "nodes.bytes.npy"):
        newest = max((path for path in folder.glob("*") if path.name.isdigit()), key=lambda path: int(path.name))
        content = (newest / name).read_bytes()
        (newest / name).write_bytes(content[: len(content) // 2])
        assert held(Index.open(house.store, folder)) == anew(house)
    shutil.rmtree(folder)
    assert held(Index.open(house.store, folder)) == anew(house)
