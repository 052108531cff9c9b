"""A load that is killed at any moment is finished by the next: nothing lost, nothing doubled, the same graph."""

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ewgraph.cli import main
from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger
from tests.ingest.trig_files import record, trig

RECORDS = 150
KILLS = 25
SEED = 20240502


def command(data: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "ewgraph", "--data", str(data), *arguments]


def environment() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if not name.startswith("EWGRAPH_")}


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


def head(data: Path) -> int:
    return len(iris(data)) if (data / "ledger.sqlite").exists() else 0


def killed(data: Path, file: Path, seconds: float) -> bool:
    """Start a load and kill it after so long; False where it ended before."""
    with subprocess.Popen(
        command(data, "load", str(file)), env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as load:
        try:
            load.wait(seconds)
        except subprocess.TimeoutExpired:
            load.kill()
        return load.wait() == -signal.SIGKILL


def test_a_killed_load_is_finished_by_the_next(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ.keys() - environment().keys():
        monkeypatch.delenv(name)
    started = time.monotonic()
    subprocess.run(
        command(tmp_path / "whole", "load", str(file)), env=environment(), stdout=subprocess.DEVNULL, check=True
    )
    whole = time.monotonic() - started
    expected = iris(tmp_path / "whole")
    assert len(expected) == RECORDS
    chance = random.Random(SEED)  # noqa: S311  # repeatable on purpose
    # from the start of the process nearly to its end, one moment in each stretch
    moments = [0.95 * whole * (number + chance.random()) / KILLS for number in range(KILLS)]
    moments.reverse()  # the earliest first: after a late one nothing is left to write
    numbers = itertools.count(1)
    data, reached = tmp_path / "killed", set[int]()
    while moments:
        if killed(data, file, moments[-1]):
            moments.pop()
            reached.add(head(data))
            continue
        assert iris(data) == expected  # it ended before the moment came: it had less to do, or a faster machine
        moments[-1] *= 0.8
        number = next(numbers)
        if number % 4 == 1:
            finish(data, file, expected)
        data = tmp_path / f"killed-{number}"
    finish(data, file, expected)
    assert {0, RECORDS} <= reached


def finish(data: Path, file: Path, expected: list[str]) -> None:
    assert main(["--data", str(data), "load", str(file)]) == 0
    assert iris(data) == expected
    assert main(["--data", str(data), "verify"]) == 0
    assert main(["--data", str(data), "rebuild"]) == 0
