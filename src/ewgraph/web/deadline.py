"""How long a request may take: to arrive, and to be answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ewgraph.errors import LimitError

_GRACE_SECONDS: Final = 20.0
_LEAST_BYTES_A_SECOND: Final = 1024


class Deadline:
    """The middleware that answers in time, whatever the rest of the service does."""

    def __init__(self, app: ASGIApp, *, seconds: float, refuse: Callable[[Request, Exception], Response]) -> None:
        """Take the limit.

        Args:
            app: what is within.
            seconds: from the last byte of a request to the first of its answer.
            refuse: makes the answer of an error.
        """
        self._app = app
        self._seconds = seconds
        self._refuse = refuse
        self._late: set[asyncio.Future[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer instead where that takes too long."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(receive, send)
        answering = asyncio.ensure_future(self._app(scope, exchange.receive, exchange.send))
        try:
            while not answering.done() and not exchange.begun.done():
                left_s = exchange.heard_at_s + self._seconds - time.monotonic()
                if left_s <= 0:
                    await self._answer_instead(exchange, answering, scope, send)
                    return
                either = {answering, exchange.begun}
                await asyncio.wait(either, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
            await answering
        finally:
            if not answering.done():
                self._leave(answering)

    async def _answer_instead(
        self, exchange: _Exchange, answering: asyncio.Future[None], scope: Scope, send: Send
    ) -> None:
        exchange.over = True
        self._leave(answering)
        error = LimitError(
            f"there is no answer after {self._seconds:g} s. Ask for less, or try again", limit="request seconds"
        )
        await self._refuse(Request(scope), error)(scope, exchange.receive, send)

    def _leave(self, answering: asyncio.Future[None]) -> None:
        """Let it end by itself, unheard: a thread that works on it cannot be stopped."""
        answering.cancel()
        self._late.add(answering)
        answering.add_done_callback(self._forget)

    def _forget(self, answering: asyncio.Future[None]) -> None:
        self._late.discard(answering)
        if not answering.cancelled():
            answering.exception()


class _Exchange:
    """A request as it comes in, and its answer as it goes out.

    Attributes:
        heard_at_s: when something of the request came in last.
        begun: done once the answer has begun.
        over: whether it was answered otherwise.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._complete = False
        self._waited_s, self._received = 0.0, 0
        self.heard_at_s = time.monotonic()
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.over = False

    async def receive(self) -> Message:
        """The next piece of the body.

        Raises:
            LimitError: of `seconds to send`: it comes too slowly.
        """
        if self._complete:
            return await self._receive()
        began_s = time.monotonic()
        allowed_s = _GRACE_SECONDS + self._received / _LEAST_BYTES_A_SECOND - self._waited_s
        try:
            async with asyncio.timeout(max(0.0, allowed_s)):
                message = await self._receive()
        except TimeoutError as error:
            raise LimitError(
                f"the body of the request comes too slowly: send at least {_LEAST_BYTES_A_SECOND} bytes a second",
                limit="seconds to send",
            ) from error
        self.heard_at_s = time.monotonic()
        self._waited_s += self.heard_at_s - began_s
        self._received += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Pass a piece of the answer on, unless another was given."""
        if not self.over:
            if not self.begun.done():
                self.begun.set_result(None)
            await self._send(message)
