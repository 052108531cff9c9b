"""The workers keep the order, and a dead one is told as what it is."""

from __future__ import annotations

import os
import signal

import pytest

from ewgraph.errors import LimitError
from ewgraph.ingest.disclosing import crew
from ewgraph.ingest.disclosing.context import Context
from ewgraph.ingest.disclosing.crew import Crew
from ewgraph.ingest.disclosing.intake import Intake
from ewgraph.ingest.disclosing.outcome import Setup
from ewgraph.ingest.disclosing.request import Request
from ewgraph.ingest.rights import Submitter
from tests.conftest import ROOT
from tests.ingest.disclosing.conftest import Desk
from tests.ingest.disclosing.worlds import BASE, RESELLER, file, row, workplace


def test_a_worker_that_is_killed_is_told_as_a_lack_of_memory() -> None:
    setup = Setup(
        "factory-disclosure", BASE, ROOT / "ontology" / "kos", ROOT / "shapes", Context(), Submitter.operator(), 5
    )
    with Crew(setup, processes=1, small=0) as workers:
        workers._start()
        assert workers._pool is not None
        process = workers._pool.submit(os.getpid).result()
        waiting = workers._pool.submit(crew._end_with_parent)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(LimitError, match="memory"):
            crew._result(waiting)


def test_a_worker_makes_the_records_of_many_rows_in_their_order(desk: Desk) -> None:
    rows = [row(f"Plant {number}") for number in range(2_100)]
    alone = Intake(workplace(desk.house, processes=1)).disclose(
        file(desk.folder, *rows), "form.csv", Request(RESELLER, dry_run=True)
    )
    shared = desk.disclose(*rows)
    assert shared.records == alone.records
    assert [part.part for part in desk.submissions.records(shared.submission or "")] == [1, 2, 3]
    changed = desk.disclose(*rows[:-1], row("Plant 9999"))
    assert changed.difference is not None
    assert changed.difference.counts == {"unchanged": 2_099, "added": 1, "withdrawn": 1}
