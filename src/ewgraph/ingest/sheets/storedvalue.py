"""What the cells of a workbook store, as cells: by the type and the style that each one names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ewgraph.ingest.sheets.cell import Cell, Kind
from ewgraph.ingest.sheets.numberformat import Epoch, NumberFormat, number_cell
from ewgraph.ingest.sheets.sharedstrings import SharedStrings
from ewgraph.ingest.sheets.wording import tidy, unescaped

_MOMENT: Final = re.compile(r"(?:(\d{4}-\d\d-\d\d)T?)?(\d\d:\d\d(?::\d\d)?)?(?:[.]\d+)?Z?", re.ASCII)
_MIDNIGHT: Final = frozenset({"00:00", "00:00:00"})
_TRUE: Final = frozenset({"1", "true"})
_REMEMBERED: Final = 20_000
_NUMBER: Final = NumberFormat()


@dataclass(frozen=True, slots=True)
class Book:
    """What the sheets of a workbook share.

    Attributes:
        formats: the number format of each cell style, by the style's number.
    """

    strings: SharedStrings = field(default_factory=SharedStrings)
    formats: Sequence[NumberFormat] = ()
    epoch: Epoch = Epoch.SINCE_1900


class StoredValues:
    """The stored values of one sheet; numbers and dates that come again are made once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._numbers: dict[str, dict[str, Cell]] = {}

    def cell(self, kind: str, style: str, value: str) -> Cell:
        """The cell of a stored value.

        Args:
            kind: the type that the cell names: `n`, `s`, `str`, `inlineStr`, `b`, `e`, `d` (ECMA-376 part 1, 18.18.11).
            style: the number of its style; empty for none.
            value: what it stores.

        Raises:
            ValueError: there is no such type, style or shared text.
        """
        if kind == "s":
            return self._shared(value)
        if kind == "n":
            return self._number(style, value)
        if kind in {"str", "inlineStr"}:
            return Cell(tidy(unescaped(value)))
        if kind == "b":
            return Cell("true" if value.strip() in _TRUE else "false", Kind.BOOLEAN)
        if kind == "e":
            return Cell(tidy(value), Kind.ERROR)
        if kind == "d":
            return _moment(value.strip())
        raise ValueError(f"it is of the unknown type {kind!r}")

    def _shared(self, value: str) -> Cell:
        try:
            return self._book.strings[int(value)]
        except (IndexError, ValueError):
            raise ValueError(f"it names the shared text {value!r}, of {len(self._book.strings):,}") from None

    def _number(self, style: str, value: str) -> Cell:
        known = self._numbers.get(style)
        if known is None:
            known = self._numbers[style] = {}
        cell = known.get(value)
        if cell is None:
            cell = number_cell(value, self._format(style), self._book.epoch)
            if len(known) >= _REMEMBERED:
                known.clear()
            known[value] = cell
        return cell

    def _format(self, style: str) -> NumberFormat:
        if style in {"", "0"} and not self._book.formats:
            return _NUMBER
        try:
            return self._book.formats[int(style or "0")]
        except (IndexError, ValueError):
            raise ValueError(f"it names the style {style!r}, of {len(self._book.formats):,}") from None


def _moment(text: str) -> Cell:
    match = _MOMENT.fullmatch(text)
    if not text or match is None or match.lastindex is None:
        return Cell(tidy(text))
    date, clock = match[1] or "", match[2] or ""
    if clock.count(":") == 1:
        clock += ":00"
    if date and clock in _MIDNIGHT:
        clock = ""
    return Cell("T".join(filter(None, (date, clock))), Kind.DATE)
