"""Nobody keeps a connection busy with nothing. The server is in a thread of this process, so its patience is short."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ewgraph.web import connection
from ewgraph.web.connection import Connection
from ewgraph.web.heads import HEAD_BYTES

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
MUCH = 32 * 1024 * 1024


async def _answer(request: Request) -> Response:
    if request.url.path == "/much":
        return Response(b"x" * MUCH)
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(connection, "STALL_SECONDS", 0.5)
    app = Starlette(routes=[Route("/{path:path}", _answer, methods=["GET", "POST"])])
    config = uvicorn.Config(
        app,
        http=partial(Connection, most_of_an_address=5, most_untaken=3 * MUCH),  # type: ignore[arg-type]
        ws="none",
        log_config=None,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()
        server.should_exit = True
        thread.join(20)


def connected(address: tuple[str, int]) -> socket.socket:
    return socket.create_connection(address, 10)


def until_closed(client: socket.socket) -> bytes:
    received = b""
    with contextlib.suppress(ConnectionError):
        while piece := client.recv(65536):
            received += piece
    return received


def pieces(client: socket.socket, size: int) -> Iterator[bytes]:
    """What comes next, until so much of it came, or nothing more does."""
    while size > 0 and (piece := client.recv(65536)):
        size -= len(piece)
        yield piece


def one_answer(client: socket.socket) -> bytes:
    """The next answer, whose body has one byte."""
    received = b""
    while not received.partition(b"\r\n\r\n")[2]:
        piece = client.recv(65536)
        assert piece
        received += piece
    return received


def told(address: tuple[str, int], *pieces: bytes, pause_s: float = 0.0) -> bytes:
    """What is answered until the connection ends, to what is sent piece by piece."""
    with connected(address) as client:
        with contextlib.suppress(ConnectionError):
            for piece in pieces:
                client.sendall(piece)
                time.sleep(pause_s)
        return until_closed(client)


def problem(answer: bytes) -> tuple[int, str | None]:
    head, _, content = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head.lower()
    found = json.loads(content)
    assert int(head.split()[1]) == found["status"]
    assert found["detail"]
    return found["status"], found.get("limit")


def test_a_connection_that_says_nothing_is_ended(address: tuple[str, int]) -> None:
    assert problem(told(address)) == (408, "seconds to send")


def test_a_head_that_comes_letter_by_letter_is_ended(address: tuple[str, int]) -> None:
    assert problem(told(address, *(bytes([sign]) for sign in GET), pause_s=0.1)) == (408, "seconds to send")


def test_the_next_head_on_a_connection_has_to_come_in_time_too(address: tuple[str, int]) -> None:
    answer = told(address, GET, b"GET / HT", b"TP/1", b".1\r\n", pause_s=0.3)
    first, _, second = answer.partition(b"HTTP/1.1 408")
    assert first.startswith(b"HTTP/1.1 200")
    assert second


def test_a_connection_in_use_is_not_ended(address: tuple[str, int]) -> None:
    with connected(address) as client:
        for _ in range(4):
            client.sendall(GET)
            assert one_answer(client).startswith(b"HTTP/1.1 200")
            time.sleep(0.2)
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n")
        for letter in (b"a", b"b", b"c"):
            time.sleep(0.4)
            client.sendall(letter)
        assert one_answer(client).endswith(b"3")


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [
        (b"NONSENSE\r\n\r\n", (400, None)),
        (b"GET / HTTP/x\r\nHost: x\r\n\r\n", (400, None)),
        (b"GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n", (400, None)),
        (b"GET / HTTP/1.1\r\n\r\n", (400, None)),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", (400, None)),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 500_000, (431, "header bytes")),
    ],
)
def test_what_is_no_request_is_a_problem_document(
    address: tuple[str, int], request_line: bytes, expected: tuple[int, str | None]
) -> None:
    with connected(address) as client:
        sending = threading.Thread(target=_send, args=(client, request_line))
        sending.start()
        answer = until_closed(client)
        sending.join()
    assert problem(answer) == expected


def _send(client: socket.socket, content: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        client.sendall(content)


def test_an_answer_that_nobody_takes_is_given_up(address: tuple[str, int]) -> None:
    with connected(address) as client:
        client.sendall(GET.replace(b"/ ", b"/much "))
        time.sleep(2)
        assert len(until_closed(client)) < MUCH


def test_what_waits_for_one_address_does_not_fill_the_memory(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of these answers is taken, if slowly: the fourth at a time is one too many."""
    monkeypatch.setattr(connection, "STALL_SECONDS", 60)
    with contextlib.ExitStack() as opened:
        clients = [opened.enter_context(socket.socket()) for _ in range(4)]
        for client in clients:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)  # else much of an answer waits over there
            client.connect(address)
            client.sendall(GET.replace(b"/ ", b"/much "))
            assert client.recv(1024).startswith(b"HTTP/1.1 200")
            time.sleep(0.2)
        *others, last = clients
        assert sum(map(len, pieces(last, MUCH // 2))) < MUCH // 2, "no more than what was on its way"
        assert all(sum(map(len, pieces(client, MUCH // 2))) >= MUCH // 2 for client in others)


def test_an_answer_that_is_taken_slowly_arrives(address: tuple[str, int]) -> None:
    received = 0
    with connected(address) as client:
        client.sendall(GET.replace(b"/ ", b"/much "))
        while received < MUCH:
            piece = client.recv(1024 * 1024)
            assert piece
            received += len(piece)
            time.sleep(0.02)


def test_an_address_has_so_many_connections_and_gets_them_back(address: tuple[str, int]) -> None:
    held = [connected(address) for _ in range(5)]
    time.sleep(0.1)
    assert told(address, GET) == b""
    for client in held:
        client.close()
    time.sleep(0.2)
    with connected(address) as client:
        client.sendall(GET)
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
