"""Pages: Jinja templates, escaped always; without a script but for the one that hands files in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ewgraph.access import NOTHING_SHOWN, Credential, Principal
from ewgraph.api.linkeddata.labels import local_name
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal
from ewgraph.web.identity.attempt import own_path

STATIC: Final = Path(__file__).with_name("static")

_JOINT: Final = re.compile(r"(?<=[a-z])[A-Z]+(?![a-z])|(?<=[a-z])[A-Z]")
_TEMPLATES: Final = Path(__file__).with_name("templates")


class TemplatePages:
    """Renders pages; every template knows who reads, and the address of any node."""

    def __init__(
        self,
        base: str,
        doors: Sequence[str] = (),
        person: Callable[[Request], Credential] | None = None,
        *,
        named: Callable[[Principal], str] = lambda principal: principal.name,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Read the templates.

        Args:
            base: what our own IRIs begin with: their pages have short addresses.
            doors: where people sign in, first the way that is meant for most; empty where nobody does.
            person: tells who is signed in.
            named: what a reader is called, in its own eyes.
            prefixes: what IRIs of others are shortened with, namespace by prefix.
        """
        self._named = named
        self._prefixes = prefixes or {}
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
        self._environment.filters["data_block"] = data_block
        self._environment.filters["curie"] = self._shortened
        self._environment.filters["kos_address"] = lambda node: (
            "/kos/" + (node.value.removeprefix(terms.EWK) if node.value.startswith(terms.EWK) else local_name(node))
        )
        self._environment.filters["words"] = words
        self._environment.filters["title_case"] = lambda text: text[:1].upper() + text[1:]
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
            "reader": self._named(shown.principal),
            "administers": shown.administers,
            "person": person.label or self._named(person.principal) if person.by else "",
            "doors": [f"{door}?next={back}" for door in self._doors],
        }

    def address(self, node: IRI) -> str:
        """Where the page of a node is: of one of ours at once, without the way through its IRI."""
        if node.value.startswith(self._own):
            return "/doc/" + quote(node.value.removeprefix(self._own), safe="/%:@!$&'()*+,;=")
        return "/id?iri=" + quote(node.value, safe="/:")

    def _shortened(self, node: IRI) -> str:
        """An IRI with its prefix, where it has one."""
        fitting = [name for name, space in self._prefixes.items() if node.value.startswith(space)]
        name = max(fitting, key=lambda one: len(self._prefixes[one]), default="")
        return f"{name}:{node.value.removeprefix(self._prefixes[name])}" if name else node.value


def words(name: str) -> str:
    """The words of a name in camel case.

    >>> words("lastConfirmed"), words("asWKT"), words("country"), words("received at")
    ('last confirmed', 'as WKT', 'country', 'received at')
    """
    return _JOINT.sub(
        lambda found: f" {found[0] if found[0].isupper() and len(found[0]) > 1 else found[0].lower()}", name
    )


def data_block(value: object) -> Markup:
    r"""JSON for a script element that holds data: nothing in it ends the element, or begins a comment or another one.

    >>> data_block({"name": "</script><!--"})
    Markup('{"name":"\\u003c/script\\u003e\\u003c!--"}')
    """
    text = orjson.dumps(value).decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  # no sign is left that means anything in HTML
