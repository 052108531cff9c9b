"""From what a search reached to answers: which contracts lead to a site, which sites a contract leads to, how well.

How well is one number: the pair of thresholds above, what is left of the largest number of hops below; the larger, the
better.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ewgraph.index.compiled import Int, compiled, inlined
from ewgraph.index.layout import KIND_BITS, REACHING, STRENGTH, STRENGTH_BITS, Kind
from ewgraph.index.search import (
    DOWNSTREAM,
    LEVEL,
    arrive,
    exactly,
    forget,
    is_coarse,
    is_seen,
    larger,
    level_of,
    spread,
    strength_for,
)
from ewgraph.index.sides import bound

HOPS: Final = 11
"""A number for how well holds the pair, counted from one, above this bit."""
MOST_HOPS: Final = (1 << HOPS) - 1

MOST_WELL: Final = np.uint16(0xFFFF)

_DENSE: Final = 400
"""Where a search has more events than one in so many nodes, looking through all nodes costs less than sorting."""
_COVERS: Final = int(Kind.COVERS)
_SAME_SITE: Final = int(Kind.SAME_SITE)
_BRAND: Final = int(Kind.BRAND)
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
    if marks.states[node].newest == 0:
        return 0
    top = highest(marks.states[node].bits)
    return how_well(top, level_of(events, marks, node, 1 << top) + further)


@compiled
def started(marks: Any, events: Any, nodes: Any, bits: Int) -> Any:
    """Start a search at some nodes, on level 0; the events, and how many they are."""
    number = 0
    if len(nodes) > len(events):
        events = larger(events, 0, len(nodes))
    for node in nodes:
        if marks.states[node].newest == 0:
            number = arrive(events, number, -1, marks.states, node, _SAME_SITE, bits)
    return events, number


@compiled
def covered(covers: Any, table: Any, sight: Any, marks: Any, events: Any, contract: Int, bits: Int) -> Any:  # noqa: PLR0913, PLR0917
    """Start a search upstream at the models that a contract covers, on level 1; the events, and how many they are."""
    span = covers.spans[contract]
    number = 0
    if span.size > len(events):
        events = larger(events, 0, span.size)
    for place in range(span.start, span.start + span.size):
        row = covers.rows[place]
        model = np.int64(row.other)
        if marks.states[model].newest == 0 and is_seen(row, covers.edges[place], table, sight):
            number = arrive(events, number, -1, marks.states, model, 1 << LEVEL | _COVERS, bits)
    return events, number


@compiled
def _covered_models(spans: Any, marks: Any, events: Any, number: Int) -> Any:
    """The models that a search downstream reached by a hop and some contract covers, ascending.

    In this order their rows lie one after the other in memory, which makes reading them eight times faster.
    """
    found = np.empty(number, np.int64)
    many: Int = 0
    if number > len(spans) // _DENSE:
        for model in range(len(spans)):
            if marks.states[model].newest != 0 and spans[model].size != 0:
                found[many] = model
                many += 1
        return found[:many]
    for at in range(number):
        node = np.int64(events[at].node)
        if events[at].before < 0 and spans[node].size != 0:
            found[many] = node
            many += 1
    return np.sort(found[:many])


@compiled
def contracts_of(  # noqa: PLR0913, PLR0917  # one search's whole context
    covers: Any,
    table: Any,
    sight: Any,
    marks: Any,
    events: Any,
    number: Int,
    found: Any,
) -> Int:
    """Find the contracts that cover a model which a search downstream reached by a hop; how many there are.

    Each model is looked at once, when it is known how well it is reached. How well each contract is reached stands in
    the marks afterwards, and the contracts in `found`.
    """
    spans, rows, edges, best = covers.spans, covers.rows, covers.edges, marks.best
    visible, known_day = sight.visible, sight.known_day
    many = 0
    for model in _covered_models(spans, marks, events, number):
        start, size = spans[model].start, spans[model].size
        well = np.uint16(well_reached(events, marks, model, 1))
        if (well & MOST_HOPS) == MOST_HOPS - 1:  # it is where the search began: no hop of supply leads there
            continue
        unsure = 0
        for place in range(start, start + size):
            row = rows[place]  # what contracts cover has no period
            good = (row.received <= known_day) & (known_day <= row.ended) & (visible[row.audience] != 0)
            coarse = is_coarse(row, known_day)
            unsure += good & coarse
            # Without a branch: which contracts are new and which are reached better cannot be foretold.
            held = best[row.other]
            better = max(well * np.uint16(good & (not coarse)), held)
            best[row.other] = better
            found[many] = row.other
            many += (held == 0) & (better != 0)
        if unsure:
            many = _by_the_table(rows, edges, table, sight, start, start + size, well, best, found, many)
    return many


@compiled
def _by_the_table(  # noqa: PLR0913, PLR0917  # one loop, and all that it looks at
    rows: Any,
    edges: Any,
    table: Any,
    sight: Any,
    place: Int,
    end: Int,
    well: Int,
    best: Any,
    found: Any,
    many: Int,
) -> Int:
    """The same for rows that are too coarse to tell; how many contracts are found then."""
    for at in range(place, end):
        row = rows[at]
        if is_coarse(row, sight.known_day) and sight.visible[row.audience] and exactly(table, sight, edges[at]):
            held = best[row.other]
            if well > held:
                best[row.other] = well
                found[many] = row.other
                many += held == 0
    return many


@compiled
def own_contracts(  # noqa: C901, PLR0913, PLR0917  # one loop, and all that it looks at
    supply: Any,
    covers: Any,
    table: Any,
    sight: Any,
    names: Any,
    marks: Any,
    events: Any,
    bits: Int,
    found: Any,
    many: Int,
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
        events: room for events.
        bits: the pairs that are asked for.
        found: the contracts that were found otherwise, and room for more.
        many: how many these are.
        best: how well each is reached.

    Returns:
        The events, for their room, and how many contracts are found now.
    """
    for site in names:
        span = supply.spans[site]
        stop = span.start + span.size
        place = bound(supply, span.start, stop, 0)
        while place < stop:
            contract = np.int64(supply.groups[place])
            end = bound(supply, place, stop, contract + 1)
            number = 0
            for name in names:  # all rows that are said for this contract, under whichever name of the site
                first, last = place, end
                if name != site:
                    also = supply.spans[name]
                    limit = also.start + also.size
                    first = bound(supply, also.start, limit, contract)
                    last = bound(supply, first, limit, contract + 1)
                if number + last - first > len(events):
                    events = larger(events, number, last - first)
                for at in range(first, last):
                    row = supply.rows[at]
                    if not is_seen(row, supply.edges[at], table, sight):
                        continue
                    step = 1 << LEVEL | np.int64(row.code & KIND_BITS)
                    new = bits & _REACHING[(row.code >> STRENGTH) & STRENGTH_BITS] & ~marks.states[row.other].bits
                    if new:
                        number = arrive(events, number, -1, marks.states, row.other, step, new)
            place = end
            if number == 0:
                continue
            events, number = spread(
                supply, table, sight, marks, events, number, contract, None, DOWNSTREAM, contract, None, -1
            )
            well = _well_covered(covers, table, sight, events, marks, contract)
            if well > best[contract]:
                if best[contract] == 0:
                    found[many] = contract
                    many += 1
                best[contract] = well
            forget(marks, events, number)
    return events, many


