"""Validation of records, one after the other. The order is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ewgraph.model.rdf import IRI, Quad
from ewgraph.validate.report import Report
from ewgraph.validate.small_numbers import LEAST_WORKERS

if TYPE_CHECKING:
    from ewgraph.validate.validator import Validator

_Tagged = TypeVar("_Tagged")


class Checker:
    """Validates records against the shapes of a folder; the validator is built when the first record comes.

    Args:
        shapes: the folder of the shapes.
        least_workers: so many workers have to be behind a number of them.
    """

    def __init__(self, shapes: Path, least_workers: int = LEAST_WORKERS) -> None:
        self._shapes = shapes
        self._least_workers = least_workers
        self._validator: Validator | None = None

    def report(self, record: IRI, quads: Iterable[Quad]) -> Report:
        """The report on one record.

        Raises:
            InputError: a quad stands in another graph.
        """
        if self._validator is None:
            from ewgraph.validate.validator import Validator

            self._validator = Validator(self._shapes, self._least_workers)
        return self._validator.validate(record, quads)

    def reports(
        self,
        records: Iterable[tuple[_Tagged, IRI, tuple[Quad, ...]]],
    ) -> Iterator[tuple[_Tagged, Report]]:
        """It yields the tag and the report of each record, in their order."""
        return ((tag, self.report(record, quads)) for tag, record, quads in records)
