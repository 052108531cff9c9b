"""Who takes in what a mutation hands in. The service puts one behind each request; it stands for who asks.

Nothing here decides what may be said: a clerk hands a record in as `POST /records` does, in the caller's name, and
tells what was refused and why.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from ewgraph.ingest.releasing import ReleaseRequest
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
