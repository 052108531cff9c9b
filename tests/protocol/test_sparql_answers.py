"""How answers come: validated, rewritten, whole or not at all; and graphs by the Graph Store Protocol."""

from __future__ import annotations

import socket
import urllib.parse
from collections.abc import Iterator

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.protocol.conftest import UNI_A, Reply, Server, append, serving
from tests.protocol.test_sparql import BROWSER, FACTORY_2, PUBLIC, SITES
from tests.protocol.world import LATER, WORLD

AUDIENCE = "https://w3id.org/ewgraph/audience/"
OWN = AUDIENCE + "org/" + urllib.parse.quote(UNI_A, safe="")
UP = """PREFIX ew: <https://w3id.org/ewgraph/ns#>
SELECT * { ?claim ew:output/(ew:brand|^ew:brand)* <https://data.example.org/id/brand-x> ; ew:site ?site }"""
NOBODYS = """
ex:S9 {
  ex:S9 a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-06-02T10:00:00Z"^^xsd:dateTime .
  ex:F9 a ew:Factory ; rdfs:label "Factory 9" .
  ex:c99 a ew:SupplyClaim ; ew:assertedIn ex:S9 ; ew:output ex:L1 ; ew:site ex:F9 ; ew:tier tier:final-assembly ;
    ew:scope scope:contract ; ew:scopeContract ex:K1 ; ew:evidenceBasis eb:contract-disclosure ;
    ew:validFrom "2024-01-01"^^xsd:date .
}
"""


def again(
    server: Server, first: Reply, query: str = SITES, *, reader: str | None = None, accept: str = "text/csv"
) -> Reply:
    path = "/sparql?" + urllib.parse.urlencode({"query": query})
    return server.request(path, reader=reader, accept=accept, If_None_Match=f'"other", {first.headers["etag"]}')


def test_an_answer_that_is_held_already_is_not_made_again(server: Server) -> None:
    first = server.sparql(SITES)
    assert first.headers["etag"].startswith('W/"')
    second = again(server, first)
    assert (second.status, second.content, second.headers["etag"]) == (304, b"", first.headers["etag"])
    assert "no-cache" in second.headers["cache-control"]
    assert "Accept" in second.headers["vary"]


def test_it_is_another_answer_in_another_format_and_to_another_reader(server: Server) -> None:
    first = server.sparql(SITES)
    assert again(server, first, accept="application/json").status == 200
    assert again(server, first, reader="uni-a").status == 200
    assert server.sparql(SITES, reader="staff").headers["etag"] != server.sparql(SITES, reader="uni-a").headers["etag"]


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_differs_each_time_has_no_validator(server: Server, function: str) -> None:
    assert "etag" not in server.sparql(f"SELECT ({function} AS ?x) {{}}").headers


def test_a_posted_query_and_a_page_and_a_problem_have_no_validator(server: Server) -> None:
    posted = server.request("/sparql", body=SITES.encode(), Content_Type="application/sparql-query", accept="text/csv")
    page, problem = server.sparql(SITES, accept=BROWSER), server.sparql("SELEC")
    assert [reply.headers.get("etag") for reply in (posted, page, problem)] == [None, None, None]


