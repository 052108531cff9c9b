"""Which part of a sorted answer is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

Key: TypeAlias = tuple[int, int, int, str]
"""What touches are sorted by: the ranks of scope and basis, negative, then how many hops, then an IRI."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of an answer.

    Attributes:
        first: how many; None for all.
        after: only those that come after the one with this key.
    """

    first: int | None = None
    after: Key | None = None


ALL: Final = Window()
