"""Types of the schema from the outline of their class: a field for each property, read as the property's form says.

A type is written down as a class, which has what is more than a property; `told` gives it the rest.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, TypeVar

import strawberry

from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.outline import OUTLINES
from ewgraph.api.graphql.properties import Form, Property
from ewgraph.api.graphql.values import Concept, Node
from ewgraph.model import codes
from ewgraph.model.rdf import IRI

N = TypeVar("N", bound=Node)

_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HOMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("Organization", "ProductModel", "Site", "Affiliation"), "nodes"),
    **dict.fromkeys(("Contract", "ContractLine", "ClauseSet", "ObligationRule", "Obligation"), "contracts"),
    **dict.fromkeys(("Record", "Finding"), "claims"),
    "CorrectiveActionPlan": "activities",
}
"""The modules of the types that properties lead to."""


def told(kind: IRI, *, is_interface: bool = False) -> Callable[[type[N]], type[N]]:
    """Make a class the type of a class of the ontology: its description is the definition.

    It gets a field for each property for which it has none, nor an interface of it.
    """

    def decorate(own: type[N]) -> type[N]:
        outline = OUTLINES[kind]
        own.__doc__ = outline.text
        for one in outline.properties:
            name = _CAPITAL.sub("_", one.name).lower()
            if hasattr(own, name):
                continue
            if one.form is Form.OWN:
                raise TypeError(f"{own.__name__} needs a field {name} for {one.path.value}")
            setattr(own, name, _field(one))
        return (strawberry.interface if is_interface else strawberry.type)(own)

    return decorate


def _field(one: Property) -> Any:
    answer, annotation = _READERS[one.form](one)

    def resolver(self: Node) -> Any:
        return answer(self.loader, self.iri)

    resolver.__annotations__["return"] = annotation
    return strawberry.field(resolver, name=one.name, description=one.text, metadata={"property": one})


def _reader(annotation: Any, read: Callable[[Loader, IRI, IRI], Any]) -> Callable[[Property], tuple[Any, Any]]:
    return lambda one: (lambda loader, node: read(loader, node, one.path), annotation | None)


def _code(one: Property) -> tuple[Any, Any]:
    kind: Any = getattr(codes, one.of)
    if one.many:
        return lambda loader, node: loader.codes(node, one.path, kind), list[kind]
    return lambda loader, node: loader.code(node, one.path, kind), kind | None


def _concept(one: Property) -> tuple[Any, Any]:
    return _things(one, Concept, Concept.of)


def _node(one: Property) -> tuple[Any, Any]:
    if one.of == "Node":
        return _things(one, Node, _of_its_class)
    home = f"ewgraph.api.graphql.{_HOMES[one.of]}"
    return _things(one, Annotated[one.of, strawberry.lazy(home)], _maker(one.of))


def _things(one: Property, annotation: Any, make: Callable[[Loader, IRI], Node]) -> tuple[Any, Any]:
    def first(loader: Loader, node: IRI) -> Node | None:
        found = loader.one(node, one.path)
        return None if found is None else make(loader, found)

    if one.many:
        return lambda loader, node: [make(loader, found) for found in loader.nodes(node, one.path)], list[annotation]
    return first, annotation | None


def _maker(name: str) -> Callable[[Loader, IRI], Node]:
    def make(loader: Loader, node: IRI) -> Node:
        from ewgraph.api.graphql.kinds import BY_NAME

        return BY_NAME[name].of(loader, node)

    return make


def _of_its_class(loader: Loader, node: IRI) -> Node:
    from ewgraph.api.graphql.kinds import node_of

    return node_of(loader, node)


_READERS: Final[Mapping[Form, Callable[[Property], tuple[Any, Any]]]] = {
    Form.TEXT: _reader(str, Loader.text),
    Form.VALUE: _reader(str, Loader.first_text),
    Form.VALUES: lambda one: (lambda loader, node: loader.texts(node, one.path), list[str]),
    Form.DATE: _reader(dt.date, Loader.date),
    Form.INSTANT: _reader(dt.datetime, Loader.instant),
    Form.INTEGER: _reader(int, Loader.integer),
    Form.NUMBER: _reader(float, Loader.number),
    Form.DECIMAL: _reader(Decimal, Loader.decimal),
    Form.BOOLEAN: _reader(bool, Loader.boolean),
    Form.CODE: _code,
    Form.CONCEPT: _concept,
    Form.NODE: _node,
}
