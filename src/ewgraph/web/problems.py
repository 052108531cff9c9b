"""Problem documents (RFC 9457): the one table from error class to status, and the only catch-all of the service."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ewgraph.api.negotiation import wants_page
from ewgraph.api.pages import Pages
from ewgraph.api.sparql.operation import MediaTypeError
from ewgraph.errors import (
    ConflictError,
    ConformanceError,
    CredentialError,
    EwgraphError,
    FormatError,
    InputError,
    LimitError,
    NotFoundError,
    RightsError,
    UnavailableError,
)
from ewgraph.web.handed import NotAllowedError
from ewgraph.web.traffic import endpoint_name
from ewgraph.web.uploads import DigestError, OffsetError

_LOGGER: Final = logging.getLogger(__name__)
_UNEXPECTED: Final = "unexpected_error"
_PROBLEM: Final = "application/problem+json"
_RETRY_SECONDS: Final = "5"
_QUEUE_SECONDS: Final = "30"
_NO_KEY: Final = {"WWW-Authenticate": 'Bearer realm="ewgraph"'}
"""Without a key there is no error code (RFC 6750, 3.1)."""

_STATUS: Final[Mapping[type[Exception], HTTPStatus]] = MappingProxyType(
    {
        NotFoundError: HTTPStatus.NOT_FOUND,
        FormatError: HTTPStatus.NOT_ACCEPTABLE,
        CredentialError: HTTPStatus.UNAUTHORIZED,
        MediaTypeError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        NotAllowedError: HTTPStatus.FORBIDDEN,
        RightsError: HTTPStatus.FORBIDDEN,
        DigestError: HTTPStatus.UNPROCESSABLE_ENTITY,
        ConflictError: HTTPStatus.CONFLICT,
        ConformanceError: HTTPStatus.UNPROCESSABLE_ENTITY,
        InputError: HTTPStatus.BAD_REQUEST,
        UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    },
)
_LIMIT_STATUS: Final[Mapping[str, HTTPStatus]] = MappingProxyType(
    {
        "request bytes": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "query bytes": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "submissions under way": HTTPStatus.TOO_MANY_REQUESTS,
        "upload room": HTTPStatus.TOO_MANY_REQUESTS,
        "requests at a time": HTTPStatus.TOO_MANY_REQUESTS,
        "requests a second": HTTPStatus.TOO_MANY_REQUESTS,
        "wrong credentials": HTTPStatus.TOO_MANY_REQUESTS,
        "seconds to send": HTTPStatus.REQUEST_TIMEOUT,
        "path bytes": HTTPStatus.REQUEST_URI_TOO_LONG,
        "query string bytes": HTTPStatus.REQUEST_URI_TOO_LONG,
        "header fields": HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "header bytes": HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "nesting": HTTPStatus.BAD_REQUEST,
        "bytes": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "workbook bytes": HTTPStatus.UNPROCESSABLE_ENTITY,
    },
)
_HEADERS: Final[Mapping[HTTPStatus, Mapping[str, str]]] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": 'Bearer realm="ewgraph", error="invalid_token"'},
        HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": _RETRY_SECONDS},
        HTTPStatus.TOO_MANY_REQUESTS: {"Retry-After": _QUEUE_SECONDS},
        HTTPStatus.REQUEST_TIMEOUT: {"Connection": "close"},
    },
)
_CLIENT_GONE: Final = 499
"""What nginx logs for it; there is no status in RFC 9110."""
_UNSAID: Final = frozenset({HTTPStatus.INTERNAL_SERVER_ERROR})


def status_of(error: Exception) -> HTTPStatus:
    """The status of an error; a limit without a row of its own is one that a later try may keep."""
    if isinstance(error, LimitError):
        return _LIMIT_STATUS.get(error.limit, HTTPStatus.SERVICE_UNAVAILABLE)
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return HTTPStatus.INTERNAL_SERVER_ERROR


def gone(_request: Request, _error: Exception) -> Response:
    """The answer to nobody; its status is for the log."""
    return Response(status_code=_CLIENT_GONE)


class Problems:
    """Turns errors into problem documents, as JSON or, for browsers, as a page."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def handlers(self) -> dict[type[Exception], Callable[[Request, Exception], Response]]:
        """The handlers for Starlette: ours, its own, and whatever else."""
        expected = {EwgraphError: self.expected, MediaTypeError: self.expected}
        return {**expected, ClientDisconnect: gone, HTTPException: self.routing, Exception: self.unexpected}

    def expected(self, request: Request, error: Exception) -> Response:
        """The problem that an error of ours is."""
        status = status_of(error)
        if status in _UNSAID:
            return self.unexpected(request, error)
        extra = {"limit": error.limit} if isinstance(error, LimitError) else {}
        headers = dict(_HEADERS.get(status, {}))
        if status == HTTPStatus.UNAUTHORIZED and "authorization" not in request.headers:
            headers = dict(_NO_KEY)
        if isinstance(error, LimitError) and error.retry_s is not None:
            headers["Retry-After"] = str(error.retry_s)
        if isinstance(error, OffsetError):
            headers["Upload-Offset"] = str(error.offset)
        return self._response(request, status, {"detail": str(error), **extra}, headers)

    def routing(self, request: Request, error: Exception) -> Response:
        """The problem that Starlette's routing found: no such page, or not this method."""
        if not isinstance(error, HTTPException):
            raise error
        detail = {HTTPStatus.NOT_FOUND: "there is no such page", HTTPStatus.METHOD_NOT_ALLOWED: "not by this method"}
        status = HTTPStatus(error.status_code)
        return self._response(request, status, {"detail": detail.get(status, error.detail)}, error.headers or {})

    def unexpected(self, request: Request, error: Exception) -> Response:
        """A problem that says nothing but where to find it in the log."""
        name = uuid.uuid4().urn
        extra = {"problem": name, "endpoint": endpoint_name(request.scope)}
        _LOGGER.error(_UNEXPECTED, extra=extra, exc_info=error)
        detail = {"detail": "this should not have happened; the log says more", "instance": name}
        return self._response(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail, {})

    def _response(
        self,
        request: Request,
        status: HTTPStatus,
        members: Mapping[str, str],
        headers: Mapping[str, str],
    ) -> Response:
        problem = {"type": "about:blank", "title": status.phrase, "status": status.value, **members}
        if wants_page(request.headers.get("accept"), ("application/json", _PROBLEM)):
            response = self._pages(request, "problem.html", {"problem": problem}, status)
        else:
            response = Response(json.dumps(problem) + "\n", status, media_type=_PROBLEM)
        response.headers.update({"Cache-Control": "no-store", **headers})
        return response


class Caught:
    """The middleware that answers what nobody expected, so that the answer is protected and noted as any other."""

    def __init__(self, app: ASGIApp, problems: Problems) -> None:
        self._app = app
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer that has begun is broken off."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            await self._problems.unexpected(Request(scope), error)(scope, receive, send)
