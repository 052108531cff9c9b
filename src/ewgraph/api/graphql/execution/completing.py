"""Completing: what the value of a resolver becomes in the answer, worked out for each type beforehand.

The rules and the words of the errors are the library's: section "Value Completion" of the GraphQL specification.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLError, GraphQLObjectType, GraphQLSchema, Undefined, default_type_resolver, is_abstract_type
from graphql.execution.collect_fields import FieldDetails
from graphql.pyutils import inspect, is_iterable

from ewgraph.api.graphql.execution.plan import Abstract, Complete, Selection
from ewgraph.api.graphql.execution.run import Failed, Run


def leaf_value(write: Callable[[Any], Any], name: str, *, nonnull: bool) -> Complete:
    """Completes a scalar or a member of an enumeration."""

    def complete(value: Any, _: Run) -> Any:
        if isinstance(value, Exception):
            raise value
        if value is None or value is Undefined:
            return _no_value(name, nonnull=nonnull)
        return write(value)

    return complete


def list_value(item: Complete, name: str, *, nonnull: bool) -> Complete:
    """Completes a list; an item that fails keeps its place."""

    def complete(value: Any, run: Run) -> Any:
        if value.__class__ is not list:
            if isinstance(value, Exception):
                raise value
            if value is None or value is Undefined:
                return _no_value(name, nonnull=nonnull)
            if not is_iterable(value):
                raise GraphQLError(f"Expected Iterable, but did not find one for field '{name}'.")
        done = []
        for one in value:
            try:
                done.append(item(one, run))
            except Exception as error:  # noqa: BLE001  # whatever fails, fails in its place
                done.append(run.failed(error))
        return done

    return complete


def object_value(selection: Selection, details: Sequence[FieldDetails], name: str, *, nonnull: bool) -> Complete:
    """Completes an object of a type that is known beforehand."""
    fitting = selection.fitting

    def complete(value: Any, run: Run) -> Any:
        if value.__class__ not in fitting:
            if isinstance(value, Exception):
                raise value
            if value is None or value is Undefined:
                return _no_value(name, nonnull=nonnull)
            _check(selection, value, details, run)
        return run.below(selection, value)

    return complete


def abstract_value(
    places: Abstract, schema: GraphQLSchema, details: Sequence[FieldDetails], name: str, *, nonnull: bool
) -> Complete:
    """Completes an object of one of the types of an interface or union."""
    by_class = places.by_class

    def complete(value: Any, run: Run) -> Any:
        selection = by_class.get(value.__class__)
        if selection is None:
            if isinstance(value, Exception):
                raise value
            if value is None or value is Undefined:
                return _no_value(name, nonnull=nonnull)
            selection = places.of(_type_of(places, schema, value, details, name, run))
            _check(selection, value, details, run)
            by_class[value.__class__] = selection
        return run.below(selection, value)

    return complete


def _no_value(name: str, *, nonnull: bool) -> None:
    if nonnull:
        raise TypeError(f"Cannot return null for non-nullable field {name}.")


def _check(selection: Selection, value: Any, details: Sequence[FieldDetails], run: Run) -> None:
    """Whether the value is of the type; the answer is the same for all of its class."""
    is_type_of = selection.kind.is_type_of
    if is_type_of is not None and not is_type_of(value, run.info(selection.kind, details)):
        raise GraphQLError(
            f"Expected value of type '{selection.kind}' but got: {inspect(value)}.", [one.node for one in details]
        )
    selection.fitting.add(value.__class__)


def _type_of(  # noqa: PLR0913, PLR0917  # all that the library's errors name
    places: Abstract, schema: GraphQLSchema, value: Any, details: Sequence[FieldDetails], name: str, run: Run
) -> GraphQLObjectType:
    kind, nodes = places.kind, [one.node for one in details]
    resolve = (is_abstract_type(kind) and kind.resolve_type) or default_type_resolver
    found = resolve(value, run.info(kind, details), kind)  # type: ignore[arg-type]  # it is abstract
    if found is None:
        raise GraphQLError(
            f"Abstract type '{kind}' must resolve to an Object type at runtime for field '{name}'. Either the '{kind}' "
            "type should provide a 'resolve_type' function or each possible type should provide an 'is_type_of' "
            "function.",
            nodes,
        )
    known = schema.get_type(str(found))
    if not isinstance(known, GraphQLObjectType) or not schema.is_sub_type(kind, known):  # type: ignore[arg-type]
        raise GraphQLError(f"Runtime Object type '{found}' is not a possible type for '{kind}'.", nodes)
    return known


__all__ = ["Failed", "abstract_value", "leaf_value", "list_value", "object_value"]
