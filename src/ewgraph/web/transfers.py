"""Files that come in pieces, by their hash: a cut line costs what was on it, not the file.

The headers are those of the IETF draft "Resumable Uploads for HTTP" (draft-ietf-httpbis-resumable-upload): a piece says
with `Upload-Offset` where it begins and with `Upload-Complete: ?1`, or an `Upload-Length`, that it is the last.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import IO, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import Principal
from ewgraph.errors import ConflictError, InputError, NotFoundError
from ewgraph.web.forms import too_large
from ewgraph.web.uploads import OffsetError, Uploads, checked

NO_STORE: Final = {"Cache-Control": "no-store"}
_DIGITS: Final = 16
_WRITTEN_AT_ONCE: Final = 1024 * 1024


class Transfers:
    """Answers `/disclosures/files/{sha256}`."""

    def __init__(self, uploads: Uploads, known: Callable[[Request], Principal]) -> None:
        """Take the files, and what tells who asks and refuses the public."""
        self._uploads = uploads
        self._known = known
        self._writing: dict[Path, str] = {}
        self._ending: set[Path] = set()

    async def answer(self, request: Request) -> Response:
        """HEAD and GET tell how much is there; PUT brings all of a file, PATCH a piece."""
        owner = await run_in_threadpool(self._known, request)
        sha256 = checked(request.path_params["sha256"].lower())
        if request.method == "PUT":
            return await self._put(request, owner, sha256)
        if request.method == "PATCH":
            return await self._patch(request, owner, sha256)
        return _told(sha256, *self._uploads.size(owner, sha256))

    async def _put(self, request: Request, owner: Principal, sha256: str) -> Response:
        await run_in_threadpool(self._uploads.make_room, owner)
        part = self._part(owner, sha256)
        with self._uploads.under_way.one(owner), part.open("wb") as file:
            whole = await self._write(request, part, file)
        return await self._ended(owner, sha256, last=whole)

    async def _patch(self, request: Request, owner: Principal, sha256: str) -> Response:
        offset = _number(request, "upload-offset")
        if offset is None:
            raise InputError("a piece says where it begins: send `Upload-Offset`, 0 for the first")
        held, whole = self._held(owner, sha256)
        if offset != held or whole:
            raise OffsetError(
                f"{held} bytes of the file are here{', all of it' if whole else ''}: a piece cannot begin at {offset}",
                held,
            )
        await run_in_threadpool(self._uploads.make_room, owner)
        part = self._part(owner, sha256)
        with self._uploads.under_way.one(owner), part.open("ab") as file:
            arrived = await self._write(request, part, file)
        complete = request.headers.get("upload-complete") == "?1"
        length = _number(request, "upload-length")
        return await self._ended(owner, sha256, last=arrived and (complete or length == part.stat().st_size))

    def _part(self, owner: Principal, sha256: str) -> Path:
        """Where to write, unless what is there is being read to its end: nothing may be added that is not hashed."""
        part = self._uploads.part(owner, sha256)
        if part in self._ending:
            raise ConflictError("the file is whole and is being looked at: ask with HEAD how much of it is here")
        return part

    def _held(self, owner: Principal, sha256: str) -> tuple[int, bool]:
        try:
            return self._uploads.size(owner, sha256)
        except NotFoundError:
            return 0, False

    async def _write(self, request: Request, part: Path, file: IO[bytes]) -> bool:
        """Write the body; whether all of it came. A later request for the same file takes its place."""
        mark = self._writing[part] = secrets.token_hex(8)
        size, waiting = file.tell(), bytearray()
        try:
            async for piece in request.stream():
                if self._writing.get(part) != mark:
                    raise ConflictError("another request goes on with this file: ask with HEAD how much of it is here")
                waiting += piece
                size += len(piece)
                if size > self._uploads.most:
                    waiting.clear()
                    await run_in_threadpool(part.unlink, missing_ok=True)
                    raise too_large(self._uploads.most)
                if len(waiting) >= _WRITTEN_AT_ONCE:
                    await run_in_threadpool(file.write, waiting)
                    waiting.clear()
        except ClientDisconnect:
            return False
        finally:
            if self._writing.get(part) == mark:
                await run_in_threadpool(file.write, waiting)
                del self._writing[part]
        return True

    async def _ended(self, owner: Principal, sha256: str, *, last: bool) -> Response:
        part = self._uploads.part(owner, sha256)
        if last and part not in self._ending:
            self._writing.pop(part, None)  # a request that still brings something is too late
            self._ending.add(part)
            try:
                await run_in_threadpool(self._uploads.finish, owner, sha256)
            finally:
                self._ending.discard(part)
        size, whole = self._uploads.size(owner, sha256)
        return _told(sha256, size, whole, HTTPStatus.CREATED if whole else HTTPStatus.OK)


def _told(sha256: str, size: int, whole: bool, status: int = HTTPStatus.OK) -> Response:
    headers = {**NO_STORE, "Upload-Offset": str(size), "Upload-Complete": "?1" if whole else "?0"}
    return JSONResponse({"sha256": sha256, "bytes": size, "complete": whole}, status, headers)


def _number(request: Request, header: str) -> int | None:
    text = request.headers.get(header)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS):
        raise InputError(f"{header.title()} is a number of bytes, not {text[:80]!r}")
    return int(text)
