"""What the rows at some nodes say to a reader: other names of a site, facts, what a contract covers. No search."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from ewgraph.index.compiled import Int, compiled
from ewgraph.index.layout import KIND_BITS, OF_BRAND, Kind
from ewgraph.index.search import counts, is_seen

_SAME_SITE: Final = int(Kind.SAME_SITE)
_BRAND: Final = int(Kind.BRAND)
_TYPE: Final = int(Kind.TYPE)

WITH_BRANDS: Final = True
NAMES_ONLY: Final = False


@compiled
def joined(supply: Any, table: Any, sight: Any, node: Int, brands: Int) -> Any:
    """The node first, then those that it is joined to upstream by what is no hop.

    Args:
        supply: the rows of supply, at the starts of edges.
        table: of the edges.
        sight: who looks, and when.
        node: the node.
        brands: whether that is a model's brands besides other names of a site.
    """
    nodes = np.empty(1, np.int64)
    nodes[0] = node
    at = 0
    while at < len(nodes):
        span = supply.spans[nodes[at]]
        at += 1
        for place in range(span.start, span.start + span.free):
            row = supply.rows[place]
            if not brands and row.code & KIND_BITS != _SAME_SITE:
                continue
            if is_seen(row, supply.edges[place], table, sight) and not np.any(nodes == row.other):
                nodes = np.append(nodes, np.int64(row.other))
    return nodes


@compiled
def of_kinds(facts: Any, sight: Any, nodes: Any, kinds: Any) -> Any:
    """For each node whether it is visibly of one of the kinds."""
    good = np.zeros(len(nodes), np.bool_)
    for at in range(len(nodes)):
        span = facts.spans[nodes[at]]
        for place in range(span.start, span.start + span.size):
            row = facts.rows[place]
            if row.code & KIND_BITS == _TYPE and np.any(kinds == row.other) and sight.visible[row.audience]:
                good[at] = True
    return good


@compiled
def joined_sites(supply: Any, sites: Any) -> Any:
    """For each site whether anybody ever said that it goes by another name."""
    several = np.zeros(len(sites), np.bool_)
    for at in range(len(sites)):
        several[at] = supply.spans[sites[at]].free > 0
    return several


@compiled
def joins(supply: Any, table: Any, sight: Any, site: Int) -> Any:
    """The other names of a site, each with an edge that says so: those of one step."""
    span = supply.spans[site]
    found = np.empty((span.free, 2), np.int64)
    many = 0
    for place in range(span.start, span.start + span.free):
        row = supply.rows[place]
        if row.code & KIND_BITS != _SAME_SITE:
            continue
        if not is_seen(row, supply.edges[place], table, sight):
            continue
        found[many, 0] = row.other
        found[many, 1] = supply.edges[place]
        many += 1
    return found[:many]


@compiled
def first_with(facts: Any, sight: Any, nodes: Any, kind: Int, seen: Any) -> Any:
    """Whom nodes point at by a fact of a kind, each with the first of the nodes that does.

    Args:
        facts: the rows of facts, at the starts of edges.
        sight: who looks.
        nodes: the nodes.
        kind: of the facts.
        seen: for all nodes 0, before and after.
    """
    found = np.empty((16, 2), np.int64)
    many = 0
    for node in nodes:
        span = facts.spans[node]
        for place in range(span.start, span.start + span.size):
            row = facts.rows[place]
            if row.code & KIND_BITS != kind or seen[row.other] or not sight.visible[row.audience]:
                continue
            if many == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            seen[row.other] = 1
            found[many, 0], found[many, 1] = row.other, node
            many += 1
    for at in range(many):
        seen[found[at, 0]] = 0
    return found[:many]


@compiled
def first_of_each(pairs: Any, seen: Any) -> Any:
    """The places of the pairs whose second node is in none before."""
    found = np.empty(len(pairs), np.int64)
    many = 0
    for at in range(len(pairs)):
        if not seen[pairs[at, 1]]:
            seen[pairs[at, 1]] = 1
            found[many] = at
            many += 1
    for at in range(many):
        seen[pairs[found[at], 1]] = 0
    return found[:many]


@compiled
def facts_of(facts: Any, sight: Any, nodes: Any, kind: Int) -> Any:
    """The facts of a kind about nodes: each node with what it points at."""
    many = 0
    for node in nodes:
        many += facts.spans[node].size
    found = np.empty((many, 2), np.int64)
    many = 0
    for node in nodes:
        span = facts.spans[node]
        for place in range(span.start, span.start + span.size):
            row = facts.rows[place]
            if row.code & KIND_BITS == kind and sight.visible[row.audience]:
                found[many, 0], found[many, 1] = node, row.other
                many += 1
    return found[:many]


@compiled
def models_covered(covers: Any, table: Any, sight: Any, contract: Int) -> Any:
    """The models that a contract covers, each once."""
    span = covers.spans[contract]
    found = np.empty(span.size, np.int64)
    many = 0
    for place in range(span.start, span.start + span.size):
        row = covers.rows[place]
        if not is_seen(row, covers.edges[place], table, sight):
            continue
        found[many] = row.other
        many += 1
    return np.unique(found[:many])


@compiled
def followed(side: Any, supply: Any, table: Any, sight: Any, events: Any, number: Int) -> Any:  # noqa: PLR0913, PLR0917
    """The edges at the nodes that a search reached, but for those that say whose brand a model is.

    Args:
        side: the rows at the nodes.
        supply: the rows of supply at the ends of edges: what is said of a brand counts where the brand has a model.
        table: of the edges.
        sight: who looks, and when.
        events: of the search.
        number: how many these are.
    """
    found = np.empty(16, np.int64)
    many = 0
    for at in range(number):
        if events[at].before < 0:
            span = side.spans[events[at].node]
            while many + span.size > len(found):
                found = np.concatenate((found, np.empty_like(found)))
            many = _edges_at(side, supply, table, sight, span, found, many)
    return found[:many]


@compiled
def edges_at(side: Any, supply: Any, table: Any, sight: Any, node: Int) -> Any:
    """The same of one node."""
    span = side.spans[node]
    found = np.empty(span.size, np.int64)
    return found[: _edges_at(side, supply, table, sight, span, found, 0)]


@compiled
def _edges_at(side: Any, supply: Any, table: Any, sight: Any, span: Any, found: Any, many: Int) -> Int:  # noqa: PLR0913, PLR0917
    for place in range(span.start, span.start + span.size):
        row = side.rows[place]
        if row.code & KIND_BITS == _BRAND or not is_seen(row, side.edges[place], table, sight):
            continue
        if row.code & OF_BRAND and not _has_model(supply, sight, table.edges[side.edges[place]].start):
            continue
        found[many] = side.edges[place]
        many += 1
    return many


@compiled
def _has_model(supply: Any, sight: Any, brand: Int) -> Int:
    span = supply.spans[brand]
    for place in range(span.start, span.start + span.free):
        row = supply.rows[place]
        if row.code & KIND_BITS == _BRAND and counts(row, sight.visible, sight.day, sight.known_day):
            return True
    return False
