"""The identity provider: what it says of itself (OpenID Connect Discovery 1.0), and its keys (RFC 7517).

Both are fetched beside the requests, and kept: a token is verified without asking anybody.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey, import_key

from ewgraph.clock import Clock
from ewgraph.settings import is_protected
from ewgraph.web.identity.fetching import ProviderError, fetched, new_client

_LOGGER: Final = logging.getLogger(__name__)
_UNREACHABLE: Final = "identity_provider_unreachable"
_READ: Final = "identity_provider_read"

_EVERY: Final = dt.timedelta(hours=1)
_AGAIN: Final = dt.timedelta(seconds=30)
_KEPT: Final = dt.timedelta(hours=24)
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 60.0
_KEY_KINDS: Final = frozenset({"RSA", "EC", "OKP"})
_MOST_KEYS: Final = 100


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the provider says of itself.

    Attributes:
        end_session_endpoint: where people sign out of the provider as well; empty where that is not offered.
        names_itself: whether it says who it is when it sends somebody back (RFC 9207).
        takes_basic: whether a client shows its secret as name and password; else in the form.
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    end_session_endpoint: str
    names_itself: bool
    takes_basic: bool

    @classmethod
    def of(cls, found: Mapping[str, Any], issuer: str) -> Self:
        """What the document says.

        Raises:
            ProviderError: it is another provider's, or an address in it is missing or unprotected.
        """
        if found.get("issuer") != issuer:
            raise ProviderError(f"it calls itself {found.get('issuer')!r}, not {issuer!r}")
        leaving = found.get("end_session_endpoint")
        methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return cls(
            authorization_endpoint=_address(found, "authorization_endpoint"),
            token_endpoint=_address(found, "token_endpoint"),
            jwks_uri=_address(found, "jwks_uri"),
            end_session_endpoint=_address(found, "end_session_endpoint") if leaving else "",
            names_itself=found.get("authorization_response_iss_parameter_supported") is True,
            takes_basic="client_secret_basic" in methods,
        )


@dataclass(frozen=True, slots=True)
class _Known:
    metadata: Metadata
    keys: tuple[Key, ...]
    at: dt.datetime


class Provider:
    """The identity provider, as it was last read. It reads again every hour, and when a token names a new key."""

    def __init__(self, issuer: str, clock: Clock) -> None:
        """Name the provider; nothing is fetched before the start."""
        self.issuer = issuer
        self._clock = clock
        self._client: httpx2.AsyncClient | None = None
        self._reading: asyncio.Task[None] | None = None
        self._following: asyncio.Task[None] | None = None
        self._asked_at: dt.datetime | None = None
        self._known: _Known | None = None

    def start(self) -> None:
        """Begin to follow the provider; it need not answer yet."""
        self._client = new_client()
        self._following = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Follow it no more."""
        for task in (self._following, self._reading):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        if self._client is not None:
            await self._client.aclose()

    @property
    def client(self) -> httpx2.AsyncClient:
        """What asks the provider.

        Raises:
            ProviderError: the service has not started.
        """
        if self._client is None:
            raise ProviderError("the service has not started")
        return self._client

    @property
    def metadata(self) -> Metadata:
        """What it says of itself.

        Raises:
            ProviderError: it could not be read for a day.
        """
        return self._fresh().metadata

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys by which its tokens are verified; those last read, for a day, where it does not answer.

        Raises:
            ProviderError: it could not be read for a day.
        """
        return self._fresh().keys

    def _fresh(self) -> _Known:
        if self._known is None or self._clock.now() - self._known.at > _KEPT:
            raise ProviderError(
                "the identity provider cannot be reached, so nobody can be known by it just now. "
                "What is public can be read, and API keys work. Try again in a minute"
            )
        return self._known

    async def ready_for(self, key_id: str | None = None) -> None:
        """Read the provider again where nothing is known of it, or not that key: at most twice a minute.

        Whoever asks while it is being read waits for the end, so no stranger can make it be read more often.
        """
        if self._known is not None and (key_id is None or any(key.kid == key_id for key in self._known.keys)):
            return
        now = self._clock.now()
        if (
            self._reading is None
            and self._client is not None
            and (not self._asked_at or now - self._asked_at >= _AGAIN)
        ):
            self._asked_at = now
            self._read_soon()
        if self._reading is not None:
            await asyncio.wait({self._reading})

    def _read_soon(self) -> asyncio.Task[None]:
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
            self._reading.add_done_callback(self._done)
        return self._reading

    def _done(self, _: asyncio.Task[None]) -> None:
        self._reading = None

    async def _follow(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            await asyncio.wait({self._read_soon()})
            fresh = self._known is not None and self._clock.now() - self._known.at < _EVERY
            await asyncio.sleep(_EVERY.total_seconds() if fresh else pause)
            pause = _FIRST_PAUSE if fresh else min(2 * pause, _LONGEST_PAUSE)

    async def _read(self) -> None:
        """Read both documents; where that fails, what was known stays."""
        try:
            metadata = Metadata.of(
                await self._document(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"), self.issuer
            )
            keys = _keys(await self._document(metadata.jwks_uri))
        except ProviderError as error:
            _LOGGER.warning(_UNREACHABLE, extra={"issuer": self.issuer, "reason": str(error)})
            return
        self._known = _Known(metadata, keys, self._clock.now())
        _LOGGER.info(_READ, extra={"issuer": self.issuer, "keys": len(keys)})

    async def _document(self, address: str) -> dict[str, Any]:
        status, found = await fetched(self.client, address)
        if status != httpx2.codes.OK:
            raise ProviderError(f"{address} answers {status}")
        return found


def _address(found: Mapping[str, Any], name: str) -> str:
    address = found.get(name)
    if not isinstance(address, str) or not is_protected(address):
        raise ProviderError(f"its {name} is no https address")
    return address


def _keys(found: Mapping[str, Any]) -> tuple[Key, ...]:
    """The public keys of a key set that verify signatures; others, and those that cannot be read, are passed over.

    Raises:
        ProviderError: there is none.
    """
    entries = found.get("keys")
    keys: list[Key] = []
    for entry in entries[:_MOST_KEYS] if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or entry.get("kty") not in _KEY_KINDS or entry.get("use", "sig") != "sig":
            continue
        with contextlib.suppress(JoseError, ValueError, TypeError, KeyError):
            key = import_key(entry)
            if isinstance(key, RSAKey | ECKey | OKPKey):
                keys.append(key)
    if not keys:
        raise ProviderError("its key set holds no key that verifies signatures")
    return tuple(keys)
