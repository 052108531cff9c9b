"""What an operation may cost, estimated before it runs from the sizes of the pages that it asks for.

A field costs 1. What stands below a list counts as often as the list can have items: `first` of them, where the field
or the connection around it has such an argument, or `last`; as many as are named, where they have to be; else a few. A
page that is searched for costs something of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
    is_required_argument,
    type_from_ast,
)
from graphql.language import BooleanValueNode, DirectiveNode, NullValueNode, VariableNode
from graphql.utilities.coerce_input_value import coerce_default_value

from ewgraph.api.graphql.paging import LARGEST

MOST: Final = 250_000
"""What an operation may cost."""
PAGE: Final = 20
"""What a page costs besides what stands on it."""
ITEMS: Final = 3
"""How many items a list without pages counts for."""
DESCRIBED: Final = 15
"""The same where the schema itself is asked about."""
_USUAL: Final = 50


class Estimate:
    """Estimates what an operation costs with given variables."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = {
            one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
        }
        self._known: dict[tuple[str, bool], int] = {}

    def of(self, operation: OperationDefinitionNode) -> int:
        """What the operation costs."""
        kind = self._schema.get_root_type(operation.operation)
        return 0 if kind is None else self._selections(operation.selection_set, kind, paged=False)

    def _selections(self, selections: SelectionSetNode, kind: GraphQLCompositeType, *, paged: bool) -> int:
        cost = 0
        for one in selections.selections:
            if not self._included(one.directives or ()):
                continue
            if isinstance(one, FieldNode):
                cost += self._field(one, kind, paged=paged)
            elif isinstance(one, FragmentSpreadNode):
                cost += self._fragment(one.name.value, paged=paged)
            elif isinstance(one, InlineFragmentNode):
                about = type_from_ast(self._schema, one.type_condition) if one.type_condition else kind
                cost += self._selections(one.selection_set, about, paged=paged)  # type: ignore[arg-type]  # it is valid
        return cost

    def _fragment(self, name: str, *, paged: bool) -> int:
        key = name, paged
        if key not in self._known:
            fragment = self._fragments[name]
            kind = type_from_ast(self._schema, fragment.type_condition)
            self._known[key] = self._selections(fragment.selection_set, kind, paged=paged)  # type: ignore[arg-type]
        return self._known[key]

    def _field(self, node: FieldNode, kind: GraphQLCompositeType, *, paged: bool) -> int:
        if node.selection_set is None:
            return 1
        field = self._schema.get_field(kind, node.name.value)
        if field is None or not is_composite_type(below := get_named_type(field.type)):
            return 1
        pages = "first" in field.args
        inner = self._selections(node.selection_set, below, paged=pages)
        if pages:
            return 1 + PAGE + self._page(node, field) * inner
        return 1 + (self._items(node, field, kind.name) if _is_list(field) and not paged else 1) * inner

    def _page(self, node: FieldNode, field: GraphQLField) -> int:
        """How many items a page may have, asked from either end."""
        sizes = [self._given(node, field, name) for name in ("first", "last") if name in field.args]
        asked = [size for size in sizes if isinstance(size, int)]
        return max(0, min(max(asked), LARGEST)) if asked else _USUAL

    def _items(self, node: FieldNode, field: GraphQLField, kind: str) -> int:
        """How many items another list may have: as many as the caller names, where it has to name them."""
        for name, argument in field.args.items():
            if is_required_argument(argument) and is_list_type(get_nullable_type(argument.type)):
                named = self._given(node, field, name)
                return len(named) if isinstance(named, list) else 1
        return DESCRIBED if kind.startswith("__") else ITEMS

    def _given(self, node: FieldNode, field: GraphQLField, name: str) -> Any:
        """A number or a list that an argument has, by its default where nothing is said; None where it is neither."""
        given = next((one.value for one in node.arguments or () if one.name.value == name), None)
        asked: Any = coerce_default_value(field.args[name])
        if isinstance(given, IntValueNode):
            asked = int(given.value)
        elif isinstance(given, ListValueNode):
            asked = list(given.values)
        elif isinstance(given, NullValueNode):
            asked = None
        elif isinstance(given, VariableNode):
            asked = self._variables.get(given.name.value, asked)
        return asked

    def _included(self, directives: tuple[DirectiveNode, ...]) -> bool:
        for one in directives:
            given = next((argument.value for argument in one.arguments or () if argument.name.value == "if"), None)
            if isinstance(given, BooleanValueNode):
                chosen: Any = given.value
            elif isinstance(given, VariableNode):
                chosen = self._variables.get(given.name.value)
            else:
                continue
            if chosen is (one.name.value == "skip") and one.name.value in {"skip", "include"}:
                return False
        return True


def _is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList)
