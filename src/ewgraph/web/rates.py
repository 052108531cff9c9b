"""How many requests a second, and how many wrong credentials, before one has to wait.

Who showed a credential that was found good is one reader, wherever from; everybody else is an address. A credential
counts as found good only by all of its bytes and only after it was: nobody is slowed down by whoever sends his key's
id. An address from which too many wrong credentials came has to wait before the next unknown one is looked at; what
needs none, and what was found good before, goes on.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ewgraph.access import PUBLIC_READER
from ewgraph.api.askers import address_of
from ewgraph.errors import CredentialError, LimitError

BURST_SECONDS: Final = 2.0
"""What was not used in so long may be used at once."""
_MOST_KNOWN: Final = 10_000
_FREE: Final = frozenset({"/health", "/ready"})
_UNAUTHORIZED: Final = 401


class Buckets:
    """A token bucket for each: so many a second, and a burst. Of too many, whoever was not seen longest is forgotten.

    Kept as the instant at which the bucket is full again, the generic cell rate algorithm (ITU-T I.371).
    """

    def __init__(
        self, per_second: float, burst: float, *, most: int = _MOST_KNOWN, tell_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._interval_s = 1 / per_second
        self._depth_s = max(1.0, burst) / per_second
        self._most = most
        self._tell_s = tell_s
        self._full_at_s: OrderedDict[str, float] = OrderedDict()

    def wait_s(self, who: str) -> float:
        """How long until the next token; 0 where there is one."""
        now_s = self._tell_s()
        full_at_s = max(self._full_at_s.get(who, now_s), now_s)
        return max(0.0, full_at_s + self._interval_s - now_s - self._depth_s)

    def take(self, who: str) -> None:
        """Take a token, whether there is one or not."""
        now_s = self._tell_s()
        self._full_at_s[who] = max(self._full_at_s.pop(who, now_s), now_s) + self._interval_s
        if len(self._full_at_s) > self._most:
            self._full_at_s.popitem(last=False)

    def __len__(self) -> int:
        return len(self._full_at_s)


class FoundGood:
    """The credentials that were found good of late, by a digest that only this process can make, and whose they are."""

    def __init__(self, cookie: str, most: int = _MOST_KNOWN) -> None:
        """Know none yet; the cookie is the one that holds the token of a session, any other shows nothing."""
        self._cookie = cookie
        self._most = most
        self._secret = secrets.token_bytes(32)
        self._whose: OrderedDict[bytes, str] = OrderedDict()

    def digest(self, connection: HTTPConnection) -> bytes | None:
        """The digest of what the connection shows; None where it shows nothing."""
        shown = connection.headers.get("authorization", ""), connection.cookies.get(self._cookie, "")
        return hmac.digest(self._secret, "\n".join(shown).encode(), hashlib.sha256) if any(shown) else None

    def whose(self, digest: bytes | None) -> str | None:
        """The principal's name; None where it is not known to be good."""
        return self._whose.get(digest) if digest else None

    def note(self, digest: bytes, principal: str | None) -> None:
        """Remember whose it is, or that it is good no more."""
        self._whose.pop(digest, None)
        if principal is not None:
            self._whose[digest] = principal
            if len(self._whose) > self._most:
                self._whose.popitem(last=False)


class Turnstile:
    """Lets requests in, each at its price. It belongs to the thread of the event loop."""

    def __init__(self, *, per_second: float, wrong_per_minute: float, cookie: str) -> None:
        """Take the limits; 0 is none.

        Args:
            per_second: requests of one reader, or from one address of others.
            wrong_per_minute: wrong credentials from one address.
            cookie: the name of the cookie that holds the token of a session.
        """
        self._requests = Buckets(per_second, per_second * BURST_SECONDS) if per_second else None
        self._wrong = Buckets(wrong_per_minute / 60, wrong_per_minute) if wrong_per_minute else None
        self._good = FoundGood(cookie)

    def admit(self, connection: HTTPConnection, *, at_a_door: bool = False) -> None:
        """Let a request in, at its price.

        Args:
            connection: the request.
            at_a_door: whether it has a credential in its body.

        Raises:
            LimitError: of `requests a second`, or `wrong credentials`.
        """
        digest, address = self._good.digest(connection), address_of(connection)
        reader = self._good.whose(digest)
        unknown = at_a_door or (digest is not None and reader is None)
        if unknown and self._wrong is not None and (wait_s := self._wrong.wait_s(address)):
            raise LimitError(
                "too many wrong credentials came from your address. Wait, then try again, or come without one",
                limit="wrong credentials",
                retry_s=math.ceil(wait_s),
            )
        if self._requests is not None:
            who = address if reader is None else f"principal {reader}"
            if wait_s := self._requests.wait_s(who):
                raise LimitError(
                    "too many requests in a short time. Wait, then go on more slowly",
                    limit="requests a second",
                    retry_s=math.ceil(wait_s),
                )
            self._requests.take(who)

    def learn(self, connection: HTTPConnection, *, wrong: bool, at_a_door: bool = False) -> None:
        """Remember by its answer whether what a request showed is good."""
        digest = self._good.digest(connection)
        if wrong and (digest or at_a_door) and self._wrong is not None:
            self._wrong.take(address_of(connection))
        if digest is None or (wrong and at_a_door):
            return
        principal = connection.scope.get("state", {}).get("principal")
        if wrong:
            self._good.note(digest, None)
        elif principal is not None and principal != PUBLIC_READER:
            self._good.note(digest, principal.name)

    async def enter(self, request: Request, look: Callable[[Request], object]) -> None:
        """Let a request in that comes over an open socket.

        Args:
            request: the request.
            look: looks at what it shows. It blocks.

        Raises:
            CredentialError: what it shows is no good.
            LimitError: as above.
        """
        self.admit(request)
        try:
            await run_in_threadpool(look, request)
        except CredentialError:
            self.learn(request, wrong=True)
            raise
        self.learn(request, wrong=False)


class Rates:
    """The middleware that lets a request, or a socket, wait outside."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        turnstile: Turnstile,
        doors: Collection[str] = (),
        refuse: Callable[[Request, Exception], Response],
    ) -> None:
        """Take what lets them in.

        Args:
            app: what is within.
            turnstile: lets them in.
            doors: the paths to which a credential is posted in the body.
            refuse: makes the answer of an error.
        """
        self._app = app
        self._turnstile = turnstile
        self._refuse = refuse
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"} or scope["path"] in _FREE:
            await self._app(scope, receive, send)
            return
        request = Request({**scope, "type": "http", "method": scope.get("method", "GET")})
        at_a_door = request.method == "POST" and scope["path"] in self._doors
        try:
            self._turnstile.admit(request, at_a_door=at_a_door)
        except LimitError as error:
            await self._refuse(request, error)(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                wrong = message["status"] == _UNAUTHORIZED
                self._turnstile.learn(HTTPConnection(scope), wrong=wrong, at_a_door=at_a_door)
            await send(message)

        await self._app(scope, receive, sending)
