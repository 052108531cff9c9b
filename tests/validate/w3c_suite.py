"""The W3C test suite for SHACL core, from the source distribution of pySHACL, which carries it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ewgraph.model.rdf import IRI, BlankNode, Quad, RdfFormat, Triple, parse
from ewgraph.validate.compiled import CompiledShapes
from ewgraph.validate.record_graph import RecordGraph, Value
from ewgraph.validate.shapes_graph import ShapesGraph, sh
from ewgraph.validate.targets import declared_targets
from tests.sdists import unpacked

ROOT = Path(__file__).parents[2]
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
GRAPH = IRI("urn:x-ewgraph:data")
Outcome = tuple[str, str, str, str, str, str]


def suite_folder() -> Path:
    """The folder of the suite, fetched where it is not there yet."""
    return unpacked("pyshacl") / "test" / "resources" / "sht_tests" / "core"


@dataclass(frozen=True)
class Case:
    """A test of the suite: a shapes graph, a data graph, and the results to come."""

    name: str
    manifest: ShapesGraph
    action: Value
    result: Value

    def _graph(self, local_name: str) -> list[Triple]:
        file = self.manifest.one(self.action, IRI(SHT + local_name))
        assert isinstance(file, IRI)
        return statements(Path(file.value.removeprefix("file://")))

    def found(self) -> Counter[Outcome]:
        """What the compiled shapes find; each result as often as it comes."""
        shapes = ShapesGraph(self._graph("shapesGraph"))
        compiled = CompiledShapes(shapes, declared_targets(shapes))
        assert compiled.uncompiled == {}
        data = RecordGraph(GRAPH, [Quad(*triple, GRAPH) for triple in self._graph("dataGraph")])
        return Counter(
            (
                _text(finding.focus),
                _path(shapes, finding.path or shapes.one(finding.shape, sh("path"))),
                _text(finding.value),
                _text(finding.component),
                _text(shapes.one(finding.shape, sh("severity")) or sh("Violation")),
                _text(finding.shape),
            )
            for finding in compiled.findings(data)
        )

    def expected(self) -> Counter[Outcome]:
        """What the suite says is found."""
        names = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")
        results = self.manifest.values(self.result, sh("result"))
        outcomes: Counter[Outcome] = Counter()
        for result in results:
            focus, path, *others = (self.manifest.one(result, sh(name)) for name in names)
            value, component, severity, shape = (_text(term) for term in others)
            outcomes[_text(focus), _path(self.manifest, path), value, component, severity, shape] += 1
        return outcomes


def statements(file: Path) -> list[Triple]:
    """What a Turtle file says."""
    return [quad.triple for quad in parse(path=str(file), format=RdfFormat.TURTLE, base_iri=file.resolve().as_uri())]


def cases(manifest: Path) -> Iterator[Case]:
    """It yields the tests of a manifest and of those that it includes."""
    graph, own = ShapesGraph(statements(manifest)), IRI(manifest.resolve().as_uri())
    for included in graph.values(own, IRI(f"{MANIFEST}include")):
        assert isinstance(included, IRI)
        yield from cases(Path(included.value.removeprefix("file://")))
    for entries in graph.values(own, IRI(f"{MANIFEST}entries")):
        for entry in graph.members(entries):
            action, result = (graph.one(entry, IRI(MANIFEST + name)) for name in ("action", "result"))
            assert isinstance(entry, IRI)
            assert action is not None
            assert result is not None
            yield Case(entry.value.rpartition("/")[2], graph, action, result)


def _text(term: Value | None) -> str:
    """The term; a blank node has another name in each file."""
    return "" if term is None else "_:" if isinstance(term, BlankNode) else str(term)


def _path(shapes: ShapesGraph, path: Value | None) -> str:
    """A property path, whatever its blank nodes are called."""
    if not isinstance(path, BlankNode):
        return _text(path)
    if shapes.is_list(path):
        return "(" + " ".join(_path(shapes, member) for member in shapes.members(path)) + ")"
    return f"[{' '.join(f'{form} {_path(shapes, shapes.one(path, form))}' for form in shapes.predicates(path))}]"