@compiled
def _well_covered(covers: Any, table: Any, sight: Any, events: Any, marks: Any, contract: Int) -> Int:  # noqa: PLR0913, PLR0917
    """How well a contract is reached by the models that it covers."""
    best = 0
    span = covers.spans[contract]
    for place in range(span.start, span.start + span.size):
        row = covers.rows[place]
        if marks.states[row.other].newest == 0 or not is_seen(row, covers.edges[place], table, sight):
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
        if event.before >= 0 or event.node < offset or kind in (_COVERS, _BRAND) or event.step >> LEVEL == 0:
            continue
        found[many] = event.node - offset
        wells[many] = well_reached(events, marks, np.int64(event.node), 0)
        many += 1
    return found[:many], wells[:many]


@compiled
def names_led_to(events: Any, marks: Any, names: Any, plane: Int, bit: Int, level: Int) -> Any:  # noqa: PLR0913, PLR0917
    """Of the names of a site those to which the last hop of a path of that strength and length may lead.

    Args:
        events: of a search upstream.
        marks: of the nodes.
        names: all names of the site.
        plane: where the plane begins that counts: 0, or how many nodes there are.
        bit: of the pair of thresholds.
        level: the number of hops.
    """
    found = np.empty(len(names), np.int64)
    many = 0
    for name in names:
        event = marks.states[name + plane].newest - 1
        while event >= 0 and not events[event].bits & bit:
            event = events[event].before
        if event < 0:
            continue
        step = events[event].step
        if step >> LEVEL == level and step & KIND_BITS != _SAME_SITE:
            found[many] = name
            many += 1
    return found[:many]


