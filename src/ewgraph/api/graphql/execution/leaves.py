"""Leaves: how the values of scalars and enumerations are written, the usual ones without a call."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from typing import Any, Final

from graphql import GraphQLEnumType, GraphQLID, GraphQLLeafType, GraphQLString, Undefined
from graphql.pyutils import inspect

PLAIN: Final[Mapping[str, type]] = {GraphQLString.name: str, GraphQLID.name: str, "Boolean": bool}
"""The class whose values a scalar writes as they are."""


def writer(kind: GraphQLLeafType) -> Callable[[Any], Any]:
    """What writes a value of the type, or raises what the type raises.

    Args:
        kind: a scalar or enumeration.
    """
    return _enum_writer(kind) if isinstance(kind, GraphQLEnumType) else _checked(kind)


def _checked(kind: GraphQLLeafType) -> Callable[[Any], Any]:
    coerce = kind.coerce_output_value

    def write(value: Any) -> Any:
        written = coerce(value)
        if written is None or written is Undefined:
            raise TypeError(
                f"Expected `{inspect(kind)}.coerce_output_value({inspect(value)})` to return non-nullable value, "
                f"returned: {inspect(written)}"
            )
        return written

    return write


def _enum_writer(kind: GraphQLEnumType) -> Callable[[Any], Any]:
    """Members are singletons, so they are told by identity: to hash one costs as much as all the rest."""
    slowly = _checked(kind)
    cls = getattr(kind, "wrapped_cls", None)
    members: list[object] = list(cls) if isinstance(cls, enum.EnumMeta) else []
    names = {id(member): slowly(member) for member in members if _has_name(slowly, member)}

    def write(value: Any) -> Any:
        name = names.get(id(value))
        return slowly(value) if name is None else name

    return write


def _has_name(slowly: Callable[[Any], Any], member: object) -> bool:
    try:
        slowly(member)
    except (ValueError, TypeError):
        return False
    return True
