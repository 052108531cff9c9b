"""A cell read as its column says: a text, a date, a number, a concept. What cannot be so read goes on as it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from ewgraph.errors import InputError
from ewgraph.ingest.mapping import dates, identifier_token, numbers
from ewgraph.ingest.mapping.batch import ColumnIn
from ewgraph.ingest.mapping.codes import CodeList, local_name
from ewgraph.ingest.mapping.language import Column
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Cell, Kind
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, iri

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e]")
"""What cannot be seen and no text needs, such as the overrides of direction that show letters in another order."""
_BOOLEANS: Final = {
    word: value
    for value, words in (
        ("true", "true yes y ja j si sí x 1 wahr sann verdadero ✓ ✔ ☑"),
        ("false", "false no n nein nei 0 falsch usann falso ☐"),
    )
    for word in words.split()
}
_ERRORS: Final = frozenset(
    error
    for errors in (
        "#N/A #REF! #DIV/0! #VALUE! #NAME? #NULL! #NUM! #SPILL! #CALC!",
        "#NV #BEZUG! #WERT! #ZAHL!",
        "#I/T #VERDI! #NAVN?",
        "#N/D #¡REF! #¡DIV/0! #¡VALOR! #¿NOMBRE? #¡NULO! #¡NUM!",
    )
    for error in errors.split()
)
"""What spreadsheets show for an error, in four languages, where a file keeps only what was shown."""
_PARTS: Final = {4: terms.XSD.gYear, 7: terms.XSD.gYearMonth}
_CACHED: Final = 20_000
SEPARATOR: Final = "\N{SYMBOL FOR RECORD SEPARATOR}"
"""What stands between several values of JSON that are one cell."""


class Read(NamedTuple):
    """What a cell says.

    Attributes:
        text: as slots give it: a date in ISO form, a number plain, a concept's local name; what could not be
            understood as it stands; nothing where the cell has no value.
        term: the typed value; None where there is none.
        shape: the shape of the fault that reading found.
        expected: what was wanted and not found; it is a fault even without a shape.
        hint: what was probably meant.
    """

    text: str
    term: IRI | Literal | None
    shape: str = ""
    expected: str = ""
    hint: str = ""


NOTHING: Final = Read("", None)


class CellReading:
    """Reads the cells of one column, each text once.

    Args:
        column: what the mapping says of it.
        found: what the file's values tell of its customs.
        codes: the code list of a code.
        language: the language of hints.
    """

    def __init__(self, column: Column, found: ColumnIn | None, codes: CodeList | None, language: str = "en") -> None:
        self._column = column
        self._order: dates.Order = found.order if found else ""
        self._point: numbers.Point = found.point if found else ""
        self._codes = codes
        self._language = language
        self._read = _READINGS[column.type]
        self._known: dict[tuple[str, Kind], Read] = {}

    def read(self, cell: Cell) -> Read:
        """What the cell says."""
        key = (cell.text, cell.kind)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            known = self._known[key] = self._afresh(cell)
        return known

    def _afresh(self, cell: Cell) -> Read:
        if cell.kind is Kind.ERROR or cell.text in _ERRORS:
            return Read("", None, "reading-cellError")
        if cell.kind is Kind.FORMULA:
            return Read("", None, "reading-formulaWithoutValue")
        text = unicodedata.normalize("NFC", cell.text)
        shape = expected = ""
        if _CONTROL.search(text):
            text, shape = _CONTROL.sub("", text), "reading-controlCharacter"
        text = " ".join(text.split())
        if self._column.extract:
            text = SEPARATOR.join(self._extracted(part) for part in text.split(SEPARATOR))
        if len(text) > self._column.longest:
            text, shape, expected = text[: self._column.longest], "reading-textTooLong", str(self._column.longest)
        if not text:
            return NOTHING._replace(shape=shape)
        read = self._read(self, text, cell.kind)
        if shape:
            return read._replace(shape=shape, expected=expected)
        pattern = self._column.pattern
        if pattern and not read.shape and not pattern.fullmatch(read.text):
            return read._replace(shape="reading-row", expected=pattern.pattern)
        return read

    def _extracted(self, text: str) -> str:
        found = self._column.extract.match(text) if self._column.extract else None
        return found[1] if found else text

    def text(self, text: str, _: Kind) -> Read:
        """A text, as it is."""
        return Read(text, Literal(text))

    def date(self, text: str, kind: Kind) -> Read:
        """A day; a month or a year where the column allows it."""
        if kind is Kind.NUMBER and (serial := dates.serial_date(text)):
            return _literal(serial, terms.XSD.date)
        found = dates.date_of(text, self._order)
        if found.ambiguous:
            return Read("", None, "reading-dateAmbiguous", found.other)
        if found.text and dates.is_day(found.text):
            return _literal(found.text, terms.XSD.date)
        part = dates.part_of_date(text) if self._column.partial else ""
        if part and self._column.partial == "whole":
            return _literal(part, _PARTS[len(part)])
        if part:
            return _literal(dates.ends_of(part)[self._column.partial == "end"], terms.XSD.date)
        hint = dates.full_year_guess(text) or dates.serial_date(text) or dates.nearest_day(found.text)
        return _unread(text, "date", terms.XSD.date, hint)

    def datetime(self, text: str, kind: Kind) -> Read:
        """An instant; a day is its first, and without a time zone it is in UTC."""
        if _INSTANT.fullmatch(text):
            instant = text.replace(" ", "T")
            return _literal(instant if _ZONED.search(instant) else instant + "Z", terms.XSD.dateTime)
        day = self.date(text, kind)
        if day.term is None or day.expected:
            return day
        return _literal(f"{day.text}T00:00:00Z", terms.XSD.dateTime)

    def integer(self, text: str, kind: Kind) -> Read:
        """A whole number."""
        number = numbers.number_of(text, ".") if kind is Kind.NUMBER else numbers.integer_of(text, self._point)
        return _literal(number, terms.XSD.integer) if number else _unread(text, "integer", terms.XSD.integer)

    def decimal(self, text: str, kind: Kind) -> Read:
        """A number."""
        number = numbers.number_of(text, "." if kind is Kind.NUMBER else self._point)
        return _literal(number, terms.XSD.decimal) if number else _unread(text, "decimal", terms.XSD.decimal)

    def percent(self, text: str, kind: Kind) -> Read:
        """A fraction."""
        number = numbers.fraction_of(text, "." if kind is Kind.NUMBER else self._point)
        return _literal(number, terms.XSD.decimal) if number else _unread(text, "percent", terms.XSD.decimal)

    def boolean(self, text: str, _: Kind) -> Read:
        """Yes or no, in four languages."""
        found = _BOOLEANS.get(text.casefold()) or _BOOLEANS.get(folded(text))
        return _literal(found, terms.XSD.boolean) if found else _unread(text, "boolean", terms.XSD.boolean)

    def code(self, text: str, _: Kind) -> Read:
        """A concept of the column's code list."""
        if self._codes is None:
            return Read(text, Literal(text))
        found = self._codes.concept(text)
        if found is None:
            return Read(text, Literal(text), "", self._codes.name, self._codes.guess(text, self._language))
        return Read(local_name(found), found)

    def iri(self, text: str, _: Kind) -> Read:
        """An IRI; where it is checked, the one that the token holds."""
        if self._column.checked:
            held = identifier_token.read(text)
            return Read("", None, "reading-identifierChanged") if held is None else Read(held.value, held)
        try:
            return Read(text, iri(text))
        except InputError:
            return _unread(text, "iri", terms.XSD.string)


_READINGS: Final[Mapping[str, Callable[[CellReading, str, Kind], Read]]] = {
    "text": CellReading.text,
    "date": CellReading.date,
    "datetime": CellReading.datetime,
    "integer": CellReading.integer,
    "decimal": CellReading.decimal,
    "percent": CellReading.percent,
    "boolean": CellReading.boolean,
    "code": CellReading.code,
    "iri": CellReading.iri,
}
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?")
_ZONED: Final = re.compile(r"(Z|[+-]\d{2}:\d{2})$")


def _literal(text: str, datatype: IRI) -> Read:
    return Read(text, Literal(text, datatype=datatype))


def _unread(text: str, expected: str, datatype: IRI = terms.XSD.date, hint: str = "") -> Read:
    """The text as it stands, of the type that it should have been: SHACL says that it is none."""
    return Read(text, Literal(text, datatype=datatype), "", expected, hint)
