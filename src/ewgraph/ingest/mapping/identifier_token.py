"""Identifiers as a template hides them in a workbook: an IRI and four check characters, so that a change is noticed."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from ewgraph.errors import InputError
from ewgraph.model.rdf import IRI, iri

_MARK: Final = "|"
_LENGTH: Final = 4


def token(identifier: IRI) -> str:
    """The identifier with its check characters.

    >>> token(IRI("https://data.example.org/id/site-1"))
    'https://data.example.org/id/site-1|AOSB'
    """
    return f"{identifier.value}{_MARK}{_check(identifier.value)}"


def read(text: str) -> IRI | None:
    """The identifier that a token holds; None where either was changed.

    >>> read("https://data.example.org/id/site-2|AOSB") is None
    True
    """
    identifier, mark, check = text.strip().rpartition(_MARK)
    if not mark or check.upper() != _check(identifier):
        return None
    try:
        return iri(identifier)
    except InputError:
        return None


def unchecked(text: str) -> str:
    """The token without its check characters, which reads as a changed one.

    >>> unchecked("https://data.example.org/id/site-1|AOSB")
    'https://data.example.org/id/site-1|'
    """
    identifier, mark, _ = text.strip().rpartition(_MARK)
    return identifier + mark


def _check(text: str) -> str:
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:_LENGTH]
