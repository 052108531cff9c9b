"""The ontology as the tests see it: its files, its statements, and the tools that write and check it."""

import sys
from pathlib import Path

import pytest
from pyoxigraph import Quad

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import ontology_hygiene  # noqa: E402 -- found by the line above


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def quads() -> list[Quad]:
    """Every statement of ontology/, alignments left out."""
    files = sorted((ROOT / "ontology").rglob("*.ttl"))
    return ontology_hygiene.quads_of(path for path in files if path.name != "alignments.ttl")
