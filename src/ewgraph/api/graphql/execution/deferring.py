"""Deferring: an answer whose first part comes at once, and its deferred fragments one after the other.

All objects of the same `@defer` of the document are answered together, level by level as the first part is, so that
the number of reads grows with the depth of the document and not with the number of objects. What the parts tell, put
together, is what one answer tells.

Source: the GraphQL specification's draft of incremental delivery, sections 6 and 7, as `graphql-core` implements it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import ExecutionResult, GraphQLError

from ewgraph.api.graphql.execution.errors import Met, Steps, Told
from ewgraph.api.graphql.execution.groups import Group, Groups, Piece
from ewgraph.api.graphql.execution.plan import Plan
from ewgraph.api.graphql.execution.run import Request, Run

_CHANGED = (
    "What you see was changed while the answer was made. This part would not fit those that were sent: ask again, or "
    "without @defer."
)


@dataclass(frozen=True, slots=True)
class Incremental:
    """Fields that belong to what was sent before.

    Attributes:
        id: of the fragment that they are told under.
        path: from where that stands to the object.
        data: the fields.
        errors: of what failed among them.
    """

    id: str
    path: Steps
    data: dict[str, Any]
    errors: Sequence[GraphQLError]


@dataclass(slots=True)
class Part:
    """A part of an answer, after the first.

    Attributes:
        pending: fragments that come later still.
        incremental: what this part brings.
        completed: fragments of which all has come, each with the errors for which it is not there.
        more: whether another part follows.
    """

    pending: list[Group] = field(default_factory=list)
    incremental: list[Incremental] = field(default_factory=list)
    completed: list[tuple[Group, Sequence[GraphQLError]]] = field(default_factory=list)
    more: bool = True

    def errors(self) -> Iterator[Sequence[GraphQLError]]:
        """Of what failed in it, and of what is not there."""
        yield from (one.errors for one in self.incremental)
        yield from (errors for _, errors in self.completed)


class Begun(ExecutionResult):
    """The first part of an answer, of which more comes.

    Attributes:
        pending: the fragments that come later.
    """

    def __init__(
        self,
        data: dict[str, Any],
        errors: list[GraphQLError] | None,
        pending: Sequence[Group],
        rest: Iterator[Part],
        request: Request,
    ) -> None:
        super().__init__(data, errors)
        self.pending = pending
        self.rest = rest
        self._loader = request.context.loader

    def stop(self) -> None:
        """Make nothing more of the rest, since nobody waits for it."""
        self._loader.stop()


def begun(plan: Plan, request: Request) -> ExecutionResult:
    """The answer to a query; only `Begun` where something of it comes later.

    Raises:
        LimitError: the time is used up, or there are too many pieces.
    """
    return _Delivery(request).first(plan)


class _Delivery:
    """One answer, while its parts are made."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._loader = request.context.loader
        self._groups = Groups()
        self._pending: list[Group] = []
        self._shown = self._loader.state()

    def first(self, plan: Plan) -> ExecutionResult:
        """The first part, or the whole answer."""
        run = Run(self._request)
        answer = run.below(plan.root, None)
        run.finish()
        data, failure, errors, met = Told(run).outcome(plan.root, answer, ())
        if data is None:
            return ExecutionResult(None, [*errors, *([failure] if failure else ())])
        self._meet(met, run)
        self._pending = self._groups.announced()
        if not self._pending:
            return ExecutionResult(data, errors or None)
        return Begun(data, errors or None, list(self._pending), self._rest(), self._request)

    def _rest(self) -> Iterator[Part]:
        """The other parts, each made when it is asked for."""
        while self._pending:
            place = self._pending[0].deferral.place
            batch = [group for group in self._pending if group.deferral.place is place]
            try:
                self._answer(batch)
            except Exception as error:  # noqa: BLE001  # what was sent stands: the client is told that no more comes
                yield self._broken(error)
                return
            self._pending = [group for group in self._pending if group.deferral.place is not place]
            yield self._part(batch)

    def _answer(self, batch: Sequence[Group]) -> None:
        """Answer all pieces of some fragments, also those that are found on the way.

        Raises:
            GraphQLError: what the reader sees was changed meanwhile.
            LimitError: the time is used up, or there are too many pieces.
        """
        while pieces := [one for one in dict.fromkeys(one for group in batch for one in group.pieces) if not one.done]:
            run = Run(self._request)
            answers = [run.below(piece.selection, piece.source) for piece in pieces]
            run.finish()
            told = Told(run)
            met: list[Met] = []
            for piece, answer in zip(pieces, answers, strict=True):
                piece.data, piece.failure, piece.errors, found = told.outcome(piece.selection, answer, piece.path)
                piece.done = True
                met += found
            self._meet(met, run)
        if self._loader.state() != self._shown:
            raise GraphQLError(_CHANGED, extensions={"reason": "changed"})

    def _meet(self, met: Sequence[Met], run: Run) -> None:
        sources = {
            id(answer): source
            for batch in run.batches.values()
            if batch.selection.later
            for answer, source in zip(batch.answers, batch.sources, strict=True)
        }
        for one in met:
            self._groups.meet(one, sources.get(id(one.answer)))
        self._loader.defer(self._groups.pieces)

    def _part(self, batch: Sequence[Group]) -> Part:
        """What was answered of some fragments, all of them told as completed."""
        part, there = Part(), list[Group]()
        for group in batch:
            failure = group.failure()
            if failure is not None:
                group.dropped = True
                part.completed.append((group, [failure]))
                continue
            for piece in group.pieces:
                if not piece.sent:
                    part.incremental.append(_incremental(piece))
                    piece.sent = True
            part.completed.append((group, ()))
            there.append(group)
        part.pending = self._groups.announced(there)
        self._pending += part.pending
        part.more = bool(self._pending)
        return part

    def _broken(self, error: Exception) -> Part:
        """All that is still to come is told as failed."""
        told = error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
        left, self._pending = self._pending, []
        return Part(completed=[(group, [told]) for group in left], more=False)


def _incremental(piece: Piece) -> Incremental:
    """A piece, told under the innermost of its fragments that the client waits for."""
    known = [group for group in piece.groups if group.id is not None and not group.dropped]
    innermost = max(known, key=lambda group: len(group.path))
    assert innermost.id is not None and piece.data is not None  # noqa: S101, PT018  # it is one of a fragment that is told
    return Incremental(innermost.id, piece.path[len(innermost.path) :], piece.data, piece.errors)
