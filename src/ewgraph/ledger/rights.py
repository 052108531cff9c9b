"""What the bearer of a key, or a person who signed in, may do."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from ewgraph.errors import InputError

STAFF: Final = "staff"


class Right(StrEnum):
    """What somebody may do in the name of a principal; it never gives more than the principal may."""

    READ = "read"
    """Ask, and see what the principal may see."""
    SUBMIT = "submit"
    """Hand in what the principal may say."""
    ADMINISTER = "administer"
    """What staff alone do: keys, accounts, releases, and looking with the eyes of others."""


def rights_of(principal: str, given: Collection[str] | None) -> frozenset[Right]:
    """The rights given; all that the principal can have where none are.

    Raises:
        InputError: one is unknown, or the principal cannot have it.

    >>> sorted(rights_of("staff", ["read"]))
    [<Right.READ: 'read'>]
    """
    most = frozenset(Right) if principal == STAFF else frozenset(Right) - {Right.ADMINISTER}
    if given is None:
        return most
    unknown = sorted(set(given) - {right.value for right in Right})
    if unknown or not given:
        raise InputError(f"a right is one of {', '.join(Right)}, not {unknown[0] if unknown else 'none'!r}")
    rights = frozenset(Right(name) for name in given)
    if rights - most:
        raise InputError("the right to administer is for staff only")
    return rights


def text_of(rights: Collection[Right]) -> str:
    """The rights as the ledger keeps them."""
    return " ".join(right for right in Right if right in rights)
