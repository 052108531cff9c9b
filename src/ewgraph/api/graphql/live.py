"""Listening: what a subscription waits for, and how it learns that its reader may listen no longer."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Final

from starlette.concurrency import run_in_threadpool

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.errors import LimitError
from ewgraph.graph.turns import Asker

MOST: Final = 20
"""How many subscriptions one asker may listen to at a time."""
MOST_IN_ALL: Final = 1_000
POLL_SECONDS: Final = 0.25
LOOK_SECONDS: Final = 10.0
"""So often it is looked whether the reader may still listen; and at the date, by which claims begin and end."""
_REST: Final = 4
"""A listener rests this many times as long as what it heard took to be worked out, so that it takes a fifth at most."""
_LONGEST_REST_SECONDS: Final = 60.0


class Live:
    """What one subscription listens with.

    Attributes:
        catalogue: the stored queries.
    """

    def __init__(self, view: Callable[[], View], shown: Callable[[], object], catalogue: Catalogue) -> None:
        """Listen.

        Args:
            view: gives the reader's view as of now; raises once the reader may not ask any longer. It blocks.
            shown: tells, without waiting, a value that is another one whenever the graph may show something else.
            catalogue: the stored queries.
        """
        self._view = view
        self._shown = shown
        self.catalogue = catalogue
        self._seen: object = None

    async def views(self) -> AsyncIterator[View]:
        """It yields the reader's view, and yields it again whenever it shows something else.

        What others come to see moves nothing here.

        Raises:
            CredentialError: the reader may not ask any longer.
        """
        while True:
            shown = self._shown()
            view, seen = await run_in_threadpool(self._look)
            if seen != self._seen:
                self._seen, began = seen, time.monotonic()
                yield view
                await asyncio.sleep(min(_REST * (time.monotonic() - began), _LONGEST_REST_SECONDS))
            await self._change(shown)

    async def still(self) -> bool:
        """Whether the reader sees now what it saw with the view that it was given last.

        Raises:
            CredentialError: the reader may not ask any longer.
        """
        return (await run_in_threadpool(self._look))[1] == self._seen

    async def ticks(self) -> AsyncIterator[None]:
        """It yields now and then: for what is to be looked at again and again.

        Raises:
            CredentialError: the reader may not ask any longer.
        """
        while True:
            looked = time.monotonic()
            await run_in_threadpool(self._view)
            while time.monotonic() - looked < LOOK_SECONDS:
                yield
                await asyncio.sleep(POLL_SECONDS)

    def _look(self) -> tuple[View, object]:
        view = self._view()
        return view, (view.graphs, view.state().digest, view.as_of.valid_at)

    async def _change(self, shown: object) -> None:
        until = time.monotonic() + LOOK_SECONDS
        while self._shown() == shown and time.monotonic() < until:  # noqa: ASYNC110  # what changes is no event
            await asyncio.sleep(POLL_SECONDS)


class Crowd:
    """Counts how many subscriptions each reader listens to. It belongs to the thread of the event loop.

    Args:
        most: how many one may listen to.
        in_all: how many all of them may.
    """

    def __init__(self, most: int = MOST, in_all: int = MOST_IN_ALL) -> None:
        self._most = most
        self._in_all = in_all
        self._listening: Counter[Asker] = Counter()

    @contextmanager
    def one(self, asker: Asker) -> Iterator[None]:
        """Count one more while the block runs.

        Raises:
            LimitError: there are too many.
        """
        if self._listening[asker] >= self._most:
            sentence = f"You listen to {self._most} subscriptions. No more may be open at a time: end one of them."
            raise LimitError(sentence, limit="subscriptions")
        if self._listening.total() >= self._in_all:
            raise LimitError("Too many listen at the moment. Try again later.", limit="subscriptions", retry_s=60)
        self._listening[asker] += 1
        try:
            yield
        finally:
            self._listening[asker] -= 1
            if not self._listening[asker]:
                del self._listening[asker]
