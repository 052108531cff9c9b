"""What ships with the program is found, and what does not is missed by name."""

from __future__ import annotations

import pytest

from ewgraph.assets import asset
from ewgraph.errors import ConfigurationError


@pytest.mark.parametrize("name", ["ontology", "shapes", "queries", "data"])
def test_the_folders_are_found(name: str) -> None:
    assert any(asset(name).iterdir())


def test_a_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigurationError, match="'nonsense'"):
        asset("nonsense")
