"""The SPARQL 1.1 Protocol, its limits and its walls, over a server as it is really started."""

from __future__ import annotations

import http.client
import os
import time
import urllib.parse
from pathlib import Path

import pytest

from tests.protocol.conftest import SECONDS, Server

FORM = "application/x-www-form-urlencoded"
PUBLIC = "https://w3id.org/ewgraph/audience/public"
SITES = "PREFIX ew: <https://w3id.org/ewgraph/ns#> SELECT ?s { ?s a ew:Factory } ORDER BY ?s"
FACTORY_1, FACTORY_2 = "https://data.example.org/id/F1", "https://data.example.org/id/F2"
NEVER_ENDS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?c != ?i) }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def workers(server: Server) -> set[int]:
    """The processes that descend from the server."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {server.process.pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {server.process.pid}


def ended(pids: set[int]) -> set[int]:
    """Those of the processes that end soon."""
    patience = time.monotonic() + 10
    while not (gone := {pid for pid in pids if not Path(f"/proc/{pid}").exists()}) and time.monotonic() < patience:
        time.sleep(0.05)
    return gone


def test_a_query_comes_by_get_as_a_form_and_as_itself(server: Server) -> None:
    by_get = server.sparql(SITES)
    form = server.request(
        "/sparql", body=urllib.parse.urlencode({"query": SITES}).encode(), Content_Type=FORM, accept="text/csv"
    )
    direct = server.request(
        "/sparql", body=SITES.encode(), Content_Type="application/sparql-query; charset=utf-8", accept="text/csv"
    )
    assert by_get.status == form.status == direct.status == 200
    assert by_get.content == form.content == direct.content == f"s\r\n{FACTORY_2}\r\n".encode()


@pytest.mark.parametrize(
    ("form", "accept", "media_type"),
    [
        ("SELECT", "*/*", "application/sparql-results+json"),
        ("SELECT", "application/json", "application/sparql-results+json"),
        ("SELECT", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT", "text/csv;q=0.4, text/tab-separated-values;q=0.6", "text/tab-separated-values"),
        ("SELECT", "text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
        ("ASK", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("CONSTRUCT", "*/*", "text/turtle"),
        ("CONSTRUCT", "application/n-triples, text/turtle;q=0.5", "application/n-triples"),
        ("CONSTRUCT", "application/ld+json", "application/ld+json"),
        ("DESCRIBE", "application/rdf+xml", "application/rdf+xml"),
        ("SELECT", BROWSER, "text/html"),
        ("CONSTRUCT", BROWSER, "text/html"),
        ("ASK", BROWSER, "text/html"),
    ],
)
def test_the_format_is_negotiated(server: Server, form: str, accept: str, media_type: str) -> None:
    texts = {
        "SELECT": SITES,
        "ASK": "ASK { ?s ?p ?o }",
        "CONSTRUCT": f"CONSTRUCT {{ <{FACTORY_2}> ?p ?o }} WHERE {{ <{FACTORY_2}> ?p ?o }}",
        "DESCRIBE": f"DESCRIBE <{FACTORY_2}>",
    }
    reply = server.sparql(texts[form], accept=accept)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert "<script>" not in reply.text or media_type != "text/html"


@pytest.mark.parametrize(
    ("query", "accept", "status"),
    [
        ("SELEC * {}", "*/*", 400),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "*/*", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "*/*", 400),
        ("SELECT * { { SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } } }", "*/*", 400),
        ("SELECT * { FILTER NOT EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }", "*/*", 400),
        ("SELECT * FROM <https://w3id.org/ewgraph/audience/staff> { ?s ?p ?o }", "*/*", 400),
        (SITES, "image/png", 406),
        (SITES, "text/turtle", 406),
        ("ASK {}", "text/csv", 406),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "*/*", 413),
    ],
)
def test_what_is_refused_is_a_problem_document(server: Server, query: str, accept: str, status: int) -> None:
    reply = server.sparql(query, accept=accept)
    assert (reply.status, reply.media_type) == (status, "application/problem+json")
    assert isinstance(reply.json, dict)
    assert reply.json["status"] == status
    assert reply.json["detail"]


def test_a_request_that_breaks_the_protocol_is_refused(server: Server) -> None:
    assert server.request("/sparql", body=b"x", Content_Type="text/plain").status == 415
    assert server.request("/sparql", body=b"x", Content_Type="application/sparql-update").status == 400
    assert server.request("/sparql", body=b"update=CLEAR+ALL", Content_Type=FORM).status == 400
    assert server.request("/sparql", body=b"nothing=1", Content_Type=FORM).status == 400
    assert server.request("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status == 400
    long_query = b"query=ASK+%7B%7D+%23" + b"x" * 70_000
    assert server.request("/sparql", body=long_query, Content_Type=FORM).status == 413


def test_a_body_that_announces_itself_too_large_is_not_read(server: Server) -> None:
    connection = http.client.HTTPConnection(server.address.split("/")[2], timeout=20)
    connection.putrequest("POST", "/sparql")
    connection.putheader("Content-Type", FORM)
    connection.putheader("Content-Length", "5000000")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_without_a_query_the_endpoint_describes_itself(server: Server) -> None:
    reply = server.request("/sparql", accept="text/turtle")
    assert reply.media_type == "text/turtle"
    assert "sd:SPARQL11Query" in reply.text
    assert f"<{PUBLIC}>" in reply.text
    page = server.request("/sparql", accept=BROWSER)
    assert page.media_type == "text/html"
    assert "<textarea" in page.text


def test_each_reader_gets_what_is_theirs(server: Server) -> None:
    assert server.rows(SITES) == [FACTORY_2]
    assert server.rows(SITES, reader="uni-a") == [FACTORY_1, FACTORY_2]
    assert server.rows(SITES, reader="staff") == [FACTORY_1, FACTORY_2]


def test_no_form_of_query_reaches_beyond_a_readers_graphs(server: Server) -> None:
    assert server.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }") == [PUBLIC]
    assert server.rows("SELECT ?p { GRAPH <https://w3id.org/ewgraph/audience/staff> { ?s ?p ?o } }") == []
    assert server.rows(f"SELECT ?p {{ <{FACTORY_1}> ?p ?o }}") == []
    assert server.rows(f"SELECT ?p {{ FILTER EXISTS {{ <{FACTORY_1}> ?p ?o }} BIND(1 AS ?p) }}") == []
    assert server.rows(f"SELECT ?x {{ ?x (!<a:a>|^!<a:a>)* <{FACTORY_1}> FILTER(?x != <{FACTORY_1}>) }} LIMIT 1") == []
    hidden = server.sparql(SITES, default_graph_uri="https://w3id.org/ewgraph/audience/staff")
    unknown = server.sparql(SITES, default_graph_uri="https://data.example.org/none")
    assert (hidden.status, hidden.content) == (unknown.status, unknown.content)


def test_readers_count_a_triple_once_however_many_graphs_they_read(server: Server) -> None:
    count = "SELECT (COUNT(*) AS ?n) {{ {} }}"
    for reader in (None, "uni-a", "staff"):
        all_of_them = server.rows(count.format("?s ?p ?o"), reader=reader)
        assert all_of_them == server.rows(count.format("SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }"), reader=reader)


def test_a_wrong_key_is_not_taken_for_no_key(server: Server) -> None:
    for key in ("ewg_1_2", "revoked", ""):
        reply = server.sparql(SITES, reader=key)
        assert (reply.status, reply.media_type) == (401, "application/problem+json")
        assert reply.headers["www-authenticate"].startswith("Bearer")


def test_a_query_past_the_deadline_is_killed_and_the_service_goes_on(server: Server) -> None:
    before = workers(server)
    started = time.monotonic()
    reply = server.sparql(NEVER_ENDS)
    assert time.monotonic() - started < SECONDS + 1
    assert (reply.status, reply.media_type) == (503, "application/problem+json")
    assert reply.headers["retry-after"]
    assert isinstance(reply.json, dict)
    assert reply.json["limit"] == "seconds"
    assert len(ended(before)) == 1
    assert server.rows(SITES) == [FACTORY_2]


def test_a_page_says_why_there_is_no_answer(server: Server) -> None:
    reply = server.sparql("SELEC * {}", accept=BROWSER)
    assert (reply.status, reply.media_type) == (400, "text/html")
    assert "cannot be parsed" in reply.text
    assert "SELEC * {}" in reply.text


def test_the_workers_are_not_the_server(server: Server) -> None:
    assert workers(server)
    assert os.getpid() not in workers(server)


@pytest.mark.parametrize("body", [b"a=&" * 200_000, b"a=&" * 300, b"query=" + b"x" * 300_000])
def test_a_form_that_would_keep_the_service_busy_is_refused_at_once(server: Server, body: bytes) -> None:
    started = time.monotonic()
    reply = server.request("/sparql", body=body, Content_Type="application/x-www-form-urlencoded")
    assert reply.status in {400, 413}
    assert time.monotonic() - started < 5
