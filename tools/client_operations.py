"""Generate `operations.py` of `ewgraph.client` from `client/documents/` and the schema: a typed function per operation.

    tools/client_operations.py            write it
    tools/client_operations.py --check    exit with 1 when it is not what the documents and the schema say

A fragment becomes a class of its name; a selection that is one fragment has that class, any other is a class named
after its fields. An operation asks for one field, whose value is what the client gives.
"""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    build_schema,
    get_named_type,
    is_list_type,
    is_non_null_type,
    parse,
    print_ast,
    type_from_ast,
    validate,
)

from ewgraph.api.graphql.schema import schema as served
from generated import python_name, settle

ROOT: Final = Path(__file__).parents[1]
CLIENT: Final = ROOT / "src" / "ewgraph" / "client"
TARGET: Final = CLIENT / "operations.py"
HEAD: Final = '''\
"""The GraphQL operations as functions: `Client.run(contracts_touching(site=…))` gives the value of the field, typed.

Generated from documents/ and the schema by tools/client_operations.py: do not edit.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, TypedDict

import msgspec

from ewgraph.client.calls import Operation, Subscription
'''
SCALARS: Final = {
    "ID": "str",
    "String": "str",
    "Int": "int",
    "Float": "float",
    "Boolean": "bool",
    "Date": "dt.date",
    "DateTime": "dt.datetime",
}
SCHEMA: Final = build_schema(served.as_str())


@dataclass
class Module:
    """The parts of the module as they are found to be needed."""

    fragments: dict[str, FragmentDefinitionNode]
    enums: dict[str, GraphQLEnumType] = field(default_factory=dict)
    inputs: dict[str, GraphQLInputObjectType] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)

    def output(self, kind: GraphQLOutputType, selection: SelectionSetNode | None, name: str) -> str:
        """The type of a value of a selection in Python."""
        if is_non_null_type(kind):
            return self._present(kind.of_type, selection, name)
        return f"{self._present(kind, selection, name)} | None"

    def _present(self, kind: GraphQLOutputType, selection: SelectionSetNode | None, name: str) -> str:
        if is_list_type(kind):
            return f"tuple[{self.output(kind.of_type, selection, name)}, ...]"
        if selection is not None:
            return self._selected(get_named_type(kind).name, selection, name)
        return self._leaf(kind)

    def _leaf(self, kind: GraphQLOutputType | GraphQLInputType) -> str:
        if isinstance(kind, GraphQLEnumType):
            self.enums[kind.name] = kind
            return kind.name
        return SCALARS[kind.name]  # type: ignore[union-attr]

    def _selected(self, on: str, selection: SelectionSetNode, name: str) -> str:
        match selection.selections:
            case [FragmentSpreadNode(name=spread)]:
                fragment = self.fragments[spread.value]
                name, selection, on = spread.value, fragment.selection_set, fragment.type_condition.name.value
        if name not in self.classes:
            self.classes[name] = ""  # its place, before those that it needs
            fields = "".join(self._field(on, each, name) for each in self._fields(selection))
            summary = SCHEMA.type_map[on].description or f"A part of `{on}`."
            doc = f'    """{summary.splitlines()[0]}"""\n\n'
            del self.classes[name]
            self.classes[name] = f'\n\nclass {name}(msgspec.Struct, frozen=True, rename="camel"):\n{doc}{fields}'
        return name

    def _fields(self, selection: SelectionSetNode) -> Iterator[FieldNode]:
        for each in selection.selections:
            if isinstance(each, FragmentSpreadNode):
                yield from self._fields(self.fragments[each.name.value].selection_set)
            else:
                assert isinstance(each, FieldNode)  # noqa: S101  # a document of ours
                yield each

    def _field(self, on: str, asked: FieldNode, name: str) -> str:
        key = asked.name.value
        if key == "__typename":
            return '    typename: str = msgspec.field(name="__typename")\n'
        kind = SCHEMA.type_map[on].fields[key].type  # type: ignore[attr-defined]
        written = self.output(kind, asked.selection_set, name + key[0].upper() + key[1:])
        named = (
            f' = msgspec.field(name="{key}")' if keyword.iskeyword(key) or re.search(r"\d[A-Z]|[A-Z]{2}", key) else ""
        )
        return f"    {python_name(key)}: {written}{named}\n"

    def input(self, kind: GraphQLInputType) -> str:
        """The type of what is given for a variable."""
        if isinstance(kind, GraphQLNonNull):
            return self._given(kind.of_type)
        return f"{self._given(kind)} | None"

    def _given(self, kind: GraphQLInputType) -> str:
        if isinstance(kind, GraphQLList):
            return f"list[{self.input(kind.of_type)}]"
        if isinstance(kind, GraphQLInputObjectType):
            self.inputs[kind.name] = kind
            return kind.name
        return self._leaf(kind)


