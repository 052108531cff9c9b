"""Pages: Jinja templates, escaped always; without a script but for the one that hands files in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ewgraph.access import NOTHING_SHOWN, Credential
from ewgraph.api.linkeddata.labels import local_name
from ewgraph.model.rdf import IRI, Literal
from ewgraph.web.identity.attempt import own_path

STATIC: Final = Path(__file__).with_name("static")

_TEMPLATES: Final = Path(__file__).with_name("templates")


class TemplatePages:
    """Renders pages; every template knows who reads, and the address of any node."""

    def __init__(
        self, base: str, doors: Sequence[str] = (), person: Callable[[Request], Credential] | None = None
    ) -> None:
        """Read the templates.

        Args:
            base: what our own IRIs begin with: their pages have short addresses.
            doors: where people sign in, first the way that is meant for most; empty where nobody does.
            person: tells who is signed in.
        """
        self._doors = doors
        self._person = person
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
        self._environment.filters["sentence"] = lambda text: f"{text[:1].upper()}{text[1:]}."
        self._environment.tests["node"] = lambda value: isinstance(value, IRI)
        self._environment.tests["literal"] = lambda value: isinstance(value, Literal)

    def __call__(self, request: Request, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        """The page that the template makes of the context."""
        content = self._environment.get_template(template).render(**self._head(request), **context)
        return HTMLResponse(content, status)

    def _head(self, request: Request) -> Mapping[str, object]:
        """Who reads, who that is where somebody is signed in, and else where to sign in and come back to this page."""
        person = self._person(request) if self._person and self._doors else NOTHING_SHOWN
        if person.by and not hasattr(request.state, "credential"):
            request.state.credential, request.state.principal = person, person.principal
        shown: Credential = getattr(request.state, "credential", NOTHING_SHOWN)
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        back = quote(own_path(asked if request.method == "GET" else None), safe="/")
        return {
            "reader": shown.principal.name,
            "administers": shown.administers,
            "person": person.label or person.principal.name if person.by else "",
            "doors": [f"{door}?next={back}" for door in self._doors],
        }

    def address(self, node: IRI) -> str:
        """Where the page of a node is."""
        if node.value.startswith(self._own):
            return "/id/" + quote(node.value.removeprefix(self._own), safe="/%:@!$&'()*+,;=")
        return "/id?iri=" + quote(node.value, safe="/:")
