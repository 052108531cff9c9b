"""What has to conform does: an example of every class, the documentation's example, and the worlds of others."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.model.rdf import IRI, Quad, RdfFormat, parse
from ewgraph.validate.report import Report, Severity
from ewgraph.validate.shapes import Shapes
from ewgraph.validate.validator import Validator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHARED_DATA = Path(os.environ.get("REAL_DATA", ROOT.parent / "shared" / "data"))
RDF_TYPE = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
EXAMPLES = sorted(path.stem.removeprefix("conforms-") for path in HERE.glob("conforms-*.trig"))


def _reports(path: Path, validator: Validator) -> list[Report]:
    """The reports on the records of a TriG file."""
    records: dict[IRI, list[Quad]] = {}
    for quad in parse(path=str(path), format=RdfFormat.TRIG):
        assert isinstance(quad.graph_name, IRI)
        records.setdefault(quad.graph_name, []).append(quad)
    return [validator.validate(record, quads) for record, quads in records.items()]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_a_class_conforms_without_a_warning(
    name: str, validator: Validator, record_of: Callable[[str], tuple[IRI, list[Quad]]]
) -> None:
    assert validator.validate(*record_of(name)).results == ()


def test_every_class_and_every_property_has_its_example() -> None:
    shapes = Shapes(ROOT / "shapes")
    quads = [
        quad for name in EXAMPLES for quad in parse(path=str(HERE / f"conforms-{name}.trig"), format=RdfFormat.TRIG)
    ]
    assert shapes.classes - {quad.object for quad in quads if quad.predicate == RDF_TYPE} == set()
    assert shapes.properties - {quad.predicate for quad in quads} == set()


def test_the_example_of_the_documentation_conforms_and_warns_of_sites_without_an_address(validator: Validator) -> None:
    reports = _reports(HERE / "example-dual-sourcing.trig", validator)
    assert len(reports) == 5
    assert all(report.conforms for report in reports)
    results = [result for report in reports for result in report.results]
    assert {(result.severity, result.source_shape.partition("#")[2]) for result in results} == {
        (Severity.WARNING, "address-wanted")
    }


@pytest.mark.parametrize("world", ["world-0", "world-1"])
def test_the_worlds_of_others_conform(world: str, validator: Validator) -> None:
    path = SHARED_DATA / "worlds" / f"{world}.trig"
    if not path.exists():
        pytest.skip("the worlds lie outside the repository")
    refused = [
        (report.record, result.message)
        for report in _reports(path, validator)
        for result in report.results
        if result.severity is Severity.VIOLATION
    ]
    assert refused == []
