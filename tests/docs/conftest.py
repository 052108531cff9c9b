"""What `make serve` serves, as a data directory and as a service."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.cli import main
from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.conftest import ROOT
from tests.protocol.conftest import Server, serving

ALDERMOOR = "https://data.example.org/id/aldermoor"
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the guides in one process: each loads the example once, and they share it."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.xdist_group("guides"))


@pytest.fixture(scope="session")
def served_example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with what `make serve` loads."""
    folder = tmp_path_factory.mktemp("example")
    data = [str(ROOT / "data" / name) for name in ("reference", "cases", "example")]
    assert main(["--data", str(folder), "load", *data]) == 0
    return folder


@pytest.fixture(scope="session")
def example(served_example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The example as a service, over a directory of its own, with a key of the City of Aldermoor."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(served_example, folder)
    ledger = Ledger(folder / "ledger.sqlite", SystemClock())
    keys = {"aldermoor": Keyring(ledger, SystemClock()).add(ALDERMOOR)}
    ledger.close()
    with serving(folder, keys, EWGRAPH_QUERY_WORKERS="1") as server:
        yield server
