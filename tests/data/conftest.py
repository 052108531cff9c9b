from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
EW = "https://w3id.org/ewgraph/ns#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class RecordFile:
    """One graph of a file: statements by subject and predicate, both as IRI text."""

    path: Path
    name: str
    quads: list[ox.Quad] = field(repr=False)

    def values(self, subject: str, predicate: str) -> list[str]:
        return [
            quad.object.value
            for quad in self.quads
            if str(getattr(quad.subject, "value", "")) == subject and quad.predicate.value == predicate
        ]

    def of_type(self, *classes: str) -> set[str]:
        wanted = {f"{EW}{name}" for name in classes}
        return {
            quad.subject.value
            for quad in self.quads
            if quad.predicate.value == RDF_TYPE and quad.object.value in wanted
        }


def records_of(folder: str) -> Iterator[RecordFile]:
    for path in sorted((DATA / folder).glob("*.trig")):
        by_graph: dict[str, list[ox.Quad]] = defaultdict(list)
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TRIG):
            by_graph[getattr(quad.graph_name, "value", "")].append(quad)
        for name, quads in by_graph.items():
            yield RecordFile(path, name, quads)


@pytest.fixture(scope="session")
def reference() -> list[RecordFile]:
    return [*records_of("reference"), *records_of("cases")]


@pytest.fixture(scope="session")
def example() -> list[RecordFile]:
    return list(records_of("example"))
