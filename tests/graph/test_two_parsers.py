"""What rdflib's parser decides on is what Oxigraph runs: no text hides a request from one of the two."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from ewgraph.errors import LimitError, QueryError
from ewgraph.graph.admission import admit
from ewgraph.graph.free_query import FreeQuery
from ewgraph.graph.oxigraph import Dataset, GraphStore
from ewgraph.model.rdf import IRI

MINE = IRI("https://data.example.org/graph/mine")
FORMATS = {"solutions": "text/csv", "boolean": "application/sparql-results+json", "graph": "application/n-triples"}
BACKSLASH, RETURN, BOM, NEXT_LINE, SEPARATOR = "\\", "\r", "\ufeff", "\x85", "\u2028"

SPACES = ("", " ", "\n", "\t", RETURN, "\r\n", "\x0b", "\x0c", "\xa0", BOM, NEXT_LINE, SEPARATOR, "\0")
ESCAPES = tuple(
    BACKSLASH + letter + digits
    for letter, digits in (
        *(("u", f"{ord(sign):04X}") for sign in "\"'\\\n\r#<>{}S"),
        *(("U", f"{ord(sign):08X}") for sign in "\"'\\\n\r#<>{}S"),
        ("u", "D800"),
        ("U", "00110000"),
        ("u", "00220022"),
        ("u", "002"),
    )
)
OPENINGS = (
    "#",
    "#",
    "#",
    "#",
    '"',
    "'",
    '"""',
    "'''",
    '""',
    "''",
    "<",
    ">",
    "<#",
    "<!--",
    "/*",
    "//",
    "--",
    "`",
    "\\#",
    "@en",
    "^^",
)
CLOSINGS = ("\n", RETURN, "\r\n", '"', "'", '"""', "'''", ">", "*/", "\n#", "\r#", "?x", "<a:a>", "a:a", "}", "{", ".")
WORDS = ("FILTER(", ")", "BIND(", "AS ?x)", "!=", "&&", "?a", "<?b", "?s ?p ?o", "{}", "OPTIONAL", "VALUES ?x { ")
SERVICES = (
    "SERVICE <HERE> {}",
    "SERVICE SILENT <HERE> { ?s ?p ?o }",
    "sErViCe<HERE>{}",
    "SERVICE#\n<HERE>{}",
    "SERVICE p: {}",
    "\\u0053ERVICE <HERE> {}",
    "S\\u0045RVICE <HERE> {}",
    "\u017fERVICE <HERE> {}",
    "SERVICE <\\u0048ERE> {}",
    "FILTER EXISTS { SERVICE <HERE> {} }",
    "{ SELECT * { SERVICE <HERE> {} } }",
    "MINUS { SERVICE <HERE> {} }",
    "GRAPH ?g { SERVICE <HERE> {} }",
    "?s ((^<a:a>|!<a:a>)*/<b:b>) ?o FILTER(EXISTS { SERVICE <HERE> {} } = true)",
)


@dataclass
class Ear:
    """A server that hears whether anybody comes, and sends them away."""

    address: str
    heard: list[object] = field(default_factory=list)


@pytest.fixture(scope="module")
def ear() -> Iterator[Ear]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ear = Ear(f"http://127.0.0.1:{server.getsockname()[1]}/")

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    ear.heard.append(connection.getpeername())
                    connection.close()

        listening = threading.Thread(target=listen)
        listening.start()
        yield ear
        server.shutdown(socket.SHUT_RDWR)
        listening.join()


def run(text: str) -> None:
    """What a worker would do with an admitted text, in this process, which has sockets."""
    with contextlib.suppress(QueryError):
        GraphStore.in_memory()._evaluate(text, Dataset((MINE,), (MINE,)), {})


def visits(ear: Ear, text: str) -> int:
    """How often somebody came while the text was run."""
    before = len(ear.heard)
    run(text)
    return len(ear.heard) - before


def admitted_text(text: str) -> str | None:
    try:
        return admit(FreeQuery(text, (MINE,), FORMATS))[0]
    except (QueryError, LimitError):
        return None


