"""Text from outside, made safe to show: whatever would steer a terminal, a page or a workbook becomes visible."""

from __future__ import annotations

import re
from typing import Final

# Steering characters of the Unicode bidirectional algorithm (UAX #9), which can make a text read as another one; lone
# surrogates and non-characters, which XML 1.0 and UTF-8 cannot hold; the controls of ISO 6429.
_BEYOND_ASCII: Final = "\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_STEERING: Final = re.compile(f"[\x00-\x1f{_BEYOND_ASCII}]")
_UNESCAPED: Final = re.compile(f"[{_BEYOND_ASCII}\u2028\u2029]")
_BLANKS: Final = re.compile(r"[\t\n\r\u2028\u2029]+")


def visible(text: str) -> str:
    r"""The text on one line, line breaks as blanks, control characters as pictures of themselves, others as �.

    >>> visible("a\nb\x1b[31m")
    'a b␛[31m'
    """
    return _STEERING.sub(_picture, _BLANKS.sub(" ", text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "�"


def escaped(document: str) -> str:
    """The JSON document with the steering characters that its strings may hold as escapes: it stays equal."""
    return _UNESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", document)


def shortened(text: str, length: int) -> str:
    """The text, or its beginning and `…` where it is longer than that.

    >>> shortened("Shenzhen", 5)
    'Shen…'
    """
    return text if len(text) <= length else text[: length - 1] + "…"
