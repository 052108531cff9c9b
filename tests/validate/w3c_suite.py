"""The W3C test suite for SHACL core, from the source distribution of pySHACL, which carries it.

pip fetches it once for each version of pySHACL and puts it into the environment beside the packages; what it fetches is
checked against the digest in uv.lock.
"""

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ewgraph.model.rdf import IRI, BlankNode, Quad, RdfFormat, Triple, parse
from ewgraph.validate.compiled import CompiledShapes
from ewgraph.validate.record_graph import RecordGraph, Value
from ewgraph.validate.shapes_graph import ShapesGraph, sh
from ewgraph.validate.targets import declared_targets

ROOT = Path(__file__).parents[2]
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
GRAPH = IRI("urn:x-ewgraph:data")
Outcome = tuple[str, str, str, str, str, str]


def suite_folder() -> Path:
    """The folder of the suite, fetched where it is not there yet."""
    release = version("pyshacl")
    folder = Path(sys.prefix) / "share" / "ewgraph-tests" / f"pyshacl-{release}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as waiting:
            _fetch(release, Path(waiting))
            (unpacked,) = (path for path in Path(waiting).iterdir() if path.is_dir())
            try:
                os.replace(unpacked, folder)  # noqa: PTH105  # in one step: another test process may do the same
            except OSError:
                assert folder.exists()
    return folder / "test" / "resources" / "sht_tests" / "core"


def _fetch(release: str, folder: Path) -> None:
    """Download and unpack the source distribution."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "pyshacl"]
    done = subprocess.run(
        [*command, "--dest", str(folder), f"pyshacl=={release}"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"the W3C suite comes with pySHACL's source, which pip could not fetch: {done.stderr}"
    (archive,) = folder.glob("*.tar.gz")
    locked = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    (expected,) = (each["sdist"]["hash"] for each in locked if each["name"] == "pyshacl" and each["version"] == release)
    assert f"sha256:{hashlib.sha256(archive.read_bytes()).hexdigest()}" == expected
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()


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
