"""How alike a name is to what is looked for: from 0 to 100, by the two texts alone."""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz, process

from ewgraph.names.fields import Field
from ewgraph.names.folding import Folded

LEAST: Final = 60
"""What is less alike is not told."""

_FORMS_COUNT: Final = 0.08
"""How much of the likeness of two names lies in the words of company forms."""
_WORD: Final = 75.0
"""Words that are less alike are different words."""
_TURNED: Final = 90.0
"""Names that are less alike may have their words in another order."""
_WEIGHTS: Final = {Field.ALTERNATIVE: 0.98, Field.ADDRESS: 0.8}


def likeness(wanted: Folded, name: Folded, field: Field) -> float:
    """How alike a name is to what is looked for.

    100 is the same but for case, marks and script; around 90 one of which a letter in ten is another, or that holds all
    that is looked for; 60 one that is hardly alike. An identifier is the same, or holds what is looked for.
    """
    if not wanted.words or not name.words:
        return 0.0
    if wanted.words == name.words:
        return 100.0 * _WEIGHTS.get(field, 1.0)
    if field.is_code:
        return _of_code(wanted.run, name.run)
    whole = _whole(wanted, name)
    return min(99.0, max(whole, _part(wanted, name, whole))) * _WEIGHTS.get(field, 1.0)


def _of_code(wanted: str, code: str) -> float:
    """How alike an identifier is: one that differs is another's."""
    if wanted == code:
        return 100.0
    place = code.find(wanted)
    return 0.0 if place < 0 else (75.0 if place == 0 else 60.0) + 20.0 * len(wanted) / len(code)


def _whole(wanted: Folded, name: Folded) -> float:
    core = fuzz.ratio(wanted.letters, name.letters)
    if len(wanted.core) > 1 and core < _TURNED:
        core = max(core, 0.97 * fuzz.ratio("".join(sorted(wanted.core)), "".join(sorted(name.core))))
    return (1 - _FORMS_COUNT) * core + _FORMS_COUNT * fuzz.ratio(wanted.text, name.text)


def _part(wanted: Folded, name: Folded, whole: float) -> float:
    """How alike what is looked for is to a part of the name: less than to a whole name that is as alike."""
    held, spaced = 0.0, f" {name.text}"
    if wanted.letters in name.run:
        share = len(wanted.letters) / len(name.run)
        begins = f" {' '.join(wanted.core)}" in spaced
        held = 78.0 + 16.0 * share if begins else 60.0 + 20.0 * share
    covered, left = 0.0, len(wanted.letters)
    for word in wanted.core:
        left -= len(word)
        covered += len(word) * _best(word, spaced, name.words)
        if covered + 100.0 * left < _WORD * len(wanted.letters):
            return held
    return max(held, 0.8 * covered / len(wanted.letters) + 0.12 * whole)


def _best(word: str, spaced: str, others: tuple[str, ...]) -> float:
    """How alike a word is to the one of others that is most like it."""
    if word in others:
        return 100.0
    if len(word) > 2 and f" {word}" in spaced:
        return 96.0
    found = process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=_WORD)
    return found[1] if found else 0.0
