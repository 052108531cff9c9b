"""Whose query is next: nobody takes all workers, and whoever sends many waits behind whoever sends few."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

import pytest

from ewgraph.errors import LimitError
from ewgraph.graph import turns
from ewgraph.graph.turns import Asker, Turns, Used

A, B, C = Asker("a"), Asker("b"), Asker("c")
NORTH, SOUTH = Asker("public", "192.0.2.1"), Asker("public", "198.51.100.1")


class Queue:
    """A queue before the workers, and who began in which order."""

    def __init__(self, slots: int, *, each: int = 1, waiting: int = 64, wait_seconds: float = 5.0) -> None:
        self.now_s = 0.0
        self.began: list[Asker] = []
        self.turned_away: list[Asker] = []
        self.turns = Turns(slots, each=each, waiting=waiting, wait_seconds=wait_seconds, tell_s=lambda: self.now_s)
        self._tasks: list[asyncio.Task[None]] = []

    async def ask(self, *askers: Asker) -> list[asyncio.Task[None]]:
        tasks = [asyncio.create_task(self._ask(asker)) for asker in askers]
        self._tasks += tasks
        await settled()
        return tasks

    async def end(self, asker: Asker, seconds: float = 1.0) -> None:
        self.turns.give_back(asker, seconds)
        await settled()

    async def _ask(self, asker: Asker) -> None:
        try:
            await self.turns.take(asker)
        except LimitError:
            self.turned_away.append(asker)
        else:
            self.began.append(asker)


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def run(story: Coroutine[object, object, None]) -> None:
    asyncio.run(story)


def test_one_reader_never_takes_all_workers() -> None:
    async def story() -> None:
        queue = Queue(3, each=9)
        await queue.ask(A, A, A, A)
        assert queue.began == [A, A]
        await queue.ask(B)
        assert queue.began == [A, A, B]

    run(story())


def test_one_reader_alone_uses_the_only_worker_there_is() -> None:
    async def story() -> None:
        queue = Queue(1)
        await queue.ask(A, B)
        assert queue.began == [A]
        await queue.end(A)
        assert queue.began == [A, B]

    run(story())


def test_the_public_from_however_many_addresses_leaves_a_worker_to_others() -> None:
    async def story() -> None:
        queue = Queue(2)
        await queue.ask(NORTH, SOUTH, Asker("public", "203.0.113.1"))
        assert queue.began == [NORTH]
        await queue.ask(A)
        assert queue.began == [NORTH, A]

    run(story())


def test_addresses_of_the_public_share_what_the_public_gets() -> None:
    async def story() -> None:
        queue = Queue(2)
        await queue.ask(NORTH, NORTH, NORTH, SOUTH)
        await queue.end(NORTH, 10)
        assert queue.began == [NORTH, SOUTH]
        await queue.end(SOUTH, 1)
        await queue.ask(SOUTH)
        assert queue.began == [NORTH, SOUTH, NORTH]

    run(story())


def test_who_used_the_workers_least_of_late_goes_first() -> None:
    async def story() -> None:
        queue = Queue(2)
        await queue.ask(A, B)
        await queue.ask(A, B, C)
        await queue.end(A, 10)
        assert queue.began[2:] == [C]
        await queue.end(B, 2)
        await queue.end(C, 1)
        assert queue.began[2:] == [C, B, A]

    run(story())


def test_one_who_sends_many_waits_behind_one_who_sends_one() -> None:
    async def story() -> None:
        queue = Queue(1)
        await queue.ask(A, *[A] * 20, B)
        await queue.end(A)
        assert queue.began == [A, B]

    run(story())


def test_of_too_many_who_wait_the_last_of_those_who_send_most_is_turned_away() -> None:
    async def story() -> None:
        queue = Queue(1, waiting=4)
        await queue.ask(A, A, A, A, A)
        assert queue.turned_away == []
        await queue.ask(B)
        assert queue.turned_away == [A]
        await queue.ask(A)
        assert queue.turned_away == [A, A]
        await queue.end(A)
        assert queue.began == [A, B]

    run(story())


def test_many_addresses_cannot_push_a_member_out_of_the_queue() -> None:
    async def story() -> None:
        queue = Queue(1, waiting=4)
        await queue.ask(NORTH, A, *(Asker("public", f"192.0.2.{n}") for n in range(2, 20)))
        assert A not in queue.turned_away
        await queue.end(NORTH)
        assert queue.began == [NORTH, A]

    run(story())


def test_waiting_ends() -> None:
    async def story() -> None:
        queue = Queue(1, wait_seconds=0.01)
        await queue.ask(A, B)
        await asyncio.sleep(0.1)
        assert queue.turned_away == [B]
        await queue.end(A)
        await queue.ask(C)
        assert queue.began == [A, C]

    run(story())


def test_who_leaves_the_queue_leaves_no_trace_in_it() -> None:
    async def story() -> None:
        queue = Queue(1)
        await queue.ask(A)
        (leaving,) = await queue.ask(B)
        leaving.cancel()
        await settled()
        await queue.ask(C)
        await queue.end(A)
        assert queue.began == [A, C]

    run(story())


def test_a_turn_given_to_one_who_leaves_at_that_moment_goes_on() -> None:
    async def story() -> None:
        queue = Queue(1)
        await queue.ask(A)
        (leaving,) = await queue.ask(B)
        await queue.ask(C)
        queue.turns.give_back(A, 1.0)
        leaving.cancel()
        await settled()
        assert queue.began == [A, C]

    run(story())


def test_what_was_used_is_forgiven_with_time_and_the_memory_of_it_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_MOST_KNOWN", 10)
    now_s = 0.0
    used = Used(lambda: now_s)
    used.add(A, 8.0)
    now_s = 60.0
    assert used[A] == pytest.approx(2.0)
    for number in range(100):
        used.add(f"stranger {number}", 0.001)
    assert used[A] == pytest.approx(2.0)
    assert len(used._seconds) <= 10
