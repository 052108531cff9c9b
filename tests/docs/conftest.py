"""What `make serve` serves, as a data directory and as a service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.cli import main
from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.conftest import ROOT
from tests.protocol.conftest import Server, serving

ALDERMOOR = "https://data.example.org/id/aldermoor"


@pytest.fixture(scope="session")
def served_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with what `make serve` loads."""
    folder = tmp_path_factory.mktemp("example")
    data = [str(ROOT / "data" / name) for name in ("reference", "cases", "example")]
    assert main(["--data", str(folder), "load", *data]) == 0
    return folder


@pytest.fixture(scope="session")
def example(served_example: Path) -> Iterator[Server]:
    """The example as a service, with a key of the City of Aldermoor."""
    ledger = Ledger(served_example / "ledger.sqlite", SystemClock())
    keys = {"aldermoor": Keyring(ledger, SystemClock()).add(ALDERMOOR)}
    ledger.close()
    with serving(served_example, keys, EWGRAPH_QUERY_WORKERS="1") as server:
        yield server
