"""The worlds of the competency questions, each loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ewgraph.catalogue import Catalogue
from tests.competency.asking import World


@pytest.fixture(scope="session")
def worlds(catalogue: Catalogue) -> Iterator[Callable[[Path], World]]:
    """Gives the world of a file of records."""
    made: dict[Path, World] = {}

    def world(path: Path) -> World:
        if path not in made:
            made[path] = World(path, catalogue)
        return made[path]

    yield world
    for world_made in made.values():
        world_made.close()
