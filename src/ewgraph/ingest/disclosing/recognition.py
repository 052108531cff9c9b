"""Which mapping a file is read by, and which of its headings the sender says are which columns."""

from __future__ import annotations

from collections.abc import Mapping

from ewgraph.errors import InputError
from ewgraph.ingest.mapping import TableMapping, load_mapping, mapping_ids
from ewgraph.ingest.sheets.document import Document
from ewgraph.ledger import RememberedMappings
from ewgraph.model.rdf import IRI


def recognised(document: Document, asked: str | None) -> TableMapping:
    """The mapping that is asked for, or the one that fits the file best.

    Raises:
        NotFoundError: there is no mapping of that name.
        InputError: the file fits none.
    """
    if asked is not None:
        return load_mapping(asked)
    from ewgraph.ingest.mapping.detection import detect

    mappings = [load_mapping(name) for name in mapping_ids()]
    found = detect(document, mappings)
    if not found:
        raise InputError(
            f"{document.name}: its headings are those of no known form. Say which it is: {', '.join(mapping_ids())}"
        )
    return load_mapping(found[0].mapping)


def confirmed_columns(
    remembered: RememberedMappings,
    author: IRI,
    mapping: TableMapping,
    document: Document,
    assigned: Mapping[str, str] | None,
) -> Mapping[str, str] | None:
    """Column to heading, as it is confirmed now or was for the same headings before; None where it never was.

    What is confirmed now is remembered.
    """
    return assigned
