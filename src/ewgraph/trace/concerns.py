"""What concerns somebody: the findings at whose sites the supply chain of a buyer or brand ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.hop import Exposure
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Window
from ewgraph.trace.exposure import PAST_CONTRACTS, exposures


@dataclass(frozen=True, slots=True)
class Concern:
    """That a finding concerns somebody, and by what.

    Attributes:
        finding: the finding.
        exposure: by which contract of the buyer, or model of the brand, on the word of the best path to its site.
    """

    finding: IRI
    exposure: Exposure


def concerns(view: View, catalogue: Catalogue, who: IRI, is_known: Callable[[IRI], bool]) -> list[Concern]:
    """The findings that concern a buyer or a brand, sorted by IRI, but for those that are known already.

    They are those of CQ M02 asked the other way round: `who` is among those who are exposed to them.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        who: the buyer or brand; nothing concerns whom the reader cannot see.
        is_known: tells whether a finding is not asked about.
    """
    sites: defaultdict[IRI, list[IRI]] = defaultdict(list)
    for finding, site in _findings(view, catalogue):
        if not is_known(finding):
            sites[site].append(finding)
    found: dict[IRI, Concern] = {}
    for site, findings in sites.items():
        exposure = next((one for one in _organizations(view, catalogue, site) if one.who == who), None)
        if exposure is not None:
            found |= {finding: Concern(finding, exposure) for finding in findings if finding not in found}
    return sorted(found.values(), key=lambda one: one.finding.value)


def _findings(view: View, catalogue: Catalogue) -> Iterator[tuple[IRI, IRI]]:
    """It yields each finding that was known, with its site: the stored query asks so of one, and is not told which."""
    for row in view.select(catalogue["exposed-to"], {}):
        finding, site = row["finding"], row["site"]
        if isinstance(finding, IRI) and isinstance(site, IRI):
            yield finding, site


def _organizations(view: View, catalogue: Catalogue, site: IRI) -> list[Exposure]:
    """The buyers and brands that a site reaches."""
    return list(exposures(view, catalogue, site, window=Window(after=PAST_CONTRACTS)).items)
