"""The reading half of the Graph Store HTTP Protocol over the reader's graphs: GET and HEAD.

Source: SPARQL 1.1 Graph Store HTTP Protocol, 4 and 5.2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import Gate, Principal
from ewgraph.api.askers import asker_of, while_connected
from ewgraph.api.negotiation import GRAPHS, preferred
from ewgraph.api.sparql.delivery import Deliveries, held_by
from ewgraph.errors import FormatError, NotFoundError, QueryError
from ewgraph.graph.audience import named_by
from ewgraph.graph.workers import QueryPool, WholeGraphs
from ewgraph.model.rdf import IRI

_ABSENT: Final = "there is no such graph"
_GUIDANCE: Final = "name one graph: as `?graph=` and its IRI, as `?default`, or by its own address under /graph-store/"


@dataclass(frozen=True, slots=True)
class GraphStoreEndpoint:
    """Answers `/graph-store`.

    Attributes:
        pool: writes the graphs.
        gate: tells the graphs that a caller reads.
        principal_of: tells who asks.
        delivered: sends answers out.
    """

    pool: QueryPool
    gate: Gate
    principal_of: Callable[[Request], Principal]
    delivered: Deliveries = field(default_factory=Deliveries)

    async def answer(self, request: Request) -> Response:
        """The graph that the request names, whole."""
        view = await run_in_threadpool(lambda: self.gate.view(self.principal_of(request)))
        graphs = _named(request, view.graphs)
        accept = request.query_params.get("accept") or request.headers.get("accept")
        media_type = preferred(accept, GRAPHS)
        if media_type is None:
            raise FormatError(f"a graph is written as {', '.join(GRAPHS)}")
        asked = WholeGraphs(graphs, media_type, held_by(request))
        asker = asker_of(request, view.principal)
        return self.delivered(request, asker, await while_connected(request, self.pool.run(asked, asker)))


def _named(request: Request, graphs: tuple[IRI, ...]) -> tuple[IRI, ...]:
    """The graphs that are asked for: one, or all of the reader's, whose merge is the default graph.

    Raises:
        QueryError: none is named, or several.
        NotFoundError: the reader has no such graph.
    """
    path = request.path_params.get("path")
    given = request.query_params.getlist("graph")
    default = request.query_params.getlist("default")
    if (path is not None) + len(given) + bool(default) != 1 or any(default):
        raise QueryError(_GUIDANCE)
    if default:
        return graphs
    wanted = given[0] if path is None else named_by(request.scope["path"].partition("/graph-store/")[2])
    found = tuple(graph for graph in graphs if graph.value == wanted)
    if not found:
        raise NotFoundError(_ABSENT)
    return found
