"""Errors: where something failed, the answer is gone through once more as the specification orders it.

A level is filled in field by field, which is not the order in which errors are told, and an error in a place that
cannot be null takes the place above with it, and what would have been executed after it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from graphql import GraphQLError, located_error

from ewgraph.api.graphql.execution.plan import Field, Selection, Shape
from ewgraph.api.graphql.execution.run import Failed, Run

Steps: TypeAlias = tuple[str | int, ...]


class Told:
    """An answer with its errors told.

    Attributes:
        errors: in their order.
    """

    def __init__(self, run: Run) -> None:
        self.errors: list[GraphQLError] = []
        self._selections: Mapping[int, Selection] = {
            id(answer): batch.selection for batch in run.batches.values() for answer in batch.answers
        }

    def object(self, selection: Selection, answer: Mapping[str, Any], path: Steps) -> dict[str, Any]:
        """An object without what failed in it.

        Raises:
            GraphQLError: something failed in a place that cannot be null.
        """
        done = dict(answer)
        for field in selection.fields:
            if field.key in answer:  # of a mutation, one field at a time is there
                done[field.key] = self._position(field, field.shape, answer[field.key], (*path, field.key))
        return done

    def _position(self, field: Field, shape: Shape, value: Any, path: Steps) -> Any:
        try:
            return self._value(field, shape, value, path)
        except Exception as raw:  # noqa: BLE001  # what a resolver raised, whatever it is
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
