"""Record files handed in over HTTP: checked and stored at once, all of them or none.

A process of its own does the work, as `ewgraph load` in the caller's name: a hostile file can end nothing but that.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import Credential, Principal
from ewgraph.api.sparql.operation import MediaTypeError
from ewgraph.errors import LimitError, UnavailableError
from ewgraph.ledger import Audit, Event
from ewgraph.settings import Settings
from ewgraph.web.forms import too_large
from ewgraph.web.handed import dry_run_of, on_behalf_of, refuse_unknown
from ewgraph.web.jobs import environment_of
from ewgraph.web.readers import Holders
from ewgraph.web.shares import Turns
from ewgraph.web.tether import tethered
from ewgraph.web.transfers import NO_STORE
from ewgraph.web.uploads import Uploads

FORMATS: Final = {
    "application/trig": "trig",
    "application/n-quads": "nq",
    "application/ld+json": "jsonld",
    "text/turtle": "ttl",
}
_SECONDS: Final = 600.0
_REPORT_BYTES: Final = 16_000_000
_PIECE: Final = 1 << 16
_PLACES: Final = 2
_CODES: Final = (0, 1)
_NO_NAME: Final = "-"
_DRY_RUN: Final = "--dry-run"
_BODY: Final = "the request"


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """Answers `POST /records`.

    Attributes:
        holders: tells who asks.
        uploads: where the body lies while it is worked on.
        audit: where it is noted that a body came, and that something of it was recorded.
    """

    holders: Holders
    uploads: Uploads
    settings: Settings
    audit: Audit
    turns: Turns = field(default_factory=lambda: Turns("record files", places=_PLACES))

    async def submit(self, request: Request) -> Response:
        """Take the records of the body in, in the caller's name, or say of each why not."""
        owner = await run_in_threadpool(self.holders, request)
        refuse_unknown(request, "dryRun", "onBehalfOf")
        kind, other = request.headers.get("content-type", ""), request.query_params.get("onBehalfOf")
        arguments = arguments_of(owner, kind, other, dry_run=dry_run_of(request))
        try:
            code, report = await self.taken_in(request.state.credential, request.stream(), arguments, other)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        return _answer(code, report, dry_run=_DRY_RUN in arguments)

    async def taken_in(
        self,
        by: Credential,
        body: AsyncIterator[bytes],
        arguments: list[str],
        on_behalf_of: str | None,
    ) -> tuple[int, bytes | None]:
        """Take records in, in the name of who shows a credential: how that ended, and its report."""
        owner = by.principal
        await run_in_threadpool(self.uploads.make_room, owner)
        path = self.uploads.coming(owner)
        try:
            with self.uploads.under_way.one(owner):
                sha256 = await self._arrived(body, path)
            await self._note(by, on_behalf_of, Event.UPLOADED, sha256)
            async with self.turns.one(owner):
                code, report = await self._loaded(path, arguments)
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        if _is_stored(code, report, arguments):
            await self._note(by, on_behalf_of, Event.RECORDED, sha256)
        return code, report

    async def _note(self, by: Credential, on_behalf_of: str | None, event: Event, sha256: str) -> None:
        """Note by which key or account this was done, and on whose behalf: the ledger has the submitter alone."""
        more = {"onBehalfOf": on_behalf_of} if on_behalf_of else {}
        await run_in_threadpool(self.audit.note, event, by.by, by.principal.name, sha256=sha256, **more)

    async def _arrived(self, body: AsyncIterator[bytes], path: Path) -> str:
        """The SHA-256 of the body, which lies at the path then."""
        size, summed = 0, hashlib.sha256()
        with path.open("xb") as file:
            async for piece in body:
                size += len(piece)
                if size > self.uploads.most:
                    raise too_large(self.uploads.most)
                summed.update(piece)
                await run_in_threadpool(file.write, piece)
        return summed.hexdigest()

    async def _loaded(self, path: Path, arguments: list[str]) -> tuple[int, bytes | None]:
        """How the work ended, and its report; None where it is too long to be told."""
        with path.open("rb") as body:
            process = await asyncio.create_subprocess_exec(
                *tethered(self.settings.job_megabytes, "-m", "ewgraph", "--data", str(self.settings.data), *arguments),
                stdin=body,
                stdout=PIPE,
                stderr=DEVNULL,
                env=environment_of(self.settings),
                start_new_session=True,
            )
        said = bytearray()
        try:
            async with asyncio.timeout(_SECONDS):
                while process.stdout and (piece := await process.stdout.read(_PIECE)):
                    said += piece if len(said) <= _REPORT_BYTES else b""
                code = await process.wait()
        except TimeoutError as error:
            raise LimitError(
                f"to check these records takes more than {_SECONDS:g} seconds. Send them in parts", limit="seconds"
            ) from error
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        return code, bytes(said) if len(said) <= _REPORT_BYTES else None


def arguments_of(owner: Principal, media_type: str, on_behalf: str | None, *, dry_run: bool) -> list[str]:
    """The command that takes records in.

    Raises:
        MediaTypeError: the body is of no known format.
        InputError: who is spoken for is no IRI.
        NotAllowedError: the caller may not speak for that organisation.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind not in FORMATS:
        raise MediaTypeError(f"records come as {', '.join(FORMATS)}, not {kind[:80]!r}")
    other = on_behalf_of(owner, on_behalf)
    arguments = ["load", "--atomic", "--report", "json", "--format", FORMATS[kind], "--from", owner.name]
    if owner.organization is None and other is not None:
        arguments += ["--on-behalf-of", other.value]
    if dry_run:
        arguments.append(_DRY_RUN)
    return [*arguments, _NO_NAME]


def report_of(code: int, told: bytes | None) -> dict[str, Any]:
    """What the work tells of the records; nothing where that is too long to be told.

    Raises:
        UnavailableError: the work ended without a report.
    """
    if code not in _CODES or told == b"":
        raise UnavailableError("these records could not be checked here. Send them in parts, or try again later")
    report: dict[str, Any] = json.loads(told) if told else {}
    for notice in (*report.get("refused", ()), *report.get("warnings", ())):
        notice["file"] = _BODY
    return report


def _is_stored(code: int, told: bytes | None, arguments: list[str]) -> bool:
    if code or told == b"" or _DRY_RUN in arguments:
        return False
    return told is None or bool(report_of(code, told)["added"])


def _answer(code: int, told: bytes | None, *, dry_run: bool) -> Response:
    """What came of it: 201 where something was stored, 200 where nothing had to be, 422 where something is refused.

    Raises:
        UnavailableError: the work ended without a report.
    """
    report = report_of(code, told)
    if code:
        count = len(report["refused"]) if report else "more than can be told are"
        problem = {
            "type": "about:blank",
            "title": HTTPStatus.UNPROCESSABLE_ENTITY.phrase,
            "status": HTTPStatus.UNPROCESSABLE_ENTITY.value,
            "detail": f"{count} refused, and nothing was stored. Each says what is wrong, where, why, and what to do",
            "refused": report.get("refused", []),
            "warnings": report.get("warnings", []),
        }
        return JSONResponse(problem, HTTPStatus.UNPROCESSABLE_ENTITY, NO_STORE, "application/problem+json")
    is_stored = not dry_run and (told is None or bool(report["added"]))
    return JSONResponse({"dryRun": dry_run, **report}, 201 if is_stored else 200, NO_STORE)
