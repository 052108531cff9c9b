"""A form with one file in it (RFC 7578), taken in as it comes: the file to disk, hashed on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ewgraph.errors import InputError, LimitError

_FIELD_BYTES: Final = 64 * 1024
_FIELDS: Final = 20
_WRITTEN_AT_ONCE: Final = 1024 * 1024
_NAME_LENGTH: Final = 150


@dataclass(slots=True)
class Form:
    """A form that has arrived.

    Attributes:
        fields: the texts by name.
        name: what the sender calls the file; without folders.
        sha256: the file's hash.
        size: its bytes.
    """

    fields: dict[str, str] = field(default_factory=dict)
    name: str = ""
    sha256: str = ""
    size: int = -1


async def arrived_form(request: Request, path: Path, most: int) -> Form:
    """The form in the request's body, with its file written to the path.

    Args:
        request: the request; its body is read.
        path: where to write; removed again where the form is not taken.
        most: how many bytes the file may have.

    Raises:
        InputError: the body is no such form, or holds not exactly one part named `file`.
        LimitError: the file or a field is too large.
    """
    _, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary")
    if not boundary:
        raise InputError("the Content-Type of a form names its boundary: multipart/form-data; boundary=…")
    try:
        with path.open("xb") as file:
            taking = _Taking(file, most)
            parser = MultipartParser(boundary, taking.callbacks())  # type: ignore[arg-type]  # a TypedDict, all optional
            async for piece in request.stream():
                parser.write(piece)
                if len(taking.waiting) >= _WRITTEN_AT_ONCE:
                    await run_in_threadpool(taking.write)
            parser.finalize()
            await run_in_threadpool(taking.write)
        return taking.form()
    except FormParserError as error:
        await run_in_threadpool(path.unlink, missing_ok=True)
        raise InputError(f"the body is no form of multipart/form-data: {error}. Send it whole") from error
    except BaseException:
        path.unlink(missing_ok=True)  # noqa: ASYNC240  # no waiting while the request is being cancelled
        raise


class _Taking:
    """The form as far as it has arrived."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._most = file, most
        self._hash = hashlib.sha256()
        self._form = Form()
        self._headers: dict[bytes, bytes] = {}
        self._header = bytearray(), bytearray()
        self._text: bytearray | None = None
        self._field = ""
        self._ended = False
        self.waiting = bytearray()

    def callbacks(self) -> dict[str, Callable[..., None]]:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._open,
            "on_part_data": self._take,
            "on_part_end": self._close,
            "on_end": self._end,
        }

    def write(self) -> None:
        """Write what waits."""
        self._file.write(self.waiting)
        self._hash.update(self.waiting)
        self.waiting.clear()

    def form(self) -> Form:
        """The whole form."""
        if not self._ended:
            raise InputError("the form ends in the middle: its last boundary is missing. Send it again, whole")
        if self._form.size < 0:
            raise InputError("the form holds no file: send it as the part named 'file', with a file name")
        self._form.sha256 = self._hash.hexdigest()
        return self._form

    def _begin(self) -> None:
        self._headers.clear()
        self._header = bytearray(), bytearray()

    def _end_header(self) -> None:
        self._headers[bytes(self._header[0]).lower()] = bytes(self._header[1])
        self._header = bytearray(), bytearray()

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        if self._field != "file":
            if len(self._form.fields) >= _FIELDS:
                raise LimitError(f"a form has at most {_FIELDS} fields", limit="request bytes")
            self._text = bytearray()
            return
        if self._form.size >= 0:
            raise InputError("the form holds two files: hand in one at a time")
        self._text = None
        self._form.size = 0
        self._form.name = plain_name(options.get(b"filename", b"").decode("utf-8", "replace"))

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._text is not None:
            self._text += data[start:end]
            if len(self._text) > _FIELD_BYTES:
                raise LimitError(
                    f"the field {self._field[:80]!r} has more than {_FIELD_BYTES} bytes", limit="request bytes"
                )
            return
        self._form.size += end - start
        if self._form.size > self._most:
            raise too_large(self._most)
        self.waiting += data[start:end]

    def _close(self) -> None:
        if self._text is not None:
            self._form.fields[self._field] = bytes(self._text).decode("utf-8", "replace").strip()

    def _end(self) -> None:
        self._ended = True


def plain_name(name: str) -> str:
    r"""A file's name without folders and control characters, never empty and never long.

    >>> plain_name(r"C:\Users\ola\sites 2024.xlsx")
    'sites 2024.xlsx'
    >>> plain_name("../../")
    'disclosure'
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(character for character in last if character.isprintable()).strip(" .")
    if len(plain) > _NAME_LENGTH:
        plain = plain[: _NAME_LENGTH // 2] + "…" + plain[-_NAME_LENGTH // 3 :]
    return plain or "disclosure"


def too_large(most: int) -> LimitError:
    """What is said of a file that is larger than the limit."""
    return LimitError(
        f"a file that is handed in has at most {most} bytes (EWGRAPH_LOAD_MEGABYTES). "
        "Leave out pictures and other sheets, or hand it in in parts",
        limit="request bytes",
    )
