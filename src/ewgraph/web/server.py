"""Runs the service: one line on standard output when it is ready, a clean end on SIGTERM and SIGINT."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from contextlib import ExitStack
from functools import partial

import uvicorn

from ewgraph import log
from ewgraph.api.graphql.requests import LARGEST_BODY
from ewgraph.index import warming
from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.connection import Connection
from ewgraph.web.heads import HEAD_BYTES
from ewgraph.web.workspace import Workspace

_PATIENCE_SECONDS = 5
_UNTAKEN = 8
"""So many of the largest answers may wait for one address to take them."""


_ALLOCATIONS = 50_000


def calm_collector() -> None:
    """Let the collector of circular references look less often, and never at what is there from the beginning.

    A large answer is made of some hundred thousand objects and no circle. As Python has it, the collector looks at all
    of them again and again while they are made, which takes a third of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, 20, 20)


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and print the address."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            name = f"[{host}]" if ":" in host else host
            sys.stdout.write(f"ewgraph is ready at http://{name}:{port}/\n")
            sys.stdout.flush()


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve the data directory until the process is told to end.

    Raises:
        UnavailableError: another process serves it.
        ConfigurationError: it is none of ours.
    """
    log.configure(settings.log_level)
    with ExitStack() as open_things:
        with warming.meanwhile():
            workspace = open_things.enter_context(Workspace(settings))
            app = create_app(settings, workspace)
        calm_collector()
        most = 0 if settings.proxies() else settings.connections_each
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            http=partial(  # type: ignore[arg-type]  # it is called as the class is
                Connection, most_of_an_address=most, most_untaken=_UNTAKEN * settings.result_megabytes * 2**20
            ),
            ws="websockets-sansio",
            ws_max_size=LARGEST_BODY,
            ws_per_message_deflate=False,  # it would squeeze what one reader hears together: see `compression`
            h11_max_incomplete_event_size=HEAD_BYTES,
            proxy_headers=bool(settings.proxies()),
            forwarded_allow_ips=settings.proxies(),
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE_SECONDS,
        )
        # uvicorn stops on these, then raises them again for whoever was there before: nobody needs to end otherwise.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        _Server(config).run()
