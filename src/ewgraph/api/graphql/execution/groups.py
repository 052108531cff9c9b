"""Groups: the deferred fragments of an answer, each at its object, and the pieces that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from ewgraph.api.graphql.execution.errors import Met, Steps
from ewgraph.api.graphql.execution.plan import Deferral, Selection


class Group:
    """A deferred fragment at one object.

    Attributes:
        deferral: the fragment.
        path: to the object.
        id: under which it is told; None as long as it is not.
        pieces: what it is made of.
        within: fragments that stand in it, and are told after it.
        dropped: whether it failed; what stands in it is then never told.
    """

    __slots__ = ("deferral", "dropped", "id", "path", "pieces", "within")

    def __init__(self, deferral: Deferral, path: Steps) -> None:
        self.deferral = deferral
        self.path = path
        self.id: str | None = None
        self.pieces: list[Piece] = []
        self.within: list[Group] = []
        self.dropped = False

    def failure(self) -> GraphQLError | None:
        """What it failed for: one of its pieces cannot be null, and is."""
        return next((one.failure for one in self.pieces if one.failure is not None), None)


class Piece:
    """Fields of one object that come together.

    Attributes:
        selection: the fields.
        source: the object.
        path: to it.
        groups: the fragments that ask for them.
        data: the fields as they are answered; None as long as they are not, and where they failed.
        errors: of what failed among them.
        failure: of what failed where nothing can be null.
        done: whether it was answered.
        sent: whether it was told.
    """

    __slots__ = ("data", "done", "errors", "failure", "groups", "path", "selection", "sent", "source")

    def __init__(self, selection: Selection, source: Any, path: Steps, groups: Sequence[Group]) -> None:
        self.selection = selection
        self.source = source
        self.path = path
        self.groups = groups
        self.data: dict[str, Any] | None = None
        self.errors: list[GraphQLError] = []
        self.failure: GraphQLError | None = None
        self.done = False
        self.sent = False


class Groups:
    """All deferred fragments of an answer that were met.

    Attributes:
        pieces: how many pieces they are made of.
    """

    def __init__(self) -> None:
        self.pieces = 0
        self._known: dict[tuple[Deferral, Steps], Group] = {}
        self._ids = 0
        self._untold: list[Group] = []

    def meet(self, met: Met, source: Any) -> None:
        """Take in the fragments that stand at an object, and what comes later of it.

        Args:
            met: the object.
            source: of its fields.
        """
        for deferral in met.selection.opens:
            group = self._known[deferral, met.path] = Group(deferral, met.path)
            if deferral.within is None:
                self._untold.append(group)
            else:
                self._at(deferral.within, met.path).within.append(group)
        for later in met.selection.later:
            groups = [group for one in later.deferrals if not (group := self._at(one, met.path)).dropped]
            if groups:
                piece = Piece(later.selection, source, met.path, groups)
                self.pieces += 1
                for group in groups:
                    group.pieces.append(piece)

    def announced(self, after: Sequence[Group] = ()) -> list[Group]:
        """The fragments that can be told now as coming; those that bring nothing new are left out, not what is in them.

        Args:
            after: fragments that are completed, after which those that stand in them can be told.
        """
        untold = [*(one for group in after for one in group.within), *self._untold]
        self._untold, told = [], []
        for group in untold:
            if any(not piece.sent for piece in group.pieces):
                group.id, self._ids = str(self._ids), self._ids + 1
                told.append(group)
            else:
                told += self.announced([group])
        return told

    def _at(self, deferral: Deferral, path: Steps) -> Group:
        """The fragment at the object that it stands at, on the way to the path."""
        return next(
            group
            for length in range(len(path), -1, -1)
            if (group := self._known.get((deferral, path[:length]))) is not None
        )
