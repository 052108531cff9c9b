"""GraphQL over HTTP: requests answered in a thread of their own; a console for people; the schema and its limits.

Source: the GraphQL over HTTP specification, draft of the GraphQL Foundation, sections 4 to 6.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Final

import orjson
from graphql import ExecutionResult
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from ewgraph.access import PUBLIC_READER, Gate, Principal
from ewgraph.api.graphql.allowance import Allowance
from ewgraph.api.graphql.answering import Answering, Asked, Asker, UnsafeError
from ewgraph.api.graphql.clerk import Clerk
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.publishing import limits
from ewgraph.api.graphql.requests import JSON, SAFE, RefusedError, asked_of, media_type
from ewgraph.api.graphql.schema import schema, told
from ewgraph.api.graphql.values import Context
from ewgraph.catalogue import Catalogue

_STATIC: Final = Path(__file__).with_name("static")
_FILES: Final[Mapping[str, str]] = {"console.js": "text/javascript", "console.css": "text/css"}
_HEADERS: Final[Mapping[str, str]] = {"Cache-Control": "private, no-store", "Vary": "Accept, Authorization"}


@dataclass(frozen=True, slots=True)
class Policy:
    """What is told of the schema, and to whom.

    Attributes:
        introspection: to whom it is told as a whole by introspection: `everyone`, `members` (whoever shows a key, or is
            signed in) or `nobody`.
        registered: documents that can be asked by the SHA-256 of their text.
    """

    introspection: str = "members"
    registered: Mapping[str, str] = field(default_factory=dict)

    def asker(self, principal: Principal, *, may_change: bool) -> Asker:
        """Who asks."""
        known = principal != PUBLIC_READER
        told = {"everyone": True, "members": known}.get(self.introspection, False)
        return Asker(principal.name, may_introspect=told, hears_names=known, may_change=may_change)


class GraphQLApp:
    """The ASGI application: serves the console and its files, and answers queries for whoever asks."""

    def __init__(  # noqa: PLR0913, PLR0917  # made in one place
        self,
        gate: Gate,
        catalogue: Catalogue,
        principal_of: Callable[[Request], Principal],
        allowance: Callable[[], Allowance],
        policy: Policy,
        clerks: Callable[[Request], Clerk] | None,
    ) -> None:
        self._gate = gate
        self._catalogue = catalogue
        self._principal_of = principal_of
        self._allowance = allowance
        self._policy = policy
        self._answering = Answering(schema)
        self._clerks = clerks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; there are no subscriptions."""
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
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
            asked = await asked_of(request, self._policy.registered)
            result = await run_in_threadpool(self._execute, request, asked)
        except RefusedError as error:
            return _json({"errors": [{"message": str(error)}]}, kind, error.status, error.headers)
        except UnsafeError:
            sentence = "A GET only reads. Send a mutation by POST."
            return _json({"errors": [{"message": sentence}]}, kind, 405, {"Allow": "POST"})
        return _answer(result, kind)

    def _execute(self, request: Request, asked: Asked) -> ExecutionResult:
        """Run the operation: one view, so one pair of instants, for all of it. It blocks, so it has a thread."""
        principal = self._principal_of(request)
        asker = self._policy.asker(principal, may_change=request.method not in SAFE)

        def context() -> Context:
            loader = Loader(self._gate.view(principal), self._catalogue, self._allowance())
            return Context(loader, asked.operation_name, self._clerks(request) if self._clerks else None)

        return self._answering.answer(asked, asker, context)

    def _file(self, request: Request, name: str) -> Response:
        """A file of the console, the schema, or the limits: the same for everybody."""
        content = _published(name, self._allowance())
        if content is None:
            return _json({"errors": [{"message": "There is no such file."}]}, JSON, 404)
        if request.method not in SAFE:
            return _json({"errors": [{"message": "Files are read with GET."}]}, JSON, 405, {"Allow": "GET, HEAD"})
        return Response(content[0], media_type=content[1])


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and "query" not in request.query_params


def _answer(result: ExecutionResult, media_type: str) -> Response:
    """The result; one that was refused before it ran has no `data`, and under the newer media type the status 400."""
    content: dict[str, object] = {}
    if result.errors:
        content["errors"] = [told(error) for error in result.errors]
    ran = result.data is not None or any(error.path for error in result.errors or ())
    if ran:
        content["data"] = result.data
    return _json(content, media_type, 200 if ran or media_type == JSON else 400)


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
