"""The W3C tests of the SPARQL Protocol, of service descriptions, and of reading by the Graph Store Protocol.

The suite names the first two in its manifests, and writes the third as prose; the requests are those that it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest

from ewgraph.graph.oxigraph import EXTENSION_FUNCTIONS, GraphStore
from ewgraph.model.rdf import IRI, Literal, Quad, RdfFormat, lexical, parse
from ewgraph.validate.shapes_graph import ShapesGraph
from tests.w3c.results import isomorphic
from tests.w3c.serving import Client, Said, serving
from tests.w3c.suite import entries, suite_folder

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml")
TABLES = (*RESULTS, "text/csv", "text/tab-separated-values")
RDF = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
DATA = [IRI(f"http://data.example/{number}") for number in (1, 2, 3)]
TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    held = [Quad(graph, TYPE, IRI("http://data.example/Thing"), graph) for graph in DATA]
    held += [Quad(DATA[0], IRI("http://data.example/label"), Literal("first", language="en"), DATA[0])]
    with serving(tmp_path_factory.mktemp("protocol"), held, DATA) as client:
        yield client


def form(client: Client, *fields: tuple[str, str], kind: str | None = FORM, **headers: str) -> Said:
    more = headers if kind is None else headers | {"Content_Type": kind}
    return client.request("POST", "/sparql", urlencode(fields).encode(), **more)


def get(client: Client, *fields: tuple[str, str], **headers: str) -> Said:
    return client.request("GET", "/sparql?" + urlencode(fields), **headers)


def is_true(reply: Said) -> bool:
    return reply.status == 200 and reply.media_type in RESULTS and b"true" in reply.content


def refused(reply: Said) -> bool:
    return 400 <= reply.status < 500


def graphs(name: str, *places: int) -> list[tuple[str, str]]:
    return [(name, DATA[place - 1].value) for place in places]


def types(*places: int) -> str:
    return " . ".join(f"{DATA[place - 1]} a ?type{place}" for place in places)


DEFAULT = ("query", f"ASK {{ {types(1, 2)} FILTER NOT EXISTS {{ {types(3)} }} }}")
NAMED = ("query", f"ASK {{ GRAPH ?a {{ {types(1)} }} GRAPH ?b {{ {types(2)} }} FILTER NOT EXISTS {{ ?s ?p ?o }} }}")
FULL = ("query", f"ASK {{ {types(3)} GRAPH ?a {{ {types(1)} }} GRAPH ?b {{ {types(2)} }} FILTER(?a != ?b) }}")
PROTOCOL_WINS = ("query", f"ASK FROM {DATA[2]} {{ {types(1)} FILTER NOT EXISTS {{ {types(3)} }} }}")

PASSED: dict[str, Callable[[Client], bool]] = {
    "query_get": lambda client: is_true(get(client, ("query", "ASK {}"))),
    "query_post_form": lambda client: is_true(form(client, ("query", "ASK {}"))),
    "query_post_direct": lambda client: is_true(client.request("POST", "/sparql", b"ASK {}", Content_Type=QUERY)),
    "query_dataset_default_graphs_get": lambda client: is_true(
        get(client, DEFAULT, *graphs("default-graph-uri", 1, 2))
    ),
    "query_dataset_default_graphs_post": lambda client: is_true(
        form(client, DEFAULT, *graphs("default-graph-uri", 1, 2))
    ),
    "query_dataset_named_graphs_get": lambda client: is_true(get(client, NAMED, *graphs("named-graph-uri", 1, 2))),
    "query_dataset_named_graphs_post": lambda client: is_true(form(client, NAMED, *graphs("named-graph-uri", 1, 2))),
    "query_dataset_full": lambda client: is_true(
        get(client, FULL, *graphs("default-graph-uri", 3), *graphs("named-graph-uri", 1, 2))
    ),
    "query_multiple_dataset": lambda client: is_true(get(client, PROTOCOL_WINS, *graphs("default-graph-uri", 1))),
    "query_content_type_select": lambda client: get(client, ("query", "SELECT (1 AS ?x) {}")).media_type in TABLES,
    "query_content_type_ask": lambda client: get(client, ("query", "ASK {}")).media_type in RESULTS,
    "query_content_type_describe": lambda client: get(client, ("query", f"DESCRIBE {DATA[0]}")).media_type in RDF,
    "query_content_type_construct": lambda client: (
        get(client, ("query", "CONSTRUCT { <s:s> <p:p> 1 } WHERE {}")).media_type in RDF
    ),
    "bad_query_method": lambda client: client.request("PUT", "/sparql?query=ASK%20%7B%7D").status == 405,
    "bad_multiple_queries": lambda client: refused(get(client, ("query", "ASK {}"), ("query", "SELECT * {}"))),
    "bad_query_wrong_media_type": lambda client: refused(
        client.request("POST", "/sparql", b"ASK {}", Content_Type="text/plain")
    ),
    "bad_query_missing_form_type": lambda client: refused(form(client, ("query", "ASK {}"), kind=None)),
    "bad_query_missing_direct_type": lambda client: refused(client.request("POST", "/sparql", b"ASK {}")),
    "bad_query_non_utf8": lambda client: refused(
        client.request("POST", "/sparql", "ASK {}".encode("utf-16"), Content_Type=f"{QUERY}; charset=UTF-16")
    ),
    "bad_query_syntax": lambda client: get(client, ("query", "ASK {")).status == 400,
    "bad_update_get": lambda client: refused(get(client, ("update", "CLEAR ALL"))),
    "bad_multiple_updates": lambda client: refused(
        form(client, ("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT"))
    ),
    "bad_update_wrong_media_type": lambda client: refused(
        client.request("POST", "/sparql", b"CLEAR NAMED", Content_Type="text/plain")
    ),
    "bad_update_missing_form_type": lambda client: refused(form(client, ("update", "CLEAR NAMED"), kind=None)),
    "bad_update_non_utf8": lambda client: refused(
        client.request("POST", "/sparql", "CLEAR NAMED".encode("utf-16"), Content_Type=f"{UPDATE}; charset=UTF-16")
    ),
    "bad_update_syntax": lambda client: refused(form(client, ("update", "CLEAR XYZ"))),
    "bad_update_dataset_conflict": lambda client: refused(
        form(client, ("update", "CLEAR ALL"), *graphs("using-named-graph-uri", 1))
    ),
}
UPDATES = {
    "update_dataset_default_graph",
    "update_dataset_default_graphs",
    "update_dataset_named_graphs",
    "update_dataset_full",
    "update_post_form",
    "update_post_direct",
    "update_base_uri",
}
"""Waived: this service takes no updates. They are refused, whatever they say."""


def test_the_tests_are_those_of_the_suite() -> None:
    manifest = suite_folder() / "sparql11" / "protocol" / "manifest.ttl"
    names = {test.value.rpartition("#")[2] for _, test, _ in entries(manifest)}
    assert names == PASSED.keys() | UPDATES


@pytest.mark.parametrize("name", PASSED)
def test_the_protocol(client: Client, name: str) -> None:
    assert PASSED[name](client)


def test_an_update_is_refused_in_every_form(client: Client) -> None:
    text = "CLEAR SILENT DEFAULT ; INSERT DATA { <s:s> <p:p> 1 }"
    assert form(client, ("update", text), *graphs("using-graph-uri", 1)).status == 400
    assert client.request("POST", "/sparql", text.encode(), Content_Type=UPDATE).status == 400
    assert is_true(get(client, DEFAULT, *graphs("default-graph-uri", 1, 2)))


# Service Description

SERVICES = {
    "sd:endpoint": None,
    "sd:supportedLanguage": {"SPARQL10Query", "SPARQL11Query"},
    "sd:feature": {"UnionDefaultGraph"},
    "sd:defaultEntailmentRegime": None,
    "sd:resultFormat": None,
    "sd:extensionFunction": None,
    "sd:defaultDataset": "Dataset",
    "sd:availableGraphs": "GraphCollection",
}
"""The properties of a service that the vocabulary has and this one uses, with what their values are."""


def described(client: Client) -> ShapesGraph:
    reply = client.request("GET", "/sparql", Accept="text/turtle")
    assert (reply.status, reply.media_type) == (200, "text/turtle")
    return ShapesGraph(quad.triple for quad in parse(reply.content, format=RdfFormat.TURTLE))


def test_the_endpoint_describes_itself_as_rdf_in_every_format(client: Client) -> None:
    """returns-rdf"""
    for media_type in (*RDF, "application/n-quads", "application/trig"):
        reply = client.request("GET", "/sparql", Accept=media_type)
        assert (reply.status, reply.media_type) == (200, media_type)
        assert list(parse(reply.content, format=RdfFormat.from_media_type(media_type)))


def test_the_description_names_the_endpoint(client: Client) -> None:
    """has-endpoint-triple"""
    graph = described(client)
    (service,) = graph.subjects(IRI(f"{SD}endpoint"))
    assert lexical(graph.one(service, IRI(f"{SD}endpoint"))) == "http://127.0.0.1/sparql"


def test_the_description_keeps_to_the_vocabulary(client: Client) -> None:
    """conforms-to-schema"""
    graph = described(client)
    (service,) = graph.subjects(IRI(f"{SD}endpoint"))
    assert graph.one(service, TYPE) == IRI(f"{SD}Service")
    used = {lexical(predicate) for predicate in graph.predicates(service)}
    assert {name for name in used if name.startswith(SD)} == {name.replace("sd:", SD) for name in SERVICES}
    for name, kind in SERVICES.items():
        values = graph.values(service, IRI(name.replace("sd:", SD)))
        if isinstance(kind, set):
            assert {lexical(value).removeprefix(SD) for value in values} == kind
        elif kind is not None:
            (value,) = values
            assert IRI(SD + kind) in graph.values(value, TYPE)
    (dataset,) = graph.values(service, IRI(f"{SD}defaultDataset"))
    named = [graph.one(each, IRI(f"{SD}name")) for each in graph.values(dataset, IRI(f"{SD}namedGraph"))]
    assert named == DATA or set(named) == set(DATA)


def test_the_tests_of_descriptions_are_those_of_the_suite() -> None:
    manifest = suite_folder() / "sparql11" / "service-description" / "manifest.ttl"
    names = {test.value.rpartition("#")[2] for _, test, _ in entries(manifest)}
    assert names == {"returns-rdf", "has-endpoint-triple", "conforms-to-schema"}


def test_every_function_that_is_described_can_be_called() -> None:
    for function in EXTENSION_FUNCTIONS:
        names, rows = GraphStore.in_memory().select(f"SELECT ({function}() AS ?x) {{}}", (), {})
        assert (names, rows) == (["x"], [(None,)])


# Graph Store Protocol


def test_get_of_an_existing_graph(client: Client) -> None:
    for media_type in (*RDF, "application/n-quads", "application/trig"):
        reply = client.request("GET", "/graph-store?" + urlencode({"graph": DATA[0].value}), Accept=media_type)
        assert (reply.status, reply.media_type) == (200, media_type)
        found = list(parse(reply.content, format=RdfFormat.from_media_type(media_type)))
        label = Quad(DATA[0], IRI("http://data.example/label"), Literal("first", language="en"))
        assert isomorphic(found, [Quad(DATA[0], TYPE, IRI("http://data.example/Thing")), label])


def test_get_of_the_default_graph_is_all_graphs_at_once(client: Client) -> None:
    reply = client.request("GET", "/graph-store?default", Accept="application/n-triples")
    assert reply.status == 200
    assert reply.content.count(b"\n") == 4


def test_get_and_head_of_a_graph_that_is_not_there(client: Client) -> None:
    assert client.request("GET", "/graph-store?graph=http://data.example/4").status == 404
    assert client.request("HEAD", "/graph-store?graph=http://data.example/4").status == 404
    assert client.request("GET", "/graph-store/public").status == 404


def test_head_of_an_existing_graph_has_the_headers_and_no_body(client: Client) -> None:
    path = "/graph-store?" + urlencode({"graph": DATA[1].value})
    get, head = (client.request(method, path, Accept="text/turtle") for method in ("GET", "HEAD"))
    assert head.status == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == get.headers[name]


def test_a_request_that_names_no_graph_or_two_is_refused(client: Client) -> None:
    one = urlencode({"graph": DATA[0].value})
    for query in ("", "?", f"?{one}&{one}", f"?default&{one}", "?default=1", "?graph"):
        assert client.request("GET", f"/graph-store{query}").status in {400, 404}, query
    assert client.request("GET", f"/graph-store?{one}", Accept="image/png").status == 406


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_a_graph_cannot_be_written(client: Client, method: str) -> None:
    for query in (urlencode({"graph": DATA[0].value}), "graph=http://data.example/4", "default"):
        reply = client.request(method, f"/graph-store?{query}", b"<s:s> <p:p> 1 .", Content_Type="text/turtle")
        assert reply.status == 405
        assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD"}
