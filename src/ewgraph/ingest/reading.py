"""Record files: which there are, what format each has, and the records in it.

A file is read whole or refused whole, with its name, line and column. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import glob
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from ewgraph.errors import EwgraphError, InputError, LimitError, ParseError
from ewgraph.ingest import jsonld
from ewgraph.ingest.records import RecordSource, one_record, records_of
from ewgraph.model.rdf import DefaultGraph, RdfFormat, parse

FORMATS: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "trig": RdfFormat.TRIG,
        "nq": RdfFormat.N_QUADS,
        "jsonld": RdfFormat.JSON_LD,
        "json": RdfFormat.JSON_LD,
        "ttl": RdfFormat.TURTLE,
    },
)
"""The formats of record files, by the extension and the name that `--format` takes."""

STDIN: Final = "-"
_GZIP: Final = b"\x1f\x8b"
_PLACE: Final = re.compile(r"^Parser error at line \d+ (between columns \d+ and \d+|column \d+): ")
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read.

    Attributes:
        name: as the caller named it.
        content: its bytes as they came, compressed or not.
    """

    name: str
    content: bytes
    records: tuple[RecordSource, ...]


@dataclass(frozen=True, slots=True)
class UnreadableFile:
    """A file that is refused whole."""

    name: str
    reason: EwgraphError


def files_of(arguments: Sequence[str]) -> list[str]:
    """The files that the arguments name: files, patterns such as `*.trig`, folders, `-` for standard input.

    A folder stands for the record files below it, by their extensions, in the order of their names.

    Raises:
        InputError: an argument names nothing.
    """
    found: dict[str, None] = {}
    for argument in arguments:
        path = Path(argument)
        if argument == STDIN or path.is_file():
            named = [argument]
        elif path.is_dir():
            named = sorted(str(below) for below in path.rglob("*") if below.is_file() and _by_extension(below.name))
        else:
            matches = glob.glob(argument, recursive=True)  # noqa: PTH207  # Path.glob takes no absolute pattern
            named = sorted(name for name in matches if Path(name).is_file())
        if not named:
            raise InputError(f"{argument!r} names no record file: there is none of that name, pattern or folder")
        found.update(dict.fromkeys(named))
    return list(found)


def read_files(
    names: Sequence[str],
    *,
    megabytes: int,
    file_format: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[SourceFile | UnreadableFile]:
    """It yields each file with its records, or why it cannot be read.

    Args:
        names: paths, or `-` for standard input.
        megabytes: how large a file may be, uncompressed.
        file_format: one of `FORMATS`; by extension, or by looking into it, where None.
        stdin: standard input.
    """
    for name in names:
        try:
            yield _read(name, megabytes * _MEGABYTE, file_format, stdin)
        except (EwgraphError, OSError) as error:
            reason = error if isinstance(error, EwgraphError) else InputError(f"{name}: {error.strerror or error}")
            yield UnreadableFile(name, reason)


def _read(name: str, limit: int, file_format: str | None, stdin: BinaryIO | None) -> SourceFile:
    if name == STDIN and stdin is not None:
        content = stdin.read(limit + 1)
    else:
        with Path(name).open("rb") as file:
            content = file.read(limit + 1)
    return read_content(name, content, limit=limit, file_format=file_format)


def read_content(name: str, content: bytes, *, limit: int, file_format: str | None = None) -> SourceFile:
    """The records in the content of a file.

    Args:
        name: what messages call it; its extension tells the format unless that is given.
        content: the bytes, gzip or not.
        limit: how many bytes it may have, uncompressed.
        file_format: one of `FORMATS`.

    Raises:
        ParseError: it cannot be read as its format, or holds no record.
        LimitError: it is larger than the limit.
    """
    raw = _uncompressed(name, content, limit)
    if not raw.strip():
        raise ParseError(f"{name}: the file is empty")
    text = text_of(name, raw)
    extension = file_format or _by_extension(name)
    return SourceFile(name, content, _records(name, text, extension))


def _uncompressed(name: str, content: bytes, limit: int) -> bytes:
    raw = content
    if content.startswith(_GZIP):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
                raw = stream.read(limit + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise ParseError(f"{name}: it is not whole as a gzip file: {error}") from error
    if len(raw) > limit or len(content) > limit:
        raise LimitError(
            f"{name}: it is larger than {limit // _MEGABYTE} megabytes. "
            "Split it by records, or set EWGRAPH_LOAD_MEGABYTES higher",
            limit="bytes",
        )
    return raw


def text_of(name: str, raw: bytes) -> str:
    """The text of a file.

    Raises:
        ParseError: it is not UTF-8; the message says where, and what it may be.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ParseError(f"{name}: byte 0: it is not UTF-8; it begins as UTF-16 does. Save it as UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        guess = _guess(raw)
        raise ParseError(
            f"{name}: byte {error.start}, in line {line}: it is not UTF-8{guess}. Save it as UTF-8",
        ) from error
    if "\0" in text[:1000]:
        raise ParseError(f"{name}: byte {raw.index(0)}: it has null bytes, as UTF-16 does. Save it as UTF-8")
    return text


def _guess(raw: bytes) -> str:
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return "; it may be Windows-1252 (cp1252)"


def _by_extension(name: str) -> str | None:
    extension = name.removesuffix(".gz").rpartition(".")[2].lower()
    return extension if extension in FORMATS else None


def _records(name: str, text: str, extension: str | None) -> tuple[RecordSource, ...]:
    file_format = FORMATS[extension] if extension else _sniffed(text)
    if file_format == RdfFormat.JSON_LD:
        return records_of(name, jsonld.quads_of(name, text))
    try:
        quads = list(parse(text, format=file_format))
    except SyntaxError as error:
        raise ParseError(_located(name, text, error)) from error
    nameless = extension is None and quads and all(isinstance(quad.graph_name, DefaultGraph) for quad in quads)
    return one_record(name, quads) if file_format == RdfFormat.TURTLE or nameless else records_of(name, quads)


def _sniffed(text: str) -> RdfFormat:
    """The format that a text looks like; Turtle is read as TriG."""
    if re.match(r"\s*(\{|\[\s*[{\]])", text) and not re.match(r"\s*\{\s*[<_a-zA-Z]", text):
        return RdfFormat.JSON_LD
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    try:
        list(parse(next(lines, ""), format=RdfFormat.N_QUADS))
    except SyntaxError:
        return RdfFormat.TRIG
    return RdfFormat.N_QUADS


def _located(name: str, text: str, error: SyntaxError) -> str:
    """The parser's complaint as file:line:column and a sentence."""
    if error.lineno is None:
        return f"{name}: {error.msg}"
    line, column = error.lineno, error.offset or 1
    message = _PLACE.sub("", error.msg)
    if "No scheme found" in message:
        rows = text.splitlines()
        written = rows[line - 1][column - 1 :].split(">")[0].lstrip("<") if line <= len(rows) else ""
        message = f"{written!r} is a relative IRI. Write a full one, such as https://…"
    return f"{name}:{line}:{column}: {message}"
