"""A submission waits, is run by one process, and ends; what it could not bring in is kept beside it."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ewgraph.errors import ConflictError, NotFoundError
from ewgraph.ledger import (
    Keyring,
    Ledger,
    Quarantine,
    QuarantinedRow,
    ReleaseLog,
    RememberedMappings,
    StoredPart,
    Submission,
    Submissions,
)
from ewgraph.ledger.lease import lives, this_process
from ewgraph.ledger.queue import SubmissionQueue
from ewgraph.model.rdf import IRI
from tests.conftest import TickingClock, named
from tests.ledger.test_ledger import draft

RESELLER, OTHER, STEWARD = named("reseller"), named("reseller-2"), named("steward")


@pytest.fixture
def ledger(tmp_path: Path, clock: TickingClock) -> Ledger:
    return Ledger(tmp_path / "ledger.sqlite", clock)


@pytest.fixture
def submissions(ledger: Ledger, clock: TickingClock) -> Submissions:
    return Submissions(ledger, clock)


def queued(submissions: Submissions, source: str = "a" * 64, author: IRI = RESELLER, by: IRI = RESELLER) -> Submission:
    return submissions.create(
        submitter=by, author=author, source=source, file="form.xlsx", mapping=None, request={"language": "de"}
    )


def stored(submissions: Submissions, series: str, record: str, source: str, author: IRI = RESELLER) -> str:
    made = queued(submissions, source, author)
    submissions.claim(made.id)
    submissions.add_records(made.id, [StoredPart(named(record), series, 1, "d")])
    submissions.finish(made.id, "done", {"file": "form.xlsx"})
    return made.id


def test_a_submission_waits_is_run_and_ends(submissions: Submissions, clock: TickingClock) -> None:
    made = queued(submissions)
    assert made.id.startswith("sub-")
    assert len(made.id) == 24
    assert (made.state, made.request, made.created_at) == ("queued", {"language": "de"}, clock.now())
    assert submissions.next_queued() == made
    assert submissions.claim(made.id)
    assert submissions.next_queued() is None
    clock.time += dt.timedelta(seconds=9)
    submissions.progress(made.id, "validate", 3, 10)
    running = submissions.get(made.id)
    assert (running.state, running.stage, running.done, running.total) == ("running", "validate", 3, 10)
    assert submissions.report(made.id) is None
    submissions.finish(made.id, "done", {"file": "ærlig.xlsx"}, mapping="factory-disclosure")
    ended = submissions.get(made.id)
    assert (ended.state, ended.mapping, ended.finished_at) == ("done", "factory-disclosure", clock.now())
    assert submissions.report(made.id) == {"file": "ærlig.xlsx"}


def test_asking_the_same_again_while_it_is_under_way_gives_the_same_submission(submissions: Submissions) -> None:
    first = queued(submissions)
    assert queued(submissions).id == first.id
    submissions.claim(first.id)
    assert queued(submissions).id == first.id
    assert queued(submissions, "b" * 64).id != first.id
    submissions.finish(first.id, "unchanged")
    assert queued(submissions).id != first.id


def test_an_unknown_submission_is_not_found(submissions: Submissions) -> None:
    with pytest.raises(NotFoundError, match="sub-0"):
        submissions.get("sub-0")
    assert submissions.report("sub-0") is None


def _claim(path: Path, name: str, gate: multiprocessing.synchronize.Barrier, won: multiprocessing.Queue[bool]) -> None:
    from ewgraph.clock import SystemClock

    mine = Submissions(Ledger(path, SystemClock()), SystemClock())
    gate.wait()
    won.put(mine.claim(name))


def test_one_process_alone_gets_a_submission(submissions: Submissions, tmp_path: Path) -> None:
    made = queued(submissions)
    context = multiprocessing.get_context("spawn")
    gate, won = context.Barrier(3), context.Queue()
    racers = [context.Process(target=_claim, args=(tmp_path / "ledger.sqlite", made.id, gate, won)) for _ in range(3)]
    for racer in racers:
        racer.start()
    assert sorted(won.get(timeout=60) for _ in racers) == [False, False, True]
    for racer in racers:
        racer.join()


def test_what_a_dead_process_left_waits_again(submissions: Submissions, ledger: Ledger) -> None:
    mine, left, stopped = (queued(submissions, letter * 64) for letter in "abc")
    with subprocess.Popen([sys.executable, "-c", "print()"], stdout=subprocess.DEVNULL) as dead:
        mark = this_process().split(" ")
        mark[1] = str(dead.pid)
    for each in (mine, left, stopped):
        submissions.claim(each.id)
    submissions.request_cancel(stopped.id)
    with ledger.transaction() as connection:
        connection.execute("UPDATE submission SET worker = ? WHERE id IN (?, ?)", (" ".join(mark), left.id, stopped.id))
    assert submissions.requeue_abandoned() == [left.id, stopped.id]
    assert [submissions.get(each.id).state for each in (mine, left, stopped)] == ["running", "queued", "cancelled"]


def test_a_process_is_known_by_more_than_its_number() -> None:
    host, number, started = this_process().split(" ")
    assert lives(f"{host} {number} {started}")
    assert not lives(f"{host} {number} {int(started) + 1}")
    assert not lives(f"{host} nonsense 1")
    assert not lives("")
    assert lives("another-machine 1 1")


def test_a_waiting_submission_is_cancelled_at_once_and_a_running_one_asked(submissions: Submissions) -> None:
    waiting, running = queued(submissions, "a" * 64), queued(submissions, "b" * 64)
    submissions.claim(running.id)
    assert submissions.request_cancel(waiting.id)
    assert submissions.request_cancel(running.id)
    assert (submissions.get(waiting.id).state, submissions.get(running.id).state) == ("cancelled", "running")
    assert submissions.is_cancelled(running.id)
    submissions.finish(running.id, "cancelled")
    assert not submissions.request_cancel(running.id)
    assert not submissions.claim(waiting.id)


def test_a_list_has_what_a_party_handed_in_and_what_is_its_word_newest_first(submissions: Submissions) -> None:
    own, other = queued(submissions, "a" * 64), queued(submissions, "b" * 64, OTHER, OTHER)
    for_it = queued(submissions, "c" * 64, RESELLER, STEWARD)
    assert [each.id for each in submissions.all_of(RESELLER)] == [for_it.id, own.id]
    assert [each.id for each in submissions.all_of(STEWARD)] == [for_it.id]
    assert [each.id for each in submissions.all_of()] == [for_it.id, other.id, own.id]
    assert [each.id for each in submissions.all_of(limit=1)] == [for_it.id]


def test_the_previous_of_a_series_is_the_authors_newest_unless_it_was_withdrawn(submissions: Submissions) -> None:
    assert submissions.previous("series", RESELLER) is None
    first = stored(submissions, "series", "D1", "a" * 64)
    stored(submissions, "another", "D2", "b" * 64)
    stored(submissions, "series", "D3", "c" * 64, OTHER)
    previous = submissions.previous("series", RESELLER)
    assert previous is not None
    assert previous.id == first
    assert submissions.records(first) == [StoredPart(named("D1"), "series", 1, "d")]
    assert submissions.records(first, "another") == []
    submissions.withdraw(first)
    assert submissions.previous("series", RESELLER) is None
    last = submissions.last("series", RESELLER)
    assert last is not None
    assert (last.id, last.state) == (first, "withdrawn")
    with pytest.raises(ConflictError, match="withdrawn"):
        submissions.withdraw(first)


def test_quarantined_rows_stay_until_they_are_mended_or_replaced(submissions: Submissions, ledger: Ledger) -> None:
    quarantine, made = Quarantine(ledger), queued(submissions)
    rows = [
        QuarantinedRow("disclosure", "Sites", row, "series", {"site": f"Værk {row}"}, ({"message": "no"},))
        for row in (7, 8, 9)
    ]
    quarantine.add(made.id, rows)
    assert quarantine.rows(made.id) == rows
    assert quarantine.rows(made.id, limit=2) == rows[:2]
    quarantine.mend(made.id, [("disclosure", "Sites", 8)], "https://data.example.org/id/D1")
    assert quarantine.count(made.id) == 2
    mended = quarantine.rows(made.id, "mended")
    assert [(row.row, row.mended_by) for row in mended] == [(8, "https://data.example.org/id/D1")]
    newer = queued(submissions, "b" * 64)
    for author, series in ((RESELLER, "another series"), (OTHER, "series")):
        quarantine.supersede(author, series, newer.id)
    quarantine.supersede_unread(made.id, newer.id)
    assert quarantine.count(made.id) == 2
    quarantine.supersede(RESELLER, "series", newer.id)
    replaced = quarantine.rows(made.id, "superseded")
    assert [(row.row, row.mended_by) for row in replaced] == [(7, newer.id), (9, newer.id)]
    assert [row.row for row in quarantine.rows(made.id, "mended")] == [8]
    quarantine.add(newer.id, rows[:1])
    quarantine.close(newer.id)
    assert quarantine.count(newer.id, "superseded") == 1


def test_confirmed_columns_are_recalled_for_the_same_headings_of_the_same_submitter(
    ledger: Ledger, clock: TickingClock
) -> None:
    remembered = RememberedMappings(ledger, clock)
    remembered.remember(RESELLER, "brand-list", "f1", {"site": "Værk"})
    remembered.remember(RESELLER, "brand-list", "f1", {"site": "Plant"})
    assert remembered.recall(RESELLER, "brand-list", "f1") == {"site": "Plant"}
    assert remembered.recall(RESELLER, "brand-list", "f2") is None
    assert remembered.recall(OTHER, "brand-list", "f1") is None
    assert remembered.any_of(RESELLER, "brand-list")
    assert not remembered.any_of(OTHER, "brand-list")


def test_what_a_transaction_within_another_did_goes_with_it(submissions: Submissions, ledger: Ledger) -> None:
    source = ledger.keep_source("file.trig", b"file")
    assert source
    made = queued(submissions)

    def halfway() -> None:
        with ledger.transaction():
            ledger.append([draft("a")])
            submissions.finish(made.id, "done")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        halfway()
    assert ledger.head() == 0
    assert submissions.get(made.id).state == "queued"


def test_a_large_file_is_kept_and_written_as_it_came(ledger: Ledger, tmp_path: Path) -> None:
    from ewgraph.model.rdf import digest

    content = b"site;country\n" * 200_000
    (tmp_path / "large.csv").write_bytes(content)
    ledger.keep_file("large.csv", tmp_path / "large.csv", digest(content))
    ledger.keep_file("again.csv", tmp_path / "large.csv", digest(content))
    assert ledger.source(digest(content)) == ("large.csv", content)
    assert ledger.write_source(digest(content), tmp_path / "back.csv")
    assert (tmp_path / "back.csv").read_bytes() == content
    assert not ledger.write_source("0" * 64, tmp_path / "nothing.csv")


def test_a_ledger_of_version_1_gets_the_tables_of_submissions_and_keeps_the_rest(
    tmp_path: Path, clock: TickingClock
) -> None:
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript((Path(__file__).parent / "schema-1.sql").read_text(encoding="utf-8"))
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO source VALUES ('s', 'old.trig', 0, x'789c030000000001')")
    connection.execute(
        "INSERT INTO record (iri, kind, content, digest, source, submitter, received_at, recorded_at) "
        "VALUES ('urn:x:old', 'urn:x:kind', x'789c030000000001', 'd', 's', 'urn:x:me', '2024-01-01T00:00:00Z', "
        "'2024-01-01T00:00:00+00:00')"
    )
    connection.execute("INSERT INTO release VALUES (1, 'urn:x:old', 'urn:x:graph', 'added')")
    connection.commit()
    connection.close()
    ledger = Ledger(path, clock)
    Keyring(ledger, clock).add("staff")
    assert ledger.head() == 1
    assert ledger.query("PRAGMA user_version") == [(6,)]
    made = queued(Submissions(ledger, clock))
    ledger.close()
    again = Ledger(path, clock)
    assert [entry.iri for entry in again.entries()] == [IRI("urn:x:old")]
    assert again.damage() == []
    (kept,) = ReleaseLog(again, clock).of(IRI("urn:x:old"))
    assert (kept.seq, kept.audience, kept.change, kept.at) == (
        1, IRI("urn:x:graph"), "added", dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    assert Submissions(again, clock).get(made.id) == made
    again.backup(tmp_path / "copy.sqlite")
    assert Submissions(Ledger(tmp_path / "copy.sqlite", clock), clock).all_of() == [made]


def test_the_place_of_anothers_submission_among_ones_own_is_not_told(ledger: Ledger, submissions: Submissions) -> None:
    queue = SubmissionQueue(ledger, submissions)
    first = queued(submissions)
    others = queued(submissions, "b" * 64, OTHER, OTHER)
    second = queued(submissions, "c" * 64)
    assert [each.id for each in queue.page(RESELLER, second.id, 9)] == [first.id]
    assert queue.page(RESELLER, others.id, 9) == queue.page(RESELLER, "sub-unknown", 9) == []
    assert [each.id for each in queue.page(None, others.id, 9)] == [first.id]
