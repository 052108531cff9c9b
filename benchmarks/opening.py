"""Opens the files of an index in a fresh process, asks it one thing, and says what that took, as JSON.

python -m benchmarks.opening FOLDER SITE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.generate import lens_of
from benchmarks.measure import once_s
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.index import files
from ewgraph.index.files import IndexFolder
from ewgraph.index.index import Index
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Window


def memory_mb() -> tuple[int, int]:
    """What this process has in memory, in MB; and of that what is its own, not mapped from files."""
    told = dict(
        line.split(":") for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    )
    kept = {name: int(value.split()[0]) // 1024 for name, value in told.items()}
    return kept["Rss"], kept["Anonymous"]


def main(folder: Path, site: IRI) -> None:
    """Open, ask, tell."""
    found: list[Index] = []

    def opened() -> None:
        newest = IndexFolder(folder).newest()
        known = files.read(newest) if newest else None
        if known is None:
            raise RuntimeError("there is no index there")
        found.append(Index(GraphStore.in_memory(), known[0]))

    before = memory_mb()[0]
    ready = once_s(opened)
    lens = lens_of(found[0])
    asked = once_s(lambda: lens.contracts_touching(site, Scope.COMPANY, EvidenceBasis.INFERRED, Window(50)))
    resident, own = memory_mb()
    print(json.dumps({"ready": ready, "first": asked, "before": before, "resident": resident, "own": own}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), IRI(sys.argv[2]))
