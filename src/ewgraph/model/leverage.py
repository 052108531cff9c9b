"""What buyers have in common at a site, and the numbers of it that may be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ewgraph.model.rdf import IRI

LEAST: Final = 3
"""So many affiliates have to be behind a number that is told."""
MOST_LINES: Final = 10_000
"""So many contract lines are summed, at most; of more no sum is told."""
MOST: Final = Decimal("0.75")
"""A sum is not told of which one affiliate spends more than this share."""


@dataclass(frozen=True, slots=True)
class Links:
    """The contracts that lead to a site with scope MODEL or better.

    Attributes:
        contracts: how many there are of the same buyers: those to which a chain leads that was said for the contract,
            hop by hop, apart from the others.
        lines: the contract lines whose models lead there, each with the buyers; None for more than `MOST_LINES`.
    """

    contracts: Counter[tuple[frozenset[IRI], bool]]
    lines: Mapping[IRI, frozenset[IRI]] | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many affiliates are linked, and by how many contracts."""

    affiliates: int
    contracts: int


@dataclass(frozen=True, slots=True)
class Spend:
    """What affiliates together spend on what is linked, in one currency, between two amounts."""

    currency: str
    at_least: Decimal
    below: Decimal


@dataclass(frozen=True, slots=True)
class SharedLeverage:
    """What affiliates have in common at a site. What concerns fewer than so many affiliates is not told.

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
