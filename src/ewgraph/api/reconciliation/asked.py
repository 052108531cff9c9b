"""What a request asks to be reconciled or extended, read from its JSON and held against the limits."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ewgraph.api.reconciliation.properties import PROPERTIES, Property, type_of
from ewgraph.errors import InputError
from ewgraph.model.rdf import IRI

BATCH: Final = 50
"""So many queries come in one request."""
LONGEST: Final = 200
"""So many characters has a name or value."""
CANDIDATES: Final = 50
"""So many candidates are told of one query."""
EXTENDED: Final = 200
"""So many things are extended in one request."""

_MOST_COLUMNS: Final = 30
_MOST_PROPERTIES: Final = 10
_MOST_VALUES: Final = 5
_MOST_CODES: Final = 5
"""Each identifier is searched for by itself: so many may one query give."""
_DEFAULT: Final = 10
_STRICT: Final = ("any", "should", "all")


@dataclass(frozen=True, slots=True)
class Given:
    """What a query says of a property: one of these values, each a text or the IRI of a thing."""

    property: Property
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One query.

    Attributes:
        text: the name; empty where only properties are given.
        types: what it may be.
        strict: `any` of the types, `all` of them, or what `should` be of them.
        limit: how many candidates.
        given: what is said of properties; of those that are not known, nothing.
    """

    text: str
    types: tuple[IRI, ...]
    strict: str
    limit: int
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """Which properties of which things are wanted; a property that is not known has no values."""

    things: tuple[str, ...]
    properties: tuple[str, ...]


def queries_of(text: str) -> dict[str, Query]:
    """The queries of a batch, by their names.

    Raises:
        InputError: it is no batch of queries, or too large a one; the message says where.
    """
    batch = _object(_parsed(text, "queries"), "queries")
    if len(batch) > BATCH:
        raise InputError(f"a batch has at most {BATCH} queries, as `batchSize` says, not {len(batch)}")
    return {name: _query(_object(one, f"query {name!r}"), f"query {name!r}") for name, one in batch.items()}


def extension_of(text: str) -> Extension:
    """The extension that is wanted.

    Raises:
        InputError: it is none, or too large a one.
    """
    wanted = _object(_parsed(text, "extend"), "extend")
    things = _list(wanted.get("ids"), "`ids`", EXTENDED)
    properties = _list(wanted.get("properties"), "`properties`", _MOST_COLUMNS)
    return Extension(
        tuple(_text(one, "an id", 2_000) for one in things),
        tuple(_text(_object(one, "a property").get("id"), "the id of a property", LONGEST) for one in properties),
    )


def _query(one: Mapping[str, Any], where: str) -> Query:
    strict = one.get("type_strict", "any")
    if strict not in _STRICT:
        raise InputError(f"{where}: `type_strict` is one of {', '.join(_STRICT)}, not {strict!r}")
    text = _text(one.get("query", ""), f"{where}: `query`", LONGEST).strip()
    listed = _list(one.get("properties", []), f"{where}: `properties`", _MOST_PROPERTIES)
    given = [_given(some, where) for some in listed]
    if not text and not given:
        raise InputError(f"{where} has neither a `query` nor `properties`: give one of them")
    codes = sum(len(one.values) for one in given if one and one.property.decides)
    if codes > _MOST_CODES:
        raise InputError(f"{where} gives at most {_MOST_CODES} identifiers, not {codes}")
    types, limit = _types(one.get("type", []), where), _limit(one.get("limit"), where)
    return Query(text, types, strict, limit, tuple(filter(None, given)))


def _types(written: Any, where: str) -> tuple[IRI, ...]:
    names = [written] if isinstance(written, str | dict) else _list(written, f"{where}: `type`", _MOST_VALUES)
    found = []
    for one in names:
        name = _text(one.get("id") if isinstance(one, dict) else one, f"{where}: a type", LONGEST)
        kind = type_of(name)
        if name and kind is None:
            raise InputError(f"{where}: there is no type {name!r}. `suggest` for types tells which there are")
        found.append(kind)
    return tuple(kind for kind in found if kind)


def _limit(written: Any, where: str) -> int:
    if written is None:
        return _DEFAULT
    whole = isinstance(written, int) or (isinstance(written, float) and written.is_integer())
    if isinstance(written, bool) or not whole or written < 1:
        raise InputError(f"{where}: `limit` is a whole number from 1, not {written!r}")
    return min(int(written), CANDIDATES)


def _given(written: Any, where: str) -> Given | None:
    one = _object(written, f"{where}: a property")
    name = _text(one.get("pid"), f"{where}: `pid`", LONGEST)
    if "v" not in one:
        raise InputError(f"{where}: the property {name!r} has no value: give it as `v`")
    values = one["v"] if isinstance(one["v"], list) else [one["v"]]
    if len(values) > _MOST_VALUES:
        raise InputError(f"{where}: the property {name!r} has at most {_MOST_VALUES} values, not {len(values)}")
    texts = tuple(filter(None, (_value(value, f"{where}: the property {name!r}") for value in values)))
    return Given(PROPERTIES[name], texts) if name in PROPERTIES and texts else None


def _value(value: Any, where: str) -> str:
    if isinstance(value, dict):
        return _text(value.get("id"), where, 2_000)
    if isinstance(value, str):
        return _text(value, where, 2_000).strip()[:LONGEST]
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    raise InputError(f"{where} has a value that is no text, number or thing with an `id`")


def _parsed(text: str, what: str) -> Any:
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        raise InputError(f"`{what}` is no JSON: {error}") from error
    return found


def _object(value: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InputError(f"{what} is an object in JSON, not {type(value).__name__}")
    return value


def _list(value: Any, what: str, most: int) -> Sequence[Any]:
    if not isinstance(value, list):
        raise InputError(f"{what} is a list in JSON, not {type(value).__name__}")
    if len(value) > most:
        raise InputError(f"{what} has at most {most} items, not {len(value)}")
    return value


def _text(value: Any, what: str, most: int) -> str:
    if not isinstance(value, str):
        raise InputError(f"{what} is a text, not {type(value).__name__}")
    if len(value) > most:
        raise InputError(f"{what} has at most {most} characters, not {len(value)}")
    return value
