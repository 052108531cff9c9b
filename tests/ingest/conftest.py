from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.loading import Loader
from ewgraph.ingest.report import LoadReport
from ewgraph.ledger import Ledger
from tests.ingest.trig_files import ROOT, read


@pytest.fixture(scope="session")
def checker() -> Checker:
    return Checker(ROOT / "shapes")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    held = Ledger(tmp_path / "ledger.sqlite", SystemClock())
    yield held
    held.close()


@pytest.fixture
def load(ledger: Ledger, checker: Checker) -> Callable[..., LoadReport]:
    def loaded(*contents: bytes, atomic: bool = False) -> LoadReport:
        files = [read(content, f"file{number}.trig") for number, content in enumerate(contents)]
        return Loader(ledger, checker).load(files, atomic=atomic)

    return loaded