@compiled
def models_with_brands(supply: Any, table: Any, sight: Any, marks: Any, events: Any, number: Int) -> Any:  # noqa: PLR0913, PLR0917
    """The models that a search downstream reached, each with a brand of it and how well it is reached."""
    found = np.empty((number, 3), np.int64)
    many = 0
    for at in range(number):
        if events[at].before >= 0:
            continue
        model = np.int64(events[at].node)
        span = supply.spans[model]
        for place in range(span.start, span.start + span.free):
            row = supply.rows[place]
            if row.code & KIND_BITS != _BRAND or not is_seen(row, supply.edges[place], table, sight):
                continue
            if many == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            found[many, 0], found[many, 1] = model, row.other
            found[many, 2] = well_reached(events, marks, model, 0)
            many += 1
    return found[:many]


@compiled
def lines_reached(covers: Any, table: Any, sight: Any, marks: Any, events: Any, number: Int) -> Any:  # noqa: PLR0913, PLR0917
    """The contract lines whose models a search downstream reached by a hop: each contract with the edge of a line."""
    models = _covered_models(covers.spans, marks, events, number)
    many = 0
    for model in models:
        many += covers.spans[model].size
    found = np.empty((many, 2), np.int64)
    many = 0
    for model in models:
        if level_of(events, marks, model, marks.states[model].bits) < 1:
            continue
        span = covers.spans[model]
        for place in range(span.start, span.start + span.size):
            row = covers.rows[place]
            if not is_seen(row, covers.edges[place], table, sight):
                continue
            found[many, 0], found[many, 1] = row.other, covers.edges[place]
            many += 1
    return found[:many]


@compiled
def chain_edges(  # noqa: PLR0913, PLR0917  # one search's whole context
    supply: Any,
    table: Any,
    sight: Any,
    marks: Any,
    events: Any,
    number: Int,
    contract: Int,
    strong: Int,
    weak: Int,
) -> Any:
    """The edges of the chains that a search upstream followed: each with whether it is on a chain of the stronger pair.

    Args:
        supply: the rows of supply, at the starts of edges.
        table: of the edges.
        sight: who looks, and when.
        marks: of the search.
        events: of the search.
        number: how many these are.
        contract: whose scope counts as CONTRACT.
        strong: the bit of the stronger pair of thresholds.
        weak: the bit of the weaker.
    """
    found = np.empty((16, 2), np.int64)
    many = 0
    for at in range(number):
        if events[at].before >= 0:
            continue
        node = np.int64(events[at].node)
        span = supply.spans[node]
        for place in range(span.start + span.free, span.start + span.size):
            row = supply.rows[place]
            bits = marks.states[node].bits
            bits &= _REACHING[strength_for(np.int64(row.code), supply.groups[place], contract)]
            if not bits & (strong | weak) or not is_seen(row, supply.edges[place], table, sight):
                continue
            if many == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            found[many, 0], found[many, 1] = supply.edges[place], bits & strong != 0
            many += 1
    return found[:many]
