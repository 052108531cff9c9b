"""Verifies the provider's tokens (RFC 7519): access tokens that are meant for this service, and proofs of a sign-in."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import BadSignatureError, ClaimError, ExpiredTokenError, JoseError, MissingClaimError
from joserfc.jwk import GuestProtocol, Key
from joserfc.jws import JWSRegistry
from joserfc.jwt import ClaimsOption, JWTClaimsRegistry

from ewgraph.clock import Clock
from ewgraph.errors import CredentialError
from ewgraph.web.identity.provider import Provider

_MOST: Final = 12 * 1024
_LONGEST_SUBJECT: Final = 255
_ACCESS_TYPES: Final = frozenset({"at+jwt", "application/at+jwt"})
"""What an access token calls itself (RFC 9068, 2.1)."""
_PLAIN_TYPES: Final = frozenset({"", "jwt", "application/jwt"})
_MARKS_OF_OTHERS: Final = {
    "nonce": "it is the proof of a sign-in, not an access token",
    "at_hash": "it is the proof of a sign-in, not an access token",
    "c_hash": "it is the proof of a sign-in, not an access token",
    "events": "it tells of an event, and is no access token",
    "cnf": "it is bound to a key of its owner, which cannot be checked here",
}
_HASHES: Final = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512}

Claims = Mapping[str, Any]


class TokenError(CredentialError):
    """A token is not taken.

    Attributes:
        said: what is wrong with it, in words that quote nothing of it.
    """

    def __init__(self, said: str) -> None:
        super().__init__(f"the token is not taken: {said}. Get a new one, or send an API key")
        self.said = said


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms tokens are taken.

    Attributes:
        audience: the `aud` of access tokens; empty where none are taken.
        client_id: the `aud` of proofs of a sign-in; empty where nobody signs in.
        algorithms: by which they may be signed.
        skew_seconds: by how much clocks may differ.
    """

    audience: str
    client_id: str
    algorithms: frozenset[str]
    skew_seconds: int


