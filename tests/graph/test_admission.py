"""What the workers decide, decided here: a killed process cannot tell which of its lines it ran."""

from __future__ import annotations

import json
import multiprocessing
import re
import threading
from pathlib import Path

import pytest

from ewgraph.errors import FormatError, LimitError, QueryError
from ewgraph.graph import worker_main
from ewgraph.graph.admission import admit
from ewgraph.graph.free_query import FreeQuery, Limits
from ewgraph.graph.oxigraph import Dataset, GraphStore
from ewgraph.model.rdf import IRI, Literal, Quad

MINE, OTHER = IRI("https://data.example.org/graph/mine"), IRI("https://data.example.org/graph/other")
P = IRI("https://data.example.org/p")
FORMATS = {"solutions": "text/csv", "boolean": "application/sparql-results+json", "graph": "application/n-triples"}


def query(text: str, **more: object) -> FreeQuery:
    return FreeQuery(text, (MINE,), FORMATS, **more)  # type: ignore[arg-type]


def test_a_text_of_ours_is_run_as_it_stands_over_the_graphs_of_its_reader() -> None:
    admitted = admit(query("SELECT ?s { ?s ?p ?o }", own=True))
    assert admitted == ("SELECT ?s { ?s ?p ?o }", Dataset((MINE,), (MINE,)), "text/csv", False, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <http://x/> { ?s ?p ?o } } }", "SERVICE is not offered"),
        ("LOAD <http://127.0.0.1:9/>", "updates are not offered"),
        ("SELEC", "cannot be parsed"),
        ('SELECT * { FILTER("\\uD800" != "x") }', "stands for no character"),
        ('SELECT * { FILTER("\\u005Cu0022" != "x") }', "escape within an escape"),
        ("SELECT * FROM <https://data.example.org/graph/other> { ?s ?p ?o }", "no such graph"),
        ("SELECT * FROM x:y { ?s ?p ?o }", "the prefix 'x:' is not declared. Begin the query with PREFIX x: <…>"),
        ("SELECT * { ?s a ew:Site }", "'ew:' is not declared.*PREFIX ew: <https://w3id.org/ewgraph/ns#>"),
        ("PREFIX ew: <a:> SELECT * { ?s ew:a/skos:b* ?o }", "'skos:' is not declared.*PREFIX skos: <http://www.w3"),
        ('PREFIX x: <a:> ASK { ?s x:y "1"^^:int }', "the prefix ':' is not declared"),
    ],
)
def test_what_is_not_offered_is_refused_with_its_reason(text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        admit(query(text))


@pytest.mark.parametrize("text", ["#" * 70_000, "SELECT * " + "{" * 101 + "}" * 101])
def test_a_monstrous_text_is_not_even_parsed(text: str) -> None:
    with pytest.raises(LimitError):
        admit(query(text))


def test_a_form_needs_an_acceptable_format() -> None:
    with pytest.raises(FormatError):
        admit(FreeQuery("ASK {}", (MINE,), {"graph": "text/turtle"}))


def test_the_dataset_is_what_protocol_or_query_choose_among_the_readers_graphs() -> None:
    text = "SELECT * { ?s ?p ?o }"
    assert admit(query(text))[1] == ((MINE,), (MINE,))
    assert admit(query(text, default_graphs=(MINE.value, OTHER.value)))[1] == ([MINE], [])
    assert admit(query("SELECT * FROM NAMED <https://data.example.org/graph/mine> { ?s ?p ?o }"))[1] == ([], [MINE])


def test_a_worker_answers_until_its_pipe_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = GraphStore.open(tmp_path / "graph")
    store.change([Quad(P, P, Literal(number), MINE) for number in range(3)])
    store.checkpoint(tmp_path / "1")
    for confining in ("confine", "limit_memory", "yield_to_others"):  # it would confine this process, for good
        monkeypatch.setattr(worker_main, confining, lambda *_: None)
    monkeypatch.setattr(worker_main.signal, "signal", lambda *_: None)
    here, there = multiprocessing.Pipe()
    worker = threading.Thread(target=worker_main.work, args=(there, Limits(5, 64, 12)))
    worker.start()
    assert here.recv_bytes() == b"{}"
    replies = []
    for text in ("SELECT ?o { ?s ?p ?o FILTER(?o = 2) }", "SELECT * { ?s ?p ?o }", "LOAD <a:a>"):
        here.send((tmp_path / "1", query(text)))
        replies.append((json.loads(here.recv_bytes()), here.recv_bytes()))
    here.close()
    worker.join(5)
    there.close()
    state = {"digest": "0" * 16, "records": 0, "sequence": 0, "generation": 0}
    validator = replies[0][0].pop("validator")
    assert replies[0] == ({"media_type": "text/csv", "state": state, "filed": False}, b"o\r\n2\r\n")
    assert re.fullmatch("[0-9a-f]{32}", validator)
    assert replies[1][0]["limit"] == "bytes"
    assert replies[2][0]["error"] == "QueryError"


def test_a_negative_decimal_is_read_like_any_number() -> None:
    for number in ("-1.0", "-1", "-1e0", "+1.0"):
        text = f"SELECT * {{ ?s ?p {number} FILTER(?x > {number} && ?y {number} < 3) }}"
        assert admit(query(text)).text == text
