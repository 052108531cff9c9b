"""The two clients: the same calls, sent and awaited or sent and waited for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing, closing
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import httpx2

from ewgraph.client import calls
from ewgraph.client.answers import Answer, Row, Solutions
from ewgraph.client.calls import Call, Operation, Question, Subscription
from ewgraph.client.problems import ServiceError, UnreachableError
from ewgraph.errors import ConfigurationError
from ewgraph.settings import is_protected

T = TypeVar("T")

_TIMEOUT_S: Final = 90.0
_TRIES: Final = 3
_LONGEST_WAIT_S: Final = 30.0
_BUSY: Final = frozenset({429, 503})


class Client:
    """Asks the service and waits for the answer. It is a context manager; used without, it has to be closed.

    A service that is busy is asked again, as often and as late as it says, three times at most.
    """

    def __init__(self, service: str, key: str | None = None, *, timeout_s: float = _TIMEOUT_S) -> None:
        """Prepare to ask.

        Args:
            service: its address.
            key: an API key; without one, or with an empty one, what is public is read.
            timeout_s: how long an answer may take.

        Raises:
            ConfigurationError: a key would go over an unprotected connection to another machine.
        """
        self._http = httpx2.Client(**_options(service, key, timeout_s))

    def ask(self, question: Question[Row], limit: int | None = None) -> Answer[Row]:
        """The answer to a stored question, whole, or its first rows."""
        return self._send(calls.question(question, limit))

    def pages(self, question: Question[Row], size: int = 1000) -> Iterator[Answer[Row]]:
        """The answer to a stored question, so many rows at a time."""
        page = self._send(calls.question(question, size))
        yield page
        while page.next:
            page = self._send(calls.following(question, page.next))
            yield page

    def run(self, operation: Operation[T]) -> T:
        """The value that a GraphQL operation asks for."""
        return self._send(calls.operation(operation))

    def listen(self, to: Subscription[T]) -> Iterator[T]:
        """The values that a GraphQL subscription tells, as they come; it ends where the service ends it.

        Raises:
            GraphQLRefusal: the service tells no more, and why.
            UnreachableError: the connection was lost.
        """
        request = _request(self._http, calls.listening(to))
        try:
            with closing(self._http.send(request, stream=True)) as reply:
                if not reply.is_success:
                    reply.read()
                    _good(reply)
                for line in reply.iter_lines():
                    if (value := calls.event(to, line)) is not None:
                        yield value
        except httpx2.HTTPError as error:
            raise _unreachable(self._http, error) from error

    def graphql(self, document: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
        """The data that a GraphQL document asks for, as they come."""
        return self._send(calls.graphql(document, variables or {}))

    def sparql(self, query: str) -> Solutions | bool:
        """The solutions of a SELECT, or the truth of an ASK."""
        return self._send(calls.sparql(query))

    def graph(self, query: str, media_type: str = "application/n-triples") -> bytes:
        """The graph of a CONSTRUCT or DESCRIBE, written in the media type."""
        return self._send(calls.graph(query, media_type))

    def describe(self, iri: str, media_type: str = "text/turtle") -> bytes:
        """What is known of a thing, written in the media type."""
        return self._send(calls.description(iri, media_type))

    def questions(self) -> list[dict[str, Any]]:
        """The stored questions that the service has."""
        return self._send(calls.questions())

    def close(self) -> None:
        """End the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send(self, call: Call[T]) -> T:
        for tries_left in reversed(range(_TRIES)):
            try:
                reply = self._http.send(_request(self._http, call))
            except httpx2.HTTPError as error:
                raise _unreachable(self._http, error) from error
            wait_s = _wait_s(reply) if tries_left else None
            if wait_s is None:
                break
            time.sleep(wait_s)
        return call.read(_good(reply))


