"""Each shape is broken by a case of violations.tsv, and each case gives exactly the results that it names."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ewgraph.model.rdf import IRI, Quad, RdfFormat, parse
from ewgraph.validate.shapes import Shapes
from ewgraph.validate.validator import Validator

ROOT = Path(__file__).parents[2]
EWS = "https://w3id.org/ewgraph/shapes#"
SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True)
class Case:
    """One change of an example, and the results that it gives.

    The columns of violations.tsv: `base` names conforms-<base>.trig; `action` is add, replace or remove; `path` is one
    property, or several to remove; `value` is Turtle; `also` lists further results, each a shape and a component.
    """

    shape: str
    base: str
    action: str
    subject: str
    path: str
    value: str
    severity: str
    component: str
    also: str

    @property
    def expected(self) -> list[tuple[str, str]]:
        words = [self.shape, self.component, *self.also.split()]
        return sorted(zip(words[::2], words[1::2], strict=True))


def _cases() -> list[Case]:
    with (Path(__file__).parent / "violations.tsv").open(encoding="utf-8", newline="") as file:
        return [Case(**row) for row in csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE)]


def _prefixes() -> str:
    """The prefixes of the repository, in Turtle."""
    declared: dict[object, dict[str, str]] = {}
    for quad in parse(path=str(ROOT / "ontology" / "prefixes.ttl"), format=RdfFormat.TURTLE):
        declared.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(SH)] = getattr(quad.object, "value", "")
    lines = [f"@prefix {d['prefix']}: <{d['namespace']}> ." for d in declared.values() if "namespace" in d]
    return "\n".join([*lines, "@prefix ex: <https://data.example.org/id/> .", ""])


PREFIXES = _prefixes()
CASES = _cases()


def _statement(case: Case, path: str, value: str) -> Quad:
    (quad,) = parse(f"{PREFIXES}ex:R {{ {case.subject} {path} {value} }}", format=RdfFormat.TRIG)
    return quad


def _changed(case: Case, quads: list[Quad]) -> list[Quad]:
    """The example's statements with the case's change."""
    if case.action == "add":
        return [*quads, _statement(case, case.path, case.value)]
    touched = [_statement(case, path, "0") for path in case.path.split()]
    pairs = {(quad.subject, quad.predicate) for quad in touched}
    kept = [quad for quad in quads if (quad.subject, quad.predicate) not in pairs]
    assert len(kept) < len(quads), "the case changes nothing"
    return [*kept, _statement(case, case.path, case.value)] if case.action == "replace" else kept


def _short(iri: str) -> str:
    return iri.replace(EWS, "ews:").replace(SH, "sh:")


RecordOf = Callable[[str], tuple[IRI, list[Quad]]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.shape}-{case.component}-{case.base}")
def test_a_broken_rule_is_reported_once_and_alone(case: Case, validator: Validator, record_of: RecordOf) -> None:
    record, quads = record_of(case.base)
    report = validator.validate(record, _changed(case, quads))
    found = sorted((_short(result.source_shape), _short(result.component)) for result in report.results)
    assert found == case.expected
    result = next(result for result in report.results if _short(result.source_shape) == case.shape)
    assert result.severity.value == case.severity
    assert "{$" not in result.message
    assert report.conforms == all(each.severity.value != "Violation" for each in report.results)


def test_every_shape_is_broken_by_a_case() -> None:
    shapes = Shapes(ROOT / "shapes")
    assert {_short(shape.value) for shape in shapes.by_iri} - {case.shape for case in CASES} == set()
