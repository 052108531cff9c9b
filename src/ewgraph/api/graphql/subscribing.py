"""What can be listened to. An event is a function of the context in which it is told: so it is as of then."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import TypeAlias, TypeVar

import strawberry
from starlette.concurrency import run_in_threadpool
from strawberry import UNSET

from ewgraph.api.graphql.handing import UNDER_WAY, Submission
from ewgraph.api.graphql.live import Live
from ewgraph.api.graphql.user_errors import clerk_of
from ewgraph.api.graphql.values import Context, Info
from ewgraph.api.graphql.watching import Concern, watch_of, whom
from ewgraph.errors import UnavailableError
from ewgraph.ledger.watches import Known
from ewgraph.model.rdf import IRI
from ewgraph.trace.concerns import Concern as TracedConcern
from ewgraph.trace.concerns import concerns

T = TypeVar("T")
Event: TypeAlias = Callable[[Context], T]
"""Makes what is told from the context in which it is told."""


@strawberry.type
class Subscription:
    """What can be listened to, over `graphql-transport-ws` or as server-sent events."""

    @strawberry.subscription
    async def new_findings(
        self,
        info: Info,
        about: strawberry.ID | None = UNSET,
        watch: strawberry.ID | None = UNSET,
    ) -> AsyncGenerator[Concern, None]:
        """Each finding that comes to concern a buyer or brand, your own organisation where none is given.

        It may be new itself, or what leads to its site. With a watch it begins with what that has to tell; what is
        told is not acknowledged by that.
        """
        live = _live(info)
        who, known, begins = await run_in_threadpool(_begun, info, about or None, watch or None)
        async for view in live.views():
            for concern in await run_in_threadpool(concerns, view, live.catalogue, who, known.__contains__):
                if begins and not await live.still():
                    break  # what is left is asked again: it may be another's now
                known.add(concern.finding)
                if begins:
                    yield partial(_concerned, concern)  # type: ignore[misc]  # an event: see above
            begins = True

    @strawberry.subscription
    async def submission_progress(self, info: Info, submission: strawberry.ID) -> AsyncGenerator[Submission, None]:
        """How far the work on a file is that you handed in, to its end."""
        told: object = None
        async for _ in _live(info).ticks():
            kept = await run_in_threadpool(clerk_of(info).submission, submission)
            if kept != told:
                told, now = kept, Submission.of(kept)
                yield partial(_as_it_is, now)  # type: ignore[misc]  # an event: see above
                if now.state not in UNDER_WAY:
                    return


def _begun(info: Info, about: str | None, watch: str | None) -> tuple[IRI, Known, bool]:
    """Whom findings are to concern, which ones are known, and whether what concerns them already is told."""
    if watch is None:
        return whom(info, about), Known(), False
    clerk = clerk_of(info)
    kept = watch_of(clerk, watch)
    return kept.about, clerk.watches.known(kept), True


def _concerned(concern: TracedConcern, context: Context) -> Concern:
    return Concern.of(context.loader, concern)


def _as_it_is(told: T, _: Context) -> T:
    return told


def _live(info: Info) -> Live:
    if info.context.live is None:
        raise UnavailableError("Nothing can be listened to here.")
    return info.context.live
