"""The compiled shapes find what pySHACL finds, on records that conform and on records that are broken in many ways."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from pyshacl.errors import ReportableRuntimeError

from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, RdfFormat, parse
from ewgraph.validate.compiled import CompiledShapes
from ewgraph.validate.finding import Finding
from ewgraph.validate.lexical import XSD
from ewgraph.validate.ordering import comparable
from ewgraph.validate.record_graph import RDF_TYPE, RecordGraph, Value
from ewgraph.validate.report import SH
from ewgraph.validate.shacl import CoreShacl
from ewgraph.validate.shapes import Shapes
from ewgraph.validate.shapes_graph import ShapesGraph
from ewgraph.validate.targets import Targets, declared_targets

ROOT = Path(__file__).parents[2]
CONFORMING = sorted((ROOT / "tests" / "shapes").glob("conforms-*.trig"))
PUBLISHED = sorted([*(ROOT / "data" / "example").glob("*.trig"), *(ROOT / "data" / "cases").glob("*.trig")])
DATATYPES = [
    *("string", "date", "dateTime", "gYear", "gYearMonth", "duration", "integer", "nonNegativeInteger", "byte"),
    *("decimal", "double", "boolean", "anyURI"),
]
SHAPES = Shapes(ROOT / "shapes")
TARGETS = {shape.iri: shape.targets for shape in SHAPES.by_iri.values()}
COMPARED_WITH = {
    triple.subject: triple.object
    for triple in SHAPES.core_triples()
    if triple.predicate.value in {f"{SH}lessThan", f"{SH}lessThanOrEquals"} and isinstance(triple.object, IRI)
}
COMPILED = CompiledShapes(ShapesGraph(SHAPES.core_triples()), {iri: Targets(each) for iri, each in TARGETS.items()})
REFERENCE = CoreShacl(SHAPES.core_triples(), TARGETS)


def records(file: Path) -> dict[IRI, list[Quad]]:
    found: dict[IRI, list[Quad]] = {}
    for quad in parse(path=str(file), format=RdfFormat.TRIG):
        if isinstance(quad.graph_name, IRI):
            found.setdefault(quad.graph_name, []).append(quad)
    return found


BASES = [(record, tuple(quads)) for file in CONFORMING for record, quads in records(file).items()]
EVERY_QUAD = [quad for _, quads in BASES for quad in quads]


def has_an_order(graph: RecordGraph, finding: Finding) -> bool:
    """Whether SPARQL orders the values that the finding compares.

    Where it does not, pySHACL goes by the names of the datatypes, or by the text without its time zone; the compiled
    shapes go by the specification.
    """
    name = finding.component.value.removeprefix(SH)
    if name.startswith(("MinI", "MinE", "MaxI", "MaxE")):
        value = comparable(finding.value) if isinstance(finding.value, Literal) else None
        return not isinstance(finding.value, Literal) or (value is not None and value.kind == "number")
    if not name.startswith("LessThan") or finding.path is None:
        return True
    values = [*graph.values(finding.focus, finding.path), *graph.values(finding.focus, COMPARED_WITH[finding.shape])]
    kinds = {each and (each.kind, each.spread) for each in map(comparable, values)}
    return len(kinds) == 1 and None not in kinds


def compared(graph: RecordGraph) -> tuple[set[Finding], set[Finding]]:
    """What either finds, less comparisons of what has no order."""
    compiled, reference = set(COMPILED.findings(graph)), set(REFERENCE.findings(graph))
    places = {f[:4] for f in compiled | reference if not has_an_order(graph, f)}
    return {f for f in compiled if f[:4] not in places}, {f for f in reference if f[:4] not in places}


def test_every_shape_of_ours_is_compiled() -> None:
    assert COMPILED.uncompiled == {}


@pytest.mark.parametrize("file", [*CONFORMING, *PUBLISHED], ids=lambda file: file.stem)
def test_both_find_the_same_in_the_records_of_a_file(file: Path) -> None:
    for record, quads in records(file).items():
        compiled, reference = compared(RecordGraph(record, quads))
        assert compiled == reference


def halves() -> Iterator[RecordGraph]:
    """Each example with every second statement left out, and with every value replaced by the record's name."""
    for record, quads in BASES:
        typed = [quad for quad in quads if quad.predicate == RDF_TYPE]
        others = [quad for quad in quads if quad.predicate != RDF_TYPE]
        yield RecordGraph(record, [*typed, *others[::2]])
        yield RecordGraph(record, [*typed, *(Quad(q.subject, q.predicate, record, q.graph_name) for q in others)])


def test_both_find_the_same_where_half_of_a_record_is_missing_or_wrong() -> None:
    total = 0
    for graph in halves():
        compiled, reference = compared(graph)
        assert compiled == reference
        total += len(compiled)
    assert total > 1000


def test_the_shapes_as_their_files_have_them_find_the_same_as_each_shape_by_itself() -> None:
    files = sorted((ROOT / "shapes").glob("*.ttl"))
    graph = ShapesGraph(
        quad.triple for f in files for quad in parse(path=str(f), format=RdfFormat.TURTLE, rename_blank_nodes=True)
    )
    written = CompiledShapes(graph, declared_targets(graph))
    assert written.uncompiled == {}
    for record in halves():
        assert set(written.findings(record)) == set(COMPILED.findings(record))


@st.composite
def broken_records(draw: st.DrawFn) -> RecordGraph:
    """A conforming record after one to four changes."""
    record, conforming = draw(st.sampled_from(BASES))
    quads = list(conforming)
    for _ in range(draw(st.integers(1, 4))):
        index = draw(st.integers(0, len(quads) - 1))
        change = draw(st.sampled_from(["drop", "value", "value", "value", "second value", "property"]))
        if change == "drop" and len(quads) > 1:
            del quads[index]
            continue
        subject, predicate, value, graph_name = quads[index]
        if change == "property":
            predicate = draw(st.sampled_from(EVERY_QUAD)).predicate
        value = draw(other_values(value)) if change != "property" else draw(st.sampled_from(EVERY_QUAD)).object
        made = Quad(subject, predicate, value, graph_name)
        if change == "value":
            quads[index] = made
        else:
            quads.append(made)
    return RecordGraph(record, quads)


@st.composite
def other_values(draw: st.DrawFn, value: Value) -> Value:
    """Another value: of another kind, datatype, language or list, or ill-formed."""
    text = getattr(value, "value", "")
    return draw(
        st.one_of(
            st.sampled_from(EVERY_QUAD).map(lambda quad: quad.object),
            st.sampled_from(EVERY_QUAD).filter(lambda quad: quad.predicate == RDF_TYPE).map(lambda quad: quad.object),
            st.sampled_from(DATATYPES).map(lambda name: Literal(text, datatype=IRI(XSD + name))),
            st.sampled_from(DATATYPES).map(lambda name: Literal("-1", datatype=IRI(XSD + name))),
            st.sampled_from(["en", "EN", "de-CH", "nb"]).map(lambda tag: Literal(text, language=tag)),
            st.just(Literal(text)),
            st.just(Literal(" ")),
            st.just(BlankNode("other")),
            st.just(IRI("https://data.example.org/id/other")),
        )
    )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(graph=broken_records())
def test_both_find_the_same_in_any_broken_record(graph: RecordGraph) -> None:
    try:
        compiled, reference = compared(graph)
    except ReportableRuntimeError:  # pySHACL compares no blank nodes
        reject()
    assert compiled == reference
