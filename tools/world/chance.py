"""Chance without a state: what is drawn depends on the words it is drawn for, so adding a record moves no other."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

SEED = "ewgraph-example-2026"
T = TypeVar("T")


def below(limit: int, *words: object) -> int:
    """A number from 0 up to, not including, the limit."""
    digest = hashlib.sha256("|".join([SEED, *map(str, words)]).encode()).digest()
    return int.from_bytes(digest[:8]) % limit


def one(choices: Sequence[T], *words: object) -> T:
    """One of the choices."""
    return choices[below(len(choices), *words)]


def some(choices: Sequence[T], count: int, *words: object) -> list[T]:
    """Several different ones, in the order in which they stand."""
    ranked = sorted(range(len(choices)), key=lambda place: below(1 << 60, *words, place))
    return [choices[place] for place in sorted(ranked[:count])]


def later(start: date, least: int, most: int, *words: object) -> date:
    """A day between so many and so many days after another."""
    return start + timedelta(days=least + below(most - least + 1, *words))
