"""The pieces of three letters that folded names have, as numbers: who shares many of them is spelt alike.

A piece is three letters in a row of the name without its spaces, or the first two of a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]

_LETTERS: Final = 36
_START: Final = 36
_BASE: Final = 37
_OF_BYTE: Final = np.full(256, 255, np.uint8)
_OF_BYTE[ord("a") : ord("z") + 1] = np.arange(26)
_OF_BYTE[ord("0") : ord("9") + 1] = np.arange(26, _LETTERS)
_LINE: Final = ord("\n")


class Postings(NamedTuple):
    """For each piece the names that have it, ascending.

    Attributes:
        grams: the pieces that occur, ascending.
        starts: where the names of each begin among `places`, and where the last end.
        places: the places of names.
        sizes: how many pieces each name has.
    """

    grams: Numbers
    starts: Numbers
    places: Numbers
    sizes: Numbers

    def having(self, gram: int) -> Numbers:
        """The places of the names that have a piece."""
        at = int(np.searchsorted(self.grams, gram))
        if at == len(self.grams) or self.grams[at] != gram:
            return self.places[:0]
        return self.places[self.starts[at] : self.starts[at + 1]]


def postings(texts: Sequence[str]) -> Postings:
    """The postings of folded names."""
    blob = np.frombuffer("".join(f"{text}\n" for text in texts).encode("ascii"), np.uint8)
    letters = _OF_BYTE[blob]
    line = (blob == _LINE).astype(np.int64)
    owner = np.cumsum(line) - line
    is_letter = letters < _LETTERS
    row, of = letters[is_letter].astype(np.int64), owner[is_letter]
    within = of[2:] == of[:-2]
    inner = (row[:-2] * _BASE + row[1:-1]) * _BASE + row[2:]
    begins = is_letter[1:-1] & is_letter[2:] & ~is_letter[:-2]
    first = (_START * _BASE + letters[1:-1].astype(np.int64)) * _BASE + letters[2:]
    pieces = (
        inner[within] << 32 | of[2:][within],
        first[begins] << 32 | owner[1:-1][begins],
        _very_first(is_letter, letters, owner),
    )
    pairs = np.sort(np.concatenate(pieces))  # `np.unique` takes ten times as long
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    places = (pairs & 0xFFFFFFFF).astype(np.int32)
    grams = pairs >> 32
    starts = np.flatnonzero(np.diff(grams, prepend=-1))
    return Postings(
        grams[starts].astype(np.uint16),
        np.append(starts, len(pairs)).astype(np.int64),
        places,
        np.bincount(places, minlength=len(texts)).astype(np.uint16),
    )


def _very_first(is_letter: Numbers, letters: Numbers, owner: Numbers) -> Numbers:
    """The beginning of the first name, before which there is no line's end."""
    if len(letters) < 2 or not (is_letter[0] and is_letter[1]):
        return np.empty(0, np.int64)
    gram = (_START * _BASE + int(letters[0])) * _BASE + int(letters[1])
    return np.array([gram << 32 | int(owner[0])], np.int64)


def grams_of(text: str) -> list[int]:
    """The pieces of one folded name, ascending."""
    return [int(gram) for gram in postings([text]).grams]
