"""GraphQL over HTTP: methods, media types, status codes, and the console."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from ewgraph.access import PUBLIC_READER, Principal
from ewgraph.api.graphql import Allowance, graphql_app
from ewgraph.api.graphql.requests import JSON, LARGEST_BODY, RESPONSE_JSON
from ewgraph.api.threads import EACH
from tests.api.graphql.conftest import Caller, caller_of, reader_of
from tests.conftest import House, named

QUERY = {"query": "{ __typename }"}
HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (RESPONSE_JSON, RESPONSE_JSON),
        (f"{RESPONSE_JSON}; charset=utf-8, {JSON}", RESPONSE_JSON),
        (f"{RESPONSE_JSON};q=0.5, {JSON};q=0.9", JSON),
        (f"{RESPONSE_JSON};q=0, */*", JSON),
        ("Application/JSON;q=x, application/graphql-response+json", RESPONSE_JSON),
    ],
)
def test_the_caller_chooses_the_media_type(caller: Caller, accept: str | None, expected: str) -> None:
    headers = {} if accept is None else {"accept": accept}
    answer = caller.client.post("/graphql", json=QUERY, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{expected}; charset=utf-8")
    assert answer.json() == {"data": {"__typename": "Query"}}
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("accept", ["text/plain", "text/html", f"{JSON};q=0"])
def test_another_media_type_is_not_acceptable(caller: Caller, accept: str) -> None:
    answer = caller.client.post("/graphql", json=QUERY, headers={"accept": accept})
    assert answer.status_code == 406
    assert "errors" in answer.json()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b"{}",
        b'{"query": ""}',
        b'{"query": 1}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "variables": {"x": NaN}}',
        b'{"query": "{ __typename }", "variables": {"x": "\\ud800"}}',
        b'{"query": "{ __typename }", "operationName": 1}',
        b'{"query": "{ __typename }", "extensions": "x"}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_request_is_refused(caller: Caller, body: bytes) -> None:
    answer = caller.client.post("/graphql", content=body, headers={"content-type": "application/json; charset=utf-8"})
    assert answer.status_code == 400
    assert answer.json().keys() == {"errors"}


def test_parts_that_are_null_count_as_absent(caller: Caller) -> None:
    body = {**QUERY, "variables": None, "operationName": None, "extensions": None}
    assert caller.client.post("/graphql", json=body).json() == {"data": {"__typename": "Query"}}


def test_a_large_body_is_refused(caller: Caller) -> None:
    body = {"query": "{ __typename }", "variables": {"x": "y" * LARGEST_BODY}}
    assert caller.client.post("/graphql", json=body).status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/graphql", ""])
def test_only_json_is_read(caller: Caller, kind: str) -> None:
    body = json.dumps(QUERY).encode()
    assert caller.client.post("/graphql", content=body, headers={"content-type": kind}).status_code == 415


@pytest.mark.parametrize(
    "query", ["{", "{ nothing }", "query ($x: Int!) { __typename }", "{ a: __typename } { b: __typename }"]
)
def test_a_refused_document_has_a_status_by_media_type(caller: Caller, query: str) -> None:
    for media_type, status in ((RESPONSE_JSON, 400), (JSON, 200)):
        answer = caller.client.post("/graphql", json={"query": query}, headers={"accept": media_type})
        assert (answer.status_code, answer.json().keys()) == (status, {"errors"})


def test_an_operation_is_chosen_by_name(caller: Caller) -> None:
    query = "query A { a: __typename } query B { b: __typename }"
    answer = caller.client.post("/graphql", json={"query": query, "operationName": "B"})
    assert answer.json() == {"data": {"b": "Query"}}
    for wrong in (
        {"query": query, "operationName": "C"},
        {"query": query},
        {"query": "fragment F on Query { __typename }"},
    ):
        assert caller.client.post("/graphql", json=wrong).json().keys() == {"errors"}
        answer = caller.client.post("/graphql", json=wrong, headers={"accept": RESPONSE_JSON})
        assert answer.status_code == 400


@pytest.mark.parametrize("operation", ["mutation { x }", "subscription { x }"])
def test_nothing_can_be_changed(caller: Caller, operation: str) -> None:
    answer = caller.client.post("/graphql", json={"query": operation}, headers={"accept": RESPONSE_JSON})
    assert (answer.status_code, answer.json().keys()) == (400, {"errors"})


@pytest.mark.parametrize(
    "at",
    [{"validAt": "2024-02-30"}, {"validAt": "yesterday"}, {"knownAt": "noon"}, {"knownAt": 5}, {"when": "2024-01-01"}],
)
def test_a_wrong_instant_is_refused_before_anything_is_read(caller: Caller, at: object) -> None:
    query = (
        'query ($at: AsOfInput) { contractsTouching(site: "https://data.example.org/id/F1", at: $at) { totalCount } }'
    )
    body = {"query": query, "variables": {"at": at}}
    answer = caller.client.post("/graphql", json=body, headers={"accept": RESPONSE_JSON})
    assert (answer.status_code, answer.json().keys()) == (400, {"errors"})
    assert "Internal" not in answer.text


def test_an_error_in_a_field_keeps_its_place(caller: Caller) -> None:
    query = '{ search(text: "x", first: -2) { totalCount } }'
    answer = caller.client.post("/graphql", json={"query": query}, headers={"accept": RESPONSE_JSON})
    assert answer.status_code == 200
    (error,) = answer.json()["errors"]
    assert (error["path"], answer.json()["data"]) == (["search"], None)
    assert error["message"] == "`first` is how many items to give, from 0 to 1000, not -2."


BROKEN = """
ex:N { ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
    ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:K a ew:Contract ; rdfs:label "Secret words" ; ew:signedOn "the day after" . }
