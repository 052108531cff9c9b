"""The process that answers one query after another over a checkpoint, until it is killed or its pipe ends.

It opens nothing but the checkpoint, and knows neither ledger nor live graph. Importing this module loads the parsers
once, in the fork server; every worker is forked from there.
"""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from rdflib.plugins.sparql.parser import parseQuery

from ewgraph.errors import FormatError, LimitError, QueryError
from ewgraph.graph.admission import admitted
from ewgraph.graph.confinement import confine, limit_memory, yield_to_others
from ewgraph.graph.free_query import FreeQuery, Limits
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.state import state_of

_RECURSION: Final = 20_000

parseQuery("SELECT * { ?s ?p ?o }")  # the grammar is put together at its first use


class _Sink(io.BytesIO):
    """A buffer that refuses to grow past its limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, content: object, /) -> int:
        """Keep the content.

        Raises:
            LimitError: there would be too much.
        """
        if self.tell() + len(content) > self._limit:  # type: ignore[arg-type]  # bytes of one kind or another
            raise LimitError(
                f"the answer has more than {self._limit} bytes. Ask for less: add a LIMIT, or fewer columns",
                limit="bytes",
            )
        return super().write(content)  # type: ignore[arg-type]


def work(connection: Connection, limits: Limits) -> None:
    """Answer the questions that come through the pipe: a head as JSON, and the answer's bytes where there are any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.basicConfig(format="%(message)s")
    sys.setrecursionlimit(_RECURSION)
    os.environ["RUST_BACKTRACE"] = "0"  # without memory, writing one never ends
    yield_to_others()
    confine()
    connection.send_bytes(b"{}")
    opened, store = Path(), GraphStore.in_memory()
    for checkpoint, query in _questions(connection):
        if opened != checkpoint:
            opened, store = checkpoint, GraphStore.read_only(checkpoint)
            limit_memory(limits.megabytes)
        head, content = _reply(store, query, limits)
        connection.send_bytes(json.dumps(head).encode())
        connection.send_bytes(content)


def _questions(connection: Connection) -> Iterator[tuple[Path, FreeQuery]]:
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return


def _reply(store: GraphStore, query: FreeQuery, limits: Limits) -> tuple[dict[str, object], bytes]:
    sink = _Sink(limits.result_bytes)
    try:
        text, dataset = admitted(query)
        media_type = store.answer(text, dataset, query.bindings, query.formats, sink)
    except (QueryError, FormatError) as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    except LimitError as error:
        return {"error": "LimitError", "message": str(error), "limit": error.limit}, b""
    except MemoryError:
        return {"error": "LimitError", "message": "the query takes too much memory", "limit": "memory"}, b""
    return {"media_type": media_type, "state": asdict(state_of(store, query.graphs))}, sink.getvalue()
