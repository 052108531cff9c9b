"""The stored questions over HTTP: a list, a form for each, and the answer as a page, CSV, TSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import Gate, Principal, View
from ewgraph.api.askers import asker_of, while_connected
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.negotiation import HTML, preferred
from ewgraph.api.pages import Pages
from ewgraph.catalogue import Catalogue, Kind, StoredQuery
from ewgraph.errors import ConfigurationError, FormatError, InputError, LimitError
from ewgraph.graph.oxigraph import solutions_of
from ewgraph.graph.workers import FreeQuery, QueryPool
from ewgraph.trace import Answer, Part, cited
from ewgraph.trace.questions import as_bound, asked
from ewgraph.web.ask import bound, citation, columns_of, table_of
from ewgraph.web.problems import status_of
from ewgraph.web.table import Table, comma_separated, json_objects, sparql_json, tab_separated

_SOLUTIONS: Final = "application/sparql-results+json"
_WRITERS: Final[Mapping[str, Callable[[Table], str]]] = MappingProxyType(
    {
        "application/json": json_objects,
        _SOLUTIONS: sparql_json,
        "text/csv": comma_separated,
        "text/tab-separated-values": tab_separated,
    },
)
_FIELD_TYPES: Final = MappingProxyType({Kind.DATE: "date", Kind.INTEGER: "number", Kind.IRI: "url"})
_OWN: Final = frozenset({"accept", "ask"})
_MOST_ON_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as a field of the form."""

    name: str
    label: str
    type: str
    required: bool
    value: str


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers `/queries` and `/queries/<id>`.

    Attributes:
        catalogue: the stored queries.
        gate: gives each caller a View.
        principal_of: tells who asks.
        pages: renders the pages.
        pool: answers the questions that are one query; the others are answered here.
    """

    catalogue: Catalogue
    gate: Gate
    principal_of: Callable[[Request], Principal]
    pages: Pages
    pool: QueryPool

    def listed(self, request: Request) -> Response:
        """All questions."""
        self.principal_of(request)
        if preferred(_accept(request), ("application/json", HTML)) == HTML:
            return self.pages(request, "queries.html", {"queries": list(self.catalogue)})
        return JSONResponse([_described(query) for query in self.catalogue])

    async def one(self, request: Request) -> Response:
        """One question: its form, or its answer."""
        query = self.catalogue[request.path_params["name"]]
        media_type = preferred(_accept(request), (*_WRITERS, HTML))
        if media_type is None:
            raise FormatError(f"an answer is written as {', '.join((*_WRITERS, HTML))}")
        view = await run_in_threadpool(lambda: self.gate.view(self.principal_of(request)))
        values = _once(request.query_params.multi_items())
        if media_type == HTML:
            return await self._page(request, query, view, values)
        table, found = await self._answer(request, query, view, values)
        content = _WRITERS[media_type](table)
        names = {"text/csv": "csv", "text/tab-separated-values": "tsv"}
        headers = {"X-Rows": str(len(table)), **{f"X-{name}": value for name, value in citation(found, values).items()}}
        if media_type in names:
            headers["Content-Disposition"] = f'attachment; filename="{query.id}.{names[media_type]}"'
        return Response(content, media_type=media_type, headers=headers)

    async def _answer(
        self,
        request: Request,
        query: StoredQuery,
        view: View,
        values: Mapping[str, str],
    ) -> tuple[Table, Answer[Any]]:
        """The answer as a table, and as it was found."""
        bindings = bound(view, query, values)
        if query.closed_by:
            found = await run_in_threadpool(asked, view, self.catalogue, query, bindings)
            return table_of(query, found), found
        free = FreeQuery(query.text, view.graphs, {"solutions": _SOLUTIONS}, bindings=dict(bindings))
        answer = await while_connected(request, self.pool.run(free, asker_of(request, view.principal)))
        solutions = await run_in_threadpool(solutions_of, answer.content)
        if isinstance(solutions, bool):
            raise ConfigurationError(f"the stored query {query.id!r} is no SELECT")
        table = columns_of(query, tuple(solutions[0]), solutions[1])
        part = Part(table.rows, 0, len(table))
        return table, cited(as_bound(view, bindings), query, part, view.told(answer.state))

    async def _page(self, request: Request, query: StoredQuery, view: View, values: Mapping[str, str]) -> Response:
        context: dict[str, object] = {"query": query, "fields": _fields(query, values), "table": None, "problem": None}
        status = 200
        if request.query_params:
            try:
                table, found = await self._answer(request, query, view, values)
            except (InputError, LimitError) as error:
                context["problem"], status = str(error), status_of(error)
            else:
                context |= {
                    "table": table,
                    "rows": table.rows[:_MOST_ON_PAGE],
                    "items": found.items[:_MOST_ON_PAGE],
                    "completeness": found.completeness,
                    "citation": citation(found, values),
                    "labels": Labels(view),
                    "links": {kind: str(request.url.include_query_params(accept=kind)) for kind in _WRITERS},
                }
        return await run_in_threadpool(self.pages, request, "query.html", context, status)


def _fields(query: StoredQuery, values: Mapping[str, str]) -> list[Field]:
    return [
        Field(
            name=parameter.name,
            label=parameter.text,
            type=_FIELD_TYPES.get(parameter.kind, "text"),
            required=not parameter.optional and parameter.name not in {"validAt", "knownAt"},
            value=values.get(parameter.name, ""),
        )
        for parameter in query.parameters
    ]


def _described(query: StoredQuery) -> dict[str, object]:
    return {
        "id": query.id,
        "summary": query.summary,
        "questions": query.question,
        "tags": query.tags,
        "parameters": [
            {"name": slot.name, "kind": slot.kind.value, "optional": slot.optional, "text": slot.text}
            for slot in query.parameters
        ],
        "columns": [
            {"name": slot.name, "kind": slot.kind.value, "optional": slot.optional, "text": slot.text}
            for slot in query.columns
        ],
        "digest": query.digest,
    }


def _once(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The parameters of the question, each of which may be given once.

    Raises:
        InputError: one is given twice.
    """
    values: dict[str, str] = {}
    for name, value in given:
        if name in values:
            raise InputError(f"the parameter {name!r} is given twice: give it once")
        if name not in _OWN:
            values[name] = value
    return values


def _accept(request: Request) -> str | None:
    return request.query_params.get("accept") or request.headers.get("accept")
