"""The words of a SPARQL text with their places (SPARQL 1.1 Query, 19.8).

It cuts a text that a grammar has already parsed; it decides nothing by itself. Where it should cut otherwise than the
grammar, whoever uses it finds out by parsing again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_NAME: Final = r"[^\W_](?:[\w\-.·\u203F\u2040]*[\w\-·\u203F\u2040])?"
_ESCAPED: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL: Final = rf"(?:[\w:]|{_ESCAPED})(?:(?:[\w\-.:·\u203F\u2040]|{_ESCAPED})*(?:[\w\-:·\u203F\u2040]|{_ESCAPED}))?"
_WORD: Final = re.compile(
    rf"""
    (?P<space>\s+|\#[^\n]*)
  | (?P<string>\"{{3}}(?:[^"\\]|\\.|"(?!""))*\"{{3}}|'{{3}}(?:[^'\\]|\\.|'(?!''))*'{{3}}
      |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>|(?:{_NAME})?:(?:{_LOCAL})?)
  | (?P<blank>_:[\w](?:[\w\-.]*[\w\-])?)
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z][A-Za-z0-9\-]*)
  | (?P<number>[0-9]*\.?[0-9]+(?:[eE][+\-]?[0-9]+)?)
  | (?P<keyword>\w+)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text.

    Attributes:
        kind: `iri` (written whole or with a prefix), `variable`, `keyword`, `sign`, `string`, `blank`, `tag`, `number`.
        start: where it begins.
        end: where it has ended.
    """

    kind: str
    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of the text, without white space and comments."""
    for match in _WORD.finditer(text):
        kind = match.lastgroup or "sign"
        if kind != "space":
            yield Word(kind, match[0], match.start(), match.end())


def after_prologue(found: Sequence[Word]) -> int:
    """The place of the first word behind the prefixes and the base."""
    place = 0
    while place < len(found) and found[place].kind == "keyword" and found[place].text.upper() in {"PREFIX", "BASE"}:
        place += 3 if found[place].text.upper() == "PREFIX" else 2
    return place
