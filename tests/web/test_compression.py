from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Mapping

import pytest
import zstandard
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ewgraph.web.compression import Compressed

DATA = b"<https://data.example.org/id/F1> <https://data.example.org/p> 1 .\n" * 3000


def whole(request: Request) -> Response:
    size = int(request.query_params.get("size", len(DATA)))
    headers = {name: value for name, value in request.query_params.items() if name in {"etag", "repr-digest"}}
    return Response(DATA[:size], media_type=request.query_params.get("type", "text/turtle"), headers=headers)


def streamed(_: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(DATA), 50_000):
            yield DATA[start : start + 50_000]

    return StreamingResponse(pieces(), media_type="text/csv", headers={"Content-Length": str(len(DATA))})


def unchanged(_: Request) -> Response:
    return Response(status_code=304, media_type="text/csv")


CLIENT = TestClient(
    Starlette(
        routes=[Route("/", whole), Route("/streamed", streamed), Route("/unchanged", unchanged)],
        middleware=[Middleware(Compressed)],
    )
)


def raw(path: str, accept: str | None, method: str = "GET", **headers: str) -> tuple[Mapping[str, str], bytes]:
    """The headers and the bytes that were sent, as they were."""
    sent = headers if accept is None else headers | {"Accept-Encoding": accept}
    request = CLIENT.build_request(method, path, headers=sent)
    if accept is None:
        del request.headers["accept-encoding"]
    response = CLIENT.send(request, stream=True)
    return response.headers, b"".join(response.iter_raw())


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        ("gzip", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.5, gzip;q=0.8", "gzip"),
        ("zstd;q=0, *", "gzip"),
        ("*;q=0.1", "zstd"),
        ("gzip;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("br", None),
        ("", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("path", ["/", "/streamed"])
def test_the_coding_is_negotiated(accept: str | None, coding: str | None, path: str) -> None:
    headers, body = raw(path, accept)
    assert headers.get("content-encoding") == coding
    assert "Accept-Encoding" in headers["vary"]
    decoders = {
        "gzip": gzip.decompress,
        "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
    }
    assert decoders.get(coding or "", bytes)(body) == DATA
    assert len(body) < len(DATA) / 20 or coding is None
    assert ("content-length" in headers) == (coding is None)


def test_pages_problems_and_small_answers_are_left_as_they_are() -> None:
    for path in ("/?type=text/html", "/?type=application/problem%2Bjson", "/?type=image/png", "/?size=1000"):
        headers, body = raw(path, "gzip, zstd")
        assert "content-encoding" not in headers
        assert int(headers["content-length"]) == len(body)


def test_nothing_is_compressed_for_whoever_sends_a_cookie() -> None:
    """A browser sends it whoever made it ask; how long the answer gets would then tell what is in it."""
    headers, body = raw("/", "gzip, zstd", Cookie="session=1")
    assert "content-encoding" not in headers
    assert body == DATA


def test_an_answer_without_a_body_has_no_coding() -> None:
    headers, body = raw("/unchanged", "gzip")
    assert "content-encoding" not in headers
    assert body == b""


def test_head_tells_what_get_would() -> None:
    headers, _ = raw("/", "gzip", "HEAD")
    assert headers["content-encoding"] == "gzip"
    assert "content-length" not in headers


def test_a_validator_of_the_bytes_becomes_one_of_what_they_say() -> None:
    assert raw('/?etag="1"', "gzip")[0]["etag"] == 'W/"1"'
    assert raw('/?etag="1"', "br")[0]["etag"] == '"1"'
    assert raw('/?etag=W/"1"', "gzip")[0]["etag"] == 'W/"1"'


def test_bytes_that_have_a_digest_are_sent_as_they_are() -> None:
    assert "content-encoding" not in raw("/?repr-digest=sha-256", "gzip")[0]
