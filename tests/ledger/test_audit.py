"""The audit log is added to, read newest first, and never changed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ewgraph.ledger import Audit, Event, Ledger
from tests.conftest import TickingClock


@pytest.fixture
def ledger(tmp_path: Path, clock: TickingClock) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite", clock)


def test_lines_come_back_newest_first(ledger: Ledger, clock: TickingClock) -> None:
    audit = Audit(ledger, clock)
    audit.note(Event.KEY_USED, "key:1", "staff")
    audit.note(Event.KEY_ADDED, "command line", "staff", key="2", of="https://data.example.org/id/ünï")
    newest, oldest = audit.entries()
    assert (newest.event, newest.by, newest.at) == (Event.KEY_ADDED, "command line", clock.time)
    assert newest.details == {"key": "2", "of": "https://data.example.org/id/ünï"}
    assert audit.entries(before=newest.seq) == [oldest]
    assert audit.entries(event=Event.KEY_USED) == [oldest]
    assert audit.entries(limit=1) == [newest]


def test_what_is_undone_is_not_noted(ledger: Ledger, clock: TickingClock) -> None:
    audit = Audit(ledger, clock)

    def fail() -> None:
        with ledger.transaction():
            audit.note(Event.KEY_ADDED, "command line", "staff")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert audit.entries() == []


@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET by = 'nobody'"])
def test_no_line_is_changed(ledger: Ledger, clock: TickingClock, statement: str) -> None:
    Audit(ledger, clock).note(Event.KEY_USED, "key:1", "staff")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), ledger.transaction() as connection:
        connection.execute(statement)
