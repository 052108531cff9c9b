"""Things that a row names: in words, or by identifiers that must be of things that the submitter may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ewgraph.errors import InputError
from ewgraph.ingest.mapping import identifier_token
from ewgraph.ingest.mapping.language import Table
from ewgraph.ingest.mapping.words import folded
from ewgraph.ingest.sheets.cell import Cell
from ewgraph.model.rdf import IRI, iri

Lookups: TypeAlias = Mapping[str, Mapping[str, str]]
"""By the name of a look-up: the IRI of each thing by what it may be called, folded."""

Knows: TypeAlias = Callable[[IRI, tuple[IRI, ...]], bool]
"""Whether a thing of one of these classes is seen."""


class Naming:
    """Fills columns of identifiers from the columns that name the same things in words, and looks at the others.

    An identifier of something that is not seen loses its check characters: it reads as a changed one, whether there is
    such a thing or not.

    Args:
        table: what the mapping says of the table.
        lookups: what is known; a name that is not there stays a name.
        knows: tells what is seen; None for everything.
    """

    def __init__(self, table: Table, lookups: Lookups, knows: Knows | None = None) -> None:
        self._columns = [
            (column.name, column.named_by, column.checked, lookups.get(column.lookup, {}))
            for column in table.columns.values()
            if column.named_by and column.lookup
        ]
        self._kinds = [(column.name, column.kinds) for column in table.columns.values() if column.kinds and knows]
        self._knows = knows
        self._cells: dict[tuple[str, str], Cell | None] = {}
        self._seen: dict[tuple[str, str], bool] = {}

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
        for name, kinds in self._kinds:
            if name in cells and not self._sees(name, cells[name].text, kinds):
                cells[name] = cells[name]._replace(text=identifier_token.unchecked(cells[name].text))

    def _sees(self, name: str, text: str, kinds: tuple[IRI, ...]) -> bool:
        """Whether the identifier is one of something seen; one that was changed is told elsewhere."""
        key = (name, text)
        if key not in self._seen:
            named = identifier_token.read(text)
            self._seen[key] = named is None or self._knows is None or self._knows(named, kinds)
        return self._seen[key]


def _identifier(text: str, known: Mapping[str, str]) -> str:
    if "://" in text:
        try:
            return iri(text).value
        except InputError:
            return ""
    return known.get(folded(text), "")