@pytest.fixture(scope="module")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with room for large answers, whose ledger grows."""
    data = tmp_path_factory.mktemp("growing") / "data"
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    keyring = Keyring(ledger, SystemClock())
    keys = {"staff": keyring.add("staff"), "uni-a": keyring.add(UNI_A)}
    ledger.close()
    with serving(data, keys, EWGRAPH_QUERY_WORKERS="1", EWGRAPH_REQUESTS_PER_SECOND="0") as started:
        yield started


def test_a_validator_changes_with_what_its_reader_sees_and_with_nothing_else(growing: Server) -> None:
    def validators() -> dict[str | None, str]:
        return {reader: growing.sparql(SITES, reader=reader).headers["etag"] for reader in (None, "uni-a", "staff")}

    def changed_after(text: str, awaited: str) -> set[str | None]:
        before = validators()
        append(Ledger(growing.data / "ledger.sqlite", SystemClock()), text)
        while not growing.rows(f"ASK {{ <{awaited}> ?p ?o }}".replace("ASK", "SELECT ?p"), reader="staff"):
            pass
        after = validators()
        return {reader for reader, was in before.items() if after[reader] != was}

    assert changed_after(NOBODYS, "https://data.example.org/id/F9") == {"uni-a", "staff"}
    assert changed_after(LATER, "https://data.example.org/id/brand-y") == {None, "uni-a", "staff"}


def test_what_was_run_in_place_of_a_query_is_told(server: Server) -> None:
    told = server.sparql(UP)
    assert told.headers["sparql-rewrite"] == 'anchored;at="<https://data.example.org/id/brand-x>"'
    assert told.text.splitlines()[0] == "claim,site"
    assert told.text.splitlines()[1:]
    page = server.sparql(UP, accept=BROWSER)
    assert "Begun at" in page.text
    assert "VALUES ?anchor1 { &lt;https://data.example.org/id/brand-x&gt; }" in page.text
    assert "sparql-rewrite" not in server.sparql(SITES).headers


def test_a_large_answer_comes_whole(growing: Server) -> None:
    pairs = "SELECT * { ?s ?p ?o . VALUES ?n { 1 2 3 4 } } LIMIT 4000"
    reply = growing.sparql(pairs, accept="text/tab-separated-values")
    assert reply.status == 200
    assert int(reply.headers["content-length"]) == len(reply.content) > 300_000
    assert reply.content.count(b"\n") == 4001
    page = growing.sparql(pairs, accept=BROWSER)
    assert "More than 1000 solutions" in page.text


def test_a_reader_who_takes_no_answer_keeps_no_worker(growing: Server) -> None:
    """There is one: it is free once the answer is whole."""
    host, port = growing.address.split("/")[2].split(":")
    query = urllib.parse.urlencode({"query": "SELECT * { ?s ?p ?o . VALUES ?n { 1 2 3 4 5 6 7 8 9 } }"})
    with socket.create_connection((host, int(port))) as idle:
        idle.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: {host}\r\nAccept: text/csv\r\n\r\n".encode())
        assert idle.recv(15) == b"HTTP/1.1 200 OK"
        assert growing.rows(SITES) == [FACTORY_2]


@pytest.mark.parametrize("media_type", ["application/n-quads", "application/trig"])
def test_a_constructed_graph_comes_in_the_formats_of_datasets_too(server: Server, media_type: str) -> None:
    reply = server.sparql(f"DESCRIBE <{FACTORY_2}>", accept=media_type)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert FACTORY_2 in reply.text


def test_programs_of_other_origins_may_ask_and_read_what_is_said_of_an_answer(server: Server) -> None:
    asked = server.request(
        "/sparql",
        method="OPTIONS",
        Origin="https://elsewhere.example",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="authorization, content-type, if-none-match",
    )
    assert asked.status == 200
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in asked.headers
    read = server.request("/sparql?query=ASK%7B%7D", Origin="https://elsewhere.example")
    exposed = read.headers["access-control-expose-headers"].lower()
    assert {"etag", "sparql-rewrite", "retry-after"} <= {name.strip() for name in exposed.split(",")}


# Graphs by the Graph Store Protocol


def graph(server: Server, name: str, reader: str | None = None, **headers: str) -> Reply:
    path = "/graph-store?" + urllib.parse.urlencode({"graph": name})
    return server.request(path, reader=reader, accept="application/n-triples", **headers)


def test_each_reader_gets_the_graphs_that_are_theirs(growing: Server) -> None:
    for reader, theirs in ((None, [PUBLIC]), ("uni-a", [PUBLIC, AUDIENCE + "affiliates", OWN])):
        for name in theirs:
            reply = graph(growing, name, reader)
            assert reply.status == 200
            asked = growing.sparql(
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}",
                reader=reader,
                accept="application/n-triples",
            )
            assert sorted(asked.text.splitlines()) == sorted(reply.text.splitlines())


def test_a_graph_of_others_and_one_that_is_not_there_are_the_same_bytes(growing: Server) -> None:
    hidden = [graph(growing, name) for name in (AUDIENCE + "staff", AUDIENCE + "affiliates", OWN)]
    hidden += [graph(growing, "https://w3id.org/ewgraph/projection"), graph(growing, "https://data.example.org/id/P1")]
    absent = graph(growing, "https://data.example.org/none")
    assert absent.status == 404
    for reply in hidden:
        same = ("content-type", "content-length", "vary", "cache-control")
        assert (reply.status, reply.content) == (absent.status, absent.content)
        assert [reply.headers[name] for name in same] == [absent.headers[name] for name in same]


def test_a_graph_has_an_address_of_its_own(growing: Server) -> None:
    for path, name in (("public", PUBLIC), ("org/" + urllib.parse.quote(UNI_A, safe=""), OWN)):
        direct = growing.request(f"/graph-store/{path}", reader="uni-a", accept="application/n-triples")
        assert direct.status == 200
        assert direct.content == graph(growing, name, "uni-a").content
    assert growing.request("/graph-store/staff", reader="uni-a").status == 404


def test_a_graph_that_is_held_already_is_not_sent_again(growing: Server) -> None:
    first = graph(growing, PUBLIC)
    assert graph(growing, PUBLIC, If_None_Match=first.headers["etag"]).status == 304
    assert graph(growing, PUBLIC, If_None_Match='"other"').status == 200


def test_the_default_graph_is_all_that_a_reader_sees(growing: Server) -> None:
    every = growing.request("/graph-store?default", reader="uni-a", accept="application/n-triples")
    (count,) = growing.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", reader="uni-a")
    assert every.text.count("\n") == int(count)


def test_a_graph_that_is_too_large_is_not_begun(server: Server) -> None:
    reply = graph(server, PUBLIC)
    assert (reply.status, reply.media_type) == (413, "application/problem+json")
    assert "Ask for a part of it" in reply.text
