"""The report: a fixed order, one verdict, and RDF that says the same."""

import itertools

from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, RdfFormat, parse
from ewgraph.validate.report import SH, Report, Result, Severity


def _result(severity: Severity, focus: str, path: str | None = None, value: str | None = None) -> Result:
    return Result(
        severity=severity,
        focus_node=focus,
        path=path,
        value=value,
        message="Say when.",
        source_shape="https://w3id.org/ewgraph/shapes#receivedAt",
        component=f"{SH}MinCountConstraintComponent",
        messages={"en": "Say when.", "de": "Wann?"},
        about=focus if not focus.startswith("_:") else "https://example.org/owner",
        value_term=Literal(value) if value is not None else None,
    )


RESULTS = [
    _result(Severity.VIOLATION, "https://example.org/a"),
    _result(Severity.VIOLATION, "https://example.org/b", "https://example.org/p", "1"),
    _result(Severity.VIOLATION, "https://example.org/b", "https://example.org/p", "2"),
    _result(Severity.WARNING, "https://example.org/a"),
    _result(Severity.WARNING, "_:x"),
    _result(Severity.INFO, "https://example.org/a"),
]


def test_results_come_in_one_order_however_they_were_found() -> None:
    for shuffled in itertools.permutations(RESULTS):
        assert list(Report.of("https://example.org/r", shuffled).results) == RESULTS


def test_a_result_that_two_checks_find_is_reported_once() -> None:
    assert len(Report.of("https://example.org/r", RESULTS + RESULTS).results) == len(RESULTS)


def test_only_a_violation_keeps_a_record_out() -> None:
    assert Report.of("https://example.org/r", RESULTS[3:]).conforms
    assert not Report.of("https://example.org/r", RESULTS).conforms


def test_the_rdf_says_what_the_report_says() -> None:
    report = Report.of("https://example.org/r", RESULTS)
    triples = {(quad.predicate.value.removeprefix(SH), quad.object) for quad in _parsed(report)}
    assert ("conforms", Literal("false", datatype=IRI("http://www.w3.org/2001/XMLSchema#boolean"))) in triples
    assert ("resultMessage", Literal("Wann?", language="de")) in triples
    assert ("value", Literal("2")) in triples
    assert ("resultSeverity", IRI(f"{SH}Info")) in triples
    assert sum(quad.predicate == IRI(f"{SH}result") for quad in _parsed(report)) == len(RESULTS)
    assert any(predicate == "focusNode" and isinstance(term, BlankNode) for predicate, term in triples)
    assert report.to_graph() == Report.of("https://example.org/r", reversed(RESULTS)).to_graph()


def _parsed(report: Report) -> list[Quad]:
    return list(parse(report.to_graph(), format=RdfFormat.TURTLE))
