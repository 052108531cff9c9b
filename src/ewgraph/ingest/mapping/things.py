"""Things that one table of a file names and its other tables speak of, such as the models of a product list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ewgraph.ingest.mapping.language import Things
from ewgraph.ingest.mapping.naming import Lookups, Naming
from ewgraph.ingest.mapping.slots import filling, slot_names
from ewgraph.ingest.mapping.tables import FoundTable
from ewgraph.ingest.mapping.words import folded

MOST_THINGS: Final = 10_000
"""How many things of a kind are known; those that a file names beyond stay words."""


class Named(NamedTuple):
    """What a table names.

    Attributes:
        by_name: what stands for each of its names, folded; a name that two things share is not there.
        iris: what stands for each thing, as a mapping writes IRIs.
    """

    by_name: Mapping[str, str]
    iris: tuple[str, ...]


def named_things(things: Things, found: FoundTable | None, texts: Mapping[str, str], lookups: Lookups) -> Named:
    """What a table names; nothing where the file lacks it.

    Args:
        things: what the mapping says of them.
        found: the table.
        texts: what the single cells say.
        lookups: what is known of things that its rows name in words.
    """
    if found is None:
        return Named({}, ())
    columns = found.table.columns
    naming = Naming(found.table, lookups)
    fillings = [(filling(each, escaped=frozenset(columns)), slot_names(each)) for each in things.iris]
    by_name: dict[str, str] = {}
    shared: set[str] = set()
    iris: dict[str, None] = {}
    for row in found.rows():
        cells = {name: row.cells[column.number] for name, column in found.columns.items() if column.number in row.cells}
        naming.fill(cells)
        said = {**texts, **dict.fromkeys(columns, ""), **{name: cell.text for name, cell in cells.items()}}
        iri = next((fill(said) for fill, names in fillings if all(said[name] for name in names)), "")
        words = {folded(said[word]) for word in things.words} - {""}
        if not iri or not words or len(iris) >= MOST_THINGS:
            continue
        iris[iri] = None
        shared |= {word for word in words if by_name.setdefault(word, iri) != iri}
    return Named({word: iri for word, iri in by_name.items() if word not in shared}, tuple(iris))
