"""Texts keep their numbers, and are found and compared as Python compares them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.index.names import Names, before

compiling = settings(deadline=None)
texts = st.lists(st.text(max_size=6), unique=True, max_size=12)


@compiling
@given(texts, texts)
def test_every_text_is_found_where_it_stands_or_would_stand(held: list[str], wanted: list[str]) -> None:
    names = Names.of(sorted(held, key=str.encode))
    ordered = sorted(held, key=str.encode)
    for text, place in zip(wanted, names.found(wanted).tolist(), strict=True):
        if text in held:
            assert names[place] == text
        else:
            assert sorted([*ordered, text], key=str.encode).index(text) == -1 - place


@compiling
@given(texts, texts)
def test_texts_are_ordered_by_code_points_in_whichever_part_they_stand(first: list[str], second: list[str]) -> None:
    names = Names.of(first)
    assert list(names.add(second)) == list(range(len(first), len(first) + len(second)))
    assert list(names) == first + second
    for one, left in enumerate(names):
        for other, right in enumerate(names):
            difference = before(names.texts, one, other)
            assert (difference < 0, difference > 0) == (left < right, left > right)


@compiling
@given(texts, texts)
def test_taken_texts_are_a_first_part(first: list[str], second: list[str]) -> None:
    names = Names.of(first)
    names.add(second)
    numbers = np.arange(len(names), dtype=np.int64)[::-1]
    taken = names.taken(numbers.copy())
    assert list(taken) == (first + second)[::-1]
    content, starts = taken.arrays()
    assert list(Names(content, starts)) == list(taken)


def test_texts_are_found_by_an_order_where_they_are_not_sorted() -> None:
    names = Names.of(["b", "c", "a"])
    assert names.found(["a", "b", "c", "bb"], np.array([2, 0, 1], np.int32)).tolist() == [0, 1, 2, -3]


def test_many_texts_are_added() -> None:
    names = Names.of([])
    for start in range(0, 20_000, 500):
        names.add([f"text {number}" for number in range(start, start + 500)])
    assert [names[0], names[9_999], names[19_999], len(names)] == ["text 0", "text 9999", "text 19999", 20_000]
