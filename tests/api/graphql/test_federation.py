"""The schema as a subgraph of Apollo Federation v2."""

from __future__ import annotations

from graphql import ObjectTypeDefinitionNode, SchemaExtensionNode, build_schema, parse

from ewgraph.api.graphql import schema
from ewgraph.api.graphql.federation import subgraph_of
from ewgraph.api.graphql.kinds import KINDS
from ewgraph.api.graphql.paging import LARGEST
from tests.api.graphql.conftest import Caller
from tests.conftest import named

SPECIFIED = """
directive @link(url: String!, import: [String!]) repeatable on SCHEMA
directive @key(fields: String!) repeatable on OBJECT | INTERFACE
directive @shareable on OBJECT | FIELD_DEFINITION
"""
ENTITIES = "query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Node { id } } }"


def test_the_subgraph_names_what_has_an_iri_by_it(caller: Caller) -> None:
    sdl = caller.ask("{ _service { sdl } }")["_service"]["sdl"]
    document = parse(sdl)
    assert isinstance(document.definitions[0], SchemaExtensionNode)
    keyed = {
        one.name.value
        for one in document.definitions
        if isinstance(one, ObjectTypeDefinitionNode)
        for directive in one.directives or ()
        if directive.name.value == "key"
    }
    assert keyed == {kind.__name__ for kind in KINDS.values()} | {"Thing"}
    assert "type PageInfo @shareable" in sdl
    assert "_Any" not in sdl
    assert "_entities" not in sdl
    assert "@defer" not in sdl, "a router defers by itself"


def test_the_subgraph_is_a_schema_with_the_directives_of_the_specification() -> None:
    text = subgraph_of(schema.as_str()).partition("\n\n")[2]
    made = build_schema(SPECIFIED + text)
    assert made.query_type is not None
    assert "site" in made.query_type.fields


def test_a_thing_that_another_subgraph_names_is_told(caller: Caller) -> None:
    asked = [
        {"__typename": "Site", "id": named("F2").value},
        {"__typename": "SupplyClaim", "id": named("c9").value},
        {"__typename": "Contract", "id": named("F2").value},
        {"__typename": "Site", "id": "no IRI"},
        {"__typename": "Nothing", "id": named("F2").value},
    ]
    assert caller.ask(ENTITIES, of=asked)["_entities"] == [
        {"__typename": "Site", "id": named("F2").value},
        {"__typename": "SupplyClaim", "id": named("c9").value},
        None,
        None,
        None,
    ]


def test_a_hidden_thing_is_told_as_one_that_is_not_there(caller: Caller) -> None:
    hidden = caller.post(ENTITIES, of=[{"__typename": "Contract", "id": named("K1").value}])
    absent = caller.post(ENTITIES, of=[{"__typename": "Contract", "id": named("never").value}])
    assert hidden.content == absent.content
    assert caller.ask(ENTITIES, "staff", of=[{"__typename": "Contract", "id": named("K1").value}])["_entities"][0]


def test_what_is_no_representation_is_refused(caller: Caller) -> None:
    for one in ({"id": "x"}, "x", 1, {"__typename": "Site"}, {"__typename": "Site", "id": 1}):
        assert "A representation is an object" in caller.fault(ENTITIES, of=[one])
    many = [{"__typename": "Site", "id": "x"}] * (LARGEST + 1)
    assert f"At most {LARGEST}" in caller.fault(ENTITIES, of=many)