"""


def test_our_own_fault_is_logged_and_not_told(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.load(BROKEN)
    query = "query ($id: ID!) { contract(id: $id) { label signedOn } }"
    with caplog.at_level(logging.ERROR):
        answer = caller_of(house).post(query, id=named("K").value).json()
    assert answer["data"] == {"contract": {"label": "Secret words", "signedOn": None}}
    (error,) = answer["errors"]
    assert error == {
        "message": "Internal error",
        "locations": [{"line": 1, "column": 46}],
        "path": ["contract", "signedOn"],
    }
    (record,) = caplog.records
    assert (record.name, record.message, vars(record)["path"]) == (
        "ewgraph.api.graphql",
        "graphql.internal-error",
        "contract.signedOn",
    )
    assert record.exc_info is not None


def test_what_a_caller_does_wrong_is_not_logged(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    caller.fault("{ secretField }")
    caller.fault('{ search(text: "x", after: "secret") { totalCount } }')
    assert caplog.records == []


@pytest.mark.parametrize("path", ["/graphql", "/graphql/"])
def test_a_browser_gets_the_console(caller: Caller, path: str) -> None:
    page = caller.client.get(path, headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert not re.search(r"https?://(?!data\.example\.org)", page.text)
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=", page.text)
    assert 'action="/graphql"' in page.text
    for address, kind in re.findall(r'(?:src|href)="([^"]+\.(js|css))"', page.text):
        file = caller.client.get(address)
        assert file.status_code == 200
        assert file.headers["content-type"].startswith({"js": "text/javascript", "css": "text/css"}[kind])
        assert "http" not in file.text


def test_every_label_of_the_console_has_its_control(caller: Caller) -> None:
    page = caller.client.get("/graphql", headers=HTML).text
    assert set(re.findall(r'for="(\w+)"', page)) <= set(re.findall(r'id="(\w+)"', page))


@pytest.mark.parametrize("name", ["console.html", "nothing.js", "../http.py", "..%2fhttp.py", "", "x/console.js"])
def test_no_other_file_is_served(caller: Caller, name: str) -> None:
    assert caller.client.get(f"/graphql/static/{name}").status_code in {404, 405}


def test_files_are_only_read(caller: Caller) -> None:
    answer = caller.client.post("/graphql/static/console.js", json=QUERY)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


DELIBERATE = (
    {"authorization": "Bearer x"},
    {"x-requested-with": "XMLHttpRequest"},
    {"apollo-require-preflight": "true"},
    {"graphql-require-preflight": "1"},
    {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate", "cookie": "a=b"},
    {"sec-fetch-mode": "cors"},
)
FORGEABLE = (
    {},
    {"accept": JSON},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "cookie": "a=b"},
)


@pytest.mark.parametrize("headers", DELIBERATE)
def test_a_query_in_the_address_is_answered_where_no_other_site_can_have_sent_it(
    caller: Caller, headers: dict[str, str]
) -> None:
    query = "query Q($x: Boolean!) { __typename @skip(if: $x) a: __typename }"
    params = {"query": query, "variables": '{"x": true}', "operationName": "Q"}
    answer = caller.client.get("/graphql", params=params, headers=headers)
    assert (answer.status_code, answer.json()) == (200, {"data": {"a": "Query"}})


@pytest.mark.parametrize("headers", FORGEABLE)
def test_a_query_in_the_address_is_refused_where_another_site_could_have_sent_it(
    caller: Caller, headers: dict[str, str]
) -> None:
    answer = caller.client.get("/graphql", params={"query": "{ __typename }"}, headers=headers)
    assert (answer.status_code, answer.json().keys()) == (403, {"errors"})
    assert "GraphQL-Require-Preflight" in answer.text


def test_a_query_in_the_address_shows_its_answer_in_a_browser_too(caller: Caller) -> None:
    headers = {**HTML, "sec-fetch-site": "same-origin"}
    answer = caller.client.get("/graphql", params={"query": "{ __typename }"}, headers=headers)
    assert answer.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "params",
    [
        {"query": "{ __typename }", "variables": "{"},
        {"query": "{ __typename }", "variables": "[]"},
        {"query": "{ __typename }", "extensions": "1"},
        {"query": ["{ __typename }", "{ a: __typename }"]},
        {"variables": "{}"},
    ],
)
def test_an_address_that_is_no_request_is_refused(caller: Caller, params: dict[str, str]) -> None:
    answer = caller.client.get("/graphql", params=params, headers={"x-requested-with": "x"})
    assert (answer.status_code, answer.json().keys()) == (400, {"errors"})


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(caller: Caller, method: str) -> None:
    answer = caller.client.request(method, "/graphql")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


def test_a_subscription_is_not_answered_where_no_stream_is_accepted(caller: Caller) -> None:
    sentence = "A subscription is answered over graphql-transport-ws, or where text/event-stream is accepted."
    assert caller.fault('subscription { newFindings(about: "x:a") { finding { id } } }') == sentence


def test_the_instants_of_a_request_are_one(house: House) -> None:
    """The clock is read once: a view is made once a request, by whoever asks."""
    asked: list[str] = []

    def principal_of(request: Request) -> Principal:
        asked.append(request.method)
        return PUBLIC_READER

    client = TestClient(graphql_app(house.gate, house.catalogue, principal_of))
    query = '{ a: node(id: "x:a") { id } b: site(id: "x:b") { id } c: search(text: "x") { totalCount } }'
    assert client.post("/", json={"query": query}).status_code == 200
    assert asked == ["POST"]


def test_a_slow_request_does_not_hold_up_the_others(house: House) -> None:
    """Whoever asks is told by blocking work: it must not run in the event loop."""

    def principal_of(request: Request) -> Principal:
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return reader_of(request)

    assert TestClient(graphql_app(house.gate, house.catalogue, principal_of)).post("/", json=QUERY).status_code == 200


def test_files_of_the_console_lie_in_the_package() -> None:
    static = Path(graphql_app.__code__.co_filename).with_name("static")
    assert {path.name for path in static.iterdir()} == {"console.html", "console.js", "console.css"}


def test_whoever_sends_many_operations_leaves_threads_to_others(house: House) -> None:
    begun, let_go = list[None](), threading.Event()

    def allowance() -> Allowance:
        begun.append(None)
        assert let_go.wait(20)
        return Allowance()

    def until(count: int) -> None:
        over_s = time.monotonic() + 10
        while len(begun) < count and time.monotonic() < over_s:
            time.sleep(0.01)
        assert len(begun) == count

    caller = caller_of(house, allowance)
    with caller.client, ThreadPoolExecutor(EACH + 9) as pool:
        many = [pool.submit(caller.post, "{ __typename }", "ex:uni-a") for _ in range(EACH + 8)]
        until(EACH)
        other = pool.submit(caller.post, "{ __typename }", "ex:uni-b")
        until(EACH + 1)
        let_go.set()
        assert [one.result().status_code for one in (*many, other)] == [200] * (EACH + 9)
