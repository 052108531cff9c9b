"""RDF 1.1 terms, and the few operations on them that everything else needs.

The terms are Oxigraph's own: immutable, hashable, and free to hand to the store. This module and
`ewgraph.graph.oxigraph` are the only ones that import pyoxigraph.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import TypeAlias

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)
from pyoxigraph import NamedNode as IRI  # noqa: N814  # an initialism, as RDF 1.1 writes it

from ewgraph.errors import InputError

__all__ = [
    "IRI",
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "Quad",
    "RdfFormat",
    "Term",
    "Triple",
    "canonical_nquads",
    "check_well_formed",
    "date_literal",
    "datetime_literal",
    "digest",
    "iri",
    "lexical",
    "parse",
    "serialize",
]

Term: TypeAlias = IRI | BlankNode | Literal

_XSD = "http://www.w3.org/2001/XMLSchema#"
_XSD_DATE = IRI(_XSD + "date")
_XSD_DATETIME = IRI(_XSD + "dateTime")


def iri(text: str) -> IRI:
    """An absolute IRI, checked.

    Raises:
        InputError: the text is no IRI, or a relative one.

    >>> iri("https://data.example.org/id/K1").value
    'https://data.example.org/id/K1'
    """
    try:
        return IRI(text)
    except ValueError as error:
        raise InputError(f"{text!r} is not an IRI: {error}. Write a full one, such as https://…") from error


def lexical(term: object) -> str:
    """The IRI's text or the literal's lexical form.

    Raises:
        InputError: the term has none: it is a blank node or a triple.

    >>> lexical(Literal("tin", language="en"))
    'tin'
    """
    if isinstance(term, IRI | Literal):
        return term.value
    raise InputError(f"{term} is neither an IRI nor a literal")


def date_literal(day: dt.date) -> Literal:
    """The day as an xsd:date.

    >>> str(date_literal(dt.date(2024, 2, 1)))
    '"2024-02-01"^^<http://www.w3.org/2001/XMLSchema#date>'
    """
    return Literal(day.isoformat(), datatype=_XSD_DATE)


def datetime_literal(instant: dt.datetime) -> Literal:
    """The instant as an xsd:dateTime in UTC, to the microsecond where it has one.

    Raises:
        InputError: the instant has no time zone, or lies outside the years 1 to 9999 in UTC.

    >>> datetime_literal(dt.datetime(2024, 2, 1, 12, tzinfo=dt.timezone.utc)).value
    '2024-02-01T12:00:00Z'
    """
    if instant.tzinfo is None:
        raise InputError(f"{instant.isoformat()!r} has no time zone. Add one, such as Z for UTC.")
    try:
        text = instant.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    except OverflowError as error:
        raise InputError(f"{instant.isoformat()!r} lies outside the years 1 to 9999 in UTC") from error
    return Literal(text, datatype=_XSD_DATETIME)


def canonical_nquads(quads: Iterable[Quad]) -> bytes:
    """The dataset in canonical N-Quads (RDFC-1.0): equal bytes if and only if the datasets are isomorphic.

    Only statements with blank nodes take part in naming these; of all others the line is canonical as it is.
    """
    held = list(quads)
    lines = (serialize(held, format=RdfFormat.N_QUADS) or b"").split(b"\n")[:-1]
    nameless = Dataset(quad for quad, line in zip(held, lines, strict=True) if b"_:" in line)
    nameless.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    named = {line for line in lines if b"_:" not in line}
    lines = sorted([*named, *(f"{quad} .".encode() for quad in nameless), b""])
    return b"\n".join([*lines[1:], b""])


def check_well_formed(quads: Iterable[Quad]) -> None:
    """Refuse what a strict N-Quads reader refuses: lenient readers let ill-formed language tags and IRIs pass.

    Raises:
        InputError: a quad cannot be written and read again.

    >>> check_well_formed([Quad(IRI("urn:s"), IRI("urn:p"), Literal("tin", language="en"), IRI("urn:g"))])
    """
    lines = [f"{quad} .\n" for quad in quads]
    try:
        if sum(1 for _ in parse("".join(lines).encode(), format=RdfFormat.N_QUADS)) == len(lines):
            return
    except (SyntaxError, ValueError):
        pass
    for line in lines:
        try:
            if sum(1 for _ in parse(line.encode(), format=RdfFormat.N_QUADS)) == 1:
                continue
            reason = "it is not one statement"
        except (SyntaxError, ValueError) as error:
            reason = str(error)
        raise InputError(f"the statement {line.strip()} is not well formed: {reason}. Mend it, or leave it out")


def digest(content: bytes) -> str:
    """The SHA-256 of the content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def as_iri(term: object) -> IRI:
    """What a query binds to an IRI, as one.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(term, IRI):
        raise TypeError(f"the query binds this to an IRI, not to {term}")
    return term


def text_of(term: object) -> str:
    """The text of a literal; nothing for anything else."""
    return term.value if isinstance(term, Literal) else ""
