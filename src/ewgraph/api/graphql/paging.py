"""Pages of a sorted list: a cursor is the sort key of an item, so it says nothing about what is in the list."""

from __future__ import annotations

import base64
import binascii
import bisect
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar

import strawberry

from ewgraph.errors import InputError

T = TypeVar("T")
Key: TypeAlias = tuple[int | str, ...]

LARGEST: Final = 1_000


@strawberry.type
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some neighbouring items of a list, each with its cursor, and how many the whole list has."""

    items: list[tuple[str, T]]
    info: PageInfo
    total: int


def page(items: Sequence[T], key: Callable[[T], Key], shape: str, first: int | None, after: str | None) -> Page[T]:
    """The first items whose key is greater than that of a cursor.

    Args:
        items: the whole list, sorted by the key.
        key: what the list is sorted by; no two items have the same.
        shape: the kinds of the key's parts: `i` a whole number, `s` a text.
        first: how many items, `LARGEST` at most; None counts as 50.
        after: the cursor of the item before the page; None for the start.

    Raises:
        InputError: `first` is negative or too large, or `after` is no cursor of such a list.

    >>> page(["a", "b", "c"], lambda item: (item,), "s", 1, cursor(("a",))).items
    [('WyJiIl0', 'b')]
    """
    size, mark = asked(first, after, shape)
    start = 0 if mark is None else bisect.bisect_right(items, mark, key=key)
    return page_of(items[start : start + size], key, start, len(items))


def asked(first: int | None, after: str | None, shape: str) -> tuple[int, Key | None]:
    """How many items are asked for, and after which key; None for the start.

    Raises:
        InputError: as `page`.
    """
    return size_of(first, "first"), key_of(after, shape) if after else None


def size_of(asked: int | None, name: str) -> int:
    """How many items are asked for; 50 where that is not said.

    Raises:
        InputError: it is negative, or more than `LARGEST`.
    """
    if asked is not None and not 0 <= asked <= LARGEST:
        raise InputError(f"`{name}` is how many items to give, from 0 to {LARGEST}, not {asked}.")
    return 50 if asked is None else asked


def page_of(items: Sequence[T], key: Callable[[T], Key], start: int, total: int) -> Page[T]:
    """The page that holds these items of a sorted list, of which so many come before them and so many there are."""
    found = [(cursor(key(item)), item) for item in items]
    info = PageInfo(
        has_next_page=start + len(items) < total,
        has_previous_page=start > 0,
        start_cursor=found[0][0] if found else None,
        end_cursor=found[-1][0] if found else None,
    )
    return Page(found, info, total)


def cursor(key: Key) -> str:
    """The cursor of an item: its key, written so that nobody builds on it."""
    text = json.dumps(list(key), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


_KINDS: Final = {"i": int, "s": str}


def key_of(text: str, shape: str) -> Key:
    """The key that a cursor holds.

    Raises:
        InputError: the text is no cursor of a list whose keys have that shape.
    """
    try:
        parts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
        json.dumps(parts, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (binascii.Error, ValueError, RecursionError):
        parts = None
    if not isinstance(parts, list) or [type(part) for part in parts] != [_KINDS[kind] for kind in shape]:
        raise InputError(f"{text!r} is no cursor of this list. Give one that an answer to the same question gave.")
    return tuple(parts)
