"""Takes in what GraphQL mutations hand in: records by the way of `POST /records`, releases by the releaser."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from anyio import from_thread
from starlette.requests import Request

from ewgraph.access import PUBLIC_READER, Credential, Principal
from ewgraph.api.graphql.clerk import Refusal, Taken
from ewgraph.assets import asset
from ewgraph.errors import CredentialError, NotFoundError, RightsError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.releasing import Releaser, ReleaseRequest
from ewgraph.ingest.releasing.refusal import refuse
from ewgraph.ledger import Submission, Watches
from ewgraph.model.rdf import IRI, iri
from ewgraph.web.desk import Desk
from ewgraph.web.forms import plain_name
from ewgraph.web.handed import NotAllowedError, asked_of
from ewgraph.web.readers import Holders, Readers
from ewgraph.web.records import arguments_of, report_of
from ewgraph.web.uploads import Uploads
from ewgraph.web.workspace import Workspace

_STAFF_ONLY: Final = "there is no such record that could be released"


@dataclass(frozen=True, slots=True)
class Clerks:
    """Makes the clerk of each request.

    Attributes:
        readers: tells by what a request is made.
        desk: takes record files and disclosures in.
        workspace: what releases are made on.
    """

    readers: Readers
    desk: Desk
    workspace: Workspace

    def __call__(self, request: Request) -> RequestClerk:
        """The clerk who works for whoever made the request."""
        return RequestClerk(self, request)


@dataclass(frozen=True, slots=True)
class RequestClerk:
    """Works for whoever made one request. It blocks: it is called in a worker thread."""

    clerks: Clerks
    request: Request

    def _credential(self, *, look: bool = False) -> Credential:
        """By what the request is made, which has to let its bearer hand in; or look, where that will do."""
        try:
            Holders(self.clerks.readers)(self.request, look=look)
        except NotAllowedError as error:
            raise RightsError(str(error)) from error
        return self.request.state.credential  # type: ignore[no-any-return]  # the line above has put it there

    def voice(self) -> IRI:
        """The caller's organisation; of staff the steward."""
        organization = self._credential().principal.organization
        return organization or iri(self.clerks.workspace.settings.steward)

    def minted(self, kind: str) -> IRI:
        """A name below the caller's own, or of staff below the service's, that nobody can guess, nor has."""
        organization = self._credential().principal.organization
        place = f"{organization.value}/" if organization else f"{self.clerks.workspace.settings.base}id/"
        return IRI(f"{place}{kind}-{secrets.token_hex(16)}")

    def now(self) -> dt.datetime:
        """What time it is."""
        return self.clerks.workspace.clock.now()

    def take(self, body: bytes, media_type: str, on_behalf_of: str | None, *, dry_run: bool) -> Taken:
        """Take records in by a process of its own, as `POST /records` does."""
        credential = self._credential()
        try:
            arguments = arguments_of(credential.principal, media_type, on_behalf_of, dry_run=dry_run)
        except NotAllowedError as error:
            raise RightsError(str(error)) from error

        async def pieces() -> AsyncIterator[bytes]:
            yield body

        work = partial(self.clerks.desk.records.taken_in, credential, pieces(), arguments, on_behalf_of)
        code, told = from_thread.run(work)
        report = report_of(code, told)
        if code and not report:
            return Taken(refusals=(Refusal("more is refused than can be told, and nothing was stored. Send less"),))
        refused, warnings = _refusals(report.get("refused", ())), _refusals(report.get("warnings", ()))
        return Taken(() if refused else tuple(report.get("added", ())), refused, warnings)

    def release(self, request: ReleaseRequest, *, dry_run: bool) -> Taken:
        """Open a record, or say whether that could be done."""
        credential, workspace = self._credential(), self.clerks.workspace
        if not credential.administers:
            raise NotFoundError(_STAFF_ONLY)
        releaser = Releaser(
            workspace.ledger,
            workspace.gate,
            Checker(asset("shapes"), workspace.settings.least_workers),
            iri(workspace.settings.steward),
            workspace.settings.base,
            workspace.clock,
            by=credential.by,
            principal=credential.principal.name,
        )
        if dry_run:
            refuse(request, releaser.standing(), workspace.gate, workspace.clock.now())
            return Taken()
        return Taken(tuple(made.value for made in releaser.release(request).releases))

    def submit(self, file: bytes | str, name: str, fields: Mapping[str, str], *, dry_run: bool) -> Submission:
        """Hand a file in, as `POST /disclosures` does."""
        credential, disclosures = self._credential(), self.clerks.desk.disclosures
        try:
            asked = asked_of(credential.principal, fields, dry_run=dry_run)
        except NotAllowedError as error:
            raise RightsError(str(error)) from error
        sha256 = (
            file
            if isinstance(file, str)
            else from_thread.run_sync(partial(_uploaded, disclosures.uploads, file, credential.principal))
        )
        submission = disclosures.take(credential, plain_name(name), sha256, asked)
        from_thread.run_sync(disclosures.jobs.wake)
        return submission

    def submission(self, name: str) -> Submission:
        """How far a submission is."""
        return self.clerks.desk.disclosures.visible(self._credential(look=True).principal, name)

    def submissions(self, before: str | None, most: int) -> list[Submission]:
        """The caller's submissions."""
        return self.clerks.desk.disclosures.page(self._credential(look=True).principal, before, most)

    def cancel(self, name: str) -> Submission:
        """Stop a submission."""
        return self.clerks.desk.disclosures.stopped(self._credential().principal, name)

    def withdraw(self, name: str, reason: str) -> tuple[Submission, tuple[str, ...]]:
        """Take back what a submission brought in."""
        submission, records = self.clerks.desk.disclosures.withdrawn(self._credential().principal, name, reason)
        return submission, tuple(record.value for record in records)

    @property
    def watches(self) -> Watches:
        """Where watches are kept."""
        return self.clerks.workspace.watches

    def reader(self) -> str:
        """Whose watches they are: of whoever shows a key that reads, or is signed in."""
        principal = self.clerks.readers(self.request)
        if principal == PUBLIC_READER:
            raise CredentialError("a watch is for whoever shows a key, or is signed in")
        return principal.name


def _uploaded(uploads: Uploads, content: bytes, owner: Principal) -> str:
    """The SHA-256 of a small file that lies with the owner's then. It belongs to the thread of the event loop."""
    uploads.make_room(owner)
    path, sha256 = uploads.coming(owner), hashlib.sha256(content).hexdigest()
    with uploads.under_way.one(owner):
        path.write_bytes(content)
        uploads.keep(owner, sha256, path)
    return sha256


def _refusals(notices: Iterable[dict[str, Any]]) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(fault["message"], fault["focus_node"] or notice["record"], fault["path"])
        for notice in notices
        for fault in notice["results"]
    )
