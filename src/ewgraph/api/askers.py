"""Who asks, as far as sharing what is scarce goes; and whether they still wait for the answer."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from starlette.requests import ClientDisconnect, HTTPConnection, Request

from ewgraph.access import PUBLIC_READER, Principal
from ewgraph.graph.turns import Asker

_T = TypeVar("_T")
_UNKNOWN: Final = "unknown"
_SITE_BITS: Final = 64
"""A host of IPv6 has as many addresses as it likes; what it cannot change is its network (RFC 6177)."""


def address_of(connection: HTTPConnection) -> str:
    """The address that the connection comes from; of an address of IPv6, its network."""
    host = connection.client.host if connection.client else _UNKNOWN
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if address.version == 4:
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped or ipaddress.ip_network((address, _SITE_BITS), strict=False))


def asker_of(request: Request, principal: Principal) -> Asker:
    """Who shares: the principal; within the public each address by itself."""
    return Asker(principal.name, address_of(request) if principal == PUBLIC_READER else "")


async def while_connected(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """What the work gives; it is cancelled when whoever asked goes away. The request's body has been read before.

    Raises:
        ClientDisconnect: they went away.
    """
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientDisconnect
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.wait({working, leaving})


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
