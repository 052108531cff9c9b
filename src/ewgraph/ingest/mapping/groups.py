"""Rows by the record that they belong to, given out as they fill up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from ewgraph.ingest.mapping.batch import RowIn
from ewgraph.ingest.mapping.language import RecordKind
from ewgraph.ingest.mapping.slots import Texts

BUFFERED: Final = 20_000
"""How many rows are held at most before a group is given out that is not full."""

_Group: TypeAlias = tuple[int, tuple[str, ...]]


class Part(NamedTuple):
    """Rows of one record."""

    kind: RecordKind
    key: tuple[str, ...]
    part: int
    rows: list[RowIn]


class Groups:
    """Rows by kind of record and key.

    Args:
        kinds: the kinds of records, each with what tells whether it takes a row.
    """

    def __init__(self, kinds: Sequence[tuple[RecordKind, Callable[[Texts], bool] | None]]) -> None:
        self._kinds = kinds
        self._rows: dict[_Group, list[RowIn]] = {}
        self._parts: Counter[_Group] = Counter()
        self._held = 0

    def wanted(self, texts: Texts) -> list[_Group]:
        """The groups that a row belongs to, one for each kind of record whose conditions hold."""
        return [
            (number, tuple([texts[column] for column in kind.by]))
            for number, (kind, holds) in enumerate(self._kinds)
            if holds is None or holds(texts)
        ]

    def add(self, row: RowIn, groups: Sequence[_Group]) -> Iterator[Part]:
        """Put a row into its groups; give those that are full, and the largest where too many rows are held."""
        for group in groups:
            rows = self._rows.setdefault(group, [])
            rows.append(row)
            self._held += 1
            if len(rows) >= self._kinds[group[0]][0].most:
                yield self._taken(group)
        if self._held > BUFFERED:
            yield self._taken(max(self._rows, key=lambda group: len(self._rows[group])))

    def rest(self) -> Iterator[Part]:
        """All that is still held, in the order of kinds and keys."""
        for group in sorted(self._rows):
            yield self._taken(group)

    def _taken(self, group: _Group) -> Part:
        rows = self._rows.pop(group)
        self._held -= len(rows)
        self._parts[group] += 1
        return Part(self._kinds[group[0]][0], group[1], self._parts[group], rows)
