"""The dataset describes itself, counted for who asks, and everybody's part of it can be taken away whole."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib
import zstandard
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from ewgraph.model.rdf import RdfFormat, canonical_nquads, parse
from tests.protocol.conftest import UNI_A, Server, append, serving
from tests.protocol.test_linked_data import BROWSER, raw
from tests.protocol.world import WORLD

BASE = "https://data.example.org/"
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
OPENED = """
ex:Q { ex:Q a ew:Disclosure ;
    prov:wasAttributedTo ex:brand-x ; ew:visibility vis:public ; ew:synthetic true ;
    <http://purl.org/dc/terms/license> <https://creativecommons.org/licenses/by/4.0/> ;
    ew:receivedAt "2023-03-02T00:00:00Z"^^xsd:dateTime .
  ex:c9 a ew:SupplyClaim ; ew:assertedIn ex:Q ; ew:site ex:F2 ; ew:tier tier:final-assembly ; ew:scope scope:model ;
    ew:output ex:m9 ; ew:evidenceBasis eb:brand-per-model . ex:m9 a ew:ProductModel ; rdfs:label "Model 9 ü𝄞" . }
ex:Q2 { ex:Q2 a ew:Disclosure ;
    prov:wasAttributedTo ex:brand-x ; ew:visibility vis:public ;
    <http://purl.org/dc/terms/license> <javascript:alert(1)> ; ew:receivedAt "2023-03-02T00:00:00Z"^^xsd:dateTime .
}
"""


def graph_of(server: Server, path: str, reader: str | None = None) -> rdflib.Graph:
    return rdflib.Graph().parse(data=server.request(path, accept="text/turtle", reader=reader).content, format="turtle")


@pytest.mark.parametrize("reader", [None, "uni-a", "staff"])
def test_partitions_count_what_the_reader_sees(server: Server, reader: str | None) -> None:
    told = graph_of(server, "/.well-known/void", reader)
    dataset = rdflib.URIRef(f"{BASE}.well-known/void#dataset")
    assert int(told.value(dataset, VOID.triples)) == int(
        server.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", reader=reader)[0]
    )
    for group, key, number, query in (
        (VOID.classPartition, VOID["class"], VOID.entities, "SELECT ?x (COUNT(*) AS ?n) { ?s a ?x } GROUP BY ?x"),
        (VOID.propertyPartition, VOID.property, VOID.triples, "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x"),
    ):
        parts = {str(told.value(part, key)): int(told.value(part, number)) for part in told.objects(dataset, group)}
        assert len(parts) == len(set(told.objects(dataset, group))), "each partition has its own name"
        counted = dict(row.rsplit(",", 1) for row in server.rows(query, reader=reader))
        assert {name: count for name, count in parts.items() if count} == {k: int(v) for k, v in counted.items()}
    for example in told.objects(dataset, VOID.exampleResource):
        assert server.request(f"/id?iri={example}", reader=reader).status == 200


def test_a_catalogue_finds_every_way_in(server: Server) -> None:
    told = graph_of(server, "/catalog")
    catalog = rdflib.URIRef(f"{BASE}catalog#catalog")
    assert (catalog, RDF.type, DCAT.Catalog) in told
    assert told.value(catalog, DCTERMS.publisher) == rdflib.URIRef("https://data.example.org/id/steward")
    services = list(told.objects(catalog, DCAT.service))
    assert {str(one).removeprefix(BASE) for one in services} >= {"sparql", "graphql", "queries", "feed", "reconcile"}
    for service in services:
        assert server.request(str(service).removeprefix(BASE), accept=BROWSER).status == 200
        assert told.value(service, DCAT.endpointURL) == service
    assert not [term for triple in told for term in triple if isinstance(term, rdflib.BNode)]
    assert set(told) == set(graph_of(server, "/.well-known/void"))
    assert "What there is" in server.request("/catalog", accept=BROWSER).text


def test_crawlers_are_told_of_public_pages_only(server: Server) -> None:
    robots = server.request("/robots.txt").text
    assert f"Sitemap: {BASE}sitemap.xml" in robots
    places = re.findall(r"<loc>([^<]+)</loc>", server.request("/sitemap.xml", reader="staff").text)
    assert f"{BASE}doc/F2" in places
    assert all(server.request(place.removeprefix(BASE), accept=BROWSER).status == 200 for place in places)
    assert f"{BASE}doc/F1" not in places
    assert raw(server, "/favicon.ico")[1]["location"] == "/static/icon.svg"


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, since dumps are made beside it."""
    data = tmp_path_factory.mktemp("dumped") / "data"
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    append(ledger, OPENED)
    keys = {"staff": Keyring(ledger, SystemClock()).add("staff"), "uni-a": Keyring(ledger, SystemClock()).add(UNI_A)}
    ledger.close()
    with serving(data, keys, EWGRAPH_QUERY_WORKERS="1", EWGRAPH_REQUESTS_PER_SECOND="0") as started:
        yield started


