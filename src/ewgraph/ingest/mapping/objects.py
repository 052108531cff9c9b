"""Tables of JSON: each object that a pointer leads to is a row, its columns are what pointers find from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from ewgraph.errors import LimitError
from ewgraph.ingest.mapping.batch import ColumnIn
from ewgraph.ingest.mapping.language import Column, Table
from ewgraph.ingest.mapping.pointers import Cursor, Names, Pointer, Step
from ewgraph.ingest.mapping.reading import SEPARATOR
from ewgraph.ingest.sheets.cell import Cell, Kind, SheetRow
from ewgraph.ingest.sheets.document import Document, Sheet
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ingest.sheets.tree import JsonFile, JsonValue, escaped, scalar_text

_NUMBERS: Final = frozenset({"integer", "decimal", "percent"})
_KINDS: Final = {dict: "an object", list: "a list", str: "a text", bool: "true or false", Decimal: "a number"}


def object_sheet(document: Document, table: Table, limits: Limits | None = None) -> Sheet:
    """The objects of a table as rows: each is known by its pointer and by its number among them."""
    name = table.each[0].text
    return Sheet(name, hidden=False, read=partial(_rows, document, table, limits or Limits()))


def object_columns(table: Table) -> dict[str, ColumnIn]:
    """The columns of such a table by our names; each is called by its pointer."""
    found = {}
    for number, column in enumerate(table.columns.values(), start=1):
        if column.pointers:
            text = column.pointers[0].plain
            if column.list:
                text = f"{table.lists[column.list][0].plain}/{text}"
            found[column.name] = ColumnIn(number, text, named=text)
    return found


def _rows(document: Document, table: Table, limits: Limits) -> Iterator[SheetRow]:
    places = _Objects(table, JsonFile(document.path, document.name, limits)).places()
    for number, place in enumerate(_without_repeated_mistakes(places), start=1):
        if number > limits.rows:
            raise LimitError(f"{document.name}: more than {limits.rows:,} objects. Split the file", limit="rows")
        yield _Row(table, place).row(number)


def _without_repeated_mistakes(places: Iterator[Cursor]) -> Iterator[Cursor]:
    """The places, each that is of the wrong kind only once, though several pointers lead there."""
    wrong: set[str] = set()
    for place in places:
        if place.wrong or not isinstance(place.value, dict):
            if place.pointer in wrong:
                continue
            wrong.add(place.pointer)
        yield place


class _Objects:
    """The objects of a table, those first that do not lie in a list that is streamed."""

    def __init__(self, table: Table, file: JsonFile) -> None:
        self._file = file
        climbs = any(".." in pointer.steps for pointer in _pointers(table))
        self._pointers = table.each
        self._streamed = {pointer: _streamed(pointer, climbs=climbs) for pointer in table.each}

    def places(self) -> Iterator[Cursor]:
        lists = {pointer for pointer, _ in self._streamed.values()} - {None}
        streamed = [pointer for pointer in lists if pointer is not None]
        root = Cursor(self._file.head(streamed))
        for pointer in self._pointers:
            yield from pointer.places(root)
        if not streamed:
            return
        for element in self._file.elements(streamed):
            place = root
            for name in element.pointer.split("/")[1:]:
                place = place.at(name, None)
            place = place.at(element.number, element.value)
            for pointer in self._pointers:
                above, steps = self._streamed[pointer]
                if above == element.pointer:
                    yield from Pointer(pointer.text, rooted=False, steps=steps).places(place)


def _pointers(table: Table) -> Iterator[Pointer]:
    yield from (pointer for column in table.columns.values() for pointer in column.pointers)
    yield from (pointer for pointers in table.lists.values() for pointer in pointers)


def _streamed(pointer: Pointer, *, climbs: bool) -> tuple[str | None, tuple[Step, ...]]:
    """The list of a pointer that is streamed, and the steps from its elements on; None where it has none.

    Args:
        pointer: the pointer.
        climbs: whether columns look above the object.
    """
    steps = pointer.steps
    for number, step in enumerate(steps):
        if step == "*":
            last = number == len(steps) - 1
            names = [each.names[0] for each in steps[:number] if isinstance(each, Names)]
            return (
                (None, ()) if last and climbs else ("".join(f"/{escaped(name)}" for name in names), steps[number + 1 :])
            )
        if not isinstance(step, Names) or len(step.names) > 1:
            break
    return None, ()


class _Row:
    """One object as a row."""

    def __init__(self, table: Table, place: Cursor) -> None:
        self._table = table
        self._place = place
        self._lists: dict[str, list[Cursor]] = {}
        self._wrong: list[str] = []

    def row(self, number: int) -> SheetRow:
        """The row; with a fault where something is of another kind than it should be."""
        place = self._place
        if place.wrong or not isinstance(place.value, dict):
            return SheetRow(number, {}, fault=_mistake(place, "an object"), sheet=place.pointer or "/")
        cells: dict[int, Cell] = {}
        for column_number, column in enumerate(self._table.columns.values(), start=1):
            cell = self._cell(column)
            if cell is not None and cell.text:
                cells[column_number] = cell
        fault = (
            self._wrong[0] if self._wrong else "" if cells else f"{place.pointer or '/'}: nothing in it is known here"
        )
        return SheetRow(number, cells, fault=fault, sheet=place.pointer or "/")

    def _cell(self, column: Column) -> Cell | None:
        if column.list:
            texts = [self._texts(column.pointers, each)[:1] for each in self._elements(column.list)]
            return Cell(SEPARATOR.join("".join(each) for each in texts)) if any(texts) else None
        texts_and_kinds = self._texts(column.pointers, self._place)
        text = SEPARATOR.join(dict.fromkeys(texts_and_kinds))
        return Cell(text, Kind.NUMBER if column.type in _NUMBERS and _is_number(text) else Kind.TEXT)

    def _elements(self, name: str) -> list[Cursor]:
        """The elements of a list: of the first that has any."""
        if name not in self._lists:
            self._lists[name] = []
            for pointer in self._table.lists[name]:
                found = [each for each in pointer.places(self._place) if each.value is not None]
                self._wrong += [_mistake(each, "an object") for each in found if not isinstance(each.value, dict)]
                if found:
                    self._lists[name] = [each for each in found if isinstance(each.value, dict)]
                    break
        return self._lists[name]

    def _texts(self, pointers: Sequence[Pointer], origin: Cursor) -> list[str]:
        """What the first pointer finds that finds something; what is of the wrong kind counts where none does."""
        wrong: list[str] = []
        for pointer in pointers:
            texts = []
            for place in pointer.places(origin):
                text = None if place.wrong else scalar_text(place.value)
                if text:
                    texts.append(text)
                elif place.wrong:
                    wrong.append(_mistake(place, "an object"))
                elif isinstance(place.value, dict | list):
                    wrong.append(_mistake(place, "a text or a number"))
            if texts:
                return texts
        self._wrong += wrong
        return []


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal()


def _mistake(place: Cursor, wanted: str) -> str:
    """What stands at a place where something else belongs."""
    return f"{place.pointer or '/'}: {_kind(place.value)}, where {wanted} belongs"


def _kind(value: JsonValue) -> str:
    return "null" if value is None else _KINDS[type(value)]
