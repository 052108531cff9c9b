"""Tables as rows of named cells: CSV in UTF-8, whatever the separator and whatever the source calls its columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ewgraph.errors import ParseError
from ewgraph.ingest.reading import text_of

_MINUS: Final = re.compile("\N{MINUS SIGN}(?=\\d)")
_SEPARATORS: Final = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        number: the line of the file on which it begins; the heading is line 1.
        cells: its cells by our names of the columns, runs of blanks made one.
        fault: why it cannot be read, where it cannot.
    """

    number: int
    cells: Mapping[str, str]
    fault: str = ""


def rows_of(name: str, content: bytes, columns: Mapping[str, Sequence[str]]) -> list[Row]:
    """The rows of a CSV file.

    Args:
        name: what messages call the file.
        content: its bytes.
        columns: what the headings may call each of our columns, in whatever case.

    Raises:
        ParseError: it is not UTF-8, or a column is missing.
    """
    text = text_of(name, content)
    heading = text.split("\n", maxsplit=1)[0]
    separator = max(_SEPARATORS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        headings = [_plain(cell).casefold() for cell in next(reader, [])]
        places = {column: _place(name, headings, column, synonyms) for column, synonyms in columns.items()}
        rows: list[Row] = []
        begins = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_row(begins, cells, len(headings), places))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ParseError(f"{name}:{reader.line_num}: this is not CSV: {error}") from error
    return rows


def _place(name: str, headings: Sequence[str], column: str, synonyms: Sequence[str]) -> int:
    for synonym in synonyms:
        if synonym.casefold() in headings:
            return headings.index(synonym.casefold())
    wanted = " or ".join(repr(synonym) for synonym in synonyms)
    raise ParseError(f"{name}: there is no column {column!r}, headed {wanted}. Its headings are {list(headings)!r}")


def _row(number: int, cells: Sequence[str], width: int, places: Mapping[str, int]) -> Row:
    if len(cells) != width:
        return Row(number, {}, f"it has {len(cells)} cells under {width} headings")
    return Row(number, {column: _plain(cells[place]) for column, place in places.items()})


def _plain(cell: str) -> str:
    """The cell with runs of blanks made one, and the typographic minus before a digit made a hyphen."""
    return _MINUS.sub("-", " ".join(cell.split()))
