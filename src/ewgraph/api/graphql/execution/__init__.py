"""Execution: documents are compiled to plans, and plans are run level by level, with the same answers as the library's.

Source: section "Execution" of the GraphQL specification, as `graphql-core` implements it; the words of errors are its.
"""

from ewgraph.api.graphql.execution.calling import Calling
from ewgraph.api.graphql.execution.compiling import Compiler, UncompiledError, choices_of, choosers, operation_of
from ewgraph.api.graphql.execution.deferring import Begun, Incremental, Part, begun
from ewgraph.api.graphql.execution.executing import executed
from ewgraph.api.graphql.execution.groups import Group
from ewgraph.api.graphql.execution.plan import Choices, Plan
from ewgraph.api.graphql.execution.run import Request, Run

__all__ = [
    "Begun",
    "Calling",
    "Choices",
    "Compiler",
    "Group",
    "Incremental",
    "Part",
    "Plan",
    "Request",
    "Run",
    "UncompiledError",
    "begun",
    "choices_of",
    "choosers",
    "executed",
    "operation_of",
]
