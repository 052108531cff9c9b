"""Whose query is next: readers share the workers, whoever sends how many.

A reader runs few queries at a time, never in all workers while there are two; who has used the workers least of late
goes first. The public is one reader among the others, and its addresses share what it gets in the same way.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ewgraph.errors import LimitError

_HALF_LIFE_S: Final = 30.0
_MOST_KNOWN: Final = 4096
_BUSY: Final = "too many queries at the same time. Try again in a moment"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as sharing goes.

    Attributes:
        principal: the name of the principal.
        address: where the public asks from; empty for whoever showed a key, who is one reader everywhere.
    """

    principal: str
    address: str = ""


class Used:
    """The seconds that each has used of late: half of them are forgiven with each half-life."""

    def __init__(self, tell_s: Callable[[], float]) -> None:
        self._tell_s = tell_s
        self._seconds: dict[str | Asker, tuple[float, float]] = {}

    def __getitem__(self, who: str | Asker) -> float:
        """The seconds, forgiven as of now."""
        seconds, at_s = self._seconds.get(who, (0.0, 0.0))
        return float(seconds * 0.5 ** ((self._tell_s() - at_s) / _HALF_LIFE_S))

    def add(self, who: str | Asker, seconds: float) -> None:
        """Charge more seconds; of too many who are known, the half that used least is forgotten."""
        self._seconds[who] = (self[who] + seconds, self._tell_s())
        if len(self._seconds) > _MOST_KNOWN:
            for one in sorted(self._seconds, key=self.__getitem__)[: _MOST_KNOWN // 2]:
                del self._seconds[one]


class Turns:
    """The queue before the workers. It belongs to the thread of the event loop."""

    def __init__(
        self,
        slots: int,
        *,
        each: int,
        waiting: int,
        wait_seconds: float,
        tell_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the queue.

        Args:
            slots: how many run at a time.
            each: how many of one asker run at a time.
            waiting: how many wait at most; of those who wait most, the last is then turned away.
            wait_seconds: how long one waits at most.
            tell_s: a clock that only goes forward, in seconds.
        """
        self._slots = slots
        self._each = each
        self._most_of_a_principal = max(1, slots - 1)
        self._most_waiting = waiting
        self._wait_seconds = wait_seconds
        self._running: Counter[str | Asker] = Counter()
        self._queues: dict[Asker, deque[asyncio.Future[None]]] = {}
        self._used = Used(tell_s)

    async def take(self, asker: Asker) -> None:
        """Wait for a turn, which has to be given back.

        Raises:
            LimitError: of `concurrency`: too many wait, or it took too long.
        """
        place = asyncio.get_running_loop().create_future()
        self._queues.setdefault(asker, deque()).append(place)
        self._call()
        self._shorten()
        entered = False
        try:
            async with asyncio.timeout(self._wait_seconds):
                await place
            entered = True
        except TimeoutError as error:
            raise LimitError(_BUSY, limit="concurrency") from error
        finally:
            if not entered:
                self._withdraw(asker, place)

    def give_back(self, asker: Asker, seconds: float) -> None:
        """End a turn that took so long, and let the next begin."""
        self._running.subtract((asker, asker.principal))
        self._running += Counter()  # those at zero go
        self._used.add(asker.principal, seconds)
        self._used.add(asker, seconds)
        self._call()

    def _withdraw(self, asker: Asker, place: asyncio.Future[None]) -> None:
        """Nobody waits at this place any more; a turn that was just given there goes on to the next."""
        if place.done() and not place.cancelled() and place.exception() is None:
            self.give_back(asker, 0.0)
        elif place in self._queues.get(asker, ()):
            self._queues[asker].remove(place)
            self._tidy(asker)

    def _call(self) -> None:
        """Give turns to those who may have one, as long as there are any."""
        while asker := min(self._eligible(), key=self._rank, default=None):
            place = self._queues[asker].popleft()
            self._tidy(asker)
            if not place.done():
                self._running.update((asker, asker.principal))
                place.set_result(None)

    def _eligible(self) -> Iterator[Asker]:
        if sum(number for who, number in self._running.items() if isinstance(who, Asker)) < self._slots:
            for asker in self._queues:
                within = self._running[asker.principal] < self._most_of_a_principal
                if within and self._running[asker] < self._each:
                    yield asker

    def _rank(self, asker: Asker) -> tuple[float, float]:
        return self._used[asker.principal], self._used[asker]

    def _shorten(self) -> None:
        """Turn away whoever waits last of those who wait most, where too many do."""
        if sum(map(len, self._queues.values())) <= self._most_waiting:
            return
        waiting = Counter[str]()
        for asker, places in self._queues.items():
            waiting[asker.principal] += len(places)
        longest = max(self._queues, key=lambda asker: (waiting[asker.principal], len(self._queues[asker])))
        place = self._queues[longest].pop()
        self._tidy(longest)
        if not place.done():
            place.set_exception(LimitError(_BUSY, limit="concurrency"))

    def _tidy(self, asker: Asker) -> None:
        if not self._queues[asker]:
            del self._queues[asker]
