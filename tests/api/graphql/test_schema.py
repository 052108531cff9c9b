"""The schema is an interface: what is printed may only change on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
    get_introspection_query,
    print_type,
)

from ewgraph.api.graphql import schema
from ewgraph.model import terms
from ewgraph.model.codes import EvidenceBasis, HopKind, Scope
from tests.api.graphql.conftest import Caller

GOLDEN = Path(__file__).parents[2] / "golden" / "schema.graphql"

PROMISED = build_schema("""
scalar Date
scalar DateTime
enum Scope { COMPANY BRAND MODEL CONTRACT }
enum EvidenceBasis { MONITOR_OBSERVATION CONTRACT_DISCLOSURE BRAND_PER_MODEL BRAND_LIST_WITH_PRODUCT BRAND_LIST
  LABEL_OR_CUSTOMS INFERRED }
enum SiteKind { FACTORY SMELTER MINE RECYCLING_FACILITY WAREHOUSE DORMITORY }
enum EntityKind { SITE CONTRACT PRODUCT_MODEL ORGANIZATION RECORD }
enum HopKind { COVERS MADE_AT COMPONENT_AT LISTED_AT SUPPLIED_BY DECLARES_SMELTER SOURCES_FROM }
interface Node { id: ID! }
interface Claim implements Node { id: ID! }
type Contract implements Node { id: ID! }
type Site implements Node { id: ID! }
type Record implements Node { id: ID! }
type ProductModel implements Node { id: ID! }
type Organization implements Node { id: ID! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type SearchConnection { edges: [SearchEdge!]! pageInfo: PageInfo! totalCount: Int! }
type SearchEdge { cursor: String! node: Node! }
type SourceLocation { document: String }
type Query {
  node(id: ID!): Node
  site(id: ID!): Site
  contract(id: ID!): Contract
  search(text: String!, kinds: [EntityKind!], first: Int = 20, after: String): SearchConnection!
  contractsTouching(site: ID!, at: AsOfInput, minScope: Scope, minBasis: EvidenceBasis,
    first: Int = 50, after: String): TouchConnection!
  sitesTouchedBy(contract: ID!, at: AsOfInput, kinds: [SiteKind!], minScope: Scope,
    first: Int = 50, after: String): TouchConnection!
}
input AsOfInput { validAt: Date, knownAt: DateTime }
type TouchConnection { edges: [TouchEdge!]! pageInfo: PageInfo! totalCount: Int! }
type TouchEdge { cursor: String! node: Touch! }
type Touch { contract: Contract! site: Site! scope: Scope! basis: EvidenceBasis! hops: Int! path: [Hop!]!
  lastConfirmed: DateTime }
type Hop { from: Node! to: Node! kind: HopKind! claim: Claim record: Record! scope: Scope! basis: EvidenceBasis
  validFrom: Date validTo: Date source: SourceLocation }
""")
TYPES = [name for name in PROMISED.type_map if not name.startswith("__")]


def test_the_printed_schema_is_the_golden_one() -> None:
    """Write it anew with `print(schema.as_str())`, and say so in the change log."""
    assert schema.as_str() + "\n" == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TYPES)
def test_every_promised_name_is_there_with_its_type_and_arguments(name: str) -> None:
    promised, real = PROMISED.type_map[name], schema._schema.type_map[name]
    assert type(promised).__name__ == type(real).__name__.removeprefix("Custom")
    if isinstance(promised, GraphQLEnumType):
        assert isinstance(real, GraphQLEnumType)
        assert promised.values.keys() == real.values.keys()
    elif isinstance(promised, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        assert isinstance(real, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType)
        for field in promised.fields:
            assert lines(print_type(promised), field) == lines(print_type(real), field)


def lines(printed: str, field: str) -> list[str]:
    return [line for line in printed.splitlines() if line.strip().startswith((f"{field}:", f"{field}("))]


def test_an_argument_that_has_another_default_is_noticed() -> None:
    other = print_type(PROMISED.type_map["Query"]).replace("first: Int = 50", "first: Int = 10")
    assert lines(other, "contractsTouching") != lines(print_type(PROMISED.type_map["Query"]), "contractsTouching")


@pytest.mark.parametrize("code", [Scope, EvidenceBasis, HopKind])
def test_an_enumeration_has_all_concepts_of_its_code_list(code: type[Scope | EvidenceBasis | HopKind]) -> None:
    real = schema._schema.type_map[code.__name__]
    assert isinstance(real, GraphQLEnumType)
    assert list(real.values) == [member.name for member in code]


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("SiteKind", terms.SITE_CLASSES - {terms.Site}),
        ("RecordKind", terms.RECORD_CLASSES),
        ("ClaimKind", terms.CLAIM_CLASSES),
    ],
)
def test_an_enumeration_has_all_classes_of_the_ontology(name: str, classes: frozenset[object]) -> None:
    from ewgraph.api.graphql import enums

    assert {kind.iri for kind in getattr(enums, name)} == classes


def test_everything_has_a_description() -> None:
    bare = [
        name
        for name, kind in schema._schema.type_map.items()
        if not name.startswith("__") and not (kind.description or "").strip()
    ]
    assert bare == []


def test_the_schema_can_be_read_by_tools(caller: Caller) -> None:
    assert caller.ask(get_introspection_query(), "staff")["__schema"]["queryType"]["name"] == "Query"
