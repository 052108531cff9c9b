"""What changed in chains between two instants, by definition."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.model.changes import Differences, Entry
from ewgraph.model.codes import HopKind
from ewgraph.model.rdf import IRI
from ewgraph.trace.definition.hops import Chains, downstream, upstream


def differences(  # noqa: PLR0913  # the arguments of the question
    before: View,
    after: View,
    catalogue: Catalogue,
    starts: Iterable[IRI],
    *,
    up: bool,
    is_new: Callable[[IRI], bool],
    new_claims: Collection[IRI],
) -> Differences:
    """What the chains of some nodes have at one of two instants only, and what of both the reader came to see."""
    follow = upstream if up else downstream
    nodes = list(starts)
    chains = [follow(view, catalogue, nodes) for view in (before, after)]
    then, now = map(_entries, chains)
    return Differences(
        gone=frozenset(then - now),
        new=frozenset(now - then),
        shown=frozenset(one for one in then & now if is_new(one.record) or one.claim in new_claims),
        sites=frozenset(site for each in chains for site in _sites(each)),
    )


def _sites(chains: Chains) -> Iterator[IRI]:
    yield from (hop.end for hop in chains.hops if hop.kind is not HopKind.COVERS)
    for join in chains.joins:
        yield from join.sites


def _entries(chains: Chains) -> set[Entry]:
    said = {Entry(hop.kind.name, hop.claim, hop.record, hop.end, hop.received_at) for hop in chains.hops}
    return said | {
        Entry("SAME_SITE", join.claim, join.record, join.sites[1], join.received_at) for join in chains.joins
    }
