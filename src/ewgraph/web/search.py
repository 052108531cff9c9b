"""The search by name: as a page without a script, as JSON, and as suggestions while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import Gate, Principal, View
from ewgraph.api.countries import Countries
from ewgraph.api.graphql.paging import LARGEST, Page, page
from ewgraph.api.linkeddata.labels import Labels, local_name
from ewgraph.api.negotiation import HTML, preferred
from ewgraph.api.pages import Pages
from ewgraph.errors import FormatError, InputError
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from ewgraph.names.fields import CLASSES, KINDS
from ewgraph.names.marking import marked
from ewgraph.names.search import MOST, Hit, Hits, Wanted
from ewgraph.web.problems import status_of

LONGEST: Final = 200
"""So many characters may be looked for."""
SUGGESTED: Final = 10

_JSON: Final = "application/json"
_FIRST: Final = 20
_PARAMETERS: Final = frozenset({"q", "kind", "country", "first", "after", "accept"})
_MANY: Final = frozenset({"kind", "country"})
_CLASS_OF: Final[Mapping[str, IRI]] = MappingProxyType({local_name(one).lower(): one for one in CLASSES})
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "label": "name",
        "legalName": "registered name",
        "nativeName": "name in its own language",
        "alternativeLabel": "other name",
        "title": "title",
        "modelNumber": "model number",
        "identifier": "identifier",
        "address": "address",
    },
)


@dataclass(frozen=True, slots=True)
class Looking:
    """What a request looks for.

    Attributes:
        text: as it was typed.
        wanted: what that stands for; None where nothing was typed.
        first: how many are wanted.
        after: the cursor of the one before them.
    """

    text: str
    wanted: Wanted | None
    first: int
    after: str | None

    @classmethod
    def of(cls, request: Request, countries: Countries, first: int) -> Looking:
        """What the parameters say.

        Raises:
            InputError: one is unknown, given twice, too long or not of its kind.
        """
        given: dict[str, list[str]] = {}
        for name, value in request.query_params.multi_items():
            if name not in _PARAMETERS:
                raise InputError(f"there is no parameter {name!r}. There are: {', '.join(sorted(_PARAMETERS))}")
            given.setdefault(name, []).append(value.strip())
            if name not in _MANY and len(given[name]) > 1:
                raise InputError(f"the parameter {name!r} is given twice: give it once")
        text = "".join(given.get("q", ()))
        if len(text) > LONGEST:
            raise InputError(f"look for at most {LONGEST} characters, not {len(text)}: a part of the name will do")
        kinds = [_class(one) for one in given.get("kind", ()) if one]
        places = [_country(countries, one) for one in given.get("country", ()) if one]
        count = "".join(given.get("first", ()))
        if count and not (count.isdecimal() and count.isascii() and int(count[:9]) <= LARGEST):
            raise InputError(f"`first` is how many to give, from 0 to {LARGEST}, not {count!r}")
        wanted = Wanted(text, kinds, places) if text else None
        return cls(text, wanted, int(count) if count else first, "".join(given.get("after", ())) or None)


def _class(text: str) -> IRI:
    if text.lower() in _CLASS_OF:
        return _CLASS_OF[text.lower()]
    if any(text == one.value for one in CLASSES):
        return IRI(text)
    kinds = ", ".join(map(local_name, CLASSES))
    raise InputError(f"{text!r} is no kind of thing that can be found. There are: {kinds}")


def _country(countries: Countries, text: str) -> IRI:
    found = countries[text]
    if found is None:
        raise InputError(f"{text!r} is no country. Write its code (ISO 3166-1), such as CN, or its name")
    return found


@dataclass(frozen=True, slots=True)
class Search:
    """Answers `/search` and `/suggest`.

    Attributes:
        gate: gives each caller a View.
        principal_of: tells who asks.
        pages: renders the page.
    """

    gate: Gate
    principal_of: Callable[[Request], Principal]
    pages: Pages

    def search(self, request: Request) -> Response:
        """What is found, as a page or as JSON."""
        view = self.gate.view(self.principal_of(request))
        offers = (_JSON, HTML)
        media_type = preferred(request.query_params.get("accept") or request.headers.get("accept"), offers)
        if media_type is None:
            raise FormatError(f"what is found is written as {' or '.join(offers)}")
        if media_type == HTML:
            return self._page(request, view)
        countries = Countries(view)
        looking = Looking.of(request, countries, _FIRST)
        hits, part = _found(view, looking)
        labels = Labels(view)
        return JSONResponse(
            {
                "query": looking.text,
                "total": part.total,
                "limited": hits.limited,
                "results": [{**_told(hit, labels, countries), "cursor": cursor} for cursor, hit in part.items],
                "next": part.info.end_cursor if part.info.has_next_page else None,
            }
        )

    def suggest(self, request: Request) -> Response:
        """What may be meant, the likest first: for a field in which somebody types."""
        view = self.gate.view(self.principal_of(request))
        countries = Countries(view)
        looking = Looking.of(request, countries, SUGGESTED)
        _, part = _found(view, looking)
        labels = Labels(view)
        return JSONResponse(
            {"query": looking.text, "results": [_told(hit, labels, countries) for _, hit in part.items]}
        )

    def _page(self, request: Request, view: View) -> Response:
        context: dict[str, object] = {
            "text": request.query_params.get("q", ""),
            "kinds": _kinds(view),
            "chosen": request.query_params.get("kind", ""),
            "country": request.query_params.get("country", ""),
            "labels": Labels(view),
            "part": None,
            "problem": None,
            "limited": False,
            "following": None,
        }
        status, countries = 200, Countries(view)
        try:
            looking = Looking.of(request, countries, _FIRST)
            if looking.wanted:
                hits, part = _found(view, looking)
                context |= {
                    "part": part,
                    "rows": [(hit, list(marked(hit.name.text, looking.text))) for _, hit in part.items],
                    "fields": _WORDS,
                    "limited": hits.limited,
                    "most": MOST,
                }
                if part.info.has_next_page:
                    context["following"] = str(request.url.include_query_params(after=part.info.end_cursor).query)
        except InputError as error:
            context["problem"], status = str(error), status_of(error)
        return self.pages(request, "search.html", context, status)


def _kinds(view: View) -> Sequence[tuple[str, str]]:
    labels = Labels(view)
    kinds = [one for one in CLASSES if one in KINDS or terms.Site in terms.SUPERCLASSES[one]]
    return [(local_name(one), labels[one]) for one in kinds]


def _found(view: View, looking: Looking) -> tuple[Hits, Page[Hit]]:
    hits = view.search(looking.wanted) if looking.wanted else Hits(())
    return hits, page(hits.items, lambda hit: hit.key, "iss", looking.first, looking.after)


def _told(hit: Hit, labels: Labels, countries: Countries) -> dict[str, object]:
    return {
        "id": hit.thing.value,
        "label": labels[hit.thing],
        "kind": local_name(hit.classes[0]),
        "classes": [local_name(one) for one in hit.classes],
        "countries": [countries.code(one) for one in hit.countries],
        "score": hit.score,
        "matched": {"text": hit.name.text, "field": hit.name.field.value, "language": hit.name.language or None},
    }
