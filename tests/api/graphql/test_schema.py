"""The schema is an interface: what is printed may only change on purpose."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from graphql import (
    DangerousChangeType,
    GraphQLEnumType,
    GraphQLSchema,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
    get_introspection_query,
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
BROKEN_ON_PURPOSE: dict[str, str] = {}
"""Breaking changes that were decided on, as graphql-core words them, each with the reason; empty after a release."""


def test_the_printed_schema_is_the_golden_one() -> None:
    """Write it anew with `print(schema.as_str())`, and say so in the change log."""
    assert schema.as_str() + "\n" == GOLDEN.read_text(encoding="utf-8")


def last_golden() -> str:
    """The newest golden schema that was committed and is not the present one; the present one where there is none."""
    present = GOLDEN.read_text(encoding="utf-8")
    log = ["log", "-n2", "--format=%H", "--", str(GOLDEN)]
    for commit in git(*log).split():
        text = git("show", f"{commit}:tests/golden/schema.graphql")
        if text and text != present:
            return text
    return present


def git(*arguments: str) -> str:
    """What git says; nothing where there is no git, or no repository."""
    try:
        done = subprocess.run(["git", "-C", str(GOLDEN.parents[2]), *arguments], capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode() if done.returncode == 0 else ""


def breaking(old: str, new: str) -> set[str]:
    """What a client of the old schema would stumble over in the new one."""
    found = find_breaking_changes(build_schema(old), build_schema(new))
    return {f"{change.type.name}: {change.description}" for change in found}


def test_no_change_breaks_a_client() -> None:
    assert breaking(last_golden(), schema.as_str()) == BROKEN_ON_PURPOSE.keys()


PLANTED = [
    ("  legalName: String\n", "  legalName: Int\n", "FIELD_CHANGED_KIND"),
    ("  nativeName: String\n", "  localName: String\n", "FIELD_REMOVED"),
    ("  RECYCLING_FACILITY\n", "", "VALUE_REMOVED_FROM_ENUM"),
    ("type Site implements Node {", "type Site {", "IMPLEMENTED_INTERFACE_REMOVED"),
    ("  site(id: ID!,", "  site(id: ID!, mustGive: String!,", "REQUIRED_ARG_ADDED"),
    ("minBasis: EvidenceBasis, ", "", "ARG_REMOVED"),
    ("union ObservedValue = CountValue | ", "union ObservedValue = ", "TYPE_REMOVED_FROM_UNION"),
]


@pytest.mark.parametrize(("there", "instead", "kind"), PLANTED)
def test_a_planted_breaking_change_is_noticed(there: str, instead: str, kind: str) -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    assert there in text
    assert kind in {found.partition(":")[0] for found in breaking(text, text.replace(there, instead))}


def test_what_was_promised_is_there_with_its_types_and_arguments() -> None:
    real = build_schema(schema.as_str())
    assert find_breaking_changes(PROMISED, real) == []
    assert defaults(PROMISED, real) == []


def defaults(old: GraphQLSchema, new: GraphQLSchema) -> list[str]:
    """The arguments that have another default."""
    found = find_dangerous_changes(old, new)
    return [one.description for one in found if one.type is DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE]


def test_an_argument_that_has_another_default_is_noticed() -> None:
    text = schema.as_str().replace("first: Int = 20", "first: Int = 10")
    (found,) = defaults(PROMISED, build_schema(text))
    assert found.startswith("Query.search(first:)")


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
