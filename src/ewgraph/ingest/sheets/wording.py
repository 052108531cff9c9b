"""The text of a cell as it is understood: no blanks around it, single spaces within, escapes of the format undone.

A run of blanks, line breaks among them, becomes one space. At both ends also what cannot be seen is cut: zero-width
spaces, direction marks, byte order marks. Control characters stay, so that they can be told; all else stays as it is.
"""

from __future__ import annotations

import re
from typing import Final

_BLANK: Final = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_UNSEEN: Final = "\u200b\u200e\u200f\u2060\ufeff"
_EDGES: Final = re.compile(f"^[{_BLANK}{_UNSEEN}]+|[{_BLANK}{_UNSEEN}]+$")
_RUN: Final = re.compile(f"[{_BLANK}]+")
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def tidy(text: str) -> str:
    r"""The text without blanks around it, and with single spaces within.

    >>> tidy("  Plant\u00a02,\n\tHall B\u200b ")
    'Plant 2, Hall B'
    """
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return _RUN.sub(" ", _EDGES.sub("", text))


def unescaped(text: str) -> str:
    """The text with the escapes of workbooks undone (ECMA-376 part 1, 22.9.2.19: `_x000D_`, and `_x005F_` for `_`).

    >>> unescaped("a_x005F_x0041__x0042_")
    'a_x0041_B'
    """
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
