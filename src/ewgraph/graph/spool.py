"""Where an answer is kept between the worker that writes it and the reader who takes it: whole before it is begun.

A small one is held in memory. A larger one lies in a file that has no name, beside the checkpoint it was made from; the
worker hands its descriptor on, and the file is gone with the last of those.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from ewgraph.errors import LimitError

PIECE_BYTES: Final = 256 * 1024
"""What is held in memory of an answer that lies in a file, and what is held of one that does not."""


class Sink(io.RawIOBase):
    """Takes an answer as it is written, and refuses to grow past its limit.

    Attributes:
        limit: how many bytes it takes.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        """Take where a large answer is put, and how many bytes it may have."""
        super().__init__()
        self._folder = folder
        self.limit = limit
        self._held: IO[bytes] = io.BytesIO()
        self._size = 0
        self._filed = False

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: object, /) -> int:
        """Keep the content.

        Raises:
            LimitError: there would be too much.
            OSError: the disk is full.
        """
        more = memoryview(content)  # type: ignore[arg-type]  # bytes of one kind or another
        self._size += len(more)
        if self._size > self.limit:
            raise LimitError(
                f"the answer has more than {self.limit} bytes. Ask for less: add a LIMIT, or fewer columns",
                limit="bytes",
            )
        if self._size > PIECE_BYTES and not self._filed:
            self._put_into_file()
        return self._held.write(more)

    def _put_into_file(self) -> None:
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  # whoever takes the answer closes it
        file.write(self._held.getvalue())  # type: ignore[attr-defined]  # a buffer until now
        self._held, self._filed = file, True

    def flush(self) -> None:
        """Have all of it where it is kept.

        Raises:
            OSError: the disk is full.
        """
        if self._filed:
            self._held.flush()

    @property
    def file(self) -> int | None:
        """The descriptor of the file that has all of it, once it was flushed; None where it is held in memory."""
        return self._held.fileno() if self._filed else None

    @property
    def content(self) -> bytes:
        """All of it, where it is held in memory."""
        return b"" if self._filed else self._held.getvalue()  # type: ignore[attr-defined]

    def close(self) -> None:
        """Let go of it, whether or not all of it could be kept."""
        with contextlib.suppress(OSError):
            self._held.close()
        with contextlib.suppress(OSError, ValueError):
            super().close()


class Kept:
    """A whole answer, read in pieces as often as one likes.

    >>> kept = Kept(b"ask me")
    >>> len(kept), bytes(kept), kept.first(3)
    (6, b'ask me', b'ask')
    """

    def __init__(self, content: bytes = b"", file: int | None = None) -> None:
        """Keep the content, or what the file of that descriptor has; it is closed with the last who knows of this."""
        self._content = content
        self._file = file
        self._size = len(content) if file is None else os.fstat(file).st_size
        if file is not None:
            weakref.finalize(self, os.close, file)

    def __len__(self) -> int:
        return self._size

    def __bytes__(self) -> bytes:
        return self._content if self._file is None else b"".join(self.pieces())

    def piece(self, start: int, most: int = PIECE_BYTES) -> bytes:
        """The bytes from there on, not more than so many; none at the end."""
        if self._file is None:
            return self._content[start : start + most]
        return os.pread(self._file, most, start)

    def pieces(self) -> Iterator[bytes]:
        """All of it, one piece after another."""
        start = 0
        while piece := self.piece(start):
            yield piece
            start += len(piece)

    def first(self, most: int) -> bytes:
        """The beginning."""
        return self.piece(0, most)

    def opened(self) -> IO[bytes]:
        """It as a file to read from."""
        return io.BufferedReader(_Reading(self))


class _Reading(io.RawIOBase):
    def __init__(self, kept: Kept) -> None:
        super().__init__()
        self._kept = kept
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        piece = self._kept.piece(self._at, len(view))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
