"""Results and faults joined to the cells that they are about, and the rows that they keep out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from ewgraph.ingest.answer.report import CellResult
from ewgraph.ingest.mapping.batch import CellFault, ColumnIn, Place
from ewgraph.ingest.mapping.making import Made
from ewgraph.validate.messages import Messages
from ewgraph.validate.report import Result, Severity


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

    A result that keeps rows out is told at each of them; any other at the first cell that it is about.

    Attributes:
        told: the results, each once.
    """

    def __init__(self, messages: Messages, columns: Mapping[str, ColumnIn]) -> None:
        self._messages = messages
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
        findings = [*self._of_faults(made, out), *self._of_results(made, results, out)]
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
            known = (cell.shape, cell.component, cell.path, cell.sheet, cell.row, cell.column, cell.value)
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

    def _of_results(self, made: Made, results: Iterable[Result], out: Collection[int]) -> Iterator[_Finding]:
        """What validation found wrong, with the hints of reading."""
        hints = {
            (fault.sheet, fault.row, fault.column): fault.hint
            for row in made.rows
            for fault in row.faults
            if fault.hint
        }
        for result in results:
            about = result.about or result.focus_node
            places = made.origins.places(result.focus_node, about, result.path, result.value)
            cells = [_cell(result, place, hints) for place in places if place.row not in out]
            yield _Finding(result.severity, tuple(cells) or (_cell(result, _NOWHERE, hints),))


_NOWHERE: Final = Place("", None, None, "", None)


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
        shape=fault.shape,
        hint=fault.hint,
    )


def _cell(result: Result, place: Place, hints: Mapping[tuple[str, int, int | None], str]) -> CellResult:
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
        hint=hints.get((place.sheet, place.row or 0, place.column), ""),
    )
