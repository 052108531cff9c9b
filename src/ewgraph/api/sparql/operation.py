"""The query operation of the SPARQL 1.1 Protocol: what a request asks, in each of its three forms.

Source: SPARQL 1.1 Protocol, 2.1.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from ewgraph.api.bodies import body_of, fields_of, text_of
from ewgraph.errors import QueryError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

MOST_BYTES: Final = 256 * 1024
"""A query of 64 KiB with every byte percent-encoded, and its graphs."""
_MOST_FIELDS: Final = 200


class MediaTypeError(Exception):
    """The body is of a kind that no query operation has."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked.

    Attributes:
        query: the query's text; None where the request asks about the endpoint itself.
        accept: the formats accepted; a parameter of this name stands in for the header, for forms and links.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    accept: str | None


async def operation_of(request: Request) -> Operation:
    """The operation of the request.

    Raises:
        QueryError: the request breaks the protocol, or asks for an update.
        LimitError: its body is too large.
        MediaTypeError: its body is of another kind.
    """
    values: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in request.query_params.multi_items():
        values[name].append(value)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _text(request)
        if kind == FORM:
            for name, value in fields_of(body, _MOST_FIELDS, QueryError):
                values[name].append(value)
        elif kind == QUERY:
            values["query"].append(body)
        elif kind == UPDATE:
            raise QueryError("updates are not offered: this endpoint answers queries")
        else:
            raise MediaTypeError(f"a query is sent as {FORM} or {QUERY}, not as {kind or 'nothing'!r}")
    return _operation(request, values)


async def _text(request: Request) -> str:
    too_large = f"the body of a query operation has at most {MOST_BYTES} bytes"
    return text_of(await body_of(request, MOST_BYTES, too_large), QueryError("the body is not UTF-8"))


def _operation(request: Request, values: dict[str, list[str]]) -> Operation:
    if "update" in values:
        raise QueryError("updates are not offered: this endpoint answers queries")
    queries = values.get("query", [])
    if len(queries) > 1:
        raise QueryError(f"a request has one query, not {len(queries)}")
    if not queries and request.method == "POST":
        raise QueryError("the request has no query: send it as the parameter `query`, or as the body")
    return Operation(
        query=queries[0] if queries else None,
        default_graphs=tuple(values.get("default-graph-uri", [])),
        named_graphs=tuple(values.get("named-graph-uri", [])),
        accept=values.get("accept", [request.headers.get("accept", "")])[0] or None,
    )
