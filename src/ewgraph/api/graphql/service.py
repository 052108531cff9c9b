"""What GraphQL is answered with, whichever way a request comes: one view, so one pair of instants, for each answer."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeAlias

from graphql import ExecutionResult, GraphQLError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ewgraph.access import PUBLIC_READER, Gate, Principal
from ewgraph.api.askers import asker_of
from ewgraph.api.graphql.allowance import Allowance
from ewgraph.api.graphql.answering import Answering
from ewgraph.api.graphql.clerk import Clerk
from ewgraph.api.graphql.execution import Begun, Part
from ewgraph.api.graphql.live import Crowd, Live
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.preparing import Asked, Asker
from ewgraph.api.graphql.requests import SAFE
from ewgraph.api.graphql.schema import schema
from ewgraph.api.graphql.values import Context
from ewgraph.api.threads import SharedThreads
from ewgraph.catalogue import Catalogue
from ewgraph.errors import CredentialError, InputError, LimitError
from ewgraph.graph.turns import Asker as Turn

_AT_ONCE: Final = nullcontext()
Enter: TypeAlias = Callable[[Request, Callable[[Request], object]], Awaitable[None]]
"""Lets a request in, at its price; it is given what looks at the credential that it shows."""


async def enter_freely(request: Request, look: Callable[[Request], object]) -> None:
    """Let any request in that shows a good credential, or none."""
    await run_in_threadpool(look, request)


@dataclass(frozen=True, slots=True)
class Policy:
    """What is told of the schema, and to whom.

    Attributes:
        introspection: to whom it is told as a whole by introspection: `everyone`, `members` (whoever shows a key, or is
            signed in) or `nobody`.
        registered: documents that can be asked by the SHA-256 of their text.
    """

    introspection: str = "members"
    registered: Mapping[str, str] = field(default_factory=dict)

    def asker(self, principal: Principal, *, may_change: bool) -> Asker:
        """Who asks."""
        known = principal != PUBLIC_READER
        told = {"everyone": True, "members": known}.get(self.introspection, False)
        return Asker(principal.name, may_introspect=told, hears_names=known, may_change=may_change)


@dataclass(frozen=True, slots=True)
class InTurn:
    """An answer that was begun.

    Attributes:
        begun: its first part.
        more: makes the next part in the asker's turn; None after the last.
    """

    begun: Begun
    more: Callable[[], Awaitable[Part | None]]


@dataclass(frozen=True, slots=True)
class Service:
    """Answers requests.

    Attributes:
        gate: gives each caller a View.
        catalogue: the stored queries.
        principal_of: tells who asks. It blocks.
        allowance: makes what one request may cost.
        policy: what is told of the schema.
        clerks: gives each request who takes in what it hands in; None where nothing is taken in.
        shown: tells a value that is another one whenever the graph may show something else.
        enter: lets a request in that comes over an open socket.
        crowd: counts who listens to how many subscriptions.
        threads: where queries and mutations run, in turns.
    """

    gate: Gate
    catalogue: Catalogue
    principal_of: Callable[[Request], Principal]
    allowance: Callable[[], Allowance]
    policy: Policy
    clerks: Callable[[Request], Clerk] | None
    shown: Callable[[], object]
    enter: Enter
    crowd: Crowd = field(default_factory=Crowd)
    threads: SharedThreads = field(default_factory=SharedThreads)
    answering: Answering = field(default_factory=lambda: Answering(schema))

    async def answer(self, request: Request, asked: Asked) -> ExecutionResult | InTurn:
        """The answer to a query or mutation, or its first part, in the asker's turn.

        Raises:
            CredentialError: what the request shows is no credential.
            UnsafeError: it is a mutation, and may only read.
            LimitError: the asker's turn did not come.
        """
        principal = await run_in_threadpool(self.principal_of, request)
        asker, contexts = self._asker(request, principal), self._contexts(request, principal, asked)
        result = await self.threads.run(request, principal, lambda: self.answering.answer(asked, asker, contexts))
        if not isinstance(result, Begun):
            return result
        return InTurn(result, partial(self._more, asker_of(request, principal), result))

    async def _more(self, turn: Turn, begun: Begun) -> Part | None:
        """The next part; where the asker's turn does not come, the one that says that no more comes."""
        try:
            return await self.threads.in_turn(turn, partial(next, begun.rest, None))
        except LimitError:
            begun.stop()
            return await run_in_threadpool(next, begun.rest, None)

    def listens(self, request: Request, asked: Asked) -> bool:
        """Whether a request is for a subscription. It blocks.

        Raises:
            CredentialError: what the request shows is no credential.
        """
        return self.answering.listens(asked, self._asker(request, self.principal_of(request)))

    async def answers(
        self, request: Request, asked: Asked, making: AbstractAsyncContextManager[object] = _AT_ONCE
    ) -> AsyncGenerator[ExecutionResult, None]:
        """The answers to any operation, as they come: one, but for a subscription one for each event.

        Args:
            request: by which who asks is known.
            asked: the operation.
            making: is entered while the answer of what has only one is made, and until the next is asked for.

        Raises:
            UnsafeError: it is a mutation, and may only read.
        """
        try:
            principal = await run_in_threadpool(self.principal_of, request)
            asker, turn = self._asker(request, principal), asker_of(request, principal)
            contexts = self._contexts(request, principal, asked)
            if not await run_in_threadpool(self.answering.listens, asked, asker):
                async with making:
                    yield await self.threads.in_turn(turn, lambda: self.answering.answer(asked, asker, contexts))
                return
            with self.crowd.one(turn):
                listening = await run_in_threadpool(contexts)
                listening.live = Live(lambda: self.gate.view(self.principal_of(request)), self.shown, self.catalogue)
                async with aclosing(self.answering.events(asked, asker, listening, contexts)) as events:
                    async for event in events:
                        yield event
        except (CredentialError, InputError) as error:
            yield ExecutionResult(None, [GraphQLError(str(error))])
        except LimitError as error:
            yield ExecutionResult(None, [GraphQLError(str(error), extensions={"limit": error.limit})])

    def _asker(self, request: Request, principal: Principal) -> Asker:
        return self.policy.asker(principal, may_change=request.method not in SAFE)

    def _contexts(self, request: Request, principal: Principal, asked: Asked) -> Callable[[], Context]:
        """What makes the context of one answer."""

        def context() -> Context:
            loader = Loader(self.gate.view(principal), self.catalogue, self.allowance())
            return Context(loader, asked.operation_name, self.clerks(request) if self.clerks else None)

        return context
