"""Which of what is offered a reader prefers: media types (RFC 9110, 12.5.1) and codings (12.5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ewgraph.graph.oxigraph import GRAPH_FORMATS, RESULT_FORMATS

HTML: Final = "text/html"
GRAPHS: Final = tuple(GRAPH_FORMATS)
RESULTS: Final = tuple(RESULT_FORMATS)

ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application/json": "application/sparql-results+json",
        "application/xml": "application/sparql-results+xml",
        "text/xml": "application/sparql-results+xml",
        "text/plain": "application/n-triples",
    },
)
_WEIGHT: Final = re.compile(r";\s*q\s*=\s*([^;\s]*)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[01](?:\.[0-9]*)?")


@dataclass(frozen=True, slots=True)
class _Range:
    media: str
    quality: float

    def matches(self, offer: str) -> bool:
        kind = self.media.partition("/")[0]
        return self.media in {"*/*", offer} or (self.media == f"{kind}/*" and offer.startswith(f"{kind}/"))

    @property
    def precision(self) -> int:
        return 0 if self.media == "*/*" else 1 if self.media.endswith("/*") else 2


def preferred(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that the `Accept` header prefers, the earlier where it prefers several alike; None where it takes none.

    >>> preferred("text/csv;q=0.5, text/*;q=0.1, application/json", ["text/turtle", "text/csv"])
    'text/csv'
    >>> preferred(None, ["text/turtle"])
    'text/turtle'
    """
    ranked = [(quality(accept, offer), -place, offer) for place, offer in enumerate(offers)]
    best = max(ranked, default=(0.0, 0, None))
    return best[2] if best[0] > 0 else None


def quality(accept: str | None, offer: str) -> float:
    """How much the `Accept` header wants the media type, from 0 (not at all) to 1."""
    if accept is None or not accept.strip():
        return 1.0
    fitting = [part for part in _ranges(accept) if part.matches(offer)]
    return max(fitting, key=lambda part: part.precision).quality if fitting else 0.0


def accepted(accept: str, codings: Sequence[str]) -> str | None:
    """The coding that the `Accept-Encoding` header prefers, the earlier where it prefers several alike.

    None where it prefers the content as it is, and where there is no such header: then nothing is known of the reader.

    >>> accepted("gzip;q=0.5, zstd", ["zstd", "gzip"])
    'zstd'
    >>> accepted("gzip;q=0.5, identity", ["zstd", "gzip"])
    """
    told = {part.media: part.quality for part in _ranges(accept)}
    rest = told.get("*", 0.0)
    ranked = [(told.get(coding, rest), -place, coding) for place, coding in enumerate(codings)]
    best = max(ranked, default=(0.0, 0, None))
    return best[2] if best[0] > 0 and best[0] >= told.get("identity", 0.0) else None


def _ranges(accept: str) -> Iterator[_Range]:
    for part in accept.split(","):
        weight = _WEIGHT.search(part)
        written = weight[1] if weight else "1"
        yield _Range(
            media=part.partition(";")[0].strip().lower(),
            quality=min(float(written), 1.0) if _NUMBER.fullmatch(written) else 0.0,
        )


def wants_page(accept: str | None, others: Iterable[str]) -> bool:
    """Whether a page is wanted more than every other offer, as browsers say."""
    return accept is not None and quality(accept, HTML) > max((quality(accept, offer) for offer in others), default=0)
