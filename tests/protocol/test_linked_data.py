"""Dereferencing: every IRI gives what its caller may see, and hides what is hidden as if it were not."""

from __future__ import annotations

import pytest

from ewgraph.model.rdf import RdfFormat, parse
from tests.protocol.conftest import Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("accept", FORMATS)
def test_an_entity_is_given_with_its_nameless_parts(server: Server, accept: str) -> None:
    reply = server.request("/id/F2", accept=accept)
    assert (reply.status, reply.media_type) == (200, accept)
    triples = {str(quad.triple) for quad in parse(reply.content, format=FORMATS[accept])}
    assert any('"F-2"' in triple for triple in triples)
    assert any("ns#Factory" in triple for triple in triples)


def test_any_iri_can_be_looked_up(server: Server) -> None:
    by_path = server.request("/id/F2", accept="application/n-triples")
    by_iri = server.request("/id?iri=https://data.example.org/id/F2", accept="application/n-triples")
    assert by_path.content == by_iri.content
    assert server.request("/id?iri=https://w3id.org/ewgraph/kos/scope/brand").status == 200


@pytest.mark.parametrize("accept", [*FORMATS, "*/*", BROWSER])
@pytest.mark.parametrize("known", ["F1", "K1", "D1", "c1"])
def test_the_hidden_and_the_absent_are_the_same_bytes(server: Server, accept: str, known: str) -> None:
    assert server.request(f"/id/{known}", reader="uni-a").status == 200
    hidden, absent = (server.request(f"/id/{name}", accept=accept) for name in (known, "z1"))
    assert hidden.status == absent.status == 404
    assert hidden.content.replace(f"/id/{known}".encode(), b"/id/z1") == absent.content  # where to come back
    assert {k: v for k, v in hidden.headers.items() if k != "date"} == {
        k: v for k, v in absent.headers.items() if k != "date"
    }


def test_what_is_no_iri_is_not_found_either(server: Server) -> None:
    assert server.request("/id?iri=not+an+iri").content == server.request("/id/none").content
    assert server.request("/id").status == 404


def test_a_page_of_a_site_says_who_said_what(server: Server) -> None:
    page = server.request("/id/F2", accept=BROWSER)
    assert page.media_type == "text/html"
    for expected in (
        "Factory 2 &lt;script&gt;",
        "Open contract",
        "Possible",
        "Brand X",
        "List of Brand X",
        "2023-03-01",
    ):
        assert expected in page.text
    assert 'said by <a href="/id/brand-x">Brand X</a>' in page.text
    assert 'href="http://www.w3.org/ns/adms#identifier" rel="external nofollow"' in page.text
    assert "<script" not in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "SUM(A1)" not in page.text
    assert "SUM(A1)" in server.request("/id/F2", accept=BROWSER, reader="uni-a").text


def test_a_page_of_a_contract_names_its_sites(server: Server) -> None:
    page = server.request("/id/K1", accept=BROWSER, reader="uni-a").text
    assert "Sites that it touches" in page
    assert "Factory 1" in page
    assert "Factory 2" in page


def test_a_format_that_is_not_offered_is_refused(server: Server) -> None:
    assert server.request("/id/F2", accept="image/png").status == 406


def test_the_vocabulary_and_the_dataset_describe_themselves(server: Server) -> None:
    turtle = server.request("/ns", accept="text/turtle")
    assert turtle.media_type == "text/turtle"
    assert "ew:SupplyClaim" in turtle.text
    assert "SupplyClaim" in server.request("/ns", accept=BROWSER).text
    void = server.request("/.well-known/void")
    assert void.media_type == "text/turtle"
    assert "void:sparqlEndpoint <https://data.example.org/sparql>" in void.text
