"""The report as RDF is SHACL's, read back by another library."""

import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, Namespace, URIRef

from ewgraph.ingest.answer import rdf
from ewgraph.ingest.answer.report import DisclosureReport
from tests.ingest.answer.reports import HOSTILE, LANGUAGES, SHAPES, cell_result, full_report, hostile_report, report_of

EW = Namespace("https://w3id.org/ewgraph/ns#")


def graph_of(report: DisclosureReport) -> Graph:
    return Graph().parse(data=rdf.render(report), format="turtle")


def test_each_result_is_a_validation_result_of_the_one_report() -> None:
    graph = graph_of(full_report())
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)  # noqa: FBT003  # RDF's boolean
    assert set(graph.objects(report, SH.result)) == set(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(set(graph.objects(report, SH.result))) == 8


def test_a_result_says_its_cell_beside_shacls_own_words() -> None:
    graph = graph_of(report_of(cell_result(7, 28)))
    (result,) = graph.subjects(RDF.type, SH.ValidationResult)
    said = {
        (predicate, term)
        for predicate, term in graph.predicate_objects(result)
        if predicate not in {RDF.type, SH.resultMessage}
    }
    assert said == {
        (SH.focusNode, URIRef("https://data.example.org/id/claim/1")),
        (SH.resultPath, EW.tier),
        (SH.value, Literal("Tir 1")),
        (SH.resultSeverity, SH.Violation),
        (SH.sourceShape, URIRef(SHAPES + "Claim-tier")),
        (SH.sourceConstraintComponent, SH.InConstraintComponent),
        (EW.sourceSheet, Literal("Sites")),
        (EW.sourceRow, Literal("7", datatype=XSD.integer)),
        (EW.sourceColumn, Literal("AB")),
    }
    messages = list(graph.objects(result, SH.resultMessage))
    assert sorted(text.language for text in messages if isinstance(text, Literal)) == sorted(LANGUAGES)


def test_what_no_node_says_is_about_the_file() -> None:
    graph = graph_of(full_report())
    result = next(graph.subjects(SH.sourceShape, URIRef(SHAPES + "reading-headingUnknown")))
    assert graph.value(result, SH.focusNode) == URIRef("urn:sha256:" + "ab" * 32)
    assert graph.value(result, SH.sourceConstraintComponent) == URIRef(rdf.READING_COMPONENT)
    assert graph.value(result, EW.sourceRow) is None


def test_a_blank_focus_node_stays_blank() -> None:
    graph = graph_of(report_of(cell_result(focus_node="_:c14n0")))
    (result,) = graph.subjects(RDF.type, SH.ValidationResult)
    assert not isinstance(graph.value(result, SH.focusNode), URIRef)


@pytest.mark.parametrize("more", [0, 7])
def test_results_that_are_not_listed_are_told(more: int) -> None:
    assert ("7 more results are not listed" in rdf.render(report_of(cell_result(), more_results=more))) == bool(more)


def test_hostile_values_are_values() -> None:
    graph = graph_of(hostile_report())
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == len(HOSTILE)
    assert Literal('=HYPERLINK("http://evil.example","x")') in set(graph.objects(None, SH.value))
    assert not set(rdf.render(hostile_report())) & set("\x1b\u202e")
