"""A lock that many readers hold at once, or one writer alone. A waiting writer goes before readers that come later."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class SharedLock:
    """The lock. It is not reentrant: whoever reads must not begin to read again, nor to write."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._readers = 0
        self._writing = False
        self._waiting = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read, beside others."""
        with self._free:
            while self._writing or self._waiting:
                self._free.wait()
            self._readers += 1
        try:
            yield
        finally:
            with self._free:
                self._readers -= 1
                if not self._readers:
                    self._free.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write, alone."""
        with self._free:
            self._waiting += 1
            while self._writing or self._readers:
                self._free.wait()
            self._waiting -= 1
            self._writing = True
        try:
            yield
        finally:
            with self._free:
                self._writing = False
                self._free.notify_all()
