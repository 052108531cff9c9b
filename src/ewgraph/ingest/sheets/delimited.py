"""The rows of a text file: CSV with whatever delimiter, read line by line.

A row that cannot be read is told as such, and reading goes on with the line after the one on which it begins: a
quotation mark that is never closed costs its own line, not all that follow.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from ewgraph.errors import LimitError, ParseError
from ewgraph.ingest.sheets.cell import Cell, Kind, SheetRow, cell_name
from ewgraph.ingest.sheets.dialect import Dialect
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ingest.sheets.wording import tidy

_UNTIDY: Final = ("  ", "| ", " |")
_NUL: Final = "\0"


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text file of rows.

    Attributes:
        name: what messages call it.
    """

    path: Path
    name: str
    encoding: str
    dialect: Dialect
    limits: Limits

    def rows(self) -> Iterator[SheetRow]:
        """It yields the rows that hold something, or cannot be read, numbered by the line on which each begins.

        Raises:
            ParseError: the text is not in its encoding any more.
            LimitError: a row is longer, or there are more rows or columns, than a file may have.
        """
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                yield from self._records(_Lines(file, self))
        except UnicodeError as error:
            raise ParseError(f"{self.name}: this is not {self.encoding}: {error}. Save it as UTF-8") from error

    def _records(self, lines: _Lines) -> Iterator[SheetRow]:
        if self.dialect.said:
            next(lines.read())
            lines.put_back()
        while not lines.ended:
            reader = csv.reader(lines.read(), delimiter=self.dialect.delimiter, strict=True)
            try:
                for record in reader:
                    begins = lines.take()
                    fault = self._fault(begins, record, lines.taken)
                    row = SheetRow(begins, {} if fault else _cells(record), fault=fault)
                    lines.taken.clear()
                    if fault or row.cells:
                        yield row
            except csv.Error as error:
                yield SheetRow(lines.put_back(), {}, fault=_misquoted(error))

    def _fault(self, begins: int, record: list[str], lines: list[str]) -> str:
        if begins > self.limits.rows:
            raise LimitError(
                f"{self.name}: it has more than {self.limits.rows:,} lines. Split the file",
                limit="rows",
            )
        if len(record) > self.limits.columns:
            raise LimitError(
                f"{self.name}, line {begins}: it has {len(record):,} cells; at most {self.limits.columns:,} are read",
                limit="columns",
            )
        if any(_NUL in line for line in lines):
            return "it holds NUL characters"
        if len(lines) > 1 or len(lines[0]) > self.limits.text:
            for column, text in enumerate(record, start=1):
                if len(text) > self.limits.text:
                    place = cell_name(begins, column)
                    return (
                        f"{place} has {len(text):,} characters; a cell holds at most {self.limits.text:,}. Shorten it"
                    )
        return ""


class _Lines:
    """The lines of a file, with those of the record that is being read, which can be put back.

    Attributes:
        taken: the lines of the record that is being read.
        ended: whether the file has no more.
    """

    def __init__(self, file: TextIO, of: Delimited) -> None:
        self.taken: list[str] = []
        self.ended = False
        self._file, self._of = file, of
        self._next = 1
        self._again: deque[str] = deque()

    def read(self) -> Iterator[str]:
        """It yields the lines that are left."""
        most = self._of.limits.token_bytes
        readline, taken, again = self._file.readline, self.taken, self._again
        size = 0
        while line := again.popleft() if again else readline(most):
            size = len(line) if not taken else size + len(line)
            if size >= most:
                raise LimitError(
                    f"{self._of.name}, line {self._next}: the row has more than {most:,} characters. Is this a table?",
                    limit="token bytes",
                )
            taken.append(line)
            yield line
        self.ended = True

    def take(self) -> int:
        """The line on which the record that was read begins."""
        begins = self._next
        self._next += len(self.taken)
        return begins

    def put_back(self) -> int:
        """Put back all lines of the record but the first, and give back the number of that."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.taken.clear()
        self.ended = False
        self._next += 1
        return self._next - 1


def _cells(record: list[str]) -> dict[int, Cell]:
    """The cells of a record that hold something, by column.

    Almost every record is tidy as it is, and is looked at in one go; and its cells are made without the detour over
    keywords. Together this doubles the speed of reading.
    """
    joined = "|".join(record)
    if not joined.isprintable() or any(blanks in f"|{joined}|" for blanks in _UNTIDY):
        record = [tidy(text) for text in record]
    new, text_kind = tuple.__new__, Kind.TEXT
    return {column: new(Cell, (text, text_kind, False, False)) for column, text in enumerate(record, start=1) if text}


def _misquoted(error: csv.Error) -> str:
    return (
        f"a quotation mark begins a text that does not end as it should ({error}): write a quotation mark within a text"
        ' twice (""), and close each text'
    )
