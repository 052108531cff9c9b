"""Which mapping a file is read by, and which of its headings the sender says are which columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from ewgraph.errors import InputError
from ewgraph.ingest.disclosing.request import Request
from ewgraph.ingest.mapping import TableMapping, detect, fingerprint, load_mapping, mapping_ids, suggest
from ewgraph.ingest.sheets.document import Document
from ewgraph.ledger import OPERATOR, RememberedMappings
from ewgraph.model.rdf import IRI

_ENOUGH: Final = 0.5
"""Above this score, all headings that a mapping must have were found."""


class UnknownFormError(InputError):
    """A file's headings are those of no mapping."""


def recognised(
    document: Document,
    asked: str | None,
    assigned: Mapping[str, str] | None,
    remembered: RememberedMappings,
    request: Request,
) -> tuple[TableMapping, Mapping[str, str] | None]:
    """The mapping that is asked for, or the one that fits the file, and column to heading where that is confirmed.

    Where nothing is confirmed now, what was before counts, for the same headings of the same author.

    Raises:
        NotFoundError: there is no mapping of that name.
        InputError: the file fits none, a column is confirmed that the mapping does not have, or the mapping is not for
            the submitter.
    """
    author, offered = request.author, offered_to(request.submitter)
    if asked is not None:
        if asked in mapping_ids() and asked not in offered:
            raise InputError(f"{asked!r} is for the staff: send them the file. For you there are {', '.join(offered)}")
        return _read_as(asked, document, assigned, remembered, author)
    mappings = [load_mapping(name) for name in offered]
    found = detect(document, mappings)
    if found and found[0].score > _ENOUGH:
        return _read_as(found[0].mapping, document, assigned, remembered, author)
    for mapping in mappings:
        recalled = _recalled(document, mapping, remembered, author)
        if recalled is not None:
            return mapping, recalled
    if found:  # what is missing is told as faults of the file
        return _read_as(found[0].mapping, document, assigned, remembered, author)
    if document.form != "json" and not any(next(sheet.rows(), None) for sheet in document.sheets):
        raise InputError(f"{document.name}: there is nothing in it. Fill in the form and send it again")
    raise UnknownFormError(
        f"{document.name}: its headings are those of no known form. Use the form that you were given as it is, or say"
        f" which form this is: {', '.join(offered)}"
    )


def offered_to(submitter: IRI) -> tuple[str, ...]:
    """The mappings that a submitter may ask for: the operator all, others those that are their own word."""
    return tuple(mapping_ids()) if submitter == OPERATOR else _open()


@cache
def _open() -> tuple[str, ...]:
    return tuple(name for name in mapping_ids() if load_mapping(name).open)


def _read_as(
    asked: str,
    document: Document,
    assigned: Mapping[str, str] | None,
    remembered: RememberedMappings,
    author: IRI,
) -> tuple[TableMapping, Mapping[str, str] | None]:
    mapping = load_mapping(asked)
    _keep_private(document, mapping)
    if assigned is None:
        return mapping, _recalled(document, mapping, remembered, author)
    _check(mapping, assigned)
    return mapping, assigned


def _keep_private(document: Document, mapping: TableMapping) -> None:
    """Refuse to read a form that names persons as if it were another, which would read and keep them."""
    private = [each for each in map(load_mapping, mapping_ids()) if each.private]
    found = detect(document, private) if not mapping.private else []
    if found and found[0].score > _ENOUGH:
        raise InputError(f"{document.name}: this is a {found[0].mapping}. Hand it in as one, not as {mapping.id!r}")


def _headings(document: Document, mapping: TableMapping) -> str:
    return fingerprint(suggest(document, mapping).headings.values())


def _recalled(
    document: Document, mapping: TableMapping, remembered: RememberedMappings, author: IRI
) -> Mapping[str, str] | None:
    if document.form not in mapping.forms or document.form == "json" or not mapping.tables:
        return None
    if not remembered.any_of(author, mapping.id):
        return None
    return remembered.recall(author, mapping.id, _headings(document, mapping))


def _check(mapping: TableMapping, assigned: Mapping[str, str]) -> None:
    columns = {column for table in mapping.tables.values() for column in table.columns}
    unknown = sorted(set(assigned) - columns)
    if unknown:
        raise InputError(f"{mapping.id!r} has no column {unknown[0]!r}. It has {', '.join(sorted(columns))}")


def remember(
    document: Document, mapping: TableMapping, assigned: Mapping[str, str], remembered: RememberedMappings, author: IRI
) -> None:
    """Keep which column has which heading, for the next file of the author with the same headings."""
    remembered.remember(author, mapping.id, _headings(document, mapping), assigned)
