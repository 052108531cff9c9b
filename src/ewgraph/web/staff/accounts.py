"""Accounts of people who sign in with an identity provider, for staff: listed, added, ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ewgraph.api.pages import Pages
from ewgraph.errors import InputError
from ewgraph.ledger import Account, Event, Right
from ewgraph.ledger.rights import rights_of as checked_rights
from ewgraph.web.problems import status_of
from ewgraph.web.readers import Readers
from ewgraph.web.staff.asked import NO_STORE, RIGHTS, fields, one, principal_of, rights_of, wants_html
from ewgraph.web.workspace import Workspace

_FIELDS: Final = ("issuer", "subject", "principal", "right", "label")


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Answers `/staff/accounts` and what lies below it."""

    workspace: Workspace
    readers: Readers
    pages: Pages

    def listed(self, request: Request) -> Response:
        """All accounts."""
        self.readers.administrator(request)
        if wants_html(request):
            return self._page(request)
        return JSONResponse(list(map(_told, self.workspace.accounts.list())), headers=NO_STORE)

    async def add(self, request: Request) -> Response:
        """Let a person act for an organisation or the staff."""
        by = await run_in_threadpool(self.readers.administrator, request)
        try:
            given = await fields(request, _FIELDS)
            account = await run_in_threadpool(self._added, given, by.by)
        except InputError as error:
            if not wants_html(request):
                raise
            return await run_in_threadpool(self._page, request, problem=str(error), status=status_of(error))
        if wants_html(request):
            return RedirectResponse("/staff/accounts", 303, NO_STORE)
        return JSONResponse(_told(account), 201, NO_STORE)

    def _added(self, given: dict[str, list[str]], by: str) -> Account:
        principal, issuer, subject = principal_of(given), one(given, "issuer"), one(given, "subject")
        if not issuer or not subject:
            raise InputError("say who it is: issuer and subject, as the identity provider names them")
        rights = rights_of(given)
        wanted = None if rights is None else {Right(right) for right in checked_rights(principal, rights)}
        with self.workspace.ledger.transaction():
            account = self.workspace.accounts.add(
                issuer, subject, principal, rights=wanted, label=one(given, "label"), by=by
            )
            self.workspace.audit.note(Event.ACCOUNT_ADDED, by, "staff", account=account.id, of=principal)
        return account

    def revoke(self, request: Request) -> Response:
        """End an account and its sessions."""
        by = self.readers.administrator(request)
        with self.workspace.ledger.transaction():
            account = self.workspace.accounts.revoke(request.path_params["id"])
            self.workspace.audit.note(Event.ACCOUNT_REVOKED, by.by, "staff", account=account.id, of=account.principal)
        if wants_html(request):
            return RedirectResponse("/staff/accounts", 303, NO_STORE)
        return JSONResponse(_told(account), headers=NO_STORE)

    def _page(self, request: Request, *, problem: str = "", status: int = 200) -> Response:
        context = {"accounts": self.workspace.accounts.list(), "rights": RIGHTS, "problem": problem}
        response = self.pages(request, "staff/accounts.html", context, status)
        response.headers.update(NO_STORE)
        return response


def _told(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "issuer": account.issuer,
        "subject": account.subject,
        "principal": account.principal,
        "rights": sorted(account.rights),
        "label": account.label,
        "createdAt": account.created_at,
        "createdBy": account.created_by,
        "revokedAt": account.revoked_at,
    }
