"""The service: `create_app` puts everything together; its routes are a list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from ewgraph.access import STAFF_READER
from ewgraph.api.graphql import Policy, graphql_app, registered_documents, schema
from ewgraph.api.linkeddata.ontology import Ontology
from ewgraph.api.reconciliation import Reconciliation
from ewgraph.api.sparql import REWRITE, GraphStoreEndpoint, SparqlEndpoint
from ewgraph.assets import asset
from ewgraph.graph.workers import Limits, QueryPool
from ewgraph.ledger.queue import SubmissionQueue
from ewgraph.settings import Settings, is_protected
from ewgraph.web.answers import Answers
from ewgraph.web.checks import Checks
from ewgraph.web.clerk import Clerks
from ewgraph.web.compression import Compressed
from ewgraph.web.cookies import Cookies
from ewgraph.web.deadline import Deadline
from ewgraph.web.desk import Desk
from ewgraph.web.follower import Follower
from ewgraph.web.heads import Heads
from ewgraph.web.holdings import Holdings
from ewgraph.web.home import Home
from ewgraph.web.identity import Identity
from ewgraph.web.key_sign_in import KeySignIn
from ewgraph.web.linked import linked_routes
from ewgraph.web.pages import STATIC, TemplatePages
from ewgraph.web.pasts import Pasts
from ewgraph.web.problems import Caught, Problems, status_of
from ewgraph.web.questions import EXPOSED, Questions
from ewgraph.web.rates import Rates, Turnstile
from ewgraph.web.readers import Readers
from ewgraph.web.search import Search
from ewgraph.web.staff import staff_routes
from ewgraph.web.traffic import Metrics, Traffic
from ewgraph.web.workspace import Workspace

_MEGABYTE = 1024 * 1024


def create_app(settings: Settings, workspace: Workspace) -> Starlette:
    """The ASGI application over an open workspace. It starts the query workers; its lifespan ends them."""
    follower = Follower(workspace)
    workspace.texts.keep(workspace.catalogue)
    pool = QueryPool(
        lambda: follower.checkpoint,
        Limits(settings.query_seconds, settings.query_megabytes, settings.result_megabytes * _MEGABYTE),
        slots=settings.query_workers,
        each=settings.query_workers_each,
        waiting=settings.query_waiting,
        wait_seconds=settings.query_wait_seconds,
    )
    metrics = Metrics()
    identity = Identity.of(settings, workspace)
    cookies = Cookies.of(settings.base)
    turnstile = Turnstile(
        per_second=settings.requests_per_second,
        wrong_per_minute=settings.wrong_credentials_per_minute,
        cookie=cookies.session,
    )
    readers = Readers(
        workspace.keyring,
        workspace.sessions,
        workspace.audit,
        cookie=cookies.session,
        tokens=identity.bearers if identity else None,
    )
    ontology = Ontology(asset("ontology"), asset("shapes"))
    pages = TemplatePages(
        settings.base,
        _doors(settings),
        readers.person,
        named=workspace.named,
        prefixes=ontology.prefixes,
    )
    key_sign_in = KeySignIn(workspace, readers, pages, cookies, settings.session_hours)
    problems = Problems(pages)
    holdings = Holdings()
    desk = Desk.of(settings, workspace, pages, readers)
    checks = Checks(workspace, readers)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        follower.start()
        desk.jobs.start()
        checks.start()
        if identity:
            identity.provider.start()
        yield
        if identity:
            await identity.provider.stop()
        await checks.stop()
        await desk.jobs.stop()
        pool.close()
        await follower.stop()

    return Starlette(
        routes=[
            Route("/", Home(workspace.gate, workspace.catalogue, readers, pages, settings.base, holdings).start),
            *_routes(settings, workspace, pages, pool, Health(workspace, follower, metrics, readers, desk.queue)),
            *_graphql_routes(settings, workspace, readers, Clerks(readers, desk, workspace), follower, turnstile),
            *linked_routes(settings, workspace, readers, pages, ontology, holdings),
            *desk.routes(),
            *staff_routes(workspace, readers, pages),
            Route("/checks", checks.answer),
            *(identity.routes(readers, pages) if identity else ()),
            *(key_sign_in.routes(out=not settings.oidc_client_id) if _doors(settings) else ()),
        ],
        middleware=[
            Middleware(
                Traffic,
                metrics=metrics,
                body_bytes=settings.request_megabytes * _MEGABYTE,
                larger=dict.fromkeys(("/disclosures", "/records"), (settings.load_megabytes + 1) * _MEGABYTE),
                https=settings.base.startswith("https:"),
            ),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["Authorization", "Content-Type", "If-None-Match"],
                expose_headers=["Retry-After", REWRITE, *EXPOSED],
            ),
            Middleware(Compressed),
            Middleware(Caught, problems=problems),
            Middleware(Heads, refuse=problems.expected),
            Middleware(Rates, turnstile=turnstile, doors=("/sign-in/key",), refuse=problems.expected),
            Middleware(Deadline, seconds=settings.request_seconds, refuse=problems.expected),
            *((identity.middleware(),) if identity else ()),
        ],
        exception_handlers=problems.handlers(),
        lifespan=lifespan,
    )


def _doors(settings: Settings) -> Sequence[str]:
    """Where people sign in, the way that is meant for most first; nowhere, where what they type could be read."""
    by_provider = ("/sign-in",) if settings.oidc_client_id else ()
    return (*by_provider, "/sign-in/key") if is_protected(settings.base) else ()


def _routes(
    settings: Settings,
    workspace: Workspace,
    pages: TemplatePages,
    pool: QueryPool,
    health: Health,
) -> Sequence[BaseRoute]:
    gate, catalogue, base = workspace.gate, workspace.catalogue, settings.base
    readers = health.readers
    sparql = SparqlEndpoint(pool, gate, readers, pages, f"{base}sparql", status_of)
    graph_store = GraphStoreEndpoint(pool, gate, readers)
    answers = Answers(catalogue, workspace.texts, pool, Pasts(workspace))
    questions = Questions(answers, gate, readers, pages, base)
    search = Search(gate, readers, pages)
    reconciliation = Reconciliation(gate, readers, pages, base)
    return [
        Route("/sparql", sparql.answer, methods=["GET", "POST"]),
        Route("/graph-store", graph_store.answer),
        Route("/graph-store/{path:path}", graph_store.answer),
        Route("/queries", questions.listed),
        Route("/queries/openapi.json", questions.described),
        Route("/queries/{name}", questions.one),
        Route("/search", search.search),
        Route("/suggest", search.suggest),
        *reconciliation.routes(),
        Route("/health", health.health),
        Route("/ready", health.ready),
        Route("/metrics", health.metrics_text),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _graphql_routes(  # noqa: PLR0913, PLR0917  # as above
    settings: Settings,
    workspace: Workspace,
    readers: Readers,
    clerks: Clerks,
    follower: Follower,
    turnstile: Turnstile,
) -> Sequence[BaseRoute]:
    graphql = graphql_app(
        workspace.gate,
        workspace.catalogue,
        readers,
        policy=_graphql_policy(settings),
        clerks=clerks,
        shown=lambda: follower.shown,
        enter=turnstile.enter,
    )
    return [
        Route("/graphql", graphql),
        Route("/graphql/{path:path}", graphql),
        WebSocketRoute("/graphql", graphql),
    ]


def _graphql_policy(settings: Settings) -> Policy:
    folder = settings.graphql_documents
    registered = registered_documents(Path(folder), schema) if folder else {}
    return Policy(settings.graphql_introspection, registered)


@dataclass(frozen=True, slots=True)
class Health:
    """How the service is: for those who run it."""

    workspace: Workspace
    follower: Follower
    metrics: Metrics
    readers: Readers
    queue: SubmissionQueue

    def health(self, _: Request) -> Response:
        """That the process answers."""
        return PlainTextResponse("ok\n")

    def ready(self, _: Request) -> Response:
        """Whether the graph follows the ledger; not how far it is: that would count records for everybody."""
        return JSONResponse({"ready": self.follower.alive}, 200 if self.follower.alive else 503)

    def metrics_text(self, request: Request) -> Response:
        """The counts, for Prometheus. They are for staff: how much others ask and hand in, and when, is theirs."""
        if self.readers(request) != STAFF_READER:
            return PlainTextResponse("# TYPE ewgraph_up gauge\newgraph_up 1\n")
        submissions = {f'submissions{{state="{state}"}}': count for state, count in self.queue.counts().items()}
        head, cursor = self.workspace.ledger.head(), self.follower.cursor
        return PlainTextResponse(self.metrics.text(up=1, ledger_sequence=head, graph_cursor=cursor, **submissions))
