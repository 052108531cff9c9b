"""A load that is killed at any moment is finished by the next: nothing lost, nothing doubled, the same graph."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.ingest.trig_files import record, trig

from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger

RECORDS = 150
KILLS = 25
SEED = 20240502


def command(data: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "ewgraph", "--data", str(data), *arguments]


def environment() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if not name.startswith("EWGRAPH_")}


def run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(data, *arguments), env=environment(), capture_output=True, text=True, check=False, timeout=120
    )


def iris(data: Path) -> list[str]:
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    try:
        return [entry.iri.value for entry in ledger.entries()]
    finally:
        ledger.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "records.trig"
    path.write_bytes(trig(*(record(f"D{number}", f'rdfs:comment "{number}" ;') for number in range(RECORDS))))
    return path


def test_a_killed_load_is_finished_by_the_next(file: Path, tmp_path: Path) -> None:
    started = time.monotonic()
    assert run(tmp_path / "whole", "load", str(file)).returncode == 0
    whole = time.monotonic() - started
    expected = iris(tmp_path / "whole")
    assert len(expected) == RECORDS
    chance = random.Random(SEED)  # noqa: S311  # repeatable on purpose
    data, reached = tmp_path / "killed", set[int]()
    for number in range(KILLS):
        load = subprocess.Popen(
            command(data, "load", str(file)), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # from the start of the process to its end, a stretch each; after some eight kills a new data directory
        time.sleep(whole * (number + chance.random()) / KILLS)
        load.kill()
        load.wait()
        if (data / "ledger.sqlite").exists():
            reached.add(len(iris(data)))
        if number in {8, 16, 24}:
            finish(data, file, expected)
            data = tmp_path / f"killed-{number}"
    assert max(reached) > 0


def finish(data: Path, file: Path, expected: list[str]) -> None:
    again = run(data, "load", str(file))
    assert again.returncode == 0, again.stderr
    assert iris(data) == expected
    checked = run(data, "verify")
    assert checked.returncode == 0, checked.stderr
    rebuilt = run(data, "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr
