"""The validator that the tests share, and a short way to write a record."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.model.rdf import IRI, RdfFormat, parse
from ewgraph.validate.report import Report
from ewgraph.validate.validator import Validator

ROOT = Path(__file__).parents[2]
PREFIXES = """
@prefix ew: <https://w3id.org/ewgraph/ns#> . @prefix vis: <https://w3id.org/ewgraph/kos/visibility/> .
@prefix ex: <https://data.example.org/id/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix locn: <http://www.w3.org/ns/locn#> .
@prefix tier: <https://w3id.org/ewgraph/kos/tier/> . @prefix scope: <https://w3id.org/ewgraph/kos/scope/> .
@prefix eb: <https://w3id.org/ewgraph/kos/evidence-basis/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
"""
HEAD = """
ex:R a ew:Disclosure ; prov:wasAttributedTo ex:org ; ew:visibility vis:public ;
  ew:receivedAt "2024-05-02T10:00:00Z"^^xsd:dateTime .
"""


@pytest.fixture(scope="session")
def validator() -> Validator:
    return Validator(ROOT / "shapes")


@pytest.fixture(scope="session")
def report_on(validator: Validator) -> Callable[..., Report]:
    """Validates the record ex:R whose statements are given in Turtle, after a head that conforms."""

    def report(statements: str, *, head: str = HEAD) -> Report:
        quads = parse(f"{PREFIXES} ex:R {{ {head} {statements} }}", format=RdfFormat.TRIG)
        return validator.validate(IRI("https://data.example.org/id/R"), quads)

    return report
