"""The endpoint itself: negotiates the format, has a worker answer, and gives browsers a page to write queries on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import Gate, Principal
from ewgraph.api.askers import asker_of, while_connected
from ewgraph.api.negotiation import ALIASES, GRAPHS, preferred, wants_page
from ewgraph.api.pages import Pages
from ewgraph.api.sparql.delivery import Deliveries, held_by
from ewgraph.api.sparql.description import service_description
from ewgraph.api.sparql.examples import EXAMPLES
from ewgraph.api.sparql.operation import Operation, operation_of
from ewgraph.errors import EwgraphError, FormatError, LimitError, QueryError
from ewgraph.graph.oxigraph import GRAPH_FORMATS, RESULT_FORMATS, solutions_of
from ewgraph.graph.workers import Answer, FreeQuery, QueryPool
from ewgraph.model.rdf import iri, serialize

_BOOLEANS: Final = ("application/sparql-results+json", "application/sparql-results+xml")
_ALIASED: Final = tuple(ALIASES)
_OFFERS: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {"solutions": tuple(RESULT_FORMATS), "boolean": _BOOLEANS, "graph": GRAPHS},
)
_ON_PAGE: Final = MappingProxyType(
    {"solutions": "application/sparql-results+json", "boolean": _BOOLEANS[0], "graph": "text/turtle"},
)
_MOST_ROWS_ON_PAGE: Final = 1000
_MOST_BYTES_ON_PAGE: Final = 256 * 1024
_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SparqlEndpoint:
    """Answers `/sparql`.

    Attributes:
        pool: answers the queries.
        gate: tells the graphs that a caller reads.
        principal_of: tells who asks.
        pages: renders the page for browsers.
        address: of the endpoint.
        status_of: the HTTP status of an error, for the page.
        delivered: sends answers out.
    """

    pool: QueryPool
    gate: Gate
    principal_of: Callable[[Request], Principal]
    pages: Pages
    address: str
    status_of: Callable[[EwgraphError], int]
    delivered: Deliveries = field(default_factory=Deliveries)

    async def answer(self, request: Request) -> Response:
        """The answer to one request."""
        operation = await operation_of(request)
        view = await run_in_threadpool(lambda: self.gate.view(self.principal_of(request)))
        page = wants_page(operation.accept, _all_offers())
        if operation.query is None:
            return self._page(request, EXAMPLES[0].text) if page else self._description(operation, view.graphs)
        query = FreeQuery(
            text=operation.query,
            graphs=view.graphs,
            formats=dict(_ON_PAGE) if page else _formats(operation.accept),
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            known=frozenset() if page else held_by(request),
        )
        if page:
            return await self._answer_on_page(request, view.principal, query)
        answer = await self._answered(request, view.principal, query)
        return self.delivered(request, asker_of(request, view.principal), answer)

    async def _answered(self, request: Request, principal: Principal, query: FreeQuery) -> Answer:
        return await while_connected(request, self.pool.run(query, asker_of(request, principal)))

    def _description(self, operation: Operation, graphs: Sequence[object]) -> Response:
        media_type = preferred(operation.accept, GRAPHS)
        if media_type is None:
            raise QueryError("the request has no query: send it as the parameter `query`")
        triples = service_description(iri(self.address), graphs)  # type: ignore[arg-type]
        content = serialize(
            triples,
            format=GRAPH_FORMATS[media_type],
            prefixes={"sd": "http://www.w3.org/ns/sparql-service-description#"},
        )
        return Response(content, media_type=media_type)

    async def _answer_on_page(self, request: Request, principal: Principal, query: FreeQuery) -> Response:
        try:
            answer = await self._answered(request, principal, query)
        except (QueryError, LimitError, FormatError) as error:
            return self._page(request, query.text, {"problem": str(error)}, self.status_of(error))
        return await run_in_threadpool(lambda: self._page(request, query.text, _shown(answer)))

    def _page(
        self, request: Request, text: str, result: Mapping[str, object] = _NOTHING, status: int = 200
    ) -> Response:
        context = {"query": text, "examples": EXAMPLES, **result}
        return self.pages(request, "sparql.html", context, status)


def _shown(answer: Answer) -> dict[str, object]:
    """What the page shows: no more than a person reads, however large the answer is."""
    return {"ran": answer.ran, "anchors": answer.anchors, **_read(answer)}


def _read(answer: Answer) -> dict[str, object]:
    if answer.media_type == _ON_PAGE["graph"]:
        shown = answer.body.first(_MOST_BYTES_ON_PAGE).decode(errors="ignore")
        return {"turtle": shown, "more": len(answer.body) > _MOST_BYTES_ON_PAGE}
    solutions = solutions_of(answer.body.opened(), most=_MOST_ROWS_ON_PAGE + 1)
    if isinstance(solutions, bool):
        return {"verdict": "Yes" if solutions else "No"}
    columns, rows = solutions
    return {"columns": columns, "rows": rows[:_MOST_ROWS_ON_PAGE], "more": len(rows) > _MOST_ROWS_ON_PAGE}


def _all_offers() -> Iterable[str]:
    return {*RESULT_FORMATS, *GRAPHS}


def _formats(accept: str | None) -> dict[str, str]:
    """The format to use for each form of query; a form is left out where none of its formats is accepted."""
    found: dict[str, str] = {}
    for form, offers in _OFFERS.items():
        also = [alias for alias in _ALIASED if ALIASES[alias] in offers]
        media_type = preferred(accept, [*offers, *also])
        if media_type is not None:
            found[form] = media_type if media_type in offers else ALIASES[media_type]
    if not found:
        raise FormatError("the answer cannot be written in any of the formats that are accepted")
    return found