class AsyncClient:
    """Asks the service without blocking: the methods of `Client`, to be awaited."""

    def __init__(self, service: str, key: str | None = None, *, timeout_s: float = _TIMEOUT_S) -> None:
        """Prepare to ask; see `Client`."""
        self._http = httpx2.AsyncClient(**_options(service, key, timeout_s))

    async def ask(self, question: Question[Row], limit: int | None = None) -> Answer[Row]:
        """The answer to a stored question, whole, or its first rows."""
        return await self._send(calls.question(question, limit))

    async def pages(self, question: Question[Row], size: int = 1000) -> AsyncIterator[Answer[Row]]:
        """The answer to a stored question, so many rows at a time."""
        page = await self._send(calls.question(question, size))
        yield page
        while page.next:
            page = await self._send(calls.following(question, page.next))
            yield page

    async def run(self, operation: Operation[T]) -> T:
        """The value that a GraphQL operation asks for."""
        return await self._send(calls.operation(operation))

    async def listen(self, to: Subscription[T]) -> AsyncIterator[T]:
        """The values that a GraphQL subscription tells, as they come; see `Client`."""
        request = _request(self._http, calls.listening(to))
        try:
            async with aclosing(await self._http.send(request, stream=True)) as reply:
                if not reply.is_success:
                    await reply.aread()
                    _good(reply)
                async for line in reply.aiter_lines():
                    if (value := calls.event(to, line)) is not None:
                        yield value
        except httpx2.HTTPError as error:
            raise _unreachable(self._http, error) from error

    async def graphql(self, document: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
        """The data that a GraphQL document asks for, as they come."""
        return await self._send(calls.graphql(document, variables or {}))

    async def sparql(self, query: str) -> Solutions | bool:
        """The solutions of a SELECT, or the truth of an ASK."""
        return await self._send(calls.sparql(query))

    async def graph(self, query: str, media_type: str = "application/n-triples") -> bytes:
        """The graph of a CONSTRUCT or DESCRIBE, written in the media type."""
        return await self._send(calls.graph(query, media_type))

    async def describe(self, iri: str, media_type: str = "text/turtle") -> bytes:
        """What is known of a thing, written in the media type."""
        return await self._send(calls.description(iri, media_type))

    async def questions(self) -> list[dict[str, Any]]:
        """The stored questions that the service has."""
        return await self._send(calls.questions())

    async def close(self) -> None:
        """End the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _send(self, call: Call[T]) -> T:
        for tries_left in reversed(range(_TRIES)):
            try:
                reply = await self._http.send(_request(self._http, call))
            except httpx2.HTTPError as error:
                raise _unreachable(self._http, error) from error
            wait_s = _wait_s(reply) if tries_left else None
            if wait_s is None:
                break
            await asyncio.sleep(wait_s)
        return call.read(_good(reply))


def _options(service: str, key: str | None, timeout_s: float) -> dict[str, Any]:
    if key and not is_protected(service):
        raise ConfigurationError(f"a key is sent over https only, not to {service}")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return {"base_url": service.rstrip("/") + "/", "headers": headers, "timeout": timeout_s}


def _request(http: httpx2.Client | httpx2.AsyncClient, call: Call[Any]) -> httpx2.Request:
    headers = {"Accept": call.accept}
    address: httpx2.URL | str = call.path
    if "://" in call.path:  # the service may know itself by another name; the key goes where it was meant to go
        address = http.base_url.copy_with(raw_path=httpx2.URL(call.path).raw_path)
    parameters = call.parameters or None  # an empty one would take the address's own away
    if call.body is None:
        return http.build_request("GET", address, params=parameters, headers=headers)
    content, kind = call.body
    return http.build_request("POST", address, content=content, headers={**headers, "Content-Type": kind})


def _unreachable(http: httpx2.Client | httpx2.AsyncClient, error: Exception) -> UnreachableError:
    return UnreachableError(f"{http.base_url} does not answer: {error or type(error).__name__}")


def _wait_s(reply: httpx2.Response) -> float | None:
    """After how many seconds a busy service asks to be asked again; None where it is not busy, or for too long."""
    asked_s = _retry_s(reply)
    return asked_s if reply.status_code in _BUSY and asked_s is not None and asked_s <= _LONGEST_WAIT_S else None


def _retry_s(reply: httpx2.Response) -> int | None:
    """After how many seconds the service says that a further try may do."""
    asked = reply.headers.get("retry-after", "")
    return int(asked) if asked.isdecimal() else None


def _good(reply: httpx2.Response) -> httpx2.Response:
    """The reply.

    Raises:
        ServiceError: it is none of success.
    """
    if reply.is_success:
        return reply
    problem: dict[str, Any] = {}
    if "json" in reply.headers.get("content-type", ""):
        found = reply.json()
        if isinstance(found, dict) and "errors" in found:
            calls.graphql_data(reply)  # raises with what the service says
        problem = found if isinstance(found, dict) else {}
    detail = problem.get("detail") or problem.get("title") or reply.reason_phrase
    raise ServiceError(reply.status_code, str(detail), limit=problem.get("limit"), retry_s=_retry_s(reply))
