"""A request is answered in time, whatever happens within; and has to come in time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message

from ewgraph.web import deadline
from ewgraph.web.deadline import Deadline
from ewgraph.web.heads import FIELD_BYTES, FIELDS, PATH_BYTES, QUERY_STRING_BYTES, Heads
from ewgraph.web.pages import TemplatePages
from ewgraph.web.problems import Problems

PROBLEMS = Problems(TemplatePages("https://data.example.org/"))


class Stuck:
    """Ways of an answer to take too long."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.cancelled = False

    async def in_a_thread(self, _: Request) -> Response:
        await run_in_threadpool(self.go_on.wait, 20)
        return PlainTextResponse("late")

    async def waiting(self, _: Request) -> Response:
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return PlainTextResponse("late")

    async def streaming(self, _: Request) -> Response:
        async def pieces() -> Any:
            for _ in range(6):
                await asyncio.sleep(0.1)
                yield b"piece"

        return StreamingResponse(pieces())

    async def reading(self, request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def stuck() -> Iterator[Stuck]:
    stuck = Stuck()
    yield stuck
    stuck.go_on.set()


def app(stuck: Stuck) -> Starlette:
    ways = (stuck.in_a_thread, stuck.waiting, stuck.streaming, stuck.reading)
    return Starlette(
        routes=[Route(f"/{way.__name__}", way, methods=["GET", "POST"]) for way in ways],
        middleware=[
            Middleware(Heads, refuse=PROBLEMS.expected),
            Middleware(Deadline, seconds=0.3, refuse=PROBLEMS.expected),
        ],
        exception_handlers=PROBLEMS.handlers(),
    )


@pytest.mark.parametrize("way", ["in_a_thread", "waiting"])
def test_an_answer_that_does_not_come_is_a_problem_that_names_the_limit(stuck: Stuck, way: str) -> None:
    with TestClient(app(stuck)) as client:
        reply = client.get(f"/{way}")
        stuck.go_on.set()
    assert (reply.status_code, reply.headers["content-type"]) == (503, "application/problem+json")
    assert reply.json()["limit"] == "request seconds"
    assert reply.headers["retry-after"]
    assert stuck.cancelled == (way == "waiting")


def test_an_answer_that_has_begun_may_take_its_time(stuck: Stuck) -> None:
    assert TestClient(app(stuck)).get("/streaming").text == "piece" * 6


def test_a_body_may_take_longer_than_its_answer(stuck: Stuck) -> None:
    pieces = ([b"x", 0.2], [b"y", 0.2], [b"z", 0.0])
    assert asyncio.run(posted(app(stuck), pieces)) == (200, b"3")


def test_a_body_that_comes_too_slowly_is_given_up(stuck: Stuck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "_GRACE_SECONDS", 0.1)
    status, content = asyncio.run(posted(app(stuck), [[b"x", 0.05], [b"y", 0.2], [b"z", 0.0]]))
    assert status == 408
    assert b'"limit": "seconds to send"' in content


async def posted(service: Starlette, pieces: Any) -> tuple[int, bytes]:
    """The status and content of the answer to a body that comes in pieces, each some seconds before the next."""
    coming = iter(pieces)
    status, content, pause = 0, b"", 0.0

    async def receive() -> Message:
        nonlocal pause
        await asyncio.sleep(pause)
        piece, pause = next(coming)
        return {"type": "http.request", "body": piece, "more_body": piece != b"z"}

    async def send(message: Message) -> None:
        nonlocal status, content
        status = message.get("status", status)
        content += message.get("body", b"")

    scope = {"type": "http", "method": "POST", "path": "/reading", "raw_path": b"/reading", "query_string": b""}
    await service({**scope, "headers": [], "state": {}}, receive, send)
    return status, content


@pytest.mark.parametrize(
    ("path", "headers", "status", "limit"),
    [
        ("/" + "x" * PATH_BYTES, {}, 414, "path bytes"),
        ("/streaming?" + "x" * (QUERY_STRING_BYTES + 1), {}, 414, "query string bytes"),
        ("/streaming", {f"x-{n}": "" for n in range(FIELDS)}, 431, "header fields"),
        ("/streaming", {"x": "x" * FIELD_BYTES}, 431, "header bytes"),
    ],
)
def test_a_head_has_its_limits(stuck: Stuck, path: str, headers: dict[str, str], status: int, limit: str) -> None:
    reply = TestClient(app(stuck)).get(path, headers=headers)
    assert (reply.status_code, reply.json()["limit"]) == (status, limit)
    assert TestClient(app(stuck)).get("/streaming?" + "x" * QUERY_STRING_BYTES).status_code == 200
