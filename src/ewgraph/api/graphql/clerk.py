"""Who takes in what a mutation hands in. The service puts one behind each request; it stands for who asks.

Nothing here decides what may be said: a clerk hands a record in as `POST /records` does, and a file as
`POST /disclosures`, in the caller's name, and tells what was refused and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ewgraph.ingest.releasing import ReleaseRequest
from ewgraph.ledger import Submission, Watches
from ewgraph.model.rdf import IRI


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was refused.

    Attributes:
        message: one sentence or two: what, where, why, and what to do.
        node: what is said wrongly, or is not the caller's to say; None where it is all of it.
        path: by which property.
    """

    message: str
    node: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of what was handed in: the records that are new, or would be; or why nothing was stored."""

    records: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()


class Clerk(Protocol):
    """Takes in what one request hands in."""

    @property
    def watches(self) -> Watches:
        """Where watches are kept: those of everybody, each found by its owner's name only."""

    def voice(self) -> IRI:
        """On whose word it is, unless that is said.

        Raises:
            CredentialError: nobody is known to ask.
            InputError: who asks may not hand anything in.
        """

    def minted(self, kind: str) -> IRI:
        """A new name for a record or claim."""

    def now(self) -> dt.datetime:
        """What time it is."""

    def take(self, body: bytes, media_type: str, on_behalf_of: str | None, *, dry_run: bool) -> Taken:
        """Take records in, all of them or none.

        Raises:
            CredentialError: nobody is known to ask.
            InputError: it is not the caller's to hand in; or nothing of it can be read.
            LimitError: it is too much.
            UnavailableError: it cannot be done now.
        """

    def release(self, request: ReleaseRequest, *, dry_run: bool) -> Taken:
        """Open a record to a wider audience.

        Raises:
            CredentialError: nobody is known to ask.
            NotFoundError: staff see no such record; or who asks is not of the staff.
            InputError: what is asked for cannot be meant.
        """

    def submit(self, file: bytes | str, name: str, fields: Mapping[str, str], *, dry_run: bool) -> Submission:
        """Hand a file in; a job works on it.

        Args:
            file: its content, or the SHA-256 of one that was uploaded.
            name: what it is called.
            fields: what is asked for it, as in the form of `POST /disclosures`.
            dry_run: whether nothing of it is to be stored.

        Raises:
            CredentialError: nobody is known to ask.
            NotFoundError: no such file was uploaded.
            InputError: what is asked is wrong, or not for the caller to ask.
            LimitError: it is too much.
        """

    def submission(self, name: str) -> Submission:
        """How far a submission is.

        Raises:
            CredentialError: nobody is known to ask.
            NotFoundError: there is none of that name, or it is somebody else's.
        """

    def submissions(self, before: str | None, most: int) -> list[Submission]:
        """The caller's submissions, newest first; the staff's are everybody's.

        Raises:
            CredentialError: nobody is known to ask.
        """

    def cancel(self, name: str) -> Submission:
        """Stop a submission.

        Raises:
            CredentialError, NotFoundError: as above.
            ConflictError: it has ended.
        """

    def withdraw(self, name: str, reason: str) -> tuple[Submission, tuple[str, ...]]:
        """Take back what a submission brought in; the records that say so.

        Raises:
            CredentialError, NotFoundError: as above.
            InputError: it is not the caller's to take back, or there is nothing to.
        """

    def reader(self) -> str:
        """Whose watches they are.

        Raises:
            CredentialError: nobody is known to ask.
        """
