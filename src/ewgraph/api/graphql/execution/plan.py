"""Plans: what a document asks, worked out once for all requests that send it.

A plan holds nothing of a reader, a request or an answer: who asks decides what the resolvers read, never what is run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from graphql import DirectiveNode, FieldNode, GraphQLField, GraphQLNamedType, GraphQLObjectType, OperationType

from ewgraph.model.rdf import IRI

if TYPE_CHECKING:
    from ewgraph.api.graphql.execution.run import Run

Complete: TypeAlias = "Callable[[Any, Run], Any]"
"""Makes what a resolver gave into what is answered; raises where that cannot be."""
Call: TypeAlias = Callable[[Any], Any]
"""Gives what a field is of a source."""


@dataclass(slots=True, eq=False)
class Shape:
    """What stands at a position of an answer: what becomes of an error there, and what is below.

    Attributes:
        nonnull: whether it cannot be null, so that an error goes on to the position above.
        item: the shape of the items, where it is a list.
        complete: makes a value into what stands there.
        composite: whether it is an object.
    """

    nonnull: bool
    item: Shape | None
    complete: Complete
    composite: bool = False


@dataclass(slots=True, eq=False)
class Field:
    """A field of a selection, with all nodes of the document that ask for it.

    Attributes:
        key: under which it is answered.
        nodes: where the document asks for it.
        parent: the type that it is a field of.
        definition: of the schema.
        shape: of what it gives.
        plain: the class whose values are answered as they are; None where there is none.
        caller: makes, for one run, what gives the field of a source.
    """

    key: str
    nodes: list[FieldNode]
    parent: GraphQLObjectType
    definition: GraphQLField
    shape: Shape
    plain: type | None
    caller: Callable[[Run, Field], Call]


@dataclass(slots=True, eq=False)
class Deferral:
    """A fragment that may come later, where it stands in a selection.

    Attributes:
        place: the `@defer` of the document.
        label: by which the client knows it.
        within: the one that it stands in, after which it comes.
    """

    place: DirectiveNode
    label: str | None
    within: Deferral | None


@dataclass(slots=True, eq=False)
class Later:
    """The fields of an object that only the same deferred fragments ask for: they come together.

    Attributes:
        deferrals: those fragments.
        selection: the fields.
    """

    deferrals: Sequence[Deferral]
    selection: Selection


@dataclass(slots=True, eq=False)
class Selection:
    """The fields that are asked of an object of one type.

    Attributes:
        kind: the type.
        template: the answer before it is filled in: its keys in their order, and the type's name where that is asked.
        fields: those that are to be run.
        needs: the properties of the object that they are known to read.
        opens: the deferred fragments that stand in it.
        later: the fields that come later.
        fitting: classes whose objects are known to be of the type.
    """

    kind: GraphQLObjectType
    template: dict[str, Any]
    fields: Sequence[Field]
    needs: frozenset[IRI]
    opens: Sequence[Deferral] = ()
    later: Sequence[Later] = ()
    fitting: set[type] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class Abstract:
    """The selections of a place where objects of several types can stand.

    Attributes:
        kind: the interface or union.
        of: the selection for a type of the schema.
        by_class: the selections by the class of the object, as far as they were met.
    """

    kind: GraphQLNamedType
    of: Callable[[GraphQLObjectType], Selection]
    by_class: dict[type, Selection] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What an operation asks, for one choice of what is skipped and included.

    Attributes:
        operation: whether it only reads.
        root: what it asks of the root.
    """

    operation: OperationType
    root: Selection


Choices: TypeAlias = tuple[tuple[str, bool], ...]
"""The values of the variables by which parts of a document are skipped or included."""
Variables: TypeAlias = Mapping[str, Any]
