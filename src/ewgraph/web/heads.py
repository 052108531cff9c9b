"""How large the head of a request may be: its path, its query string, its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ewgraph.errors import LimitError

PATH_BYTES: Final = 4 * 1024
QUERY_STRING_BYTES: Final = 32 * 1024
FIELDS: Final = 100
FIELD_BYTES: Final = 16 * 1024

HEAD_BYTES: Final = 64 * 1024
"""What is read of a head before it is whole."""


class Heads:
    """The middleware that refuses a request by its head."""

    def __init__(self, app: ASGIApp, *, refuse: Callable[[Request, Exception], Response]) -> None:
        """Take what makes the answer of an error."""
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        app = self._app
        if scope["type"] == "http":
            try:
                _check(scope)
            except LimitError as error:
                app = self._refuse(Request(scope), error)
        await app(scope, receive, send)


def _check(scope: Scope) -> None:
    fields = scope["headers"]
    for limit, what, found, most in (
        ("path bytes", "the path of a request has at most {} bytes", len(scope.get("raw_path") or b""), PATH_BYTES),
        (
            "query string bytes",
            "the query string of an address has at most {} bytes. Send a longer query by POST",
            len(scope["query_string"]),
            QUERY_STRING_BYTES,
        ),
        ("header fields", "a request has at most {} header fields", len(fields), FIELDS),
        (
            "header bytes",
            "the header fields of a request have at most {} bytes",
            sum(len(name) + len(value) for name, value in fields),
            FIELD_BYTES,
        ),
    ):
        if found > most:
            raise LimitError(what.format(most), limit=limit)
