"""Where a table begins: the row of its headings, and which column of ours each of them means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ewgraph.ingest.mapping.language import Table
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Cell, SheetRow

_ENOUGH: Final = 0.6
_NEAR: Final = 0.4
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_APART: Final = re.compile(r"\s*(?:[\n\r/|;]|\s[-\N{EN DASH}]\s)\s*")
_DAY_FIRST: Final = frozenset({"de", "nb", "es"})


class Heading(NamedTuple):
    """A heading that means a column.

    Attributes:
        number: the physical column.
        text: as written; under a group, `group / heading`.
        rank: how it was recognised: 0 whole, 1 by the sub heading, 2 by a part of it.
    """

    number: int
    text: str
    rank: int


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """A row of headings.

    Attributes:
        columns: the headings that mean each column of ours, the best first; more than one where they compete.
        unknown: the headings that mean none, by physical column.
        missing: the required columns that no heading means.
    """

    number: int
    columns: Mapping[str, tuple[Heading, ...]]
    unknown: Mapping[int, str]
    missing: tuple[str, ...]

    def is_one(self, table: Table) -> bool:
        """Whether the table begins here: all that is required is found, or else most of the columns."""
        if self.missing or not self.columns:
            return False
        if any(column.required for column in table.columns.values()):
            return len(self.columns) >= min(2, len(table.columns))
        return len(self.columns) >= _ENOUGH * len(table.columns)

    def is_near(self, table: Table) -> bool:
        """Whether the table seems to begin here, and something required is missing."""
        return len(self.columns) >= max(2, _NEAR * len(table.columns)) or (
            len(self.columns) == 1 and len(table.columns) <= 2
        )


class Words:
    """Which columns a heading may mean.

    Args:
        table: what the mapping says of the table.
        assigned: column of ours to heading, where a person has said so; then nothing else counts.
    """

    def __init__(self, table: Table, assigned: Mapping[str, str] | None = None) -> None:
        self._table = table
        self._columns: dict[str, str] = {}
        self._languages: dict[str, set[str]] = {}
        if assigned:
            self._columns = {folded(text): name for name, text in assigned.items() if name in table.columns and text}
        for column in table.columns.values():
            for word in () if assigned else column.words:
                self._columns.setdefault(folded(word), column.name)
            for language, word in column.title.items():
                self._languages.setdefault(folded(word), set()).add(language)
            for language, words in column.headings.items():
                for word in words if language else ():
                    self._languages.setdefault(folded(word), set()).add(language)
        self._required = tuple(
            name
            for name, column in table.columns.items()
            if (column.required and not assigned) or (assigned is not None and assigned.get(name))
        )

    def row(self, number: int, texts: Mapping[int, Sequence[str]]) -> HeadingRow:
        """What a row of headings means.

        Args:
            number: the row.
            texts: by physical column, what the heading is called: the whole, then the sub heading.
        """
        found: dict[str, list[Heading]] = {}
        unknown: dict[int, str] = {}
        for column, names in texts.items():
            name, rank = self.meaning(*names)
            if name:
                found.setdefault(name, []).append(Heading(column, names[0], rank))
            else:
                unknown[column] = names[0]
        best: dict[str, tuple[Heading, ...]] = {}
        for name, headings in found.items():
            rank = min(heading.rank for heading in headings)
            best[name] = tuple(heading for heading in headings if heading.rank == rank)
            unknown |= {heading.number: heading.text for heading in headings if heading.rank > rank}
        return HeadingRow(number, best, unknown, tuple(name for name in self._required if name not in best))

    def meaning(self, *names: str) -> tuple[str, int]:
        """The column that a heading means, or else an empty text; and how it was recognised.

        Args:
            names: what the heading is called: the whole, then the sub heading.
        """
        for rank, text in enumerate(names):
            if found := self._columns.get(folded(text)):
                return found, rank
        last = names[-1]
        for part in (_ASIDE.sub(" ", last), *_APART.split(last)):
            if found := self._columns.get(folded(part)):
                return found, 2
        return "", 0

    def day_first(self, headings: Iterable[str]) -> bool:
        """Whether the headings are of a language that writes the day before the month and a comma before decimals."""
        votes: Counter[str] = Counter()
        for text in headings:
            for part in {text, *_APART.split(text)}:
                votes.update(self._languages.get(folded(part), ()))
        others = max((votes[language] for language in _DAY_FIRST), default=0)
        return others > votes["en"]


def heading_row(rows: Iterable[SheetRow], table: Table, words: Words) -> HeadingRow | None:
    """The row where the table begins; or the best that lacks something required; or None."""
    near: HeadingRow | None = None
    above: SheetRow | None = None
    for row in rows:
        if row.number > table.within:
            break
        found = words.row(row.number, _texts(row, above if table.header_rows == 2 else None))
        if found.is_one(table):
            return found
        if found.is_near(table) and (near is None or len(found.columns) > len(near.columns)):
            near = found
        above = row
    return near


def _texts(row: SheetRow, above: SheetRow | None) -> dict[int, tuple[str, ...]]:
    """What each column is called: its heading, below that of its group where there is one."""
    if above is None:
        return {number: (cell.text,) for number, cell in row.cells.items() if cell.text}
    groups = _groups(above.cells, row.cells)
    texts: dict[int, tuple[str, ...]] = {}
    for number in sorted({*row.cells, *above.cells}):
        sub = row.cells[number].text if number in row.cells else ""
        group = groups.get(number, "")
        if sub and group and sub != group:
            texts[number] = (f"{group} / {sub}", sub)
        elif sub or number in above.cells:
            texts[number] = (sub or group,)
    return texts


def _groups(above: Mapping[int, Cell], below: Mapping[int, Cell]) -> dict[int, str]:
    """The group heading over each column: one that stands over the first of several columns counts for all of them."""
    groups: dict[int, str] = {}
    last = ""
    for number in range(1, max([*above, *below], default=0) + 1):
        if number in above:
            last = above[number].text
        if last:
            groups[number] = last
    return groups
