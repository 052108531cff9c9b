"""The headline questions: which contracts touch a site, which sites a contract touches.

They are answered from the index where the reader's view has one, and by definition, from the graph, where it has not.
"""

from __future__ import annotations

from collections.abc import Collection

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.hop import BASES, Touch
from ewgraph.model.rdf import IRI
from ewgraph.model.window import ALL, Key, Part, Window, part_of
from ewgraph.trace.answer import Answer, answered
from ewgraph.trace.definition import touching as definition


def by_contract(touch: Touch) -> Key:
    """What the touches of a site are sorted by."""
    return touch.key(touch.contract)


def by_site(touch: Touch) -> Key:
    """What the touches of a contract are sorted by."""
    return touch.key(touch.site)


def contracts_touching(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    site: IRI,
    *,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
    window: Window = ALL,
) -> Answer[Touch]:
    """Answer CQ A13: the contracts whose supply chain reaches a site.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        site: the site.
        min_scope: no hop of a path is of a weaker scope.
        min_basis: no hop of a path is of a weaker basis.
        window: which part of the answer.
    """

    def find() -> Part[Touch]:
        lens = view.lens
        if lens is not None:
            return lens.contracts_touching(site, min_scope, min_basis, window)
        found = definition.contracts_touching(view, catalogue, site, min_scope, min_basis)
        return part_of(sorted(found, key=by_contract), by_contract, window)

    return answered(view, catalogue["contracts-touching"], find)


def sites_touched_by(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    contract: IRI,
    *,
    kinds: Collection[IRI] | None = None,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
    window: Window = ALL,
) -> Answer[Touch]:
    """Answer CQ A01: the sites that the supply chain of a contract reaches.

    A site that goes by several names is told once, under the name to which the best path leads.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        contract: the contract.
        kinds: only sites of one of these classes, such as `terms.Mine`; None for all.
        min_scope: no hop of a path is of a weaker scope.
        min_basis: no hop of a path is of a weaker basis.
        window: which part of the answer.
    """

    def find() -> Part[Touch]:
        lens = view.lens
        if lens is not None:
            return lens.sites_touched_by(contract, kinds, min_scope, min_basis, window)
        found = definition.sites_touched_by(view, catalogue, contract, kinds, min_scope, min_basis)
        return part_of(sorted(found, key=by_site), by_site, window)

    return answered(view, catalogue["sites-touched-by"], find)
