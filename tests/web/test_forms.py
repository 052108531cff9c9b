"""A form is taken in as it comes, and a bad one leaves nothing behind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ewgraph.errors import EwgraphError
from ewgraph.web.forms import arrived_form, plain_name
from ewgraph.web.pages import TemplatePages
from ewgraph.web.problems import Problems

MOST = 3_000_000
TYPE = {"Content-Type": "multipart/form-data; boundary=b"}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    async def take(request: Request) -> Response:
        form = await arrived_form(request, tmp_path / "arrived", MOST)
        return JSONResponse([form.name, form.sha256, form.size, form.fields])

    handlers = Problems(TemplatePages("https://data.example.org/")).handlers()
    routes = [Route("/", take, methods=["POST"])]
    return TestClient(Starlette(routes=routes, exception_handlers={EwgraphError: handlers[EwgraphError]}))


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    more = f'; filename="{filename}"' if filename is not None else ""
    return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


def test_a_large_file_arrives_byte_for_byte_with_its_fields(client: TestClient, tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000 + b"\r\n--not the end"
    body = (
        part("contract", "  Süd ".encode())
        + part("file", content, "a/b\\Übersicht 2024.xlsx")
        + part("x", b"")
        + b"--b--\r\n"
    )

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 77_777):
            yield body[start : start + 77_777]

    reply = client.post("/", content=pieces(), headers=TYPE).json()
    assert reply == [
        "Übersicht 2024.xlsx", hashlib.sha256(content).hexdigest(), len(content), {"contract": "Süd", "x": ""}
    ]  # fmt: skip
    assert (tmp_path / "arrived").read_bytes() == content


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (part("file", b"x", "f") + b"--b\r\n", 400, "ends in the middle"),
        (part("file", b"x", "f")[:-8], 400, "ends in the middle"),
        (b"--b--\r\n", 400, "no file"),
        (part("other", b"x") + b"--b--\r\n", 400, "no file"),
        (part("file", b"x", "f") + part("file", b"y", "g") + b"--b--\r\n", 400, "two files"),
        (part("file", b"x" * (MOST + 1), "f") + b"--b--\r\n", 413, "at most"),
        (part("name", b"x" * 70_000) + b"--b--\r\n", 413, "more than"),
        (b"".join(part(f"f{n}", b"") for n in range(21)) + b"--b--\r\n", 413, "at most 20 fields"),
        (b"nonsense", 400, "no form"),
        (b"", 400, "ends in the middle"),
    ],
)
def test_a_bad_form_is_refused_with_its_reason_and_leaves_no_file(
    client: TestClient, tmp_path: Path, body: bytes, status: int, said: str
) -> None:
    reply = client.post("/", content=body, headers=TYPE)
    assert (reply.status_code, said in reply.json()["detail"]) == (status, True), reply.text
    assert not (tmp_path / "arrived").exists()


def test_a_form_without_a_boundary_is_refused(client: TestClient) -> None:
    reply = client.post("/", content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert (reply.status_code, "boundary" in reply.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("", "disclosure"),
        ("..", "disclosure"),
        ("a\x00\r\nb.csv", "ab.csv"),
        ("\u202excel.exe", "xcel.exe"),
        (" a ", "a"),
    ],
)
def test_a_files_name_is_made_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_very_long_name_keeps_its_ending() -> None:
    assert plain_name("x" * 400 + ".xlsx").endswith(".xlsx")
    assert len(plain_name("x" * 400)) <= 150
