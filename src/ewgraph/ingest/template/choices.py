"""What the drop-down lists of the form offer: the labels of code lists in a language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ewgraph.ingest.mapping.codes import local_name, scheme_of
from ewgraph.ingest.mapping.language import Column, TableMapping
from ewgraph.ingest.mapping.words import folded
from ewgraph.model.rdf import IRI

_NOT_OFFERED: Final[Mapping[str, frozenset[str]]] = {"completeness": frozenset({"not-asked"})}
_BY_NAME: Final = frozenset({"country"})


class Choices:
    """The labels of the code lists of a mapping.

    Args:
        mapping: names the lists.
        folder: the folder of the code lists.
        language: the language of the labels.
    """

    def __init__(self, mapping: TableMapping, folder: Path, language: str) -> None:
        self._labels = {name: labels(names.scheme, folder, language) for name, names in mapping.codes.items()}

    def label(self, column: Column, concept: str) -> str:
        """What the form calls a concept of the column's list; what is none, as it is."""
        return self._labels[column.codes].get(concept, concept)

    def offered(self, column: Column) -> list[str]:
        """The labels to choose from in a column, in the order of the list; countries by name."""
        hidden = _NOT_OFFERED.get(column.codes, frozenset())
        found = [
            label for concept, label in self._labels[column.codes].items() if local_name(IRI(concept)) not in hidden
        ]
        return sorted(found, key=folded) if column.codes in _BY_NAME else found


def labels(scheme: str, folder: Path, language: str) -> dict[str, str]:
    """What the concepts of a scheme are called, by IRI: in the language, or else in English.

    Raises:
        ConfigurationError: the folder has no such scheme.
    """
    return {
        concept.value: said.get(language) or said.get("en") or local_name(concept)
        for concept, said in scheme_of(scheme, folder).labels.items()
    }
