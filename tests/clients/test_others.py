"""Clients that others made: each asks a question whose answer depends on the reader, as its own documentation says."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from gql import Client as GqlClient
from gql import GraphQLRequest, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport, HTTPXTransport
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from tests.node.running import read
from tests.protocol.conftest import Server

EX = "https://data.example.org/id/"
PUBLIC, OWN = {f"{EX}K0"}, {f"{EX}K0", f"{EX}K1"}
CONTRACTS = "PREFIX ew: <https://w3id.org/ewgraph/ns#> SELECT ?contract { ?contract a ew:Contract }"
TOUCHING = "query ($site: ID!) { contractsTouching(site: $site) { edges { node { contract { id } } } } }"
SITE = {"site": f"{EX}F2"}


def contracts_of(data: dict[str, Any]) -> set[str]:
    return {edge["node"]["contract"]["id"] for edge in data["contractsTouching"]["edges"]}


def touching() -> GraphQLRequest:
    return GraphQLRequest(TOUCHING, variable_values=SITE)


def headers(server: Server, reader: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.keys[reader]}"} if reader else {}


@pytest.mark.parametrize(("reader", "expected"), [(None, PUBLIC), ("uni-a", OWN)])
class TestReaders:
    """What each client reads, without and with a key."""

    def test_gql(self, server: Server, reader: str | None, expected: set[str]) -> None:
        transport = HTTPXTransport(f"{server.address}graphql", headers=headers(server, reader))
        with GqlClient(transport=transport, fetch_schema_from_transport=False) as session:
            assert contracts_of(session.execute(touching())) == expected

    def test_gql_async(self, server: Server, reader: str | None, expected: set[str]) -> None:
        async def ask() -> None:
            transport = HTTPXAsyncTransport(f"{server.address}graphql", headers=headers(server, reader))
            async with GqlClient(transport=transport) as session:
                assert contracts_of(await session.execute(touching())) == expected

        asyncio.run(ask())

    def test_sparqlwrapper(self, server: Server, reader: str | None, expected: set[str]) -> None:
        for method in ("GET", "POST"):
            wrapper = SPARQLWrapper(f"{server.address}sparql")
            wrapper.setMethod(method)
            for name, value in headers(server, reader).items():
                wrapper.addCustomHttpHeader(name, value)
            wrapper.setQuery(CONTRACTS)
            wrapper.setReturnFormat(JSON)
            found = wrapper.queryAndConvert()["results"]["bindings"]
            assert {row["contract"]["value"] for row in found} == expected
            wrapper.setReturnFormat(CSV)
            assert set(wrapper.queryAndConvert().decode().split()[1:]) == expected
            wrapper.setReturnFormat(XML)
            assert wrapper.queryAndConvert().toxml().count("<result>") == len(expected)

    def test_sparqlwrapper_with_a_graph(self, server: Server, reader: str | None, expected: set[str]) -> None:
        wrapper = SPARQLWrapper(f"{server.address}sparql")
        for name, value in headers(server, reader).items():
            wrapper.addCustomHttpHeader(name, value)
        wrapper.setQuery(CONTRACTS.replace("SELECT ?contract", "CONSTRUCT { ?contract a ew:Contract }"))
        wrapper.setReturnFormat(TURTLE)
        graph = Graph().parse(data=wrapper.queryAndConvert(), format="turtle")
        assert {str(subject) for subject in graph.subjects()} == expected

    def test_rdflib(self, server: Server, reader: str | None, expected: set[str]) -> None:
        store = SPARQLStore(f"{server.address}sparql", headers=headers(server, reader), returnFormat="json")
        graph = Graph(store)
        assert {str(row.contract) for row in graph.query(CONTRACTS)} == expected
        kind = URIRef("https://w3id.org/ewgraph/ns#Contract")
        assert {str(subject) for subject in graph.subjects(RDF.type, kind)} == expected

    def test_rdflib_reads_a_thing(self, server: Server, reader: str | None, expected: set[str]) -> None:
        reply = server.request(f"/id?iri={EX}uni-a", reader=reader, accept="text/turtle")
        graph = Graph().parse(data=reply.content, format="turtle")
        assert (URIRef(f"{EX}uni-a"), None, None) in graph
        assert expected

    def test_urql(self, server: Server, reader: str | None, expected: set[str]) -> None:
        key = [server.keys[reader]] if reader else []
        found = read("graphql.mjs", f"{server.address}graphql", TOUCHING, json.dumps(SITE), *key)
        assert found["error"] is None
        assert contracts_of(found["data"]) == expected

    def test_comunica(self, server: Server, reader: str | None, expected: set[str]) -> None:
        key = [server.keys[reader]] if reader else []
        found = read("sparql.mjs", f"{server.address}sparql", CONTRACTS, *key)
        assert {row["contract"] for row in found} == expected


def test_a_client_shows_what_the_service_says_is_wrong(server: Server) -> None:
    found = read("graphql.mjs", f"{server.address}graphql", "{ site(id: 1) { colour } }", "{}")
    assert "Cannot query field 'colour'" in found["error"]
    with (
        GqlClient(transport=HTTPXTransport(f"{server.address}graphql")) as session,
        pytest.raises(TransportQueryError, match="Cannot query field 'colour'"),
    ):
        session.execute(gql("{ site(id: 1) { colour } }"))
