"""Executing a plan: a query or an event all at once, a mutation one field after the other."""

from __future__ import annotations

from typing import Any

from graphql import ExecutionResult, GraphQLError, OperationType

from ewgraph.api.graphql.execution.errors import Told
from ewgraph.api.graphql.execution.plan import Plan
from ewgraph.api.graphql.execution.run import Request, Run


def executed(plan: Plan, request: Request, event: Any = None) -> ExecutionResult:
    """The answer to an operation; of a subscription to one event.

    Raises:
        LimitError: the time is used up.
    """
    return _serially(plan, request) if plan.operation is OperationType.MUTATION else _at_once(plan, request, event)


def _at_once(plan: Plan, request: Request, source: Any) -> ExecutionResult:
    run = Run(request)
    answer = run.below(plan.root, source)
    run.finish()
    if not run.failures:
        return ExecutionResult(answer, None)
    told = Told(run)
    try:
        data: dict[str, Any] | None = told.object(plan.root, answer, ())
    except GraphQLError as error:
        data = None
        told.errors.append(error)
    return ExecutionResult(data, told.errors)


def _serially(plan: Plan, request: Request) -> ExecutionResult:
    """Each field, with all that is below it, before the next begins; none after one that takes the answer with it."""
    data: dict[str, Any] = dict(plan.root.template)
    errors: list[GraphQLError] = []
    for field in plan.root.fields:
        run = Run(request)
        answer = run.only(plan.root, field, None)
        run.finish()
        if run.failures:
            told = Told(run)
            try:
                answer = told.object(plan.root, answer, ())
            except GraphQLError as error:
                return ExecutionResult(None, [*errors, *told.errors, error])
            errors += told.errors
        data |= answer
    return ExecutionResult(data, errors or None)
