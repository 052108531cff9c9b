"""Answers that lie on disk until they are taken: one asker leaves no more than so much there."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from ewgraph.api.sparql.delivery import Deliveries
from ewgraph.errors import LimitError
from ewgraph.graph.spool import PIECE_BYTES, Kept
from ewgraph.graph.state import State
from ewgraph.graph.turns import Asker
from ewgraph.graph.workers import Answer

LARGE = PIECE_BYTES * 3
SLOW, OTHER = Asker("public", "192.0.2.1"), Asker("public", "198.51.100.1")


class Delivery:
    """One answer on its way, of which the reader takes a piece, and the rest when it is let go."""

    def __init__(self, deliveries: Deliveries, asker: Asker, size: int = LARGE) -> None:
        self.go_on = asyncio.Event()
        self.taken = 0
        request = Request({"type": "http", "method": "GET", "headers": []})
        state = State(digest="0", records=0, sequence=None, generation=None)
        self.response = deliveries(request, asker, Answer("text/csv", Kept(b"x" * size), state))

    async def taking(self) -> None:
        scope = {"type": "http", "method": "GET", "asgi": {"spec_version": "2.4"}}
        await self.response(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            self.taken += len(message["body"])
            await self.go_on.wait()


async def begun(*deliveries: Delivery) -> None:
    async with asyncio.timeout(10):
        while not all(one.taken for one in deliveries):  # noqa: ASYNC110  # the pieces are read in threads
            await asyncio.sleep(0.01)


def test_what_an_asker_does_not_take_has_a_limit_and_ends() -> None:
    async def story() -> None:
        deliveries = Deliveries(most=2 * LARGE)
        first, second = Delivery(deliveries, SLOW), Delivery(deliveries, SLOW)
        under_way = [asyncio.create_task(one.taking()) for one in (first, second)]
        await begun(first, second)
        with pytest.raises(LimitError, match="Take those first"):
            Delivery(deliveries, SLOW)
        Delivery(deliveries, SLOW, size=10)  # a small one lies nowhere
        Delivery(deliveries, OTHER)
        first.go_on.set()
        second.go_on.set()
        await asyncio.gather(*under_way)
        assert (first.taken, second.taken) == (LARGE, LARGE)
        Delivery(deliveries, SLOW)

    asyncio.run(story())


def test_who_leaves_leaves_nothing() -> None:
    async def story() -> None:
        deliveries = Deliveries(most=LARGE)
        first = Delivery(deliveries, SLOW)
        under_way = asyncio.create_task(first.taking())
        await begun(first)
        with pytest.raises(LimitError):
            Delivery(deliveries, SLOW)
        under_way.cancel()
        await asyncio.wait([under_way])
        Delivery(deliveries, SLOW)

    asyncio.run(story())


def test_an_answer_larger_than_the_limit_is_given_alone() -> None:
    async def story() -> None:
        Delivery(Deliveries(most=1), SLOW)
        await asyncio.sleep(0)

    asyncio.run(story())
