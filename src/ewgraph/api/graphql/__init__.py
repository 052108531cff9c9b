"""GraphQL: the schema, and the ASGI application that answers it.

Resolvers read through the `Loader` of their request, which holds the caller's View and nothing else. Every object
keeps the loader that it came from, so what is nested in an answer is as of the same instants as the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp

from ewgraph.access import Gate, Principal
from ewgraph.api.graphql.allowance import Allowance
from ewgraph.api.graphql.clerk import Clerk
from ewgraph.api.graphql.http import GraphQLApp
from ewgraph.api.graphql.registered import registered_documents
from ewgraph.api.graphql.schema import schema
from ewgraph.api.graphql.service import Enter, Policy, Service, enter_freely
from ewgraph.catalogue import Catalogue

__all__ = ["Allowance", "Policy", "graphql_app", "registered_documents", "schema"]

_USUAL: Final = Policy()


def graphql_app(  # noqa: PLR0913, PLR0917  # the composition root alone calls it
    gate: Gate,
    catalogue: Catalogue,
    principal_of: Callable[[Request], Principal],
    allowance: Callable[[], Allowance] = Allowance,
    policy: Policy = _USUAL,
    clerks: Callable[[Request], Clerk] | None = None,
    shown: Callable[[], object] = object,
    enter: Enter = enter_freely,
) -> ASGIApp:
    """The application, for the route `/graphql`, what is below it, and sockets to it.

    Args:
        gate: gives each caller a View.
        catalogue: the stored queries.
        principal_of: tells who asks; called in a worker thread.
        allowance: makes what one request may cost.
        policy: what is told of the schema.
        clerks: gives each request who takes in what it hands in; None where nothing is taken in.
        shown: tells a value that is another one whenever the graph may show something else.
        enter: lets a request in that comes over an open socket.
    """
    return GraphQLApp(Service(gate, catalogue, principal_of, allowance, policy, clerks, shown, enter))
