"""Reads a file with a mapping, makes its records and validates them, as an intake does, without storing anything."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ewgraph.ingest.mapping import CellFault, Made, Maker, Reader, load_mapping
from ewgraph.ingest.mapping.naming import Lookups
from ewgraph.ingest.sheets.cell import cell_name
from ewgraph.ingest.sheets.document import open_document
from ewgraph.model.rdf import IRI, Literal, Quad
from ewgraph.validate.report import Severity
from ewgraph.validate.validator import Validator
from tests.conftest import ROOT

KOS = ROOT / "ontology" / "kos"
BASE = "https://service.example.org/"
GIVEN = {
    "submitter": "https://data.example.org/id/reseller",
    "receivedAt": "2026-10-01T12:00:00Z",
    "contract": "",
    "language": "en",
}
LOOKUPS = {
    "models": {"laptop 1": "https://data.example.org/id/L1", "lp 001": "https://data.example.org/id/L1"},
    "contracts": {"laptops 2024": "https://data.example.org/id/K1"},
}


@cache
def _maker(name: str) -> Maker:
    return Maker(load_mapping(name), BASE, KOS)


@cache
def _validator() -> Validator:
    return Validator(ROOT / "shapes")


@dataclass
class Finding:
    """What is said at a cell."""

    cell: str
    shape: str
    severity: Severity
    hint: str = ""


@dataclass
class Outcome:
    """What a file became."""

    made: list[Made] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    file: list[CellFault] = field(default_factory=list)

    @property
    def quads(self) -> list[Quad]:
        return [quad for made in self.made for quad in made.quads()]

    def values(self, name: str) -> list[str]:
        """The values of all properties of that local name, in the order of the statements."""
        return [
            quad.object.value
            for quad in self.quads
            if quad.predicate.value.replace("#", "/").endswith("/" + name) and isinstance(quad.object, IRI | Literal)
        ]

    @property
    def refused(self) -> list[tuple[str, str]]:
        """Cell and shape of each violation, sorted."""
        return sorted((one.cell, one.shape) for one in self.findings if one.severity is Severity.VIOLATION)


def outcome_of(
    path: Path,
    mapping: str,
    given: Mapping[str, str] | None = None,
    lookups: Lookups | None = None,
    *,
    validated: bool = True,
) -> Outcome:
    """What becomes of a file; without findings where it is not to be validated."""
    document = open_document(path, path.name)
    reader = Reader(load_mapping(mapping), document, {**GIVEN, **(given or {})}, None, KOS, lookups or LOOKUPS)
    outcome = Outcome()
    for batch in reader.batches():
        made = _maker(mapping).make(batch)
        outcome.made.append(made)
        outcome.findings += _findings(made) if validated else []
    outcome.file = reader.faults
    return outcome


def _findings(made: Made) -> list[Finding]:
    hints = {(fault.row, fault.column): fault.hint for row in made.rows for fault in row.faults}
    found = [
        Finding(_cell(fault.row, fault.column), fault.shape, Severity.VIOLATION, fault.hint)
        for row in made.rows
        for fault in row.faults
        if fault.shape
    ]
    for result in _validator().validate(made.record, made.quads()).results:
        about = result.about or result.focus_node
        for place in made.origins.places(result.focus_node, about, result.path, result.value):
            shape = result.source_shape.rpartition("#")[2].rpartition("/")[2].removeprefix("ews:")
            hint = hints.get((place.row, place.column), "")
            found.append(Finding(_cell(place.row or 0, place.column), shape, result.severity, hint))
    return found


def _cell(row: int, column: int | None) -> str:
    return cell_name(row, column) if column else str(row)


def csv_file(path: Path, headings: Sequence[str], *rows: Sequence[str]) -> Path:
    """A CSV file of these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path
