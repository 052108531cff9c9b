"""A generated world for those who know only nodes and edges: what every peer of the trace engine searches.

It is the easier task: no audiences, no instants, no scopes, no evidence, no paths. Every edge counts for everybody.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.generate import World
from ewgraph.index.layout import KIND_BITS, Kind

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a graph: how many other nodes can be reached from a node.

    Attributes:
        name: of the question.
        node: where to begin.
        up: whether against the flow of goods, from a contract to the mines, or with it.
    """

    name: str
    node: int
    up: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """A graph of numbered nodes.

    Attributes:
        nodes: how many there are.
        start: of each edge the node nearer to the contract.
        end: of each edge the node nearer to the mine.
    """

    nodes: int
    start: Ints
    end: Ints

    @classmethod
    def of(cls, world: World) -> Plain:
        """What leads anywhere in a world: its hops, whose brand a model is, which sites are one."""
        edges = world.tables.edges
        leads = (edges["code"] & KIND_BITS) <= Kind.BRAND
        return cls(sum(world.groups), edges["start"][leads].copy(), edges["end"][leads].copy())

    def write(self, folder: Path, questions: list[Asked]) -> None:
        """Write it for another process, with what to ask."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "start.npy", self.start)
        np.save(folder / "end.npy", self.end)
        told = {"nodes": self.nodes, "questions": [asdict(one) for one in questions]}
        (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")


def read(folder: Path) -> tuple[Plain, list[Asked]]:
    """What another process wrote."""
    told: Mapping[str, Any] = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    plain = Plain(told["nodes"], np.load(folder / "start.npy"), np.load(folder / "end.npy"))
    return plain, [Asked(**one) for one in told["questions"]]
