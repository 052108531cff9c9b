"""Scalars of the schema: days and instants are read as strictly as they are written, and no other way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)

Representation = NewType("Representation", object)
"""What another subgraph knows of a thing: see `federation`."""


def _reader(name: str, pattern: re.Pattern[str], example: str, parse: Callable[[str], Any]) -> Callable[[object], Any]:
    def read(value: object) -> Any:
        try:
            if isinstance(value, str) and pattern.fullmatch(value):
                return parse(value)
        except ValueError:
            pass
        raise GraphQLError(f"{value!r} is no {name}. Write it as {example}.")

    return read


def _as_it_is(value: Any) -> Any:
    return value


SCALARS: Final[dict[object, ScalarDefinition]] = {
    dt.date: strawberry.scalar(
        name="Date",
        description="A day, as ISO 8601 writes it: `2024-02-01`.",
        serialize=dt.date.isoformat,
        parse_value=_reader("Date", _DAY, "2024-02-01", dt.date.fromisoformat),
    ),
    dt.datetime: strawberry.scalar(
        name="DateTime",
        description="An instant, as RFC 3339 writes it: `2024-02-01T12:00:00Z`; without a zone it is in UTC.",
        serialize=dt.datetime.isoformat,
        parse_value=_reader("DateTime", _INSTANT, "2024-02-01T12:00:00Z", dt.datetime.fromisoformat),
    ),
    Representation: strawberry.scalar(
        name="_Any",
        description="What another subgraph knows of a thing: its type as `__typename`, and its `id`.",
        serialize=_as_it_is,
        parse_value=_as_it_is,
    ),
}
"""The scalars by the Python type that they stand for."""
