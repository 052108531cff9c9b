"""Texts with slots: `{name}`, `{year+1}`, `{hash:a,b}`, `{raw:name}`.

A text is compiled once; filling it is then a look-up and a `%`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from ewgraph.ingest.mapping.words import hashed

_SLOT: Final = re.compile(r"\{(?:hash:(?P<hashed>\w+(?:,\w+)*)|(?P<name>(?:raw:)?\w+?)(?P<plus>\+\d+)?)\}", re.ASCII)
_UNSAFE: Final = re.compile(r"[\x00-\x20<>\"{}|\\^`%/?#\[\]]")
_HASHES: Final = 65_536

Texts: TypeAlias = Mapping[str, str]
Filling: TypeAlias = Callable[[Texts], str]

_cached_hash = lru_cache(_HASHES)(hashed)


def slot_names(template: str) -> tuple[str, ...]:
    """The names that the slots of a text want, each once.

    >>> slot_names("{a}-{hash:b,a}-{year+1}")
    ('a', 'b', 'year')
    """
    found: dict[str, None] = {}
    for slot in _SLOT.finditer(template):
        for name in (slot["hashed"] or slot["name"]).split(","):
            found[name] = None
    return tuple(found)


def filling(template: str, *, escaped: frozenset[str] = frozenset()) -> Filling:
    """What fills the slots of a text.

    Args:
        template: the text.
        escaped: the names whose text is escaped as a part of an IRI's path, unless the text begins with the slot.
    """
    pieces: list[Filling] = []
    parts: list[str] = []
    end = 0
    for slot in _SLOT.finditer(template):
        parts += [template[end : slot.start()].replace("%", "%%"), "%s"]
        pieces.append(_piece(slot, escape=slot.start() > 0 and slot["name"] in escaped))
        end = slot.end()
    if not pieces:
        return lambda _: template
    parts.append(template[end:].replace("%", "%%"))
    pattern = "".join(parts)
    if len(pieces) == 1:
        only = pieces[0]
        return only if pattern == "%s" else lambda texts: pattern % only(texts)
    return lambda texts: pattern % tuple([piece(texts) for piece in pieces])


def filled(template: str, texts: Texts) -> str:
    """The text with its slots filled; a sum with what is no whole number gives the cell's own text.

    >>> filled("{year+1}-01-01", {"year": "2018"})
    '2019-01-01'
    """
    return filling(template)(texts)


def _piece(slot: re.Match[str], *, escape: bool) -> Filling:
    if slot["hashed"]:
        names = tuple(slot["hashed"].split(","))
        return lambda texts: _cached_hash(tuple([texts[name] for name in names]))
    name: str = slot["name"]
    if slot["plus"]:
        more = int(slot["plus"])
        return lambda texts: _sum(texts[name], more)
    if escape:
        return lambda texts: path_part(texts[name])
    return lambda texts: texts[name]


def _sum(text: str, more: int) -> str:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return text
    return str(int(text) + more).zfill(len(text))


def path_part(text: str) -> str:
    """The text as a part of an IRI's path: what may not stand there is percent-encoded.

    >>> path_part("A 1/b")
    'A%201%2Fb'
    """
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", text)
