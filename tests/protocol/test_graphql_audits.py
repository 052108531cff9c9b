"""GraphQL before the auditors: the 61 audits of the GraphQL over HTTP specification, and the checks of graphql-cop."""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

import pytest

from tests.node.running import read
from tests.protocol.conftest import Reply, Server


def test_all_audits_of_graphql_over_http_are_ok(server: Server) -> None:
    """As a stranger who sends no header that an audit does not send."""
    results = read("audit.mjs", f"{server.address}graphql")
    assert [one for one in results if one["status"] != "ok"] == []
    assert len(results) == 61


def _post(server: Server, query: str) -> Any:
    body = json.dumps({"query": query, "operationName": "cop"}).encode()
    return server.request("/graphql", body=body, Content_Type="application/json").json


def _get(server: Server, query: str) -> Reply:
    """As a script does that is no browser and sends no header of its own."""
    return server.request("/graphql?" + urllib.parse.urlencode({"query": query}))


CIRCULAR = (
    "{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"
)


def _is_clean(answer: Any) -> bool:
    return set(answer) == {"errors"} and all(
        set(one) <= {"message", "locations", "extensions"} for one in answer["errors"]
    )


def test_no_names_are_suggested_to_strangers(server: Server) -> None:
    for query in (
        "query cop { __schema { directive } }",
        "query cop { contrac }",
        'query cop { site(ide: "x") { id } }',
    ):
        answer = _post(server, query)
        assert _is_clean(answer)
        assert "Did you mean" not in json.dumps(answer)


def test_the_schema_is_not_told_by_introspection_to_strangers(server: Server) -> None:
    answer = _post(server, "query cop { __schema { types { name fields { name } } } }")
    assert _is_clean(answer)
    assert "/graphql/schema.graphql" in answer["errors"][0]["message"]


def test_there_is_no_circular_introspection(server: Server) -> None:
    assert _is_clean(_post(server, f"query cop {CIRCULAR}"))
    body = json.dumps({"query": CIRCULAR}).encode()
    assert _is_clean(server.request("/graphql", reader="staff", body=body, Content_Type="application/json").json)


def test_there_is_no_graphiql(server: Server) -> None:
    page = server.request("/graphql", accept="text/html").text
    assert not [
        word for word in ("graphiql.min.css", "GraphQL Playground", "GraphiQL", "graphql-playground") if word in page
    ]


@pytest.mark.parametrize("query", ["query cop {__typename}", "mutation cop {__typename}"])
def test_nothing_is_done_by_a_get_that_another_site_could_send(server: Server, query: str) -> None:
    reply = _get(server, query)
    assert reply.status == 403
    assert _is_clean(reply.json)


def test_a_mutation_is_not_done_by_any_get(server: Server) -> None:
    address = "/graphql?" + urllib.parse.urlencode({"query": "mutation {__typename}"})
    reply = server.request(address, reader="staff")
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_a_form_is_not_read(server: Server) -> None:
    body = urllib.parse.urlencode({"query": "query cop { __typename }"}).encode()
    reply = server.request("/graphql", body=body, Content_Type="application/x-www-form-urlencoded")
    assert reply.status == 415


def test_many_aliases_are_refused(server: Server) -> None:
    assert _is_clean(_post(server, "query cop {" + "".join(f"alias{n}:__typename \n" for n in range(101)) + "}"))


def test_many_operations_in_one_body_are_refused(server: Server) -> None:
    body = json.dumps([{"query": "query cop { __typename }"}] * 10).encode()
    reply = server.request("/graphql", body=body, Content_Type="application/json")
    assert reply.status == 400
    assert _is_clean(reply.json)


def test_many_directives_at_one_place_are_refused_at_once(server: Server) -> None:
    (error,) = _post(server, "query cop { __typename " + "@aa" * 10 + " }")["errors"]
    assert error["extensions"] == {"limit": "directives_each", "most": 3, "found": 10}


def test_a_field_five_hundred_times_is_refused(server: Server) -> None:
    (error,) = _post(server, "query cop { " + "__typename \n" * 500 + "} ")["errors"]
    assert error["extensions"] == {"limit": "repeats", "most": 100, "found": 499}


def test_nothing_is_traced_and_no_exception_is_told(server: Server) -> None:
    assert _post(server, "query cop { __typename }") == {"data": {"__typename": "Query"}}
    answer = _post(server, "qwerty cop { abc }")
    assert _is_clean(answer)
    assert "extensions" not in answer["errors"][0]
