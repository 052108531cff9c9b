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
        return _of_code("".join(wanted.words), "".join(name.words))
    whole = _whole(wanted, name)
    return min(99.0, max(whole, _part(wanted, name, whole))) * _WEIGHTS.get(field, 1.0)


def _of_code(wanted: str, code: str) -> float:
    """How alike an identifier is: one that differs is another's."""
    if wanted == code:
        return 100.0
    place = code.find(wanted)
    return 0.0 if place < 0 else (75.0 if place == 0 else 60.0) + 20.0 * len(wanted) / len(code)


def _whole(wanted: Folded, name: Folded) -> float:
    core = max(
        fuzz.ratio(wanted.letters, name.letters),
        0.97 * fuzz.ratio("".join(sorted(wanted.core)), "".join(sorted(name.core))),
    )
    forms = 100.0 if wanted.words == name.words else fuzz.ratio(wanted.text, name.text)
    return float((1 - _FORMS_COUNT) * core + _FORMS_COUNT * forms)


def _part(wanted: Folded, name: Folded, whole: float) -> float:
    """How alike what is looked for is to a part of the name: less than to a whole name that is as alike."""
    share = len(wanted.letters) / max(len(wanted.letters), len("".join(name.words)))
    text, looked_for = name.text, " ".join(wanted.core)
    if f" {text}".find(f" {looked_for}") >= 0:
        held = 78.0 + 16.0 * share
    elif wanted.letters in "".join(name.words):
        held = 60.0 + 20.0 * share
    else:
        held = 0.0
    covered = sum(len(word) * _best(word, name.words) for word in wanted.core) / max(1, len(wanted.letters))
    return max(held, 0.8 * covered + 0.12 * whole if covered >= _WORD else 0.0)


def _best(word: str, others: tuple[str, ...]) -> float:
    if word in others:
        return 100.0
    if len(word) > 2 and any(other.startswith(word) for other in others):
        return 96.0
    found = process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=_WORD)
    return float(found[1]) if found else 0.0
