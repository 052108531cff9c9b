"""Subscriptions over a real socket and as server-sent events: what is told, to whom, and when that ends."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger, Watches
from ewgraph.model.rdf import IRI
from tests.protocol.conftest import UNI_A, Server, append
from tests.protocol.listening import append_later, finding, listened

__all__ = ["listened"]

PROTOCOL = "graphql-transport-ws"
NEW = """subscription ($about: ID, $watch: ID) { newFindings(about: $about, watch: $watch) {
  finding { id } exposure { contract { id } evidence { scope path { record { id } } } } } }"""

LISTENING = json.dumps({"type": "subscribe", "id": "1", "payload": {"query": NEW, "variables": {"about": UNI_A}}})


@asynccontextmanager
async def socket(server: Server, reader: str | None = None, **more: Any) -> AsyncIterator[ClientConnection]:
    """A socket, begun in the name of a reader."""
    address = server.address.replace("http:", "ws:") + "graphql"
    async with connect(address, subprotocols=[PROTOCOL], **more) as opened:  # type: ignore[list-item]
        payload = {"payload": {"Authorization": f"Bearer {server.keys.get(reader, reader)}"}} if reader else {}
        await send(opened, type="connection_init", **payload)
        yield opened


async def send(opened: ClientConnection, **message: Any) -> None:
    await opened.send(json.dumps(message))


async def heard(opened: ClientConnection, seconds: float = 10) -> Any:
    return json.loads(await asyncio.wait_for(opened.recv(), seconds))


async def subscribed(opened: ClientConnection, query: str = NEW, name: str = "1", **variables: Any) -> None:
    assert (await heard(opened))["type"] == "connection_ack"
    await send(opened, id=name, type="subscribe", payload={"query": query, "variables": variables})


async def closed(opened: ClientConnection) -> int:
    """The code with which the other side closes the socket."""
    await asyncio.wait_for(opened.wait_closed(), 15)
    assert opened.close_code is not None
    return opened.close_code


def local(node: Any) -> str:
    return str(node["id"]).rpartition("/")[2]


async def settled(opened: ClientConnection, seconds: float = 1.5) -> None:
    """Nothing is told for a while: the subscription has looked at what is there."""
    with pytest.raises(TimeoutError):
        await heard(opened, seconds)


def test_a_new_finding_is_told_with_its_evidence_to_whom_it_concerns_and_to_no_other(listened: Server) -> None:
    async def scenario() -> None:
        async with socket(listened, "uni-a") as a, socket(listened, "uni-b") as b, socket(listened) as public:
            await subscribed(a)
            await subscribed(b)
            await subscribed(public, about=UNI_A)
            await settled(a)
            append_later(listened, finding("f1"))  # uni-a alone has a contract that leads to F1
            told = await heard(a)
            assert told["type"] == "next"
            assert told["id"] == "1"
            event = told["payload"]["data"]["newFindings"]
            assert local(event["finding"]) == "f1"
            assert local(event["exposure"]["contract"]) == "K1"
            assert [local(hop["record"]) for hop in event["exposure"]["evidence"]["path"]] == ["N1", "D1"]
            await settled(b)
            await settled(public, 0.2)

    asyncio.run(scenario())


def test_what_leads_to_an_old_finding_is_news_as_well(listened: Server) -> None:
    link = """ex:D9 { ex:D9 a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:contract-party ;
      ew:receivedAt "2025-05-02T10:00:00Z"^^xsd:dateTime .
      ex:c19 a ew:SupplyClaim ; ew:assertedIn ex:D9 ; ew:output ex:L1 ; ew:site ex:F9 ; ew:tier tier:final-assembly ;
        ew:scope scope:contract ; ew:scopeContract ex:K1 ; ew:evidenceBasis eb:contract-disclosure . }"""

    async def scenario() -> None:
        append_later(listened, finding("f9", "F9"))
        async with socket(listened, "uni-a") as a:
            await subscribed(a)
            await settled(a)
            append_later(listened, link)
            assert local((await heard(a))["payload"]["data"]["newFindings"]["finding"]) == "f9"
            await settled(a)  # once

    asyncio.run(scenario())


def test_a_watch_tells_what_was_missed_until_it_is_acknowledged(listened: Server) -> None:
    def asked(query: str, reader: str = "uni-a", **variables: Any) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        reply = listened.request("/graphql", reader=reader, body=body, content_type="application/json")
        return json.loads(reply.content)["data"]

    begun = asked('mutation { subscribe(label: "ours") { watch { id about label news { finding { id } } } } }')
    watch = begun["subscribe"]["watch"]
    assert watch["about"] == UNI_A
    assert watch["news"] == []
    append_later(listened, finding("f2"))
    news = "query ($w: ID!) { watch(id: $w) { news { finding { id } exposure { contract { id } } } } watches { id } }"
    until = time.monotonic() + 10
    while not (found := asked(news, w=watch["id"]))["watch"]["news"] and time.monotonic() < until:
        time.sleep(0.1)
    (event,) = found["watch"]["news"]
    assert local(event["finding"]) == "f2"
    assert asked(news, "uni-b", w=watch["id"]) == {"watch": None, "watches": []}

    async def hear(reader: str = "uni-a") -> Any:
        async with socket(listened, reader) as opened:
            await subscribed(opened, watch=watch["id"])
            return await heard(opened)

    for _ in range(2):  # each time anew, as long as nobody says that it was heard
        assert local(asyncio.run(hear())["payload"]["data"]["newFindings"]["finding"]) == "f2"
    refused = asyncio.run(hear("uni-b"))
    assert refused["type"] == "error"
    assert refused["payload"][0]["message"] == f"there is no watch {watch['id']!r}, or it is not yours"
    nothing = "https://data.example.org/id/nothing"
    done = asked(
        "mutation ($w: ID!, $f: [ID!]!) { acknowledge(watch: $w, findings: $f) { watch { news { finding { id } } } } }",
        w=watch["id"],
        f=[event["finding"]["id"], nothing, nothing + "-else"],
    )
    assert done["acknowledge"]["watch"]["news"] == []
    ledger = Ledger(listened.data / "ledger.sqlite", SystemClock())
    watches = Watches(ledger, SystemClock())
    known = watches.known(watches.get(UNI_A, watch["id"]))
    ledger.close()
    assert IRI(event["finding"]["id"]) in known
    assert IRI(nothing) not in known  # else a watch could be filled with anything
    asked("mutation ($w: ID!) { unsubscribe(watch: $w) { userErrors { code } } }", w=watch["id"])
    assert asked(news, w=watch["id"]) == {"watch": None, "watches": []}


def test_the_same_as_server_sent_events(listened: Server) -> None:
    headers = {"Authorization": f"Bearer {listened.keys['uni-a']}", "Accept": "text/event-stream"}
    body = {"query": NEW}
    with (
        httpx2.Client(timeout=20) as client,
        client.stream("POST", listened.address + "graphql", headers=headers, json=body) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines) == ":"
        time.sleep(1)
        append_later(listened, finding("f3"))
        told = [line for line in _some(lines, 4) if line and line != ":"]
        assert told[0] == "event: next"
        event = json.loads(told[1].removeprefix("data: "))["data"]["newFindings"]
        assert local(event["finding"]) == "f3"


def _some(lines: Iterator[str], many: int) -> Iterator[str]:
    for _ in range(many):
        yield next(lines)


def test_a_query_is_answered_over_a_socket_and_as_an_event_too(listened: Server) -> None:
    async def scenario() -> None:
        async with socket(listened, "uni-a") as a:
            await subscribed(a, '{ contract(id: "https://data.example.org/id/K1") { id } }')
            assert local((await heard(a))["payload"]["data"]["contract"]) == "K1"
            assert await heard(a) == {"id": "1", "type": "complete"}
            await send(a, id="2", type="subscribe", payload={"query": "{ nothing }"})
            assert (await heard(a))["type"] == "error"
            await send(a, type="ping", payload={"n": 1})
            assert await heard(a) == {"type": "pong", "payload": {"n": 1}}

    asyncio.run(scenario())
    body = json.dumps({"query": "{ contracts { edges { node { id } } } }"}).encode()
    reply = listened.request("/graphql", accept="text/event-stream", body=body, content_type="application/json")
    assert [local(edge["node"]) for edge in _events(reply.text)[0]["data"]["contracts"]["edges"]] == ["K0"]
    assert reply.text.endswith("event: complete\ndata:\n\n")


def _events(text: str) -> list[Any]:
    return [json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")]


def test_a_key_that_is_revoked_hears_nothing_more(listened: Server) -> None:
    ledger = Ledger(listened.data / "ledger.sqlite", SystemClock())
    keyring = Keyring(ledger, SystemClock())
    key = keyring.add(UNI_A)

    async def scenario() -> None:
        async with socket(listened, key) as a:
            await subscribed(a)
            await settled(a)
            keyring.revoke(keyring.list()[-1].id)
            append(ledger, finding("f4"))
            told = await heard(a, 15)
            assert told["type"] == "error"
            assert told["payload"][0]["message"].startswith("the key is unknown, over or revoked.")

    asyncio.run(scenario())
    ledger.close()


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["no json"], 4400),
        (['{"type": "connection_init", "payload": 1}'], 4400),
        (['{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}'], 4401),
        (['{"type": "connection_init", "payload": {"Authorization": "Bearer ewg_wrong"}}'], 4403),
        (['{"type": "connection_init", "payload": {"authorization": 7}}'], 4403),
        (['{"type": "connection_init"}', '{"type": "connection_init"}'], 4429),
        (['{"type": "connection_init"}', '{"type": "start"}'], 4400),
        (['{"type": "connection_init"}', '{"type": "subscribe", "id": "", "payload": {}}'], 4400),
        (['{"type": "connection_init"}', LISTENING, LISTENING], 4409),
    ],
)
def test_who_does_not_keep_to_the_protocol_is_closed_with_its_code(
    server: Server, messages: list[str], code: int
) -> None:
    async def scenario() -> None:
        address = server.address.replace("http:", "ws:") + "graphql"
        async with connect(address, subprotocols=[PROTOCOL]) as opened:  # type: ignore[list-item]
            for message in messages:
                await opened.send(message)
            assert await closed(opened) == code

    asyncio.run(scenario())


def test_another_protocol_is_not_spoken(server: Server) -> None:
    async def scenario() -> None:
        address = server.address.replace("http:", "ws:") + "graphql"
        async with connect(address, subprotocols=["graphql-ws"]) as opened:  # type: ignore[list-item]
            assert await closed(opened) == 4406

    asyncio.run(scenario())
