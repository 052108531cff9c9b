"""The values of literals and their order, as SPARQL's `<` and `<=` have them.

Two values of different kinds have no order, and an ill-formed literal has no value: neither comparison holds. A moment
without a time zone may lie anywhere within fourteen hours of the same moment in UTC.

Source: SPARQL 1.1 Query, section 17.3 Operator Mapping; XML Schema 1.1 part 2, section 3.3.7.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from ewgraph.model.rdf import Literal
from ewgraph.validate.lexical import INTEGERS, XSD, expectation
from ewgraph.validate.record_graph import Value

_SECOND: Final = 10**12  # picoseconds: the fractions of a second that `lexical` allows, as whole numbers
_ZONE_RANGE: Final = 14 * 3600 * _SECOND


class Comparable(NamedTuple):
    """A value and its kind: only values of one kind have an order.

    Attributes:
        spread: how far the value may lie from `value` to either side: that of a moment without a time zone.
    """

    kind: str
    value: int | float | Decimal | str
    spread: int = 0


def _moment(text: str) -> Comparable:
    """A date or time on the line of picoseconds."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    days = dt.date(int(year or 1), int(month or 1), int(day or 1)).toordinal()
    seconds = ((days * 24 + int(hour or 0)) * 60 + int(minute or 0)) * 60 + int(second or 0)
    if zone and zone != "Z":
        offset = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
        seconds += offset if zone[0] == "-" else -offset
    at = seconds * _SECOND + int((fraction or "").ljust(12, "0"))
    return Comparable("moment", at, 0 if zone else _ZONE_RANGE)


_MOMENT: Final = re.compile(
    r"(?:([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?)?"
    r"T?(?:([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
_READERS: Final[Mapping[str, Callable[[str], Comparable]]] = MappingProxyType(
    {
        **dict.fromkeys(INTEGERS, lambda text: Comparable("number", int(text))),
        f"{XSD}decimal": lambda text: Comparable("number", Decimal(text)),
        f"{XSD}double": lambda text: Comparable("number", float(text)),
        f"{XSD}float": lambda text: Comparable("number", float(text)),
        f"{XSD}string": lambda text: Comparable("string", text),
        f"{XSD}boolean": lambda text: Comparable("boolean", int(text in {"true", "1"})),
        **{
            XSD + name: lambda text, name=name: _moment(text)._replace(kind=name)  # type: ignore[misc]
            for name in ("date", "dateTime", "time", "gYear", "gYearMonth")
        },
    }
)


@lru_cache(maxsize=4096)  # the same days come in row after row
def comparable(term: Value) -> Comparable | None:
    """The value of a literal; None for another term, an ill-formed literal and a datatype without an order.

    >>> comparable(Literal("12.50", datatype=XSD_DECIMAL)).value
    Decimal('12.50')
    """
    if not isinstance(term, Literal) or term.language is not None:
        return None
    datatype = term.datatype.value
    reader = _READERS.get(datatype)
    if reader is None or expectation(term.value, datatype) is not None:
        return None
    return reader(term.value)


def is_less(one: Comparable | None, other: Comparable | None) -> bool:
    """Whether SPARQL's `one < other` is true."""
    if one is None or other is None or one.kind != other.kind:
        return False
    if one.spread == other.spread:
        return one.value < other.value  # type: ignore[operator]  # values of one kind
    return one.value + one.spread < other.value - other.spread  # type: ignore[operator]


def is_at_most(one: Comparable | None, other: Comparable | None) -> bool:
    """Whether SPARQL's `one <= other` is true."""
    if one is None or other is None or one.kind != other.kind:
        return False
    if one.spread == other.spread:
        return one.value <= other.value  # type: ignore[operator]  # values of one kind
    return is_less(one, other)
