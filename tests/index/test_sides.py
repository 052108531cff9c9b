"""Rows stand where their node's rows are, sorted by group and edge, however they came in."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.index.layout import FREE, ROW
from ewgraph.index.sides import Side, insert, place_of, settle, side

NODES = 5
given_edges = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.integers(-2, 4), st.integers(1, 9)), max_size=40
)


def made(edges: list[tuple[int, int, int, int]]) -> Side:
    columns = [np.array([edge[column] for edge in edges], np.int32) for column in range(4)]
    rows = np.zeros(len(edges), ROW)
    rows["audience"] = columns[3]
    return side(np.arange(len(edges), dtype=np.int32), columns[0], columns[1], columns[2], rows, NODES)


def content(built: Side) -> list[list[tuple[int, int, int, int]]]:
    return [
        [
            (int(built.groups[at]), int(built.edges[at]), int(built.rows[at]["other"]), int(built.rows[at]["audience"]))
            for at in range(built.spans[node]["start"], built.spans[node]["start"] + built.spans[node]["size"])
        ]
        for node in range(NODES)
    ]


@settings(deadline=None)
@given(given_edges, given_edges)
def test_rows_that_are_inserted_stand_where_building_at_once_puts_them(
    first: list[tuple[int, int, int, int]],
    later: list[tuple[int, int, int, int]],
) -> None:
    built, whole = made(first), made(first + later)
    for number, (node, other, group, audience) in enumerate(later, start=len(first)):
        row = np.zeros(1, ROW)
        row["audience"] = audience
        assert insert(built, node, other, number, group, row[0])
    assert content(built) == content(whole)
    assert [int(span["free"]) for span in built.spans] == [
        sum(row[0] == FREE for row in rows) for rows in content(built)
    ]
    assert content(whole) == [
        sorted((g, e, o, a) for e, (n, o, g, a) in enumerate(first + later) if n == node) for node in range(NODES)
    ]
    for number, (node, _, group, _) in enumerate(first + later):
        assert built.edges[place_of(built, node, group, number)] == number
        assert place_of(built, node, group, number + 1000) == -1


def test_there_is_an_end_to_the_space() -> None:
    built = made([(0, 1, -1, 1)])
    row = np.zeros(1, ROW)
    inserted = sum(insert(built, 0, 1, number, -1, row[0]) for number in range(1, 100_000))
    assert 1_000 < inserted < 99_999
    assert not insert(built, 0, 1, 200_000, -1, row[0])
    assert built.spans[0]["size"] == inserted + 1


def test_who_sees_an_edge_and_when_it_ends_can_change() -> None:
    built = made([(0, 1, -1, 1), (0, 2, 3, 1)])
    rows = np.zeros(2, ROW)
    rows["audience"], rows["ended"], rows["code"] = [7, 9], [40, 50], [1, 2]
    settle(built, np.array([0, 0]), np.array([3, 3]), np.array([1, 5]), rows)
    assert content(built)[0] == [(-1, 0, 1, 1), (3, 1, 2, 7)]
    assert [(int(row["ended"]), int(row["code"])) for row in built.rows[:2]] == [(0, 0), (40, 1)]
