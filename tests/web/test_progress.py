"""Events: what changed, a sign of life where nothing does, and an end."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger
from ewgraph.ledger.submissions import Submissions
from ewgraph.model.rdf import IRI
from ewgraph.web.progress import ended, events

UNI_A = IRI("https://data.example.org/id/uni-a")


@pytest.fixture
def submissions(tmp_path: Path) -> Submissions:
    return Submissions(Ledger(tmp_path / "ledger.sqlite", SystemClock()), SystemClock())


def queued(submissions: Submissions) -> str:
    return submissions.create(
        submitter=UNI_A, author=UNI_A, source="0" * 64, file="x.csv", mapping=None, request={"dryRun": True}
    ).id


def told(submissions: Submissions, name: str, looks: int) -> list[str]:
    """The events until the reader has gone away, which is noticed after so many looks."""
    left = iter([False] * looks + [True])

    async def gone() -> bool:
        return next(left)

    async def all_of_them() -> list[str]:
        return [event async for event in events(submissions, name, gone)]

    return asyncio.run(all_of_them())


def test_a_reader_who_went_away_is_told_no_more(submissions: Submissions) -> None:
    first, event = told(submissions, queued(submissions), 2)
    assert first.startswith("retry:")
    assert json.loads(event.splitlines()[2].removeprefix("data: "))["state"] == "queued"


def test_a_connection_where_nothing_happens_is_kept_alive(
    submissions: Submissions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ewgraph.web.progress._HEARTBEAT_SECONDS", 0.1)
    assert told(submissions, queued(submissions), 3)[2:] == [": still here\n\n"] * 2


def test_the_end_ends_the_events(submissions: Submissions) -> None:
    name = queued(submissions)
    submissions.finish(name, "failed", error="it rained")
    assert "event: done" in told(submissions, name, 5)[-1]


def test_who_waits_gets_what_there_is_when_the_time_is_over(submissions: Submissions) -> None:
    name = queued(submissions)
    assert asyncio.run(ended(submissions, name, 0.3)).state == "queued"
