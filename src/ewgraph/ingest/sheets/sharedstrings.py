"""The texts that the cells of a workbook share: the first many in memory, the others in a file that has no name.

They stand in the order of their first use, so headings and what is repeated most come first.
"""

from __future__ import annotations

import mmap
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from ewgraph.errors import LimitError
from ewgraph.ingest.sheets.cell import Cell
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ingest.sheets.markup import SEPARATOR, STRICT, TRANSITIONAL, Markup
from ewgraph.ingest.sheets.wording import tidy, unescaped

_HELD: Final = 100_000


class SharedStrings:
    """The shared texts as cells, by number.

    Args:
        texts: in order.
        held: how many to keep in memory.
    """

    def __init__(self, texts: Iterable[str] = (), held: int = _HELD) -> None:
        self._held: list[Cell] = []
        self._ends = array("Q", [0])
        self._rest: mmap.mmap | None = None
        with tempfile.TemporaryFile(prefix="ewgraph-") as file:
            for text in texts:
                if len(self._held) < held:
                    self._held.append(Cell(text))
                else:
                    self._put_away(file, text)
            if self._ends[-1]:
                file.flush()
                self._rest = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._held) + len(self._ends) - 1

    def __getitem__(self, index: int) -> Cell:
        """The cell that holds the text of this number.

        Raises:
            IndexError: there is none.
        """
        if 0 <= index < len(self._held):
            return self._held[index]
        place = index - len(self._held)
        if place < 0 or index >= len(self):
            raise IndexError(index)
        if self._rest is None:
            return Cell("")
        return Cell(self._rest[self._ends[place] : self._ends[place + 1]].decode())

    def _put_away(self, file: BinaryIO, text: str) -> None:
        content = text.encode()
        file.write(content)
        self._ends.append(self._ends[-1] + len(content))


def shared_texts(chunks: Iterable[bytes], where: str, limits: Limits) -> Iterator[str]:
    """It yields the texts of the part: the runs of rich text joined, readings (phonetic runs) left out.

    Args:
        chunks: the part's content.
        where: what messages call it.
        limits: how many there may be, and how long.

    Raises:
        ParseError: it is not XML, or has a DOCTYPE.
        LimitError: a text is longer than a cell may be, or there are more texts than cells.
    """
    reading = _Reading(where, limits)
    total = 0
    for chunk in chunks:
        reading.markup.feed(chunk)
        total += len(reading.texts)
        if total > limits.cells:
            raise LimitError(f"{where} has more than {limits.cells:,} texts. Split the workbook", limit="cells")
        yield from reading.texts
        reading.texts.clear()
    reading.markup.feed(b"", last=True)
    yield from reading.texts


class _Reading:
    """The handlers of the parser, and the texts that are complete."""

    def __init__(self, where: str, limits: Limits) -> None:
        self.texts: list[str] = []
        self.markup = Markup(where, limits)
        self.markup.parser.StartElementHandler = self._start
        self.markup.parser.EndElementHandler = self._end
        self.markup.parser.CharacterDataHandler = self._characters
        self._limits = limits
        self._text = ""
        self._within: list[str] = []

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        self._within.append(local if namespace in {TRANSITIONAL, STRICT} else "")
        if len(self._within) > self._limits.depth:
            self.markup.refuse_depth()
        if local == "si":
            self._text = ""

    def _end(self, _name: str) -> None:
        if self._within.pop() == "si":
            self.texts.append(tidy(unescaped(self._text)))

    def _characters(self, data: str) -> None:
        if self._within[-1] == "t" and "rPh" not in self._within:
            self._text += data
            if len(self._text) > self._limits.text:
                raise LimitError(
                    f"{self.markup.where}: a text begins {self._text[:40]!r} and has more than {self._limits.text:,}"
                    " characters, the most that a cell holds. Shorten it",
                    limit="text",
                )
