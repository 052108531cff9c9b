"""Words as they are compared: without case, width, accents and punctuation; and digests of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_APART: Final = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """The text as it is compared: without case, width, accents and punctuation.

    >>> folded("Côte  d'Ivoire")
    'cote d ivoire'
    """
    if text.isascii():
        return _APART.sub(" ", text.casefold()).strip()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def hashed(cells: Iterable[str]) -> str:
    """A digest of the cells without regard to case, width, accents, punctuation and blanks; 20 hexadecimal digits.

    >>> hashed(["Foxconn (Shenzhen)"]) == hashed(["FOXCONN  SHENZHEN"])
    True
    """
    return hashlib.sha256("\x1f".join(map(folded, cells)).encode()).hexdigest()[:20]
