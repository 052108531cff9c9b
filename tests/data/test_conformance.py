"""The data conform to the shapes; of the example one record of each kind in each file, since they are of one making."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewgraph.model.rdf import IRI
from ewgraph.validate.validator import Validator

if TYPE_CHECKING:
    from conftest import RecordFile

ROOT = Path(__file__).resolve().parents[2]
PREFIX = re.compile(r'^@prefix ([\w-]+): <([^>]+)> \.|sh:prefix "([^"]+)" ; sh:namespace "([^"]+)"', re.MULTILINE)


@pytest.fixture(scope="module")
def validator() -> Validator:
    return Validator(ROOT / "shapes")


def faults(validator: Validator, records: list["RecordFile"]) -> list[str]:
    return [
        f"{record.name}: {result.about} {result.path}: {result.message}"
        for record in records
        for result in validator.validate(IRI(record.name), record.quads).results
    ]


def test_reference_records_and_cases_conform_without_a_warning(
    validator: Validator, reference: list["RecordFile"]
) -> None:
    assert faults(validator, reference) == []


def test_the_example_conforms_without_a_warning(validator: Validator, example: list["RecordFile"]) -> None:
    kinds: dict[tuple[str, frozenset[str]], RecordFile] = {}
    for record in sorted(example, key=lambda record: len(record.quads)):
        types = frozenset(quad.object.value for quad in record.quads if quad.predicate.value.endswith("#type"))
        kinds.setdefault((record.path.name, types), record)
    assert len(kinds) > 40
    assert faults(validator, list(kinds.values())) == []


def test_prefixes_mean_what_the_ontology_says() -> None:
    declared = {
        found.group(3): found.group(4)
        for found in PREFIX.finditer((ROOT / "ontology" / "prefixes.ttl").read_text(encoding="utf-8"))
        if found.group(3)
    }
    strange = [
        (path.name, found.group(1))
        for path in sorted((ROOT / "data").rglob("*.trig"))
        for found in PREFIX.finditer(path.read_text(encoding="utf-8"))
        if declared.get(found.group(1), found.group(2)) != found.group(2)
    ]
    assert strange == []
