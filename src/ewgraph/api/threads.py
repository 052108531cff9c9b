"""Threads that askers share: work that blocks, a little at a time of one asker, so that others find a thread too."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ewgraph.access import Principal
from ewgraph.api.askers import asker_of, while_connected
from ewgraph.graph.turns import Asker, Turns

_T = TypeVar("_T")

PLACES: Final = 12
"""Of the forty threads that there are: most answer what takes no time."""
EACH: Final = 4
_WAITING: Final = 256
_WAIT_SECONDS: Final = 30.0


class SharedThreads:
    """Does work in threads, in turns. It belongs to the thread of the event loop.

    Args:
        places: how many pieces of work are done at a time.
        each: how many of one asker.
    """

    def __init__(self, places: int = PLACES, each: int = EACH) -> None:
        self._turns = Turns(places, each=each, waiting=_WAITING, wait_seconds=_WAIT_SECONDS)
        self._under_way: set[asyncio.Future[Any]] = set()

    async def run(self, request: Request, principal: Principal, work: Callable[[], _T]) -> _T:
        """What the work gives. The request's body has been read before: nobody works for who goes away before his turn.

        Raises:
            LimitError: of `concurrency`: too many wait, or it took too long.
            ClientDisconnect: the asker went away.
        """
        return await while_connected(request, self.in_turn(asker_of(request, principal), work))

    async def in_turn(self, asker: Asker, work: Callable[[], _T]) -> _T:
        """The same for who asks over a connection that has more to hear.

        Raises:
            LimitError: as above.
        """
        await self._turns.take(asker)
        began_s = time.monotonic()
        working = asyncio.ensure_future(run_in_threadpool(work))
        self._under_way.add(working)

        def end(done: asyncio.Future[_T]) -> None:
            self._under_way.discard(done)
            self._turns.give_back(asker, time.monotonic() - began_s)
            if not done.cancelled():
                done.exception()  # whoever waited for it may have left

        working.add_done_callback(end)
        return await asyncio.shield(working)  # a thread cannot be stopped, so the turn lasts until it ends
