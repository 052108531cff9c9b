"""How an edge lies in memory: what a search reads of each in a row, what else is known of it in a table.

An edge stands in two rows, at its start and at its end. A row holds just what decides whether the edge counts for a
reader and a pair of instants, in 20 bytes, so that a search reads little memory. Days are counted from 1900 in two
bytes; where that is too coarse or too small, a bit says so and the table decides.
"""

from __future__ import annotations

import datetime as dt
import enum
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from ewgraph.model.codes import EvidenceBasis, HopKind, Scope, Tier

ROW: Final = np.dtype(
    [
        ("other", "<u4"),  # the node at the other end
        ("audience", "<u4"),  # the set of audiences that see it
        ("received", "<u2"),  # the day on which its record was received
        ("ended", "<u2"),  # the day on which it was revised or retracted; the largest number for never
        ("valid_from", "<u2"),  # the first day on which it holds; 0 for any
        ("valid_to", "<u2"),  # the first day on which it holds no longer; the largest number for never
        ("code", "<u2"),  # see `code`
        ("spare", "<u2"),
    ]
)
SPAN: Final = np.dtype(
    [
        ("start", "<i4"),  # where a node's rows begin
        ("size", "<i4"),  # how many there are
        ("free", "<i4"),  # how many of them, the first, are no hop
        ("room", "<i4"),  # how many there may be
    ]
)
EDGE: Final = np.dtype(
    [
        ("start", "<i4"),
        ("end", "<i4"),
        ("record", "<i4"),  # the record that says so; -1 for a fact of no single record
        ("contract", "<i4"),  # the contract that it is said for; -1 for none
        ("about", "<i4"),  # of a covers edge the contract line, of any other the mineral; -1 for none
        ("audience", "<i4"),
        ("valid_from", "<i4"),
        ("valid_to", "<i4"),
        ("tier", "<i2"),
        ("code", "<u2"),
    ]
)

NONE: Final = -1
NOBODY: Final = 0
"""The number of the audience set that reaches nobody."""

ALWAYS: Final = np.iinfo(np.int32).min
NEVER: Final = np.iinfo(np.int32).max
_EPOCH: Final = dt.date(1900, 1, 1).toordinal()
_LAST: Final = 0xFFFF
_DAY: Final = 86_400 * 1_000_000
_FROM_1900: Final = dt.date(1970, 1, 1).toordinal() - _EPOCH

FREE: Final = -2
"""The group of edges that are no hop: they come first in a row."""


class Kind(enum.IntEnum):
    """What an edge says. The first seven are hops; the next two join nodes and are no hop; the others are facts."""

    COVERS = 0
    MADE_AT = 1
    COMPONENT_AT = 2
    LISTED_AT = 3
    SUPPLIED_BY = 4
    DECLARES_SMELTER = 5
    SOURCES_FROM = 6
    SAME_SITE = 7
    BRAND = 8
    BUYER = 9
    TYPE = 10


HOP_KINDS: Final = MappingProxyType({kind: HopKind[kind.name] for kind in Kind if kind.name in HopKind.__members__})

SCOPES: Final = tuple(sorted(Scope, key=lambda scope: scope.rank or 0))
"""By their numbers: the weakest first."""
BASES: Final = tuple(sorted(EvidenceBasis, key=lambda basis: basis.rank or 0))
"""By their numbers: the weakest first. A covers edge has none and weakens nothing: the number after the last."""

TIERS: Final = tuple(Tier)
"""By their numbers."""

CONTRACT_SCOPE: Final = len(SCOPES) - 1
MODEL_SCOPE: Final = CONTRACT_SCOPE - 1
NO_BASIS: Final = len(BASES)
PAIRS: Final = len(SCOPES) * len(BASES)
ALL_PAIRS: Final = (1 << PAIRS) - 1

KIND_BITS: Final = 0xF
STRENGTH: Final = 4
"""Above this bit of a code stand the scope in two bits and the basis in three."""
STRENGTH_BITS: Final = 0x1F
COMPLEX: Final = 1 << 9
"""Some who see it know sooner or later than others that it is revised or retracted: the table says who."""
WIDE: Final = 1 << 10
"""Its period does not fit the row: the table says more."""
OF_BRAND: Final = 1 << 11
"""It is said of a brand, so of each of its models."""


def code(kind: Kind, scope: int, basis: int) -> int:
    """The kind, scope and basis of an edge, as rows hold them.

    >>> code(Kind.MADE_AT, scope=2, basis=4) & KIND_BITS
    1
    """
    return int(kind) | (scope | basis << 2) << STRENGTH


def pair(scope: int, basis: int) -> int:
    """The number of a pair of scope and basis: the larger, the stronger.

    >>> pair(CONTRACT_SCOPE, len(BASES) - 1) == PAIRS - 1
    True
    """
    return scope * len(BASES) + min(basis, len(BASES) - 1)


FOR_CONTRACT: Final = ALL_PAIRS & ~((1 << pair(CONTRACT_SCOPE, 0)) - 1)
"""The bits of all pairs whose scope is CONTRACT."""


def _reaching(strength: int) -> int:
    scope, basis = strength & 3, strength >> 2
    weaker = (pair(s, b) for s in range(scope + 1) for b in range(min(basis, len(BASES) - 1) + 1))
    return sum(1 << number for number in weaker)


REACHING: Final[npt.NDArray[np.uint32]] = np.array([_reaching(n) for n in range(STRENGTH_BITS + 1)], dtype=np.uint32)
"""For each strength of an edge, a bit for each pair of thresholds that the edge meets."""


def day_number(day: dt.date) -> int:
    """The day as its number from 1900 on.

    >>> day_number(dt.date(1900, 1, 2))
    1
    """
    return day.toordinal() - _EPOCH


def day_of(number: int) -> dt.date:
    """The day of that number."""
    return dt.date.fromordinal(number + _EPOCH)


def row_days(first: npt.NDArray[np.int32], end: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.uint16], ...]:
    """Periods as rows hold them: first days, ends, and where they do not fit the `WIDE` bit."""
    open_from, open_to = first == ALWAYS, end == NEVER
    from_fits = open_from | ((first > 0) & (first < _LAST))
    to_fits = open_to | ((end > 0) & (end < _LAST))
    begins = np.where(open_from, 0, np.clip(first, 1, _LAST - 1)).astype(np.uint16)
    ends = np.where(open_to, _LAST, np.clip(end, 1, _LAST - 1)).astype(np.uint16)
    wide = ~(from_fits & to_fits)
    begins[wide], ends[wide] = 0, _LAST
    return begins, ends, (wide * WIDE).astype(np.uint16)


def row_day(number: int) -> int:
    """A day as rows hold it: those that lie outside count as the first or the last."""
    return min(max(number, 0), _LAST - 1)


def receipt_day(instant: int) -> int:
    """The day of an instant, in microseconds from 1970, as rows hold it."""
    return min(max(instant // _DAY + _FROM_1900, 0), _LAST)


def receipt_days(instants: npt.NDArray[np.int64]) -> npt.NDArray[np.uint16]:
    """The same of many."""
    return np.clip(instants // _DAY + _FROM_1900, 0, _LAST).astype(np.uint16)
