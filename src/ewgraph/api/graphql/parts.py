"""Parts: an answer that comes in several, as `multipart/mixed`, each as soon as it is made.

Source: the GraphQL over HTTP group's RFC "Incremental Delivery over HTTP"; the members of a part are those of the
GraphQL specification's draft: `pending`, `incremental`, `completed` and `hasNext`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import orjson
from graphql import GraphQLError
from starlette.responses import StreamingResponse
from starlette.types import Receive

from ewgraph.api.graphql.execution import Begun, Group, Incremental, Part
from ewgraph.api.graphql.requests import MULTIPART
from ewgraph.api.graphql.schema import content_of, told

_HEAD: Final = b"\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
_BOUNDARY: Final = b"\r\n---"
"""It ends a part at once, since clients wait for it; no line of JSON begins like it."""


class InParts(StreamingResponse):
    """An answer that was begun; what is left of it is made while the caller listens, and no longer."""

    def __init__(self, begun: Begun, more: Callable[[], Awaitable[Part | None]], headers: Mapping[str, str]) -> None:
        """Take the answer, what makes the next part of it, and headers."""
        self._begun = begun
        self._more = more
        super().__init__(self._parts(), headers=headers, media_type=f'{MULTIPART}; boundary="-"')

    async def listen_for_disconnect(self, receive: Receive) -> None:
        """Wait until the caller goes away, and end the work: the thread that does it does not hear of it otherwise."""
        await super().listen_for_disconnect(receive)
        self._begun.stop()

    async def _parts(self) -> AsyncIterator[bytes]:
        yield _BOUNDARY[2:] + _part(first_of(self._begun))
        while (part := await self._more()) is not None:
            yield _part(part_of(part))
        yield b"--\r\n"


def _part(content: Mapping[str, Any]) -> bytes:
    return _HEAD + orjson.dumps(content) + _BOUNDARY


def first_of(begun: Begun) -> dict[str, Any]:
    """What the first part says."""
    return {**content_of(begun), "pending": [_pending(one) for one in begun.pending], "hasNext": True}


def part_of(part: Part) -> dict[str, Any]:
    """What another part says."""
    told_of_all = {
        "pending": [_pending(group) for group in part.pending],
        "incremental": [_incremental(one) for one in part.incremental],
        "completed": [{"id": group.id, **_errors(errors)} for group, errors in part.completed],
    }
    return {**{name: some for name, some in told_of_all.items() if some}, "hasNext": part.more}


def _pending(group: Group) -> dict[str, Any]:
    label = group.deferral.label
    return {"id": group.id, "path": group.path, **({} if label is None else {"label": label})}


def _incremental(one: Incremental) -> dict[str, Any]:
    below = {"subPath": one.path} if one.path else {}
    return {"id": one.id, **below, "data": one.data, **_errors(one.errors)}


def _errors(errors: Sequence[GraphQLError]) -> dict[str, Any]:
    return {"errors": [told(error) for error in errors]} if errors else {}
