"""What a validation found: results in a fixed order, and the report as RDF.

Here belong the words of SHACL's validation report. How a result comes about stands in the other modules of the package.
"""

from __future__ import annotations

import enum
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ewgraph.model.rdf import IRI, BlankNode, Literal, RdfFormat, Term, Triple, serialize

SH: Final = "http://www.w3.org/ns/shacl#"
_RDF_TYPE: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_XSD_BOOLEAN: Final = IRI("http://www.w3.org/2001/XMLSchema#boolean")
_PREFIXES: Final = {
    "ew": "https://w3id.org/ewgraph/ns#",
    "ews": "https://w3id.org/ewgraph/shapes#",
    "sh": SH,
}


class Severity(enum.Enum):
    """How grave a result is: only a violation keeps a record out."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def iri(self) -> IRI:
        """The severity's name in SHACL."""
        return IRI(SH + self.value)


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that is wrong or could be better.

    Attributes:
        focus_node: the IRI of the node, or its blank node label with `_:`.
        path: the IRI of the property, where the result is about one.
        value: the IRI, label or lexical form of the value, where the result is about one.
        message: the English sentence for whoever wrote the record.
        source_shape: the IRI of the shape.
        component: the IRI of the constraint component.
        messages: the sentence by language tag; English is always there.
        about: the nearest node with an IRI that leads to the focus node, the focus node itself as a rule.
        value_term: the value as an RDF term.
    """

    severity: Severity
    focus_node: str
    path: str | None
    value: str | None
    message: str
    source_shape: str
    component: str
    messages: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    value_term: Term | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """The key that results are sorted by; blank node labels, which change with each parse, come last."""
        focus = "" if self.focus_node.startswith("_:") else self.focus_node
        value = "" if isinstance(self.value_term, BlankNode) else self.value or ""
        place = (self.about, focus, self.path or "", self.source_shape, self.component, value)
        return (str(list(Severity).index(self.severity)), *place, self.focus_node, self.value or "")


@dataclass(frozen=True, slots=True)
class Report:
    """All results for one record, violations first, then by node, property and shape."""

    record: str
    results: tuple[Result, ...]

    @classmethod
    def of(cls, record: str, results: Iterable[Result]) -> Report:
        """It is the report with the results in their order, each once."""
        return cls(record, tuple(sorted({result.order: result for result in results}.values(), key=lambda r: r.order)))

    @property
    def conforms(self) -> bool:
        """Whether the record may be stored: no result is a violation."""
        return all(result.severity is not Severity.VIOLATION for result in self.results)

    def to_graph(self) -> str:
        """The report as a sh:ValidationReport in Turtle."""
        report = BlankNode("report")
        conforms = Literal("true" if self.conforms else "false", datatype=_XSD_BOOLEAN)
        triples = [
            Triple(report, _RDF_TYPE, IRI(f"{SH}ValidationReport")),
            Triple(report, IRI(f"{SH}conforms"), conforms),
        ]
        for number, result in enumerate(self.results, start=1):
            node = BlankNode(f"result{number}")
            triples.append(Triple(report, IRI(f"{SH}result"), node))
            triples.extend(_result_triples(node, result))
        turtle = io.BytesIO()
        serialize(triples, turtle, format=RdfFormat.TURTLE, prefixes=_PREFIXES)
        return turtle.getvalue().decode()


def _node(text: str) -> IRI | BlankNode:
    return BlankNode(text[2:]) if text.startswith("_:") else IRI(text)


def _result_triples(node: BlankNode, result: Result) -> list[Triple]:
    """One sh:ValidationResult."""
    statements: list[tuple[str, Term]] = [
        ("focusNode", _node(result.focus_node)),
        ("resultSeverity", result.severity.iri),
        ("sourceShape", IRI(result.source_shape)),
        ("sourceConstraintComponent", IRI(result.component)),
    ]
    if result.path is not None:
        statements.append(("resultPath", IRI(result.path)))
    if result.value_term is not None:
        statements.append(("value", result.value_term))
    messages = result.messages or {"en": result.message}
    statements.extend(("resultMessage", Literal(text, language=tag)) for tag, text in sorted(messages.items()))
    typed = Triple(node, _RDF_TYPE, IRI(f"{SH}ValidationResult"))
    return [typed, *(Triple(node, IRI(SH + name), term) for name, term in statements)]
