"""Answers of several sections, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ewgraph.model.window import Part, Window

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Section(Generic[T]):
    """A section of an answer.

    Attributes:
        key: the first part of the keys of its items; sections come in the order of their keys.
        part: a part of it, for a window on the rest of the keys.
    """

    key: int | str
    part: Callable[[Window], Part[T]]


def in_sections(window: Window, sections: Iterable[Section[T]]) -> Part[T]:
    """The part of all sections that a window shows."""
    items: list[T] = []
    start = total = 0
    for section in sections:
        wanted = None if window.first is None else window.first - len(items)
        after = window.after
        if after is not None and section.key < after[0]:  # type: ignore[operator]  # keys of one answer are of one kind
            part = section.part(Window(0))
            start += part.total
        elif after is not None and section.key == after[0]:
            part = section.part(Window(wanted, after[1:]))
            start += part.start
        else:
            part = section.part(Window(wanted))
        items += part.items
        total += part.total
    return Part(items, start, total)
