"""The shapes, the examples that conform, and the validator that they share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.model.rdf import IRI, Quad, RdfFormat, parse
from ewgraph.validate.validator import Validator

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def validator() -> Validator:
    return Validator(ROOT / "shapes")


@pytest.fixture(scope="session")
def record_of() -> Callable[[str], tuple[IRI, list[Quad]]]:
    """Reads the one record of an example: its IRI and its statements."""

    def read(name: str) -> tuple[IRI, list[Quad]]:
        path = Path(__file__).parent / f"conforms-{name}.trig"
        quads = list(parse(path=str(path), format=RdfFormat.TRIG))
        (record,) = {quad.graph_name for quad in quads}
        assert isinstance(record, IRI)
        return record, quads

    return read
