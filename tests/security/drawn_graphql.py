"""Random GraphQL documents: the printed schema is walked, fields are selected and their arguments drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.security.replies import Asked

SCHEMA: GraphQLSchema = build_schema((ROOT / "tests" / "golden" / "schema.graphql").read_text(encoding="utf-8"))
Composite: TypeAlias = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
"""What has fields, or is one of several types that have."""
_DAYS = ("2019-06-01", "2020-06-01", "2021-01-01", "2026-10-01", "not-a-day")
_INSTANTS = ("2021-01-03T00:00:00Z", "2021-01-06T12:00:00", "2026-06-23T12:03:00Z", "2026-10-01T00:00:00+02:00")
_DEPTH = 4
_MOST = 30


@dataclass(slots=True)
class Known:
    """What a request may name.

    Attributes:
        names: IRIs, hidden ones among them.
        words: texts that records hold.
        cursors: cursors that stood in answers to other readers.
        untold: fields that are not asked for.
    """

    names: Sequence[str]
    words: Sequence[str]
    cursors: list[str] = field(default_factory=list)
    untold: frozenset[str] = frozenset()


class _Documents:
    """Draws a document."""

    def __init__(self, draw: st.DrawFn, known: Known) -> None:
        self._draw = draw
        self._known = known
        self._left = _MOST

    def selection(self, kind: Composite, depth: int) -> str:
        fields = {name: one for name, one in fields_of(kind).items() if name not in self._known.untold}
        leaves = [name for name, one in fields.items() if is_leaf_type(get_named_type(one.type))]
        nested = [name for name in fields if name not in leaves]
        chosen = self._draw(st.lists(st.sampled_from(leaves), max_size=3, unique=True)) if leaves else []
        if depth and nested and self._left > 0:
            chosen += self._draw(st.lists(st.sampled_from(nested), min_size=1, max_size=2, unique=True))
        parts = ["__typename", *(self.selected(name, fields[name], depth - 1) for name in chosen)]
        if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType) and depth and self._left > 0:
            other = self._draw(st.sampled_from(sorted(SCHEMA.get_possible_types(kind), key=lambda one: one.name)))
            inner = self.selection(other, depth - 1)
            parts.append(f"... on {other.name} {inner}")
        return "{ " + " ".join(dict.fromkeys(parts)) + " }"

    def selected(self, name: str, one: GraphQLField, depth: int) -> str:
        self._left -= 1
        given = {
            key: self.value(key, arg.type)
            for key, arg in one.args.items()
            if is_required_argument(arg) or self._wanted(key, arg)
        }
        text = f"a{_MOST - self._left}: {name}"
        if given:
            text += "(" + ", ".join(f"{key}: {value}" for key, value in given.items()) + ")"
        kind = get_named_type(one.type)
        if isinstance(kind, Composite):
            text += " " + self.selection(kind, max(depth, 0))
        return text

    def _wanted(self, key: str, _: GraphQLArgument) -> bool:
        if key == "after":
            return bool(self._known.cursors) and self._draw(st.integers(0, 2)) == 0
        return self._draw(st.integers(0, 3 if key != "first" else 1)) == 0

    def value(self, key: str, kind: GraphQLInputType) -> str:
        if isinstance(kind, GraphQLNonNull):
            return self.value(key, kind.of_type)
        if is_list_type(kind):
            inner = kind.of_type if isinstance(kind, GraphQLList) else kind
            return "[" + ", ".join(self.value(key, inner) for _ in range(self._draw(st.integers(0, 2)))) + "]"
        if isinstance(kind, GraphQLEnumType):
            return self._draw(st.sampled_from(sorted(kind.values)))
        if isinstance(kind, GraphQLInputObjectType):
            given = {name: self.value(name, one.type) for name, one in kind.fields.items() if self._draw(st.booleans())}
            return "{" + ", ".join(f"{name}: {value}" for name, value in given.items()) + "}"
        if get_named_type(kind).name == "_Any":
            named = self._draw(
                st.sampled_from(["Site", "Contract", "Record", "Finding", "SupplyClaim", "Organization"])
            )
            return f'{{__typename: "{named}", id: {self.scalar(key, "ID")}}}'
        return self.scalar(key, get_named_type(kind).name)

    def scalar(self, key: str, name: str) -> str:
        words = [*self._known.words, "a", "by", "http", "N-"]
        choices: dict[str, Sequence[object]] = {
            "Int": [1, 1, 2, 3, 50, 0, -1, 10_000],
            "ID": [*self._known.names, "no IRI"],
            "Date": _DAYS,
            "DateTime": _INSTANTS,
            "Boolean": [True, False],
            "Float": [0, 47.5, 120.3, -91, 1e9],
            "String": [*self._known.cursors, "bm8gY3Vyc29y"] if key == "after" else words,
        }
        found = self._draw(st.sampled_from(choices[name]))
        return json.dumps(found[: self._draw(st.sampled_from([1, 3, 99]))] if found in words else found)


def fields_of(kind: Composite) -> Mapping[str, GraphQLField]:
    """The fields of a type; none of a union."""
    return {} if isinstance(kind, GraphQLUnionType) else kind.fields


@st.composite
def graphql_request(draw: st.DrawFn, known: Known) -> Asked:
    """A document with one to three fields of the root, each under an alias, some in a fragment."""
    drawn = _Documents(draw, known)
    root = SCHEMA.query_type
    assert root is not None
    names = draw(st.lists(st.sampled_from(sorted(root.fields)), min_size=1, max_size=3))
    parts = [drawn.selected(name, root.fields[name], _DEPTH - 1) for name in names]
    if draw(st.integers(0, 3)) == 0:
        text = f"query Q {{ ...F }} fragment F on Query {{ {' '.join(parts)} }}"
    else:
        text = f"{{ {' '.join(parts)} }}"
    if draw(st.integers(0, 25)) == 0:
        text = draw(
            st.sampled_from([text[:-1], "{ noSuchField }", "{ __schema { types { name } } }", "mutation { a }"])
        )
    accept = draw(st.sampled_from(["application/json", "application/graphql-response+json", "*/*"]))
    headers = {"Accept": accept, "Content-Type": "application/json"}
    return Asked("graphql", "/graphql", "POST", (), headers, json.dumps({"query": text}).encode())
