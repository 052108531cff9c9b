"""Parts of an answer are what the whole is, whatever is recorded between one part and the next."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ewgraph.catalogue import Catalogue
from ewgraph.errors import InputError
from ewgraph.model.rdf import IRI, Literal, Term, date_literal
from ewgraph.trace import Answer
from ewgraph.web.ask import bound
from ewgraph.web.keyset import MOST, Part, Window, in_order, part_of, window_of
from ewgraph.web.table import Table
from tests.competency.asking import Case, World, cases

CASES = [case for case in cases() if case.kind == "answer"]


@pytest.fixture(scope="module")
def worlds(catalogue: Catalogue) -> Iterator[Callable[[Path], World]]:
    made: dict[Path, World] = {}

    def world(path: Path) -> World:
        if path not in made:
            made[path] = World(path, catalogue)
        return made[path]

    yield world
    for each in made.values():
        each.close()


def parts(catalogue: Catalogue, case: Case, table: Table, found: Answer[object], size: int) -> Iterator[Part]:
    after: str | None = None
    while True:
        part = part_of(catalogue[case.query], table, found, Window(size, after))
        yield part
        if part.next is None:
            return
        after = part.next


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
@pytest.mark.parametrize("size", [1, 2])
def test_the_parts_of_every_question_are_the_whole_in_its_order(
    worlds: Callable[[Path], World], catalogue: Catalogue, case: Case, size: int
) -> None:
    table, found = worlds(case.world).answer(case)
    told = list(parts(catalogue, case, table, found, size))
    assert [row for part in told for row in part.table.rows] == list(table.rows)
    assert [item for part in told for item in part.items] == list(found.items)
    assert [part.start for part in told] == list(range(0, max(len(table), 1), size))


TERMS = st.one_of(
    st.none(),
    st.sampled_from("abc").map(lambda name: IRI(f"https://data.example.org/{name}")),
    st.integers(-3, 30).map(Literal),
    st.sampled_from(["", "a", "b", 'x"\n\t\\', "=1"]).map(Literal),
    st.sampled_from(["en", "nb"]).map(lambda language: Literal("a", language=language)),
    st.booleans().map(Literal),
    st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 9)).map(date_literal),
)
ROWS = st.lists(st.tuples(*[TERMS] * 7), max_size=12, unique_by=str)


@settings(max_examples=200, deadline=None)
@given(
    order=st.sampled_from(["contract, contractor, record", "contract desc, contractor, record desc"]),
    before=ROWS,
    more=ROWS,
    gone=st.sets(st.integers(0, 11)),
    size=st.integers(1, 4),
)
def test_what_comes_and_goes_between_two_parts_is_neither_missed_nor_told_twice(
    catalogue: Catalogue,
    *,
    order: str,
    before: list[tuple[Term | None, ...]],
    more: list[tuple[Term | None, ...]],
    gone: set[int],
    size: int,
) -> None:
    query = replace(catalogue["contracts-of-buyer"], order=order)
    names = tuple(column.name for column in query.columns)

    def part(rows: Sequence[tuple[Term | None, ...]], after: str | None) -> Part:
        table = in_order(query, Table(names, rows))
        return part_of(query, table, Answer(table.rows, 0, len(table), None, None), Window(size, after))  # type: ignore[arg-type]

    first = part(before, None)
    if first.next is None:
        return
    later = [row for place, row in enumerate(before) if place not in gone] + [row for row in more if row not in before]
    rest: list[tuple[Term | None, ...]] = []
    after: str | None = first.next
    while after is not None:
        here = part(later, after)
        rest += here.table.rows
        after = here.next
    everything = in_order(
        query, Table(names, [*first.table.rows, *(row for row in later if row not in first.table.rows)])
    )
    beyond = list(everything.rows)[list(everything.rows).index(first.table.rows[-1]) + 1 :]
    assert rest == beyond


def forged(catalogue: Catalogue, case: Case, table: Table) -> Iterator[str]:
    query = catalogue[case.query]
    yield from ("x", "W10", "bnVsbA", "eyJhIjoxfQ", "é", "A" * 40_000, "!!!", " ")
    wrong: list[object] = [
        *([], [query.id], ["another", *[None] * len(table.columns)], [query.id, *[1.5] * len(table.columns)]),
        [query.id, *["<urn:a> . <urn:b> <urn:c> <urn:d>"] * len(table.columns)],
        [query.id, *["\ud800"] * len(table.columns)],
        [query.id, *[{}] * len(table.columns)],
        [query.id, *[True] * 4],
        [query.id, *["_:b"] * len(table.columns)],
        [query.id, *["<<( <urn:a> <urn:b> <urn:c> )>>"] * len(table.columns)],
        {"id": query.id},
    ]
    for parts in wrong:
        yield base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case.folder.name)
def test_a_forged_cursor_is_refused_and_tells_nothing(
    worlds: Callable[[Path], World], catalogue: Catalogue, case: Case
) -> None:
    table, found = worlds(case.world).answer(case)
    messages = set()
    for text in forged(catalogue, case, table):
        with pytest.raises(InputError) as refusal:
            part_of(catalogue[case.query], table, found, Window(1, text))
        messages.add(str(refusal.value))
    assert len(messages) == 1


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", str(MOST + 1), "9" * 30, "²"])
def test_a_limit_is_a_number_within_its_range(text: str) -> None:
    with pytest.raises(InputError, match="from 1 to"):
        window_of(text, None)
    assert window_of(str(MOST), "") == Window(MOST, None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.folder.name)
def test_the_order_that_a_question_declares_is_the_order_of_its_query(
    worlds: Callable[[Path], World], catalogue: Catalogue, case: Case
) -> None:
    query = catalogue[case.query]
    if query.closed_by:
        return
    table, _ = worlds(case.world).answer(case)
    assert list(in_order(query, replace(table, rows=list(reversed(table.rows)))).rows) == list(table.rows)
    view = worlds(case.world).view(case.principal, case.now.date().isoformat(), case.now.isoformat())
    solutions = view.select(query, bound(view, query, case.parameters))
    declared = [name for name, _ in query.sorting]
    sorted_by = [solutions.variables.index(name) for name in declared]
    places = [table.columns.index(name) for name in declared]
    assert [[row[at] for at in sorted_by] for row in solutions.rows] == [
        [row[at] for at in places] for row in table.rows
    ]


def test_rows_that_are_alike_stay_in_one_part(catalogue: Catalogue) -> None:
    query = catalogue["contracts-of-buyer"]
    rows = [(Literal(1),) * 7, (Literal(1),) * 7, (Literal(2),) * 7]
    table = Table(tuple(column.name for column in query.columns), rows)
    found: Answer[object] = Answer(rows, 0, 3, None, None)  # type: ignore[arg-type]  # neither matters here
    first = part_of(query, table, found, Window(1))
    assert len(first.table) == 2
    assert part_of(query, table, found, Window(1, first.next)).table.rows == rows[2:]
