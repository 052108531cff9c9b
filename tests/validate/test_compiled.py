"""Shapes that are compiled, beyond what our own files say; and shapes that are left to pySHACL, with the reason."""

import pytest

from ewgraph.model.rdf import IRI, Quad, RdfFormat, parse
from ewgraph.validate.compiled import MOST_PLANS, CompiledShapes
from ewgraph.validate.record_graph import RecordGraph
from ewgraph.validate.report import SH
from ewgraph.validate.shapes_graph import ShapesGraph
from ewgraph.validate.targets import declared_targets

GRAPH = IRI("urn:graph")
PREFIXES = f"""@prefix sh: <{SH}> . @prefix : <urn:> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."""


def compiled(shapes: str) -> CompiledShapes:
    graph = ShapesGraph(quad.triple for quad in parse(PREFIXES + shapes, format=RdfFormat.TURTLE))
    return CompiledShapes(graph, declared_targets(graph))


def record(data: str) -> RecordGraph:
    quads = parse(PREFIXES + data, format=RdfFormat.TURTLE)
    return RecordGraph(GRAPH, [Quad(*quad.triple, GRAPH) for quad in quads])


def found(shapes: str, data: str) -> list[tuple[str, str]]:
    """The component and the value of each result."""
    processor = compiled(shapes)
    assert processor.uncompiled == {}
    return sorted(
        (finding.component.value.removeprefix(SH).removesuffix("ConstraintComponent"), str(finding.value or ""))
        for finding in processor.findings(record(data))
    )


LEFT_TO_PYSHACL = {
    "refers to itself": ":s sh:targetNode :a ; sh:not :s .",
    "is not compiled": ":s sh:targetNode :a ; sh:sparql [ sh:select 'SELECT $this {}' ] .",
    "is no regular expression": ":s sh:targetNode :a ; sh:pattern '(' .",
    "has other flags": ":s sh:targetNode :a ; sh:pattern 'a' ; sh:flags 'q' .",
    "has no order here": ":s sh:targetNode :a ; sh:minInclusive 'P1D'^^xsd:duration .",
    "is no whole number": ":s sh:targetNode :a ; sh:path :p ; sh:minCount 'one' .",
    "is no kind of node": ":s sh:targetNode :a ; sh:nodeKind :Iri .",
    "is no datatype": ":s sh:targetNode :a ; sh:datatype 'date' .",
    "is no property path": ":s sh:targetNode :a ; sh:path [ :p :q ] ; sh:minCount 1 .",
    "is not read backwards": ":s sh:targetNode :a ; sh:path [ sh:inversePath ( :p :q ) ] ; sh:minCount 1 .",
    "is no property": ":s sh:targetNode :a ; sh:path :p ; sh:equals 'q' .",
    "is no property shape": ":s sh:targetNode :a ; sh:property [ sh:minCount 1 ] .",
    "is no shape": ":s sh:targetNode :a ; sh:node 'shape' .",
    "is no list": ":s sh:targetNode :a ; sh:in :a .",
    "several values": ":s sh:targetNode :a ; sh:path :p , :q ; sh:minCount 1 .",
}


@pytest.mark.parametrize(("reason", "shapes"), LEFT_TO_PYSHACL.items(), ids=LEFT_TO_PYSHACL)
def test_a_shape_that_says_something_else_is_left_to_pyshacl_with_the_reason(reason: str, shapes: str) -> None:
    processor = compiled(shapes)
    assert list(processor.uncompiled) == [IRI("urn:s")]
    assert reason in processor.uncompiled[IRI("urn:s")]
    assert list(processor.findings(record(":a :p 1 ."))) == []


def test_a_list_that_runs_in_a_circle_is_no_list() -> None:
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    processor = compiled(f"{rdf} :s sh:targetNode :a ; sh:in :l . :l rdf:first 1 ; rdf:rest :l .")
    assert "is no list" in processor.uncompiled[IRI("urn:s")]


def test_the_components_that_the_suite_leaves_out_are_compiled() -> None:
    shapes = """:s sh:targetClass :C ; sh:property [ sh:path :p ; sh:qualifiedValueShape [ sh:class :D ] ;
      sh:qualifiedMaxCount 1 ] , [ sh:path :q ; sh:languageIn ( "de" "en" ) ; sh:minLength 0 ] ,
      [ sh:path :r ; sh:pattern "^a.b$" ; sh:flags "isx" ] , [ sh:path :t ; sh:languageIn ( "*" ) ] ."""
    data = """:a a :C ; :p :x , :y ; :q "a"@de-CH , "b"@deu , "c"@EN ; :r "A\\nB" , "axxb" ; :t "t" , "t"@fr .
      :x a :D . :y a :D ."""
    assert found(shapes, data) == [
        ("LanguageIn", '"b"@deu'),
        ("LanguageIn", '"t"'),
        ("Pattern", '"axxb"'),
        ("QualifiedMaxCount", ""),
    ]


def test_a_closed_property_shape_refuses_what_its_values_say() -> None:
    shapes = ":s sh:targetClass :C ; sh:path :p ; sh:closed true ; sh:ignoredProperties ( :q ) ."
    assert found(shapes, ":a a :C ; :p :b . :b :q 1 ; :r 2 .") == [
        ("Closed", '"2"^^<http://www.w3.org/2001/XMLSchema#integer>')
    ]


def test_a_closed_shape_is_met_where_it_is_asked_for() -> None:
    shapes = """:s sh:targetClass :C ; sh:not [ sh:closed true ; sh:property [ sh:path :p ] ] .
      :t sh:targetClass :D ; sh:closed true ; sh:nodeKind sh:BlankNode ."""
    assert found(shapes, ":b :p 1 . :a a :C ; :p 1 . [] a :D .")[0][0] == "Closed"


def test_a_node_is_an_instance_of_the_classes_above_its_own() -> None:
    shapes = ":s sh:targetClass :C ; sh:path :p ; sh:class :D ; sh:minCount 2 ."
    data = ":B rdfs:subClassOf :C . :C rdfs:subClassOf :B . :E rdfs:subClassOf :D . :a a :B ; :p :x . :x a :E ."
    assert found(shapes, data) == [("MinCount", "")]


def test_a_node_that_two_targets_name_is_asked_once() -> None:
    shapes = """:s sh:targetClass :C ; sh:targetNode :a , 'text' ; sh:targetSubjectsOf :p , 'p' ;
      sh:targetObjectsOf :p , 'p' ; sh:path :q ; sh:minCount 1 ."""
    processor = compiled(shapes)
    data = record(":a a :C ; :p :a , :b .")
    assert sorted(str(finding.focus) for finding in processor.findings(data)) == ['"text"', "<urn:a>", "<urn:b>"]


def test_a_shape_that_is_turned_off_finds_nothing() -> None:
    shapes = ":s sh:targetClass :C ; sh:deactivated true ; sh:path :p ; sh:minCount 1 ; sh:sparql [] ."
    assert found(shapes, ":a a :C .") == []


def test_plans_do_not_pile_up_for_ever() -> None:
    processor = compiled(":s sh:targetClass :C ; sh:path :p ; sh:minCount 1 .")
    data = record("".join(f":a{n} a :C , :C{n} ." for n in range(MOST_PLANS + 5)))
    assert len(list(processor.findings(data))) == MOST_PLANS + 5
    assert len(processor._plans) < MOST_PLANS
