"""What an index holds, in words: two that hold the same say the same, however they came about."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ewgraph.index.holding import Holding
from ewgraph.index.layout import COMPLEX, KIND_BITS, NOBODY, NONE, STRENGTH, Kind
from ewgraph.index.lifetimes import lifetimes
from ewgraph.index.sides import Side


def told(holding: Holding) -> set[str]:
    """A line for each edge that somebody sees and for each revision or retraction."""
    return {*_edges(holding), *_enders(holding)}


def faults(holding: Holding) -> Iterator[str]:
    """It yields what is wrong between the table of edges and their rows."""
    table = holding.table
    numbers = np.arange(len(holding), dtype=np.int64)
    ended, complicated = lifetimes(table.edges[numbers], numbers, holding.endings, holding.audiences)
    for number in range(len(holding)):
        edge = table.edges[number]
        for name, side, node, other in zip(
            ("start", "end"),
            holding.sides.of(int(edge["code"]) & KIND_BITS),
            (int(edge["start"]), int(edge["end"])),
            (int(edge["end"]), int(edge["start"])),
            strict=True,
        ):
            rows = [place for place in _places(side, node) if side.edges[place] == number]
            if len(rows) != 1:
                yield f"edge {number} has {len(rows)} rows at its {name}"
                continue
            row = side.rows[rows[0]]
            if (int(row["other"]), int(row["audience"])) != (other, int(edge["audience"])):
                yield f"the row of edge {number} at its {name} is of another"
            if (int(row["ended"]), int(row["code"]) & COMPLEX) != (int(ended[number]), int(complicated[number])):
                yield f"the row of edge {number} at its {name} does not know when it ends"
        for side in holding.sides.of(int(edge["code"]) & KIND_BITS):
            keys = [(int(side.groups[at]), int(side.edges[at])) for at in _places(side, int(edge["start"]))]
            if keys != sorted(keys):
                yield f"the rows of node {int(edge['start'])} are not sorted"


def _places(side: Side, node: int) -> range:
    span = side.spans[node]
    return range(int(span["start"]), int(span["start"]) + int(span["size"]))


def _edges(holding: Holding) -> Iterator[str]:
    names, edges = holding.nodes.names, holding.table.edges
    ends, _, known_to = holding.endings.arrays()
    ended = set(ends[known_to != NOBODY].tolist())
    for number in range(len(holding)):
        kind, start, end, contract, about, code = (
            Kind(int(edges[number]["code"]) & KIND_BITS).name,
            *(int(edges[number][name]) for name in ("start", "end", "contract", "about", "code")),
        )
        record, audience = int(edges[number]["record"]), int(edges[number]["audience"])
        if audience == NOBODY:
            continue
        period = [int(edges[number][name]) for name in ("valid_from", "valid_to", "tier")]
        words = [
            *(names[start], kind, names[end], holding.claims[number]),
            *("" if node == NONE else names[node] for node in (contract, about)),
            *(("", "") if record == NONE else (holding.records.names[record], str(holding.received(record)))),
            *map(str, period),
            str(code >> STRENGTH & 31),
            *sorted(graph.value for graph in holding.audiences[audience]),
            *(["retracted"] if 2 * number in ended else []),
            *(["revised"] if record != NONE and 2 * record + 1 in ended else []),
        ]
        yield " ".join(words)


def _enders(holding: Holding) -> Iterator[str]:
    for name, ender in holding.endings.enders.items():
        graphs = sorted(graph.value for graph in holding.audiences[ender.audience])
        if graphs:
            yield " ".join([name, "ends", *sorted(ender.records), *sorted(ender.claims), str(ender.at), *graphs])
