"""An answer in parts tells what the whole one tells, and what the library's own incremental execution tells."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import strawberry
from graphql import ExecutionResult, GraphQLError, experimental_execute_incrementally, parse
from hypothesis import assume, given
from hypothesis import strategies as st

from ewgraph.api.graphql import schema
from ewgraph.api.graphql.answering import Answering
from ewgraph.api.graphql.execution import Begun
from ewgraph.api.graphql.preparing import Asked
from ewgraph.api.graphql.schema import told
from tests.api.graphql.execution.drawn import Drawn, documents
from tests.api.graphql.execution.merging import Merged, merged, parts_of, whole_of
from tests.api.graphql.execution.odd_schema import odd_schema
from tests.api.graphql.execution.test_equality import (
    EVERYTHING,
    FEW,
    ODD,
    OURS,
    READERS,
    SCALARS,
    context,
    house,
)
from tests.conftest import House

__all__ = ["house"]


def in_parts(house: House, answering: Answering, drawn: Drawn, reader: str) -> Merged:
    """The answer in parts."""
    asked = Asked(drawn.text, dict(drawn.variables), None, in_parts=True)
    view = house.view(reader)
    return merged(parts_of(answering.answer(asked, EVERYTHING, lambda: context(house, view))))


def by_the_library(house: House, which: strawberry.Schema, drawn: Drawn, reader: str) -> Merged:
    """The answer that the library gives in parts, with errors told as ours are."""

    async def parts() -> list[Mapping[str, Any]]:
        result = experimental_execute_incrementally(
            which._schema,
            parse(drawn.text),
            variable_values=dict(drawn.variables),
            context_value=context(house, house.view(reader)),
            is_awaitable=lambda _: False,  # type: ignore[arg-type]  # nothing here is
        )
        if isinstance(result, ExecutionResult):
            return [whole_of(result)]
        first = result.initial_result  # type: ignore[union-attr]
        found = [{**whole_of(first), "pending": [one.formatted for one in first.pending], "hasNext": True}]
        async for part in result.subsequent_results:  # type: ignore[union-attr]
            one = dict(part.formatted)
            for name, several in (("incremental", part.incremental), ("completed", part.completed)):
                if several:
                    one[name] = [{**some.formatted, "errors": _told(some.errors)} for some in several]
            found.append(one)
        return found

    return merged(asyncio.run(parts()))


def _told(errors: Iterable[GraphQLError] | None) -> list[Mapping[str, Any]]:
    return [told(error) for error in errors or ()]


def whole(house: House, answering: Answering, drawn: Drawn, reader: str) -> Merged:
    """The answer to who does not take parts."""
    view = house.view(reader)
    asked = Asked(drawn.text, dict(drawn.variables), None)
    result = answering.answer(asked, EVERYTHING, lambda: context(house, view))
    assert not isinstance(result, Begun)
    return merged([whole_of(result)])


def _stays(error: Mapping[str, Any], data: Any) -> bool:
    """Whether it stands where it happened; of several that take the same place above, the first met is told."""
    for step in error["path"]:
        if data is None:
            return False
        data = data[step]
    return data is None


def check(house: House, which: strawberry.Schema, answering: Answering, drawn: Drawn, reader: str = "staff") -> Merged:
    """Hold the parts against the whole answer, and against the library's parts."""
    one, parted = whole(house, answering, drawn, reader), in_parts(house, answering, drawn, reader)
    if one.data is None and not any("path" in json.loads(error) for error in one.errors):  # it was not run
        assert parted == one
        return parted
    if not parted.failed:
        assert parted.data == one.data, drawn
        if all(_stays(json.loads(error), one.data) for error in one.errors):
            assert parted.errors == one.errors, drawn
    theirs = by_the_library(house, which, drawn, reader)
    assert (parted.data, parted.errors, parted.failed) == (theirs.data, theirs.errors, theirs.failed), drawn
    return parted


@FEW
@given(drawn=documents(schema._schema, SCALARS, defers=True), reader=st.sampled_from(READERS))
def test_the_parts_of_any_document_tell_what_the_whole_tells(house: House, drawn: Drawn, reader: str) -> None:
    check(house, schema, OURS, drawn, reader)


@FEW
@given(drawn=documents(odd_schema._schema, SCALARS, defers=True))
def test_what_goes_wrong_in_a_part_goes_wrong_as_with_the_library(house: House, drawn: Drawn) -> None:
    check(house, odd_schema, ODD, drawn)


@FEW
@given(drawn=documents(odd_schema._schema, SCALARS, defers=True))
def test_who_takes_no_parts_gets_the_bytes_of_the_document_without_the_directive(house: House, drawn: Drawn) -> None:
    view = house.view("staff")
    assume("@defer(if: $" not in drawn.text)  # without it, the variable were one that nothing uses
    plain = re.sub(r" @defer(\([^)]*\))?", "", drawn.text)
    ways = [Asked(text, dict(drawn.variables), None) for text in (drawn.text, plain)]
    ours, theirs = (ODD.answer(one, EVERYTHING, lambda: context(house, view)) for one in ways)
    assume(not any("limit" in (error.extensions or ()) for error in ours.errors or ()))  # the directive counts
    assert orjson.dumps(ours.data) == orjson.dumps(theirs.data)
    if ours.data is not None:
        assert [(one.message, one.path) for one in ours.errors or ()] == [
            (one.message, one.path) for one in theirs.errors or ()
        ]
