"""The validator: one report from three sources, the same results as plain SHACL."""

import gc
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyshacl
import pytest
import rdflib

from ewgraph.errors import InputError
from ewgraph.model.rdf import IRI, BlankNode, Quad, RdfFormat, Triple, parse
from ewgraph.validate.record_graph import RecordGraph
from ewgraph.validate.report import SH, Report, Severity
from ewgraph.validate.shacl import CoreShacl
from ewgraph.validate.shapes import EWS, Shapes
from ewgraph.validate.validator import Validator, filled

ROOT = Path(__file__).parents[2]
RECORD = IRI("https://data.example.org/id/R")
ReportOn = Callable[..., Report]


def test_an_ill_formed_date_is_refused_by_the_shape_that_asks_for_a_date(report_on: ReportOn) -> None:
    head = (
        'ex:R a ew:Disclosure ; prov:wasAttributedTo ex:org ; ew:visibility vis:public ; ew:receivedAt "2024-13-45" .'
    )
    (datatype, zone) = report_on("", head=head.replace('45"', '45"^^xsd:dateTime')).results
    assert (datatype.source_shape, datatype.value) == (f"{EWS}receivedAt", "2024-13-45")
    assert datatype.component == f"{SH}DatatypeConstraintComponent"
    assert zone.source_shape == f"{EWS}receivedAt-zone"


def test_a_time_without_a_zone_is_refused_with_its_text(report_on: ReportOn) -> None:
    head = """ex:R a ew:Disclosure ; prov:wasAttributedTo ex:org ; ew:visibility vis:public ;
      ew:receivedAt "2024-05-02T10:00:00"^^xsd:dateTime ."""
    (result,) = report_on("", head=head).results
    assert result.message == 'Add the time zone to "2024-05-02T10:00:00": Z for UTC, or an offset such as +01:00.'
    assert result.messages.keys() == {"en", "de", "nb", "es"}


def test_a_result_on_a_node_without_a_name_says_whose_it_is(report_on: ReportOn) -> None:
    site = "ex:f a ew:Factory ; rdfs:label 'F' ; locn:address [ a locn:Address ; ew:country country:CHN ] ."
    (result,) = report_on(site).results
    assert result.focus_node.startswith("_:")
    assert result.about == "https://data.example.org/id/f"
    assert result.severity is Severity.WARNING


def test_an_identifier_is_checked_by_its_scheme_and_the_message_gives_the_reason(report_on: ReportOn) -> None:
    adms, skos = "http://www.w3.org/ns/adms#", "http://www.w3.org/2004/02/skos/core#"
    site = f"""ex:f a ew:Organization ; rdfs:label 'F' ; <{adms}identifier> [ a <{adms}Identifier> ;
      <{skos}notation> '5412345000014' ; <{adms}schemaAgency> '%s' ] ."""
    (result,) = report_on(site % "gln").results
    assert result.component == f"{EWS}SchemeFromConstraintComponent"
    assert "check digit of the GLN" in result.message
    assert report_on(site % "a register without a rule").results == ()


def test_a_value_of_another_class_is_refused_where_the_record_describes_it(report_on: ReportOn) -> None:
    claim = """ex:c a ew:SupplyClaim ; ew:assertedIn ex:R ; ew:output ex:m ; ew:site ex:%s ;
      ew:tier tier:final-assembly ; ew:scope scope:model ; ew:evidenceBasis eb:contract-disclosure ;
      ew:validFrom "2024-01-01"^^xsd:date .
      ex:company a ew:Organization ; rdfs:label 'Company' ."""
    (result,) = report_on(claim % "company").results
    assert result.component == f"{EWS}ClassIfDescribedConstraintComponent"
    assert report_on(claim % "elsewhere").results == ()


def test_a_contract_that_is_only_named_needs_no_header(report_on: ReportOn) -> None:
    assert report_on("ex:k a ew:Contract ; rdfs:label 'K' .").results == ()


def test_a_message_without_a_value_drops_the_half_sentence_that_names_it() -> None:
    assert filled("Choose one; {$value} is none.", {}) == "Choose one."
    assert filled("Choose one; {$value} is none.", {"value": '"x"'}) == 'Choose one; "x" is none.'


def test_statements_of_another_graph_are_refused(validator: Validator) -> None:
    quad = Quad(RECORD, IRI("https://example.org/p"), RECORD, IRI("https://example.org/other"))
    with pytest.raises(InputError, match="one graph for each record"):
        validator.validate(RECORD, [quad])


def test_a_statement_about_a_statement_is_refused(validator: Validator) -> None:
    graph = "<https://data.example.org/id/R> { <tag:s> <tag:p> 'o' {| <tag:q> 1 |} }"
    report = validator.validate(RECORD, parse(graph, format=RdfFormat.TRIG))
    assert f"{EWS}StatementAboutStatement" in {result.component for result in report.results}


