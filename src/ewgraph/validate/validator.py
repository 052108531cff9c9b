"""Validates one record: SHACL core, the constraints of our own, and the rules of a record graph, in one report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Triple
from ewgraph.validate.compiled import CompiledShapes
from ewgraph.validate.finding import Finding
from ewgraph.validate.record_graph import RecordGraph, Subject, Value, collection_paused
from ewgraph.validate.report import SH, Report, Result, Severity
from ewgraph.validate.shapes import Shape, Shapes
from ewgraph.validate.shapes_graph import ShapesGraph
from ewgraph.validate.small_numbers import LEAST_WORKERS
from ewgraph.validate.structure import ILL_FORMED_LITERAL, structural_results
from ewgraph.validate.targets import Targets
from ewgraph.validate.typed_checks import TypedChecks

_CLOSED: Final = f"{SH}ClosedConstraintComponent"


class CoreProcessor(Protocol):
    """What runs SHACL core over a record graph."""

    def findings(self, graph: RecordGraph, /) -> Iterator[Finding]:
        """It yields the results, in no order."""
        ...


class Validator:
    """Tells whether a record conforms. Build one and keep it: it reads and compiles the shapes.

    A shape that says more than is compiled here is left to pySHACL, which is loaded for that alone.

    It may be used by several threads, one validation each.

    Args:
        shapes_dir: the folder of the shapes, Turtle files.
        least_workers: so many workers have to be behind a number of them.

    Raises:
        ConfigurationError: the folder holds no readable shapes.
    """

    def __init__(self, shapes_dir: Path, least_workers: int = LEAST_WORKERS) -> None:
        self._shapes = Shapes(shapes_dir, least_workers)
        self._typed = TypedChecks(self._shapes)
        triples = self._shapes.core_triples()
        targets = {shape.iri: shape.targets for shape in self._shapes.by_iri.values() if shape.targets}
        compiled = CompiledShapes(ShapesGraph(triples), {iri: Targets(classes) for iri, classes in targets.items()})
        self._core: list[CoreProcessor] = [compiled]
        if compiled.uncompiled:
            from ewgraph.validate.shacl import CoreShacl

            self._core.append(CoreShacl(triples, {iri: targets[iri] for iri in targets.keys() & compiled.uncompiled}))

    def validate(self, record: IRI, quads: Iterable[Quad]) -> Report:
        """It is the report on one record.

        Args:
            record: the record's IRI, which is the name of its graph.
            quads: all statements of the record's graph.

        Raises:
            InputError: a quad stands in another graph.
        """
        with collection_paused():
            return self.validate_graph(RecordGraph(record, quads))

    def validate_graph(self, graph: RecordGraph) -> Report:
        """It is the report on a record that is indexed already, as where it was asked about before."""
        found = [*self._core_results(graph), *self._typed_results(graph)]
        return Report.of(graph.record.value, _without_echoes(found, list(structural_results(graph, self._shapes))))

    def _core_results(self, graph: RecordGraph) -> Iterator[Result]:
        """What SHACL core finds."""
        for processor in self._core:
            for finding in processor.findings(graph):
                shape = self._shapes.by_iri[finding.shape]  # type: ignore[index]  # named shapes alone are run
                path = finding.path if finding.path is not None else shape.path
                yield self._result(graph, shape, finding.component, (finding.focus, path, finding.value))

    def _typed_results(self, graph: RecordGraph) -> Iterator[Result]:
        """What the constraint components of our own find."""
        for constraint, node, fault in self._typed.faults(graph):
            place = (node, constraint.shape.path, fault.value)
            yield self._result(graph, constraint.shape, constraint.component, place, fault.reason)

    def _result(
        self,
        graph: RecordGraph,
        shape: Shape,
        component: IRI,
        place: tuple[Value, IRI | None, Value | None],
        reason: str = "",
    ) -> Result:
        """It is the result of a shape at a place: focus node, path, value."""
        focus, path, value = place
        shown = {"this": self._shown(focus), "reason": reason}
        if path is not None:
            shown["path"] = self._shown(path)
        if value is not None:
            shown["value"] = self._shown(value)
        messages = {language: filled(text, shown) for language, text in shape.messages.items()}
        return Result(
            severity=shape.severity,
            focus_node=_text(focus),
            path=path.value if path is not None else None,
            value=_text(value) if value is not None else None,
            message=messages["en"],
            source_shape=shape.iri.value,
            component=component.value,
            messages=messages,
            about=graph.about(focus) if isinstance(focus, Subject) else "",
            value_term=value if not isinstance(value, Triple) else None,
        )

    def _shown(self, term: Value) -> str:
        """The term as a supplier reads it: an IRI with the prefix that the shapes give it, a literal in quotes."""
        if isinstance(term, Literal):
            return f'"{term.value}"'
        text = _text(term)
        for prefix, namespace in self._shapes.prefixes.items():
            if text.startswith(namespace) and re.fullmatch(r"[\w-]+", text.removeprefix(namespace)):
                return f"{prefix}:{text.removeprefix(namespace)}"
        return text


def _text(term: Value) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def filled(message: str, shown: Mapping[str, str]) -> str:
    """The message with its placeholders filled; without a value, the half sentence that speaks of the value goes.

    >>> filled("Choose one tier; {$value} is none.", {"value": "tier:x"})
    'Choose one tier; tier:x is none.'
    >>> filled("Choose one tier; {$value} is none.", {})
    'Choose one tier.'
    """
    if "value" not in shown and "; {$value}" in message:
        message = message[: message.index("; {$value}")] + "."
    return re.sub(r"\{\$(\w+)\}", lambda match: shown.get(match[1], ""), message)


def _without_echoes(found: list[Result], structural: list[Result]) -> Iterator[Result]:
    """It yields all results, but one only where a shape and a rule of the record graph say the same.

    A closed shape refuses a property that does not exist: the rule, which names the right word, stays. A shape refuses
    an ill-formed literal where it asks for a datatype: the shape, which says what the property wants, stays.
    """
    by_rule = {_place(result) for result in structural if result.component != ILL_FORMED_LITERAL}
    by_shape = {_place(r) for r in found if r.component != _CLOSED and r.severity is Severity.VIOLATION}
    yield from (result for result in found if result.component != _CLOSED or _place(result) not in by_rule)
    yield from (r for r in structural if r.component != ILL_FORMED_LITERAL or _place(r) not in by_shape)


def _place(result: Result) -> tuple[str, str | None, Value | None]:
    return result.focus_node, result.path, result.value_term
