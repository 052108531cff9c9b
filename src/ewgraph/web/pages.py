"""Pages: Jinja templates, escaped always; without a script but for the one that hands files in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ewgraph.access import NOTHING_SHOWN, Credential
from ewgraph.api.linkeddata.labels import local_name
from ewgraph.model.rdf import IRI, Literal

STATIC: Final = Path(__file__).with_name("static")

_TEMPLATES: Final = Path(__file__).with_name("templates")


class TemplatePages:
    """Renders pages; every template knows who reads, and the address of any node."""

    def __init__(self, base: str) -> None:
        """Read the templates.

        Args:
            base: what our own IRIs begin with: their pages have short addresses.
        """
        self._own = f"{base}id/"
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["address"] = self.address
        self._environment.filters["local_name"] = local_name
        self._environment.tests["node"] = lambda value: isinstance(value, IRI)
        self._environment.tests["literal"] = lambda value: isinstance(value, Literal)

    def __call__(self, request: Request, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        """The page that the template makes of the context."""
        shown: Credential = getattr(request.state, "credential", NOTHING_SHOWN)
        content = self._environment.get_template(template).render(
            reader=shown.principal.name, administers=shown.administers, **context
        )
        return HTMLResponse(content, status)

    def address(self, node: IRI) -> str:
        """Where the page of a node is."""
        if node.value.startswith(self._own):
            return "/id/" + quote(node.value.removeprefix(self._own), safe="/%:@!$&'()*+,;=")
        return "/id?iri=" + quote(node.value, safe="/:")
