"""Foreseeing: which properties of an object a resolver reads, told by asking it about a thing of which nothing is said.

That is an estimate: where something is said, a resolver may read more, which it then wants.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from graphql import GraphQLObjectType
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.reads import Properties, Reads
from ewgraph.api.graphql.values import Node
from ewgraph.model.rdf import IRI, Term
from ewgraph.names.search import Hit

_THING: Final = IRI("urn:uuid:00000000-0000-0000-0000-000000000000")
_NOTHING: Final[frozenset[IRI]] = frozenset()


def foreseen(kind: GraphQLObjectType, field: StrawberryField | None) -> frozenset[IRI]:
    """The properties that the resolver of a field reads of an object about which nothing is said.

    Args:
        kind: the type of the object.
        field: the field; of one without a resolver, or of what is told by more than its IRI, nothing is foreseen.
    """
    definition = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if field is None or field.base_resolver is None or not isinstance(definition, StrawberryObjectDefinition):
        return _NOTHING
    cls = definition.origin
    if not issubclass(cls, Node) or {one.name for one in dataclasses.fields(cls)} != {"loader", "iri"}:
        return _NOTHING
    watching = _Watching()
    with suppress(Exception, _SeenError):
        field.base_resolver(cls.of(watching, _THING))  # type: ignore[arg-type]  # it takes the object
    return frozenset(watching.seen)


class _SeenError(BaseException):
    """The resolver asks for something that cannot be told beforehand."""


class _Watching(Loader):
    """A loader of nothing, which notes what is read of the thing."""

    def __init__(self) -> None:
        self.seen: dict[IRI, None] = {}
        self._reads = Reads()

    def values(self, node: IRI, predicate: IRI) -> Sequence[Term]:
        if node != _THING:
            raise _SeenError
        self.seen[predicate] = None
        return ()

    def about(self, node: IRI) -> Properties:
        del node
        raise _SeenError

    def at(self, *_: Any) -> Loader:
        raise _SeenError

    def subjects(self, predicate: IRI, node: IRI) -> list[IRI]:
        del predicate, node
        return []

    def covered(self, contract: IRI) -> list[IRI]:
        del contract
        return []

    def traced(self, question: str, about: IRI, *_: Any) -> Any:
        del question
        self.types(about)
        raise _SeenError

    def why(self, node: IRI) -> None:
        del node

    def search(self, text: str, kinds: Sequence[IRI]) -> Sequence[Hit]:
        del text, kinds
        return ()
