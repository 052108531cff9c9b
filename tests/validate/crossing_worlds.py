"""Small worlds for the crossing rules: statements by name, and what pySHACL finds in a graph of them."""

from collections.abc import Iterable
from pathlib import Path

import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from ewgraph.model.rdf import IRI, Literal, Quad, RdfFormat, Triple, parse, serialize
from ewgraph.validate.report import Result

ROOT = Path(__file__).parents[2]
EWS = "https://w3id.org/ewgraph/shapes#"
EX = "https://data.example.org/id/"
PREFIXES = """
@prefix ew: <https://w3id.org/ewgraph/ns#> . @prefix ex: <https://data.example.org/id/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix locn: <http://www.w3.org/ns/locn#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix min: <https://w3id.org/ewgraph/kos/mineral/> . @prefix component: <https://w3id.org/ewgraph/kos/component/> .
@prefix site-attribute: <https://w3id.org/ewgraph/kos/site-attribute/> .
"""
Place = tuple[str, str, str, str, str]


def named(local: str) -> IRI:
    return IRI(EX + local)


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)]


def quads(turtle: str, record: str = "R") -> list[Quad]:
    return [Quad(each.subject, each.predicate, each.object, named(record)) for each in triples(turtle)]


def place(result: Result) -> Place:
    """Where a result is, without its sentences."""
    value = str(result.value_term)
    return (result.source_shape.removeprefix(EWS), result.severity.value, result.focus_node, result.path or "", value)


def shapes_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "shapes" / "crossing" / "crossing.ttl", format="turtle")


def pyshacl_places(statements: Iterable[Triple], shapes: rdflib.Graph) -> set[Place]:
    """The places of pySHACL's results over one graph of these statements."""
    content = serialize(statements, format=RdfFormat.N_TRIPLES)
    data = rdflib.Graph().parse(data=content, format="ntriples")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True, inference="none")
    assert isinstance(report, rdflib.Graph)
    places = set()
    for node in report.subjects(RDF.type, SH.ValidationResult):
        shape, severity, focus, path, value = (
            report.value(node, predicate)
            for predicate in (SH.sourceShape, SH.resultSeverity, SH.focusNode, SH.resultPath, SH.value)
        )
        assert value is not None
        term = IRI(str(value)) if isinstance(value, rdflib.URIRef) else _literal(value)
        name = str(shape).removeprefix(EWS)
        places.add((name, str(severity).removeprefix(str(SH)), str(focus), str(path), str(term)))
    return places


def _literal(value: rdflib.term.Node) -> Literal:
    assert isinstance(value, rdflib.Literal)
    return Literal(str(value), datatype=IRI(str(value.datatype)))
