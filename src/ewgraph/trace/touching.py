"""The headline questions: which contracts touch a site, which sites a contract touches.

They are answered from the index where the reader's view has one, and by definition, from the graph, where it has not.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.hop import BASES, Touch, rank
from ewgraph.model.rdf import IRI
from ewgraph.model.window import ALL, Key, Window
from ewgraph.trace.definition import touching as definition


@dataclass(frozen=True, slots=True)
class Touches:
    """A part of the touches that answer a question: strongest scope first, then strongest basis, fewest hops, IRI.

    Attributes:
        items: the part.
        start: how many come before it.
        total: how many there are in all.
    """

    items: Sequence[Touch]
    start: int
    total: int

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Touch]:
        return iter(self.items)

    @property
    def more(self) -> bool:
        """Whether any come after it."""
        return self.start + len(self.items) < self.total


NONE: Final = Touches((), 0, 0)


def key_of(touch: Touch, node: IRI) -> Key:
    """What touches are sorted by; the node is the end that was not asked about."""
    return -rank(touch.scope), -rank(touch.basis), len(touch.path), node.value


def contracts_touching(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    site: IRI,
    *,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
    window: Window = ALL,
) -> Touches:
    """Answer CQ A13: the contracts whose supply chain reaches a site.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        site: the site.
        min_scope: no hop of a path is of a weaker scope.
        min_basis: no hop of a path is of a weaker basis.
        window: which part of the answer.
    """
    if view.lens is None:
        found = definition.contracts_touching(view, catalogue, site, min_scope, min_basis)
        return _part({key_of(touch, touch.contract): touch for touch in found}, window)
    part = view.lens.contracts_touching(site, min_scope, min_basis, window)
    touches = [Touch(one.node, site, one.scope, one.basis, one.path) for one in part.items]
    return Touches(touches, part.start, part.total)


def sites_touched_by(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    contract: IRI,
    *,
    kinds: Collection[IRI] | None = None,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
    window: Window = ALL,
) -> Touches:
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
    if view.lens is None:
        found = definition.sites_touched_by(view, catalogue, contract, kinds, min_scope, min_basis)
        return _part({key_of(touch, touch.site): touch for touch in found}, window)
    part = view.lens.sites_touched_by(contract, kinds, min_scope, min_basis, window)
    touches = [Touch(contract, one.node, one.scope, one.basis, one.path) for one in part.items]
    return Touches(touches, part.start, part.total)


def _part(found: dict[Key, Touch], window: Window) -> Touches:
    keys = sorted(found)
    start = 0 if window.after is None else bisect.bisect_right(keys, window.after)
    stop = len(keys) if window.first is None else start + window.first
    return Touches([found[key] for key in keys[start:stop]], start, len(keys))
