"""Who asks: the bearer of a key, or the public."""

from __future__ import annotations

from starlette.requests import Request

from ewgraph.access import PUBLIC_READER, Principal, parse_principal
from ewgraph.errors import CredentialError
from ewgraph.ledger import Keyring


class Readers:
    """Tells who asks by the key that a request shows."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    def __call__(self, request: Request) -> Principal:
        """The bearer of the request's key; without one the public. Kept on the request for its page and log line.

        Raises:
            CredentialError: the key is unknown or revoked, or the header shows something else.
        """
        principal = self._principal(request.headers.get("authorization"))
        request.state.principal = principal
        return principal

    def _principal(self, header: str | None) -> Principal:
        if header is None:
            return PUBLIC_READER
        scheme, _, token = header.partition(" ")
        name = self._keyring.principal(token.strip()) if scheme.lower() == "bearer" else None
        if name is None:
            raise CredentialError("the key is unknown or revoked. Send `Authorization: Bearer <key>`, or no key at all")
        return parse_principal(name)
