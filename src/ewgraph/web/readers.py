"""Who asks: the bearer of a key or token, the person of a session, or the public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from ewgraph.access import NOTHING_SHOWN, Credential, Principal, parse_principal
from ewgraph.errors import CredentialError, NotFoundError
from ewgraph.ledger import Audit, Event, Keyring, Right, Sessions
from ewgraph.ledger.keys import MARK
from ewgraph.web.handed import NotAllowedError

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_NEEDS_KEY: Final = "this needs a key: send `Authorization: Bearer <key>`. You get one from who runs this service"
_MAY: Final = {Right.READ: "read", Right.SUBMIT: "hand in", Right.ADMINISTER: "administer"}

TokenVerifier = Callable[[str], Credential]
"""Tells by what a bearer token that is no API key lets its bearer in, or raises a CredentialError."""


class Readers:
    """Tells who asks by what a request shows."""

    def __init__(
        self,
        keyring: Keyring,
        sessions: Sessions,
        audit: Audit,
        *,
        cookie: str,
        tokens: TokenVerifier | None = None,
    ) -> None:
        """Look up keys and sessions in the ledger.

        Args:
            keyring: the keys.
            sessions: of people who signed in.
            audit: where the use of keys is noted.
            cookie: the name of the cookie that holds the token of a session.
            tokens: verifies the tokens of an identity provider; None where there is none.
        """
        self._keyring = keyring
        self._sessions = sessions
        self._audit = audit
        self._cookie = cookie
        self._tokens = tokens

    def __call__(self, request: Request) -> Principal:
        """Who reads; without a credential the public.

        Raises:
            CredentialError: the credential is unknown, over or revoked, or the header shows something else.
            NotAllowedError: it does not let its bearer read.
        """
        return self.credential(request, Right.READ).principal

    def credential(self, request: Request, right: Right, *instead: Right) -> Credential:
        """By what the request is made, which has to give a right, or one that will do instead.

        It is kept on the request, for its page and its line in the log.

        Raises:
            CredentialError: as above; or nothing is shown, and more than reading is wanted.
            NotAllowedError: it does not give the right.
        """
        shown = self._shown(request)
        request.state.credential, request.state.principal = shown, shown.principal
        if shown.rights.isdisjoint((right, *instead)):
            if shown is NOTHING_SHOWN:
                raise CredentialError(_NEEDS_KEY)
            raise NotAllowedError(f"what you show does not let you {_MAY[right]}. Ask for one that does")
        return shown

    def administrator(self, request: Request) -> Credential:
        """By what a request is made that only staff may make.

        Raises:
            NotFoundError: it is made by another: for them there is no such page.
            CredentialError: the credential is unknown, over or revoked.
        """
        shown = self._shown(request)
        request.state.credential, request.state.principal = shown, shown.principal
        if not shown.administers:
            raise NotFoundError("there is no such page")
        return shown

    def person(self, request: Request) -> Credential:
        """Who is signed in, for the head of any page: also of one that does not ask, or tells what went wrong."""
        if "authorization" in request.headers:
            return NOTHING_SHOWN
        try:
            return self._shown(request)
        except NotAllowedError:
            return NOTHING_SHOWN

    def _shown(self, request: Request) -> Credential:
        header, cookie = request.headers.get("authorization"), request.cookies.get(self._cookie)
        if header is not None:
            scheme, _, token = header.partition(" ")
            if scheme.lower() != "bearer":
                raise CredentialError("the header shows no bearer token. Send `Authorization: Bearer <key>`, or none")
            return self._bearer(token.strip())
        return self._signed_in(request, cookie) if cookie else NOTHING_SHOWN

    def _bearer(self, token: str) -> Credential:
        if self._tokens is not None and not token.startswith(MARK):
            return self._tokens(token)
        return self.bearer_of_key(token)

    def bearer_of_key(self, token: str) -> Credential:
        """By what the bearer of an API key asks.

        Raises:
            CredentialError: the key is unknown, over or revoked.
        """
        key = self._keyring.of(token)
        if key is None:
            raise CredentialError(
                "the key is unknown, over or revoked. Look whether all of it was sent, ask who runs this service for "
                "another, or send none and read what is public"
            )
        by = f"key:{key.id}"
        if self._keyring.note_use(key):
            self._audit.note(Event.KEY_USED, by, key.principal)
        return Credential(parse_principal(key.principal), key.rights, by, key.label)

    def _signed_in(self, request: Request, token: str) -> Credential:
        """By the session of the cookie; who holds one that is over is the public, and can sign in again."""
        session = self._sessions.of(token)
        if session is None:
            return NOTHING_SHOWN
        if request.method not in _SAFE and not is_own(request):
            raise NotAllowedError("another site sent this request: it is not done. Use the pages of this service")
        principal = parse_principal(session.principal)
        return Credential(principal, session.rights, session.by, session.label)


class Holders:
    """Tells who hands in, or looks at what was handed in, and refuses whoever shows nothing."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def __call__(self, request: Request, *, look: bool | None = None) -> Principal:
        """Who asks. Who may hand in may also look at what was handed in.

        Args:
            request: the request.
            look: whether it only looks; as its method says where that is not given.

        Raises:
            CredentialError: nothing is shown, or something unknown.
            NotAllowedError: what is shown does not let its bearer do this.
        """
        only_looks = request.method in _SAFE if look is None else look
        looks = (Right.READ,) if only_looks else ()
        shown = self._readers.credential(request, *looks, Right.SUBMIT)
        if shown is NOTHING_SHOWN:
            raise CredentialError(_NEEDS_KEY)
        return shown.principal


def is_own(request: Request) -> bool:
    """Whether a page of this service sent the request, as the browser says: a page of another site cannot forge it."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("host")
