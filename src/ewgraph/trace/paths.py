"""The best of all evidence paths between two nodes: not only one."""

from __future__ import annotations

from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.errors import InputError
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.hop import BASES, EvidencePath
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Part
from ewgraph.trace.answer import Answer, answered
from ewgraph.trace.definition import paths as definition

MOST_PATHS: Final = 100
MOST_HOPS: Final = 50
PATHS: Final = 5
HOPS: Final = 12
"""How many paths, and hops of one, where nothing is said."""


def best_paths(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    start: IRI,
    end: IRI,
    *,
    min_scope: Scope = Scope.COMPANY,
    min_basis: EvidenceBasis = BASES[-1],
    max_paths: int = PATHS,
    max_hops: int = HOPS,
) -> Answer[EvidencePath]:
    """The best evidence paths from one node to another, upstream, in the order of the architecture.

    A path leads through no node twice, by whatever name. Where there are more paths, or longer ones, the answer says
    so among its limits.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        start: a contract, model or site.
        end: a site or model upstream of it.
        min_scope: no hop of a path is of a weaker scope.
        min_basis: no hop of a path is of a weaker basis.
        max_paths: how many paths, at most `MOST_PATHS`.
        max_hops: of how many hops, at most `MOST_HOPS`.

    Raises:
        InputError: one of the numbers is not in its range.
    """
    for name, number, most in (("maxPaths", max_paths, MOST_PATHS), ("maxHops", max_hops, MOST_HOPS)):
        if not 0 < number <= most:
            raise InputError(f"`{name}` is a number from 1 to {most}, not {number}.")

    def find() -> Part[EvidencePath]:
        lens = view.lens
        if lens is not None:
            return lens.best_paths(start, end, min_scope, min_basis, max_paths, max_hops)
        return definition.best_paths(view, catalogue, start, end, min_scope, min_basis, max_paths, max_hops)

    return answered(view, catalogue["paths"], find)
