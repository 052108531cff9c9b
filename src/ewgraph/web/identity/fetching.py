"""Asks the identity provider: within a time and a size, over TLS, and never where it redirects to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Final

import httpx2

from ewgraph.errors import UnavailableError
from ewgraph.settings import is_protected

_SECONDS: Final = 5.0
_BYTES: Final = 256 * 1024


class ProviderError(UnavailableError):
    """The identity provider does not answer, or not as it should."""


def new_client() -> httpx2.AsyncClient:
    """A client for the provider."""
    return httpx2.AsyncClient(timeout=_SECONDS, follow_redirects=False, headers={"Accept": "application/json"})


async def fetched(
    client: httpx2.AsyncClient,
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    auth: tuple[str, str] | None = None,
) -> tuple[int, dict[str, Any]]:
    """The status and the JSON object that an address answers with.

    Args:
        client: asks.
        address: what to ask.
        form: what to post; None gets.
        auth: name and password.

    Raises:
        ProviderError: there is no such answer within a few seconds and 256 kB.
    """
    if not is_protected(address):
        raise ProviderError(f"{address!r} is no https address")
    body = bytearray()
    try:
        async with (
            asyncio.timeout(2 * _SECONDS),  # the client's own limit is on each step, and steps can be made small
            client.stream("GET" if form is None else "POST", address, data=form, auth=auth) as response,
        ):
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > _BYTES:
                    raise ProviderError(f"{address} answers with more than {_BYTES} bytes")
        found = json.loads(bytes(body))
    except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
        raise ProviderError(f"{address} does not answer: {type(error).__name__}") from error
    except (ValueError, RecursionError) as error:
        raise ProviderError(f"{address} answers {response.status_code} with no JSON") from error
    if not isinstance(found, dict):
        raise ProviderError(f"{address} answers with no JSON object")
    return response.status_code, found