def function(module: Module, operation: OperationDefinitionNode) -> str:
    """The document and the function of an operation."""
    assert operation.name is not None  # noqa: S101  # a document of ours
    name = operation.name.value
    (root,) = module._fields(operation.selection_set)  # this module's own
    asked = SCHEMA.get_root_type(operation.operation).fields[root.name.value]  # type: ignore[union-attr]
    made = "Subscription" if operation.operation is OperationType.SUBSCRIPTION else "Operation"
    written = module.output(asked.type, root.selection_set, name[0].upper() + name[1:])
    spread = ", ".join(f'"{each}"' for each in _spread(module, operation))
    variables = [
        (each.variable.name.value, type_from_ast(SCHEMA, each.type)) for each in operation.variable_definitions or ()
    ]
    needed = [f"{python_name(each)}: {module.input(kind)}" for each, kind in variables if is_non_null_type(kind)]
    others = [
        f"{python_name(each)}: {module.input(kind)} = None" for each, kind in variables if not is_non_null_type(kind)
    ]
    signature = ", ".join([*needed, *["*"] * bool(others), *others])
    given = ", ".join(f'"{each}": {python_name(each)}' for each, _ in variables)
    document = f"_{python_name(name).upper()}"
    summary = asked.description or name
    needs = f"    {spread},\n" if spread else ""
    return (
        f'\n\n{document}: Final = _document(\n    """\\\n{print_ast(operation)}\n""",\n{needs})\n'
        f"\n\ndef {python_name(name)}({signature}) -> {made}[{written}]:\n"
        f'    """{summary.splitlines()[0]}"""\n'
        f'    return {made}({document}, "{name}", "{root.name.value}", {written}, {{{given}}})\n'
    )


def _spread(module: Module, operation: OperationDefinitionNode) -> list[str]:
    """The names of the fragments that an operation needs."""
    found: set[str] = set()

    def follow(selection: SelectionSetNode | None) -> None:
        for each in selection.selections if selection else ():
            if isinstance(each, FieldNode):
                follow(each.selection_set)
            elif isinstance(each, FragmentSpreadNode) and each.name.value not in found:
                found.add(each.name.value)
                follow(module.fragments[each.name.value].selection_set)

    follow(operation.selection_set)
    return sorted(found)


def fragments_text(module: Module) -> str:
    """The fragments, and the function that puts them to an operation."""
    texts = "".join(
        f'    "{name}": """\\\n{print_ast(each)}\n""",\n' for name, each in sorted(module.fragments.items())
    )
    return (
        f"\n\n_FRAGMENTS: Final = {{\n{texts}}}\n"
        "\n\ndef _document(operation: str, *fragments: str) -> str:\n"
        '    return operation + "".join(_FRAGMENTS[name] for name in fragments)\n'
    )


def inputs(module: Module) -> Iterator[str]:
    """The enums and the input objects that were met."""
    for kind in dict(module.inputs).values():
        fields = {key: module.input(each.type) for key, each in kind.fields.items()}
        listed = ", ".join(f'"{key}": "{written}"' for key, written in fields.items())
        yield f'\n{kind.name} = TypedDict("{kind.name}", {{{listed}}}, total=False)\n'
    for name, enum in sorted(module.enums.items()):
        yield f"\n{name} = Literal[{', '.join(repr(value) for value in enum.values)}]\n"


def text() -> str:
    """The text of the module."""
    document = parse("\n".join(path.read_text("utf-8") for path in sorted((CLIENT / "documents").glob("*.graphql"))))
    if wrong := validate(SCHEMA, document):
        raise SystemExit("\n".join(map(str, wrong)))
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    module = Module(fragments)
    functions = [function(module, one) for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    return HEAD + "".join([*inputs(module), *module.classes.values(), fragments_text(module), *functions])


if __name__ == "__main__":
    sys.exit(settle(TARGET, text()))
