"""A socket is guarded as requests are: rates, wrong keys, how much one asker listens to, and pages of other sites."""

from __future__ import annotations

import asyncio
import json
import re
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.protocol.conftest import UNI_A, Server, append, serving
from tests.protocol.world import WORLD

PROTOCOL: Any = "graphql-transport-ws"
NEW = f'subscription {{ newFindings(about: "{UNI_A}") {{ finding {{ id }} }} }}'
INIT = json.dumps({"type": "connection_init"})


@contextmanager
def guarded(folder: Path, **settings: str) -> Iterator[Server]:
    """A server over the small world, with a key."""
    ledger = Ledger(folder / "data" / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    keys = {"uni-a": Keyring(ledger, SystemClock()).add(UNI_A)}
    ledger.close()
    with serving(folder / "data", keys, EWGRAPH_QUERY_WORKERS="1", **settings) as started:
        yield started


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Server]:
    limits = {"EWGRAPH_REQUESTS_PER_SECOND": "2", "EWGRAPH_WRONG_CREDENTIALS_PER_MINUTE": "2"}
    with guarded(tmp_path, **limits) as started:
        yield started


@pytest.fixture(scope="module")
def free(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It is ended by the last test."""
    with guarded(tmp_path_factory.mktemp("free"), EWGRAPH_REQUESTS_PER_SECOND="0") as started:
        yield started


def socket(server: Server, **more: Any) -> connect:
    return connect(server.address.replace("http:", "ws:") + "graphql", subprotocols=[PROTOCOL], **more)


async def heard(opened: ClientConnection) -> Any:
    return json.loads(await asyncio.wait_for(opened.recv(), 10))


async def begun(opened: ClientConnection, **payload: str) -> None:
    await opened.send(json.dumps({"type": "connection_init", "payload": payload}))
    assert (await heard(opened))["type"] == "connection_ack"


async def close_code(opened: ClientConnection) -> int | None:
    await asyncio.wait_for(opened.wait_closed(), 10)
    return opened.close_code


def test_operations_over_a_socket_are_requests(strict: Server) -> None:
    async def scenario() -> None:
        async with socket(strict) as opened:
            await begun(opened)
            for name in range(8):
                payload = {"query": "{ __typename }"}
                await opened.send(json.dumps({"id": str(name), "type": "subscribe", "payload": payload}))
            told = [await heard(opened) for _ in range(10)]
            refused = [one for one in told if one["type"] == "error"]
            assert refused
            assert refused[0]["payload"][0]["message"].startswith("too many requests in a short time")
        with pytest.raises(InvalidStatus) as status:
            async with socket(strict):
                pass
        assert status.value.response.status_code == 429

    asyncio.run(scenario())


def test_keys_cannot_be_guessed_over_a_socket(strict: Server) -> None:
    async def code(key: str) -> int | None:
        async with socket(strict) as opened:
            await opened.send(json.dumps({"type": "connection_init", "payload": {"Authorization": f"Bearer {key}"}}))
            try:
                return None if (await heard(opened))["type"] == "connection_ack" else 0
            except Exception:  # noqa: BLE001  # it was closed
                return await close_code(opened)

    async def scenario() -> None:
        codes = []
        for place in range(4):
            codes.append(await code(f"ewg_{place:012x}_00"))
            await asyncio.sleep(1.2)  # so that the rate of requests is not what is met
        assert codes == [4403, 4403, 1013, 1013]
        assert await code(strict.keys["uni-a"]) == 1013  # it was never seen here before: it has to wait as well

    asyncio.run(scenario())


def test_keys_cannot_be_guessed_by_asking_for_events(strict: Server) -> None:
    """A stream that has begun has the status 200, whatever comes: so a wrong key is refused before."""
    body = json.dumps({"query": "{ __typename }"}).encode()
    found = []
    for place in range(3):
        asked = {"reader": f"ewg_{place:012x}_00", "accept": "text/event-stream", "content_type": "application/json"}
        found.append(strict.request("/graphql", body=body, **asked))
        time.sleep(1.2)
    assert [reply.status for reply in found] == [401, 401, 429]
    assert json.loads(found[-1].content)["limit"] == "wrong credentials"


def test_an_asker_listens_to_so_many_subscriptions(free: Server) -> None:
    async def scenario() -> None:
        async with socket(free) as one, socket(free) as other:
            for opened, many in ((one, 15), (other, 6)):
                await begun(opened)
                for name in range(many):
                    await opened.send(json.dumps({"id": str(name), "type": "subscribe", "payload": {"query": NEW}}))
            told = await heard(other)
            assert told["type"] == "error"
            assert told["payload"][0]["message"].startswith("You listen to 20 subscriptions.")
            await one.send(json.dumps({"id": "0", "type": "complete"}))
            await asyncio.sleep(0.5)
            await other.send(json.dumps({"id": "again", "type": "subscribe", "payload": {"query": NEW}}))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(other.recv(), 1.5)

    asyncio.run(scenario())


def test_a_page_of_another_site_opens_no_socket_in_the_name_of_who_is_signed_in(free: Server) -> None:
    with httpx2.Client(base_url=free.address, headers={"Sec-Fetch-Site": "same-origin"}) as browser:
        page = browser.get("/sign-in/key")
        fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text))
        browser.post("/sign-in/key", data={**fields, "key": free.keys["uni-a"]})
        cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    assert cookie
    host = urllib.parse.urlsplit(free.address).netloc

    async def scenario() -> None:
        asked = json.dumps({"id": "1", "type": "subscribe", "payload": {"query": "{ contracts { nodes { id } } }"}})
        async with socket(free, origin=f"http://{host}", additional_headers={"Cookie": cookie}) as own:
            await begun(own)
            await own.send(asked)
            nodes = (await heard(own))["payload"]["data"]["contracts"]["nodes"]
            assert [node["id"].rpartition("/")[2] for node in nodes] == ["K0", "K1"]
        for origin in ("https://elsewhere.example", None):
            async with socket(free, origin=origin, additional_headers={"Cookie": cookie}) as other:
                await other.send(INIT)
                assert await close_code(other) == 4403

    asyncio.run(scenario())


def test_a_message_is_not_longer_than_a_request(free: Server) -> None:
    async def scenario() -> None:
        async with socket(free) as opened:
            await begun(opened)
            await opened.send(json.dumps({"type": "ping", "payload": {"x": "y" * 1_100_000}}))
            assert await close_code(opened) == 1009

    asyncio.run(scenario())


def test_a_server_that_ends_does_not_wait_for_who_listens(free: Server) -> None:
    async def scenario() -> None:
        async with socket(free) as opened:
            await begun(opened)
            await opened.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": NEW}}))
            await asyncio.sleep(0.5)
            free.process.terminate()
            assert await close_code(opened) == 1012
            assert await asyncio.to_thread(free.process.wait, 20) == 0

    asyncio.run(scenario())
