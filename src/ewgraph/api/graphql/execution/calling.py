"""Calling: from a field of the schema to the plain function or attribute behind it.

Strawberry wraps each resolver in four functions and makes an `Info` for each call. What is behind is called directly
where it takes only the object, the information of the request, and arguments; any other field through its wrapper.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import partial
from typing import Any

import strawberry
from graphql import GraphQLField, GraphQLObjectType
from graphql.execution.values import get_argument_values
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from ewgraph.api.graphql.execution.foreseeing import foreseen
from ewgraph.api.graphql.execution.plan import Call, Field
from ewgraph.api.graphql.execution.run import Run
from ewgraph.model.rdf import IRI


class Calling:
    """Makes what calls a resolver, for all fields of a schema."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._config = schema.config
        self._scalars = schema.schema_converter.scalar_registry
        self._known: dict[int, Callable[[Run, Field], Call]] = {}
        self._needs: dict[int, frozenset[IRI]] = {}

    def needs(self, kind: GraphQLObjectType, definition: GraphQLField) -> frozenset[IRI]:
        """The properties of an object that the resolver reads, as far as can be told beforehand."""
        found = self._needs.get(id(definition))
        if found is None:
            found = self._needs[id(definition)] = foreseen(kind, _behind(definition))
        return found

    def caller(self, definition: GraphQLField) -> Callable[[Run, Field], Call]:
        """What makes, for one run, what gives the field of an object."""
        found = self._known.get(id(definition))
        if found is None:
            found = self._known[id(definition)] = self._made(definition)
        return found

    def _made(self, definition: GraphQLField) -> Callable[[Run, Field], Call]:
        field = _behind(definition)
        if field is None or field.extensions or field.is_async or field.is_subscription:
            return _by_its_wrapper
        resolver = field.base_resolver
        if resolver is None:
            get: Call = operator.attrgetter(field.python_name)
            return lambda _run, _field: get
        if resolver.parent_parameter or resolver.root_parameter or not resolver.self_parameter:
            return _by_its_wrapper
        return self._direct(field, resolver, takes=bool(definition.args))

    def _direct(
        self, field: StrawberryField, resolver: StrawberryResolver[Any], *, takes: bool
    ) -> Callable[[Run, Field], Call]:
        function: Call = resolver.wrapped_func  # type: ignore[assignment]  # it takes the object
        informed = resolver.info_parameter

        def caller(run: Run, asked: Field) -> Call:
            given: dict[str, Any] = {}
            if takes:
                values = get_argument_values(asked.definition, asked.nodes[0], run.variables)
                given = convert_arguments(values, field.arguments, self._scalars, self._config)
            if informed:
                given[informed.name] = self._config.info_class(_raw_info=run.info_of(asked), _field=field)
            return partial(function, **given) if given else function

        return caller


def _by_its_wrapper(run: Run, asked: Field) -> Call:
    resolve = asked.definition.resolve or run.field_resolver
    given = get_argument_values(asked.definition, asked.nodes[0], run.variables) if asked.definition.args else {}
    info = run.info_of(asked)
    return lambda source: resolve(source, info, **given)


def _behind(definition: GraphQLField) -> StrawberryField | None:
    found = definition.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return found if isinstance(found, StrawberryField) else None
