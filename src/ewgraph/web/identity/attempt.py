"""One attempt to sign in, which only the browser that began it can end."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

SECONDS: Final = 600
"""How long an attempt may take."""

_LONGEST_PATH: Final = 1500
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_PATH: Final = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""A path of this service: printable ASCII without a backslash, so that no browser reads a host into it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser keeps in a cookie while its person is at the identity provider.

    State, nonce and code verifier are made from one secret: who sees one of them cannot tell the others.

    Attributes:
        secret: known to the browser alone.
        path: where to go when it is done.
    """

    secret: str
    path: str

    @classmethod
    def begun(cls, path: str) -> Self:
        """A new attempt."""
        return cls(secrets.token_urlsafe(32), own_path(path))

    @classmethod
    def kept(cls, cookie: str | None) -> Self | None:
        """The attempt that a cookie holds; None where it holds none."""
        secret, _, path = (cookie or "").partition(".")
        if not _SECRET.fullmatch(secret):
            return None
        try:
            return cls(secret, own_path(base64.urlsafe_b64decode(path).decode()))
        except (ValueError, binascii.Error):
            return None

    @property
    def cookie(self) -> str:
        """The attempt as the value of a cookie."""
        return f"{self.secret}.{base64.urlsafe_b64encode(self.path.encode()).decode()}"

    @property
    def state(self) -> str:
        """What the provider sends back with the browser: it shows that this browser began the attempt."""
        return self._made("state")

    @property
    def nonce(self) -> str:
        """What the provider writes into its proof: it shows that the proof is for this attempt."""
        return self._made("nonce")

    @property
    def code_verifier(self) -> str:
        """What fetches the proof: whoever steals the code on its way has not got it (RFC 7636)."""
        return self._made("code verifier")

    @property
    def code_challenge(self) -> str:
        """The hash of the verifier, as the provider gets it beforehand."""
        return _text(hashlib.sha256(self.code_verifier.encode()).digest())

    def fits(self, state: str | None) -> bool:
        """Whether it is the state of this attempt."""
        return hmac.compare_digest(self.state.encode(), (state or "").encode())

    def _made(self, purpose: str) -> str:
        return _text(hmac.digest(self.secret.encode(), purpose.encode(), "sha256"))


def own_path(text: str | None) -> str:
    r"""The path if it is one of this service; else the start page, so that nobody is sent elsewhere.

    >>> own_path("/queries?x=1"), own_path("//evil.example"), own_path("/\\evil.example"), own_path("https://evil.example")
    ('/queries?x=1', '/', '/', '/')
    """
    if text is None or len(text) > _LONGEST_PATH or not _PATH.fullmatch(text) or urlsplit(text).netloc:
        return "/"
    return "/" if text.startswith(("/sign-in", "/sign-out")) else text


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
