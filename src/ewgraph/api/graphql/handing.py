"""Files that are handed in, such as a disclosure: how far the work on them is, and what can be done about them."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import enum
import json
from collections.abc import Callable
from typing import Final

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.clerk import Clerk
from ewgraph.api.graphql.paging import size_of
from ewgraph.api.graphql.user_errors import UserError, clerk_of, refused
from ewgraph.api.graphql.values import Info, Named
from ewgraph.errors import CredentialError, EwgraphError, InputError, NotFoundError
from ewgraph.ledger import Submission as Kept


@strawberry.enum(description="How far the work on a file is.")
class SubmissionState(enum.Enum):
    """How far the work on a file is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


UNDER_WAY: Final = frozenset({SubmissionState.QUEUED, SubmissionState.RUNNING})


@strawberry.type
class Submission:
    """A file that was handed in. Only who handed it in, whose word it is, and the staff see it."""

    id: strawberry.ID
    state: SubmissionState
    stage: str = strawberry.field(description="What is being done, of which `done` of `total` are.")
    done: int
    total: int
    file: str = strawberry.field(description="What the file is called.")
    sha256: str = strawberry.field(description="The SHA-256 of the file.")
    format: str | None = strawberry.field(description="The mapping that reads it; none until it is known.")
    submitter: strawberry.ID = strawberry.field(description="Who handed it in.")
    author: strawberry.ID = strawberry.field(description="Whose word it is.")
    dry_run: bool = strawberry.field(description="Whether nothing of it is stored.")
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    cancel_requested: bool
    error: str | None = strawberry.field(description="Why it failed.")
    report: str | None = strawberry.field(
        description="The path of its report, as JSON; with `.html`, `.xlsx`, `.ttl` or `.txt` as such.",
    )

    @classmethod
    def of(cls, kept: Kept) -> Submission:
        """The submission as the schema has it."""
        state = SubmissionState(kept.state)
        told = state not in UNDER_WAY | {SubmissionState.FAILED, SubmissionState.CANCELLED}
        return cls(
            id=strawberry.ID(kept.id),
            state=state,
            stage=kept.stage,
            done=kept.done,
            total=kept.total,
            file=kept.file,
            sha256=kept.source,
            format=kept.mapping,
            submitter=strawberry.ID(kept.submitter.value),
            author=strawberry.ID(kept.author.value),
            dry_run=bool(kept.request.get("dryRun")),
            created_at=kept.created_at,
            started_at=kept.started_at,
            finished_at=kept.finished_at,
            cancel_requested=kept.cancel_requested,
            error=kept.error,
            report=f"/disclosures/{kept.id}/report" if told else None,
        )


@strawberry.type
class Submissions:
    """The queries about files that were handed in."""

    @strawberry.field
    def submission(self, info: Info, named: Named) -> Submission | None:
        """A file that you handed in, or that is your word."""
        try:
            return Submission.of(clerk_of(info).submission(named))
        except (CredentialError, NotFoundError):
            return None

    @strawberry.field
    def submissions(self, info: Info, first: int = 50, after: strawberry.ID | None = UNSET) -> list[Submission]:
        """The files that you handed in or that are your word, the newest first; to the staff those of everybody.

        `after` is the id of the last one of the part before.
        """
        try:
            found = clerk_of(info).submissions(after or None, size_of(first, "first"))
            return [Submission.of(one) for one in found]
        except CredentialError:
            return []


@strawberry.input(one_of=True, description="A file: what it holds, or which uploaded one it is.")
class DisclosureFile:
    """A file: what it holds, or which uploaded one it is."""

    sha256: strawberry.Maybe[str] = strawberry.field(
        description="The SHA-256 of a file that was uploaded with `PUT /disclosures/files/{sha256}`.",
    )
    base64: strawberry.Maybe[str] = strawberry.field(
        description="The file itself, if it is small: a request has at most a million bytes.",
    )


@strawberry.input(description="Which column of a file holds what, where its headings do not say so.")
class AssignedColumn:
    """Which column of a file holds what, where its headings do not say so."""

    column: str
    heading: str


@strawberry.type
class SubmissionPayload:
    """What came of it."""

    submission: Submission | None
    record_ids: list[strawberry.ID] = strawberry.field(description="The records that were stored by it at once.")
    user_errors: list[UserError]


@strawberry.type
class Handing:
    """The mutations about files."""

    @strawberry.mutation
    def submit_disclosure(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        file: DisclosureFile,
        name: str,
        format: str | None = UNSET,  # noqa: A002  # what it is called everywhere
        contract: strawberry.ID | None = UNSET,
        on_behalf_of: strawberry.ID | None = UNSET,
        language: str | None = UNSET,
        received_at: dt.datetime | None = UNSET,
        assigned: list[AssignedColumn] | None = UNSET,
        dry_run: bool = False,
    ) -> SubmissionPayload:
        """Hand a file in, such as a filled in disclosure form, as `POST /disclosures` does. A job works on it."""

        def work(clerk: Clerk) -> Kept:
            fields = {
                "format": format,
                "contract": contract,
                "onBehalfOf": on_behalf_of,
                "language": language,
                "receivedAt": received_at.isoformat() if received_at else None,
                "assigned": json.dumps({one.column: one.heading for one in assigned}) if assigned else None,
            }
            given = {field: text for field, text in fields.items() if text}
            return clerk.submit(_content(file), name, given, dry_run=dry_run)

        return _payload(info, work, "file")

    @strawberry.mutation
    def cancel_submission(self, info: Info, submission: strawberry.ID) -> SubmissionPayload:
        """Stop the work on a file."""
        return _payload(info, lambda clerk: clerk.cancel(submission), "submission")

    @strawberry.mutation
    def withdraw_submission(self, info: Info, submission: strawberry.ID, reason: str) -> SubmissionPayload:
        """Take back what a file brought in."""
        return _payload(info, lambda clerk: clerk.withdraw(submission, reason), "submission")


def _content(file: DisclosureFile) -> bytes | str:
    """What the file holds, or its SHA-256.

    Raises:
        InputError: it is not written in Base64.
    """
    if file.sha256:
        return file.sha256.value.strip().lower()
    text = file.base64.value if file.base64 else ""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError("`base64` is the file in Base64 (RFC 4648, 4), without line breaks") from error


def _payload(
    info: Info, work: Callable[[Clerk], Kept | tuple[Kept, tuple[str, ...]]], argument: str
) -> SubmissionPayload:
    try:
        done = work(clerk_of(info))
    except EwgraphError as error:
        return SubmissionPayload(submission=None, record_ids=[], user_errors=[refused(error, argument)])
    kept, records = done if isinstance(done, tuple) else (done, ())
    ids = [strawberry.ID(record) for record in records]
    return SubmissionPayload(submission=Submission.of(kept), record_ids=ids, user_errors=[])
