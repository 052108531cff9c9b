"""Names as they are compared: in lower-case Latin letters without marks, the words of company forms set apart."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from anyascii import anyascii

MOST_LETTERS: Final = 300
"""So much of a name is compared: longer ones are titles and addresses, which differ before."""

_FORMS: Final = frozenset(Path(__file__).with_name("company-forms.txt").read_text(encoding="ascii").split())
"""Words that tell what kind of company a name is of, of which many names have one and few people remember which."""

_GLUED: Final = re.compile(
    "(股份)?(有限责任公司|有限責任公司|有限公司)|公司|株式会社|株式會社|有限会社|주식회사|㈜|\\(株\\)|\\(주\\)"
)
"""Those that are written without a space before them, in the script of the name."""
_APOSTROPHES: Final = re.compile("['`\\u00b4\\u02bc\\u2019]")
_OTHER: Final = re.compile("[^a-z0-9]+")
_INITIALS: Final = re.compile(r"\b[a-z](?: [a-z]\b)+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A name as it is compared.

    Attributes:
        text: its words, with spaces between.
        words: its words.
        core: its words without those of company forms; all of them where there are no others.
        letters: the core without spaces: what is a word to one writer is two to another.
        run: all words without spaces.
    """

    text: str
    words: tuple[str, ...]
    core: tuple[str, ...]
    letters: str
    run: str


def folded(text: str) -> str:
    """The words of a text in lower-case Latin letters and digits, with spaces between.

    >>> folded("Café Ñandú S.A."), folded("深圳市有限公司"), folded("Горняк")
    ('cafe nandu sa', 'shenzhenshi ltd', 'gornyak')
    """
    spaced = _GLUED.sub(" ltd ", unicodedata.normalize("NFKC", text[:MOST_LETTERS]))
    plain = _OTHER.sub(" ", _APOSTROPHES.sub("", anyascii(spaced).lower())).strip()[:MOST_LETTERS]
    return _INITIALS.sub(lambda letters: letters[0].replace(" ", ""), plain)


@lru_cache(maxsize=4096)
def compared(text: str) -> Folded:
    """What is compared of a text that was folded.

    >>> compared("acme works co ltd").core
    ('acme', 'works')
    """
    words = tuple(text.split())
    core = tuple([word for word in words if word not in _FORMS]) or words
    return Folded(text, words, core, "".join(core), "".join(words))
