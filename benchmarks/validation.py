"""One disclosure against the shapes: compiled, by pySHACL shape by shape, and by plain pySHACL over rdflib."""

from __future__ import annotations

import pyshacl
import rdflib

from benchmarks.measure import once_cpu_s, table
from benchmarks.records import disclosure_of_rows
from ewgraph.assets import asset
from ewgraph.model.rdf import IRI, Quad, RdfFormat, Triple, parse
from ewgraph.validate.record_graph import RecordGraph
from ewgraph.validate.shacl import CoreShacl
from ewgraph.validate.shapes import Shapes
from ewgraph.validate.validator import Validator

SIZES = (1_000, 10_000)
SIZE_OF_PEERS = 1_000
_SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def run() -> str:
    """The table."""
    return table(
        "Validating one disclosure: processor seconds; pySHACL at the smallest size only",
        ["rows", "quads", "subjects", "compiled s", "µs a subject", "pySHACL by shape s", "pyshacl.validate s",
         "ratio by shape", "ratio plain"],
        [_row(size) for size in SIZES],
    )  # fmt: skip


def _row(size: int) -> list[object]:
    quads: list[Quad] = list(parse(disclosure_of_rows(size), format=RdfFormat.TRIG))
    record = quads[0].graph_name
    if not isinstance(record, IRI):
        raise TypeError(record)
    graph, validator = RecordGraph(record, quads), Validator(asset("shapes"))
    if validator.validate(record, quads).results:
        raise ValueError("the disclosure does not conform")
    ours = min(once_cpu_s(lambda: validator.validate(record, quads)) for _ in range(5))
    measured: list[object] = [size, len(quads), len(graph.nodes), f"{ours:.3f}", f"{ours / len(graph.nodes) * 1e6:.1f}"]
    if size > SIZE_OF_PEERS:
        return [*measured, "", "", "", ""]
    by_shape, plain = _by_shape(record, quads), _plain(quads)
    return [*measured, f"{by_shape:.1f}", f"{plain:.1f}", f"{by_shape / ours:.0f}", f"{plain / ours:.0f}"]


def _by_shape(record: IRI, quads: list[Quad]) -> float:
    """The seconds of pySHACL on the focus nodes of each shape, with the quads translated for it."""
    shapes = Shapes(asset("shapes"))
    core = CoreShacl(shapes.core_triples(), {shape.iri: shape.targets for shape in shapes.by_iri.values()})
    return once_cpu_s(lambda: list(core.findings(RecordGraph(record, quads))))


def _plain(quads: list[Quad]) -> float:
    """The seconds of pySHACL as anybody calls it, without the time that rdflib takes to read the data."""
    shapes = rdflib.Graph(bind_namespaces="none")
    for file in sorted(asset("shapes").glob("*.ttl")):
        shapes.parse(file, format="turtle")
    for component in list(shapes.subjects(rdflib.RDF.type, _SH.ConstraintComponent)):
        shapes.remove((component, None, None))
    data = rdflib.Graph(bind_namespaces="none")
    data.parse(data="".join(f"{Triple(*quad.triple)} .\n" for quad in quads), format="nt")
    return once_cpu_s(lambda: pyshacl.validate(data, shacl_graph=shapes, inplace=True))
