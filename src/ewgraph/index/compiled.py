"""Functions over arrays, compiled to machine code when they are first called and kept on disk for the next process.

A compiled function lets go of the interpreter's lock while it runs, so readers on several threads run at once.

numba keeps the code of a function until the file it stands in changes, but what it calls is compiled into it, and may
stand elsewhere. So the code is kept in a folder that is named by all that any of it is made of.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar, cast

from numba import config, njit

from ewgraph.model import codes

F = TypeVar("F", bound=Callable[..., object])

Int: TypeAlias = Any
"""A whole number of any width, within compiled functions."""

_HERE: Final = Path(__file__).parent
_NAME: Final = "compiled-"


def compiled(function: F) -> F:
    """The function, compiled: it may use arrays, numbers, named tuples of them, and other compiled functions."""
    with _kept_in(folder()):
        return cast("F", njit(function, cache=True, nogil=True, error_model="numpy"))


@contextmanager
def _kept_in(place: Path) -> Iterator[None]:
    """Keep there the code of what is declared meanwhile: numba decides it when a function is declared."""
    settings: Any = config
    before, settings.CACHE_DIR = settings.CACHE_DIR, str(place)
    try:
        yield
    finally:
        settings.CACHE_DIR = before


def inlined(function: F) -> F:
    """A small part of compiled functions, written into each place where it is called."""
    return cast("F", njit(function, inline="always", nogil=True, error_model="numpy"))


@lru_cache(maxsize=1)
def folder() -> Path:
    """The folder of the compiled functions; those of other versions beside it are removed."""
    summed = hashlib.sha256()
    for path in [*sorted(_HERE.glob("*.py")), Path(codes.__file__)]:
        summed.update(path.read_bytes())
    name = _NAME + summed.hexdigest()[:16]
    for place in _places():
        if (place / name).is_dir() and os.access(place / name, os.W_OK):
            return place / name
        try:
            (place / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        for other in place.glob(f"{_NAME}*"):
            if other.name != name:
                shutil.rmtree(other, ignore_errors=True)
        return place / name
    return Path(tempfile.mkdtemp(prefix=_NAME))


def is_kept() -> bool:
    """Whether the next process finds what this one compiled."""
    return folder().parent in _places()


def _places() -> Iterator[Path]:
    """It yields where compiled functions may be kept: beside the program, or else with what the user keeps."""
    yield _HERE / "__pycache__"
    kept = os.environ.get("XDG_CACHE_HOME")
    yield (Path(kept) if kept else Path.home() / ".cache") / "ewgraph"
