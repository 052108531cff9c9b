"""Compresses large answers for those who accept it (RFC 9110, 8.4.1 and 12.5.3).

What is said in confidence and what another made the reader ask for must not be compressed together where a third can
see how long that gets. So only data are compressed, no pages; and nothing where a cookie came along, since a browser
sends that whoever made it ask.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, Protocol

import zstandard
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ewgraph.api.negotiation import ALIASES, GRAPHS, RESULTS, accepted

_DATA: Final = frozenset({*RESULTS, *GRAPHS, *ALIASES, "application/graphql-response+json"})
_LEAST_BYTES: Final = 1024
_IN_PLACE_BYTES: Final = 16 * 1024
_GZIP: Final = 31
"""The window of 32 KiB, and gzip's head and tail (zlib's `wbits`)."""
_UNSENT: Final = frozenset({204, 205, 206, 304})


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


_CODINGS: Final[Mapping[str, Callable[[], _Compressor]]] = MappingProxyType(
    {
        "zstd": lambda: zstandard.ZstdCompressor(level=3).compressobj(),
        "gzip": lambda: zlib.compressobj(level=4, wbits=_GZIP),
    },
)


class Compressed:
    """The middleware that compresses."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Sending(Headers(scope=scope), send, head=scope["method"] == "HEAD"))


class _Sending:
    """Sends one answer."""

    def __init__(self, request: Headers, send: Send, *, head: bool) -> None:
        self._request = request
        self._send = send
        self._head = head
        self._start: Message = {}
        self._compressor: _Compressor | None = None

    async def __call__(self, message: Message) -> None:
        """Send the next part of the answer; its start waits for the first piece of its body."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start:
            start, self._start = self._start, {}
            self._begin(start, message)
            await self._send(start)
        if self._compressor is not None and not self._head:
            message = {**message, "body": await self._squeezed(self._compressor, message)}
            if not message["body"] and message.get("more_body", False):
                return
        await self._send(message)

    def _begin(self, start: Message, first: Message) -> None:
        headers = MutableHeaders(scope=start)
        if headers.get("content-type", "").partition(";")[0].strip() not in _DATA:
            return
        headers.add_vary_header("Accept-Encoding")
        if "cookie" in self._request or start["status"] in _UNSENT:
            return
        if "content-encoding" in headers or "repr-digest" in headers:  # what is said of it is said of these bytes
            return
        if _size(headers, first) < _LEAST_BYTES:
            return
        coding = accepted(", ".join(self._request.getlist("accept-encoding")), tuple(_CODINGS))
        if coding is not None:
            self._compressor = _CODINGS[coding]()
            headers["content-encoding"] = coding
            if headers.get("etag", "").startswith('"'):  # a strong one is of other bytes (RFC 9110, 8.8.1)
                headers["etag"] = f"W/{headers['etag']}"
            del headers["content-length"]

    async def _squeezed(self, compressor: _Compressor, message: Message) -> bytes:
        piece, last = message.get("body", b""), not message.get("more_body", False)

        def squeeze() -> bytes:
            return compressor.compress(piece) + (compressor.flush() if last else b"")

        return await run_in_threadpool(squeeze) if len(piece) > _IN_PLACE_BYTES else squeeze()


def _size(headers: MutableHeaders, first: Mapping[str, Any]) -> int:
    """How long the answer is, as far as that is known when it begins."""
    told = headers.get("content-length", "")
    if told.isdecimal():
        return int(told)
    return _LEAST_BYTES if first.get("more_body", False) else len(first.get("body", b""))