def test_threads_that_share_a_validator_get_what_one_gets_alone(validator: Validator) -> None:
    records = []
    for name in ("Finding", "SupplyClaim", "Contract", "disclosure"):
        path = ROOT / "tests" / "shapes" / f"conforms-{name}.trig"
        quads = list(parse(path=str(path), format=RdfFormat.TRIG))
        records.append(quads[::2] + [quad for quad in quads[1::2] if quad.predicate.value.endswith("#type")])
    alone = [validator.validate(RECORD, quads) for quads in records]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda quads: validator.validate(RECORD, quads), records * 4))
    assert together == alone * 4
    assert all(report.results for report in alone)


def test_no_processor_is_loaded_where_every_shape_is_compiled() -> None:
    program = f"""import sys, pathlib, ewgraph.validate.validator as v
v.Validator(pathlib.Path({str(ROOT / "shapes")!r}))
sys.exit("rdflib" in sys.modules or "pyshacl" in sys.modules)"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_shape_that_cannot_be_compiled_is_run_by_pyshacl(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "shapes", tmp_path, dirs_exist_ok=True)
    (tmp_path / "more.ttl").write_text(
        f"""@prefix sh: <{SH}> . @prefix ews: <{EWS}> . @prefix ew: <https://w3id.org/ewgraph/ns#> .
        ews:acme a sh:PropertyShape ; sh:targetClass ew:Disclosure ; sh:path ew:receivedAt ; sh:pattern "^1" ;
          sh:flags "q" ; sh:severity sh:Warning ; sh:message "Not in this millennium."@en .""",
        "utf-8",
    )
    quads = list(parse(path=str(ROOT / "tests" / "shapes" / "conforms-disclosure.trig"), format=RdfFormat.TRIG))
    (result,) = Validator(tmp_path).validate(RECORD, quads).results
    assert (result.source_shape, result.severity) == (f"{EWS}acme", Severity.WARNING)


def test_a_record_that_is_indexed_already_gets_the_same_report(validator: Validator) -> None:
    quads = list(parse(path=str(ROOT / "tests" / "shapes" / "conforms-Finding.trig"), format=RdfFormat.TRIG))[::2]
    assert validator.validate_graph(RecordGraph(RECORD, quads)) == validator.validate(RECORD, quads)


def test_the_collector_is_left_as_it_was(validator: Validator) -> None:
    for asked, as_was in ((gc.enable, True), (gc.disable, False)):
        asked()
        try:
            validator.validate(RECORD, [])
            assert gc.isenabled() is as_was
        finally:
            gc.enable()


def _as_written() -> rdflib.Graph:
    """The shapes graph as its files have it, less the declarations that pySHACL would ask an implementation for."""
    graph = rdflib.Graph(bind_namespaces="none")
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(file, format="turtle")
    for component in list(graph.subjects(rdflib.RDF.type, rdflib.SH.ConstraintComponent)):
        graph.remove((component, None, None))
    return graph


def _broken_examples() -> Iterator[RecordGraph]:
    """Each example, and each example with all values of each third property replaced by a text, or left out."""
    for file in sorted((ROOT / "tests" / "shapes").glob("conforms-*.trig"))[::3]:
        quads = list(parse(path=str(file), format=RdfFormat.TRIG))
        record = quads[0].graph_name
        assert isinstance(record, IRI)
        yield RecordGraph(record, quads)
        typed = [quad for quad in quads if quad.predicate.value.endswith("#type")]
        others = [quad for quad in quads if not quad.predicate.value.endswith("#type")]
        yield RecordGraph(record, [*typed, *others[::2]])
        yield RecordGraph(record, [*typed, *(Quad(q.subject, q.predicate, record, q.graph_name) for q in others)])


def _found_by_pyshacl(graph: RecordGraph, shapes: rdflib.Graph) -> list[tuple[str, ...]]:
    """The results of pySHACL as anybody calls it."""
    data = rdflib.Graph(bind_namespaces="none")
    triples = [Triple(node, *statement) for node in graph.subjects for statement in graph.statements(node)]
    data.parse(data="".join(f"{triple} .\n" for triple in triples), format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    names = ("sourceShape", "sourceConstraintComponent", "focusNode", "resultPath", "value")
    return sorted(
        tuple(_comparable(report.value(result, rdflib.SH[name])) for name in names)
        for result in report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)
    )


def _comparable(term: object) -> str:
    """The text of a term of either library; a blank node has another name in each."""
    if term is None:
        return ""
    return "_" if isinstance(term, rdflib.BNode | BlankNode) else str(getattr(term, "value", None) or term)


def test_the_rewritten_shapes_find_what_the_shapes_as_written_find() -> None:
    shapes = Shapes(ROOT / "shapes")
    rewritten = CoreShacl(shapes.core_triples(), {shape.iri: shape.targets for shape in shapes.by_iri.values()})
    written = _as_written()
    total = 0
    for graph in _broken_examples():
        found = sorted(
            tuple(_comparable(term) for term in (f.shape, f.component, f.focus, f.path, f.value))
            for f in rewritten.findings(graph)
        )
        assert found == _found_by_pyshacl(graph, written)
        total += len(found)
    assert total > 300
