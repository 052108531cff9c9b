"""The start page: what is loaded, where to go, and one question with its real answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from ewgraph.access import PUBLIC_READER, Gate, Principal, View
from ewgraph.api.linkeddata.labels import Labels
from ewgraph.api.pages import Pages
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from ewgraph.trace import Answer, Touch, Window, contracts_touching
from ewgraph.web.holdings import Holdings

_EXAMPLE: Final = "https://data.example.org/id/"
_SITES_TRIED: Final = 50
_TOUCHES_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Story:
    """Where a story of the example world begins."""

    node: IRI
    title: str
    text: str


STORIES: Final = (
    Story(
        IRI(_EXAMPLE + "site/northbridge-assembly"),
        "One works behind several contracts",
        "A final assembly works, the buyers behind it, an open finding, and an audit that confirms nothing.",
    ),
    Story(
        IRI(_EXAMPLE + "contract/aldermoor-laptops-2024"),
        "An overdue disclosure",
        "A contract whose component sites were never named. Who is owed what, only its parties see.",
    ),
    Story(
        IRI(_EXAMPLE + "site/cerro-vellado"),
        "Tin that is only possible",
        "A mine that reaches every laptop of a brand, and never more than possibly.",
    ),
    Story(
        IRI(_EXAMPLE + "site/saltmarsh-electronics"),
        "A finding that was remedied",
        "Recruitment fees, repaid and checked with workers; with the knowledge of 2023 still open.",
    ),
)


@dataclass(frozen=True, slots=True)
class Home:
    """Answers `/`.

    Attributes:
        gate: gives each caller a View.
        catalogue: the stored queries.
        principal_of: tells who asks.
        pages: renders the page.
        base: the address of the service.
        holdings: the counts.
    """

    gate: Gate
    catalogue: Catalogue
    principal_of: Callable[[Request], Principal]
    pages: Pages
    base: str
    holdings: Holdings

    def start(self, request: Request) -> Response:
        """The start page."""
        principal = self.principal_of(request)
        view = self.gate.view(principal)
        site, touches = self._worked(view)
        context = {
            "structured": self._structured() if principal == PUBLIC_READER else None,
            "counts": self.holdings.counts(view),
            "stories": [story for story in STORIES if view.knows(story.node)],
            "site": site,
            "touches": touches.items if touches else [],
            "touch_count": touches.total if touches else 0,
            "labels": Labels(view),
            "as_of": view.as_of,
        }
        return self.pages(request, "home.html", context)

    def _structured(self) -> dict[str, object]:
        """What search engines are told of the dataset, in the terms of schema.org."""
        return {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": f"{self.base}.well-known/void#dataset",
            "name": "ewgraph: disclosures of electronics supply chains",
            "description": "Who bought what from whom, where it was made, and on whose word: statements with who said "
            "them, when, and about what period.",
            "url": self.base,
            "isAccessibleForFree": True,
        }

    def _worked(self, view: View) -> tuple[IRI | None, Answer[Touch] | None]:
        """A site that contracts touch, with the touches: the example's, or the first that is found."""
        candidates = [STORIES[0].node]
        for quad in view.quads(None, terms.RDF.type, terms.SupplyClaim):
            if len(candidates) >= _SITES_TRIED:
                break
            if isinstance(quad.subject, IRI):
                candidates += [node for node in view.objects(quad.subject, terms.site) if isinstance(node, IRI)]
        for site in dict.fromkeys(candidates):
            touches = contracts_touching(view, self.catalogue, site, window=Window(_TOUCHES_SHOWN))
            if touches.total:
                return site, touches
        return None, None
