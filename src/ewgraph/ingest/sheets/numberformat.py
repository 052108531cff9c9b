"""Number formats: which numbers are dates, times or codes with leading zeros, and what each is as text.

A workbook keeps a date as a count of days and says only by the number format that it is one. Most programs write the
format with English letters (`yyyy-mm-dd`), some with those of their own language (`TT.MM.JJJJ`). Times are kept to the
second. The first day of the 1900 system is 1, and its day 60 is 29 February 1900, which never was: it stays so, and is
no date to anyone who checks it.
"""

from __future__ import annotations

import datetime as dt
import enum
import math
import re
from decimal import Decimal
from typing import Final, NamedTuple

from ewgraph.ingest.sheets.cell import Cell, Kind
from ewgraph.ingest.sheets.wording import tidy


class Shown(enum.Enum):
    """What a number format shows a number as."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    MOMENT = "date and time"
    DURATION = "duration"


class NumberFormat(NamedTuple):
    """What a number format does to a number.

    Attributes:
        zeros: how many digits a whole number is filled up to with zeros, as 00000 does.
    """

    shown: Shown = Shown.NUMBER
    zeros: int = 0


class Epoch(enum.Enum):
    """The day before day 1 of a workbook's calendar (1904: day 0), once past the day that never was."""

    SINCE_1900 = dt.date(1899, 12, 30)
    SINCE_1904 = dt.date(1904, 1, 1)


_BUILT_IN: Final = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59), *range(71, 75)), Shown.DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 75, 76, 78, 80), Shown.TIME),
    **dict.fromkeys((22, 77, 81), Shown.MOMENT),
    **dict.fromkeys((46, 79), Shown.DURATION),
}
"""ECMA-376 part 1, 18.8.30: formats that have a number and no text, those of East Asia and Thailand included."""

_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_BRACKETED: Final = re.compile(r"\[[^\]]*\]")
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]")
_FRACTION: Final = re.compile(r"(?<=s)[.,]0+")
_HALF_DAY: Final = re.compile("am/pm|a/p|t{1,2}(?=:)")
_PLACEHOLDER: Final = re.compile("[0#?@]")
_TOKEN: Final = re.compile(r"([^\W\d_])\1*")
_FOREIGN: Final = re.compile("[\u1100-\ud7ff\uf900-\uffff]+")
_CLOCK: Final = frozenset("hs\u0447\u0441")
_CALENDAR: Final = frozenset("dmyjt\u0434\u043c\u0433")
_CALENDAR_OF_SOME: Final = frozenset("aegbkprvåä")
_NEVER_A_WORD: Final = 4
_SERIAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DAY_THAT_NEVER_WAS: Final = 60
_DAY_S: Final = 86_400
_EXACT: Final = 2**53


def built_in(number: int) -> NumberFormat:
    """The number format that a workbook names by its number alone."""
    return NumberFormat(_BUILT_IN.get(number, Shown.NUMBER))


def number_format(code: str) -> NumberFormat:
    """What a format code does; of its sections, the first decides.

    >>> number_format("[$-407]TT. MMM JJJJ").shown, number_format("00000").zeros
    (<Shown.DATE: 'date'>, 5)
    """
    plain = _LITERAL.sub(" ", code)
    section = plain.partition(";")[0].lower()
    bare = _BRACKETED.sub("", code).partition(";")[0]
    if len(bare) > 1 and not bare.strip("0"):
        return NumberFormat(zeros=len(bare))
    if _ELAPSED.search(section):
        return NumberFormat(Shown.DURATION)
    section = _FOREIGN.sub(" ", _HALF_DAY.sub("h", _FRACTION.sub("", section)))
    if _PLACEHOLDER.search(section):
        return NumberFormat()
    return NumberFormat(_shown([match[0] for match in _TOKEN.finditer(section)]))


def _shown(tokens: list[str]) -> Shown:
    letters = {token[0] for token in tokens}
    if letters - _CLOCK - _CALENDAR - _CALENDAR_OF_SOME:
        return Shown.NUMBER
    if letters & _CLOCK:
        return Shown.MOMENT if letters - _CLOCK - {"m", "\u043c"} else Shown.TIME
    proven = letters & _CALENDAR or any(len(token) >= _NEVER_A_WORD for token in tokens)
    return Shown.DATE if proven else Shown.NUMBER


def number_cell(value: str, shape: NumberFormat, epoch: Epoch) -> Cell:
    """The cell of a stored number; one whose date is before day 1 or after the year 9999 stays a number.

    Args:
        value: as the workbook stores it; what is no number stays text.
        shape: the number format of its style.
        epoch: of the workbook.
    """
    text = value.strip()
    if not _SERIAL.fullmatch(text) or math.isinf(number := float(text)):
        return Cell(tidy(text))
    if shape.shown is Shown.NUMBER:
        return Cell(_plain(text, number, shape.zeros), Kind.NUMBER)
    day, second = divmod(round(number * _DAY_S), _DAY_S)
    clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    if shape.shown is Shown.DURATION and number >= 0:
        return Cell(f"{day * 24 + second // 3600}{clock[2:]}")
    if day == 0 and shape.shown is not Shown.DATE:
        return Cell(clock, Kind.DATE)
    date = _date(day, epoch)
    if not date:
        return Cell(_plain(text, number, 0), Kind.NUMBER)
    return Cell(date if shape.shown is Shown.DATE or second == 0 else f"{date}T{clock}", Kind.DATE)


def _plain(text: str, number: float, zeros: int) -> str:
    """The number in digits, without the noise that binary fractions leave past the 15th digit, and without exponent."""
    if text.isdigit():
        digits = text.lstrip("0") or "0"
    elif number.is_integer() and abs(number) < _EXACT:
        digits = str(int(number))
    else:
        digits = format(Decimal(f"{number:.15g}"), "f")
    if not zeros or "." in digits:
        return digits
    return "-" + digits[1:].zfill(zeros) if digits.startswith("-") else digits.zfill(zeros)


def _date(day: int, epoch: Epoch) -> str:
    """The date of a day of the calendar; empty for one that it does not have."""
    if epoch is Epoch.SINCE_1900:
        if day == _DAY_THAT_NEVER_WAS:
            return "1900-02-29"
        if day < _DAY_THAT_NEVER_WAS:
            day = day + 1 if day > 0 else -1
    ordinal = epoch.value.toordinal() + day
    return dt.date.fromordinal(ordinal).isoformat() if day >= 0 and ordinal <= dt.date.max.toordinal() else ""
