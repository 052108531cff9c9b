"""Preparing a request: its document is read, measured, found valid and planned, once for those who send it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    parse,
    specified_rules,
    validate,
    visit,
)
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from ewgraph.api.graphql.cost import MOST, Estimate
from ewgraph.api.graphql.deferred import without_defer
from ewgraph.api.graphql.documents import Documents, Prepared
from ewgraph.api.graphql.execution import (
    Calling,
    Compiler,
    Plan,
    UncompiledError,
    choices_of,
    choosers,
    operation_of,
)
from ewgraph.api.graphql.limits import TOKENS, offences, over

_RULES: Final = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
_MOST_VARIABLE_ERRORS: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request, well formed.

    Attributes:
        query: the document.
        variables: those of the operation.
        operation_name: which one is asked.
        in_parts: whether what is deferred may come later.
    """

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    in_parts: bool = False


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as it matters here.

    Attributes:
        name: of the reader.
        may_introspect: whether the schema as a whole is told.
        hears_names: whether errors name what may have been meant.
        may_change: whether the request may change anything.
    """

    name: str
    may_introspect: bool = True
    hears_names: bool = True
    may_change: bool = True


class UnsafeError(Exception):
    """The request may only read, and asks for more."""

    def __init__(self) -> None:
        super().__init__("A GET only reads. Send a mutation by POST.")


class RefusedDocumentError(Exception):
    """The request is not run."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__()
        self.errors = list(errors)


class Ready(NamedTuple):
    """A request that can be run.

    Attributes:
        document: what was sent.
        operation: the one that is asked.
        variables: its variables, coerced.
        plan: how it is run; None where that is left to the library.
        in_parts: whether what is deferred comes later.
    """

    document: DocumentNode
    operation: OperationDefinitionNode
    variables: VariableValues
    plan: Plan | None
    in_parts: bool = False


class Preparing:
    """Prepares requests over one schema."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._core = schema._schema  # noqa: SLF001  # there is no other way to the library's own schema
        self._calling = Calling(schema)
        self._documents = Documents()

    def ready(self, asked: Asked, asker: Asker) -> Ready:
        """The request, found fit to be run.

        Raises:
            RefusedDocumentError: it is not.
            UnsafeError: it is a mutation, and may only read.
        """
        prepared = self.prepared(asked, asker)
        operation = _operation(prepared.document, asked.operation_name)
        _check_safe(operation, asker)
        if prepared.describes and not asker.may_introspect:
            raise RefusedDocumentError(
                GraphQLError(
                    "The schema as a whole is told by introspection to whoever shows a key. Read it at "
                    "/graphql/schema.graphql, or ask for one type with __type(name:)."
                )
            )
        variables = get_variable_values(
            self._core,
            operation.variable_definitions or (),
            asked.variables or {},
            max_errors=_MOST_VARIABLE_ERRORS,
            hide_suggestions=not asker.hears_names,
        )
        if isinstance(variables, list):
            raise RefusedDocumentError(*variables)
        self._check_cost(prepared.document, operation, variables)
        parted = prepared.in_parts if asked.in_parts and operation.operation is OperationType.QUERY else None
        if parted is not None:
            same = _operation(parted.document, asked.operation_name)
            plan = self._plan(parted, same, variables, asked.operation_name)
            if plan is not None:  # what is left to the library is answered whole
                return Ready(parted.document, same, variables, plan, in_parts=True)
        plan = self._plan(prepared, operation, variables, asked.operation_name)
        return Ready(prepared.document, operation, variables, plan)

    def prepared(self, asked: Asked, asker: Asker) -> Prepared:
        """The document, read and found valid.

        Raises:
            RefusedDocumentError: it is not.
        """
        found = self._documents.find(asker.name, asked.query)
        if found is None:
            document = self._read(asked, asker)
            found = _prepared(document)
            self._documents.keep(asker.name, asked.query, found)
        return found

    def _read(self, asked: Asked, asker: Asker) -> DocumentNode:
        try:
            document = parse(asked.query, max_tokens=TOKENS)
        except GraphQLError as error:
            raise RefusedDocumentError(_with_limit(error)) from error
        _check_safe(operation_of(document, asked.operation_name), asker)
        broken = offences(document)
        if broken:
            raise RefusedDocumentError(*broken)
        wrong = validate(self._core, document, _RULES, hide_suggestions=not asker.hears_names)
        if wrong:
            raise RefusedDocumentError(*wrong)
        return document

    def _check_cost(
        self, document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues
    ) -> None:
        cost = Estimate(self._core, document, variables.coerced).of(operation)
        if cost > MOST:
            sentence = (
                f"The operation may cost {cost}. At most {MOST} is allowed: ask for smaller pages, or fewer fields."
            )
            raise RefusedDocumentError(over("cost", sentence, MOST, cost))

    def _plan(
        self, prepared: Prepared, operation: OperationDefinitionNode, variables: VariableValues, name: str | None
    ) -> Plan | None:
        choices = choices_of(prepared.choosers, variables.coerced)
        if choices is None:
            return None

        def compiled() -> tuple[Plan | None]:
            try:
                return (Compiler(self._core, self._calling, prepared.document, operation, choices).plan(),)
            except UncompiledError:
                return (None,)

        return prepared.plans.made((name, choices), compiled)[0]


def _check_safe(operation: OperationDefinitionNode | None, asker: Asker) -> None:
    if operation and operation.operation is OperationType.MUTATION and not asker.may_change:
        raise UnsafeError


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    found = operation_of(document, name)
    if found is not None:
        return found
    if name is not None:
        raise RefusedDocumentError(GraphQLError(f'Unknown operation named "{name}".'))
    if any(isinstance(one, OperationDefinitionNode) for one in document.definitions):
        sentence = "The document has several operations. Say in `operationName` which one is asked."
        raise RefusedDocumentError(GraphQLError(sentence))
    raise RefusedDocumentError(GraphQLError("The document has no operation."))


def _prepared(document: DocumentNode) -> Prepared:
    whole, describes = without_defer(document), _describes(document)
    in_parts = None if whole is document else Prepared(document, choosers(document), describes)
    return Prepared(whole, choosers(whole), describes, in_parts)


def _with_limit(error: GraphQLError) -> GraphQLError:
    if "tokens" not in error.message:
        return error
    return GraphQLError(error.message, extensions={"limit": "tokens", "most": TOKENS, "found": TOKENS + 1})


def _describes(document: DocumentNode) -> bool:
    found = _Describes()
    visit(document, found)
    return found.met


class _Describes(Visitor):
    """Looks for what asks for the schema as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.met = False

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Look at a field."""
        self.met = self.met or node.name.value == "__schema"
