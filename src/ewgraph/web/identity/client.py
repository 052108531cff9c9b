"""This service as a client of the identity provider: sends people there, and trades the code they come back with."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode

import httpx2

from ewgraph.errors import InputError
from ewgraph.web.identity.attempt import Attempt
from ewgraph.web.identity.fetching import ProviderError, fetched
from ewgraph.web.identity.provider import Provider
from ewgraph.web.identity.tokens import Claims, TokenError, Tokens, key_id

_LOGGER: Final = logging.getLogger(__name__)
_REFUSED: Final = "sign_in_refused"
_AT_ONCE: Final = 8
_ERRORS: Final = {
    "access_denied": "you, or the identity provider, said no",
    "login_required": "the identity provider could not ask you",
    "interaction_required": "the identity provider could not ask you",
    "consent_required": "the identity provider could not ask you",
    "temporarily_unavailable": "the identity provider is busy. Try again in a minute",
    "server_error": "the identity provider failed. Try again in a minute",
}


class SignInError(InputError):
    """A sign-in did not come to its end."""


@dataclass(frozen=True, slots=True)
class Client:
    """This service as the provider knows it.

    Attributes:
        provider: the identity provider.
        tokens: verifies the proof.
        client_id: what the provider calls this service.
        secret: what shows the provider that it is this service; empty where nothing does.
        returning: where people come back to.
    """

    provider: Provider
    tokens: Tokens
    client_id: str
    secret: str = field(repr=False)
    returning: str
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE), repr=False)

    async def address_of(self, attempt: Attempt) -> str:
        """Where the browser goes to sign in (OpenID Connect Core 1.0, 3.1.2.1).

        Raises:
            ProviderError: the provider cannot be reached.
        """
        await self.provider.ready_for()
        return _with(
            self.provider.metadata.authorization_endpoint,
            response_type="code",
            client_id=self.client_id,
            redirect_uri=self.returning,
            scope="openid",
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=attempt.code_challenge,
            code_challenge_method="S256",
        )

    async def proven(self, attempt: Attempt, answer: Mapping[str, str]) -> Claims:
        """The claims of whoever came back.

        Args:
            attempt: the attempt that the browser began.
            answer: what the provider sent back with the browser.

        Raises:
            SignInError: the answer is not the provider's answer to this attempt, or a no, or its proof is none.
            ProviderError: the provider cannot be reached.
        """
        if not attempt.fits(answer.get("state")):
            raise SignInError("this sign-in was not begun in this browser, or is over. Sign in again")
        await self.provider.ready_for()
        named = self.provider.metadata.names_itself
        if answer.get("iss", None if named else self.provider.issuer) != self.provider.issuer:
            raise SignInError("this answer is not the identity provider's (RFC 9207). Sign in again")
        if "error" in answer:
            raise SignInError(f"nobody was signed in: {_ERRORS.get(answer['error'], 'the identity provider refused')}")
        if not answer.get("code"):
            raise SignInError("the identity provider sent no code. Sign in again")
        proof, access_token = await self._traded(answer["code"], attempt)
        await self.provider.ready_for(key_id(proof))
        try:
            return self.tokens.proof(proof, attempt.nonce, access_token)
        except TokenError as error:
            raise SignInError(f"the identity provider's proof is not taken: {error.said}. Sign in again") from None

    async def _traded(self, code: str, attempt: Attempt) -> tuple[str, str]:
        """The ID token and the access token for a code (OpenID Connect Core 1.0, 3.1.3)."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.returning,
            "code_verifier": attempt.code_verifier,
        }
        auth = None
        if self.secret and self.provider.metadata.takes_basic:
            auth = (
                quote(self.client_id, safe=""),
                quote(self.secret, safe=""),
            )  # RFC 6749, 2.3.1; %20: some do not read +
        else:
            form |= {"client_id": self.client_id} | ({"client_secret": self.secret} if self.secret else {})
        try:
            async with self._slots:
                status, found = await fetched(
                    self.provider.client, self.provider.metadata.token_endpoint, form=form, auth=auth
                )
        except ProviderError as error:
            _LOGGER.warning(_REFUSED, extra={"reason": str(error)})
            raise ProviderError("the identity provider does not answer just now. Try again in a minute") from None
        proof, access_token = found.get("id_token"), found.get("access_token")
        if status != httpx2.codes.OK or not isinstance(proof, str) or not isinstance(access_token, str):
            # `invalid_client` is ours to mend: the operator finds it in the log, under the standard's own name
            _LOGGER.warning(_REFUSED, extra={"status": status, "reason": str(found.get("error"))[:80]})
            raise SignInError("the identity provider does not take this answer: it may be over. Sign in again")
        return proof, access_token

    def leaving(self, to: str) -> str | None:
        """Where people sign out of the provider as well (OpenID Connect RP-Initiated Logout 1.0); None where nowhere.

        Args:
            to: where to come back to.
        """
        try:
            address = self.provider.metadata.end_session_endpoint
        except ProviderError:
            return None
        return _with(address, client_id=self.client_id, post_logout_redirect_uri=to) if address else None


def _with(address: str, **parameters: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"
