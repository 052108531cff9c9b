"""How much of the service one reader may take at a time, so that there is something left for the others."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from weakref import WeakValueDictionary

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from ewgraph.access import Principal
from ewgraph.errors import LimitError


class Shares:
    """Counts what each reader has open. It is used in the event loop only.

    Args:
        what: what is counted, in the plural.
        most: how many of them a reader may have at a time.
    """

    def __init__(self, what: str, most: int) -> None:
        self._what = what
        self._most = most
        self._open: Counter[str] = Counter()

    def take(self, reader: Principal) -> None:
        """Count one more, until it is given back.

        Raises:
            LimitError: the reader has as many as it may have.
        """
        if self._open[reader.name] >= self._most:
            raise LimitError(
                f"{self._most} of your {self._what} are open: no more may be at a time. Wait for one of them to end",
                limit="requests at a time",
            )
        self._open[reader.name] += 1

    def give_back(self, reader: Principal) -> None:
        """Count one less."""
        self._open[reader.name] -= 1
        if not self._open[reader.name]:
            del self._open[reader.name]

    @contextmanager
    def one(self, reader: Principal) -> Iterator[None]:
        """Count one more while the block runs.

        Raises:
            LimitError: the reader has as many as it may have.
        """
        self.take(reader)
        try:
            yield
        finally:
            self.give_back(reader)


class Turns:
    """Lets what is heavy be done a few at a time, of one reader one after the other. Waiting takes no thread.

    So whoever hands in one heavy thing after the other takes one place, and leaves the next to others.

    Args:
        what: what is done, in the plural.
        most: how many of them a reader may wait for.
        places: how many are done at a time, each for another reader.
    """

    def __init__(self, what: str, most: int = 4, places: int = 1) -> None:
        self._shares = Shares(what, most)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._places = asyncio.Semaphore(places)

    @asynccontextmanager
    async def one(self, reader: Principal) -> AsyncIterator[None]:
        """Wait for the reader's turn.

        Raises:
            LimitError: the reader waits for as many as it may already.
        """
        with self._shares.one(reader):
            own = self._locks.setdefault(reader.name, asyncio.Lock())
            async with own, self._places:
                yield


class SharedStream(StreamingResponse):
    """A stream that gives back the share that its reader took for it when it ends, however it does."""

    def __init__(self, content: AsyncIterable[str], shares: Shares, reader: Principal, **more: Any) -> None:
        super().__init__(content, **more)
        self._shares = shares
        self._reader = reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._shares.give_back(self._reader)
