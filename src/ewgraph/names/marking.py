"""Which parts of a name are what was looked for, for people who wonder why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from ewgraph.names.folding import compared, folded

_WORD: Final = re.compile(r"(\w+)")
_ALIKE: Final = 70.0
_SHORT: Final = 3


def marked(name: str, looked_for: str) -> Iterator[tuple[str, bool]]:
    """It yields the name in pieces, each with whether it is like what was looked for.

    >>> list(marked("Foxconn (Zhengzhou)", "zengzhou"))
    [('Foxconn (', False), ('Zhengzhou', True), (')', False)]
    """
    wanted = compared(folded(looked_for))
    pieces: list[tuple[str, bool]] = []
    for piece in filter(None, _WORD.split(name)):
        is_like = bool(_WORD.fullmatch(piece)) and _is_like(folded(piece), wanted.core, wanted.letters)
        if pieces and pieces[-1][1] == is_like:
            pieces[-1] = pieces[-1][0] + piece, is_like
        else:
            pieces.append((piece, is_like))
    yield from pieces


def _is_like(word: str, wanted: tuple[str, ...], letters: str) -> bool:
    run = word.replace(" ", "")
    if not run:
        return False
    if letters in run or (len(run) >= _SHORT and run in letters):
        return True
    return any(one in run if len(one) >= _SHORT else run.startswith(one) for one in wanted) or any(
        fuzz.ratio(one, run) >= _ALIKE for one in wanted
    )
