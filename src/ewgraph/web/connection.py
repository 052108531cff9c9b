"""A connection of HTTP/1.1 as uvicorn speaks it, that nobody can keep busy with nothing.

Besides what uvicorn does: a head has to come in time, an answer has to be taken in time, one address has so many
connections and lets so much wait for it, and what is no HTTP is answered with a problem document. A body's time is kept
elsewhere (`deadline`).
"""

from __future__ import annotations

import asyncio
import json
import math
import sys
from http import HTTPStatus
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS: Final = 10.0
STALL_SECONDS: Final = 20.0
_LEAST_TAKEN: Final = 16 * 1024
_HEADERS: Final = (
    (b"content-type", b"application/problem+json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"connection", b"close"),
)
_TOO_SLOW: Final = "the head of the request did not come in time"
_TOO_LARGE: Final = "the head of the request is too large"
_NO_HTTP: Final = "this is no request of HTTP/1.1"


class Connection(H11Protocol):
    """One connection."""

    def __init__(
        self, *arguments: Any, most_of_an_address: int = 0, most_untaken: float = math.inf, **named: Any
    ) -> None:
        """Make it.

        Args:
            arguments: as uvicorn gives them.
            most_of_an_address: how many connections one address has at most; 0 for no limit.
            most_untaken: how many bytes of answers wait in memory for one address to take them, where that has a limit.
            named: as uvicorn gives them.
        """
        super().__init__(*arguments, **named)
        self._most_of_an_address = most_of_an_address
        self._most_untaken = most_untaken if most_of_an_address else math.inf
        self._head_due: asyncio.TimerHandle | None = None
        self._stall_due: asyncio.TimerHandle | None = None
        self._left = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin; turn away an address that has too many connections."""
        super().connection_made(transport)
        if self._most_of_an_address and len(self._of_the_address()) > self._most_of_an_address:
            transport.abort()
            return
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        super().connection_lost(exc)
        self._stop(self._head_due, self._stall_due)

    def data_received(self, data: bytes) -> None:
        """Read on; until a head is whole, it is expected."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop(self._head_due)
            self._head_due = None
        else:
            self._expect_head()

    def pause_writing(self) -> None:
        """Stop to write, as the other side does not read; look from time to time whether it goes on.

        What waits for one address together must not fill the memory, however slowly each answer is taken.
        """
        super().pause_writing()
        self._left = self.transport.get_write_buffer_size()
        if sum(other.transport.get_write_buffer_size() for other in self._of_the_address()) > self._most_untaken:
            self.transport.abort()
            return
        self._stall_due = self.loop.call_later(STALL_SECONDS, self._end_if_stalled)

    def resume_writing(self) -> None:
        """Write again."""
        super().resume_writing()
        self._stop(self._stall_due)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # what uvicorn would say
        """Answer what cannot be read, with the status that h11 gives it."""
        status = getattr(sys.exception(), "error_status_hint", HTTPStatus.BAD_REQUEST)
        large = status == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        self._refuse(HTTPStatus(status), _TOO_LARGE if large else _NO_HTTP, "header bytes" if large else None)

    def _of_the_address(self) -> list[Any]:
        """The connections of this one's address, sockets too, and this one."""
        if not self.client:
            return [self]
        others = ((other, getattr(other, "client", None)) for other in self.connections)
        return [other for other, client in others if client is not None and client[0] == self.client[0]]

    def _expect_head(self) -> None:
        if self._head_due is None and not self.transport.is_closing():
            self._head_due = self.loop.call_later(HEAD_SECONDS, self._end_without_head)

    def _end_without_head(self) -> None:
        self._head_due = None
        if not self.transport.is_closing() and self.conn.their_state is h11.IDLE:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, _TOO_SLOW, "seconds to send")

    def _end_if_stalled(self) -> None:
        left = self.transport.get_write_buffer_size()
        if left > self._left - _LEAST_TAKEN:
            self.transport.abort()
            return
        self._left = left
        self._stall_due = self.loop.call_later(STALL_SECONDS, self._end_if_stalled)

    def _refuse(self, status: HTTPStatus, detail: str, limit: str | None) -> None:
        problem = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
        content = json.dumps(problem | ({"limit": limit} if limit else {})).encode() + b"\n"
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            head = h11.Response(status_code=status, headers=list(_HEADERS), reason=status.phrase.encode())
            for event in (head, h11.Data(data=content), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    @staticmethod
    def _stop(*handles: asyncio.TimerHandle | None) -> None:
        for handle in handles:
            if handle is not None:
                handle.cancel()
