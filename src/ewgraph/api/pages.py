"""What the interfaces need of whoever renders pages: the templates belong to `ewgraph.web`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response


class Pages(Protocol):
    """Renders a page."""

    def __call__(self, request: Request, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        """The page that the template makes of the context."""
        ...
