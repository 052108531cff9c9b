"""How an answer of the workers goes out: whole before it begins, in pieces, with a validator to ask again by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from ewgraph.errors import LimitError
from ewgraph.graph.spool import PIECE_BYTES, Kept
from ewgraph.graph.turns import Asker
from ewgraph.graph.workers import Answer

REWRITE: Final = "SPARQL-Rewrite"
"""The header that tells what was run in place of the text that was sent: a list of RFC 9651."""
MOST_UNTAKEN: Final = 256 * 1024 * 1024
_MOST_TOLD: Final = 8
_SAFE: Final = frozenset({"GET", "HEAD"})
_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')
_NOT_MODIFIED: Final = 304


def held_by(request: Request) -> frozenset[str]:
    """The validators of what the reader holds already (RFC 9110, 13.1.2)."""
    if request.method not in _SAFE:
        return frozenset()
    return frozenset(_TAG.findall(",".join(request.headers.getlist("if-none-match"))))


class Deliveries:
    """Sends answers out. A large one lies on disk until it is taken, so there is a limit to what one asker leaves.

    Args:
        most: how many bytes wait for one asker at a time, beside one answer.
    """

    def __init__(self, most: int = MOST_UNTAKEN) -> None:
        self._most = most
        self._untaken = Counter[Asker]()

    def __call__(self, request: Request, asker: Asker, answer: Answer) -> Response:
        """The response with the answer, or word that what the reader holds still is one.

        The validator is a weak one: an answer without an order may come in another order.

        Raises:
            LimitError: so much waits for the asker already.
        """
        headers = _headers(request, answer)
        if answer.unchanged:
            return Response(status_code=_NOT_MODIFIED, headers=headers)
        if len(answer.body) <= PIECE_BYTES:
            return Response(bytes(answer.body), media_type=answer.media_type, headers=headers)
        if self._untaken[asker] and self._untaken[asker] + len(answer.body) > self._most:
            raise LimitError(
                "large answers wait for you to take them: no more are given at a time. Take those first",
                limit="concurrency",
            )
        headers["Content-Length"] = str(len(answer.body))
        waiting = self._waiting(asker, len(answer.body))
        return _Delivery(waiting, _pieces(answer.body), media_type=answer.media_type, headers=headers)

    @contextmanager
    def _waiting(self, asker: Asker, size: int) -> Iterator[None]:
        self._untaken[asker] += size
        try:
            yield
        finally:
            self._untaken[asker] -= size
            self._untaken += Counter()  # those at zero go


class _Delivery(StreamingResponse):
    """An answer that waits until it was taken, or its reader left."""

    def __init__(self, waiting: AbstractContextManager[None], content: AsyncIterator[bytes], **more: Any) -> None:
        super().__init__(content, **more)
        self._waiting = waiting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream."""
        with self._waiting:
            await super().__call__(scope, receive, send)


def _headers(request: Request, answer: Answer) -> dict[str, str]:
    headers: dict[str, str] = {}
    if answer.validator is not None and request.method in _SAFE:
        headers["ETag"] = f'W/"{answer.validator}"'
    if answer.anchors:
        told = (f'anchored;at="{_ascii(anchor)}"' for anchor in answer.anchors[:_MOST_TOLD])
        headers[REWRITE] = ", ".join(told)
    return headers


async def _pieces(body: Kept) -> AsyncIterator[bytes]:
    start = 0
    while piece := await run_in_threadpool(body.piece, start):
        yield piece
        start += len(piece)


def _ascii(word: str) -> str:
    """The reader's word, as it may stand within the quotes of a header."""
    return quote(word, safe="!#$%&'()*+,/:;<=>?@[]^`{|}~")
