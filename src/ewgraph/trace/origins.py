"""Where the minerals of a contract or model may come from: smelters and mines, with the weakest link of each chain."""

from __future__ import annotations

from collections.abc import Collection

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.hop import BASES, Origin
from ewgraph.model.rdf import IRI
from ewgraph.model.window import ALL, Key, Part, Window, part_of
from ewgraph.trace.answer import Answer, answered
from ewgraph.trace.definition import origins as definition


def by_mineral(origin: Origin) -> Key:
    """What origins are sorted by: the mineral, then as touches are."""
    return (origin.mineral.value, *origin.key(origin.site))


def mineral_origins(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    start: IRI,
    *,
    mineral: IRI | None = None,
    kinds: Collection[IRI] | None = None,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
    window: Window = ALL,
) -> Answer[Origin]:
    """Answer CQ R05: the sites that minerals in what a contract or model holds may come from.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        start: the contract or the model.
        mineral: only this mineral; None for all.
        kinds: only sites of one of these classes, such as `terms.Mine`; None for all.
        min_scope: no hop of a path is of a weaker scope.
        min_basis: no hop of a path is of a weaker basis.
        window: which part of the answer.
    """

    def find() -> Part[Origin]:
        lens = view.lens
        if lens is not None:
            return lens.mineral_origins(start, mineral, kinds, min_scope, min_basis, window)
        found = definition.mineral_origins(view, catalogue, start, mineral, kinds, min_scope, min_basis)
        return part_of(sorted(found, key=by_mineral), by_mineral, window)

    return answered(view, catalogue["mineral-origins"], find)
