"""Answering a request that is prepared: it is run at once, in parts, or for each event that it listens to."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import Any, Final

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    OperationType,
    experimental_execute_incrementally,
)
from graphql.execution.values import get_argument_values
from starlette.concurrency import run_in_threadpool

from ewgraph.api.graphql.execution import Begun, Part, Request, Run, begun, executed, operation_of
from ewgraph.api.graphql.preparing import Asked, Asker, Preparing, Ready, RefusedDocumentError, UnsafeError
from ewgraph.api.graphql.values import Context
from ewgraph.errors import CredentialError, InputError, LimitError, NotFoundError, UnavailableError

_FOR_THE_CALLER: Final = (CredentialError, InputError, LimitError, NotFoundError, UnavailableError)
_LISTEN: Final = "A subscription is answered over graphql-transport-ws, or where text/event-stream is accepted."


class Answering:
    """Answers requests over one schema."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._schema = schema
        self._core = schema._schema  # noqa: SLF001  # there is no other way to the library's own schema
        self._preparing = Preparing(schema)

    def answer(self, asked: Asked, asker: Asker, context: Callable[[], Context]) -> ExecutionResult:
        """The answer to a request, or its first part; without data where it is not run.

        Args:
            asked: the request.
            asker: who asks.
            context: makes what the resolvers share, once the request is to be run.

        Raises:
            UnsafeError: it is a mutation, and may only read.
        """
        try:
            result = self._answered(asked, asker, context)
        except RefusedDocumentError as refused:
            result = ExecutionResult(None, refused.errors)
        self._note(result.errors)
        if isinstance(result, Begun):
            result.rest = self._noted(result.rest)
        return result

    def listens(self, asked: Asked, asker: Asker) -> bool:
        """Whether a request is for a subscription; one that is not run is for none."""
        try:
            operation = operation_of(self._preparing.prepared(asked, asker).document, asked.operation_name)
        except (RefusedDocumentError, UnsafeError):
            return False
        return operation is not None and operation.operation is OperationType.SUBSCRIPTION

    async def events(
        self, asked: Asked, asker: Asker, listening: Context, context: Callable[[], Context]
    ) -> AsyncGenerator[ExecutionResult, None]:
        """The answers to a subscription, one for each event, as of then. They end after one without data.

        Args:
            asked: the request.
            asker: who asks.
            listening: what the subscription listens with.
            context: makes what the resolvers of one answer share.
        """
        try:
            ready = await run_in_threadpool(self._preparing.ready, asked, asker)
            async with aclosing(await self._source(ready, listening)) as source:
                async for event in source:
                    yield await run_in_threadpool(self._told, ready, event, context)
        except RefusedDocumentError as refused:
            self._schema.process_errors(refused.errors)
            yield ExecutionResult(None, refused.errors)

    async def _source(self, ready: Ready, listening: Context) -> AsyncGenerator[Any, None]:
        """The events of a subscription.

        Raises:
            RefusedDocumentError: it cannot be listened to.
        """
        if ready.plan is None or not ready.plan.root.fields:
            raise RefusedDocumentError(GraphQLError("A subscription asks for one field."))
        (field,) = ready.plan.root.fields
        run = Run(self._request(ready, listening))
        try:
            given = get_argument_values(field.definition, field.nodes[0], ready.variables)
            found: Any = field.definition.subscribe(None, run.info_of(field), **given)  # type: ignore[misc]  # it has one
            if inspect.isawaitable(found):
                found = await found
        except GraphQLError as error:
            raise RefusedDocumentError(error) from error
        return _refusing(found, field.nodes)

    def _told(self, ready: Ready, event: Callable[[Context], Any], context: Callable[[], Context]) -> ExecutionResult:
        """What is told of one event: in a context of its own, so as of when it is told."""
        shared = context()
        try:
            result = executed(ready.plan, self._request(ready, shared), event(shared))  # type: ignore[arg-type]  # as above
        except LimitError as error:
            result = ExecutionResult(None, [GraphQLError(str(error), original_error=error)])
        self._note(result.errors)
        return result

    def _noted(self, parts: Iterator[Part]) -> Iterator[Part]:
        for part in parts:
            for errors in part.errors():
                self._note(errors)
            yield part

    def _note(self, errors: Sequence[GraphQLError] | None) -> None:
        if errors:
            self._schema.process_errors(list(errors))

    def _answered(self, asked: Asked, asker: Asker, context: Callable[[], Context]) -> ExecutionResult:
        ready = self._preparing.ready(asked, asker)
        if ready.operation.operation is OperationType.SUBSCRIPTION:
            raise RefusedDocumentError(GraphQLError(_LISTEN))
        shared = context()
        if ready.plan is None:
            return self._by_the_library(ready.document, asked, shared)
        try:
            return (begun if ready.in_parts else executed)(ready.plan, self._request(ready, shared))
        except LimitError as error:
            raise RefusedDocumentError(GraphQLError(str(error), original_error=error)) from error

    def _request(self, ready: Ready, shared: Context) -> Request:
        return Request(self._core, ready.document, ready.operation, ready.variables, shared)

    def _by_the_library(self, document: DocumentNode, asked: Asked, context: Context) -> ExecutionResult:
        result = experimental_execute_incrementally(
            self._core,
            document,
            context_value=context,
            variable_values=asked.variables,
            operation_name=asked.operation_name,
            is_awaitable=lambda _: False,  # type: ignore[arg-type]  # nothing here is
        )
        return result if isinstance(result, ExecutionResult) else ExecutionResult(None, None)


async def _refusing(source: AsyncGenerator[Any, None], nodes: list[FieldNode]) -> AsyncGenerator[Any, None]:
    """The same events; what ends them early is told where the document asks for them.

    Raises:
        RefusedDocumentError: such as that the reader may not ask any longer.
    """
    try:
        async with aclosing(source) as events:
            async for event in events:
                yield event
    except _FOR_THE_CALLER as error:
        raise RefusedDocumentError(GraphQLError(str(error), nodes)) from error
    except Exception as error:
        raise RefusedDocumentError(GraphQLError(str(error), nodes, original_error=error)) from error
