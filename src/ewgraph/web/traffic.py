"""What happens to every request: a limit on its body, headers against mischief, a line in the log, a count."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Mapping, MutableMapping
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ewgraph.errors import LimitError

_LOGGER: Final = logging.getLogger(__name__)
_REQUEST: Final = "request"

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "socket"})
_SWITCHED: Final = 101
_POWERS: Final = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}
"""Programs of other origins read by CORS, which Cross-Origin-Resource-Policy leaves alone (Fetch, 3.8)."""
_ONLY_HTTPS: Final = {"Strict-Transport-Security": "max-age=31536000"}
_VARY: Final = {"accept": "Accept", "authorization": "Authorization", "cookie": "Cookie"}


class Metrics:
    """Counts of requests and their seconds, by endpoint, method and status."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.seconds: Counter[str] = Counter()

    def count(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[endpoint, method, status] += 1
        self.seconds[endpoint] += seconds  # type: ignore[assignment]  # a Counter adds floats as well

    def text(self, **gauges: float) -> str:
        """The counts and the gauges given, in the text format of Prometheus; a gauge's name may have labels."""
        lines = ["# TYPE ewgraph_requests_total counter"]
        lines += [
            f'ewgraph_requests_total{{endpoint="{endpoint}",method="{method}",status="{status}"}} {number}'
            for (endpoint, method, status), number in sorted(self.requests.items())
        ]
        lines.append("# TYPE ewgraph_request_seconds_total counter")
        lines += [
            f'ewgraph_request_seconds_total{{endpoint="{endpoint}"}} {seconds:.6f}'
            for endpoint, seconds in sorted(self.seconds.items())
        ]
        for name, value in gauges.items():
            kind = f"# TYPE ewgraph_{name.partition('{')[0]} gauge"
            lines += [kind] * (kind not in lines) + [f"ewgraph_{name} {value:g}"]
        return "\n".join(lines) + "\n"


class Traffic:
    """The middleware around the whole service."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, body_bytes: int, larger: Mapping[str, int], *, https: bool
    ) -> None:
        """Take the limit on bodies, and those of the paths that begin otherwise; and whether HTTPS is a must."""
        self._app = app
        self._metrics = metrics
        self._body_bytes = body_bytes
        self._larger = larger
        self._headers = _HEADERS | (_ONLY_HTTPS if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        started, status = time.perf_counter(), 500
        if scope["type"] != "http":
            try:
                await self._app(scope, receive, send)
            finally:
                if scope["type"] == "websocket":
                    self._note(scope, _SWITCHED, time.perf_counter() - started)
            return

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _protect(message, self._headers, kept=not _is_known(scope))
            await send(message)

        try:
            await self._app(scope, self._limited(scope, receive), sending)
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """The body's messages, until there is more of it than the limit: in what it says, or in what comes."""
        limit = next((most for path, most in self._larger.items() if scope["path"].startswith(path)), self._body_bytes)
        announced = int(dict(scope["headers"]).get(b"content-length", b"0"))
        received = 0

        async def receiving() -> Message:
            nonlocal received
            if announced > limit:
                raise _too_large(limit)
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise _too_large(limit)
            return message

        return receiving

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        endpoint = endpoint_name(scope)
        asked = scope.get("method", "socket")
        method = asked if asked in _METHODS else "other"
        self._metrics.count(endpoint, method, status, seconds)
        principal = scope.get("state", {}).get("principal")
        audience = hashlib.sha256(principal.name.encode()).hexdigest()[:12] if principal else None
        _LOGGER.info(
            _REQUEST,
            extra={
                "endpoint": endpoint,
                "method": method,
                "status": status,
                "milliseconds": round(seconds * 1000, 1),
                "audience": audience,
            },
        )


def _is_known(scope: Scope) -> bool:
    """Whether the answer is made for somebody in particular."""
    credential = scope.get("state", {}).get("credential")
    return credential is not None and bool(credential.by)


def _protect(message: MutableMapping[str, Any], protecting: Mapping[str, str], *, kept: bool) -> None:
    """Set what protects an answer; one for somebody in particular is not kept: not by their browser either."""
    headers = MutableHeaders(scope=message)
    varied = {part.strip().lower(): part.strip() for line in headers.getlist("vary") for part in line.split(",")}
    headers["vary"] = ", ".join((_VARY | varied).values())
    for name, value in protecting.items():
        headers.setdefault(name, value)
    if not kept and headers["cache-control"] != "no-store":
        headers["cache-control"] = "private, no-store"


def endpoint_name(scope: Scope) -> str:
    """The endpoint's name: never the path, which holds what a reader asks."""
    endpoint = scope.get("endpoint")
    return getattr(endpoint, "__qualname__", None) or type(endpoint).__name__


def _too_large(limit: int) -> LimitError:
    return LimitError(f"the body of a request has at most {limit} bytes", limit="request bytes")
