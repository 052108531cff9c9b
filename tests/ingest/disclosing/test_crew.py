"""The workers keep the order, and a dead one is told as what it is."""

from __future__ import annotations

import os
import signal

import pytest

from ewgraph.errors import LimitError
from ewgraph.ingest.disclosing import crew
from ewgraph.ingest.disclosing.context import Context
from ewgraph.ingest.disclosing.crew import Crew
from ewgraph.ingest.disclosing.outcome import Setup
from tests.conftest import ROOT
from tests.ingest.disclosing.worlds import BASE


def test_a_worker_that_is_killed_is_told_as_a_lack_of_memory() -> None:
    setup = Setup("factory-disclosure", BASE, ROOT / "ontology" / "kos", ROOT / "shapes", Context())
    with Crew(setup, processes=1, small=0) as workers:
        workers._start()
        assert workers._pool is not None
        process = workers._pool.submit(os.getpid).result()
        waiting = workers._pool.submit(crew._end_with_parent)
        os.kill(process, signal.SIGKILL)
        with pytest.raises(LimitError, match="memory"):
            crew._result(waiting)
