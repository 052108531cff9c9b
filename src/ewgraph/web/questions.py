"""The stored questions over HTTP: a list, a form for each, and the answer as a page or in any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import Gate, Principal, View
from ewgraph.api.askers import asker_of, while_connected
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.negotiation import HTML, preferred
from ewgraph.api.pages import Pages
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.errors import ConfigurationError, InputError, LimitError
from ewgraph.graph.oxigraph import solutions_of
from ewgraph.graph.workers import FreeQuery, QueryPool
from ewgraph.model.rdf import digest
from ewgraph.trace import Answer, cited
from ewgraph.trace import Part as Found
from ewgraph.trace.questions import as_bound, asked
from ewgraph.web.ask import CITED, bound, citation, columns_of, table_of
from ewgraph.web.asked import Asked, media_type_of
from ewgraph.web.fields import fields
from ewgraph.web.formats import FORMATS, SOLUTIONS
from ewgraph.web.keyset import Part, Window, part_of
from ewgraph.web.openapi import DESCRIPTION, description
from ewgraph.web.problems import status_of
from ewgraph.web.table import Table

EXPOSED: Final = ("ETag", "Link", "X-Rows", *(f"X-{name}" for name in CITED))
"""The headers of an answer that programs of other origins may read."""

_ON_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers `/queries`, its description, and `/queries/<id>`.

    Attributes:
        catalogue: the stored queries.
        gate: gives each caller a View.
        principal_of: tells who asks.
        pages: renders the pages.
        pool: answers the questions that are one query; the others are answered here.
        base: the address of the service.
    """

    catalogue: Catalogue
    gate: Gate
    principal_of: Callable[[Request], Principal]
    pages: Pages
    pool: QueryPool
    base: str

    def listed(self, request: Request) -> Response:
        """All questions."""
        self.principal_of(request)
        if preferred(_accept(request), ("application/json", HTML)) == HTML:
            return self.pages(request, "queries.html", {"queries": list(self.catalogue)})
        about = {"Link": f'<{DESCRIPTION}>; rel="service-desc"; type="application/vnd.oai.openapi+json"'}
        return JSONResponse([_described(query) for query in self.catalogue], headers=about)

    def described(self, request: Request) -> Response:
        """The description of the questions as an API (OpenAPI)."""
        self.principal_of(request)
        response = JSONResponse(description(self.catalogue, self.base))
        tag = f'"{digest(bytes(response.body))[:32]}"'
        if is_held(request, tag):
            return Response(status_code=304, headers={"ETag": tag})
        response.headers["ETag"] = tag
        return response

    async def one(self, request: Request) -> Response:
        """One question: its form, or its answer."""
        query = self.catalogue[request.path_params["name"]]
        media_type = media_type_of(request)
        view = await run_in_threadpool(lambda: self.gate.view(self.principal_of(request)))
        wanted = Asked.of(query, request)
        if media_type == HTML:
            return await self._page(request, wanted, view)
        table, found = await self._answer(request, wanted, view)
        return await run_in_threadpool(_written, request, wanted, media_type, table, found)

    async def _answer(self, request: Request, wanted: Asked, view: View) -> tuple[Table, Answer[Any]]:
        """The whole answer as a table, and as it was found."""
        query = wanted.query
        bindings = bound(view, query, wanted.values)
        if query.closed_by:
            found = await run_in_threadpool(asked, view, self.catalogue, query, bindings)
            return table_of(query, found), found
        free = FreeQuery(query.text, view.graphs, {"solutions": SOLUTIONS}, bindings=dict(bindings))
        answer = await while_connected(request, self.pool.run(free, asker_of(request, view.principal)))
        table = await run_in_threadpool(_solutions, query, answer.content)
        part = Found(table.rows, 0, len(table))
        return table, cited(as_bound(view, bindings), query, part, view.told(answer.state))

    async def _page(self, request: Request, wanted: Asked, view: View) -> Response:
        context: dict[str, object] = {"query": wanted.query, "table": None, "problem": None}
        status = 200
        if request.query_params:
            try:
                table, found = await self._answer(request, wanted, view)
                window = Window(wanted.window.limit or _ON_A_PAGE, wanted.window.after)
                part = part_of(wanted.query, table, found, window)
            except (InputError, LimitError) as error:
                context["problem"], status = str(error), status_of(error)
            else:
                context |= {
                    "table": table,
                    "part": part,
                    "completeness": found.completeness,
                    "citation": citation(found, wanted.values),
                    "next": _next(wanted, found, part, str(window.limit)),
                    "first": wanted.address(limit=None, after=None),
                    "formats": [(each.label, wanted.address(format=each.name)) for each in FORMATS.values()],
                }
        context["labels"] = Labels(view)

        def rendered() -> Response:
            return self.pages(request, "query.html", {**context, "fields": fields(wanted, view)}, status)

        return await run_in_threadpool(rendered)


def _solutions(query: StoredQuery, content: bytes) -> Table:
    solutions = solutions_of(content)
    if isinstance(solutions, bool):
        raise ConfigurationError(f"the stored query {query.id!r} is no SELECT")
    return columns_of(query, tuple(solutions[0]), solutions[1])


def _written(request: Request, wanted: Asked, media_type: str, table: Table, found: Answer[Any]) -> Response:
    """The part of the answer that is asked for, in a format, with what to cite and where it goes on."""
    part = part_of(wanted.query, table, found, wanted.window)
    about, form = citation(found, wanted.values), FORMATS[media_type]
    after = _next(wanted, found, part, str(wanted.window.limit), format=form.name)
    headers = {"ETag": f'"{form.tag(part.table, about, after)}"', "X-Rows": str(len(part.table))}
    headers |= {f"X-{name}": value for name, value in about.items()}
    if after:
        headers["Link"] = f'<{after}>; rel="next"'
    if is_held(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if form.is_file:
        headers["Content-Disposition"] = f'attachment; filename="{wanted.query.id}.{form.name}"'
    return Response(form.write(part.table, about, after), media_type=media_type, headers=headers)


def _next(wanted: Asked, found: Answer[Any], part: Part, limit: str, **more: str) -> str | None:
    """The address of the part that comes after one: as of the same instants."""
    if part.next is None:
        return None
    told = found.provenance
    instants = {"validAt": told.valid_at.isoformat(), "knownAt": told.known_at.isoformat()}
    known = {parameter.name for parameter in wanted.query.parameters}
    kept = {name: text for name, text in instants.items() if name in known}
    return wanted.address(**kept, limit=limit, after=part.next, **more)


def is_held(request: Request, tag: str) -> bool:
    """Whether the reader says that it has the content of that tag already (RFC 9110, 13.1.2)."""
    held = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    return not held.isdisjoint((tag, "*"))


def _described(query: StoredQuery) -> Mapping[str, object]:
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


def _accept(request: Request) -> str | None:
    return request.query_params.get("accept") or request.headers.get("accept")
