"""What buyers have in common at a site, and the numbers of it that may be told.

The rule, and why it tells of nobody: `docs/decisions/0019`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from ewgraph.model.rdf import IRI

LEAST: Final = 3
"""So many affiliates have to be behind a number that is told; a setting can ask for more, never for fewer."""
MOST_LINES: Final = 10_000
"""So many contract lines are summed, at most; of more no sum is told."""
MOST: Final = Decimal("0.75")
"""A sum is not told of which one affiliate spends more than this share."""
_EDGES: Final = tuple(first * 10**power + 1 for power in range(1, 6) for first in (1, 2, 5))
"""Where size classes begin above ten: 11, 21, 51, 101, …"""


class Purchase(NamedTuple):
    """A contract line by which a model is bought that leads to a site with scope MODEL or better.

    Attributes:
        contract: the contract.
        line: the line.
        record: the record that says so.
        is_strict: whether a chain is said for the contract, hop by hop.
    """

    contract: IRI
    line: IRI
    record: IRI
    is_strict: bool


@dataclass(frozen=True, slots=True)
class Links:
    """Who buys what leads to a site.

    Attributes:
        names: those of the site.
        purchases: by buyer, whoever names it.
    """

    names: frozenset[IRI]
    purchases: Mapping[IRI, AbstractSet[Purchase]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many affiliates are linked.

    Attributes:
        at_least: so many at least.
        at_most: so many at most; None where that is not told.
        contracts: by how many contracts; None where that is not told.
    """

    at_least: int
    at_most: int | None
    contracts: int | None = None


@dataclass(frozen=True, slots=True)
class Spend:
    """What affiliates together spend on what is linked, in one currency, between two amounts."""

    currency: str
    at_least: Decimal
    below: Decimal


@dataclass(frozen=True, slots=True)
class SharedLeverage:
    """What affiliates have in common at a site.

    Attributes:
        site: the site.
        suspected: those who buy a model that anybody says the site makes or supplies; the strict among them.
        strict: those for whose own contract it is said.
        spend: of the suspected.
        least: so many affiliates have to be behind a number.
    """

    site: IRI
    suspected: Count | None
    strict: Count | None
    spend: tuple[Spend, ...]
    least: int


def size_class(number: int, among: int, least: int) -> Count | None:
    """The size class in which a number of affiliates is told; None where it is not.

    None is narrower than the least, begins below it, or begins so high that fewer than the least might be left over of
    those who are counted: then all would be known to be in it, or nearly so.

    Args:
        number: how many they are.
        among: of how many that might have been.
        least: so many have to be behind a number.

    >>> size_class(7, 100, 3)
    Count(at_least=6, at_most=10, contracts=None)
    >>> size_class(7, 8, 3)
    Count(at_least=3, at_most=None, contracts=None)
    >>> size_class(2, 100, 3)
    >>> size_class(3, 4, 3)
    """
    begins = [edge for edge in (least, *(each for each in (6, *_EDGES) if each >= 2 * least)) if among - edge >= least]
    ends = [*(then - 1 for _, then in pairwise(begins)), None]
    return next((Count(*each) for each in reversed(list(zip(begins, ends, strict=False))) if number >= each[0]), None)


def is_shared(shares: Collection[Decimal], least: int) -> bool:
    """Whether enough affiliates are behind a sum, and the largest of their shares is not most of it."""
    return len(shares) >= least and max(shares) <= MOST * sum(shares)


def band(amount: Decimal) -> tuple[Decimal, Decimal]:
    """The size class of an amount: from 1 or 3 times a power of ten to the next of these.

    >>> band(Decimal(811200))
    (Decimal('300000'), Decimal('1000000'))
    """
    if amount <= 0:
        return Decimal(0), Decimal(1)
    power = Decimal(10) ** amount.adjusted()
    low, middle, high = power, 3 * power, 10 * power
    bounds = (low, middle) if amount < middle else (middle, high)
    return Decimal(f"{bounds[0]:f}"), Decimal(f"{bounds[1]:f}")
