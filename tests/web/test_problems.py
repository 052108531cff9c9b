from __future__ import annotations

import json
import logging

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from ewgraph import errors
from ewgraph.errors import ConfigurationError, ConflictError, EwgraphError, LimitError, UnavailableError
from ewgraph.web.pages import TemplatePages
from ewgraph.web.problems import Problems, status_of


def client(error: Exception) -> TestClient:
    async def fail(_: Request) -> Response:
        raise error

    handlers = Problems(TemplatePages("https://data.example.org/")).handlers()
    app = Starlette(routes=[Route("/", fail)], exception_handlers=handlers)
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("error", [RuntimeError("secret of the house"), ConfigurationError("secret of the house")])
def test_an_unexpected_error_tells_the_log_and_not_the_reader(
    error: Exception,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        reply = client(error).get("/")
        page = client(error).get("/", headers={"Accept": "text/html"})
    assert reply.status_code == page.status_code == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert "secret" not in reply.text + page.text
    assert json.loads(reply.text)["instance"] in {record.problem for record in caplog.records}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ConflictError("x"), 409),
        (UnavailableError("x"), 503),
        (LimitError("x", limit="seconds"), 503),
        (LimitError("x", limit="request bytes"), 413),
    ],
)
def test_an_error_has_the_status_of_its_class(error: EwgraphError, status: int) -> None:
    reply = client(error).get("/")
    assert reply.status_code == status
    assert reply.json()["detail"] == "x"
    assert ("retry-after" in reply.headers) == (status == 503)


def test_every_error_of_ours_but_configuration_blames_the_request_or_the_moment() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, EwgraphError)]
    for kind in kinds:
        if kind not in {EwgraphError, LimitError, ConfigurationError}:
            assert status_of(kind("x")) != 500, kind


def test_a_page_that_is_found_is_left_alone() -> None:
    handlers = Problems(TemplatePages("https://data.example.org/")).handlers()
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("fine"))], exception_handlers=handlers)
    assert TestClient(app).get("/").text == "fine"
    assert TestClient(app).post("/").status_code == 405
