"""Threads that askers share: nobody takes them all, and one that cannot be stopped still counts."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from ewgraph.access import PUBLIC_READER, Principal
from ewgraph.api.threads import SharedThreads
from ewgraph.errors import LimitError

UNI_A, UNI_B = Principal("https://data.example.org/id/uni-a"), Principal("https://data.example.org/id/uni-b")


class Caller:
    """A request that nobody hears of again until its caller leaves."""

    def __init__(self, address: str = "192.0.2.1") -> None:
        self.left = asyncio.Event()
        self.request = Request({"type": "http", "headers": [], "client": (address, 1)}, self._receive)

    async def _receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}


class Work:
    """Work that takes until it is let go; how much of it runs, and how much has begun."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.begun = 0

    def __call__(self) -> str:
        self.begun += 1
        assert self.let_go.wait(20)
        return "done"


def run(story: Callable[[], Coroutine[object, object, None]]) -> None:
    asyncio.run(story())


async def until(right: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not right():  # noqa: ASYNC110  # what is waited for happens in threads
            await asyncio.sleep(0.01)


def test_whoever_sends_many_leaves_threads_to_others() -> None:
    async def story() -> None:
        threads, work, caller = SharedThreads(places=4, each=2), Work(), Caller()
        many = [asyncio.create_task(threads.run(caller.request, UNI_A, work)) for _ in range(50)]
        await until(lambda: work.begun == 2)
        assert await threads.run(caller.request, UNI_B, lambda: "at once") == "at once"
        assert work.begun == 2
        work.let_go.set()
        assert await asyncio.gather(*many) == ["done"] * 50

    run(story)


def test_addresses_of_the_public_share_what_it_gets() -> None:
    async def story() -> None:
        threads, work, north, south = SharedThreads(places=4, each=2), Work(), Caller(), Caller("198.51.100.1")
        many = [asyncio.create_task(threads.run(north.request, PUBLIC_READER, work)) for _ in range(9)]
        await until(lambda: work.begun == 2)
        assert await threads.run(south.request, PUBLIC_READER, lambda: "at once") == "at once"
        work.let_go.set()
        await asyncio.gather(*many)

    run(story)


def test_who_leaves_while_waiting_is_not_worked_for() -> None:
    async def story() -> None:
        threads, work, caller, leaver = SharedThreads(places=2, each=1), Work(), Caller(), Caller()
        first = asyncio.create_task(threads.run(caller.request, UNI_A, work))
        await until(lambda: work.begun == 1)
        second = asyncio.create_task(threads.run(leaver.request, UNI_A, work))
        await asyncio.sleep(0.05)
        leaver.left.set()
        with pytest.raises(ClientDisconnect):
            await second
        work.let_go.set()
        assert (await first, work.begun) == ("done", 1)

    run(story)


def test_a_thread_that_was_given_up_still_counts_until_it_ends() -> None:
    """A thread cannot be stopped: who has one running that nobody waits for any more gets no other for that."""

    async def story() -> None:
        threads, work, caller = SharedThreads(places=2, each=1), Work(), Caller()
        given_up = asyncio.create_task(threads.run(caller.request, UNI_A, work))
        await until(lambda: work.begun == 1)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        next_one = asyncio.create_task(threads.run(caller.request, UNI_A, lambda: "next"))
        await asyncio.sleep(0.1)
        assert not next_one.done()
        work.let_go.set()
        assert await next_one == "next"

    run(story)


def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ewgraph.api.threads._WAIT_SECONDS", 0.05)

    async def story() -> None:
        threads, work, caller = SharedThreads(places=2, each=1), Work(), Caller()
        first = asyncio.create_task(threads.run(caller.request, UNI_A, work))
        await until(lambda: work.begun == 1)
        with pytest.raises(LimitError, match="too many queries at the same time"):
            await threads.run(caller.request, UNI_A, work)
        work.let_go.set()
        await first

    run(story)
