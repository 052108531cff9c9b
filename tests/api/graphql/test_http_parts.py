"""Answers in parts over HTTP: who gets them, and how they are written."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pytest
from starlette.concurrency import run_in_threadpool
from starlette.types import Message

from ewgraph.api.graphql import Allowance, schema
from ewgraph.api.graphql.answering import Answering
from ewgraph.api.graphql.execution import Begun, Part
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.parts import InParts
from ewgraph.api.graphql.preparing import Asked, Asker
from ewgraph.api.graphql.requests import JSON, RESPONSE_JSON
from ewgraph.api.graphql.values import Context
from ewgraph.errors import LimitError
from ewgraph.web.compression import Compressed
from ewgraph.web.deadline import Deadline
from ewgraph.web.pages import TemplatePages
from ewgraph.web.problems import Problems
from ewgraph.web.traffic import Metrics, Traffic
from tests.api.graphql.conftest import Caller, caller_of
from tests.api.graphql.test_http import BROKEN
from tests.conftest import House, named

QUERY = {"query": 'query { site(id: "%s") { id ... @defer(label: "name") { label } } }' % named("F2").value}  # noqa: UP031
URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"
)
APOLLO = "multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json,application/json;q=0.9"
APOLLO_3 = "multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9"
SUBSCRIBER = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json'
WHOLE = {"data": {"site": {"id": named("F2").value, "label": "Factory 2"}}}


def written(content: bytes) -> Sequence[Any]:
    """The parts of a body, read as RFC 2046 has it; each is of JSON."""
    begin, *parts, end = (b"\r\n" + content).split(b"\r\n---")
    assert (begin, end) == (b"", b"--\r\n")
    heads, bodies = zip(*(part.split(b"\r\n\r\n") for part in parts), strict=True)
    assert set(heads) == {b"\r\nContent-Type: application/json; charset=utf-8"}
    return [json.loads(body) for body in bodies]


@pytest.mark.parametrize(
    "accept",
    [
        URQL,
        APOLLO,
        "multipart/mixed",
        "Multipart/Mixed; q=0.5; boundary=x, */*",
        'multipart/mixed;incrementalSpec="v0.2"',
    ],
)
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_who_accepts_parts_gets_what_is_deferred_later(caller: Caller, accept: str, method: str) -> None:
    given = {"json": QUERY} if method == "POST" else {"params": QUERY}
    headers = {"accept": accept, "x-requested-with": "x"}
    reply = caller.client.request(method, "/graphql", headers=headers, **given)  # type: ignore[arg-type]
    assert (reply.status_code, reply.headers["content-type"]) == (200, 'multipart/mixed; boundary="-"')
    assert reply.headers["cache-control"] == "private, no-store"
    assert "Accept" in reply.headers["vary"]
    assert written(reply.content) == [
        {
            "data": {"site": {"id": named("F2").value}},
            "pending": [{"id": "0", "path": ["site"], "label": "name"}],
            "hasNext": True,
        },
        {"incremental": [{"id": "0", "data": {"label": "Factory 2"}}], "completed": [{"id": "0"}], "hasNext": False},
    ]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, JSON),
        ("*/*", JSON),
        (JSON, JSON),
        (APOLLO_3, RESPONSE_JSON),
        (SUBSCRIBER, JSON),
        ("multipart/mixed;incrementalSpec=v0.1, application/json", JSON),
        ("multipart/mixed;q=0, application/json", JSON),
        ("multipart/mixed;q=0.000, application/json", JSON),
    ],
)
def test_who_does_not_accept_them_gets_one_answer(caller: Caller, accept: str | None, kind: str) -> None:
    reply = caller.client.post("/graphql", json=QUERY, headers={} if accept is None else {"accept": accept})
    assert (reply.status_code, reply.headers["content-type"]) == (200, f"{kind}; charset=utf-8")
    assert reply.json() == WHOLE


@pytest.mark.parametrize("accept", ["multipart/mixed;deferSpec=20220824", "multipart/mixed;q=0", "multipart/form-data"])
def test_other_parts_are_not_given(caller: Caller, accept: str) -> None:
    assert caller.client.post("/graphql", json=QUERY, headers={"accept": accept}).status_code == 406


@pytest.mark.parametrize("query", ["{ __typename }", "{ ... @defer(if: false) { __typename } }", "{ nothing }"])
def test_what_has_no_parts_comes_whole(caller: Caller, query: str) -> None:
    reply = caller.client.post("/graphql", json={"query": query}, headers={"accept": "multipart/mixed"})
    assert reply.headers["content-type"] == f"{RESPONSE_JSON}; charset=utf-8"
    assert reply.status_code == (400 if "nothing" in query else 200)


def test_what_is_hidden_is_as_what_is_not_there_in_every_part(caller: Caller) -> None:
    query = "query ($id: ID!) { ... @defer { contract(id: $id) { id ... @defer { label } } } }"
    hidden, absent = (
        caller.client.post(
            "/graphql",
            json={"query": query, "variables": {"id": named(name).value}},
            headers={"accept": "multipart/mixed"},
        )
        for name in ("K1", "never")
    )
    assert hidden.content == absent.content
    assert written(hidden.content)[1]["incremental"] == [{"id": "0", "data": {"contract": None}}]


def test_our_own_fault_in_a_part_is_logged_and_not_told(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.load(BROKEN)
    query = "query ($id: ID!) { contract(id: $id) { label ... @defer { signedOn } } }"
    body = {"query": query, "variables": {"id": named("K").value}}
    with caplog.at_level(logging.ERROR):
        reply = caller_of(house).client.post("/graphql", json=body, headers={"accept": "multipart/mixed"})
    (one,) = written(reply.content)[1]["incremental"]
    assert one["data"] == {"signedOn": None}
    assert [(error["message"], error["path"]) for error in one["errors"]] == [
        ("Internal error", ["contract", "signedOn"])
    ]
    (record,) = caplog.records
    assert (record.name, record.message) == ("ewgraph.api.graphql", "graphql.internal-error")


class Exchange:
    """One exchange with an application as a server has it, within what stands around every request of the service."""

    def __init__(self, house: House, document: str, *, leaves: bool = False) -> None:
        self.loader = Loader(house.view("public"), house.catalogue, Allowance())
        asked = Asked(document, {}, None, in_parts=True)
        begun = Answering(schema).answer(asked, Asker("public"), lambda: Context(self.loader))
        assert isinstance(begun, Begun)
        begun.rest = self._waiting(begun.rest)
        problems = Problems(TemplatePages("https://data.example.org/"))
        more = partial(run_in_threadpool, next, begun.rest, None)
        inner = Deadline(InParts(begun, more, {}), seconds=5, refuse=problems.expected)
        self.app = Traffic(Compressed(inner), Metrics(), 1000, {}, https=False)
        self.leaves = leaves
        self.taken = threading.Semaphore(0)
        self.left = asyncio.Event()
        self.bodies: list[bytes] = []
        self.made = 0

    def _waiting(self, parts: Iterator[Part]) -> Iterator[Part]:
        """Each part is made once the one before it was taken, so a part that is held back holds up all."""
        while self.taken.acquire(timeout=2):
            part = next(parts, None)
            if part is None:
                return
            self.made += 1
            yield part

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message.get("body"):
            self.bodies.append(message["body"])
            if self.leaves:
                self.left.set()
            else:
                self.taken.release()

    def run(self) -> None:
        headers = [(b"accept-encoding", b"gzip, zstd")]
        scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": headers, "query_string": b""}
        asyncio.run(self.app(scope, self.receive, self.send))


SEVERAL = """{ site(id: "%s") { id ... @defer { label } ... @defer { kind } ... @defer { nativeName } } }""" % (  # noqa: UP031
    named("F2").value
)


@pytest.mark.usefixtures("caller")
def test_each_part_goes_out_before_the_next_is_made(house: House) -> None:
    exchange = Exchange(house, SEVERAL)
    exchange.run()
    assert len(exchange.bodies) == 1 + exchange.made + 1 == 5
    assert all(body.endswith(b"\r\n---") for body in exchange.bodies[:-1])
    assert written(b"".join(exchange.bodies))[-1]["hasNext"] is False


@pytest.mark.usefixtures("caller")
def test_the_work_ends_when_the_caller_goes_away(house: House) -> None:
    exchange = Exchange(house, SEVERAL, leaves=True)
    exchange.run()
    assert exchange.made == 0
    with pytest.raises(LimitError):
        exchange.loader.check()
