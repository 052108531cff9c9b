"""To whom the schema is told, and which documents can be asked by their SHA-256 alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from graphql import get_introspection_query
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from ewgraph.api.graphql import Allowance, Policy, graphql_app, registered_documents, schema
from ewgraph.errors import ConfigurationError
from tests.api.graphql.conftest import EXAMPLE, Caller, reader_of
from tests.conftest import House, named

DOCUMENT = "query Site($id: ID!) {\n  site(id: $id) { label }\n}\n"
NUMBER = hashlib.sha256(DOCUMENT.encode()).hexdigest()


def caller_with(house: House, policy: Policy) -> Caller:
    app = graphql_app(house.gate, house.catalogue, reader_of, Allowance, policy)
    return Caller(TestClient(Starlette(routes=[Route("/graphql", app), Mount("/graphql", app)])))


@pytest.mark.parametrize(
    ("introspection", "readers"),
    [("members", {"staff", "ex:uni-a"}), ("everyone", {"public", "staff", "ex:uni-a"}), ("nobody", set())],
)
def test_the_schema_is_told_by_introspection_to_whom_the_setting_says(
    house: House, introspection: str, readers: set[str]
) -> None:
    caller = caller_with(house, Policy(introspection))
    told = {
        who for who in ("public", "staff", "ex:uni-a") if "data" in caller.post(get_introspection_query(), who).json()
    }
    assert told == readers
    inside = "query { ...F } fragment F on Query { __schema { queryType { name } } }"
    assert {who for who in ("public", "staff") if "data" in caller.post(inside, who).json()} == readers - {"ex:uni-a"}


def test_anybody_may_read_the_schema_and_look_up_one_type(caller: Caller) -> None:
    assert caller.client.get("/graphql/schema.graphql").text == schema.as_str()
    assert caller.ask('{ __type(name: "Contract") { name } }') == {"__type": {"name": "Contract"}}


def test_only_who_shows_a_key_is_told_what_may_have_been_meant(caller: Caller) -> None:
    at = 'query ($at: AsOfInput) { sitesTouchedBy(contract: "x:y", at: $at) { totalCount } }'
    for query, variables in (("{ contrac }", {}), (at, {"at": {"validA": "2024-01-01"}})):
        for reader, hears in (("public", False), ("staff", True)):
            errors = caller.post(query, reader, **variables).json()["errors"]
            assert ("Did you mean" in json.dumps(errors)) == hears, (query, reader)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "site.graphql").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": f"sha256:{NUMBER}"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": NUMBER}}},
    ],
)
def test_a_registered_document_is_asked_by_its_number(house: House, folder: Path, body: dict[str, object]) -> None:
    house.load(EXAMPLE)
    client = caller_with(house, Policy(registered=registered_documents(folder, schema))).client
    sent = {**body, "variables": {"id": named("F2").value}}
    assert client.post("/graphql", json=sent).json() == {"data": {"site": {"label": "Factory 2"}}}
    params = {name: value if isinstance(value, str) else json.dumps(value) for name, value in sent.items()}
    answer = client.get("/graphql", params=params, headers={"x-requested-with": "x"})
    assert answer.json() == {"data": {"site": {"label": "Factory 2"}}}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"documentId": "sha256:" + "0" * 64}, "names no registered document"),
        ({"documentId": NUMBER}, "names no registered document"),
        ({"documentId": 1}, "names no registered document"),
        ({"documentId": f"sha256:{NUMBER}", "query": DOCUMENT}, "not both"),
        ({"extensions": {"persistedQuery": {"sha256Hash": "0" * 64}}}, "PersistedQueryNotFound"),
        ({"extensions": {"persistedQuery": 1}}, "`query`"),
    ],
)
def test_a_number_that_names_nothing_is_refused(house: House, folder: Path, body: dict[str, object], said: str) -> None:
    client = caller_with(house, Policy(registered=registered_documents(folder, schema))).client
    answer = client.post("/graphql", json=body)
    assert answer.status_code == 400
    assert said in answer.json()["errors"][0]["message"]


def test_what_is_sent_with_its_number_is_answered_and_not_registered(house: House) -> None:
    """Else one reader could find out what another asks."""
    client = caller_with(house, Policy()).client
    persisted = {"persistedQuery": {"version": 1, "sha256Hash": NUMBER}}
    sent = {"query": DOCUMENT, "variables": {"id": "x:y"}, "extensions": persisted}
    assert client.post("/graphql", json=sent).json() == {"data": {"site": None}}
    answer = client.post("/graphql", json={"extensions": persisted, "variables": {"id": "x:y"}})
    assert answer.json() == {"errors": [{"message": "PersistedQueryNotFound"}]}


@pytest.mark.parametrize(
    "content",
    [b"{", b"{ nothing }", b"\xff", b"{ a: __typename b: __typename }" * 2, b"{" + b"__typename " * 102 + b"}"],
)
def test_a_document_that_could_not_be_asked_is_not_registered(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "wrong.graphql").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"wrong\.graphql"):
        registered_documents(tmp_path, schema)
    with pytest.raises(ConfigurationError, match="is a folder"):
        registered_documents(tmp_path / "none", schema)
