"""Concepts of a code list by what people call them: label in any language, other label, notation, local name.

A list is read once in a process and kept.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from ewgraph.errors import ConfigurationError
from ewgraph.ingest.mapping.language import CodeNames, TableMapping
from ewgraph.ingest.mapping.words import folded
from ewgraph.model.rdf import IRI, Literal, RdfFormat, parse

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_NAMES: Final = {IRI(_SKOS + name): rank for rank, name in enumerate(("hiddenLabel", "altLabel", "notation"), start=1)}
_LABEL: Final = IRI(_SKOS + "prefLabel")
_IN_SCHEME: Final = IRI(_SKOS + "inScheme")
_CLOSE: Final = 0.78
_MOST_GUESSES: Final = 500


@dataclass(frozen=True, slots=True)
class Scheme:
    """The concepts of a code list.

    Attributes:
        concepts: by each folded name; a preferred label wins over other labels, notations and local names.
        labels: by concept and language.
    """

    concepts: Mapping[str, IRI]
    labels: Mapping[IRI, Mapping[str, str]]


class CodeList:
    """The concepts of one scheme, by name, with a source's own words for them.

    Args:
        name: what the mapping calls the list; where no scheme is given, the list of that name is meant.
        names: its scheme, and the words of a source.
        folder: the folder of the code lists, Turtle files.

    Raises:
        ConfigurationError: no file has the scheme, or a synonym is of no concept.
    """

    def __init__(self, name: str, names: CodeNames, folder: Path) -> None:
        self.name = name
        self._scheme = scheme_of(names.scheme or _scheme_called(name, folder), folder)
        self._concepts = dict(self._scheme.concepts)
        own = {local_name(concept): concept for concept in self._scheme.labels}
        for word, local in names.synonyms.items():
            if local not in own:
                raise ConfigurationError(f"the code list {name!r} has no concept {local!r}, which {word!r} stands for")
            self._concepts[folded(word)] = own[local]
        self._own = own
        self._guesses: dict[str, str] = {}

    def concept(self, word: str) -> IRI | None:
        """The concept that the word names, if it names one; also by its IRI."""
        found = self._concepts.get(word) or self._concepts.get(folded(word))
        if found is None and "://" in word:
            return next((concept for concept in self._scheme.labels if concept.value == word), None)
        return found

    def of_local_name(self, name: str) -> IRI | None:
        """The concept of that local name."""
        return self._own.get(name)

    def label(self, concept: IRI, language: str) -> str:
        """What the concept is called: in the language, or else in English, or else its local name."""
        labels = self._scheme.labels.get(concept, {})
        return labels.get(language) or labels.get("en") or local_name(concept)

    def guess(self, word: str, language: str = "en") -> str:
        """The label of the concept whose name is closest to a word that names none; empty where none is close."""
        if word not in self._guesses:
            if len(self._guesses) >= _MOST_GUESSES:
                return ""
            close = difflib.get_close_matches(folded(word)[:100], self._concepts, n=1, cutoff=_CLOSE)
            self._guesses[word] = self.label(self._concepts[close[0]], language) if close else ""
        return self._guesses[word]


def local_name(concept: IRI) -> str:
    """The last part of a concept's IRI."""
    return concept.value.rpartition("/")[2]


def codes_wanted(mapping: TableMapping) -> set[str]:
    """The names of the code lists that a mapping looks words up in."""
    columns = [
        *(column for table in mapping.tables.values() for column in table.columns.values()),
        *(cell.reading for cell in mapping.cells.values()),
    ]
    nodes = [node for kind in mapping.records for node in (*kind.head, *kind.rows)]
    values = [value for node in nodes for _, value in node.properties]
    whens = [
        *(when for kind in mapping.records for when in kind.when),
        *(when for node in nodes for when in node.when),
        *(when for value in values for when in value.when),
    ]
    return {
        *(column.codes for column in columns if column.codes),
        *(value.codes for value in values if value.codes),
        *(listed for when in whens for listed in (*when.known.values(), *when.unknown.values())),
    }


def code_lists(names: Mapping[str, CodeNames], wanted: set[str], folder: Path) -> dict[str, CodeList]:
    """The code lists that a mapping looks words up in.

    Args:
        names: what the mapping says of lists.
        wanted: the names of the lists that it uses.
        folder: the folder of the code lists.
    """
    return {name: CodeList(name, names.get(name, CodeNames("")), folder) for name in sorted({*names, *wanted})}


@lru_cache(maxsize=256)
def scheme_of(scheme: str, folder: Path) -> Scheme:
    """The code list of that IRI.

    Raises:
        ConfigurationError: no file below the folder has it.
    """
    for path in sorted(folder.rglob("*.ttl")):
        content = path.read_bytes()
        if scheme.encode() in content:
            found = _read(scheme, content)
            if found.labels:
                return found
    raise ConfigurationError(f"no file below {folder} has the code list {scheme!r}")


@lru_cache(maxsize=8)
def _schemes(folder: Path) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for path in sorted(folder.rglob("*.ttl")):
        for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
            if quad.predicate == _IN_SCHEME and isinstance(quad.object, IRI):
                found[quad.object.value] = None
    return tuple(found)


def _scheme_called(name: str, folder: Path) -> str:
    found = next((scheme for scheme in _schemes(folder) if scheme.rpartition("/")[2] == name), None)
    if found is None:
        raise ConfigurationError(f"no file below {folder} has a code list called {name!r}")
    return found


def _read(scheme: str, content: bytes) -> Scheme:
    quads = list(parse(content, format=RdfFormat.TURTLE))
    members = {quad.subject: None for quad in quads if quad.predicate == _IN_SCHEME and quad.object == IRI(scheme)}
    labels: dict[IRI, dict[str, str]] = {member: {} for member in members if isinstance(member, IRI)}
    named: list[tuple[int, str, IRI]] = [(0, local_name(concept), concept) for concept in labels]
    for quad in quads:
        concept, value = quad.subject, quad.object
        if not (isinstance(concept, IRI) and concept in labels and isinstance(value, Literal)):
            continue
        if quad.predicate == _LABEL:
            labels[concept][value.language or ""] = value.value
            named.append((4 if value.language == "en" else 3, value.value, concept))
        elif quad.predicate in _NAMES:
            named.append((_NAMES[quad.predicate], value.value, concept))
    # The later wins: the English label is what a concept is called before all.
    return Scheme({folded(text): concept for _, text, concept in sorted(named, key=lambda one: one[0])}, labels)
