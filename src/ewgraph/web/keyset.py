"""Parts of an answer: a cursor is what the last row of a part is sorted by, so it stays right while records come in."""

from __future__ import annotations

import base64
import binascii
import bisect
import datetime as dt
import functools
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, TypeAlias

from ewgraph.catalogue import StoredQuery
from ewgraph.errors import InputError
from ewgraph.model.rdf import IRI, Literal, RdfFormat, Term, parse
from ewgraph.trace import Answer
from ewgraph.trace.questions import question_of
from ewgraph.web.table import Table
from ewgraph.web.typed import typed

MOST: Final = 10_000
"""The rows of the largest part that may be asked for; an answer that is asked for whole has a limit of bytes."""

_Row: TypeAlias = tuple[Term | None, ...]
_LONGEST: Final = 16 * 1024
_NO_CURSOR: Final = "`after` is no cursor of this question. Follow the `next` link that an answer to it gave"
_KINDS: Final = {int: "i", str: "s"}


@dataclass(frozen=True, slots=True)
class Window:
    """The part of an answer that is asked for.

    Attributes:
        limit: at most so many rows; None for all that come.
        after: the cursor of the last row before them; None for the start.
    """

    limit: int | None = None
    after: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all of the answer is asked for."""
        return self.limit is None and self.after is None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer.

    Attributes:
        table: its rows.
        items: what they were made of.
        start: how many rows come before it.
        next: the cursor of its last row, where any come after it.
    """

    table: Table
    items: Sequence[Any]
    start: int
    next: str | None


def window_of(limit: str | None, after: str | None) -> Window:
    """The window as it was written.

    Raises:
        InputError: the limit is no number from 1 to `MOST`.
    """
    if limit is None or not limit.strip():
        return Window(None, after or None)
    if not re.fullmatch(r"[0-9]{1,9}", limit.strip()) or not 0 < int(limit) <= MOST:
        raise InputError(f"`limit` is how many rows to give, from 1 to {MOST}, not {limit!r}")
    return Window(int(limit), after or None)


def in_order(query: StoredQuery, table: Table) -> Table:
    """The table; of a question that is one query sorted as it declares, then by all columns: always the same."""
    if query.closed_by:
        return table
    return replace(table, rows=sorted(table.rows, key=_sorting(query, table.columns)))


def part_of(query: StoredQuery, table: Table, found: Answer[Any], window: Window) -> Part:
    """The part of an answer, in order, that a window shows.

    Raises:
        InputError: the cursor is none of this question.
    """
    mark, start = None if window.after is None else _read(query, len(table.columns), window.after), 0
    if query.closed_by:
        key: Callable[[Any], Any] = question_of(query).key
        sorted_by: Sequence[Any] = found.items
    else:
        key, sorted_by = _sorting(query, table.columns), table.rows
    if mark is not None:
        start = bisect.bisect_right(sorted_by, mark if query.closed_by else key(mark), key=key)
    stop = len(table) if window.limit is None else min(start + window.limit, len(table))
    while start < stop < len(table) and table.rows[stop] == table.rows[stop - 1]:
        stop += 1
    rest = None
    if start < stop < len(table):
        last = sorted_by[stop - 1]
        rest = _written(query, key(last) if query.closed_by else [None if t is None else str(t) for t in last])
    return Part(replace(table, rows=table.rows[start:stop]), found.items[start:stop], start, rest)


def _sorting(query: StoredQuery, columns: Sequence[str]) -> Callable[[_Row], Any]:
    first = dict(pair for pair in query.sorting if pair[0] in columns)
    named = (*first, *(name for name in columns if name not in first))
    places = [(columns.index(name), first.get(name, False)) for name in named]
    return lambda row: [_Falling(_rank(row[place])) if falls else _rank(row[place]) for place, falls in places]


@functools.total_ordering
@dataclass(frozen=True, slots=True)
class _Falling:
    """What is sorted from the greatest to the least."""

    rank: tuple[Any, ...]

    def __lt__(self, other: _Falling) -> bool:
        return other.rank < self.rank


def _rank(term: Term | None) -> tuple[int | str | Decimal | dt.date, ...]:
    """What a term is sorted by: unbound before IRIs before literals, these by their values, and equal ones by text."""
    if term is None:
        return (0,)
    if isinstance(term, IRI):
        return (1, term.value)
    value = typed(term)
    if isinstance(value, int | Decimal) and (isinstance(value, int) or not value.is_nan()):
        return (2, value, str(term))
    if isinstance(value, dt.datetime):
        return (3, value, str(term))
    return (4, value, str(term)) if isinstance(value, dt.date) else (5, term.value, str(term))


def _written(query: StoredQuery, parts: Sequence[object]) -> str:
    text = json.dumps([query.id, *parts], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(query: StoredQuery, columns: int, text: str) -> Any:
    """The key in a cursor; for a question that is one query the row.

    Raises:
        InputError: it is no cursor of this question.
    """
    try:
        name, *key = _parts(text)
        _expect(name == query.id)
        return _checked(key, question_of(query).shape) if query.closed_by else _terms(key, columns)
    except (binascii.Error, ValueError, SyntaxError, RecursionError) as error:
        raise InputError(_NO_CURSOR) from error


def _parts(text: str) -> list[object]:
    _expect(len(text) <= _LONGEST)
    parts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    _expect(isinstance(parts, list) and bool(parts))
    return list(parts)


def _expect(right: bool) -> None:
    """Refuse the cursor where it is not as expected."""
    if not right:
        raise ValueError


def _checked(key: Sequence[object], shape: str) -> tuple[object, ...]:
    _expect(bool(re.fullmatch(shape, "".join(_KINDS.get(type(part), "?") for part in key))))
    return tuple(key)


def _terms(texts: Sequence[object], columns: int) -> _Row:
    """The terms as N-Triples has them, each exactly as it is written there."""
    _expect(len(texts) == columns)
    return tuple(None if text is None else _term(text) for text in texts)


def _term(text: object) -> Term:
    quads = list(parse(f"<urn:a> <urn:a> {text} .".encode(), format=RdfFormat.N_TRIPLES))
    term = quads[0].object if len(quads) == 1 else None
    if not isinstance(term, IRI | Literal) or str(term) != text:
        raise ValueError(text)
    return term
