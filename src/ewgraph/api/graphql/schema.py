"""The schema as a whole. Its descriptions are the docstrings of the classes and resolvers."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterable, Mapping
from typing import Any, Final

import strawberry
from graphql import ExecutionResult, GraphQLDirective, GraphQLError
from graphql.type import GraphQLStreamDirective
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext
from strawberry.types.base import StrawberryObjectDefinition

from ewgraph.api.graphql import (
    activities,
    answers,
    changes,
    changing,
    claims,
    contracts,
    deferred,
    federation,
    gaps,
    handing,
    instants,
    kinds,
    leverage,
    listed,
    nodes,
    observed,
    owed,
    paging,
    paths,
    query,
    roots,
    scalars,
    subscribing,
    touches,
    user_errors,
    values,
    watching,
)
from ewgraph.errors import InputError, LimitError

_LOG: Final = logging.getLogger("ewgraph.api.graphql")
_INTERNAL_ERROR: Final = "graphql.internal-error"


class _Schema(strawberry.Schema):
    """A schema that tells a caller what is wrong with a request, and nothing of what is wrong here."""

    def _collect_graphql_directives(self, schema_directive_types: Iterable[type]) -> tuple[GraphQLDirective, ...]:
        """Those of the library, of the two by which answers come in parts the one alone."""
        others = {deferred.DEFER.name, GraphQLStreamDirective.name}
        found = super()._collect_graphql_directives(schema_directive_types)
        return (*(one for one in found if one.name not in others), deferred.DEFER)

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log what is our fault; what is the caller's is not logged, since it quotes the request."""
        del execution_context
        for error in errors:
            if (cause := _internal(error)) is not None:
                path = ".".join(str(step) for step in error.path or ())
                _LOG.error(_INTERNAL_ERROR, extra={"path": path}, exc_info=cause)


def told(error: GraphQLError) -> Mapping[str, Any]:
    """What a caller is told of an error."""
    if _internal(error) is None:
        return error.formatted
    formatted: dict[str, Any] = {**error.formatted, "message": "Internal error"}
    formatted.pop("extensions", None)
    return formatted


def content_of(result: ExecutionResult) -> dict[str, Any]:
    """What is answered, as JSON values; what was refused before it ran has no `data`."""
    content: dict[str, Any] = {}
    if result.errors:
        content["errors"] = [told(error) for error in result.errors]
    if result.data is not None or any(error.path for error in result.errors or ()):
        content["data"] = result.data
    return content


def _internal(error: GraphQLError) -> Exception | None:
    """The error behind it, unless that is the caller's."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return None if isinstance(cause, InputError | LimitError) else cause


def _describe(*modules: Any) -> None:
    """Make the docstrings of the modules' types and resolvers the descriptions of the schema."""
    for module in modules:
        for _, kind in inspect.getmembers(module, inspect.isclass):
            definition = vars(kind).get("__strawberry_definition__")
            if not isinstance(definition, StrawberryObjectDefinition):
                continue
            definition.description = inspect.cleandoc(vars(kind)["__doc__"])
            for field in definition.fields:
                if field.base_resolver and not field.description:
                    field.description = inspect.getdoc(field.base_resolver.wrapped_func)


_describe(
    *(values, observed, owed, paging, listed, instants, answers, nodes, contracts, claims, activities),
    *(touches, paths, gaps, changes, leverage, roots, federation, query, changing),
    *(user_errors, handing, watching, subscribing),
)
schema: Final = _Schema(
    query=query.Query,
    mutation=changing.Mutation,
    subscription=subscribing.Subscription,
    types=[*kinds.KINDS.values(), values.Thing],
    config=StrawberryConfig(scalar_map=scalars.SCALARS, enable_experimental_incremental_execution=True),
)
