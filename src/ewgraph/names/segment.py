"""The names in one audience graph, in arrays that do not change; only what is no longer shown is struck out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from ewgraph.names.fields import FIELDS, Entry, Field, Name
from ewgraph.names.folding import folded
from ewgraph.names.grams import Postings, postings
from ewgraph.names.texts import Texts

Numbers = npt.NDArray[Any]

SHORT: Final = 3
"""Fewer letters than this have no pieces: they are looked for as they stand."""
_LEAST_SHARED: Final = 0.15
"""Of the pieces of what is looked for, what is spelt nearly like it has so many: two letters that changed places spoil
four of the five pieces of a word of six."""


class Columns(NamedTuple):
    """The arrays of a segment, but for its texts. A thing is numbered by its IRI, a name by its thing and its text.

    Attributes:
        classes: for each thing what it is, by bits.
        countries: for each thing the number of the set of countries that it is in.
        owner: for each name the number of its thing, ascending.
        place: for each name the number of its field.
        language: for each name the number of its language.
        order: for each name a number by which names that are alike are put in order; its own, whatever else there is.
    """

    classes: Numbers
    countries: Numbers
    owner: Numbers
    place: Numbers
    language: Numbers
    order: Numbers


class Found(NamedTuple):
    """Names that may be alike, with how many pieces they share: larger is more alike."""

    alike: Numbers
    order: Numbers
    names: Numbers


class Segment:
    """Names in one audience graph.

    Attributes:
        things: the IRIs of what is named.
        texts: the names.
        plain: the names as they are compared.
        sets: the sets of countries.
        languages: the languages.
        columns: the arrays.
        postings: which names have which pieces.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what a file holds
        self,
        things: Texts,
        texts: Texts,
        plain: Texts,
        sets: list[tuple[str, ...]],
        languages: list[str],
        columns: Columns,
        of_pieces: Postings | None = None,
    ) -> None:
        """Take what a file holds; without postings they are made anew."""
        self.things = things
        self.texts = texts
        self.plain = plain
        self.sets = sets
        self.languages = languages
        self.columns = columns
        self.postings = postings(list(plain)) if of_pieces is None else of_pieces
        self._number = {thing: number for number, thing in enumerate(things)}
        self._standing = np.ones(len(things), np.bool_)
        self._struck = 0

    @classmethod
    def of(cls, entries: Mapping[str, Entry]) -> Segment:
        """The segment of things, by their IRIs."""
        things = sorted(entries)
        sets = sorted({tuple(sorted(entry.countries)) for entry in entries.values()})
        names = [(number, name) for number, thing in enumerate(things) for name in sorted(entries[thing].names)]
        languages = sorted({name.language for _, name in names})
        countries, spoken = ({one: number for number, one in enumerate(some)} for some in (sets, languages))
        columns = Columns(
            np.array([entries[thing].classes for thing in things], np.uint64),
            np.array([countries[tuple(sorted(entries[thing].countries))] for thing in things], np.int32),
            np.array([number for number, _ in names], np.int32),
            np.array([name.place for _, name in names], np.uint8),
            np.array([spoken[name.language] for _, name in names], np.int32),
            np.array([_order(things[number], name) for number, name in names], np.uint64),
        )
        texts = [name.text for _, name in names]
        return cls(Texts.of(things), Texts.of(texts), Texts.of(map(folded, texts)), sets, languages, columns)

    def __len__(self) -> int:
        """How many names it holds, with those that are struck out."""
        return len(self.texts)

    @property
    def worn(self) -> bool:
        """Whether more than half of its things are struck out."""
        return 2 * self._struck > len(self.things)

    def strike(self, thing: str) -> None:
        """Strike a thing out."""
        number = self._number.get(thing)
        if number is not None and self._standing[number]:
            self._standing[number] = False
            self._struck += 1

    def number(self, thing: str) -> int | None:
        """The number of a thing; None where it is not here."""
        number = self._number.get(thing)
        return number if number is not None and self._standing[number] else None

    def standing(self) -> Iterator[tuple[str, Entry]]:
        """It yields the things that are not struck out."""
        bounds = np.searchsorted(self.columns.owner, np.arange(len(self.things) + 1))
        for number in np.flatnonzero(self._standing).tolist():
            names = {self.name(place) for place in range(int(bounds[number]), int(bounds[number + 1]))}
            yield self.things[number], Entry(self.classes(number), set(self.countries(number)), names)

    def classes(self, number: int) -> int:
        """What a thing is, by bits."""
        return int(self.columns.classes[number])

    def countries(self, number: int) -> tuple[str, ...]:
        """Where a thing is."""
        return self.sets[int(self.columns.countries[number])]

    def owner(self, place: int) -> str:
        """The thing that a name is of."""
        return self.things[int(self.columns.owner[place])]

    def field(self, place: int) -> Field:
        """What kind of name one is."""
        return FIELDS[int(self.columns.place[place])]

    def name(self, place: int) -> Name:
        """A name by its number."""
        language = self.languages[self.columns.language[place]]
        return Name(self.texts[place], int(self.columns.place[place]), language)

    def alike(self, letters: str, grams: list[int]) -> Found:
        """The names that may be alike, in no order. What they share depends on nothing but the two texts.

        Args:
            letters: what is looked for, without spaces.
            grams: its pieces.
        """
        if len(letters) < SHORT:
            shared, least = self._holding(letters), 1
        else:
            shared, least = np.zeros(len(self), np.int32), max(1, -int(-_LEAST_SHARED * len(grams) // 1))
            for gram in grams:
                shared[self.postings.having(gram)] += 1  # a name has each piece once
        places = np.flatnonzero(shared >= least)
        places = places[self._standing[self.columns.owner[places]]]
        sizes = self.postings.sizes[places].astype(np.float64)
        alike = shared[places] / len(grams) + 2 * shared[places] / (len(grams) + sizes) if grams else 1 / (1 + sizes)
        return Found(alike, self.columns.order[places], places)

    def _holding(self, letters: str) -> Numbers:
        """Which names hold one or two letters in a row."""
        held = np.frombuffer(self.plain.content, np.uint8)
        if not letters or len(held) < len(letters):
            return np.zeros(len(self), np.int32)
        at = held == ord(letters[0])
        if len(letters) > 1:
            at = at[:-1] & (held[1:] == ord(letters[1]))
        owners = np.searchsorted(self.plain.starts, np.flatnonzero(at), side="right") - 1
        if len(letters) > 1:
            begins = np.flatnonzero(at)
            owners = owners[begins + 1 < self.plain.starts[owners + 1]]
        found = np.zeros(len(self), np.int32)
        found[owners] = 1
        return found


def _order(thing: str, name: Name) -> int:
    key = f"{thing}\n{name.place}\n{name.language}\n{name.text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "little")
