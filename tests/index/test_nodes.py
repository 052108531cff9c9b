"""Ranks compare as IRIs do, whenever a node came in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.index.names import Names
from ewgraph.index.nodes import FullError, Nodes

texts = st.lists(st.text("abc", max_size=4), max_size=12)


@settings(deadline=None)
@given(texts, st.lists(texts, max_size=4))
def test_ranks_compare_as_texts_do(first: list[str], later: list[list[str]]) -> None:
    nodes = Nodes(Names.of(sorted(set(first))), 1_000)
    for some in later:
        numbers = nodes.number_all(some)
        assert set(numbers) == set(some)
        assert nodes.number_all(some) == numbers
    held = list(nodes.names)
    assert len(held) == len(set(held))
    assert [held[number] for number in nodes.in_order()] == sorted(held)
    assert nodes.find_all([*held, "zzz"]) == {text: number for number, text in enumerate(held)}
    ranks = nodes.ranks[: len(nodes)].tolist()
    assert len(set(ranks)) == len(ranks)


def test_there_is_an_end_to_the_room() -> None:
    nodes = Nodes(Names.of([]), 10)
    nodes.number_all(str(number) for number in range(10))
    with pytest.raises(FullError):
        nodes.number_all(["another"])
