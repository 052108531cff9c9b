"""The stored questions over HTTP: a list, a form for each, and the answer as a page or in any of the formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import Gate, Principal, View
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.negotiation import HTML, preferred
from ewgraph.api.pages import Pages
from ewgraph.catalogue import Catalogue, Kind, StoredQuery
from ewgraph.errors import ConflictError, InputError, LimitError
from ewgraph.model.rdf import IRI, digest
from ewgraph.web.answers import Answers, Told
from ewgraph.web.ask import CITED, COUNTING, citation
from ewgraph.web.asked import Asked, media_type_of
from ewgraph.web.fields import fields, meant
from ewgraph.web.formats import FORMATS
from ewgraph.web.keyset import Part, Window, part_of
from ewgraph.web.openapi import DESCRIPTION, description
from ewgraph.web.permalink import DIFFERS, Pins, bibtex, check, instants, permalink, reference, written
from ewgraph.web.problems import status_of

EXPOSED: Final = ("ETag", "Link", "X-Rows", *(f"X-{name}" for name in CITED))
"""The headers of an answer that programs of other origins may read."""

_ON_A_PAGE: Final = 100
_FIRST: Final = "traceability"
_OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers `/queries`, its description, and `/queries/<id>`.

    Attributes:
        answers: finds the answers.
        gate: gives each caller a View.
        principal_of: tells who asks.
        pages: renders the pages.
        base: the address of the service.
    """

    answers: Answers
    gate: Gate
    principal_of: Callable[[Request], Principal]
    pages: Pages
    base: str

    @property
    def catalogue(self) -> Catalogue:
        """The stored queries."""
        return self.answers.catalogue

    def listed(self, request: Request) -> Response:
        """All questions."""
        self.principal_of(request)
        if preferred(_accept(request), ("application/json", HTML)) == HTML:
            return self.pages(request, "queries.html", {"groups": _grouped(self.catalogue)})
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
        name = request.path_params["name"]
        current = self.catalogue[name]
        media_type = media_type_of(request)
        view = await run_in_threadpool(lambda: self.gate.view(self.principal_of(request)))
        if media_type == HTML and not request.query_params:
            return await self._page(request, Asked.of(current, request), view, None)
        pins, catalogue = await run_in_threadpool(self._pinned, request, name)
        wanted = Asked.of(catalogue[name], request)
        if media_type != HTML:
            told = await self.answers.answer(request, wanted, catalogue, pins, view)
            check(pins, told.table)
            return await run_in_threadpool(self._written, request, wanted, media_type, told)
        try:
            told = await self.answers.answer(request, wanted, catalogue, pins, view)
            window = Window(wanted.window.limit or _ON_A_PAGE, wanted.window.after)
            part = part_of(wanted.query, told.table, told.found, window)
        except (InputError, LimitError) as error:
            return await self._page(request, wanted, view, error)
        return await self._page(request, wanted, view, self._shown(wanted, told, part, view))

    def _pinned(self, request: Request, name: str) -> tuple[Pins, Catalogue]:
        pins = Pins.of({key: value for key, value in request.query_params.items() if value.strip()})
        return pins, self.answers.defining(name, pins.definition)

    def _written(self, request: Request, wanted: Asked, media_type: str, told: Told) -> Response:
        """The part of the answer that is asked for, in a format, with what to cite and where it goes on."""
        part = part_of(wanted.query, told.table, told.found, wanted.window)
        form, address = FORMATS[media_type], permalink(wanted, told.found, told.pins)
        about, inside = self._about(wanted, told, address), self._passed_on(wanted, told)
        after = _next(wanted, told, part, str(wanted.window.limit), format=form.name)
        links = [f'<{address}>; rel="cite-as"', *([f'<{after}>; rel="next"'] if after else [])]
        headers = {
            "ETag": form.tag(part.table, inside, after),
            "Link": ", ".join(links),
            "X-Rows": str(len(part.table)),
            **{f"X-{name}": value for name, value in about.items()},
        }
        if is_held(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        if form.is_file:
            headers["Content-Disposition"] = f'attachment; filename="{wanted.query.id}.{form.name}"'
        return Response(form.write(part.table, inside, after), media_type=media_type, headers=headers)

    def _about(self, wanted: Asked, told: Told, address: str) -> dict[str, str]:
        """What to cite."""
        moment = told.pins.moment
        more = {"Recorded-At": written(moment.recorded_at)} if moment else {}
        more |= {"Result-SHA256": told.table.digest, "Cite-As": self.base.rstrip("/") + address}
        return citation(told.found, wanted.values) | more

    def _passed_on(self, wanted: Asked, told: Told) -> dict[str, str]:
        """What a file tells to cite: nothing that counts what others hand in, since files are passed on."""
        pins = told.pins
        alike = replace(pins, moment=replace(pins.moment, sequence=None) if pins.moment else None)
        about = self._about(wanted, told, permalink(wanted, told.found, alike))
        return {name: value for name, value in about.items() if name not in COUNTING}

    def _shown(self, wanted: Asked, told: Told, part: Part, view: View) -> dict[str, object]:
        """An answer as its page shows it."""
        address = permalink(wanted, told.found, told.pins)
        about, labels = self._about(wanted, told, address), Labels(view)
        asked = {**wanted.values, **{name: text or "" for name, text in instants(wanted.query, told.found).items()}}
        exactly = replace(wanted, values=asked)
        iris = {slot.name for slot in wanted.query.parameters if slot.kind is Kind.IRI}
        named = {text: labels[IRI(text.strip())] for name, text in asked.items() if name in iris and text.strip()}
        pinned = told.pins.parameters()
        recorded = {name: text for name, text in wanted.more.items() if name == "recordedAt"}
        return {
            "table": told.table,
            "part": part,
            "completeness": told.found.completeness,
            "citation": about,
            "asked": {name: named.get(text, text) for name, text in (asked | recorded).items() if text.strip()},
            "differs": DIFFERS if told.differs else "",
            "permalink": address,
            "reference": reference(exactly, about["Cite-As"], told.pins, lambda text: named.get(text, text)),
            "bibtex": bibtex(exactly, about["Cite-As"], told.pins),
            "next": _next(wanted, told, part, str(wanted.window.limit or _ON_A_PAGE)),
            "first": wanted.address(limit=None, after=None),
            "formats": [
                (each.label, exactly.address(limit=None, after=None, format=each.name, **pinned))
                for each in FORMATS.values()
            ],
        }

    async def _page(
        self, request: Request, wanted: Asked, view: View, shown: Mapping[str, object] | Exception | None
    ) -> Response:
        """The form, and below it the answer, or what was wrong."""
        status = status_of(shown) if isinstance(shown, Exception) else 200
        if isinstance(shown, Mapping) and shown["differs"]:
            status = status_of(ConflictError())

        def rendered() -> Response:
            context = {
                "query": wanted.query,
                "fields": fields(wanted, view),
                "labels": Labels(view),
                "problem": str(shown) if isinstance(shown, Exception) else None,
                "meant": meant(wanted, view) if isinstance(shown, InputError) else [],
                **(shown if isinstance(shown, Mapping) else {"table": None}),
            }
            return self.pages(request, "query.html", context, status)

        return await run_in_threadpool(rendered)


def _next(wanted: Asked, told: Told, part: Part, limit: str, **more: str) -> str | None:
    """The address of the part that comes after one: as of the same instants, and the same moment if one is given."""
    if part.next is None:
        return None
    kept = {
        name: text for name, text in wanted.more.items() if name in {"definition", "recordedAt", "records", "sequence"}
    }
    pair = instants(wanted.query, told.found)
    return wanted.address(**pair, **kept, limit=limit, after=part.next, **more)


def is_held(request: Request, tag: str) -> bool:
    """Whether the reader says that it has the content of that tag already (RFC 9110, 13.1.2)."""
    held = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    return not held.isdisjoint((tag.removeprefix("W/"), "*"))


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


def _grouped(catalogue: Catalogue) -> Mapping[str, Sequence[StoredQuery]]:
    """The questions by what they are about, each once: first those that the service is for."""
    groups: dict[str, list[StoredQuery]] = {_FIRST: []}
    for query in sorted(catalogue, key=lambda one: one.tags):
        groups.setdefault(query.tags[0] if query.tags else _OTHER, []).append(query)
    return {about: queries for about, queries in groups.items() if queries}


def _accept(request: Request) -> str | None:
    return request.query_params.get("accept") or request.headers.get("accept")
