"""Whatever order records come in, settling only what a new one may change gives what settling everything gives."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.catalogue import Catalogue
from ewgraph.graph.digest import graph_digest
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import IRI
from tests.conftest import House, TickingClock, named
from tests.graph.worlds import AFFILIATIONS

VERDICT: Final = "@prefix verdict: <https://w3id.org/ewgraph/kos/verdict/> .\n"
SECTION: Final = re.compile(r"^# (.*) \| (.*)\n", re.MULTILINE)
"""Name, and who hands it in."""
ENDINGS: Final = ("the delivery taken back", "the assembly revised", "the notice of a contractor revised")


def history() -> dict[str, tuple[str, IRI]]:
    """The records of the history, each with who hands it in."""
    _, *parts = SECTION.split(Path(__file__).with_name("history.trig").read_text(encoding="utf-8"))
    found = {}
    for name, who, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        found[name] = (VERDICT + (text.strip() or AFFILIATIONS), OPERATOR if who == "operator" else named(who))
    return found


HISTORY: Final = history()


def a_house(catalogue: Catalogue) -> House:
    return House(Path(":memory:"), TickingClock(dt.datetime(2026, 10, 1, tzinfo=dt.UTC)), catalogue)


@pytest.mark.parametrize("latest", HISTORY)
def test_each_record_can_come_last(house: House, latest: str) -> None:
    for name in (*(name for name in HISTORY if name != latest), latest):
        house.load(*HISTORY[name])
    assert house.projector.surplus() == ([], [])


@settings(max_examples=40, deadline=None)
@given(st.permutations(list(HISTORY)), st.integers(3, len(HISTORY)))
def test_any_order_gives_the_graph_of_all_at_once(catalogue: Catalogue, order: list[str], some: int) -> None:
    house = a_house(catalogue)
    for name in order[:some]:
        house.load(*HISTORY[name])
        assert house.projector.surplus() == ([], []), name
    assert graph_digest(house.store) == graph_digest(house.rebuilt())


def test_the_history_links_and_parts_again(house: House) -> None:
    for name in HISTORY.keys() - set(ENDINGS):
        house.load(*HISTORY[name])
    assert sees(house, "aff0") == {"f0", "f3", "r", "v"}
    assert sees(house, "aff1") == {"f0", "f3", "r", "v"}
    house.load(*HISTORY["the delivery taken back"])
    assert sees(house, "aff0") == {"f0"}
    house.load(*HISTORY["the assembly revised"])
    assert sees(house, "aff0") == set()
    assert sees(house, "aff1") == {"f0"}
    house.load(*HISTORY["the notice of a contractor revised"])
    assert sees(house, "aff1") == set()


def test_who_is_a_contractor_no_more_is_no_witness_of_what_it_said_elsewhere(house: House) -> None:
    """The notice names no node of the chain that its contractor was a witness of."""
    for name in HISTORY.keys() - {*ENDINGS, "assembly by a contractor"}:
        house.load(*HISTORY[name])
    assert sees(house, "aff0") == {"f0", "f3", "r", "v"}
    house.load(*HISTORY["the notice of a contractor revised"])
    assert sees(house, "aff0") == {"f0"}


def sees(house: House, who: str) -> set[str]:
    view = house.view(named(who).value)
    return {name for name in ("f0", "f3", "r", "v") if view.knows(named(name))}
