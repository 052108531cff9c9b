"""Is the text of a literal one of its datatype? Decided here, strictly, before any library turns the text into a value.

rdflib accepts a week date as an xsd:date and "NaN" as an xsd:decimal, knows no xsd:gYear, and logs the values that it
refuses. Years lie between 1 and 9999 and numbers have at most 64 digits: no record needs others, and not every reader
holds them.

Source: XML Schema 1.1 part 2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no document in XML can hold (XML 1.0, 2.2): control characters and what is no character."""

_ZONE: Final = r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_TIME: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,12})?"
_DAY: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_YEARS: Final = r"([0-9]{1,9}Y)?([0-9]{1,9}M)?"
_TIMES: Final = r"(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,9}(\.[0-9]{1,12})?S)?)?"


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


def _calendar(pattern: str) -> Callable[[str], bool]:
    """A test that the text fits the pattern, and that its first group is a day of the calendar."""
    compiled = re.compile(pattern, re.ASCII)

    @lru_cache(maxsize=4096)  # a file says the same day in row after row
    def fits(text: str) -> bool:
        match = compiled.fullmatch(text)
        if match is None:
            return False
        try:
            dt.date.fromisoformat(match[1])
        except ValueError:
            return False
        return True

    return fits


def _whole(low: int | None, high: int | None) -> Callable[[str], bool]:
    """A test that the text is a whole number from `low` to `high`; None where there is no bound."""
    number = re.compile(r"[+-]?[0-9]{1,64}", re.ASCII)

    def fits(text: str) -> bool:
        return (
            number.fullmatch(text) is not None
            and (low is None or int(text) >= low)
            and (high is None or int(text) <= high)
        )

    return fits


_BOUNDS: Final[Mapping[str, tuple[int | None, int | None]]] = MappingProxyType(
    {
        "long": (-(2**63), 2**63 - 1),
        "int": (-(2**31), 2**31 - 1),
        "short": (-(2**15), 2**15 - 1),
        "byte": (-(2**7), 2**7 - 1),
        "unsignedLong": (0, 2**64 - 1),
        "unsignedInt": (0, 2**32 - 1),
        "unsignedShort": (0, 2**16 - 1),
        "unsignedByte": (0, 2**8 - 1),
        "nonPositiveInteger": (None, 0),
        "negativeInteger": (None, -1),
    }
)
INTEGERS: Final = frozenset(XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", *_BOUNDS))
"""The datatypes whose values are whole numbers."""

_FLOATS: Final = (
    _matches(r"[+-]?(?=\.?[0-9])[0-9]{0,64}(\.[0-9]{0,64})?([Ee][+-]?[0-9]{1,3})?|[+-]?INF|NaN"),
    "a number such as 1.5E3",
)
_TESTS: Final[Mapping[str, tuple[Callable[[str], bool], str]]] = MappingProxyType(
    {
        f"{XSD}date": (_calendar(_DAY + _ZONE), "a day such as 2024-01-31"),
        f"{XSD}dateTime": (_calendar(_DAY + "T" + _TIME + _ZONE), "a date and time such as 2024-05-02T10:00:00Z"),
        f"{XSD}time": (_matches(_TIME + _ZONE), "a time such as 10:00:00Z"),
        f"{XSD}gYear": (_matches(r"(?!0000)[0-9]{4}" + _ZONE), "a year such as 2024"),
        f"{XSD}gYearMonth": (_matches(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])" + _ZONE), "a month such as 2024-05"),
        f"{XSD}duration": (_matches(rf"-?P(?=[0-9T]){_YEARS}([0-9]{{1,9}}D)?{_TIMES}"), "a duration such as P90D"),
        f"{XSD}dayTimeDuration": (_matches(rf"-?P(?=[0-9T])([0-9]{{1,9}}D)?{_TIMES}"), "a duration such as P90D"),
        f"{XSD}yearMonthDuration": (_matches(rf"-?P(?=[0-9]){_YEARS}"), "a duration such as P3M"),
        f"{XSD}integer": (_matches(r"[+-]?[0-9]{1,64}"), "a whole number such as 12"),
        f"{XSD}nonNegativeInteger": (_matches(r"\+?[0-9]{1,64}|-0{1,64}"), "a whole number such as 12"),
        f"{XSD}positiveInteger": (_matches(r"\+?0{0,31}[1-9][0-9]{0,32}"), "a whole number such as 12"),
        f"{XSD}decimal": (_matches(r"[+-]?(?=\.?[0-9])[0-9]{0,64}(\.[0-9]{0,64})?"), "a number such as 12.50"),
        f"{XSD}double": _FLOATS,
        f"{XSD}float": _FLOATS,
        **{
            XSD + name: (_whole(*bounds), f"a whole number that an xsd:{name} holds")
            for name, bounds in _BOUNDS.items()
        },
        f"{XSD}boolean": (_matches(r"true|false|1|0"), "true or false"),
        f"{XSD}anyURI": (_matches(r"[^\s<>\"{}|\\^`]+"), "an address such as https://example.org/list.pdf"),
    }
)


_WRITABLE: Final = "a text that can be written in XML, without control characters"


def is_tested(datatype: str) -> bool:
    """Whether anything is known of the datatype's texts.

    >>> is_tested(XSD + "date"), is_tested(XSD + "string")
    (True, False)
    """
    return datatype in _TESTS


def expectation(text: str, datatype: str) -> str | None:
    """What the datatype expects, where the text is none of it; None where it is well formed or the datatype is unknown.

    >>> expectation("2024-13-45", XSD + "date")
    'a day such as 2024-01-31'
    """
    test = _TESTS.get(datatype)
    return None if test is None or test[0](text) else test[1]


def unwritable(text: str) -> str | None:
    r"""What any text has to be, where it is none: one that breaks a file of data breaks it for everybody.

    >>> unwritable("Works\x0b"), unwritable("Works")
    ('a text that can be written in XML, without control characters', None)
    """
    return _WRITABLE if NO_XML.search(text) else None
