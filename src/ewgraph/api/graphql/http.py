"""GraphQL over HTTP: POST of JSON, answered in a thread of its own; a console for people on GET.

Source: the GraphQL over HTTP specification, draft of the GraphQL Foundation, sections 4 to 6.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from graphql import GraphQLError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.types import ExecutionResult

from ewgraph.access import Gate, Principal
from ewgraph.api.graphql.loader import Allowance, Loader
from ewgraph.api.graphql.schema import schema, told
from ewgraph.api.graphql.values import Context
from ewgraph.catalogue import Catalogue

RESPONSE_JSON: Final = "application/graphql-response+json"
JSON: Final = "application/json"
LARGEST_BODY: Final = 1_000_000

_STATIC: Final = Path(__file__).with_name("static")
_FILES: Final[Mapping[str, str]] = {"console.js": "text/javascript", "console.css": "text/css"}
_HEADERS: Final[Mapping[str, str]] = {"Cache-Control": "private, no-store", "Vary": "Accept, Authorization"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request, well formed."""

    query: str
    variables: dict[str, object] | None
    operation_name: str | None


class RefusedError(Exception):
    """The request is refused before any GraphQL is read."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.headers = headers


class GraphQLApp:
    """The ASGI application: serves the console and its files, and answers queries for whoever asks."""

    def __init__(
        self,
        gate: Gate,
        catalogue: Catalogue,
        principal_of: Callable[[Request], Principal],
        allowance: Callable[[], Allowance],
    ) -> None:
        self._gate = gate
        self._catalogue = catalogue
        self._principal_of = principal_of
        self._allowance = allowance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; there are no subscriptions."""
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        request = Request(scope, receive)
        response = await self._response(request)
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        _, static, name = request.url.path.rpartition("/static/")
        if static:
            return _file(request, name)
        if request.method in {"GET", "HEAD"} and _wants_page(request):
            return _console(request.url.path.rstrip("/"))
        media_type = JSON
        try:
            media_type = _media_type(request)
            asked = await _asked(request)
            result = await run_in_threadpool(self._execute, request, asked)
        except RefusedError as error:
            content = {"errors": [{"message": str(error)}]}
            return _json(content, media_type, error.status, error.headers)
        return _answer(result, media_type)

    def _execute(self, request: Request, asked: Asked) -> ExecutionResult:
        """Run the operation: one view, so one pair of instants, for all of it. It blocks, so it has a thread."""
        view = self._gate.view(self._principal_of(request))
        try:
            return schema.execute_sync(
                asked.query,
                variable_values=asked.variables,
                operation_name=asked.operation_name,
                context_value=Context(Loader(view, self._catalogue, self._allowance()), asked.operation_name),
            )
        except CannotGetOperationTypeError as error:
            return ExecutionResult(data=None, errors=[GraphQLError(error.as_http_error_reason())])


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") and "query" not in request.query_params


def _media_type(request: Request) -> str:
    """The best of the two media types that the caller accepts; JSON where the caller leaves it open."""
    header = (request.headers.get("accept") or "*/*").lower()
    accepted = dict(_preference(part) for part in header.split(",") if part.strip())
    anything = max(accepted.get("application/*", 0.0), accepted.get("*/*", 0.0))
    plain = accepted.get(JSON, anything)
    if accepted.get(RESPONSE_JSON, 0.0) >= max(plain, 0.001):
        return RESPONSE_JSON
    if plain > 0:
        return JSON
    raise RefusedError(406, f"Answers are given as {RESPONSE_JSON} or {JSON}. Accept one of them.")


def _preference(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
    try:
        return kind, float(weight)
    except ValueError:
        return kind, 0.0


async def _asked(request: Request) -> Asked:
    """The GraphQL request that the body holds.

    Raises:
        RefusedError: it is no POST of JSON, too large, or lacks a part.
    """
    if request.method != "POST":
        raise RefusedError(405, "Send a POST with a body of JSON.", Allow="POST")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise RefusedError(415, f"The body has to be {JSON}.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise RefusedError(413, f"The body is larger than {LARGEST_BODY} bytes.")
    try:
        content = json.loads(bytes(body), parse_constant=_no_number)
        json.dumps(content, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:  # ValueError also for half of a surrogate pair, which is no character
        raise RefusedError(400, "The body is no JSON in UTF-8.") from error
    return _parts(content)


def _no_number(text: str) -> object:
    raise ValueError(f"{text} is no number of JSON")


def _parts(content: object) -> Asked:
    if not isinstance(content, dict):
        raise RefusedError(400, "The body has to be one JSON object with the member `query`.")
    query, variables, name = content.get("query"), content.get("variables"), content.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise RefusedError(400, "The member `query` has to be a GraphQL document, as a string.")
    if not isinstance(variables, dict | None):
        raise RefusedError(400, "The member `variables` has to be a JSON object.")
    if not isinstance(name, str | None):
        raise RefusedError(400, "The member `operationName` has to be a string.")
    if not isinstance(content.get("extensions"), dict | None):
        raise RefusedError(400, "The member `extensions` has to be a JSON object.")
    return Asked(query, variables, name or None)


def _answer(result: ExecutionResult, media_type: str) -> Response:
    """The result; one that was refused before it ran has no `data`, and under the newer media type the status 400."""
    content: dict[str, object] = {}
    if result.errors:
        content["errors"] = [{**error.formatted, "message": told(error)} for error in result.errors]
    ran = result.data is not None or any(error.path for error in result.errors or ())
    if ran:
        content["data"] = result.data
    return _json(content, media_type, 200 if ran or media_type == JSON else 400)


def _json(content: object, media_type: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, {**_HEADERS, **(headers or {})}, f"{media_type}; charset=utf-8")


def _file(request: Request, name: str) -> Response:
    """A file of the console; only those that are listed are served."""
    if name not in _FILES:
        return _json({"errors": [{"message": "There is no such file."}]}, JSON, 404)
    if request.method not in {"GET", "HEAD"}:
        return _json({"errors": [{"message": "Files are read with GET."}]}, JSON, 405, {"Allow": "GET, HEAD"})
    return Response((_STATIC / name).read_bytes(), media_type=_FILES[name])


def _console(base: str) -> Response:
    page = Template((_STATIC / "console.html").read_text(encoding="utf-8"))
    text = page.substitute(base=html.escape(base, quote=True))
    return HTMLResponse(text, headers={"Vary": "Accept"})
