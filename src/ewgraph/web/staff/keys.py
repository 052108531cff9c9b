"""API keys, for staff: listed, made (the token is shown this once), ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ewgraph.api.pages import Pages
from ewgraph.errors import InputError
from ewgraph.ledger import Event, Key
from ewgraph.web.problems import status_of
from ewgraph.web.readers import Readers
from ewgraph.web.staff.asked import NO_STORE, RIGHTS, fields, one, principal_of, rights_of, wants_html
from ewgraph.web.workspace import Workspace

_FIELDS: Final = ("principal", "right", "days", "label")


@dataclass(frozen=True, slots=True)
class KeysPage:
    """Answers `/staff/keys` and what lies below it."""

    workspace: Workspace
    readers: Readers
    pages: Pages

    def listed(self, request: Request) -> Response:
        """All keys, without their secrets."""
        self.readers.administrator(request)
        if wants_html(request):
            return self._page(request)
        return JSONResponse([self._told(key) for key in self.workspace.keyring.list()], headers=NO_STORE)

    async def add(self, request: Request) -> Response:
        """Make a key and show its token."""
        by = await run_in_threadpool(self.readers.administrator, request)
        try:
            given = await fields(request, _FIELDS)
            token = await run_in_threadpool(self._made, given, by.by)
        except InputError as error:
            if not wants_html(request):
                raise
            return await run_in_threadpool(self._page, request, problem=str(error), status=status_of(error))
        if wants_html(request):
            return await run_in_threadpool(self._page, request, token=token, status=201)
        return JSONResponse({"token": token}, 201, NO_STORE)

    def _made(self, given: dict[str, list[str]], by: str) -> str:
        principal = principal_of(given)
        with self.workspace.ledger.transaction():
            token = self.workspace.keyring.add(
                principal, rights=rights_of(given), label=one(given, "label"), days=_days(one(given, "days")), by=by
            )
            self.workspace.audit.note(Event.KEY_ADDED, by, "staff", key=token.split("_")[1], of=principal)
        return token

    def revoke(self, request: Request) -> Response:
        """End a key."""
        by = self.readers.administrator(request)
        with self.workspace.ledger.transaction():
            key = self.workspace.keyring.revoke(request.path_params["id"])
            self.workspace.audit.note(Event.KEY_REVOKED, by.by, "staff", key=key.id, of=key.principal)
        if wants_html(request):
            return RedirectResponse("/staff/keys", 303, NO_STORE)
        return JSONResponse(self._told(key), headers=NO_STORE)

    def _page(self, request: Request, *, token: str = "", problem: str = "", status: int = 200) -> Response:
        context = {
            "keys": self.workspace.keyring.list(),
            "now": self.workspace.clock.now(),
            "rights": RIGHTS,
            "token": token,
            "problem": problem,
        }
        response = self.pages(request, "staff/keys.html", context, status)
        response.headers.update(NO_STORE)
        return response

    def _told(self, key: Key) -> dict[str, object]:
        instants = {
            "createdAt": key.created_at,
            "expiresAt": key.expires_at,
            "lastUsedAt": key.last_used_at,
            "revokedAt": key.revoked_at,
        }
        return {
            "id": key.id,
            "principal": key.principal,
            "rights": sorted(key.rights),
            "label": key.label,
            "createdBy": key.created_by,
            **{name: instant.isoformat() if instant else None for name, instant in instants.items()},
            "works": key.works(self.workspace.clock.now()),
        }


def _days(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError as error:
        raise InputError(f"days is a number, such as 90, or left out for ever: not {text!r}") from error
