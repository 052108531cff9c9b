"""Finds things by name for one reader, in the audience graphs that the reader reads and in nothing else.

What is found, how alike it is and in what order it is told depend on what is looked for and on what these graphs show.
Of how many other things there are, and what they are called, nothing goes into it: there are no statistics of words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ewgraph.model.rdf import IRI
from ewgraph.names.fields import KINDS, Name, bits, classes_of
from ewgraph.names.folding import Folded, compared, folded
from ewgraph.names.grams import grams_of
from ewgraph.names.likeness import LEAST, likeness
from ewgraph.names.segment import SHORT, Segment
from ewgraph.names.shelf import Shelf

Numbers = npt.NDArray[Any]

_KINDS: Final = bits(KINDS)

MOST: Final = 500
"""So many names that share most with what is looked for are compared letter by letter."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found.

    Attributes:
        thing: what.
        score: how alike the name is to what was looked for, at most 100.
        name: by which of its names it was found.
        classes: what it is, the kinds first.
        countries: where it is.
    """

    thing: IRI
    score: int
    name: Name
    classes: tuple[IRI, ...]
    countries: tuple[IRI, ...]

    @property
    def kind(self) -> IRI:
        """What it is, as precisely as the first of its classes says that is no wide kind."""
        return next((one for one in self.classes if one not in KINDS), self.classes[0])

    @property
    def key(self) -> tuple[int, str, str]:
        """By what hits are put in order: the most alike first."""
        return 100 - self.score, self.name.text, self.thing.value


@dataclass(frozen=True, slots=True)
class Hits:
    """All that was found, the most alike first.

    Attributes:
        items: what was found.
        limited: whether there were more names than are compared, so that there may be more.
    """

    items: Sequence[Hit]
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Attributes:
        text: a name, a part of one or an identifier.
        classes: what it may be; anything where there are none.
        countries: where it may be; anywhere where there are none.
    """

    text: str
    classes: Collection[IRI] = ()
    countries: Collection[IRI] = ()


def search(shelves: Sequence[Shelf], wanted: Wanted) -> Hits:
    """What is found on the shelves of one reader."""
    looked_for = compared(folded(wanted.text))
    if not looked_for.words:
        return Hits(())
    traits = _Traits(shelves, wanted)
    best: dict[str, Hit] = {}
    fitting = ((segment, place) for segment, place in _alike(shelves, looked_for) if traits.fit(segment.owner(place)))
    for segment, place in islice(fitting, MOST):
        score = round(likeness(looked_for, compared(segment.plain[place]), segment.field(place)))
        if score >= LEAST:
            thing, name = segment.owner(place), segment.name(place)
            known = best.get(thing)
            if known is None or (-score, name.place, name) < (-known.score, known.name.place, known.name):
                best[thing] = traits.hit(thing, score, name)
    return Hits(sorted(best.values(), key=lambda hit: hit.key), limited=next(fitting, None) is not None)


def _alike(shelves: Sequence[Shelf], looked_for: Folded) -> Iterator[tuple[Segment, int]]:
    """It yields the names that may be alike, those that share most first; nothing but their texts decides it."""
    segments = [segment for shelf in shelves for segment in shelf.segments]
    letters = looked_for.letters
    grams = grams_of(" ".join(looked_for.core)) if len(letters) >= SHORT else []
    found = [segment.alike(letters, grams) for segment in segments]
    if not found:
        return
    alike, order, names = (np.concatenate(parts) for parts in zip(*found, strict=True))
    whose = np.repeat(np.arange(len(found)), [len(one.names) for one in found])
    for at in _ranked(alike, order):
        yield segments[whose[at]], int(names[at])


def _ranked(alike: Numbers, order: Numbers) -> Iterator[int]:
    """It yields places by what stands there: the most alike first. The rest is put in order only when it is wanted."""
    most = 2 * MOST
    first = alike >= (np.partition(alike, -most)[-most] if len(alike) > most else 0)
    for chosen in (np.flatnonzero(first), np.flatnonzero(~first)):
        yield from chosen[np.lexsort((order[chosen], -alike[chosen]))].tolist()


class _Traits:
    """What the reader sees that things are, and where: whichever graph shows it."""

    def __init__(self, shelves: Sequence[Shelf], wanted: Wanted) -> None:
        self._shelves = shelves
        self._classes = bits(wanted.classes or KINDS)
        self._countries = frozenset(country.value for country in wanted.countries)

    def fit(self, thing: str) -> bool:
        """Whether it is what is looked for."""
        classes = self._of(thing)
        if not (classes & _KINDS and classes & self._classes):
            return False
        return not self._countries or not self._countries.isdisjoint(self._places(thing))

    def hit(self, thing: str, score: int, name: Name) -> Hit:
        """The thing as it is told."""
        places = tuple(map(IRI, sorted(self._places(thing))))
        return Hit(IRI(thing), score, name, tuple(classes_of(self._of(thing))), places)

    def _of(self, thing: str) -> int:
        return reduce(or_, (shelf.classes(thing) for shelf in self._shelves), 0)

    def _places(self, thing: str) -> set[str]:
        return {place for shelf in self._shelves for place in shelf.countries(thing)}
