"""Functions over arrays, compiled to machine code when they are first called and kept on disk for the next process.

A compiled function lets go of the interpreter's lock while it runs, so readers on several threads run at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])

Int: TypeAlias = Any
"""A whole number of any width, within compiled functions."""


def compiled(function: F) -> F:
    """The function, compiled: it may use arrays, numbers, named tuples of them, and other compiled functions."""
    return cast("F", njit(function, cache=True, nogil=True, error_model="numpy"))


def inlined(function: F) -> F:
    """A small part of compiled functions, written into each place where it is called."""
    return cast("F", njit(function, inline="always", nogil=True, error_model="numpy"))
