"""Numbers as people write them: separators of either custom, blanks between thousands, per cent, typographic minus."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal, TypeAlias

Point: TypeAlias = Literal["", ".", ","]
"""What stands before the decimals; empty where that is not known."""

_MINUS: Final = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})
_BLANKS: Final = re.compile(r"(?<=\d)[\s'\u2019](?=\d{3}(?!\d))")
_SHAPE: Final = re.compile(r"[-+]?(\d[\d.,]*|[.,]\d+)")
_PLAIN: Final = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")
_GROUPED: Final = re.compile(r"[-+]?\d{1,3}([.,])\d{3}(\1\d{3})*")
_PERCENT: Final = re.compile(r"\s*(%|\uff05|percent|per cent|prozent|prosent|por ciento)$", re.IGNORECASE)


def point_of(texts: Iterable[str]) -> Point:
    """What stands before the decimals in a column, as those of its values tell that can be read in one way only.

    >>> point_of(["1.234", "1.234,5"]), point_of(["1,234"])
    (',', '')
    """
    said = {".": False, ",": False}
    for text in texts:
        if point := _sure_point(_cleaned(text)):
            said[point] = True
    if said["."] == said[","]:
        return ""
    return "." if said["."] else ","


def number_of(text: str, point: Point = "") -> str:
    """The number that a text says, plain, such as `-1234.5`; empty where it says none.

    Args:
        text: as written.
        point: what stands before the decimals in its column.

    >>> number_of("1.234,5"), number_of("1 234,5"), number_of("1,234", ","), number_of("1,234", ".")
    ('1234.5', '1234.5', '1.234', '1234')
    """
    plain = _cleaned(text)
    if not _SHAPE.fullmatch(plain):
        return ""
    mark = _sure_point(plain) or point or "."
    other = "," if mark == "." else "."
    whole, _, decimals = plain.partition(mark) if plain.count(mark) == 1 else (plain, "", "")
    if other in whole and not _GROUPED.fullmatch(whole):
        return ""
    if mark in whole and not _GROUPED.fullmatch(whole):
        return ""
    if other in decimals:
        return ""
    digits = whole.replace(other, "").replace(mark, "")
    joined = f"{digits}.{decimals}" if decimals else digits
    return joined if _PLAIN.fullmatch(joined) else ""


def integer_of(text: str, point: Point = "") -> str:
    """The whole number that a text says; groups of three digits are thousands, whatever parts them.

    >>> integer_of("1.234"), integer_of("12.0"), integer_of("12.5")
    ('1234', '12', '')
    """
    plain = _cleaned(text)
    if found := _GROUPED.fullmatch(plain):
        return plain.replace(found[1], "")
    number = number_of(text, point)
    whole, _, decimals = number.partition(".")
    return "" if decimals.strip("0") else whole


def fraction_of(text: str, point: Point = "") -> str:
    """The fraction that a text says as per cent: 12 %, 12 and 0.12 are one.

    >>> fraction_of("12 %"), fraction_of("0.12"), fraction_of("12")
    ('0.12', '0.12', '0.12')
    """
    bare = _PERCENT.sub("", text)
    number = number_of(bare, point)
    if not number:
        return ""
    value = Decimal(number)
    if bare != text or value > 1:
        value = value.scaleb(-2)
    return f"{value.normalize():f}"


def _cleaned(text: str) -> str:
    """The text without what parts its thousands and its sign."""
    plain = _BLANKS.sub("", text.translate(_MINUS))
    return plain[0] + plain[1:].lstrip() if plain[:1] in {"-", "+"} else plain


def _sure_point(plain: str) -> Point:
    """What stands before the decimals of this number, where only one reading makes sense."""
    dots, commas = plain.count("."), plain.count(",")
    if dots and commas:
        return "." if plain.rfind(".") > plain.rfind(",") else ","
    if dots > 1:
        return ","
    if commas > 1:
        return "."
    if dots + commas == 1:
        mark: Point = "." if dots else ","
        before, _, after = plain.lstrip("+-").partition(mark)
        if len(after) != 3 or before in {"", "0"} or len(before) > 3:
            return mark
    return ""
