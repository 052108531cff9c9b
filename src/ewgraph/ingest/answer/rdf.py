"""The report as a sh:ValidationReport: SHACL's own words, and the cell of each result in those of the ontology."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from ewgraph.ingest.answer.outside import visible
from ewgraph.ingest.answer.report import CellResult, DisclosureReport
from ewgraph.ingest.sheets.cell import column_letter
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, BlankNode, Literal, RdfFormat, Term, Triple, serialize
from ewgraph.validate.report import SH

SHAPES: Final = "https://w3id.org/ewgraph/shapes#"
READING_COMPONENT: Final = SHAPES + "ReadingConstraintComponent"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_RDF_TYPE: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RDFS_COMMENT: Final = IRI("http://www.w3.org/2000/01/rdf-schema#comment")
_PREFIXES: Final = {"ew": terms.EW, "ews": SHAPES, "sh": SH, "xsd": _XSD}


def render(report: DisclosureReport) -> str:
    """The report in Turtle. A result that is about no node of a record is about the file, named by its SHA-256."""
    node = BlankNode("report")
    triples = [
        Triple(node, _RDF_TYPE, IRI(f"{SH}ValidationReport")),
        Triple(
            node, IRI(f"{SH}conforms"), Literal("true" if report.conforms else "false", datatype=IRI(_XSD + "boolean"))
        ),
    ]
    if report.more_results:
        triples.append(
            Triple(node, _RDFS_COMMENT, Literal(f"{report.more_results} more results are not listed", language="en"))
        )
    file = IRI(f"urn:sha256:{report.sha256}")
    for number, result in enumerate(report.results, start=1):
        found = BlankNode(f"result{number}")
        triples.append(Triple(node, IRI(f"{SH}result"), found))
        triples.extend(Triple(found, predicate, term) for predicate, term in _statements(result, file))
    turtle = io.BytesIO()
    serialize(triples, turtle, format=RdfFormat.TURTLE, prefixes=_PREFIXES)
    return turtle.getvalue().decode()


def _statements(result: CellResult, file: IRI) -> Iterator[tuple[IRI, Term]]:
    """What is said of one sh:ValidationResult."""
    yield _RDF_TYPE, IRI(f"{SH}ValidationResult")
    yield IRI(f"{SH}focusNode"), _focus(result.focus_node) if result.focus_node else file
    yield IRI(f"{SH}resultSeverity"), result.severity.iri
    yield IRI(f"{SH}sourceShape"), IRI(result.shape if ":" in result.shape else SHAPES + result.shape)
    yield IRI(f"{SH}sourceConstraintComponent"), IRI(result.component or READING_COMPONENT)
    if result.path:
        yield IRI(f"{SH}resultPath"), IRI(result.path)
    if result.value is not None:
        yield IRI(f"{SH}value"), Literal(visible(result.value))
    for language, text in sorted({**result.messages, "en": result.message}.items()):
        yield IRI(f"{SH}resultMessage"), Literal(visible(text), language=language)
    if result.sheet:
        yield terms.sourceSheet, Literal(visible(result.sheet))
    if result.row is not None:
        yield terms.sourceRow, Literal(str(result.row), datatype=IRI(_XSD + "integer"))
    if result.column is not None:
        yield terms.sourceColumn, Literal(column_letter(result.column))


def _focus(name: str) -> IRI | BlankNode:
    return BlankNode(name[2:]) if name.startswith("_:") else IRI(name)
