"""Dereferencing: every IRI gives what its caller may see, and hides what is hidden as if it were not."""

from __future__ import annotations

import http.client
import json
import re
import urllib.parse
from typing import Any

import pytest
import rdflib
from pyld import jsonld

from ewgraph.model.rdf import RdfFormat, canonical_nquads, parse
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
    assert 'said by <a href="/doc/brand-x">Brand X</a>' in page.text
    assert 'href="http://www.w3.org/ns/adms#identifier" rel="external nofollow"' in page.text
    assert page.text.count("<script") == page.text.count('<script type="application/ld+json">') == 1
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


def raw(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """An answer as it comes, with no redirect followed."""
    address = urllib.parse.urlsplit(server.address)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_a_thing_is_no_document(server: Server) -> None:
    status, headers, _ = raw(server, "/id/F2?accept=text/turtle")
    assert (status, headers["location"]) == (303, "/doc/F2?accept=text/turtle")
    assert headers["link"] == '</doc/F2?accept=text/turtle>; rel="describedby"'
    status, headers, _ = raw(server, "/doc/F2", accept="text/turtle")
    assert status == 200
    assert '<https://data.example.org/id/F2>; rel="describes"' in headers["link"]
    assert '</doc/F2?accept=application/ld%2Bjson>; rel="alternate"; type="application/ld+json"' in headers["link"]


def test_every_link_to_another_format_leads_there(server: Server) -> None:
    _, headers, _ = raw(server, "/doc/F2", accept="text/html")
    links = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', headers["link"])
    assert len(links) == 6
    for target, media_type in links:
        assert server.request(target).media_type == media_type


def test_what_has_not_changed_is_not_sent_again(server: Server) -> None:
    for path, accept in (
        ("/doc/F2", "text/turtle"),
        ("/doc/F2", BROWSER),
        ("/ns", "application/ld+json"),
        ("/kos/scope", "*/*"),
    ):
        _, headers, _ = raw(server, path, accept=accept)
        status, again, content = raw(server, path, accept=accept, if_none_match=headers["etag"])
        assert (status, content) == (304, b"")
        assert {"accept", "authorization"} <= {part.strip().lower() for part in again["vary"].split(",")}
        assert raw(server, path, accept=accept, if_none_match='"other"')[0] == 200
    public, own = (
        raw(server, "/doc/F2", accept=BROWSER, **more)[1]["etag"]
        for more in ({}, {"authorization": f"Bearer {server.keys['uni-a']}"})
    )
    assert public != own, "what a reader sees more of is another content"


def test_quads_say_for_whose_eyes_each_triple_is(server: Server) -> None:
    for accept, form in (("application/trig", RdfFormat.TRIG), ("application/n-quads", RdfFormat.N_QUADS)):
        for name, reader, audience in (
            ("F2", "uni-a", "public"),
            ("F1", "uni-a", "org/https%3A%2F%2Fdata.example.org%2Fid%2Funi-a"),
            ("F1", "staff", "staff"),
        ):
            reply = server.request(f"/id/{name}", accept=accept, reader=reader)
            graphs = {str(quad.graph_name) for quad in parse(reply.content, format=form)}
            assert graphs == {f"<https://w3id.org/ewgraph/audience/{audience}>"}


def test_another_processor_reads_the_same_by_the_published_context(server: Server) -> None:
    def load(address: str, _: object) -> dict[str, Any]:
        assert address.startswith("https://data.example.org/contexts/")
        reply = server.request(urllib.parse.urlsplit(address).path)
        assert "immutable" in reply.headers["cache-control"]
        return {"contextUrl": None, "documentUrl": address, "document": reply.json}

    for path in ("/id/F2", "/id/brand-x", "/id?iri=https://w3id.org/ewgraph/kos/scope/brand", "/ns", "/kos/tier"):
        triples = server.request(path, accept="application/n-triples").content
        accept = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
        document = server.request(path, accept=accept).json
        assert str(document["@context"]).startswith("https://data.example.org/contexts/ewgraph-")  # type: ignore[index]
        read = jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": load})
        assert canonical_nquads(parse(read.encode(), format=RdfFormat.N_QUADS)) == canonical_nquads(
            parse(triples, format=RdfFormat.N_TRIPLES)
        )


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # its reader of JSON-LD uses what it deprecates
def test_rdflib_reads_every_format(server: Server) -> None:
    known = {
        "text/turtle": "turtle",
        "application/n-triples": "nt",
        "application/ld+json": "json-ld",
        "application/rdf+xml": "xml",
    }
    graphs = [
        set(rdflib.Graph().parse(data=server.request("/id/F2", accept=accept).content, format=name))
        for accept, name in known.items()
    ]
    assert len(graphs[0]) > 5
    assert all(graph == graphs[0] for graph in graphs)


def test_n_triples_may_be_asked_for_as_plain_text(server: Server) -> None:
    """As rdflib does."""
    reply = server.request("/id?iri=https://data.example.org/id/F2", accept="text/plain, */*;q=0.1")
    assert reply.media_type == "application/n-triples"
    assert len(rdflib.Graph().parse(data=reply.content, format="nt")) > 0


def test_a_page_tells_search_engines_what_the_public_sees(server: Server) -> None:
    def told(text: str) -> Any:
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
        return json.loads(found[1]) if found else None

    data = told(server.request("/id/F2", accept=BROWSER).text)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Place")
    assert data["name"] == "Factory 2 <script>alert(1)</script>"
    assert told(server.request("/id/F2", accept=BROWSER, reader="uni-a").text) is None, "what only some see is for them"


def test_the_documentation_lands_at_each_term(server: Server) -> None:
    page = server.request("/ns", accept=BROWSER).text
    turtle = server.request("/ns", accept="application/n-triples").text
    names = set(re.findall(r"^<https://w3id.org/ewgraph/ns#(\w+)> <[^>]*#type>", turtle, re.MULTILINE))
    assert len(names) > 200
    for name in names:
        assert page.count(f' id="{name}"') == 1
    for link in re.findall(r'href="#([^"]+)"', page):
        assert f' id="{link}"' in page, link
    article = page.partition('id="SupplyClaim"')[2].partition("</article>")[0]
    assert 'href="#site">site</a> <em>required</em>' in article, "what the shapes demand"


def test_versions_and_modules_of_the_ontology_answer(server: Server) -> None:
    version = re.search(
        r"versionIRI> <https://w3id.org/ewgraph(/ns/[^>]+)>", server.request("/ns", accept="application/n-triples").text
    )
    assert version
    assert (
        server.request(version[1], accept="text/turtle").content == server.request("/ns", accept="text/turtle").content
    )
    assert "ew:SupplyClaim" in server.request("/ns/claims", accept="text/turtle").text
    assert server.request("/ns/0.0.1").status == server.request("/ns/prefixes").status == 404


def test_code_lists_and_their_concepts_answer(server: Server) -> None:
    assert "/kos/scope" in server.request("/kos", accept=BROWSER).text
    assert 'id="brand"' in server.request("/kos/scope", accept=BROWSER).text
    status, headers, _ = raw(server, "/kos/scope/brand", accept=BROWSER)
    assert (status, headers["location"]) == (303, "/kos/scope#brand")
    concept = server.request("/kos/scope/brand", accept="application/n-triples").text
    assert {line.split()[0] for line in concept.splitlines()} == {"<https://w3id.org/ewgraph/kos/scope/brand>"}
    assert server.request("/kos/provision/eti-base-code/1", accept="text/turtle").status == 200
    assert server.request("/kos/scope/none").status == server.request("/kos/none").status == 404


def test_a_head_and_foot_name_the_reader(server: Server) -> None:
    assert "You read as <strong>https" not in server.request("/", accept=BROWSER, reader="uni-a").text
