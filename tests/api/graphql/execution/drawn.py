"""Random documents of a schema: fields asked twice, aliases, fragments of both kinds, directives, variables, nulls."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
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
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from hypothesis import strategies as st

_MOST: Final = 25
_DEPTH: Final = 7
_ALIASES: Final = 9
_VARIABLES: Final = {"yes": "Boolean!", "no": "Boolean! = false", "some": "Int", "text": "String", "thing": "ID"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document with its variables.

    Attributes:
        text: the document.
        variables: as a client sends them.
    """

    text: str
    variables: Mapping[str, Any]


@dataclass(slots=True)
class _Drawing:
    draw: st.DrawFn
    schema: GraphQLSchema
    scalars: Mapping[str, Sequence[object]]
    defers: bool
    left: int = _MOST
    aliases: int = 0
    fragments: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def directive(self) -> str:
        if not self.chance(6):
            return ""
        name = self.draw(st.sampled_from(["skip", "include"]))
        given = self.draw(st.sampled_from(["true", "false", "$yes", "$no"]))
        self.used.update({given[1:]} if given.startswith("$") else ())
        return f" @{name}(if: {given})"

    def defer(self) -> str:
        if not self.defers or self.chance(4):
            return ""
        given = self.draw(st.sampled_from(["", "", "", "if: true", "if: false", "if: $yes", "if: $no"]))
        self.used.update({given[5:]} if "$" in given else ())
        if self.chance(2):
            given = f'{given} label: "?"'.strip()
        return f" @defer({given})" if given else " @defer"

    def selection(self, kind: Any, depth: int) -> str:
        parts = [] if self.chance(3) else ["__typename"]
        if not isinstance(kind, GraphQLUnionType):
            parts += self.fields(kind, depth)
        if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
            possible = sorted(self.schema.get_possible_types(kind), key=lambda one: one.name)
            for _ in range(self.draw(st.integers(0, 2))):
                other = self.draw(st.sampled_from(possible))
                parts.append(f"... on {other.name}{self.directive()}{self.defer()} {self.selection(other, depth - 1)}")
        if self.defers and parts and self.chance(4):  # what is deferred and asked again, deferred or not
            again = [one for one in parts if self.chance(2)]
            parts = [*again, f"...{self.defer()} {{ {' '.join(parts)} }}"]
        if parts and self.chance(5):
            number = len(self.fragments)
            self.fragments.append("")
            self.fragments[number] = f"fragment F{number} on {kind.name} {{ {' '.join(parts)} }}"
            parts = [f"...F{number}{self.directive()}{self.defer()}", *(parts[:1] if self.chance(2) else ())]
        elif parts and self.chance(6):
            parts = [f"...{self.directive()}{self.defer()} {{ {' '.join(parts)} }}", *parts[-1:]]
        return "{ " + " ".join(parts or ["__typename"]) + " }"

    def fields(self, kind: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> list[str]:
        below = {name: one for name, one in kind.fields.items() if not is_leaf_type(get_named_type(one.type))}
        leaves = [name for name in kind.fields if name not in below]
        chosen = self.draw(st.lists(st.sampled_from(leaves), max_size=3)) if leaves else []
        if depth > 0 and below and self.left > 0 and self.aliases < _ALIASES:
            chosen += self.draw(st.lists(st.sampled_from(sorted(below)), min_size=1, max_size=2))
        return [self.selected(name, kind.fields[name], depth - 1) for name in self.draw(st.permutations(chosen))]

    def selected(self, name: str, one: GraphQLField, depth: int) -> str:
        self.left -= 1
        given = {
            key: self.value(key, arg.type)
            for key, arg in one.args.items()
            if is_required_argument(arg) or self.chance({"first": 2, "after": 12}.get(key, 4))
        }
        text = name
        if given or self.chance(4):
            text, self.aliases = f"a{self.aliases}: {name}", self.aliases + 1
        text += "(" + ", ".join(f"{key}: {value}" for key, value in given.items()) + ")" if given else ""
        text += self.directive()
        kind = get_named_type(one.type)
        return text if is_leaf_type(kind) else f"{text} {self.selection(kind, depth)}"

    def value(self, key: str, kind: GraphQLInputType) -> str:
        if isinstance(kind, GraphQLNonNull):
            return self.value(key, kind.of_type)
        if isinstance(kind, GraphQLList):
            return "[" + ", ".join(self.value(key, kind.of_type) for _ in range(self.draw(st.integers(0, 2)))) + "]"
        if isinstance(kind, GraphQLEnumType):
            return self.draw(st.sampled_from(sorted(kind.values)))
        if isinstance(kind, GraphQLInputObjectType):
            given = {name: self.value(name, one.type) for name, one in kind.fields.items() if self.chance(2)}
            return "{" + ", ".join(f"{name}: {value}" for name, value in given.items()) + "}"
        name = get_named_type(kind).name
        if name == "Int" and key == "first" and self.chance(3):
            self.used.add("some")
            return "$some"
        return self.scalar(name)

    def scalar(self, name: str) -> str:
        if name == "_Any":  # what another subgraph knows of a thing
            of = self.draw(st.sampled_from(["Site", "Contract", "Record", "SupplyClaim"]))
            return f'{{__typename: "{of}", id: {self.scalar("ID")}}}'
        return json.dumps(self.draw(st.sampled_from(self.scalars[name])))


@st.composite
def documents(
    draw: st.DrawFn,
    schema: GraphQLSchema,
    scalars: Mapping[str, Sequence[object]],
    operation: str = "query",
    *,
    defers: bool = False,
) -> Drawn:
    """A document of one operation with a few fields of the root; with fragments that are deferred, where it defers."""
    drawing = _Drawing(draw, schema, scalars, defers)
    root = schema.mutation_type if operation == "mutation" else schema.query_type
    assert root is not None
    names = draw(st.lists(st.sampled_from(sorted(root.fields)), min_size=1, max_size=3))
    parts = " ".join(drawing.selected(name, root.fields[name], _DEPTH - 1) for name in names)
    used = sorted(drawing.used)
    given = ", ".join(f"${name}: {_VARIABLES[name]}" for name in used)
    labels = itertools.count()
    text = f"{operation} Q{f'({given})' if used else ''} {{ {parts} }} {' '.join(drawing.fragments)}"
    text = re.sub(r'"\?"', lambda _: f'"L{next(labels)}"', text)  # no two are the same
    values = {"yes": draw(st.booleans()), "no": draw(st.booleans()), "some": draw(st.sampled_from([None, 0, 1, 2, -1]))}
    wanted = {"yes", *(name for name in ("no", "some") if draw(st.booleans()))}
    return Drawn(text, {name: value for name, value in values.items() if name in wanted})
