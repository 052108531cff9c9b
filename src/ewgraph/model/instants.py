"""Instants as records give them: to any fraction of a second, in any time zone."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

_FINER: Final = re.compile(r"\.(\d{6})(\d+)")
_MICROSECOND: Final = dt.timedelta(microseconds=1)
_1970: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def instant(text: str) -> dt.datetime:
    """An xsd:dateTime with a time zone; of a fraction of a microsecond the next, so that nothing is known too early.

    >>> instant("2024-05-02T10:00:00.1234561Z").microsecond
    123457
    """
    finer = _FINER.search(text)
    whole = dt.datetime.fromisoformat(_FINER.sub(r".\1", text))
    return whole + _MICROSECOND * int(finer is not None and int(finer[2]) > 0)


def zoned(moment: dt.datetime) -> dt.datetime:
    """The instant; in UTC where it names no time zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def months_before(instant: dt.datetime, months: int) -> dt.datetime:
    """The instant so many months earlier; the last day of the month where that has no such day.

    Before the first year it is the beginning of that.

    >>> months_before(dt.datetime(2026, 8, 31), 18).date()
    datetime.date(2025, 2, 28)
    >>> months_before(dt.datetime(2, 6, 30), 18).date()
    datetime.date(1, 1, 1)
    """
    year, month = divmod(instant.year * 12 + instant.month - 1 - months, 12)
    if year < 1:
        return dt.datetime.min.replace(tzinfo=instant.tzinfo)
    day = min(instant.day, calendar.monthrange(year, month + 1)[1])
    return instant.replace(year=year, month=month + 1, day=day)


def microseconds(moment: dt.datetime) -> int:
    """An instant in microseconds from 1970.

    >>> microseconds(instant("1970-01-01T01:00:01+01:00"))
    1000000
    """
    return (moment - _1970) // _MICROSECOND


def moment(number: int) -> dt.datetime:
    """The instant of so many microseconds from 1970, in UTC."""
    return _1970 + _MICROSECOND * number
