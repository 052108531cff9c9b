"""Clients that listen: ours, sync and async, and those of others, over a socket and by events."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from gql import Client as GqlClient
from gql import GraphQLRequest
from gql.transport.websockets import WebsocketsTransport

from ewgraph.client import AsyncClient, Client, GraphQLRefusal, operations
from tests.node.running import run
from tests.protocol.conftest import UNI_A, Server
from tests.protocol.listening import append_later, finding, listened

__all__ = ["listened"]

NEWS = "subscription ($watch: ID!) { newFindings(watch: $watch) { finding { id } exposure { contract { id } } } }"
F1, K1 = "https://data.example.org/id/f1", "https://data.example.org/id/K1"


@pytest.fixture(scope="module")
def told(listened: Server) -> Server:
    """The server, with a finding."""
    append_later(listened, finding("f1"))
    return listened


@pytest.fixture
def watch(told: Server) -> str:
    """A watch that has the finding to tell at once."""
    with Client(told.address, told.keys["uni-a"]) as client:
        made = client.run(operations.subscribe(label="all of them", from_now=False))
    assert made.user_errors == ()
    assert made.watch is not None
    assert made.watch.about == UNI_A
    return made.watch.id


def test_our_client_listens_and_acknowledges(listened: Server, watch: str) -> None:
    with Client(listened.address, listened.keys["uni-a"]) as client:
        told = next(client.listen(operations.new_findings(watch=watch)))
        assert told.finding.id == F1
        assert told.exposure.contract is not None
        assert told.exposure.contract.id == K1
        assert [hop.record.id.rpartition("/")[2] for hop in told.exposure.evidence.path] == ["N1", "D1"]
        news = client.run(operations.watch_news(watch))
        assert news is not None
        assert [one.finding.id for one in news.news] == [F1]
        client.run(operations.acknowledge(watch, [F1]))
        news = client.run(operations.watch_news(watch))
        assert news is not None
        assert news.news == ()
        assert watch in {one.id for one in client.run(operations.watches())}
        assert client.run(operations.unsubscribe(watch)).user_errors == ()


def test_our_client_listens_without_blocking(listened: Server, watch: str) -> None:
    async def first() -> str:
        async with AsyncClient(listened.address, listened.keys["uni-a"]) as client:
            async for told in client.listen(operations.new_findings(watch=watch)):
                return told.finding.id
        raise AssertionError

    assert asyncio.run(first()) == F1


def test_our_client_tells_why_it_hears_nothing(listened: Server, watch: str) -> None:
    with Client(listened.address, listened.keys["uni-b"]) as client, pytest.raises(GraphQLRefusal, match="not yours"):
        next(client.listen(operations.new_findings(watch=watch)))


def test_a_file_is_handed_in_and_followed_by_our_client(listened: Server) -> None:
    with Client(listened.address, listened.keys["uni-a"]) as client:
        made = client.run(operations.submit_disclosure({"base64": "bm8gc2hlZXQ="}, "notes.txt", dry_run=True))
        assert made.user_errors == ()
        assert made.submission is not None
        states = [one.state for one in client.listen(operations.submission_progress(made.submission.id))]
        assert states[-1] in {"FAILED", "REFUSED"}
        found = client.run(operations.submission(made.submission.id))
        assert found is not None
        assert (found.state, found.dry_run) == (states[-1], True)


def test_gql_listens_over_a_socket(listened: Server, watch: str) -> None:
    async def first() -> Any:
        transport = WebsocketsTransport(
            url=listened.address.replace("http:", "ws:") + "graphql",
            init_payload={"Authorization": f"Bearer {listened.keys['uni-a']}"},
        )
        async with GqlClient(transport=transport) as session:
            async for told in session.subscribe(GraphQLRequest(NEWS, variable_values={"watch": watch})):
                return told
        raise AssertionError

    assert asyncio.run(first())["newFindings"] == {"finding": {"id": F1}, "exposure": {"contract": {"id": K1}}}


@pytest.mark.parametrize("way", ["ws", "sse"])
def test_the_reference_clients_listen(listened: Server, watch: str, way: str) -> None:
    variables = json.dumps({"watch": watch})
    said = run("listen.mjs", way, listened.address + "graphql", NEWS, variables, listened.keys["uni-a"])
    assert json.loads(said)["data"]["newFindings"] == {"finding": {"id": F1}, "exposure": {"contract": {"id": K1}}}
