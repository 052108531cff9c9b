"""Errors: where something failed, the answer is gone through once more as the specification orders it.

A level is filled in field by field, which is not the order in which errors are told, and an error in a place that
cannot be null takes the place above with it, and what would have been executed after it there. The same walk finds
where the objects stand of which something comes later: none of them in a place that failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from graphql import GraphQLError, located_error

from ewgraph.api.graphql.execution.plan import Field, Selection, Shape
from ewgraph.api.graphql.execution.run import Failed, Run

Steps: TypeAlias = tuple[str | int, ...]


class Met(NamedTuple):
    """An object of which something comes later, where it stands.

    Attributes:
        selection: what is asked of it.
        answer: to it, before it was gone through.
        path: to it.
    """

    selection: Selection
    answer: Mapping[str, Any]
    path: Steps


class Outcome(NamedTuple):
    """What became of an object, of which nothing is above.

    Attributes:
        data: without what failed in it; None where nothing is left.
        failure: for which nothing is left.
        errors: of what failed, the failure not among them, in their order.
        met: the objects of which something comes later, each before those below it.
    """

    data: dict[str, Any] | None
    failure: GraphQLError | None
    errors: list[GraphQLError]
    met: list[Met]


class Told:
    """An answer with its errors told.

    Attributes:
        errors: in their order.
    """

    def __init__(self, run: Run) -> None:
        self.errors: list[GraphQLError] = []
        self._met: list[Met] = []
        self._selections: Mapping[int, Selection] = {
            id(answer): batch.selection for batch in run.batches.values() for answer in batch.answers
        }

    def outcome(self, selection: Selection, answer: Mapping[str, Any], path: Steps) -> Outcome:
        """What became of an object; each is told by itself."""
        self.errors, self._met = [], []
        try:
            data = self.object(selection, answer, path)
        except GraphQLError as failure:
            return Outcome(None, failure, self.errors, [])
        return Outcome(data, None, self.errors, self._met)

    def object(self, selection: Selection, answer: Mapping[str, Any], path: Steps) -> dict[str, Any]:
        """An object without what failed in it.

        Raises:
            GraphQLError: something failed in a place that cannot be null.
        """
        if selection.opens or selection.later:
            self._met.append(Met(selection, answer, path))
        done = dict(answer)
        for field in selection.fields:
            if field.key in answer:  # of a mutation, one field at a time is there
                done[field.key] = self._position(field, field.shape, answer[field.key], (*path, field.key))
        return done

    def _position(self, field: Field, shape: Shape, value: Any, path: Steps) -> Any:
        met = len(self._met)
        try:
            return self._value(field, shape, value, path)
        except Exception as raw:  # noqa: BLE001  # what a resolver raised, whatever it is
            del self._met[met:]
            error = located_error(raw, field.nodes, path)
            if shape.nonnull:
                raise error from None
            self.errors.append(error)
            return None

    def _value(self, field: Field, shape: Shape, value: Any, path: Steps) -> Any:
        if value.__class__ is Failed:
            raise value.error
        if value is None:
            return None
        if shape.item is not None:
            item = shape.item
            return [self._position(field, item, one, (*path, number)) for number, one in enumerate(value)]
        return self.object(self._selections[id(value)], value, path) if shape.composite else value
