"""GraphQL over HTTP: requests answered in a thread of their own; a console for people; the schema and its limits.

Source: the GraphQL over HTTP specification, draft of the GraphQL Foundation, sections 4 to 6.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import Final

import orjson
from graphql import ExecutionResult
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from ewgraph.api.graphql.allowance import Allowance
from ewgraph.api.graphql.parts import InParts
from ewgraph.api.graphql.preparing import Asked, UnsafeError
from ewgraph.api.graphql.publishing import limits
from ewgraph.api.graphql.requests import (
    EVENT_STREAM,
    JSON,
    SAFE,
    RefusedError,
    accepts_events,
    accepts_parts,
    asked_of,
    media_type,
)
from ewgraph.api.graphql.schema import content_of, schema
from ewgraph.api.graphql.service import InTurn, Service
from ewgraph.api.graphql.sockets import Socket
from ewgraph.api.graphql.streams import event_stream

_STATIC: Final = Path(__file__).with_name("static")
_FILES: Final[Mapping[str, str]] = {"console.js": "text/javascript", "console.css": "text/css"}
_HEADERS: Final[Mapping[str, str]] = {"Cache-Control": "private, no-store", "Vary": "Accept, Authorization"}
_STREAMED: Final[Mapping[str, str]] = {**_HEADERS, "X-Accel-Buffering": "no"}
"""So that nginx passes each part on as it comes."""


class GraphQLApp:
    """The ASGI application: serves the console and its files, and answers whoever asks, by HTTP or over a socket."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or all that come over one socket."""
        if scope["type"] == "websocket":
            await Socket(self._service, WebSocket(scope, receive, send)).serve()
            return
        request = Request(scope, receive)
        response = await self._response(request)
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        below = request.url.path.rstrip("/").rpartition("/graphql")[2]
        if below:
            return self._file(request, below.removeprefix("/"))
        if request.method in SAFE and _wants_page(request):
            return _console(request.url.path.rstrip("/"))
        kind = JSON
        try:
            kind = media_type(request)
            asked = await asked_of(request, self._service.policy.registered)
            if await self._streams(request, asked, kind):
                return event_stream(self._service.answers(request, asked), _STREAMED)
            asked = replace(asked, in_parts=request.method != "HEAD" and accepts_parts(request))
            result = await self._service.answer(request, asked)
        except RefusedError as error:
            return _json({"errors": [{"message": str(error)}]}, kind, error.status, error.headers)
        except UnsafeError as error:
            return _json({"errors": [{"message": str(error)}]}, kind, 405, {"Allow": "POST"})
        return _answer(result, kind)

    async def _streams(self, request: Request, asked: Asked, kind: str) -> bool:
        """Whether the answer is a stream: of a subscription where streams are accepted, or where nothing else is.

        Raises:
            CredentialError: what the request shows is no credential. A stream that has begun has no status to say so.
        """
        if not accepts_events(request):
            return False
        return await run_in_threadpool(self._service.listens, request, asked) or kind == EVENT_STREAM

    def _file(self, request: Request, name: str) -> Response:
        """A file of the console, the schema, or the limits: the same for everybody."""
        content = _published(name, self._service.allowance())
        if content is None:
            return _json({"errors": [{"message": "There is no such file."}]}, JSON, 404)
        if request.method not in SAFE:
            return _json({"errors": [{"message": "Files are read with GET."}]}, JSON, 405, {"Allow": "GET, HEAD"})
        return Response(content[0], media_type=content[1])


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and "query" not in request.query_params


def _answer(result: ExecutionResult | InTurn, media_type: str) -> Response:
    """The result; one that was refused before it ran has, under the newer media type, the status 400."""
    if isinstance(result, InTurn):
        return InParts(result.begun, result.more, _STREAMED)
    content = content_of(result)
    return _json(content, media_type, 200 if "data" in content or media_type == JSON else 400)


def _json(content: object, media_type: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(orjson.dumps(content), status, {**_HEADERS, **(headers or {})}, f"{media_type}; charset=utf-8")


def _published(name: str, allowance: Allowance) -> tuple[bytes, str] | None:
    """A file and its media type; only those that are named are served."""
    folder, _, file = name.rpartition("/")
    if folder == "static" and file in _FILES:
        return (_STATIC / file).read_bytes(), _FILES[file]
    if name == "schema.graphql":
        return schema.as_str().encode(), "text/plain; charset=utf-8"
    if name == "limits":
        return orjson.dumps(limits(allowance), option=orjson.OPT_INDENT_2), JSON
    return None


def _console(base: str) -> Response:
    page = Template((_STATIC / "console.html").read_text(encoding="utf-8"))
    text = page.substitute(base=html.escape(base, quote=True))
    return HTMLResponse(text, headers={"Vary": "Accept"})
