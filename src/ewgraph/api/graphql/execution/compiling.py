"""Compiling: from a valid document to the plan of one of its operations.

What fields are asked of which type, and in which order, is collected by the library's own rules; the values of
variables decide nothing of it but what is skipped and included, so there is a plan for each such choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    Visitor,
    is_abstract_type,
    is_leaf_type,
    visit,
)
from graphql.execution.collect_fields import (
    CollectedFields,
    DeferUsage,
    FieldDetails,
    FragmentDetails,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.incremental.build_execution_plan import DeferUsageSet, build_execution_plan
from graphql.execution.values import VariableValues
from graphql.language import DirectiveNode, VariableNode
from graphql.pyutils import RefMap

from ewgraph.api.graphql.execution.calling import Calling
from ewgraph.api.graphql.execution.completing import abstract_value, leaf_value, list_value, object_value
from ewgraph.api.graphql.execution.leaves import PLAIN, writer
from ewgraph.api.graphql.execution.plan import Abstract, Choices, Deferral, Field, Later, Plan, Selection, Shape
from ewgraph.model.rdf import IRI

_TYPE_NAME: Final = "__typename"


class UncompiledError(Exception):
    """The operation asks for something that is left to the library, such as the schema itself."""


def choosers(document: DocumentNode) -> frozenset[str]:
    """The variables by which parts of the document are skipped or included."""
    found = _Choosers()
    visit(document, found)
    return frozenset(found.names)


class _Choosers(Visitor):
    """Collects the variables that stand in directives."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        """Look at what is given to a directive."""
        self.names.update(one.value.name.value for one in node.arguments or () if isinstance(one.value, VariableNode))


class Compiler:
    """Compiles one operation of a document, for one choice of what is skipped and included."""

    def __init__(
        self,
        schema: GraphQLSchema,
        calling: Calling,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        choices: Choices,
    ) -> None:
        self._schema = schema
        self._calling = calling
        self._operation = operation
        self._variables = VariableValues({}, dict(choices))
        self._fragments = {
            one.name.value: FragmentDetails(one)
            for one in document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        self._deferrals: RefMap[DeferUsage, Deferral] = RefMap()

    def plan(self) -> Plan:
        """The plan.

        Raises:
            UncompiledError: the library has to execute it.
        """
        kind = self._schema.get_root_type(self._operation.operation)
        if kind is None or self._operation.directives:
            raise UncompiledError
        try:
            found = collect_fields(self._schema, self._fragments, self._variables, kind, self._operation)
            root = self._selection(kind, found, None)
        except (
            GraphQLError
        ) as error:  # such as a variable that chooses and has no value: the library says it as it does
            raise UncompiledError from error
        return Plan(self._operation.operation, root)

    def _selection(self, kind: GraphQLObjectType, found: CollectedFields, coming: DeferUsageSet | None) -> Selection:
        """What is asked of objects of a type.

        Args:
            kind: the type.
            found: the fields.
            coming: the deferred fragments with which the object comes, so that fields of the same ones come with it.
        """
        opens = [self._deferral(usage) for usage in found.new_defer_usages]
        now, later = build_execution_plan(found.grouped_field_set, coming)
        selection = self._fields(kind, now, coming)
        selection.opens = opens
        selection.later = [
            Later([self._deferral(usage) for usage in usages], self._fields(kind, fields, usages))
            for usages, fields in later.items()
        ]
        return selection

    def _deferral(self, usage: DeferUsage) -> Deferral:
        found: Deferral | None = self._deferrals.get(usage)
        if found is None:
            above = usage.parent_defer_usage
            within = None if above is None else self._deferral(above)
            found = self._deferrals[usage] = Deferral(usage.directive_node, usage.label, within)
        return found

    def _fields(self, kind: GraphQLObjectType, found: GroupedFieldSet, coming: DeferUsageSet | None) -> Selection:
        template: dict[str, Any] = {}
        fields: list[Field] = []
        for key, details in found.items():
            name = details[0].node.name.value
            template[key] = kind.name if name == _TYPE_NAME else None
            if name != _TYPE_NAME:
                fields.append(self._field(kind, key, details, coming))
        needs = frozenset[IRI]().union(*(self._calling.needs(kind, one.definition) for one in fields))
        return Selection(kind, template, tuple(fields), needs)

    def _field(
        self, kind: GraphQLObjectType, key: str, details: Sequence[FieldDetails], coming: DeferUsageSet | None
    ) -> Field:
        name = details[0].node.name.value
        definition = None if name.startswith("__") else self._schema.get_field(kind, name)
        if definition is None:
            raise UncompiledError
        shape = self._shape(definition.type, details, f"{kind.name}.{name}", coming)
        bare = definition.type.of_type if isinstance(definition.type, GraphQLNonNull) else definition.type
        plain = PLAIN.get(bare.name) if is_leaf_type(bare) else None
        nodes = [one.node for one in details]
        return Field(key, nodes, kind, definition, shape, plain, self._calling.caller(definition))

    def _shape(
        self, kind: GraphQLOutputType, details: Sequence[FieldDetails], name: str, coming: DeferUsageSet | None
    ) -> Shape:
        """What becomes of the values of a type.

        Args:
            kind: the type, perhaps with others around it.
            details: the nodes of the field, with what they select.
            name: of the field, with that of its type.
            coming: the deferred fragments with which it comes.
        """
        nonnull = isinstance(kind, GraphQLNonNull)
        bare = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if isinstance(bare, GraphQLList):
            item = self._shape(bare.of_type, details, name, coming)
            return Shape(nonnull, item, list_value(item.complete, name, nonnull=nonnull))
        if is_leaf_type(bare):
            leaf: GraphQLLeafType = bare
            return Shape(nonnull, None, leaf_value(writer(leaf), name, nonnull=nonnull))
        if is_abstract_type(bare):
            known: dict[str, Selection] = {}
            places = Abstract(bare, lambda one: self._below(one, details, coming, known))
            return Shape(
                nonnull, None, abstract_value(places, self._schema, details, name, nonnull=nonnull), composite=True
            )
        if not isinstance(bare, GraphQLObjectType):
            raise UncompiledError
        selection = self._below(bare, details, coming, {})
        return Shape(nonnull, None, object_value(selection, details, name, nonnull=nonnull), composite=True)

    def _below(
        self,
        kind: GraphQLObjectType,
        details: Sequence[FieldDetails],
        coming: DeferUsageSet | None,
        known: dict[str, Selection],
    ) -> Selection:
        found = known.get(kind.name)
        if found is None:
            collected = collect_subfields(
                self._schema, self._fragments, self._variables, self._operation, kind, list(details)
            )
            found = known.setdefault(kind.name, self._selection(kind, collected, coming))
        return found


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    """The operation of that name; the only one where no name is given."""
    found = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    named = [one for one in found if name is None or (one.name and one.name.value == name)]
    return named[-1] if named and (name is not None or len(named) == 1) else None


def choices_of(names: frozenset[str], values: Mapping[str, Any]) -> Choices | None:
    """What the values of the variables choose; None where one is no yes or no, which is the library's to refuse."""
    chosen = tuple((name, values.get(name)) for name in sorted(names))
    return chosen if all(isinstance(value, bool) for _, value in chosen) else None  # type: ignore[return-value]
