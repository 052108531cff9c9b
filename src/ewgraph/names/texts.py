"""Many texts as one run of bytes, as a file holds them: a million short strings would take ten times the memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, overload

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]


class Texts(Sequence[str]):
    """Texts by number.

    >>> Texts.of(["深圳", "Tin"])[0]
    '深圳'
    """

    def __init__(self, content: bytes, starts: Numbers) -> None:
        """Take the bytes, and where each text starts and the last ends."""
        self.content = content
        self.starts = starts

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """The texts, numbered in their order."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        starts = np.fromiter(accumulate(map(len, encoded), initial=0), np.int64, len(encoded) + 1)
        return cls(b"".join(encoded), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[str]: ...
    def __getitem__(self, number: int | slice) -> str | Sequence[str]:
        """A text by its number."""
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return self.content[self.starts[number] : self.starts[number + 1]].decode("utf-8", "surrogatepass")