pieces = st.one_of(map(st.sampled_from, (SPACES, ESCAPES, OPENINGS, CLOSINGS, WORDS)))
texts = st.builds(
    lambda head, before, service, after: f"{head}SELECT * {{ {''.join(before)}{service}{''.join(after)}\n}}",
    st.sampled_from(("", BOM, "#\n", "#\r", "PREFIX p: <HERE> ", "BASE <HERE> ", "PREFIX SERVICE: <HERE>")),
    st.lists(pieces, max_size=5),
    st.sampled_from(SERVICES),
    st.lists(pieces, max_size=5),
)


def test_the_ear_hears_a_request(ear: Ear) -> None:
    assert visits(ear, f"SELECT * {{ SERVICE SILENT <{ear.address}> {{}} }}") == 1


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts)
def test_no_text_hides_a_request_to_another_host(ear: Ear, text: str) -> None:
    let_in = admitted_text(text.replace("HERE", ear.address))
    assert let_in is None or visits(ear, let_in) == 0


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { #\r SERVICE SILENT <HERE> {}\n}",
        "SELECT * { #\\u000D SERVICE SILENT <HERE> {}\n}",
        "SELECT * { #\\U0000000D SERVICE SILENT <HERE> {}\n}",
        "SELECT * { #" + SEPARATOR + " SERVICE SILENT <HERE> {}\n}",
        "SELECT * { #" + NEXT_LINE + " SERVICE SILENT <HERE> {}\n}",
        'SELECT * { FILTER("""#\\"""" != "") SERVICE SILENT <HERE> {} #""" != "")\n}',
        "SELECT * { FILTER(?a <?b#> || true) SERVICE SILENT <HERE> {}\n}",
        "SELECT * { FILTER(1 <2 && '#' != '') SERVICE SILENT <HERE> {}\n}",
    ],
)
def test_known_hiding_places_hide_nothing(ear: Ear, text: str) -> None:
    let_in = admitted_text(text.replace("HERE", ear.address))
    assert let_in is None or visits(ear, let_in) == 0


def test_a_comment_that_a_carriage_return_ends_for_one_parser_only_is_refused() -> None:
    with pytest.raises(QueryError, match="carriage return"):
        admit(FreeQuery("SELECT * { #\r SERVICE <http://127.0.0.1:9/> {}\n}", (MINE,), FORMATS))
    assert admitted_text("SELECT *\r\n{ # a comment\r\n?s ?p ?o }\r\n")


signs = st.text(st.sampled_from("aé€😀#<>{}|^`@.:;/%- ") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
escaped = st.sampled_from(
    ["\\t", "\\n", "\\r", "\\b", "\\f", '\\"', "\\'", "\\\\", "\\u0041", "\\U0001F600", "\\u00e9"]
)
strings = st.builds(
    lambda quote, parts: quote + "".join(parts).replace("`", "") + quote,
    st.sampled_from(['"', "'", '"""', "'''"]),
    st.lists(signs | escaped, max_size=5),
)
iris = st.builds(
    lambda parts: "<http://x.example/" + "".join(parts) + ">",
    st.lists(
        st.sampled_from(["a", "#", "%20", "é", "\\u00e9", "\\U0001F600", "?q=1", "..", "/", "@", "$", ";", "'"]),
        max_size=6,
    ),
)


@settings(max_examples=400, deadline=None)
@given(strings | iris)
def test_both_parsers_read_the_same_strings_and_iris(term: str) -> None:
    """But for a tab, which rdflib reads as spaces: nothing is decided by those."""
    text = admitted_text(f"SELECT (STR({term}) AS ?x) {{}} # a comment")
    if text is None:
        return
    try:
        (ours,) = GraphStore.in_memory().select(text, (MINE,), {})[1]
    except QueryError:  # it may be the stricter one
        return
    (theirs,) = Graph().query(text)
    assert ours[0] is not None
    assert ours[0].value == str(theirs[0])  # type: ignore[index]
