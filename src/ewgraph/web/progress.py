"""How far a submission is: as JSON, by waiting for its end, and as server-sent events."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from starlette.concurrency import run_in_threadpool

from ewgraph.ledger.submissions import Submission, Submissions
from ewgraph.web.jobs import UNDER_WAY

POLL_SECONDS: Final = 0.5
_HEARTBEAT_SECONDS: Final = 15.0


def status_json(submission: Submission) -> dict[str, Any]:
    """What is told of a submission, with links to the rest."""
    here = f"/disclosures/{submission.id}"
    links = {"self": here, "events": f"{here}/events"}
    if submission.state not in UNDER_WAY | {"failed", "cancelled"}:
        links["report"] = f"{here}/report"
        links |= {f"report.{kind}": f"{here}/report.{kind}" for kind in ("html", "xlsx", "ttl", "txt")}
    return {
        "id": submission.id,
        "state": submission.state,
        "stage": submission.stage,
        "done": submission.done,
        "total": submission.total,
        "file": submission.file,
        "sha256": submission.source,
        "format": submission.mapping,
        "submitter": submission.submitter.value,
        "author": submission.author.value,
        "dryRun": is_dry_run(submission),
        "createdAt": submission.created_at.isoformat(),
        "startedAt": submission.started_at.isoformat() if submission.started_at else None,
        "finishedAt": submission.finished_at.isoformat() if submission.finished_at else None,
        "cancelRequested": submission.cancel_requested,
        "error": submission.error,
        "links": links,
    }


def is_dry_run(submission: Submission) -> bool:
    """Whether nothing is to be stored."""
    return bool(submission.request.get("dryRun"))


async def ended(submissions: Submissions, name: str, seconds: float) -> Submission:
    """The submission as soon as it has ended, or after so many seconds as it is then."""
    until = time.monotonic() + seconds
    while True:
        submission = await run_in_threadpool(submissions.get, name)
        left = until - time.monotonic()
        if submission.state not in UNDER_WAY or left <= 0:
            return submission
        await asyncio.sleep(min(POLL_SECONDS / 2, left))


async def events(submissions: Submissions, name: str, gone: Callable[[], Any]) -> AsyncIterator[str]:
    """Server-sent events: `progress` whenever something changed, `done` at the end, a comment now and then.

    Source: WHATWG HTML, 9.2. There is nothing to repeat after `Last-Event-ID`: the first event tells all there is.

    Args:
        submissions: where to look.
        name: the submission's id.
        gone: tells, awaited, whether the reader went away.
    """
    told, number, spoke_at = "", 0, time.monotonic()
    yield "retry: 2000\n\n"
    while not await gone():
        submission = await run_in_threadpool(submissions.get, name)
        data = json.dumps(status_json(submission), ensure_ascii=False)
        final = submission.state not in UNDER_WAY
        if data != told:
            told, number, spoke_at = data, number + 1, time.monotonic()
            yield f"id: {number}\nevent: {'done' if final else 'progress'}\ndata: {data}\n\n"
        elif time.monotonic() - spoke_at > _HEARTBEAT_SECONDS:
            spoke_at = time.monotonic()
            yield ": still here\n\n"
        if final:
            return
        await asyncio.sleep(POLL_SECONDS)
