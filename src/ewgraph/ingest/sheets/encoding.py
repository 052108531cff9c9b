"""Which encoding a text file has: by its byte order mark, else UTF-8 where it is that, else a guess that is told."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from charset_normalizer import CharsetMatch, from_bytes

UTF_8: Final = "utf-8"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELY: Final = ("cp1252", "cp1250", "cp1251", "gb18030", "big5", "shift_jis", "euc_kr")
"""Western, Central European, Cyrillic, mainland Chinese, Taiwanese, Japanese, Korean."""
_ANY_BYTE: Final = "iso8859_15"
_SAMPLE: Final = 64_000
_CHUNK: Final = 1 << 20
_LINE: Final = 1 << 16


def marked_encoding(head: bytes) -> str:
    """The encoding that the byte order mark at the begin of a file says; empty where there is none."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def guessed_encoding(path: Path) -> str:
    """The likeliest encoding of a text that is not UTF-8, in which every byte of it can be read."""
    matches = from_bytes(_foreign_lines(path), cp_isolation=[*_LIKELY, _ANY_BYTE])
    guesses = dict.fromkeys([*_best(list(matches)), *(match.encoding for match in matches), *_LIKELY])
    return next((encoding for encoding in guesses if readable(path, encoding)), _ANY_BYTE)


def _best(matches: list[CharsetMatch]) -> list[str]:
    """The encodings that nothing is found against, those that make the most letters first, else the likeliest first.

    A few lines of Western and of Central European letters look alike to the detector.
    """
    even = [each for each in matches if (each.chaos, each.coherence) == (matches[0].chaos, matches[0].coherence)]
    found = {encoding: str(each) for each in even for encoding in each.could_be_from_charset if encoding in _LIKELY}
    signs = {encoding: sum(not (sign.isascii() or sign.isalpha()) for sign in text) for encoding, text in found.items()}
    return sorted(found, key=lambda encoding: (signs[encoding], _LIKELY.index(encoding)))


def readable(path: Path, encoding: str) -> bool:
    """Whether every byte of a file can be read in the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _foreign_lines(path: Path) -> bytes:
    """The first lines that are not plain ASCII: the others say nothing about the encoding."""
    found: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        while size < _SAMPLE and (line := file.readline(_LINE)):
            if not line.isascii():
                found.append(line)
                size += len(line)
    return b"".join(found)
