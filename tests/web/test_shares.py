"""One reader takes no more of the service than its share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from ewgraph.access import STAFF_READER, Principal
from ewgraph.errors import LimitError
from ewgraph.web.shares import SharedStream, Shares, Turns

UNI_A = Principal("https://data.example.org/id/uni-a")


def test_who_has_its_share_gets_no_more_until_one_ends() -> None:
    shares = Shares("uploads", 2)
    with shares.one(UNI_A):
        with shares.one(UNI_A):
            with pytest.raises(LimitError, match="2 of your uploads"):
                shares.take(UNI_A)
            shares.take(STAFF_READER)
        shares.take(UNI_A)


def test_turns_are_taken_one_by_one_and_a_few_may_wait() -> None:
    at_once: list[int] = []
    working = 0

    async def work(turns: Turns) -> None:
        nonlocal working
        async with turns.one(UNI_A):
            working += 1
            at_once.append(working)
            await asyncio.sleep(0)
            working -= 1

    async def crowd() -> list[BaseException | None]:
        turns = Turns("workbooks", most=3)
        return await asyncio.gather(*(work(turns) for _ in range(5)), return_exceptions=True)

    refused = [error for error in asyncio.run(crowd()) if error]
    assert at_once == [1, 1, 1]
    assert [type(error) for error in refused] == [LimitError, LimitError]


def test_who_does_one_heavy_thing_after_the_other_keeps_nobody_from_a_turn() -> None:
    async def crowd() -> None:
        turns, ended = Turns("workbooks", places=2), asyncio.Event()

        async def work() -> None:
            async with turns.one(UNI_A):
                await ended.wait()

        heavy = [asyncio.create_task(work()) for _ in range(4)]
        await asyncio.sleep(0)
        async with asyncio.timeout(5), turns.one(STAFF_READER):
            pass
        ended.set()
        await asyncio.gather(*heavy)

    asyncio.run(crowd())


@pytest.mark.parametrize("fails", [False, True])
def test_a_stream_gives_its_share_back_however_it_ends(*, fails: bool) -> None:
    async def lines() -> AsyncIterator[str]:
        yield "one"
        if fails:
            raise OSError("gone")

    async def waiting() -> Message:
        await asyncio.sleep(60)
        raise AssertionError("nobody waits so long")

    async def sent(_: Message) -> None:
        """Take it."""

    async def stream(shares: Shares) -> None:
        shares.take(UNI_A)
        await SharedStream(lines(), shares, UNI_A)({"type": "http", "asgi": {"spec_version": "2.4"}}, waiting, sent)

    shares = Shares("streams", 1)
    if fails:
        with pytest.raises(ClientDisconnect):
            asyncio.run(stream(shares))
    else:
        asyncio.run(stream(shares))
    shares.take(UNI_A)
