"""Disclosures handed in over HTTP: the file comes, a job works on it, its sender follows it and reads the report.

Only who handed a submission in, whose word it is, and the staff see it: to everybody else it does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from ewgraph.access import STAFF_READER, Credential, Principal
from ewgraph.api.negotiation import wants_page
from ewgraph.api.sparql.operation import MediaTypeError
from ewgraph.errors import ConflictError, InputError, LimitError, NotFoundError
from ewgraph.ingest.disclosing.intake import Intake
from ewgraph.ingest.disclosing.request import Request as Asked
from ewgraph.ledger import OPERATOR, Audit, Event
from ewgraph.ledger.queue import SubmissionQueue
from ewgraph.ledger.submissions import Submission, Submissions
from ewgraph.model.rdf import IRI
from ewgraph.web.counter import Counter
from ewgraph.web.forms import arrived_form, plain_name
from ewgraph.web.handed import asked_of, dry_run_of, members, refuse_unknown, wait_of
from ewgraph.web.jobs import UNDER_WAY, Jobs
from ewgraph.web.progress import ended, events, status_json
from ewgraph.web.readers import Holders
from ewgraph.web.reports import Reports
from ewgraph.web.shares import SharedStream, Shares, Turns
from ewgraph.web.transfers import NO_STORE
from ewgraph.web.uploads import Uploads, checked

_MOST_UNDER_WAY: Final = 5
_MOST_FOLLOWED: Final = 20
_PAGE: Final = 50
_LONGEST_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Disclosures:
    """Answers `/disclosures` and what lies below it, but for the files.

    Attributes:
        holders: tells who asks.
        submissions: what was handed in.
        queue: the same as a queue.
        uploads: the files.
        jobs: works the queue off.
        reports: tells the reports.
        counter: the page where people hand in.
        intake: takes back, and tries again.
        audit: where it is noted that a file came.
    """

    holders: Holders
    submissions: Submissions
    queue: SubmissionQueue
    uploads: Uploads
    jobs: Jobs
    reports: Reports
    counter: Counter
    intake: Intake
    audit: Audit
    admitting: Lock = field(default_factory=Lock)
    trying: Turns = field(default_factory=lambda: Turns("submissions to be tried again"))
    following: Shares = field(default_factory=lambda: Shares("requests that wait for a submission", _MOST_FOLLOWED))

    async def submit(self, request: Request) -> Response:
        """Take a file in: as a form, or by the hash of one that was uploaded before."""
        owner = await run_in_threadpool(self.holders, request)
        refuse_unknown(request, "dryRun", "wait")
        dry_run, seconds = dry_run_of(request), wait_of(request)
        await run_in_threadpool(self._admit, owner)
        try:
            name, sha256, fields = await self._arrived(request, owner)
        except ClientDisconnect:
            return Response(status_code=400)
        asked = asked_of(owner, fields, dry_run=dry_run)
        submission = await run_in_threadpool(self.take, request.state.credential, name, sha256, asked)
        self.jobs.wake()
        return await self._after(request, submission, seconds, owner)

    async def _arrived(self, request: Request, owner: Principal) -> tuple[str, str, Mapping[str, str]]:
        """The file's name and hash, and what is asked for it; the file lies with the owner's."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            await run_in_threadpool(self.uploads.make_room, owner)
            path = self.uploads.coming(owner)
            with self.uploads.under_way.one(owner):
                form = await arrived_form(request, path, self.uploads.most)
            await run_in_threadpool(self.uploads.keep, owner, form.sha256, path)
            return form.name, form.sha256, form.fields
        if kind == "application/json":
            fields = await members(request)
            name, sha256 = plain_name(fields.pop("name", "")), checked(fields.pop("sha256", "").lower())
            return name, sha256, fields
        raise MediaTypeError(f"a disclosure comes as multipart/form-data, or as application/json, not {kind[:80]!r}")

    def _admit(self, owner: Principal) -> None:
        under_way = self.queue.under_way(owner.organization or OPERATOR)
        if under_way >= _MOST_UNDER_WAY:
            raise LimitError(
                f"{under_way} of your submissions wait or are being worked on: {_MOST_UNDER_WAY} may at a time. "
                "Wait for one of them, or cancel it",
                limit="submissions under way",
            )

    def take(self, by: Credential, name: str, sha256: str, asked: Asked) -> Submission:
        """Queue an uploaded file. The jobs are to be woken then.

        Raises:
            NotFoundError: whoever shows the credential has uploaded no such file.
            LimitError: too many of theirs are under way.
        """
        owner = by.principal
        with self.admitting:
            self._admit(owner)
            self.uploads.hand_over(owner, sha256)
            submission = self.submissions.create(
                submitter=asked.submitter,
                author=asked.author,
                source=sha256,
                file=name,
                mapping=asked.mapping,
                request=asked.as_json(),
            )
        self.audit.note(Event.UPLOADED, by.by, owner.name, submission=submission.id, sha256=sha256)
        return submission

    async def _after(self, request: Request, submission: Submission, seconds: float, owner: Principal) -> Response:
        """The report where it was waited for, else the status."""
        if seconds:
            with self.following.one(owner):
                submission = await ended(self.submissions, submission.id, seconds)
        status = status_json(submission)
        location = {**NO_STORE, "Location": status["links"]["self"]}
        if submission.state in UNDER_WAY:
            return JSONResponse(status, 202, location)
        if not seconds or "report" not in status["links"]:
            return JSONResponse(status, 200 if seconds else 202, location)
        response = await self.reports.answer(request, submission, owner)
        response.headers["Location"] = location["Location"]
        return response

    def listed(self, request: Request) -> Response:
        """The reader's own submissions, newest first; the staff's are everybody's. For browsers a page to hand in."""
        if wants_page(request.headers.get("accept"), ("application/json",)):
            return self.counter(request)
        holder = self.holders(request)
        limit = _page_length(request)
        before = request.query_params.get("before")
        found = self.page(holder, before, limit + 1)
        listed: dict[str, Any] = {"submissions": [status_json(one) for one in found[:limit]], "next": None}
        if len(found) > limit:
            listed["next"] = f"/disclosures?limit={limit}&before={found[limit - 1].id}"
        return JSONResponse(listed, headers=NO_STORE)

    def page(self, holder: Principal, before: str | None, most: int) -> list[Submission]:
        """The holder's own submissions, newest first; the staff's are everybody's."""
        return self.queue.page(None if holder == STAFF_READER else holder.organization, before, most)

    def status(self, request: Request) -> Response:
        """How far a submission is."""
        return JSONResponse(status_json(self._visible(request)), headers=NO_STORE)

    async def events(self, request: Request) -> Response:
        """The same as server-sent events, to the end."""
        holder, submission = await run_in_threadpool(self._seen, request)
        self.following.take(holder)
        told = events(self.submissions, submission.id, request.is_disconnected)
        headers = {**NO_STORE, "X-Accel-Buffering": "no"}
        return SharedStream(told, self.following, holder, media_type="text/event-stream", headers=headers)

    async def report(self, request: Request) -> Response:
        """The report on a submission."""
        holder, submission = await run_in_threadpool(self._seen, request)
        return await self.reports.answer(request, submission, holder)

    def cancel(self, request: Request) -> Response:
        """Stop a submission."""
        submission = self.stopped(self.holders(request), request.path_params["id"])
        return JSONResponse(status_json(submission), 202, NO_STORE)

    def stopped(self, holder: Principal, name: str) -> Submission:
        """A submission that is told to stop.

        Raises:
            NotFoundError: there is none of that name that the holder sees.
            ConflictError: it has ended.
        """
        submission = self.visible(holder, name)
        if not self.submissions.request_cancel(submission.id):
            raise ConflictError(
                f"{submission.id!r} has ended: it is {submission.state}. What was stored is taken back with "
                f"POST /disclosures/{submission.id}/withdraw"
            )
        return self.submissions.get(submission.id)

    def withdraw(self, request: Request) -> Response:
        """Take back what a submission brought in; `reason` says why."""
        reason = request.query_params.get("reason", "")
        submission, records = self.withdrawn(self.holders(request), request.path_params["id"], reason)
        status = status_json(submission)
        return JSONResponse({**status, "records": [record.value for record in records]}, headers=NO_STORE)

    def withdrawn(self, holder: Principal, name: str, reason: str) -> tuple[Submission, Sequence[IRI]]:
        """A submission whose records are taken back, and the records that say so.

        Raises:
            NotFoundError: there is none of that name that the holder sees.
            InputError: it is not for the holder to take back, or there is nothing to.
        """
        submission = self.visible(holder, name)
        records = self.intake.withdraw(submission.id, holder, reason)
        return self.submissions.get(submission.id), records

    async def retry(self, request: Request) -> Response:
        """Try the rows again that were kept out. One at a time: it takes its share of the service."""
        holder, submission = await run_in_threadpool(self._seen, request)
        async with self.trying.one(holder):
            report = await run_in_threadpool(self.intake.retry, submission.id, holder)
        return JSONResponse(report.as_json(), headers=NO_STORE)

    def _visible(self, request: Request) -> Submission:
        """The submission of the path."""
        return self._seen(request)[1]

    def _seen(self, request: Request) -> tuple[Principal, Submission]:
        """Who asks, and the submission of the path.

        Raises:
            NotFoundError: there is none, or it is somebody else's: one answer for both.
        """
        holder = self.holders(request)
        return holder, self.visible(holder, request.path_params["id"])

    def visible(self, holder: Principal, name: str) -> Submission:
        """The submission of that name.

        Raises:
            NotFoundError: there is none, or it is somebody else's: one answer for both.
        """
        try:
            submission = self.submissions.get(name)
        except NotFoundError:
            submission = None
        if submission is None or not _sees(holder, submission):
            raise NotFoundError(f"there is no submission {name!r}, or it is not yours")
        return submission


def _sees(holder: Principal, submission: Submission) -> bool:
    return holder == STAFF_READER or holder.organization in {submission.submitter, submission.author}


def _page_length(request: Request) -> int:
    text = request.query_params.get("limit", str(_PAGE))
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= _LONGEST_PAGE):
        raise InputError(f"limit is a number from 1 to {_LONGEST_PAGE}, not {text!r}")
    return int(text)
