"""Documents: a file that was sent, as sheets of rows. What it is, its content says, not its name."""

from __future__ import annotations

import codecs
import hashlib
import mmap
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeAlias

from ewgraph.errors import InputError, LimitError, ParseError
from ewgraph.ingest.sheets.cell import SheetRow
from ewgraph.ingest.sheets.delimited import Delimited
from ewgraph.ingest.sheets.dialect import dialect_of
from ewgraph.ingest.sheets.encoding import UTF_8, guessed_encoding, marked_encoding, readable
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ingest.sheets.ours import CHECK_SHEETS
from ewgraph.ingest.sheets.workbook import Workbook

Form: TypeAlias = Literal["xlsx", "csv", "json"]

_HEAD: Final = 64_000
_CHUNK: Final = 1 << 20
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: Final = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file (.gz)"),
    (b"7z\xbc\xaf", "a compressed file (.7z)"),
    (b"Rar!", "a compressed file (.rar)"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"<", "XML or a web page"),
)
_JSON: Final = re.compile(rb'\{\s*["}]|\[\s*(?:[\[\]{"\d-]|true\b|false\b|null\b)')
_CONTROL: Final = bytes(code for code in range(32) if code not in b"\t\n\v\f\r")
_CONTROL_SHARE: Final = 0.1
_DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a document.

    Attributes:
        name: as the document calls it; empty for the one sheet of a CSV file.
        hidden: whether a spreadsheet program hides it.
        read: what reads its rows from the file, from the first on.
    """

    name: str
    hidden: bool
    read: Callable[[], Iterator[SheetRow]]

    def rows(self) -> Iterator[SheetRow]:
        """It yields the rows that hold something, streamed from the file, each time from the first on.

        Raises:
            ParseError: the sheet is damaged.
            LimitError: it holds more than it may.
        """
        return self.read()


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was sent.

    Attributes:
        name: what whoever sent it calls it.
        path: where it is kept.
        sha256: the digest of its bytes, in hexadecimal.
        sheets: in its order; none in JSON, of which only a mapping knows what would be a row.
        remarks: sentences on what was found out about it, or guessed.
    """

    name: str
    path: Path
    sha256: str
    form: Form
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()


def open_document(path: Path, name: str, limits: Limits | None = None) -> Document:
    """The document in a file: an .xlsx workbook, CSV in whatever encoding and dialect, or JSON.

    Args:
        path: the file.
        name: what messages call it.
        limits: how much it may hold.

    Raises:
        ParseError: it is empty, damaged, or none of these.
        InputError: it is a kind of workbook that is not read, is protected by a password, or has macros.
        LimitError: it holds too much.
    """
    limits = limits or Limits()
    sha256 = _digest(path, name, limits)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise ParseError(f"{name}: the file is empty. Send one with a table in it")
    if head.startswith(_ZIP):
        sheets, remarks = _workbook(path, name, limits)
        form: Form = "xlsx"
    else:
        _refuse_other_formats(path, name, head)
        unmarked = head.removeprefix(codecs.BOM_UTF8).lstrip()
        form = "json" if _JSON.match(unmarked) else "csv"
        sheets, remarks = _text(path, name, head, limits) if form == "csv" else ((), [])
    suffix = Path(name).suffix.lower()
    if form == "xlsx" and suffix not in {"", ".xlsx"}:
        remarks.insert(0, f"Its name ends in {suffix!r}, but it is a workbook (.xlsx), and was read as one.")
    elif form == "csv" and suffix in {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".json"}:
        remarks.insert(0, f"Its name ends in {suffix!r}, but it is text, and was read as CSV.")
    return Document(name, path, sha256, form, sheets, tuple(remarks))


def _digest(path: Path, name: str, limits: Limits) -> str:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > limits.file_bytes:
                    raise LimitError(
                        f"{name}: the file is larger than {limits.file_bytes:,} bytes. Split it",
                        limit="bytes",
                    )
                digest.update(chunk)
    except OSError as error:
        raise InputError(f"{name}: it cannot be read: {error.strerror or error}") from error
    return digest.hexdigest()


def _workbook(path: Path, name: str, limits: Limits) -> tuple[tuple[Sheet, ...], list[str]]:
    workbook = Workbook(path, name, limits)
    sheets = [sheet for sheet in workbook.sheets if sheet.name not in CHECK_SHEETS]
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    remarks = list(workbook.remarks)
    if hidden:
        remarks.append(f"Hidden sheets: {', '.join(map(repr, hidden))}.")
    return tuple(Sheet(sheet.name, sheet.hidden, partial(workbook.rows, sheet)) for sheet in sheets), remarks


def _text(path: Path, name: str, head: bytes, limits: Limits) -> tuple[tuple[Sheet, ...], list[str]]:
    remarks: list[str] = []
    encoding = marked_encoding(head)
    if encoding and not readable(path, encoding):
        raise ParseError(f"{name}: it begins as {encoding.upper()}, and is not. Save it as UTF-8")
    if not encoding:
        if len(head.translate(None, _CONTROL)) < len(head) * (1 - _CONTROL_SHARE):
            raise ParseError(f"{name}: this is neither a workbook nor text. Save the table as .xlsx or CSV in UTF-8")
        encoding = UTF_8 if readable(path, UTF_8) else ""
    if not encoding:
        encoding = guessed_encoding(path)
        remarks.append(f"It is not UTF-8; it was read as {encoding}, a guess. Are all letters right?")
    sample = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    dialect = dialect_of(_whole_lines(sample) if len(head) == _HEAD else sample)
    if dialect.delimiter != ",":
        said = _DELIMITERS.get(dialect.delimiter, repr(dialect.delimiter))
        remarks.append(f"Its cells are separated by: {said}.")
    return (Sheet("", hidden=False, read=Delimited(path, name, encoding, dialect, limits).rows),), remarks


def _whole_lines(sample: str) -> str:
    return sample[: sample.rfind("\n") + 1] or sample


def _refuse_other_formats(path: Path, name: str, head: bytes) -> None:
    if head.startswith(_OLE):
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
                raise InputError(f"{name}: the workbook is protected by a password. Save it without one")
            if any(content.find(stream.encode("utf-16-le")) >= 0 for stream in ("Workbook", "Book")):
                raise InputError(f"{name}: this is a workbook of the old format (.xls). Save it as .xlsx")
        raise InputError(f"{name}: this is an old Office file, and no workbook. Save the table as .xlsx or CSV")
    unmarked = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for start, what in _OTHERS:
        if unmarked.startswith(start):
            raise InputError(f"{name}: this is {what}, not a table. Save the table as .xlsx or CSV")
