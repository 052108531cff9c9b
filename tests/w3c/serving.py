"""The endpoint as it is, over a store that holds graphs of the suites: all of them are the reader's."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from pyoxigraph import Store
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route

from ewgraph.access import PUBLIC_READER, AsOf, Principal, View
from ewgraph.api.sparql import GraphStoreEndpoint, SparqlEndpoint
from ewgraph.clock import SystemClock
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.workers import Limits, QueryPool
from ewgraph.model.rdf import IRI, Quad
from ewgraph.settings import Settings
from ewgraph.web.compression import Compressed
from ewgraph.web.pages import TemplatePages
from ewgraph.web.problems import Caught, Problems, status_of

ANY_BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class OneReader:
    """A gate that gives everybody a view of these graphs."""

    store: GraphStore
    graphs: tuple[IRI, ...]

    def view(self, principal: Principal) -> View:
        now = SystemClock().now()
        return View(self.store, None, principal, self.graphs, AsOf(now.date(), now), SystemClock().now, lambda *_: {})


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


class Client:
    """Asks over one connection, again and again."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Said:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        content = response.read()
        return Said(response.status, {name.lower(): value for name, value in response.getheaders()}, content)

    def ask(
        self, text: str, accept: str, default: Sequence[IRI] = (), named: Sequence[IRI] = (), *, post: bool = False
    ) -> Said:
        fields = [("query", text), *(("default-graph-uri", graph.value) for graph in default)]
        fields += [("named-graph-uri", graph.value) for graph in named]
        if post or len(text) > 8_000:
            return self.request(
                "POST",
                "/sparql",
                urlencode(fields).encode(),
                Accept=accept,
                Content_Type="application/x-www-form-urlencoded",
            )
        return self.request("GET", "/sparql?" + urlencode(fields), Accept=accept)

    def close(self) -> None:
        self._connection.close()


@contextmanager
def serving(folder: Path, quads: Iterable[Quad], graphs: Sequence[IRI]) -> Iterator[Client]:
    """A client of an endpoint over the quads; both end with it."""
    store = Store(str(folder / "graph"))
    store.bulk_extend(quads)
    store.flush()
    store.backup(str(folder / "1"))
    gate = OneReader(GraphStore(store), tuple(graphs))
    pool = QueryPool(lambda: folder / "1", Limits(20, 1024, 32 * 1024 * 1024), slots=1, wait_seconds=30)
    pages = TemplatePages(Settings().base, (), lambda _: None)  # type: ignore[arg-type,return-value]  # no page is asked for
    problems = Problems(pages)

    def reader(_: Request) -> Principal:
        return PUBLIC_READER

    sparql = SparqlEndpoint(pool, gate, reader, pages, "http://127.0.0.1/sparql", status_of)  # type: ignore[arg-type]
    graph_store = GraphStoreEndpoint(pool, gate, reader)  # type: ignore[arg-type]
    app = Starlette(
        routes=[
            Route("/sparql", sparql.answer, methods=["GET", "POST"]),
            Route("/graph-store", graph_store.answer),
            Route("/graph-store/{path:path}", graph_store.answer),
        ],
        middleware=[Middleware(Compressed), Middleware(Caught, problems=problems)],
        exception_handlers=problems.handlers(),
    )
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    client = Client(server.servers[0].sockets[0].getsockname()[1])
    try:
        yield client
    finally:
        client.close()
        server.should_exit = True
        thread.join()
        pool.close()
