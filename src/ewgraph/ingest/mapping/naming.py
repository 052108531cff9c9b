"""Things that a row names in words and the file gives no identifier of: found in what is known to the submitter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ewgraph.errors import InputError
from ewgraph.ingest.mapping import identifier_token
from ewgraph.ingest.mapping.language import Table
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Cell
from ewgraph.model.rdf import IRI, iri

Lookups: TypeAlias = Mapping[str, Mapping[str, str]]
"""By the name of a look-up: the IRI of each thing by what it may be called, folded."""


class Naming:
    """Fills columns of identifiers from the columns that name the same things in words.

    Args:
        table: what the mapping says of the table.
        lookups: what is known; a name that is not there stays a name.
    """

    def __init__(self, table: Table, lookups: Lookups) -> None:
        self._columns = [
            (column.name, column.named_by, column.checked, lookups.get(column.lookup, {}))
            for column in table.columns.values()
            if column.named_by and column.lookup
        ]
        self._cells: dict[tuple[str, str], Cell | None] = {}

    def fill(self, cells: dict[str, Cell]) -> None:
        """Add to a row the identifiers that it has in words only: an IRI that stands there counts as well."""
        for name, named_by, checked, known in self._columns:
            said = cells.get(named_by)
            if name in cells or said is None:
                continue
            key = (name, said.text)
            if key not in self._cells:
                found = _identifier(said.text, known)
                text = identifier_token.token(IRI(found)) if found and checked else found
                self._cells[key] = Cell(text) if text else None
            cell = self._cells[key]
            if cell is not None:
                cells[name] = cell


def _identifier(text: str, known: Mapping[str, str]) -> str:
    if "://" in text:
        try:
            return iri(text).value
        except InputError:
            return ""
    return known.get(folded(text), "")
