"""Answers as server-sent events: one request, one stream.

Source: the GraphQL over Server-Sent Events protocol, "distinct connections mode"; WHATWG HTML, 9.2.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Final

import orjson
from graphql import ExecutionResult
from starlette.responses import StreamingResponse

from ewgraph.api.graphql.preparing import UnsafeError
from ewgraph.api.graphql.requests import EVENT_STREAM
from ewgraph.api.graphql.schema import content_of

_HEARTBEAT_SECONDS: Final = 12.0
_BEGIN: Final = b":\n\n"
_END: Final = b"event: complete\ndata:\n\n"


def event_stream(answers: AsyncGenerator[ExecutionResult, None], headers: Mapping[str, str]) -> StreamingResponse:
    """The answers, each as an event `next`, then `complete`; between them now and then a comment."""
    return StreamingResponse(_written(answers), media_type=EVENT_STREAM, headers=headers)


async def _written(answers: AsyncGenerator[ExecutionResult, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(answers):
        yield _BEGIN
        coming = asyncio.ensure_future(anext(answers))
        try:
            while True:
                await asyncio.wait({coming}, timeout=_HEARTBEAT_SECONDS)
                if not coming.done():
                    yield _BEGIN
                    continue
                yield _event(content_of(coming.result()))
                coming = asyncio.ensure_future(anext(answers))
        except StopAsyncIteration:
            yield _END
        except UnsafeError as error:
            yield _event({"errors": [{"message": str(error)}]}) + _END
        finally:
            coming.cancel()
            await asyncio.wait({coming})


def _event(content: object) -> bytes:
    return b"event: next\ndata: " + orjson.dumps(content) + b"\n\n"
