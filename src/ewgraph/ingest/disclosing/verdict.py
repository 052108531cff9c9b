"""Results and faults joined to the cells that they are about, and the rows that they keep out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from ewgraph.ingest.answer.report import CellResult
from ewgraph.ingest.mapping.batch import CellFault, ColumnIn, Place
from ewgraph.ingest.mapping.making import Made
from ewgraph.validate.messages import Messages
from ewgraph.validate.report import Result, Severity
from ewgraph.validate.rule import COMPONENT as CROSSING
from ewgraph.validate.shapes import EWS


class _Finding(NamedTuple):
    """One result with all the cells that it is about."""

    severity: Severity
    cells: tuple[CellResult, ...]

    @property
    def rows(self) -> set[int]:
        """The rows that it is about; none where it is about the whole."""
        return {cell.row for cell in self.cells if cell.row is not None}


class Verdict:
    """What there is to say of a batch, round by round.

    A result that keeps rows out is told at each of them; any other at the first cell that it is about. One cause is
    told once: not again by a shape where reading refused the cell, or where a rule about other records says more.

    Args:
        messages: the sentences of what reading finds.
        columns: the columns of the batch.
        shown: the columns that name in words what hidden ones identify, by the hidden column's number.

    Attributes:
        told: the results, each once.
    """

    def __init__(self, messages: Messages, columns: Mapping[str, ColumnIn], shown: Mapping[int, int]) -> None:
        self._messages = messages
        self._shown = shown
        self._headings = {column.number: column.heading for column in columns.values()}
        self.told: list[CellResult] = []
        self._known: set[tuple[object, ...]] = set()

    def rows_to_drop(self, made: Made, results: Iterable[Result], out: Collection[int]) -> set[int]:
        """The rows to keep out before the record conforms, by number; none where it does.

        What concerns these rows is told now, what concerns the others when nothing is left to drop.

        Args:
            made: the record with all its rows.
            results: what validation finds in the record without the rows that are out.
            out: the rows that are out already.
        """
        faults = list(self._of_faults(made, out))
        findings = [*faults, *self._of_results(made, _without_echoes(results), out, self._refused(faults))]
        violations = [finding for finding in findings if finding.severity is Severity.VIOLATION]
        dropped = set[int]().union(*(finding.rows for finding in violations))
        if any(not finding.rows for finding in violations):
            dropped = {row.number for row in made.rows if row.number not in out}
        for finding in findings:
            if not dropped or not finding.rows or finding.rows & dropped:
                self._tell(finding)
        return dropped

    def _tell(self, finding: _Finding) -> None:
        cells = finding.cells if finding.severity is Severity.VIOLATION else finding.cells[:1]
        for cell in cells:
            known = (cell.message, cell.sheet, cell.row, cell.column, cell.value)
            if known not in self._known:
                self._known.add(known)
                self.told.append(cell)

    def _of_faults(self, made: Made, out: Collection[int]) -> Iterator[_Finding]:
        """What reading found wrong."""
        for row in made.rows:
            for fault in row.faults if row.number not in out else ():
                if fault.shape:
                    cell = fault_result(fault, self._messages, self._headings)
                    yield _Finding(cell.severity, (cell,))

    def _refused(self, faults: Iterable[_Finding]) -> set[tuple[str, int | None, int | None]]:
        """The cells that reading refused, and those that name in words what a refused one identifies."""
        cells = [cell for fault in faults if fault.severity is Severity.VIOLATION for cell in fault.cells]
        shown = {(cell.sheet, cell.row, self._shown.get(cell.column or 0)) for cell in cells}
        return {(cell.sheet, cell.row, cell.column) for cell in cells if cell.column} | {
            place for place in shown if place[2]
        }

    def _of_results(
        self,
        made: Made,
        results: Iterable[Result],
        out: Collection[int],
        refused: Collection[tuple[str, int | None, int | None]],
    ) -> Iterator[_Finding]:
        """What validation found wrong elsewhere than in refused cells, with the hints of reading."""
        hints = {
            (fault.sheet, fault.row, fault.column or fault.params.get("heading", "")): fault.hint
            for row in made.rows
            for fault in row.faults
            if fault.hint
        }
        for result in results:
            about = result.about or result.focus_node
            places = made.origins.places(result.focus_node, about, result.path, result.value)
            if places and all((place.sheet, place.row, place.column) in refused for place in places):
                continue
            cells = [_cell(result, place, hints) for place in places if place.row not in out]
            yield _Finding(result.severity, tuple(cells) or (_cell(result, _NOWHERE, hints),))


_NOWHERE: Final = Place("", None, None, "", None)


def _without_echoes(results: Iterable[Result]) -> list[Result]:
    """The results without those of a shape where a rule about other records speaks of the same value."""
    every = list(results)
    crossed = {
        (result.focus_node, result.path)
        for result in every
        if result.component == CROSSING and result.severity is Severity.VIOLATION
    }
    return [
        result for result in every if result.component == CROSSING or (result.focus_node, result.path) not in crossed
    ]


def fault_result(fault: CellFault, messages: Messages, headings: Mapping[int, str]) -> CellResult:
    """What a fault of reading says at its cell.

    Args:
        fault: what was found.
        messages: the sentences.
        headings: what the file calls its columns, by number.
    """
    heading = headings.get(fault.column or 0, "")
    params = {"value": fault.value or "", "heading": heading, **fault.params}
    severity, texts = messages.of(fault.shape, params)
    return CellResult(
        severity=severity,
        sheet=fault.sheet,
        row=fault.row or None,
        column=fault.column,
        heading=heading or params["heading"],
        value=fault.value,
        message=texts["en"],
        messages=texts,
        shape=EWS + fault.shape,
        hint=fault.hint,
    )


def _cell(result: Result, place: Place, hints: Mapping[tuple[str, int, int | str], str]) -> CellResult:
    return CellResult(
        severity=result.severity,
        sheet=place.sheet,
        row=place.row,
        column=place.column,
        heading=place.heading,
        value=place.value,
        message=result.message,
        messages=result.messages,
        focus_node=result.focus_node,
        path=result.path,
        shape=result.source_shape,
        component=result.component,
        hint=hints.get((place.sheet, place.row or 0, place.column or place.heading), ""),
    )
