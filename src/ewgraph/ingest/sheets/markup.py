"""The XML of a workbook's parts, read as it streams in. A part with a DOCTYPE is refused: no entity is expanded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NoReturn
from xml.parsers import expat

from ewgraph.errors import LimitError, ParseError
from ewgraph.ingest.sheets.limits import Limits

TRANSITIONAL: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
SEPARATOR: Final = "}"
_REMEDY: Final = "Open it in a spreadsheet program and save it again as .xlsx"


class Markup:
    """A parser of one part that gives names as `namespace}name`; its handlers are the caller's to set.

    Args:
        where: what messages call the part: the file and its name in it.
    """

    def __init__(self, where: str, limits: Limits) -> None:
        self.where = where
        self._limits = limits
        self.parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._fed = 0

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Parse the next chunk.

        Raises:
            ParseError: it is not XML, or has a DOCTYPE.
            LimitError: a tag is longer than any workbook's.
        """
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise ParseError(f"{self.where} is damaged: {error}. {_REMEDY}") from error
        except (LookupError, ValueError) as error:
            raise ParseError(f"{self.where} is in an unknown encoding: {error}. {_REMEDY}") from error
        self._fed += len(chunk)
        if self._fed - self.parser.CurrentByteIndex > self._limits.token_bytes:
            raise LimitError(f"{self.where} has a tag of over {self._limits.token_bytes:,} bytes", limit="token bytes")

    def silence(self) -> None:
        """Call no handler for what is left."""
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None

    def refuse_depth(self) -> NoReturn:
        """Say that elements stand within each other without end."""
        raise LimitError(
            f"{self.where} has elements more than {self._limits.depth} deep, as no workbook has. {_REMEDY}",
            limit="depth",
        )

    def _refuse_doctype(self, *_declared: object) -> NoReturn:
        raise ParseError(f"{self.where} has a DOCTYPE, which no workbook has: it is not read. {_REMEDY}")


def tags(
    chunks: Iterable[bytes],
    where: str,
    limits: Limits,
    wanted: Collection[str],
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """It yields the opening tags of a part in order: local name, and attributes by local name.

    Args:
        chunks: the part's content.
        where: what messages call the part.
        limits: how long and deep its tags may be.
        wanted: the local names that matter.

    Raises:
        ParseError: it is not XML, or has a DOCTYPE.
        LimitError: a tag is too long, or too deep.
    """
    markup = Markup(where, limits)
    found: list[tuple[str, Mapping[str, str]]] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            markup.refuse_depth()
        if (local := _local(name)) in wanted:
            found.append((local, {_local(key): value for key, value in attributes.items()}))

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    markup.parser.StartElementHandler = start
    markup.parser.EndElementHandler = end
    for chunk in chunks:
        markup.feed(chunk)
        yield from found
        found.clear()
    markup.feed(b"", last=True)
    yield from found


def _local(name: str) -> str:
    return name.rpartition(SEPARATOR)[2]
