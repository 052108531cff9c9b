"""Terms as typed values: a day as a date, a count as a number, all else as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final, TypeAlias

from ewgraph.catalogue import Kind
from ewgraph.model.instants import instant, zoned
from ewgraph.model.rdf import Literal, Term

Value: TypeAlias = str | int | Decimal | bool | dt.date | dt.datetime | None

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}

_READERS: Final[Mapping[Kind, Callable[[str], Value]]] = MappingProxyType(
    {
        Kind.DATE: dt.date.fromisoformat,
        Kind.DATETIME: lambda text: zoned(instant(text)).astimezone(dt.UTC),
        Kind.INTEGER: int,
        Kind.DECIMAL: Decimal,
        Kind.BOOLEAN: lambda text: _TRUTH[text],
    },
)
_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        _XSD + "date": Kind.DATE,
        _XSD + "dateTime": Kind.DATETIME,
        _XSD + "boolean": Kind.BOOLEAN,
        **dict.fromkeys([_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger")], Kind.INTEGER),
        **dict.fromkeys([_XSD + name for name in ("decimal", "double", "float")], Kind.DECIMAL),
    },
)


def kind_of(term: Term) -> Kind:
    """What a term holds, by its datatype.

    >>> kind_of(Literal(3))
    <Kind.INTEGER: 'integer'>
    """
    if not isinstance(term, Literal):
        return Kind.IRI
    return _KINDS.get(term.datatype.value, Kind.STRING)


def typed(term: Term | None) -> Value:
    """The value of a term; its text where it has no other, or none that fits; None where there is no term.

    >>> typed(date_literal(dt.date(2024, 2, 1)))
    datetime.date(2024, 2, 1)
    >>> typed(Literal("soon"))
    'soon'
    """
    if term is None:
        return None
    read = _READERS.get(kind_of(term))
    try:
        return read(term.value) if read else term.value
    except (ValueError, KeyError, InvalidOperation, OverflowError):
        return term.value
