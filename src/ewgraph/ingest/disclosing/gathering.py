"""What was found out about a file, outcome by outcome, until it is a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ewgraph.ingest.answer.findings import Findings
from ewgraph.ingest.answer.report import CellResult, Difference, DisclosureReport, ObligationNote, Totals
from ewgraph.ingest.disclosing.outcome import Outcome, RowKey, kept_out_rows
from ewgraph.ingest.disclosing.series import Editions
from ewgraph.ledger import QuarantinedRow
from ewgraph.ledger.submissions import State
from ewgraph.validate.report import Severity
from ewgraph.validate.shapes import EWS

UNREADABLE = f"{EWS}reading-row"
"""The shape of the one fault of a file that is about a single row, and keeps out no other."""


class Found(NamedTuple):
    """What is found out once all is gathered."""

    totals: Totals
    difference: Difference
    obligations: tuple[ObligationNote, ...]


@dataclass(slots=True)
class Gathering:
    """All that became of the rows of a file.

    Attributes:
        faulty: whether the file as a whole is at fault.
        unread: the rows that could not be read, with the reason.
    """

    editions: Editions
    findings: Findings = field(default_factory=Findings)
    faulty: bool = False
    unread: list[CellResult] = field(default_factory=list)
    _in: set[RowKey] = field(default_factory=set)
    _out: set[RowKey] = field(default_factory=set)
    _packed: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Note what became of a batch."""
        self.editions.add(outcome)
        for result in outcome.results:
            self.findings.add(result)
        if outcome.made:
            self._in.update(outcome.made.rows)
        if outcome.kept_out:
            self._packed.append(outcome)
            self._out.update((row.sheet, row.row) for row in kept_out_rows(outcome))

    def add_fault(self, result: CellResult) -> None:
        """Note what is wrong with the file, or with a row of which nothing could be made."""
        self.findings.add(result)
        if result.severity is Severity.VIOLATION:
            if result.shape == UNREADABLE and result.row is not None:
                self.unread.append(result)
                self._out.add((result.sheet, result.row))
                self.editions.keep_all_standing()
            else:
                self.faulty = True

    def add_more(self, severity: Severity, count: int) -> None:
        """Note faults that were counted only."""
        self.findings.counts[severity] += count

    @property
    def state(self) -> State:
        """What becomes of the submission."""
        if self.faulty or not any(edition.made for edition in self.editions.all):
            return "refused"
        return "done" if self.editions.changed else "unchanged"

    def kept_out(self) -> Iterable[QuarantinedRow]:
        """It yields the rows that did not get in."""
        for outcome in self._packed:
            yield from kept_out_rows(outcome)
        for result in self.unread:
            yield QuarantinedRow("", result.sheet, result.row or 0, "", {}, (result.as_json(),))

    def totals(self, rows: int, repeated: int) -> Totals:
        """The counts of the report.

        Args:
            rows: how many rows were read.
            repeated: how many of them say what another says.
        """
        counts = self.findings.counts
        made = [record for edition in self.editions.all for record in edition.made]
        return Totals(
            rows=rows,
            let_in=len(self._in - self._out),
            quarantined=len(self._out),
            repeated=repeated,
            violations=counts[Severity.VIOLATION],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
            records=len(made),
            claims=sum(record.claims for record in made),
        )

    def tell(self, report: DisclosureReport, found: Found) -> DisclosureReport:
        """Put into the report what was gathered and found out."""
        report.totals = found.totals
        report.difference = found.difference
        report.obligations = found.obligations
        report.results = self.findings.results
        report.more_results = self.findings.more
        report.groups = self.findings.groups()
        if report.state == "unchanged":
            records = [part.record.value for edition in self.editions.all for part in edition.parts]
        elif report.state == "done":
            records = [record.record for edition in self.editions.changed for record in edition.made]
        else:
            records = []
        report.records = tuple(records)
        return report
