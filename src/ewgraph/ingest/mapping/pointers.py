"""Pointers into a JSON value: RFC 6901, with what a mapping needs beyond it.

    name            a member of an object; `a|b` the first of these that is there; a number: that element of a list
    name?           a member that counts only if it is an object
    *               each element of a list; what stands there alone, where there is no list
    ..              one step up
    latest(date)    of a list the element whose `date` is the greatest; what stands there alone, where there is no list
    [id=awardID]    the elements whose `id` is what the pointer `awardID` finds from where this one begins
    [scheme='CPV']  the elements whose `scheme` is that word, or the object if it is such a one
    [id!=pointer]   the elements whose `id` is nothing that the pointer finds from them
    [!a|b]          the elements, or the object, without such members
    .               what is already reached

A pointer that begins with `/` begins at the root of the file, any other at the object.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from ewgraph.errors import InputError
from ewgraph.ingest.sheets.tree import JsonValue, escaped, scalar_text

_TOKEN: Final = re.compile(r"\[[^\[\]]*\]|[^/\[\]]+")
_SELECTION: Final = re.compile(r"\[([^=!\[\]']+)(!?)=('?)([^'\[\]]+)\3\]")
_WITHOUT: Final = re.compile(r"\[!([^=!\[\]']+)\]")
_LATEST: Final = re.compile(r"latest\((\w+)\)")


class Cursor(NamedTuple):
    """A place in a JSON value.

    Attributes:
        above: the place that it lies in; None for the root.
        key: its name or number there; None where it stands for the list that it is not in.
        wrong: whether something else should stand here, so that nothing below it can be reached.
    """

    value: JsonValue
    above: Cursor | None = None
    key: str | int | None = None
    wrong: bool = False

    @property
    def pointer(self) -> str:
        """Its pointer from the root."""
        if self.above is None:
            return ""
        return self.above.pointer + ("" if self.key is None else f"/{escaped(self.key)}")

    def at(self, key: str | int, value: JsonValue) -> Cursor:
        """A place below."""
        return Cursor(value, self, key)


class Selection(NamedTuple):
    """A step to those of which a member is, or is not, a word or what a pointer finds."""

    name: str
    word: str
    other: Pointer | None
    negated: bool = False


class Without(NamedTuple):
    """A step to those that lack such members."""

    names: tuple[str, ...]


class Latest(NamedTuple):
    """A step to the element that is the latest."""

    name: str


class Names(NamedTuple):
    """A step to a member by name: the first that is there.

    Attributes:
        lenient: whether it counts only if it is an object.
    """

    names: tuple[str, ...]
    lenient: bool = False


Step: TypeAlias = "str | Selection | Without | Latest | Names"


class Pointer(NamedTuple):
    """A pointer, taken apart.

    Attributes:
        text: as written.
        rooted: whether it begins at the root.
        steps: a `*`, a `..`, or what a step says.
    """

    text: str
    rooted: bool
    steps: tuple[Step, ...]

    @property
    def plain(self) -> str:
        """What people call it."""
        return self.text.replace("?", "")

    def places(self, origin: Cursor) -> Iterator[Cursor]:
        """The places that it leads to, in their order; wrong ones where the way ends.

        Args:
            origin: the object.
        """
        start = origin
        while self.rooted and start.above is not None:
            start = start.above
        return _places(start, self.steps, origin)


def parsed_pointer(text: str) -> Pointer:
    """The pointer that a text writes.

    Raises:
        InputError: it is not written as one is.
    """
    parts = _TOKEN.findall(text)
    if not parts or "/".join(parts) != text.removeprefix("/"):
        raise InputError(f"{text!r} is no pointer; write it as 'buyer/name', '../../ocid' or '/releases/*'")
    return Pointer(text, text.startswith("/"), tuple(_step(part) for part in parts if part != "."))


def _step(part: str) -> Step:
    if part in {"*", ".."}:
        return part
    if without := _WITHOUT.fullmatch(part):
        return Without(tuple(without[1].split("|")))
    if part.startswith("["):
        found = _SELECTION.fullmatch(part)
        if found is None:
            raise InputError(f"{part!r} selects nothing; write it as [id=awardID] or [scheme='CPV']")
        word, other = (found[4], None) if found[3] else ("", parsed_pointer(found[4]))
        return Selection(found[1], word, other, negated=bool(found[2]))
    if latest := _LATEST.fullmatch(part):
        return Latest(latest[1])
    names = part.removesuffix("?").split("|")
    return Names(tuple(name.replace("~1", "/").replace("~0", "~") for name in names), part.endswith("?"))


def _places(place: Cursor, steps: Sequence[Step], origin: Cursor) -> Iterator[Cursor]:
    if place.wrong or not steps:
        yield place
        return
    if place.value is None and steps[0] != "..":
        if isinstance(place.key, int):
            yield place._replace(wrong=True)
        return
    for below in _below(place, steps[0], origin):
        yield from _places(below, steps[1:], origin)


def _below(place: Cursor, step: Step, origin: Cursor) -> Iterable[Cursor]:
    """The places that one step leads to."""
    if step == "..":
        return () if place.above is None else (place.above,)
    if isinstance(step, str):
        return _elements(place)
    if isinstance(step, Latest):
        dated = [each for each in _elements(place) if isinstance(each.value, dict)]
        return [max(dated, key=lambda each: _member(each.value, step.name))] if dated else _elements(place)[:1]
    if isinstance(step, Selection | Without):
        choices = _elements(place) if isinstance(place.value, list) else [place]
        return [each for each in choices if _is_selected(each, step, origin)]
    return _member_places(place, step)


def _member_places(place: Cursor, step: Names) -> Iterable[Cursor]:
    if isinstance(place.value, list) and step.names[0].isdecimal():
        number = int(step.names[0])
        return [place.at(number, place.value[number])] if number < len(place.value) else ()
    if not isinstance(place.value, dict):
        return (place._replace(wrong=True),)
    name = next((name for name in step.names if place.value.get(name) is not None), None)
    if name is None or (step.lenient and not isinstance(place.value[name], dict)):
        return ()
    return (place.at(name, place.value[name]),)


def _elements(place: Cursor) -> list[Cursor]:
    if isinstance(place.value, list):
        return [place.at(number, value) for number, value in enumerate(place.value)]
    return [Cursor(place.value, place)]


def _is_selected(place: Cursor, step: Selection | Without, origin: Cursor) -> bool:
    if not isinstance(place.value, dict):
        return isinstance(step, Without) or step.negated  # it is no object: whoever wants one is told
    if isinstance(step, Without):
        return not any(place.value.get(name) for name in step.names)
    wanted = {step.word} if step.other is None else _said(step.other, place if step.negated else origin)
    found = step.name in place.value and bool(_texts(place.value[step.name]) & wanted)
    return found is not step.negated


def _said(pointer: Pointer, origin: Cursor) -> set[str]:
    """The texts that a pointer finds."""
    return {text for place in pointer.places(origin) if not place.wrong for text in _texts(place.value)}


def _texts(value: JsonValue) -> set[str]:
    """The text of a value, or those of a list."""
    return {text for each in (value if isinstance(value, list) else [value]) if (text := scalar_text(each))}


def _member(value: JsonValue, name: str) -> str:
    return (scalar_text(value.get(name)) or "") if isinstance(value, dict) else ""
