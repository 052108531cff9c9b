"""Requests as values: what is sent, and how what comes back is read. Both clients send them; nothing is sent here."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote, urlencode

import httpx2
import msgspec

from ewgraph.client.answers import Answer, Row, Solutions, solutions_of
from ewgraph.client.problems import GraphQLRefusal, ServiceError

T = TypeVar("T")

_SOLUTIONS: Final = "application/sparql-results+json"
_CITED: Final = (
    *("query", "query-sha256", "parameters", "valid-at", "known-at", "graph-digest", "graph-records"),
    *("ledger-sequence", "index-generation", "limits-reached", "recorded-at", "result-sha256", "cite-as"),
)


@dataclass(frozen=True)
class Question(Generic[Row]):
    """A stored question with the values of its parameters.

    Attributes:
        id: of the stored query.
        parameters: by name; those that are None are not sent.
        columns: the kind of each column; where it is not known, frames infer their types.
    """

    id: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation(Generic[T]):
    """A GraphQL operation with the values of its variables.

    Attributes:
        document: the text, with its fragments.
        name: of the operation.
        field: the one field that it asks for.
        kind: the type of that field's value, at run time.
        variables: by name; those that are None are not sent.
    """

    document: str
    name: str
    field: str
    kind: Any
    variables: Mapping[str, object]


@dataclass(frozen=True)
class Subscription(Operation[T]):
    """A GraphQL subscription: its field has a value for each event."""


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request.

    Attributes:
        path: below the service's address, or the whole address.
        read: makes the value of a good answer.
        accept: the media type that is wanted.
        parameters: of the address.
        body: what is posted, and its media type; None gets.
    """

    path: str
    read: Callable[[httpx2.Response], T]
    accept: str = "application/json"
    parameters: tuple[tuple[str, str], ...] = ()
    body: tuple[bytes, str] | None = None


def question(asked: Question[Row], size: int | None = None) -> Call[Answer[Row]]:
    """Ask a stored question; with a size, for so many rows at a time."""
    named = [(name, _written(value)) for name, value in asked.parameters.items() if value is not None]
    page = [] if size is None else [("limit", str(size))]
    path = f"queries/{quote(asked.id, safe='')}"  # an assistant may be talked into any name
    return Call(path, lambda reply: _answer(asked, reply), _SOLUTIONS, (*named, *page))


def following(asked: Question[Row], address: str) -> Call[Answer[Row]]:
    """Ask for the rows that follow, at the address that an answer gave."""
    return Call(address, lambda reply: _answer(asked, reply), _SOLUTIONS)


def operation(run: Operation[T]) -> Call[T]:
    """Run a GraphQL operation, and read the value of its field."""

    def read(reply: httpx2.Response) -> T:
        found: T = msgspec.convert(graphql_data(reply)[run.field], run.kind)
        return found

    return _graphql(run.document, run.variables, run.name, read)


def listening(to: Subscription[T]) -> Call[T]:
    """Listen to a subscription; what is read of is one event."""

    def read(reply: httpx2.Response) -> T:
        raise ServiceError(reply.status_code, "a subscription is listened to, not run")

    return replace(_graphql(to.document, to.variables, to.name, read), accept="text/event-stream")


def event(to: Subscription[T], line: str) -> T | None:
    """The value that a line of a stream of events tells; None where it tells none.

    Raises:
        GraphQLRefusal: it tells why there will be none.
    """
    name, _, text = line.partition(":")
    if name != "data" or not text.strip():
        return None
    content = json.loads(text)
    if content.get("errors"):
        raise GraphQLRefusal(content["errors"], content.get("data"))
    found: T = msgspec.convert(content["data"][to.field], to.kind)
    return found


def graphql(document: str, variables: Mapping[str, object]) -> Call[dict[str, Any]]:
    """Run a GraphQL document, and give its data as they come."""
    return _graphql(document, variables, None, graphql_data)


def sparql(query: str) -> Call[Solutions | bool]:
    """Ask a SPARQL SELECT or ASK."""
    return Call("sparql", lambda reply: solutions_of(reply.json()), _SOLUTIONS, body=_form(query))


def graph(query: str, media_type: str) -> Call[bytes]:
    """Ask a SPARQL CONSTRUCT or DESCRIBE."""
    return Call("sparql", lambda reply: reply.content, media_type, body=_form(query))


def description(iri: str, media_type: str) -> Call[bytes]:
    """What is known of a thing, as RDF."""
    return Call("id", lambda reply: reply.content, media_type, (("iri", iri),))


def questions() -> Call[list[dict[str, Any]]]:
    """The stored questions that the service has."""
    return Call("queries", lambda reply: list(reply.json()))


def _answer(asked: Question[Row], reply: httpx2.Response) -> Answer[Row]:
    found = solutions_of(reply.json())
    if isinstance(found, bool):
        raise ServiceError(reply.status_code, f"{asked.id} has no rows")
    kinds = asked.columns or dict.fromkeys(found.columns, "")
    citation = {name: reply.headers[f"x-{name}"] for name in _CITED if f"x-{name}" in reply.headers}
    return Answer(kinds, found.rows, citation, reply.links.get("next", {}).get("url"))  # type: ignore[arg-type]


def _graphql(
    document: str, variables: Mapping[str, object], name: str | None, read: Callable[[httpx2.Response], T]
) -> Call[T]:
    sent = {key: _encoded(value) for key, value in variables.items() if value is not None}
    content: dict[str, object] = {"query": document, "variables": sent}
    if name is not None:
        content["operationName"] = name
    return Call("graphql", read, body=(json.dumps(content).encode(), "application/json"))


def graphql_data(reply: httpx2.Response) -> dict[str, Any]:
    """The data of a GraphQL answer.

    Raises:
        GraphQLRefusal: it has errors.
    """
    content = reply.json()
    if content.get("errors"):
        raise GraphQLRefusal(content["errors"], content.get("data"))
    return dict(content["data"])


def _form(query: str) -> tuple[bytes, str]:
    return urlencode({"query": query}).encode(), "application/x-www-form-urlencoded"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _instant(value) if isinstance(value, dt.date) else str(value)


def _encoded(value: object) -> object:
    if isinstance(value, dt.date):
        return _instant(value)
    if isinstance(value, Mapping):
        return {name: _encoded(each) for name, each in value.items()}
    return [_encoded(each) for each in value] if isinstance(value, list | tuple) else value


def _instant(value: dt.date) -> str:
    """A day, or an instant with its zone; one without is of UTC."""
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=dt.UTC)
    return value.isoformat()
