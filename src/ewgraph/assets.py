"""Where the files lie that ship with the program: ontology, shapes, stored queries, data."""

from __future__ import annotations

from pathlib import Path

from ewgraph.errors import ConfigurationError

_PACKAGE = Path(__file__).parent
_ROOTS = (_PACKAGE / "assets_data", _PACKAGE.parent.parent)


def asset(name: str) -> Path:
    """The folder or file of that name: from the wheel, or in a checkout from its top level.

    Raises:
        ConfigurationError: the installation lacks it.
    """
    for root in _ROOTS:
        if (root / name).exists():
            return root / name
    raise ConfigurationError(f"the installation lacks {name!r}: install ewgraph again")
