"""The schema as a subgraph of Apollo Federation v2: things that other subgraphs know by their IRI.

Source: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

import strawberry
from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DirectiveDefinitionNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    parse,
    print_ast,
)

from ewgraph.api.graphql.deferred import DEFER
from ewgraph.api.graphql.kinds import KINDS, node_of
from ewgraph.api.graphql.loader import absolute
from ewgraph.api.graphql.paging import LARGEST
from ewgraph.api.graphql.scalars import Representation
from ewgraph.api.graphql.values import Info, Node
from ewgraph.errors import InputError

_LINK: Final = """extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])"""
_OWN: Final = frozenset({"_service", "_entities", "_Service", "_Entity", "_Any"})
_SHARED: Final = frozenset({"PageInfo"})
"""Types that every subgraph with connections has."""


@strawberry.type(name="_Service")
class Service:
    """This service as a subgraph."""

    sdl: str = strawberry.field(description="Its schema, with the keys by which others name its things.")


if TYPE_CHECKING:
    Entity: TypeAlias = Node
else:
    Entity = Annotated[
        reduce(or_, dict.fromkeys(KINDS.values())),
        strawberry.union("_Entity", description="Anything that another subgraph can name by its IRI."),
    ]


@strawberry.type
class Subgraph:
    """What a federation asks of each of its subgraphs."""

    @strawberry.field(name="_service")  # type: ignore[untyped-decorator]  # the library's overload is not found
    def service(self, info: Info) -> Service:
        """This service as a subgraph."""
        return Service(sdl=subgraph_of(info.schema.as_str()))

    @strawberry.field(name="_entities")  # type: ignore[untyped-decorator]  # as above
    def entities(self, info: Info, representations: list[Representation]) -> list[Entity | None]:
        """Things that other subgraphs name, in that order; null for what is not there, or is of another type."""
        if len(representations) > LARGEST:
            raise InputError(f"`representations` names {len(representations)} things. At most {LARGEST} are allowed.")
        return [_entity(info, one) for one in representations]


def _entity(info: Info, one: object) -> Any:
    """The thing that is named.

    Raises:
        InputError: it is not named by its type and id.
    """
    kind, named = (one.get("__typename"), one.get("id")) if isinstance(one, Mapping) else (None, None)
    if not isinstance(kind, str) or not isinstance(named, str):
        raise InputError("A representation is an object with `__typename` and `id`, both texts.")
    loader, found = info.context.loader, absolute(named)
    if found is None or not loader.about(found):
        return None
    thing = node_of(loader, found)
    return thing if type(thing).__name__ == kind else None


@lru_cache(maxsize=1)
def subgraph_of(sdl: str) -> str:
    """A schema as a subgraph: what has an IRI has it as its key. What each federation adds itself is left out."""
    kept = [_keyed(one) for one in parse(sdl).definitions if _name(one) not in _OWN and not _defers(one)]
    return "\n\n".join([_LINK, *map(print_ast, kept)]) + "\n"


def _keyed(one: DefinitionNode) -> DefinitionNode:
    if not isinstance(one, ObjectTypeDefinitionNode):
        return one
    has_iri = any(interface.name.value == Node.__name__ for interface in one.interfaces or ())
    directive = '@key(fields: "id")' if has_iri else "@shareable" if one.name.value in _SHARED else ""
    return ObjectTypeDefinitionNode(
        name=one.name,
        description=one.description,
        directives=_directives(directive),
        interfaces=one.interfaces,
        fields=tuple(field for field in one.fields or () if field.name.value not in _OWN),
    )


def _name(one: DefinitionNode) -> str | None:
    return one.name.value if isinstance(one, TypeDefinitionNode) else None


def _defers(one: DefinitionNode) -> bool:
    """Whether it is the directive that a router answers by itself: it asks its subgraphs for the parts one by one."""
    return isinstance(one, DirectiveDefinitionNode) and one.name.value == DEFER.name


def _directives(text: str) -> tuple[ConstDirectiveNode, ...]:
    (example,) = parse(f"type A {text} {{ a: Int }}").definitions
    assert isinstance(example, ObjectTypeDefinitionNode)  # noqa: S101  # as it stands there
    return tuple(example.directives or ())
