"""Signing in to the pages with an API key, and out again: for whoever has no identity provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ewgraph.access import NOTHING_SHOWN, PUBLIC_READER
from ewgraph.api.pages import Pages
from ewgraph.errors import CredentialError
from ewgraph.ledger import Event, Right
from ewgraph.web.cookies import Cookies
from ewgraph.web.handed import NotAllowedError
from ewgraph.web.identity.attempt import own_path
from ewgraph.web.problems import status_of
from ewgraph.web.readers import Readers, is_own
from ewgraph.web.staff.asked import NO_STORE, fields, one
from ewgraph.web.workspace import Workspace

_FIELDS: Final = ("key", "next")


@dataclass(frozen=True, slots=True)
class KeySignIn:
    """Answers `/sign-in/key`, and `/sign-out` where no identity provider does.

    Attributes:
        hours: how long a session lasts; it ends with its key.
    """

    workspace: Workspace
    readers: Readers
    pages: Pages
    cookies: Cookies
    hours: float

    def routes(self, *, out: bool) -> list[BaseRoute]:
        """The routes, for the service; `out` says whether signing out is among them."""
        own: list[BaseRoute] = [
            Route("/sign-in/key", self.form, methods=["GET"]),
            Route("/sign-in/key", self.enter, methods=["POST"]),
        ]
        return [*own, Route("/sign-out", self.out, methods=["POST"])] if out else own

    def form(self, request: Request) -> Response:
        """Where to show a key."""
        return self._page(request, own_path(request.query_params.get("next")))

    async def enter(self, request: Request) -> Response:
        """Begin a session for the bearer of a key: a new one, whatever the browser had."""
        if not is_own(request):
            raise NotAllowedError("another site sent this request: it is not done. Use the pages of this service")
        given = await fields(request, _FIELDS)
        path = own_path(one(given, "next"))
        try:
            token = await run_in_threadpool(self._session, request, one(given, "key"))
        except CredentialError as error:
            return self._page(request, path, problem=str(error), status=status_of(error))
        response = RedirectResponse(path, 303, NO_STORE)
        self.cookies.keep(response, self.cookies.session, token, int(self.hours * 3600))
        return response

    def _session(self, request: Request, key: str) -> str:
        shown = self.readers.bearer_of_key(key)
        if before := request.cookies.get(self.cookies.session):
            self.workspace.sessions.close(before)
        token = self.workspace.sessions.open(shown.by, self.hours)
        self.workspace.audit.note(Event.SIGNED_IN, shown.by, shown.principal.name, via="browser")
        return token

    def out(self, request: Request) -> Response:
        """End the session."""
        shown = self.readers.credential(request, *Right)
        token = request.cookies.get(self.cookies.session)
        if token and shown is not NOTHING_SHOWN:
            self.workspace.sessions.close(token)
            self.workspace.audit.note(Event.SIGNED_OUT, shown.by, shown.principal.name)
        request.state.credential, request.state.principal = NOTHING_SHOWN, PUBLIC_READER
        response = self.pages(request, "signed_out.html", {"leaving": None})
        response.headers.update(NO_STORE)
        self.cookies.drop(response, self.cookies.session)
        return response

    def _page(self, request: Request, path: str, *, problem: str = "", status: int = 200) -> Response:
        response = self.pages(request, "key_sign_in.html", {"next": path, "problem": problem}, status)
        response.headers.update(NO_STORE)
        return response
