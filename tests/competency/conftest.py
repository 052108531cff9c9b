"""The worlds of the competency questions, each loaded once, whole and without what a reader does not see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from ewgraph.catalogue import Catalogue
from ewgraph.model.rdf import IRI
from tests.competency.asking import World


class Worlds(Protocol):
    """Gives the world of a file of records, perhaps without some of them."""

    def __call__(self, path: Path, without: Collection[IRI] = ()) -> World: ...


@pytest.fixture(scope="session")
def worlds(catalogue: Catalogue) -> Iterator[Worlds]:
    """The worlds that were asked for, kept until all cases are."""
    made: dict[tuple[Path, frozenset[IRI]], World] = {}

    def world(path: Path, without: Collection[IRI] = ()) -> World:
        key = path, frozenset(without)
        if key not in made:
            made[key] = World(path, catalogue, without)
        return made[key]

    yield world
    for world_made in made.values():
        world_made.close()
