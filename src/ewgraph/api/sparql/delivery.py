"""How an answer of the workers goes out: whole before it begins, in pieces, with a validator to ask again by."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ewgraph.graph.spool import PIECE_BYTES, Kept
from ewgraph.graph.workers import Answer

REWRITE: Final = "SPARQL-Rewrite"
"""The header that tells what was run in place of the text that was sent: a list of RFC 9651."""
_MOST_TOLD: Final = 8
_SAFE: Final = frozenset({"GET", "HEAD"})
_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')
_NOT_MODIFIED: Final = 304


def held_by(request: Request) -> frozenset[str]:
    """The validators of what the reader holds already (RFC 9110, 13.1.2)."""
    if request.method not in _SAFE:
        return frozenset()
    return frozenset(_TAG.findall(",".join(request.headers.getlist("if-none-match"))))


def delivered(request: Request, answer: Answer) -> Response:
    """The response with the answer, or word that what the reader holds still is one.

    The validator is a weak one: an answer without an order may come in another order.
    """
    headers: dict[str, str] = {}
    if answer.validator is not None and request.method in _SAFE:
        headers["ETag"] = f'W/"{answer.validator}"'
    if answer.anchors:
        told = (f'anchored;at="{_ascii(anchor)}"' for anchor in answer.anchors[:_MOST_TOLD])
        headers[REWRITE] = ", ".join(told)
    if answer.unchanged:
        return Response(status_code=_NOT_MODIFIED, headers=headers)
    if len(answer.body) <= PIECE_BYTES:
        return Response(bytes(answer.body), media_type=answer.media_type, headers=headers)
    headers["Content-Length"] = str(len(answer.body))
    return StreamingResponse(_pieces(answer.body), media_type=answer.media_type, headers=headers)


async def _pieces(body: Kept) -> AsyncIterator[bytes]:
    start = 0
    while piece := await run_in_threadpool(body.piece, start):
        yield piece
        start += len(piece)


def _ascii(word: str) -> str:
    """The reader's word, as it may stand within the quotes of a header."""
    return quote(word, safe="!#$%&'()*+,/:;<=>?@[]^`{|}~")
