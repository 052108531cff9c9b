"""The stored questions as an API description (OpenAPI 3.1), made from the headers of the query files."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from ewgraph.catalogue import Catalogue
from ewgraph.web.cookies import Cookies
from ewgraph.web.openapi.components import Object, components
from ewgraph.web.openapi.operations import describing, listing, operation

DESCRIPTION: Final = "/queries/openapi.json"
"""Where it is served."""

_ABOUT: Final = (
    "Questions to the graph of disclosures, each defined by a SPARQL text that is part of the service. "
    "An answer holds what the bearer of the key may see, and is the same whatever else there is; without a key it is "
    "what is public. What is not in an answer was not recorded, or is not yours to see: that is never a no.\n\n"
    "`validAt` is the day on which the claims hold, `knownAt` the instant by which their records were received; both "
    'are now where they are not given. Without `limit` an answer comes whole. With it, `Link: <…>; rel="next"` leads '
    "to the next part, as of the same instants, until there is none: a cursor is what the last row is sorted by, so "
    "nothing is missed or told twice when records come in meanwhile.\n\n"
    '`Link: <…>; rel="cite-as"` is the permalink of an answer. It pins the text of the question, both instants, what '
    "had been recorded and what came out; what comes out otherwise there is refused with 409."
)


def description(catalogue: Catalogue, base: str) -> Object:
    """The description of all stored questions.

    Args:
        catalogue: the questions.
        base: the address of the service.
    """
    tags = sorted({tag for query in catalogue for tag in query.tags})
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "ewgraph: stored questions",
            "summary": "Which of my contracts touch this factory, and on whose word?",
            "description": _ABOUT,
            "version": version("ewgraph"),
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base.rstrip("/")}],
        "security": [{}, {"key": []}, {"session": []}],
        "tags": [{"name": "catalogue"}, *({"name": tag} for tag in tags)],
        "paths": {
            "/queries": {"get": listing()},
            DESCRIPTION: {"get": describing()},
            **{f"/queries/{query.id}": {"get": operation(query)} for query in catalogue},
        },
        "components": components(Cookies.of(base).session),
    }
