"""The routes of linked data: things and documents about them, the vocabulary, the dataset as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute, Route

from ewgraph.api.linkeddata import EntityEndpoint, Writer
from ewgraph.api.linkeddata.context import Context
from ewgraph.api.linkeddata.ontology import Ontology
from ewgraph.api.pages import Pages
from ewgraph.assets import asset
from ewgraph.settings import Settings
from ewgraph.web.readers import Readers
from ewgraph.web.vocabulary import Vocabulary
from ewgraph.web.workspace import Workspace


def linked_routes(
    settings: Settings, workspace: Workspace, readers: Readers, pages: Pages, ontology: Ontology
) -> Sequence[BaseRoute]:
    """The routes, over an open workspace."""
    context = Context.of(asset("ontology"), asset("shapes"), ontology.prefixes)
    write = Writer(ontology.prefixes, context, f"{settings.base}contexts/ewgraph-{context.version}.jsonld")
    vocabulary = Vocabulary(ontology, write, pages, readers)
    entity = EntityEndpoint(workspace.gate, workspace.catalogue, readers, pages, settings.base, write)
    return [
        Route("/id", entity.look_up),
        Route("/id/{path:path}", entity.name),
        Route("/doc/{path:path}", entity.document),
        Route("/ns", vocabulary.serve),
        Route("/ns/{name}", vocabulary.part),
        Route("/kos", vocabulary.lists),
        Route("/kos/{path:path}", vocabulary.code_list),
        Route("/contexts/{name}", vocabulary.context),
    ]