def test_a_licence_that_is_no_address_is_no_link(dumped: Server) -> None:
    page = dumped.request("/catalog", accept=BROWSER).text
    assert '<a href="https://creativecommons.org/licenses/by/4.0/"' in page
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def command(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EWGRAPH_")}
    return subprocess.run(
        [sys.executable, "-m", "ewgraph", *arguments, "--data", str(data)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )


def test_a_dump_is_all_that_everybody_sees_and_no_more(dumped: Server) -> None:
    assert dumped.request("/dumps/latest.nq.zst").status == 404
    printed = command(dumped.data, "dump").stdout.split()[0]
    told = graph_of(dumped, "/dumps")
    (distribution,) = told.objects(rdflib.URIRef(f"{BASE}dumps#public"), DCAT.distribution)
    address = str(told.value(distribution, DCAT.downloadURL)).removeprefix(BASE)
    reply = dumped.request(address)
    sha256 = hashlib.sha256(reply.content).hexdigest()
    checksum = told.value(distribution, SPDX.checksum)
    assert sha256 == printed == str(told.value(checksum, SPDX.checksumValue))
    assert dumped.request(f"{address}.sha256").text == f"{sha256}  {address.removeprefix('dumps/')}\n"
    assert int(told.value(distribution, DCAT.byteSize)) == len(reply.content)
    lines = lines_of(reply.content)
    held = list(parse(lines, format=RdfFormat.N_QUADS))
    assert canonical_nquads(held) == lines, "in canonical form as it is"
    assert hashlib.sha256(lines).hexdigest() in str(told.value(distribution, DCTERMS.description))
    seen = dumped.request(
        "/sparql?query=CONSTRUCT+%7B+%3Fs+%3Fp+%3Fo+%7D+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D", accept="application/n-triples"
    )
    assert {str(quad.triple) for quad in held} == {
        str(quad.triple) for quad in parse(seen.content, format=RdfFormat.N_TRIPLES)
    }
    rights = {str(text) for text in told.objects(distribution, DCTERMS.rights)}
    assert "1 records under https://creativecommons.org/licenses/by/4.0/" in rights
    assert any(text.startswith("1 of ") and "invented" in text for text in rights)
    assert raw(dumped, "/" + address, if_none_match=reply.headers["etag"])[0] == 304
    assert raw(dumped, "/" + address, range="bytes=0-3")[2] == reply.content[:4]
    assert dumped.request("/dumps/latest.nq.zst").content == reply.content


def test_what_is_everybodys_no_more_is_not_handed_out_in_an_old_dump(dumped: Server) -> None:
    """A record was opened to everybody by mistake, and is closed again: the dump that holds it goes with it."""
    append_to(dumped, KEPT + RELEASE.format(name="L1", more=""))
    until(lambda: dumped.request("/id/kept").status == 200)
    command(dumped.data, "dump")
    held = graph_of(dumped, "/dumps").objects(None, DCAT.downloadURL)
    (address,) = [str(one) for one in held if b"Kept" in lines_of(dumped.request(str(one).removeprefix(BASE)).content)]
    append_to(
        dumped, RELEASE.format(name="L2", more="prov:wasRevisionOf ex:L1 ;").replace("vis:public ; #", "vis:staff ; #")
    )
    until(lambda: dumped.request("/id/kept").status == 404)
    hidden, absent = (raw(dumped, path) for path in ("/" + address.removeprefix(BASE), "/dumps/none.nq.zst"))
    assert (hidden[0], hidden[2]) == (absent[0], absent[2])
    assert "ewgraph-public-" not in dumped.request("/dumps", accept=BROWSER).text
    command(dumped.data, "dump", "--keep", "1")
    assert b"Kept" not in lines_of(dumped.request("/dumps/latest.nq.zst").content)
    assert len(list((dumped.data / "dumps").iterdir())) == 1


KEPT = """
ex:R9 { ex:R9 a ew:Disclosure ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ;
    ew:receivedAt "2024-09-01T00:00:00Z"^^xsd:dateTime . ex:kept a ew:Factory ; rdfs:label "Kept" . }
"""
RELEASE = """
ex:{name} {{ ex:{name} a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ; {more}
    ew:releases ex:R9 ;
    ew:toVisibility vis:public ; # to whom
    ew:receivedAt "2024-09-01T00:00:00Z"^^xsd:dateTime ; ew:releasedAt "2024-09-02T00:00:00Z"^^xsd:dateTime . }}
"""


def append_to(server: Server, text: str) -> None:
    ledger = Ledger(server.data / "ledger.sqlite", SystemClock())
    append(ledger, text)
    ledger.close()


def until(happens: Callable[[], bool]) -> None:
    """Wait for the graph to follow, and for the checkpoint that is a second behind."""
    end = time.monotonic() + 30
    while not happens() and time.monotonic() < end:
        time.sleep(0.1)
    assert happens()
    time.sleep(1.5)


def lines_of(content: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content)).read()
