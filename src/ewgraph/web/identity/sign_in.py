"""Signing in and out, for people with a browser: `/sign-in`, `/sign-in/return`, `/sign-out`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ewgraph.access import NOTHING_SHOWN, PUBLIC_READER
from ewgraph.api.pages import Pages
from ewgraph.errors import EwgraphError
from ewgraph.ledger import Account, Audit, Event, Right, Sessions
from ewgraph.web.cookies import Cookies
from ewgraph.web.identity.attempt import SECONDS, Attempt
from ewgraph.web.identity.bearers import Bearers
from ewgraph.web.identity.client import Client, SignInError
from ewgraph.web.identity.fetching import ProviderError
from ewgraph.web.identity.tokens import Claims
from ewgraph.web.problems import status_of
from ewgraph.web.readers import Readers

_LOGGER: Final = logging.getLogger(__name__)
_FAILED: Final = "sign_in_failed"
_NEVER_KEPT: Final = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class SignIn:
    """Signs people in and out.

    Attributes:
        client: deals with the identity provider.
        bearers: knows for whom people act.
        sessions: of those who signed in.
        audit: where it is noted.
        readers: tells whose session a request shows.
        cookies: what browsers keep.
        pages: renders the pages.
        base: the address of the service.
        hours: how long a session lasts.
    """

    client: Client
    bearers: Bearers
    sessions: Sessions
    audit: Audit
    readers: Readers
    cookies: Cookies
    pages: Pages
    base: str
    hours: float

    async def begin(self, request: Request) -> Response:
        """Send the browser to the identity provider."""
        attempt = Attempt.begun(request.query_params.get("next", "/"))
        try:
            address = await self.client.address_of(attempt)
        except ProviderError as error:
            return self._failed(request, error)
        response = RedirectResponse(address, 303, _NEVER_KEPT)
        self.cookies.keep(response, self.cookies.attempt, attempt.cookie, SECONDS)
        return response

    async def end(self, request: Request) -> Response:
        """Take the browser back: a new session where the proof is good, and a page that says why where it is not."""
        attempt = Attempt.kept(request.cookies.get(self.cookies.attempt))
        proven: Claims | None = None
        try:
            if attempt is None:
                raise SignInError("this sign-in was not begun in this browser, or is over. Sign in again")
            proven = await self.client.proven(attempt, _once(request))
            account = await run_in_threadpool(self.bearers.account, proven)
        except EwgraphError as error:
            await run_in_threadpool(self._note_failure, proven, error)
            return self._failed(request, error)
        token = await run_in_threadpool(self._new_session, account, request.cookies.get(self.cookies.session))
        response = RedirectResponse(attempt.path, 303, _NEVER_KEPT)
        self.cookies.keep(response, self.cookies.session, token, int(self.hours * 3600))
        self.cookies.drop(response, self.cookies.attempt)
        return response

    def out(self, request: Request) -> Response:
        """End the session, here at once; where the provider offers it, a link ends it there."""
        shown = self.readers.credential(request, *Right)
        token = request.cookies.get(self.cookies.session)
        if token and shown is not NOTHING_SHOWN:
            self.sessions.close(token)
            self.audit.note(Event.SIGNED_OUT, shown.by, shown.principal.name)
        request.state.credential, request.state.principal = NOTHING_SHOWN, PUBLIC_READER
        response = self.pages(request, "signed_out.html", {"leaving": self.client.leaving(self.base)})
        response.headers.update(_NEVER_KEPT)
        self.cookies.drop(response, self.cookies.session)
        return response

    def _new_session(self, account: Account, before: str | None) -> str:
        """Open a session that no one had before, in the place of any that this browser had."""
        if before:
            self.sessions.close(before)
        token = self.sessions.open(f"account:{account.id}", self.hours)
        self.audit.note(Event.SIGNED_IN, f"account:{account.id}", account.principal, via="browser")
        return token

    def _note_failure(self, proven: Claims | None, error: EwgraphError) -> None:
        """Note who was known and had no account; what strangers can cause without end is only logged."""
        _LOGGER.warning(_FAILED, extra={"reason": str(error) if proven is None else type(error).__name__})
        if proven is not None:
            self.audit.note(Event.SIGN_IN_FAILED, "", PUBLIC_READER.name, issuer=proven["iss"], subject=proven["sub"])

    def _failed(self, request: Request, error: EwgraphError) -> Response:
        status = status_of(error)
        response = self.pages(request, "sign_in_failed.html", {"why": str(error)}, status)
        response.headers.update(_NEVER_KEPT)
        self.cookies.drop(response, self.cookies.attempt)
        return response


def _once(request: Request) -> Mapping[str, str]:
    """The parameters of the answer, each of which may be said once (RFC 6749, 3.1)."""
    pairs = request.query_params.multi_items()
    if len(pairs) != len(dict(pairs)):
        raise SignInError("the answer says something twice. Sign in again")
    return dict(pairs)
