"""Disclosures on the command line: handed in, tried, taken back, and finished after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ewgraph.clock import SystemClock
from ewgraph.ingest.disclosing.request import Request
from ewgraph.ledger import Ledger, Submissions
from ewgraph.model.rdf import digest
from tests.cli.conftest import Command
from tests.conftest import PREFIXES
from tests.ingest.disclosing.worlds import RESELLER, contract, form, row

FROM = ("--from", RESELLER.value)
Write = Callable[[str, bytes], Path]


@pytest.fixture
def known(ewgraph: Command, write: Write) -> Command:
    """The command line on a directory that knows the contract K1."""
    assert ewgraph("load", write("k1.trig", (PREFIXES + contract("K1")).encode())).code == 0
    return ewgraph


def only(command: Command) -> str:
    """The id of the one submission."""
    (line,) = command("submissions").out.splitlines()
    return line.split("\t")[0]


def test_a_form_is_handed_in_and_told(known: Command, write: Write) -> None:
    ran = known("disclose", write("form.csv", form(row(), row("Plant 2"))), *FROM)
    assert ran.code == 0, ran.err
    assert "form.csv" in ran.out
    assert known.head() == 2
    (line,) = known("submissions", *FROM).out.splitlines()
    assert line.split("\t")[1:2] + line.split("\t")[3:] == ["done", RESELLER.value, "form.csv"]
    assert known("submissions", "--from", "https://data.example.org/id/nobody").out == ""
    again = known("disclose", write("form.csv", form(row(), row("Plant 2"))), *FROM)
    assert (again.code, known.head()) == (0, 2)


def test_a_wrong_row_makes_the_exit_code_1_and_is_marked_in_the_workbook(
    known: Command, write: Write, tmp_path: Path
) -> None:
    path = write("form.csv", form(row(), row("Plant 2", valid_from="31.02.2024")))
    ran = known("disclose", path, *FROM, "--annotated", tmp_path / "marked.xlsx", "--report", "json")
    assert ran.code == 1
    report = json.loads(ran.out)
    assert [(result["cell"], result["value"]) for result in report["results"]] == [("K3", "31.02.2024")]
    assert report["state"] == "done"
    book = load_workbook(tmp_path / "marked.xlsx")
    assert any(cell.comment for sheet in book for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize("report", ["text", "json", "html", "turtle"])
def test_a_dry_run_tells_in_any_form_and_stores_nothing(known: Command, write: Write, report: str) -> None:
    ran = known("disclose", write("form.csv", form(row())), *FROM, "--dry-run", "--report", report, "--language", "de")
    assert ran.code == 0, ran.err
    assert ran.out
    assert known.head() == 1
    assert known("submissions").out == ""


def test_rows_are_tried_again_and_a_submission_withdrawn(known: Command, write: Write) -> None:
    ran = known("disclose", write("form.csv", form(row(), row("Plant 2", contract="K2"))), *FROM)
    assert ran.code == 1
    submission = only(known)
    assert known("retry", submission).code == 1
    assert known("load", write("k2.trig", (PREFIXES + contract("K2")).encode())).code == 0
    assert known("retry", submission).code == 0
    assert known.head() == 4
    taken_back = known("withdraw", submission, "--reason", "wrong works")
    assert (taken_back.code, known.head()) == (0, 6)
    assert "withdrawn" in known("submissions").out
    assert known("withdraw", submission).code == 1
    assert known("verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.csv", *FROM], "no such file"),
        (["{form}", "--from", "nobody"], "--from"),
        (["{form}", *FROM, "--contract", "K1"], "--contract"),
        (["{form}", *FROM, "--map", "site_name"], "COLUMN=HEADING"),
        (["{form}", *FROM, "--received-at", "soon"], "no instant"),
        (["{form}", *FROM, "--received-at", "2999-01-01"], "still to come"),
        (["{form}", *FROM, "--annotated", "/no/such/folder/a.xlsx"], "/no/such/folder"),
    ],
)
def test_wrong_usage_says_what_is_wrong(known: Command, write: Write, arguments: list[str], said: str) -> None:
    path = write("form.csv", form(row()))
    ran = known("disclose", *(path if each == "{form}" else each for each in arguments))
    assert ran.code == 2
    assert said in ran.err


def test_a_file_of_no_known_form_is_refused(known: Command, write: Write) -> None:
    ran = known("disclose", write("form.csv", b"colour,taste\nred,sour\n"), *FROM)
    assert ran.code == 1
    assert "no known form" in ran.err


def queued(data: Path, content: bytes) -> str:
    """A submission that waits, with its file where a job looks for it."""
    (data / "uploads").mkdir(exist_ok=True)
    (data / "uploads" / digest(content)).write_bytes(content)
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    made = Submissions(ledger, SystemClock()).create(
        submitter=RESELLER,
        author=RESELLER,
        source=digest(content),
        file="form.csv",
        mapping=None,
        request=Request(RESELLER).as_json(),
    )
    ledger.close()
    return made.id


def state(data: Path, submission: str) -> str:
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    try:
        return Submissions(ledger, SystemClock()).get(submission).state
    finally:
        ledger.close()


def test_a_job_works_on_what_waits(known: Command) -> None:
    submission = queued(known.data, form(row()))
    assert known("job", submission).code == 0
    assert (state(known.data, submission), known.head()) == ("done", 2)


def test_a_job_without_its_file_says_so(known: Command) -> None:
    submission = queued(known.data, form(row()))
    for path in (known.data / "uploads").iterdir():
        path.unlink()
    ran = known("job", submission)
    assert ran.code == 1
    assert "Hand it in again" in ran.err
    assert state(known.data, submission) == "failed"


def test_a_job_that_cannot_read_its_file_ends_refused(known: Command) -> None:
    submission = queued(known.data, b"colour,taste\nred,sour\n")
    assert known("job", submission).code == 1
    assert state(known.data, submission) == "refused"


def test_a_killed_job_is_finished_by_the_next_with_one_clean_result(known: Command) -> None:
    content = form(*(row(f"Plant {number}") for number in range(2_000)))
    submission = queued(known.data, content)
    environment = {name: text for name, text in os.environ.items() if not name.startswith("EWGRAPH_")}
    command = [sys.executable, "-m", "ewgraph", "--data", str(known.data), "job", submission]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while state(known.data, submission) == "queued" and running.poll() is None:
            time.sleep(0.05)
        running.kill()
        assert running.wait() == -signal.SIGKILL
    assert (state(known.data, submission), known.head()) == ("running", 1)
    ledger = Ledger(known.data / "ledger.sqlite", SystemClock())
    assert Submissions(ledger, SystemClock()).requeue_abandoned() == [submission]
    ledger.close()
    assert known("job", submission).code == 0
    assert (state(known.data, submission), known.head()) == ("done", 3)
    assert known("verify").code == 0


def test_a_cancelled_job_leaves_nothing(known: Command) -> None:
    submission = queued(known.data, form(row()))
    ledger = Ledger(known.data / "ledger.sqlite", SystemClock())
    Submissions(ledger, SystemClock()).request_cancel(submission)
    ledger.close()
    assert known("job", submission).code == 1
    assert (state(known.data, submission), known.head()) == ("cancelled", 1)
