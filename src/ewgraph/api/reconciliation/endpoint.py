"""The routes of the service: reconcile and extend, suggest, preview; all within what the caller may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ewgraph.access import Gate, Principal, View
from ewgraph.api.bodies import body_of, fields_of, text_of
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.pages import Pages
from ewgraph.api.reconciliation.asked import LONGEST, extension_of, queries_of
from ewgraph.api.reconciliation.extending import extended
from ewgraph.api.reconciliation.manifest import manifest
from ewgraph.api.reconciliation.matching import Candidate, Matcher
from ewgraph.api.reconciliation.properties import PROPERTIES, properties_of, type_of
from ewgraph.api.reconciliation.suggestions import DESCRIPTIONS, SUGGESTIONS, description_of, seen, types_of
from ewgraph.api.threads import SharedThreads
from ewgraph.errors import InputError, NotFoundError
from ewgraph.model.rdf import IRI

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_BYTES: Final = 1024 * 1024
_MOST_FIELDS: Final = 20
_SUGGESTED: Final = 10
_EMBEDDED: Final = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors http://localhost:* http://127.0.0.1:* http://[::1]:*"
    }
)
"""OpenRefine shows the preview in a frame; it runs on the reader's own machine."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Answers `/reconcile` and what lies below it.

    Attributes:
        gate: gives each caller a View.
        principal_of: tells who asks.
        pages: renders the preview.
        base: the address of the service.
        threads: where batches are answered, in turns.
    """

    gate: Gate
    principal_of: Callable[[Request], Principal]
    pages: Pages
    base: str
    threads: SharedThreads = field(default_factory=SharedThreads)

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/reconcile", self.answer, methods=["GET", "POST"]),
            Route("/reconcile/suggest/{what}", self.suggest),
            Route("/reconcile/flyout/{what}", self.flyout),
            Route("/reconcile/properties", self.propose),
            Route("/reconcile/preview", self.preview),
        ]

    async def answer(self, request: Request) -> Response:
        """The manifest, the candidates for a batch of queries, or the values of an extension."""
        given = await _parameters(request)
        principal = await run_in_threadpool(self.principal_of, request)
        return await self.threads.run(request, principal, lambda: self._answer(request, principal, given))

    def _answer(self, request: Request, principal: Principal, given: Mapping[str, str]) -> Response:
        view = self.gate.view(principal)
        if "callback" in given:
            raise InputError(
                "JSONP is not offered: programs of other sites read the JSON by CORS. Leave `callback` out"
            )
        if "queries" in given and "extend" in given:
            raise InputError("a request has `queries` or `extend`: send two requests")
        if "queries" in given:
            return JSONResponse(_reconciled(view, given["queries"]))
        if "extend" in given:
            return JSONResponse(extended(view, extension_of(given["extend"])))
        if request.method == "POST":
            raise InputError("the form has neither `queries` nor `extend`: send one of them")
        return JSONResponse(manifest(self.base))

    def suggest(self, request: Request) -> Response:
        """What may be meant by the beginning of a name: things, types or properties."""
        view = self.gate.view(self.principal_of(request))
        prefix, start = _prefix(request), _start(request)
        found = SUGGESTIONS[_what(request)](view, prefix)
        return JSONResponse({"result": found[start : start + _SUGGESTED]})

    def flyout(self, request: Request) -> Response:
        """A little HTML on what was suggested, while the pointer is on it."""
        view = self.gate.view(self.principal_of(request))
        what, name = _what(request), request.query_params.get("id", "")
        text = DESCRIPTIONS[what](view, name)
        return JSONResponse({"id": name, "html": f"<p>{escape(text)}</p>" if text else ""})

    def propose(self, request: Request) -> Response:
        """The properties with which a table of some type can be extended."""
        self.principal_of(request)
        written = request.query_params.get("type", "")
        limit = request.query_params.get("limit", "")
        if limit and not (limit.isascii() and limit.isdecimal()):
            raise InputError(f"`limit` is a whole number, not {limit!r}")
        found = properties_of(type_of(written))[: int(limit[:9]) if limit else None]
        told: dict[str, object] = {"properties": [{"id": one.id, "name": one.name} for one in found]}
        return JSONResponse(
            told | ({"type": written} if written else {}) | ({"limit": int(limit[:9])} if limit else {})
        )

    def preview(self, request: Request) -> Response:
        """A small page on a thing, for a frame.

        Raises:
            NotFoundError: nothing visible is said of it.
        """
        view = self.gate.view(self.principal_of(request))
        thing = seen(view, request.query_params.get("id", ""))
        if thing is None:
            raise NotFoundError("there is no such thing, or none that you may see")
        labels = Labels(view)
        rows = [
            (one.name, [(term, labels[term] if isinstance(term, IRI) else term.value) for term in values])
            for one in PROPERTIES.values()
            if one.id not in {"name", "identifier"} and (values := one.values(view, thing))
        ]
        response = self.pages(request, "reconcile_preview.html", {"thing": thing, "name": labels[thing], "rows": rows})
        response.headers.update(_EMBEDDED)
        return response


async def _parameters(request: Request) -> dict[str, str]:
    """The parameters of the address and of the form, each of which may be given once."""
    pairs = list(request.query_params.multi_items())
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != _FORM:
            raise InputError(f"queries are sent as {_FORM}, not as {kind or 'nothing'!r}")
        pairs += fields_of(await _body(request), _MOST_FIELDS)
    values: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        values[name].append(value)
    for name, some in values.items():
        if len(some) > 1:
            raise InputError(f"the parameter {name!r} is given twice: give it once")
    return {name: some[0] for name, some in values.items()}


async def _body(request: Request) -> str:
    too_large = f"the body of a batch has at most {_MOST_BYTES} bytes"
    return text_of(await body_of(request, _MOST_BYTES, too_large), InputError("the body is not UTF-8"))


def _reconciled(view: View, text: str) -> dict[str, object]:
    matcher = Matcher(view)
    answer: dict[str, object] = {}
    for name, query in queries_of(text).items():
        found = matcher.candidates(query)
        meant = matcher.matched(found)
        answer[name] = {"result": [_told(one, matcher.labels, is_match=one is meant) for one in found[: query.limit]]}
    return answer


def _told(candidate: Candidate, labels: Labels, *, is_match: bool) -> dict[str, object]:
    return {
        "id": candidate.hit.thing.value,
        "name": labels[candidate.hit.thing],
        "description": description_of(candidate.hit, labels),
        "score": candidate.score,
        "match": is_match,
        "features": [{"id": name, "value": value} for name, value in candidate.features.items()],
        "type": types_of(candidate.hit, labels),
    }


def _what(request: Request) -> str:
    what = str(request.path_params["what"])
    if what not in SUGGESTIONS:
        raise NotFoundError("there is no such page")
    return what


def _prefix(request: Request) -> str:
    prefix = request.query_params.get("prefix", "").strip()
    if len(prefix) > LONGEST:
        raise InputError(f"`prefix` has at most {LONGEST} characters, not {len(prefix)}")
    return prefix


def _start(request: Request) -> int:
    cursor = request.query_params.get("cursor", "") or "0"
    if not (cursor.isascii() and cursor.isdecimal()):
        raise InputError(f"`cursor` is how many suggestions to leave out, not {cursor!r}")
    return int(cursor[:9])
