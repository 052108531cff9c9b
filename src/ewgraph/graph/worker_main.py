"""The process that answers one query after another over a checkpoint, until it is killed or its pipe ends.

It opens nothing but the checkpoint, and knows neither ledger nor live graph. Importing this module loads the parsers
once, in the fork server; every worker is forked from there.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import IO, Final, cast

from ewgraph.errors import FormatError, LimitError, QueryError
from ewgraph.graph.admission import admit
from ewgraph.graph.confinement import confine, limit_memory, yield_to_others
from ewgraph.graph.free_query import Asked, FreeQuery, Limits, WholeGraphs
from ewgraph.graph.grammar import parse_query
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.spool import Sink
from ewgraph.graph.state import state_of, validator_of
from ewgraph.model.rdf import IRI

_RECURSION: Final = 20_000
_TOO_LARGE: Final = "the graph has in this format more than"
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

parse_query("SELECT * { ?s ?p ?o }")  # the grammar is put together at its first use


def work(connection: Connection, limits: Limits) -> None:
    """Answer the questions that come through the pipe: a head as JSON, and the answer's bytes or its file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.basicConfig(format="%(message)s")
    sys.setrecursionlimit(_RECURSION)
    os.environ["RUST_BACKTRACE"] = "0"  # without memory, writing one never ends
    yield_to_others()
    confine()
    connection.send_bytes(b"{}")
    opened, store = Path(), GraphStore.in_memory()
    for checkpoint, question in _questions(connection):
        if opened != checkpoint:
            opened, store = checkpoint, GraphStore.read_only(checkpoint)
            limit_memory(limits.megabytes)
        with Sink(checkpoint.parent, limits.result_bytes) as sink:
            head = _reply(store, question, sink)
            failed = "error" in head
            file = None if failed else sink.file
            connection.send_bytes(json.dumps({**head, "filed": file is not None}).encode())
            if file is None:
                connection.send_bytes(b"" if failed else sink.content)
            else:
                send_handle(connection, file, os.getppid())


def _questions(connection: Connection) -> Iterator[tuple[Path, Asked]]:
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return


def _reply(store: GraphStore, question: Asked, sink: Sink) -> dict[str, object]:
    """Write the answer into the sink, and give what is to be said of it."""
    try:
        head = _whole(store, question, sink) if isinstance(question, WholeGraphs) else _answered(store, question, sink)
        sink.flush()
        return head  # noqa: TRY300  # what was caught below is an answer as well
    except (QueryError, FormatError) as error:
        return {"error": type(error).__name__, "message": str(error)}
    except LimitError as error:
        return {"error": "LimitError", "message": str(error), "limit": error.limit}
    except MemoryError:
        return {"error": "LimitError", "message": "the query takes too much memory", "limit": "memory"}
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        return {"error": "LimitError", "message": "there is no room for the answer on the disk", "limit": "disk"}


def _answered(store: GraphStore, query: FreeQuery, sink: Sink) -> dict[str, object]:
    admitted = admit(query)
    validator = None if admitted.volatile else validator_of(store, query.graphs, admitted.media_type)
    head = _head(store, admitted.media_type, query.graphs, validator)
    if admitted.anchors:
        head |= {"ran": admitted.text, "anchors": admitted.anchors}
    if validator in query.known:
        return {**head, "unchanged": True}
    store.answer(admitted.text, admitted.dataset, query.bindings, query.formats, cast("IO[bytes]", sink))
    return head


def _whole(store: GraphStore, question: WholeGraphs, sink: Sink) -> dict[str, object]:
    validator = validator_of(store, question.graphs, question.media_type)
    head = _head(store, question.media_type, question.graphs, validator)
    if validator in question.known:
        return {**head, "unchanged": True}
    try:
        store.write(question.graphs, question.media_type, cast("IO[bytes]", sink))
    except LimitError as error:
        raise LimitError(f"{_TOO_LARGE} {sink.limit} bytes. Ask for a part of it by a query", limit="bytes") from error
    return head


def _head(store: GraphStore, media_type: str, graphs: tuple[IRI, ...], validator: str | None) -> dict[str, object]:
    return {"media_type": media_type, "state": asdict(state_of(store, graphs)), "validator": validator}
