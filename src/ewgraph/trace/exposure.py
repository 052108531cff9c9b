"""Who is concerned by a finding: the contracts, buyers and brands that its site reaches. Alerts rest on it."""

from __future__ import annotations

from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.hop import BASES, Concerned, Exposure
from ewgraph.model.rdf import IRI
from ewgraph.model.window import ALL, Key, Part, Window, part_of
from ewgraph.trace.answer import Answer, answered
from ewgraph.trace.definition import exposure as definition

_ORDER: Final = {concerned: place for place, concerned in enumerate(Concerned)}
PAST_CONTRACTS: Final[Key] = (_ORDER[Concerned.CONTRACT], 1, 0, 0, "")
"""A key behind those of all contracts that are concerned, and before those of buyers and brands."""


def by_concerned(exposure: Exposure) -> Key:
    """What exposures are sorted by: contracts, buyers, brands; then as touches are."""
    return (_ORDER[exposure.concerned], *exposure.key(exposure.who))


def exposed_to(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    finding: IRI,
    *,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
    window: Window = ALL,
) -> Answer[Exposure]:
    """Answer CQ M02: who is concerned by a finding, each by the best evidence path to its site.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        finding: the finding; nobody is concerned by one that was not known.
        min_scope: no hop of a path is of a weaker scope.
        min_basis: no hop of a path is of a weaker basis.
        window: which part of the answer.
    """
    query = catalogue["exposed-to"]

    def find() -> Part[Exposure]:
        rows = view.select(query, {"finding": finding})
        site = next((row["site"] for row in rows if isinstance(row["site"], IRI)), None)
        if site is None:
            return Part()
        return exposures(view, catalogue, site, min_scope=min_scope, min_basis=min_basis, window=window)

    return answered(view, query, find)


def exposures(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    site: IRI,
    *,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
    window: Window = ALL,
) -> Part[Exposure]:
    """Who is concerned by what happens at a site: contracts, then buyers, then brands."""
    lens = view.lens
    if lens is not None:
        return lens.exposures(site, min_scope, min_basis, window)
    found = definition.exposures(view, catalogue, site, min_scope, min_basis)
    return part_of(sorted(found, key=by_concerned), by_concerned, window)
