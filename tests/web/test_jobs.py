"""Jobs are processes of their own: whatever becomes of one, its submission ends, and the service goes on."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ewgraph.access import Principal
from ewgraph.clock import SystemClock
from ewgraph.ingest.disclosing.request import Request
from ewgraph.ledger import OPERATOR, Ledger
from ewgraph.ledger.queue import SubmissionQueue
from ewgraph.ledger.submissions import Submission, Submissions
from ewgraph.model.rdf import IRI
from ewgraph.settings import Settings
from ewgraph.web.jobs import Jobs, owner_of
from ewgraph.web.uploads import Uploads

UNI_A = IRI("https://data.example.org/id/uni-a")
UNI_B = IRI("https://data.example.org/id/uni-b")


@dataclass(frozen=True)
class Shop:
    submissions: Submissions
    queue: SubmissionQueue
    uploads: Uploads
    settings: Settings

    def hand_in(self, content: bytes = b"a,b\n1,2\n", submitter: IRI = UNI_A) -> str:
        owner = Principal(submitter.value)
        sha256 = hashlib.sha256(content).hexdigest()
        self.uploads.make_room(owner)
        self.uploads.part(owner, sha256).write_bytes(content)
        self.uploads.finish(owner, sha256)
        self.uploads.hand_over(owner, sha256)
        asked = Request(submitter, dry_run=True).as_json()
        made = self.submissions.create(
            submitter=submitter, author=submitter, source=sha256, file="x.csv", mapping=None, request=asked
        )
        return made.id

    def jobs(self, **settings: int) -> Jobs:
        changed = Settings(data=self.settings.data, **settings)  # type: ignore[arg-type]  # whole numbers only
        return Jobs(self.submissions, self.queue, self.uploads, changed)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    settings = Settings(data=tmp_path)
    ledger = Ledger(tmp_path / "ledger.sqlite", SystemClock())
    submissions = Submissions(ledger, SystemClock())
    uploads = Uploads(tmp_path / "uploads", 1, 24)
    yield Shop(submissions, SubmissionQueue(ledger, submissions), uploads, settings)
    ledger.close()


def run(jobs: Jobs, until: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        jobs.start()
        try:
            await asyncio.wait_for(until(), 60)
        finally:
            await jobs.stop()

    asyncio.run(main())


async def ended(shop: Shop, *names: str) -> list[Submission]:
    while True:
        found = [shop.submissions.get(name) for name in names]
        if all(one.state not in {"queued", "running"} for one in found):
            return found
        await asyncio.sleep(0.05)


def test_a_job_that_has_too_little_memory_fails_with_a_plain_sentence_and_is_not_begun_again(shop: Shop) -> None:
    name = shop.hand_in()

    async def until() -> None:
        await ended(shop, name)

    run(shop.jobs(job_megabytes=30), until)
    failed = shop.submissions.get(name)
    assert (failed.state, "30 MB of memory" in str(failed.error)) == ("failed", True), failed
    assert shop.queue.begin(name) == 2


def test_a_job_that_was_cut_off_twice_is_given_up(shop: Shop) -> None:
    name = shop.hand_in()
    assert [shop.queue.begin(name), shop.queue.begin(name)] == [1, 2]

    async def until() -> None:
        await ended(shop, name)

    run(shop.jobs(), until)
    given_up = shop.submissions.get(name)
    assert (given_up.state, "cut off 2 times" in str(given_up.error)) == ("failed", True)


def test_a_service_that_stops_leaves_its_jobs_to_the_next_one(shop: Shop) -> None:
    names = [shop.hand_in(), shop.hand_in(b"c\n3\n", UNI_B)]

    jobs = shop.jobs()

    async def until() -> None:
        while not jobs._running:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.01)

    run(jobs, until)
    assert shop.queue.waiting(10) == [(name, shop.submissions.get(name).source) for name in names]
    assert [shop.queue.begin(name) for name in names] == [1, 1]


def test_nobodys_many_files_keep_the_others_waiting(shop: Shop) -> None:
    many = [shop.hand_in(b"c\n%d\n" % number) for number in range(3)]
    other = shop.hand_in(b"c\n9\n", UNI_B)
    assert [name for name, _ in shop.queue.waiting(10)] == [*many, other]
    assert shop.submissions.claim(many[0])
    assert [name for name, _ in shop.queue.waiting(10)] == [other, *many[1:]]


def test_two_submissions_of_one_file_are_not_worked_on_together(shop: Shop) -> None:
    names = [shop.hand_in(), shop.hand_in(submitter=UNI_B), shop.hand_in(b"c\n3\n", UNI_B)]
    sources = [source for _, source in shop.queue.waiting(10)]
    assert sources[0] == sources[1]
    assert [name for name, _ in shop.jobs(jobs=3)._due()] == [names[0], names[2]]


def test_a_submission_belongs_to_whoever_handed_it_in(shop: Shop) -> None:
    name = shop.hand_in()
    assert owner_of(shop.submissions.get(name)) == Principal(UNI_A.value)
    made = shop.submissions.create(
        submitter=OPERATOR, author=UNI_A, source="0" * 64, file="x", mapping=None, request={}
    )
    assert owner_of(made).name == "staff"
    assert shop.queue.under_way(UNI_A) == 1
    assert shop.queue.counts() == {"queued": 2}


def test_the_pages_of_the_queue_begin_where_the_last_one_ended(shop: Shop) -> None:
    names = [shop.hand_in(bytes([number])) for number in range(5)]
    shop.hand_in(b"other", UNI_B)
    first = shop.queue.page(UNI_A, None, 3)
    assert [one.id for one in first] == names[:1:-1]
    assert [one.id for one in shop.queue.page(UNI_A, first[-1].id, 3)] == names[1::-1]
    assert len(shop.queue.page(None, None, 10)) == 6
    assert shop.queue.page(UNI_A, "sub-unknown", 3) == []


def test_a_job_that_the_system_killed_says_that_it_was_memory(shop: Shop) -> None:
    assert "memory was not enough" in shop.jobs()._reason(-9)


def test_what_an_earlier_service_left_running_is_begun_again(shop: Shop) -> None:
    name = shop.hand_in()
    with subprocess.Popen([sys.executable, "-c", _CLAIM, str(shop.settings.data), name]) as process:
        assert process.wait(60) == 0
    assert shop.submissions.get(name).state == "running"
    assert [due for due, _ in shop.jobs()._due()] == [name]


_CLAIM = """
import pathlib, sys
from ewgraph.clock import SystemClock
from ewgraph.ledger import Ledger, Submissions
ledger = Ledger(pathlib.Path(sys.argv[1]) / "ledger.sqlite", SystemClock())
assert Submissions(ledger, SystemClock()).claim(sys.argv[2])
"""
