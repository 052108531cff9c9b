"""What may stand in a record graph at all: each rule, broken once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.model.rdf import RdfFormat, parse
from ewgraph.validate.report import Report, Severity
from ewgraph.validate.shapes import EWS

ROOT = Path(__file__).parents[2]
BROKEN = [
    ("RecordNode", "", "", "does not say what kind of record"),
    ("RecordNode", "", "ex:R a ew:Organization ; rdfs:label 'R' .", "no kind of record (ew:Organization)"),
    ("RecordNode", "", "ex:R a ew:Disclosure , ew:Reply ; ew:repliesTo ex:f .", "two kinds of record"),
    ("RecordNode", None, "ex:R a ew:Organization .", "is a ew:Disclosure and no ew:Organization"),
    ("UnknownClass", None, "ex:x a ew:SuplyClaim .", "did you mean ew:SupplyClaim?"),
    ("UnknownClass", None, "ex:x a <http://www.w3.org/ns/org#Site> .", "is no class of a node in a record"),
    ("UnknownClass", None, "ex:x a ew:Claim .", "ew:Claim is no class of a node"),
    ("UnknownClass", None, "ex:x a 'Factory' .", "named by its IRI"),
    ("NoClass", None, "ex:x rdfs:label 'X' .", "has no class"),
    ("ReservedName", None, "tier:mine a ew:Organization ; rdfs:label 'X' .", "belongs to the vocabulary"),
    ("ReservedName", None, "ew:x a ew:Organization ; rdfs:label 'X' .", "belongs to the vocabulary"),
    ("OtherRecord", None, "ex:S a ew:Reply .", "is another record"),
    ("UnreachedNode", None, "[] a locn:Address ; locn:fullAddress 'X' ; ew:country country:CHN .", "Nothing leads to"),
    ("DerivedProperty", None, "ex:R ew:recordedAt '2024-05-02T10:00:00Z'^^xsd:dateTime .", "given by the ledger"),
    ("DerivedProperty", None, "ex:x a ew:Organization ; rdfs:label 'X' ; ew:describedIn ex:R .", "is derived"),
    ("UnknownProperty", None, "ex:R ew:recievedAt 'x' .", "did you mean ew:receivedAt?"),
    ("UnknownProperty", None, "ex:R ew:zzz 'x' .", "look up the right name"),
    ("StatementAboutStatement", None, "ex:R rdfs:comment <<( ex:a ex:b ex:c )>> .", "make it a claim"),
]


@pytest.mark.parametrize(("rule", "head", "statements", "words"), BROKEN)
def test_a_broken_rule_is_a_violation_that_says_what_to_do(
    rule: str, head: str | None, statements: str, words: str, report_on: Callable[..., Report]
) -> None:
    report = report_on(statements) if head is None else report_on(statements, head=head)
    found = [result for result in report.results if result.component == EWS + rule]
    assert len(found) == 1
    assert found[0].severity is Severity.VIOLATION
    assert words in found[0].message
    assert found[0].messages["en"] == found[0].message
    assert all("{" not in text for text in found[0].messages.values())
    assert found[0].messages.keys() == {"en", "de", "nb", "es"}
    assert not report.conforms


def test_every_rule_is_described_and_broken_once() -> None:
    described = parse(path=str(ROOT / "shapes" / "structure.ttl"), format=RdfFormat.TURTLE)
    rules = {str(quad.object)[1:-1].removeprefix(EWS) for quad in described if quad.predicate.value.endswith("#member")}
    assert rules == {rule for rule, *_ in BROKEN} | {"IllFormedLiteral"}


def test_a_property_that_does_not_exist_is_reported_once_with_the_right_word(report_on: Callable[..., Report]) -> None:
    (result,) = report_on("ex:R ew:recievedAt 'x' .").results
    assert result.component == f"{EWS}UnknownProperty"


def test_an_ill_formed_value_is_refused_where_no_shape_asks_for_a_datatype(report_on: Callable[..., Report]) -> None:
    (result,) = report_on("ex:R rdfs:comment '2024-13-45'^^xsd:date .").results
    assert result.component == f"{EWS}IllFormedLiteral"
    assert "'2024-13-45' is not a day such as 2024-01-31" in result.message


@pytest.mark.parametrize("sign", ["\\u0000", "\\u000B", "\\u001F", "\\uFFFE"])
@pytest.mark.parametrize("kind", ["", "@en", "^^ex:own"])
def test_a_text_that_no_xml_can_hold_is_refused(report_on: Callable[..., Report], sign: str, kind: str) -> None:
    """Else everybody's feeds, workbooks and RDF/XML with it in them could not be read."""
    (result,) = report_on(f"ex:R rdfs:comment 'a{sign}b'{kind} .").results
    assert result.component == f"{EWS}IllFormedLiteral"
    assert "without control characters" in result.message


def test_line_breaks_and_every_script_may_stand_in_a_text(report_on: Callable[..., Report]) -> None:
    assert report_on("ex:R rdfs:comment 'a\\tb\\r\\n\u6df1\u5733 \U0001f469' .").conforms


def test_an_ill_formed_value_of_a_property_that_a_class_lacks_is_reported_for_both(
    report_on: Callable[..., Report],
) -> None:
    results = report_on("ex:R ew:dueOn '2024-13-45'^^xsd:date .").results
    assert {result.component.partition("#")[2] for result in results} == {
        "IllFormedLiteral",
        "ClosedConstraintComponent",
    }


def test_a_blank_node_that_leads_to_itself_is_not_reached(report_on: Callable[..., Report]) -> None:
    results = report_on(
        "_:a a locn:Address ; locn:fullAddress 'X' ; ew:country country:CHN ; rdfs:seeAlso _:a ."
    ).results
    assert f"{EWS}UnreachedNode" in {result.component for result in results}


def test_an_empty_graph_is_no_record(report_on: Callable[..., Report]) -> None:
    (result,) = report_on("", head="").results
    assert result.focus_node == "https://data.example.org/id/R"
