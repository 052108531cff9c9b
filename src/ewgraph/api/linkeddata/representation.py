"""A document as it is sent: in which format, with which validators and links (RFC 9110, RFC 8288)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from email.utils import format_datetime, parsedate_to_datetime
from types import MappingProxyType
from typing import Final, NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from ewgraph.api.negotiation import ALIASES, HTML, preferred
from ewgraph.errors import FormatError
from ewgraph.model.rdf import RdfFormat

TURTLE: Final = "text/turtle"
JSON_LD: Final = "application/ld+json"
TRIPLES: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        TURTLE: RdfFormat.TURTLE,
        "application/n-triples": RdfFormat.N_TRIPLES,
        JSON_LD: RdfFormat.JSON_LD,
        "application/rdf+xml": RdfFormat.RDF_XML,
    }
)
"""How triples are written."""
QUADS: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {"application/trig": RdfFormat.TRIG, "application/n-quads": RdfFormat.N_QUADS}
)
"""How triples are written with the graph that each is in."""
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        HTML: "HTML",
        TURTLE: "Turtle",
        "application/n-triples": "N-Triples",
        JSON_LD: "JSON-LD",
        "application/rdf+xml": "RDF/XML",
        "application/trig": "TriG",
        "application/n-quads": "N-Quads",
        "application/atom+xml": "Atom",
    }
)
TRIPLE_OFFERS: Final = (TURTLE, HTML, *(media_type for media_type in TRIPLES if media_type != TURTLE))
QUAD_OFFERS: Final = (*TRIPLE_OFFERS, *QUADS)

_NOT_MODIFIED: Final = 304
_KEPT: Final = ("Cache-Control", "ETag", "Last-Modified", "Link", "Vary")
_IN_IRIS: Final = ":/?#[]@!$&'()*+,;=%~"


class Link(NamedTuple):
    """A typed link to another document or thing (RFC 8288)."""

    target: str
    rel: str
    type: str = ""

    def __str__(self) -> str:
        kind = f'; type="{self.type}"' if self.type else ""
        return f'<{quote(self.target, safe=_IN_IRIS)}>; rel="{self.rel}"{kind}'


def wanted(request: Request, offers: Sequence[str], what: str) -> str:
    """The media type that is asked for: by `?accept=` of the address, or else by the header.

    N-Triples may be asked for as plain text, as they were before they had a type of their own.

    Raises:
        FormatError: none of the offers is accepted.
    """
    named = {media_type: media_type for media_type in offers}
    named |= {alias: media_type for alias, media_type in ALIASES.items() if media_type in offers}
    found = preferred(asked_for(request), tuple(named))
    if found is None:
        *others, last = (NAMES[media_type] for media_type in offers)
        raise FormatError(f"{what} is written as {', '.join(others)} or {last}")
    return named[found]


def asked_for(request: Request) -> str | None:
    """What the request accepts."""
    return request.query_params.get("accept") or request.headers.get("accept")


def alternates(address: str, offers: Iterable[str], chosen: str) -> list[Link]:
    """Links to the same document in the formats that were not chosen."""
    mark = "&" if "?" in address else "?"
    return [
        Link(f"{address}{mark}accept={quote(media_type, safe='/')}", "alternate", media_type)
        for media_type in offers
        if media_type != chosen
    ]


def link_header(links: Iterable[Link]) -> dict[str, str]:
    """The field `Link`; none where there are no links."""
    text = ", ".join(map(str, links))
    return {"Link": text} if text else {}


def see_other(location: str, links: Iterable[Link] = ()) -> Response:
    """A redirect from a thing to a document about it (httpRange-14)."""
    return Response(status_code=303, headers={"Location": quote(location, safe=_IN_IRIS), **link_header(links)})


def conditional(request: Request, response: Response, modified: dt.datetime | None = None) -> Response:
    """The answer with an entity tag of its content, or that it has not changed since the client asked last.

    The tag is a weak one: the same content is sent compressed as well.

    Args:
        request: it may name what the client holds.
        response: all of the answer, or one that has its entity tag already.
        modified: when the newest thing in it came, where the reader sees that.
    """
    if "ETag" not in response.headers:
        response.headers["ETag"] = f'W/"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    tag = response.headers["ETag"]
    if modified is not None:
        response.headers["Last-Modified"] = format_datetime(modified.astimezone(dt.UTC).replace(microsecond=0), True)  # noqa: FBT003  # `usegmt`
    if not _is_held(request, tag, modified):
        return response
    kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
    return Response(status_code=_NOT_MODIFIED, headers=kept)


def _is_held(request: Request, tag: str, modified: dt.datetime | None) -> bool:
    """Whether the client holds the same (RFC 9110, 13.1.2 and 13.1.3)."""
    held = request.headers.get("if-none-match")
    if held is not None:
        tags = {part.strip().removeprefix("W/") for part in held.split(",")}
        return "*" in tags or tag.removeprefix("W/") in tags
    since = request.headers.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
