"""GraphQL in parts, from a service as it is really started, read as multipart by Python and by a client of others."""

from __future__ import annotations

import email
import http.client
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.node.running import read
from tests.protocol.conftest import Server

EX = "https://data.example.org/id/"
DOCUMENT = """query ($site: ID!) { contractsTouching(site: $site) { edges { node {
  contract { id } ... @defer { contract { label buyers { id } } } } } } }"""
WHOLE = DOCUMENT.replace("@defer ", "")
SITE = {"site": f"{EX}F2"}


def asked(server: Server, document: str, **headers: str) -> tuple[http.client.HTTPMessage, list[bytes]]:
    """The head of an answer, and its body in the chunks in which it came."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)
    body = json.dumps({"query": document, "variables": SITE})
    own = {"Authorization": f"Bearer {server.keys['staff']}", "Content-Type": "application/json", **headers}
    connection.request("POST", "/graphql", body, own)
    reply = connection.getresponse()
    try:
        return reply.headers, list(iter(reply.read1, b""))
    finally:
        connection.close()


def parts(headers: http.client.HTTPMessage, body: bytes) -> Sequence[Any]:
    message = email.message_from_bytes(f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body)
    assert message.is_multipart()
    assert message.defects == []
    return [json.loads(str(part.get_payload())) for part in message.get_payload()]  # type: ignore[union-attr]  # it is


def test_python_reads_the_parts(server: Server) -> None:
    headers, chunks = asked(server, DOCUMENT, Accept="multipart/mixed", Accept_Encoding="gzip, zstd")
    assert headers["Transfer-Encoding"] == "chunked"
    assert headers["Content-Encoding"] is None
    first, second = parts(headers, b"".join(chunks))
    whole = json.loads(b"".join(asked(server, WHOLE)[1]))["data"]["contractsTouching"]["edges"]
    assert whole
    edges = first["data"]["contractsTouching"]["edges"]
    assert [edge["node"]["contract"].keys() for edge in edges] == [{"id"}] * len(whole)
    assert [one["path"] for one in first["pending"]] == [
        ["contractsTouching", "edges", number, "node"] for number in range(len(whole))
    ]
    for one in second["incremental"]:
        edges[int(one["id"])]["node"]["contract"] |= one["data"]
        assert one["subPath"] == ["contract"]
    assert edges == whole
    assert (first["hasNext"], second["hasNext"]) == (True, False)


@pytest.mark.parametrize("accept", ["*/*", "application/json"])
def test_others_get_one_answer(server: Server, accept: str) -> None:
    (_, deferred), (_, whole) = (asked(server, document, Accept=accept) for document in (DOCUMENT, WHOLE))
    assert deferred == whole


def test_urql_shows_the_first_part_and_then_all(server: Server) -> None:
    given = (f"{server.address}graphql", DOCUMENT, json.dumps(SITE), server.keys["uni-a"])
    first, *_, last = read("deferred.mjs", *given)
    whole = read("graphql.mjs", given[0], WHOLE, *given[2:])["data"]
    nodes = [edge["node"] for edge in first["data"]["contractsTouching"]["edges"]]
    assert nodes
    assert all(node["contract"].keys() == {"id", "__typename"} - {"__typename"} for node in nodes)
    assert (first["hasNext"], last["hasNext"], last["error"]) == (True, False, None)
    assert last["data"] == whole
