"""Dates in their disguises: ISO, day or month first, month names of four languages, Chinese and Excel's day numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

from ewgraph.ingest.mapping.words import folded

Order: TypeAlias = Literal["", "day", "month"]
"""Which number of a date such as 2/5/2024 comes first; empty where that is not known."""

_MONTHS: Final = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar marz april mai juni juli august september oktober november dezember",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_SHORT: Final = {"sept": 9, "mrz": 3, "maerz": 3, "setiembre": 9, "ene": 1, "janner": 1}
_MONTH: Final = {
    short: number
    for names in _MONTHS.values()
    for number, name in enumerate(names.split(), start=1)
    for short in (name, name[:3])
} | _SHORT

_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?\.?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_SHORT_YEAR: Final = re.compile(r"(\d{1,2})([-/.])(\d{1,2})[-/.](\d{2})")
_DAY_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? (?:of |de )?([a-z]+) (?:de |del )?(\d{4})")
_MONTH_NAMED: Final = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
_PART: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?")
_MONTH_YEAR: Final = re.compile(r"(?:([a-z]+)|(\d{1,2})) (?:de |del )?(\d{4})")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000
_EPOCH: Final = dt.date(1899, 12, 30)
_LATE_DAYS: Final = frozenset({"29", "30", "31"})


class DateRead(NamedTuple):
    """What a text says as a date.

    Attributes:
        text: the date, month or year in ISO form; an impossible one with its numbers in their places; else empty.
        ambiguous: whether day and month may be the other way round; `text` is then empty.
        other: of an ambiguous one, both readings.
    """

    text: str
    ambiguous: bool = False
    other: str = ""


def order_of(texts: Iterable[str]) -> Order:
    """Which of day and month comes first in a column, as those of its values tell that can be read in one way only.

    >>> order_of(["2/5/2024", "2/25/2024"])
    'month'
    """
    day = month = False
    for text in texts:
        if found := _YEAR_LAST.fullmatch(text) or _SHORT_YEAR.fullmatch(text):
            day |= int(found[1]) > 12 >= int(found[3])
            month |= int(found[3]) > 12 >= int(found[1])
    if day == month:
        return ""
    return "day" if day else "month"


def date_of(text: str, order: Order = "") -> DateRead:
    """What a text says as a date.

    With dots the day comes first everywhere; otherwise `order` decides.

    >>> date_of("2. Mai 2024").text, date_of("May 2, 2024").text, date_of("2/5/2024", "month").text
    ('2024-05-02', '2024-05-02', '2024-02-05')
    >>> date_of("2/5/2024").other
    '2024-05-02, 2024-02-05'
    """
    if found := _ISO.fullmatch(text):
        return DateRead(_iso(found[1], found[2], found[3]))
    if found := _YEAR_FIRST.fullmatch(text):
        return DateRead(_iso(*found.groups()))
    if found := _YEAR_LAST.fullmatch(text):
        return _ordered(found, order)
    words = folded(text)
    if (found := _DAY_NAMED.fullmatch(words)) and found[2] in _MONTH:
        return DateRead(_iso(found[3], _MONTH[found[2]], found[1]))
    if (found := _MONTH_NAMED.fullmatch(words)) and found[1] in _MONTH:
        return DateRead(_iso(found[3], _MONTH[found[1]], found[2]))
    return DateRead("")


def serial_date(text: str) -> str:
    """The date that a number of days since the end of 1899 stands for, as spreadsheets keep dates; else empty.

    >>> serial_date("45414")
    '2024-05-02'
    """
    whole = text.partition(".")[0]
    if whole.isdigit() and _FIRST_SERIAL <= int(whole[:9]) <= _LAST_SERIAL:
        return (_EPOCH + dt.timedelta(days=int(whole))).isoformat()
    return ""


def part_of_date(text: str) -> str:
    """The year or the month that a text says, in ISO form; else empty.

    >>> part_of_date("Mai 2024"), part_of_date("2024")
    ('2024-05', '2024')
    """
    if found := _PART.fullmatch(text):
        year, month = found.groups()
    elif found := _MONTH_YEAR.fullmatch(folded(text)):
        year, month = found[3], str(_MONTH.get(found[1], "")) if found[1] else found[2]
        if not month:
            return ""
    else:
        return ""
    if month is None:
        return year
    return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else ""


def ends_of(part: str) -> tuple[str, str]:
    """The first and the last day of a year or a month.

    >>> ends_of("2024-02"), ends_of("2024")
    (('2024-02-01', '2024-02-29'), ('2024-01-01', '2024-12-31'))
    """
    year, _, month = part.partition("-")
    first = dt.date(max(int(year), 1), int(month or 1), 1)
    ahead = dt.date(first.year, 12, 31) if not month or first.month == 12 else first.replace(month=first.month + 1)
    last = ahead if ahead.day == 31 and ahead.month == 12 else ahead - dt.timedelta(days=1)
    return first.isoformat(), last.isoformat()


def full_year_guess(text: str) -> str:
    """A date with the century filled in, where a text has a year of two digits: a suggestion, never a reading."""
    found = _SHORT_YEAR.fullmatch(text)
    return f"{found[1]}{found[2]}{found[3]}{found[2]}20{found[4]}" if found else ""


def nearest_day(text: str) -> str:
    """The last day of the month where an ISO date names a later one up to the 31st; else empty.

    >>> nearest_day("2023-02-29"), nearest_day("2023-02-41")
    ('2023-02-28', '')
    """
    month, _, day = text.rpartition("-")
    part = part_of_date(month) if day in _LATE_DAYS else ""
    return ends_of(part)[1] if part else ""


def is_day(text: str) -> bool:
    """Whether an ISO date is a day of the calendar."""
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _iso(year: str, month: str | int, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _ordered(found: re.Match[str], order: Order) -> DateRead:
    first, separator, second, year = found.groups()
    day_first, month_first = _iso(year, second, first), _iso(year, first, second)
    if day_first == month_first or int(first) > 12:
        return DateRead(day_first)
    if int(second) > 12:
        return DateRead(month_first)
    if order == "month":
        return DateRead(month_first)
    if order == "day" or separator == ".":
        return DateRead(day_first)
    return DateRead("", ambiguous=True, other=f"{day_first}, {month_first}")
