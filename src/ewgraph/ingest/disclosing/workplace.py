"""All that taking files in works with, put together once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ewgraph.access import Gate
from ewgraph.clock import Clock
from ewgraph.errors import EwgraphError
from ewgraph.ingest.disclosing.crew import SMALL
from ewgraph.ingest.sheets.limits import Limits
from ewgraph.ledger import Ledger, Quarantine, RememberedMappings, Submissions
from ewgraph.validate.small_numbers import LEAST_WORKERS


class CancelledError(EwgraphError):
    """Somebody asked the work to stop."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What taking files in works with.

    Attributes:
        ledger: where records and submissions are kept.
        gate: gives the views through which what is known is read.
        base: the address under which IRIs are minted.
        clock: tells the time.
        shapes: the folder of the shapes.
        kos: the folder of the code lists.
        limits: what a file may be.
        processes: how many processes share the work of a large file; 1 for never another one.
        small: how many rows are worked on without any.
        most_records: how many records one file may become.
        least_workers: so many workers have to be behind a number of them.
    """

    ledger: Ledger
    gate: Gate
    base: str
    clock: Clock
    shapes: Path
    kos: Path
    limits: Limits = field(default_factory=Limits)
    processes: int = 2
    small: int = SMALL
    most_records: int = 5_000
    least_workers: int = LEAST_WORKERS

    @property
    def submissions(self) -> Submissions:
        """The submissions."""
        return Submissions(self.ledger, self.clock)

    @property
    def quarantine(self) -> Quarantine:
        """The rows that were kept out."""
        return Quarantine(self.ledger)

    @property
    def remembered(self) -> RememberedMappings:
        """The columns that were confirmed."""
        return RememberedMappings(self.ledger, self.clock)
