"""Stored questions, the start page, health, and how the service follows what others load."""

from __future__ import annotations

import csv
import io
import time

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger
from tests.protocol.conftest import Server, append
from tests.protocol.world import LATER

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
QUESTION = "/queries/contracts-touching?site=https://data.example.org/id/F2"


def test_a_question_is_answered_as_csv_tsv_and_json(server: Server) -> None:
    rows = list(csv.DictReader(io.StringIO(server.request(QUESTION, accept="text/csv").text)))
    assert [row["contract"] for row in rows] == ["https://data.example.org/id/K0"]
    assert rows[0]["scope"] == "BRAND"
    assert rows[0]["hops"] == "2"
    assert server.request(QUESTION, accept="text/tab-separated-values").text.startswith("contract\tsite\treading\t")
    objects = server.request(QUESTION, accept="application/json").json
    assert isinstance(objects, list)
    assert objects[0]["hops"] == 2
    solutions = server.request(QUESTION, accept="application/sparql-results+json").json
    assert isinstance(solutions, dict)
    assert solutions["results"]["bindings"][0]["contract"] == {"type": "uri", "value": "https://data.example.org/id/K0"}


def test_a_question_is_answered_within_what_the_reader_sees_and_as_of(server: Server) -> None:
    def contracts(reader: str | None, more: str = "") -> list[str]:
        objects = server.request(QUESTION + more, accept="application/json", reader=reader).json
        assert isinstance(objects, list)
        return [row["contract"].rpartition("/")[2] for row in objects]

    assert contracts(None) == ["K0"]
    assert contracts("uni-a") == ["K0", "K1"]
    assert contracts("uni-a", "&knownAt=2023-06-01T00:00:00Z") == ["K0"]
    assert contracts("uni-a", "&validAt=2021-06-01") == []


def test_every_question_has_a_form_and_the_list_names_it(server: Server) -> None:
    listed = server.request("/queries", accept="application/json").json
    assert isinstance(listed, list)
    page = server.request("/queries", accept=BROWSER).text
    for question in listed:
        assert f'href="/queries/{question["id"]}"' in page
        form = server.request(f"/queries/{question['id']}", accept=BROWSER)
        assert form.status == 200
        for parameter in question["parameters"]:
            assert f'name="{parameter["name"]}"' in form.text


def test_a_form_filled_in_shows_the_answer_or_what_is_wrong(server: Server) -> None:
    assert "Open contract" in server.request(QUESTION + "&ask=1", accept=BROWSER).text
    wrong = server.request("/queries/contracts-touching?site=F2&ask=1", accept=BROWSER)
    assert (wrong.status, "is not an IRI" in wrong.text) == (400, True)


def test_a_wrong_parameter_is_a_problem(server: Server) -> None:
    assert server.request("/queries/contracts-touching", accept="text/csv").status == 400
    assert server.request(QUESTION + "&sit=x", accept="text/csv").status == 400
    assert server.request("/queries/no-such-question").status == 404
    assert server.request(QUESTION, accept="image/png").status == 406


def test_the_start_page_shows_what_is_there(server: Server) -> None:
    page = server.request("/", accept=BROWSER)
    assert page.status == 200
    assert "<strong>1</strong> contracts" in page.text
    assert "Open contract" in page.text
    assert "<strong>2</strong> contracts" in server.request("/", accept=BROWSER, reader="uni-a").text


def test_the_service_tells_how_it_is(server: Server) -> None:
    assert server.request("/health").text == "ok\n"
    ready = server.request("/ready").json
    assert isinstance(ready, dict)
    assert ready["ready"] is True
    metrics = server.request("/metrics", reader="staff").text
    assert 'ewgraph_requests_total{endpoint="Health.health",method="GET",status="200"}' in metrics
    assert "ewgraph_ledger_sequence" in metrics


@pytest.mark.parametrize("reader", [None, "uni-a"])
def test_how_many_records_there_are_and_what_others_ask_is_for_staff(server: Server, reader: str | None) -> None:
    assert set(server.request("/ready").json) == {"ready"}  # type: ignore[arg-type]
    told = server.request("/metrics", reader=reader).text.splitlines()
    assert [line for line in told if not line.startswith("#")] == ["ewgraph_up 1"]


def test_an_answer_says_what_it_varies_with(server: Server) -> None:
    assert {"accept", "authorization"} <= {
        part.strip().lower() for part in server.request("/ns", origin="https://example.org").headers["vary"].split(",")
    }


def test_an_unknown_page_is_a_problem_for_programs_and_a_page_for_people(server: Server) -> None:
    assert server.request("/no-such-page").media_type == "application/problem+json"
    page = server.request("/no-such-page", accept=BROWSER)
    assert (page.status, page.media_type) == (404, "text/html")


def test_the_service_follows_what_another_process_appends(server: Server) -> None:
    query = "ASK { <https://data.example.org/id/brand-y> ?p ?o }"
    ledger = Ledger(server.data / "ledger.sqlite", SystemClock())
    append(ledger, LATER)
    ledger.close()
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        if b"true" in server.sparql(query, accept="application/sparql-results+json").content:
            break
        time.sleep(0.3)
    assert b"true" in server.sparql(query, accept="application/sparql-results+json").content
    assert server.request("/id/brand-y").status == 200


def test_graphql_is_served_beside(server: Server) -> None:
    body = b'{"query": "{ node(id: \\"https://data.example.org/id/F2\\") { id } }"}'
    reply = server.request("/graphql", body=body, Content_Type="application/json", accept="application/json")
    assert reply.json == {"data": {"node": {"id": "https://data.example.org/id/F2"}}}
