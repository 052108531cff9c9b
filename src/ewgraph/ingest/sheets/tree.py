"""JSON files: one large list streamed element by element, the rest held; and what is refused before a value is seen.

Whether the file is JSON at all, and within its limits, is known once `JsonFile.head` has returned: it reads all of it.
What lies elsewhere (a context, a schema, a link) is never fetched.

Source: RFC 8259; RFC 6901 for pointers.
"""

from __future__ import annotations

import codecs
from collections.abc import Collection, Generator, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from ewgraph.errors import InputError, LimitError, ParseError
from ewgraph.ingest.sheets.json_events import Event, Events, Refusal, Refused
from ewgraph.ingest.sheets.limits import Limits

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | Decimal | bool | None"

_CHUNK: Final = 1 << 16
_OVERHEAD: Final = 64
_BEGIN: Final = frozenset({"start_map", "start_array"})
_END: Final = frozenset({"end_map", "end_array"})


class Element(NamedTuple):
    """An element of a list that is streamed.

    Attributes:
        pointer: the pointer of the list.
        number: its place in the list, 0 for the first.
    """

    pointer: str
    number: int
    value: JsonValue


class JsonFile:
    """A file of JSON.

    Args:
        path: the file.
        name: what messages call it.
        limits: how much it may hold.
    """

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self._path = path
        self._name = name
        self._limits = limits

    def head(self, streamed: Collection[str]) -> JsonValue:
        """All that stands in the file but the elements of the lists that are streamed, which are left empty.

        Args:
            streamed: the pointers of these lists.

        Raises:
            ParseError: the file is not JSON, or says one thing twice.
            LimitError: it holds too much.
        """
        walk = self._walk(streamed, skip=True)
        while True:
            try:
                next(walk)
            except StopIteration as done:
                head: JsonValue = done.value
                return head

    def elements(self, streamed: Collection[str]) -> Iterator[Element]:
        """It yields the elements of these lists, one at a time, in the order of the file.

        Raises:
            ParseError: the file is not JSON, or says one thing twice.
            LimitError: it holds too much.
        """
        yield from self._walk(streamed, skip=False)

    def _walk(self, streamed: Collection[str], *, skip: bool) -> Generator[Element, None, JsonValue]:
        events = Events(self._chunks(), self._limits)
        reading = _Reading(events, frozenset(streamed), self._limits.item_bytes, skip=skip)
        try:
            value = yield from reading.value(next(reading.events), "")
            next(reading.events, None)  # what stands behind the value is looked at as well
        except Refused as refused:
            raise self._error(refused.refusal) from None
        return value

    def _chunks(self, fine_from: int | None = None) -> Iterator[bytes]:
        """The bytes of the file without its mark; from some place on one by one."""
        try:
            with self._path.open("rb") as file:
                if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
                    file.seek(0)
                left = fine_from
                while chunk := file.read(_CHUNK if left is None else min(_CHUNK, left) or 1):
                    left = None if left is None else max(0, left - len(chunk))
                    yield chunk
        except OSError as error:
            raise InputError(f"{self._name}: it cannot be read: {error.strerror or error}") from error

    def _error(self, refusal: Refusal) -> InputError | LimitError:
        """What is wrong, with the line and the column where it is."""
        exact = refusal
        if refusal.seen and not refusal.at_end:
            try:
                for _ in Events(self._chunks(fine_from=refusal.seen - refusal.chunk), self._limits):
                    pass
            except Refused as again:
                exact = again.refusal
        line, column = self._line_and_column(exact.seen)
        place = f"{self._name}, line {line:,}, column {column:,}"
        if refusal.limit:
            return LimitError(f"{place}: {refusal.reason}", limit=refusal.limit)
        return ParseError(f"{place}: {refusal.reason}")

    def _line_and_column(self, seen: int) -> tuple[int, int]:
        """The place of the last of so many bytes, in lines and characters from 1."""
        line = column = 1
        left = max(0, seen - 1)
        for chunk in self._chunks():
            part = chunk[:left]
            left -= len(part)
            line += part.count(b"\n")
            last = part.rpartition(b"\n")
            length = len(last[2].decode("utf-8", "ignore"))
            column = length + (1 if last[1] else column)
            if not left:
                break
        return line, column


class _Reading:
    """Values made of events."""

    def __init__(self, events: Events, streamed: frozenset[str], most: int, *, skip: bool) -> None:
        self._source = events
        self.events = iter(events)
        self._streamed = streamed
        self._above = {pointer[:end] for pointer in streamed for end in _ends(pointer)}
        self._most = most
        self._skip = skip
        self._weight = 0

    def value(self, event: Event, pointer: str) -> Generator[Element, None, JsonValue]:
        """The value that begins with an event; the elements of streamed lists below it are yielded."""
        kind = event[0]
        if kind == "start_array" and pointer in self._streamed:
            yield from self._list(pointer)
            return []
        if kind != "start_map" or pointer not in self._above:
            return self._whole(event)
        found: dict[str, JsonValue] = {}
        for kind, name in self.events:
            if kind == "end_map":
                break
            found[name] = yield from self.value(next(self.events), f"{pointer}/{escaped(name)}")
        return found

    def _list(self, pointer: str) -> Iterator[Element]:
        held = self._weight
        for index, event in enumerate(self.events):
            if event[0] == "end_array":
                break
            if self._skip:
                self._pass(event)
            else:
                yield Element(pointer, index, self._whole(event))
                self._weight = held

    def _pass(self, event: Event) -> None:
        kind, depth = event[0], 0
        while True:
            if kind in _BEGIN:
                depth += 1
            elif kind in _END:
                depth -= 1
            if not depth:
                return
            kind, _ = next(self.events)

    def _whole(self, event: Event) -> JsonValue:
        kind, value = event
        self._weigh(value)
        if kind == "start_map":
            found: dict[str, JsonValue] = {}
            for inner, name in self.events:
                if inner == "end_map":
                    break
                self._weigh(name)
                found[name] = self._whole(next(self.events))
            return found
        if kind == "start_array":
            listed: list[JsonValue] = []
            for each in self.events:
                if each[0] == "end_array":
                    break
                listed.append(self._whole(each))
            return listed
        held: JsonValue = value
        return held

    def _weigh(self, value: object) -> None:
        self._weight += _OVERHEAD + (len(value) if isinstance(value, str) else 0)
        if self._weight > self._most:
            reason = f"one object holds more than {self._most:,} bytes. Split the file into smaller objects"
            raise self._source.refused(reason, "bytes")


def _ends(pointer: str) -> Iterator[int]:
    yield from (place for place, character in enumerate(pointer) if character == "/")
    yield len(pointer)


def escaped(name: str | int) -> str:
    """A name as it stands in a pointer.

    >>> escaped("a/b~c")
    'a~1b~0c'
    """
    return str(name).replace("~", "~0").replace("/", "~1")


def scalar_text(value: Any) -> str | None:  # whatever JSON holds
    """A text, number or truth value as a cell says it; None for any other value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int):
        return format(value, "f")
    return value.strip() if isinstance(value, str) else None
