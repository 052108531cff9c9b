"""From what a search reached to answers: which contracts lead to a site, which sites a contract leads to, how well.

How well is one number: the pair of thresholds above, what is left of the largest number of hops below; the larger, the
better.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ewgraph.index.compiled import Int, compiled, inlined
from ewgraph.index.layout import ALL_PAIRS, FREE, KIND_BITS, MODEL_SCOPE, REACHING, STRENGTH, STRENGTH_BITS, Kind
from ewgraph.index.layout import pair as pair_of
from ewgraph.index.search import EVENT, LEVEL, arrive, counts, exactly, forget, is_coarse, larger, level_of, spread
from ewgraph.index.sides import bound

HOPS: Final = 11
"""A number for how well holds the pair, counted from one, above this bit."""
MOST_HOPS: Final = (1 << HOPS) - 1

MOST_WELL: Final = np.uint16(0xFFFF)

FOR_CONTRACT: Final = ALL_PAIRS & ~((1 << pair_of(MODEL_SCOPE + 1, 0)) - 1)
"""The bits of all pairs whose scope is CONTRACT."""

_FIRST: Final = 1 << 8
_COVERS: Final = int(Kind.COVERS)
_SOURCES_FROM: Final = int(Kind.SOURCES_FROM)
_SAME_SITE: Final = int(Kind.SAME_SITE)
_BRAND: Final = int(Kind.BRAND)
_TYPE: Final = int(Kind.TYPE)
_REACHING: Final = REACHING


@inlined
def how_well(best: Int, hops: Int) -> Int:
    """The pair and the hops as one number."""
    return (best + 1) << HOPS | (MOST_HOPS - min(hops, MOST_HOPS))


@inlined
def highest(bits: Int) -> Int:
    """The highest bit."""
    number = 0
    for half in (16, 8, 4, 2, 1):
        if bits >> half:
            number += half
            bits >>= half
    return number


@compiled
def well_reached(events: Any, marks: Any, node: Int, further: Int) -> Int:
    """How well a search reached a node, and so many hops further; 0 where it did not."""
    if marks.newest[node] == 0:
        return 0
    top = highest(marks.bits[node])
    return how_well(top, level_of(events, marks, node, 1 << top) + further)


@compiled
def started(marks: Any, nodes: Any, bits: Int) -> Any:
    """The events with which a search starts at some nodes, on level 0, and how many they are."""
    events = np.empty(_FIRST + len(nodes), EVENT)
    number = 0
    for node in nodes:
        if marks.newest[node] == 0:
            number = arrive(events, number, -1, marks.bits, marks.newest, node, _SAME_SITE, bits)
    return events, number


@compiled
def covered(covers: Any, table: Any, sight: Any, marks: Any, contract: Int, bits: Int) -> Any:  # noqa: PLR0913, PLR0917
    """The events with which a search upstream starts: at the models that a contract covers, on level 1."""
    start, size = covers.starts[contract], covers.sizes[contract]
    events = np.empty(_FIRST + size, EVENT)
    number = 0
    for place in range(start, start + size):
        row = covers.rows[place]
        if counts(row, sight.visible, sight.day, sight.known_day):
            if is_coarse(row, sight.known_day) and not exactly(table, sight, covers.edges[place]):
                continue
            model = np.int64(row.other)
            if marks.newest[model] == 0:
                number = arrive(events, number, -1, marks.bits, marks.newest, model, 1 << LEVEL | _COVERS, bits)
    return events, number


@compiled
def one_site(supply: Any, table: Any, sight: Any, site: Int) -> Any:
    """All names under which a site goes, for the reader and the instants: the one given first."""
    names = np.empty(1, np.int64)
    names[0] = site
    at = 0
    while at < len(names):
        start = supply.starts[names[at]]
        stop = start + supply.sizes[names[at]]
        at += 1
        for place in range(start, stop):
            if supply.groups[place] != FREE:
                break
            row = supply.rows[place]
            if row.code & KIND_BITS != _SAME_SITE or not counts(row, sight.visible, sight.day, sight.known_day):
                continue
            if is_coarse(row, sight.known_day) and not exactly(table, sight, supply.edges[place]):
                continue
            if not np.any(names == row.other):
                names = np.append(names, np.int64(row.other))
    return names


@compiled
def contracts_of(covers: Any, table: Any, sight: Any, marks: Any, events: Any, number: Int, best: Any) -> Any:  # noqa: PLR0913, PLR0917
    """The contracts that cover a model which a search downstream reached by a hop; in `best` how well each is reached.

    Each model is looked at once, when it is known how well it is reached.
    """
    starts, sizes, rows, edges = covers.starts, covers.sizes, covers.rows, covers.edges
    visible, day, known_day = sight.visible, sight.day, sight.known_day
    found = np.empty(_FIRST, np.int32)
    many = 0
    for at in range(number):
        model = events[at].node
        if events[at].before >= 0 or sizes[model] == 0 or events[at].step >> LEVEL == 0:
            continue
        well = np.uint16(well_reached(events, marks, model, 1))
        if many + sizes[model] >= len(found):
            roomy = np.empty(max(2 * len(found), many + sizes[model] + 1), np.int32)
            roomy[:many] = found[:many]
            found = roomy
        for place in range(starts[model], starts[model] + sizes[model]):
            row = rows[place]
            good = counts(row, visible, day, known_day)
            if good and is_coarse(row, known_day):
                good = exactly(table, sight, edges[place])
            # Without a branch: which contracts are new and which are reached better cannot be foretold.
            contract = row.other
            held = best[contract]
            better = max(well, held) if good else held
            best[contract] = better
            found[many] = contract
            many += (held == 0) & (better != 0)
    return found[:many]


@compiled
def own_contracts(  # noqa: C901, PLR0913, PLR0917  # one loop, and all that it looks at
    supply: Any,
    covers: Any,
    table: Any,
    sight: Any,
    names: Any,
    marks: Any,
    bits: Int,
    found: Any,
    best: Any,
) -> Any:
    """Look for chains every hop of which is said for the contract they come from; `best` gets better where there are.

    Args:
        supply: the rows of supply at the ends of edges.
        covers: the rows of what contracts cover, at the contracts.
        table: of the edges.
        sight: who looks, and when.
        names: all names of the site.
        marks: clean ones.
        bits: the pairs that are asked for.
        found: the contracts that were found otherwise.
        best: how well each is reached.

    Returns:
        All contracts that are found.
    """
    more = np.empty(_FIRST, np.int32)
    many = 0
    for site in names:
        stop = supply.starts[site] + supply.sizes[site]
        place = bound(supply, supply.starts[site], stop, 0)
        while place < stop:
            contract = np.int64(supply.groups[place])
            end = bound(supply, place, stop, contract + 1)
            events = np.empty(_FIRST, EVENT)
            number = 0
            for name in names:  # all rows that are said for this contract, under whichever name of the site
                first, last = place, end
                if name != site:
                    limit = supply.starts[name] + supply.sizes[name]
                    first = bound(supply, supply.starts[name], limit, contract)
                    last = bound(supply, first, limit, contract + 1)
                if number + last - first > len(events):
                    events = larger(events, number, last - first)
                for at in range(first, last):
                    row = supply.rows[at]
                    if not counts(row, sight.visible, sight.day, sight.known_day):
                        continue
                    if is_coarse(row, sight.known_day) and not exactly(table, sight, supply.edges[at]):
                        continue
                    step = 1 << LEVEL | np.int64(row.code & KIND_BITS)
                    new = bits & _REACHING[(row.code >> STRENGTH) & STRENGTH_BITS] & ~marks.bits[row.other]
                    if new:
                        number = arrive(events, number, -1, marks.bits, marks.newest, row.other, step, new)
            place = end
            if number == 0:
                continue
            events, number = spread(
                supply, table, sight, marks, events, number, contract, None, False, contract, None, -1
            )
            well = _well_covered(covers, table, sight, events, marks, contract)
            if well > best[contract]:
                if best[contract] == 0:
                    if many == len(more):
                        more = np.append(more, np.empty(many, np.int32))
                    more[many] = contract
                    many += 1
                best[contract] = well
            forget(marks, events, number)
    return np.append(found, more[:many])


@compiled
def _well_covered(covers: Any, table: Any, sight: Any, events: Any, marks: Any, contract: Int) -> Int:  # noqa: PLR0913, PLR0917
    """How well a contract is reached by the models that it covers."""
    best = 0
    for place in range(covers.starts[contract], covers.starts[contract] + covers.sizes[contract]):
        row = covers.rows[place]
        if marks.newest[row.other] == 0 or not counts(row, sight.visible, sight.day, sight.known_day):
            continue
        if is_coarse(row, sight.known_day) and not exactly(table, sight, covers.edges[place]):
            continue
        best = max(best, well_reached(events, marks, np.int64(row.other), 1))
    return best


@compiled
def sites_of(marks: Any, events: Any, number: Int, offset: Int) -> Any:
    """The sites that a search upstream reached by a hop, and how well.

    Args:
        marks: of the nodes.
        events: of the search.
        number: how many these are.
        offset: where the plane begins that counts: 0, or how many nodes there are.
    """
    found = np.empty(number, np.int64)
    wells = np.empty(number, np.uint16)
    many = 0
    for at in range(number):
        event = events[at]
        kind = event.step & KIND_BITS
        if event.before >= 0 or event.node < offset or kind == _COVERS or kind == _BRAND or event.step >> LEVEL == 0:  # noqa: PLR1714
            continue
        found[many] = event.node - offset
        wells[many] = well_reached(events, marks, np.int64(event.node), 0)
        many += 1
    return found[:many], wells[:many]


@compiled
def of_kinds(facts: Any, sight: Any, nodes: Any, kinds: Any) -> Any:
    """For each node whether it is visibly of one of the kinds."""
    good = np.zeros(len(nodes), np.bool_)
    for at in range(len(nodes)):
        node = nodes[at]
        for place in range(facts.starts[node], facts.starts[node] + facts.sizes[node]):
            row = facts.rows[place]
            if row.code & KIND_BITS == _TYPE and np.any(kinds == row.other) and sight.visible[row.audience]:
                good[at] = True
    return good


@compiled
def joined_sites(supply: Any, sites: Any) -> Any:
    """For each site whether anybody ever said that it goes by another name."""
    several = np.zeros(len(sites), np.bool_)
    for at in range(len(sites)):
        site = sites[at]
        several[at] = supply.sizes[site] > 0 and supply.groups[supply.starts[site]] == FREE
    return several


@compiled
def joins(supply: Any, table: Any, sight: Any, site: Int) -> Any:
    """The other names of a site, each with an edge that says so: those of one step."""
    found = np.empty((supply.sizes[site], 2), np.int64)
    many = 0
    for place in range(supply.starts[site], supply.starts[site] + supply.sizes[site]):
        row = supply.rows[place]
        if supply.groups[place] != FREE or row.code & KIND_BITS != _SAME_SITE:
            continue
        if not counts(row, sight.visible, sight.day, sight.known_day):
            continue
        if is_coarse(row, sight.known_day) and not exactly(table, sight, supply.edges[place]):
            continue
        found[many, 0] = row.other
        found[many, 1] = supply.edges[place]
        many += 1
    return found[:many]