class Tokens:
    """Verifies tokens by the keys that the provider was last known to have: no token makes anything be fetched.

    A key or an address in the token itself (`jwk`, `jku`, `x5u`, `x5c`) is never looked at.
    """

    def __init__(self, provider: Provider, clock: Clock, terms: Terms) -> None:
        self._provider = provider
        self._clock = clock
        self._terms = terms
        self._registry = _Registry(algorithms=terms.algorithms, strict_check_header=False)

    def access(self, token: str) -> Claims:
        """The claims of an access token that is meant for this service.

        Raises:
            CredentialError: tokens are not taken here.
            TokenError: it is no such token.
            ProviderError: the provider's keys are not known.
        """
        terms = self._terms
        if not terms.audience:
            raise CredentialError("tokens of the identity provider are not taken here. Send an API key, or sign in")
        found = self._verified(token, terms.audience)
        kind = str(found.header.get("typ", "")).lower()
        if kind not in _ACCESS_TYPES:
            self._check_plain(kind, found.claims)
        if "cnf" in found.claims:
            raise TokenError(_MARKS_OF_OTHERS["cnf"])
        return found.claims

    def _check_plain(self, kind: str, claims: Claims) -> None:
        """Tell an access token from others where its type does not: many providers call them all JWT."""
        if kind not in _PLAIN_TYPES or claims.get("typ", "Bearer") != "Bearer":
            raise TokenError("it is a token of another kind than an access token")
        for mark, said in _MARKS_OF_OTHERS.items():
            if mark in claims:
                raise TokenError(said)
        audience = claims["aud"]
        if self._terms.client_id and self._terms.client_id in ([audience] if isinstance(audience, str) else audience):
            raise TokenError("it is meant for the client that people sign in with, so it may be the proof of a sign-in")

    def proof(self, token: str, nonce: str, access_token: str) -> Claims:
        """The claims of an ID token: the proof that somebody signed in, for this client and this attempt.

        Source: OpenID Connect Core 1.0, 3.1.3.7 and 3.1.3.8.

        Raises:
            TokenError: it is none.
            ProviderError: the provider's keys are not known.
        """
        found = self._verified(token, self._terms.client_id)
        claims = found.claims
        if str(found.header.get("typ", "")).lower() not in _PLAIN_TYPES:
            raise TokenError("it is a token of another kind than the proof of a sign-in")
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise TokenError("it proves another sign-in than this one")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self._terms.client_id) != self._terms.client_id:
            raise TokenError("it was issued to another client")
        half = _half_hash(access_token, found.header["alg"])
        if "at_hash" in claims and not hmac.compare_digest(str(claims["at_hash"]).encode(), half):
            raise TokenError("it does not belong to the access token beside it")
        return claims

    def _verified(self, token: str, audience: str) -> jwt.Token:
        """The token, with signature, issuer, audience, times and subject checked."""
        if len(token) > _MOST:
            raise TokenError(f"it has more than {_MOST} characters")
        checks = JWTClaimsRegistry(
            now=int(self._clock.now().timestamp()),
            leeway=self._terms.skew_seconds,
            iss=_exactly(self._provider.issuer),
            aud=_exactly(audience),
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            found = jwt.decode(token, self._key, registry=self._registry)
            checks.validate(found.claims)
        except (JoseError, ValueError, TypeError, LookupError, RecursionError) as error:
            raise TokenError(_said(error)) from None  # the library's own words may quote the token
        if len(found.claims["sub"]) > _LONGEST_SUBJECT:
            raise TokenError("its subject is too long")
        return found

    def _key(self, shown: GuestProtocol) -> Key:
        """The provider's key that the token names, of the kind that its algorithm wants."""
        header = shown.headers()
        kind, name = self._registry.get_alg(header["alg"]).key_type, header.get("kid")
        fitting = [key for key in self._provider.keys if key.key_type == kind and name in {None, key.kid}]
        if not fitting or (name is None and len(fitting) > 1):
            raise _NoKeyError
        return fitting[0]


class _NoKeyError(JoseError):
    """The provider has no such key."""


class _Registry(JWSRegistry):
    """The algorithms allowed, and no others: not by a default list either."""

    def get_alg(self, name: str) -> Any:
        """The algorithm.

        Raises:
            UnsupportedAlgorithmError: it is not allowed.
        """
        if name not in (self.allowed or ()):
            raise _AlgorithmError
        return self.algorithms[name]  # without the library's warning of a name that RFC 9864 only makes more exact


class _AlgorithmError(JoseError):
    """The token is signed by an algorithm that is not allowed."""


_SAID: Final[Mapping[type[Exception], str]] = {
    ExpiredTokenError: "it has expired",
    _AlgorithmError: "it is signed by an algorithm that is not taken here",
    _NoKeyError: "it is signed with a key that the identity provider does not have",
    BadSignatureError: "its signature is not the identity provider's",
}


def key_id(token: str) -> str | None:
    """The key that a token says it was signed with; None where it does not say. Nothing of it is believed yet.

    >>> key_id("eyJhbGciOiJSUzI1NiIsImtpZCI6Im9uZSJ9.e30.c2ln")
    'one'
    """
    head, dot, _ = token[:_MOST].partition(".")
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))) if dot else None
    except (ValueError, binascii.Error, RecursionError):
        return None
    name = header.get("kid") if isinstance(header, dict) else None
    return name if isinstance(name, str) else None


def _exactly(value: str) -> ClaimsOption:
    return {"essential": True, "value": value}


def _half_hash(token: str, algorithm: str) -> bytes:
    """The left half of the token's hash, by the hash of the algorithm; EdDSA's is SHA-512."""
    digest = _HASHES.get(algorithm[-3:], hashlib.sha512)(token.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=")


def _said(error: Exception) -> str:
    """What is wrong, in words that quote nothing."""
    if isinstance(error, ClaimError) and not isinstance(error, ExpiredTokenError):
        early = error.claim in {"nbf", "iat"} and not isinstance(error, MissingClaimError)
        return "it is not valid yet" if early else f"its {error.claim!r} is missing or is not what it must be"
    return next((said for kind, said in _SAID.items() if isinstance(error, kind)), "it is no token that can be read")
