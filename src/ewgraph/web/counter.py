"""The page where people hand a file in with their browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from ewgraph.api.pages import Pages
from ewgraph.ingest.answer import page
from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.mapping import mapping_ids
from ewgraph.web.reports import style_source
from ewgraph.web.transfers import NO_STORE

_LANGUAGES: Final = {"en": "English", "de": "Deutsch", "nb": "Norsk bokmål", "es": "Español"}
_ANY_REPORT: Final = DisclosureReport(None, "", "", "", "", "", "", dry_run=True)


@dataclass(frozen=True, slots=True)
class Counter:
    """Renders the page.

    Attributes:
        pages: renders pages.
        base: the address of the service.
        megabytes: how large a file may be.
    """

    pages: Pages
    base: str
    megabytes: int

    def __call__(self, request: Request) -> Response:
        """The page. It shows reports in a frame, whose own style sheet is allowed by its hash."""
        context = {
            "base": self.base,
            "megabytes": self.megabytes,
            "formats": mapping_ids(),
            "languages": _LANGUAGES,
        }
        response = self.pages(request, "disclosures.html", context)
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; style-src 'self' {style_source(page.render(_ANY_REPORT))}; frame-src blob:; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        response.headers.update(NO_STORE)
        return response
