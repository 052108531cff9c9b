"""Lets a request whose token names a new key wait while the provider's keys are read; the others go on meanwhile."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from ewgraph.ledger.keys import MARK
from ewgraph.web.identity.provider import Provider
from ewgraph.web.identity.tokens import key_id

_SCHEME: Final = "bearer "


class KeysInTime:
    """The middleware that has the keys read again when a token names one that is not known, or none is known yet."""

    def __init__(self, app: ASGIApp, provider: Provider) -> None:
        self._app = app
        self._provider = provider

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, once the keys that it needs are read or cannot be."""
        if scope["type"] == "http":
            shown = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
            if shown[: len(_SCHEME)].lower() == _SCHEME and not (token := shown[len(_SCHEME) :].strip()).startswith(
                MARK
            ):
                await self._provider.ready_for(key_id(token))
        await self._app(scope, receive, send)
