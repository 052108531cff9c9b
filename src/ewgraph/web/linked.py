"""The routes of linked data: things and documents about them, the vocabulary, the dataset as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ewgraph.api.linkeddata import EntityEndpoint, Writer
from ewgraph.api.linkeddata.context import Context
from ewgraph.api.linkeddata.dumps import Dumps
from ewgraph.api.linkeddata.ldes import PREFIXES as STREAMED
from ewgraph.api.linkeddata.ontology import Ontology
from ewgraph.api.linkeddata.timeline import Timelines
from ewgraph.assets import asset
from ewgraph.model.rdf import iri
from ewgraph.settings import Settings
from ewgraph.web.catalog import PREFIXES
from ewgraph.web.dataset import Dataset
from ewgraph.web.feeds import Feeds
from ewgraph.web.holdings import Holdings
from ewgraph.web.pages import TemplatePages
from ewgraph.web.readers import Readers
from ewgraph.web.vocabulary import Vocabulary
from ewgraph.web.workspace import Workspace


def linked_routes(  # noqa: PLR0913, PLR0917  # the composition root alone calls it
    settings: Settings,
    workspace: Workspace,
    readers: Readers,
    pages: TemplatePages,
    ontology: Ontology,
    holdings: Holdings,
) -> Sequence[BaseRoute]:
    """The routes, over an open workspace."""
    context = Context.of(asset("ontology"), asset("shapes"), ontology.prefixes)
    write = Writer(ontology.prefixes, context, f"{settings.base}contexts/ewgraph-{context.version}.jsonld")
    vocabulary = Vocabulary(ontology, write, pages, readers)
    entity = EntityEndpoint(workspace.gate, workspace.catalogue, readers, pages, settings.base, write)
    dumps = Dumps(settings.data / "dumps", workspace.release_log.ceased)
    steward = iri(settings.steward)
    described = replace(write, prefixes={**ontology.prefixes, **PREFIXES})
    dataset = Dataset(
        workspace.gate,
        readers,
        pages,
        described,
        settings.base,
        steward,
        settings.license,
        holdings,
        dumps,
    )
    log, ledger = workspace.release_log, workspace.ledger
    feeds = Feeds(
        workspace.gate,
        readers,
        pages,
        replace(write, prefixes={**ontology.prefixes, **STREAMED}),
        settings.base,
        steward,
        Timelines(log.shown_since, log.newest, workspace.cursor, ledger.recorded_after),
        pages.address,
    )
    return [
        Route("/id", entity.look_up),
        Route("/id/{path:path}", entity.name),
        Route("/doc/{path:path}", entity.document),
        Route("/ns", vocabulary.serve),
        Route("/ns/{name}", vocabulary.part),
        Route("/kos", vocabulary.lists),
        Route("/kos/{path:path}", vocabulary.code_list),
        Route("/contexts/{name}", vocabulary.context),
        Route("/.well-known/void", dataset.void),
        Route("/catalog", dataset.catalog),
        Route("/dumps", dataset.listed),
        Route("/dumps/{file}", dataset.dump),
        Route("/feed", feeds.listed),
        Route("/feed/{audience}", feeds.one),
        Route("/feed/{audience}/pages", feeds.page),
        Route("/robots.txt", dataset.robots),
        Route("/sitemap.xml", dataset.sitemap),
        Route("/favicon.ico", _icon),
    ]


def _icon(_: Request) -> Response:
    """What browsers ask for that do not read the page's head."""
    return RedirectResponse("/static/icon.svg", 308)
