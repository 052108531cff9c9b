"""Concepts of a code list by what people call them: label, other label, notation, or a source's own word."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ewgraph.errors import ConfigurationError, InputError
from ewgraph.ingest.mapping import CodeNames, folded
from ewgraph.model.rdf import IRI, Literal, RdfFormat, parse

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_NAMES: Final = frozenset(IRI(_SKOS + name) for name in ("prefLabel", "altLabel", "notation"))
_IN_SCHEME: Final = IRI(_SKOS + "inScheme")


class CodeList:
    """The concepts of one scheme, by name.

    Args:
        name: what messages call the list.
        names: its scheme, and the words of a source.
        folder: the folder of the code lists, Turtle files.

    Raises:
        ConfigurationError: no file has the scheme, or a synonym is of no concept.
    """

    def __init__(self, name: str, names: CodeNames, folder: Path) -> None:
        self._name = name
        self._concepts = _concepts(names.scheme, folder)
        own = {concept.value.rpartition("/")[2]: concept for concept in self._concepts.values()}
        for word, local in names.synonyms.items():
            if local not in own:
                raise ConfigurationError(f"the code list {names.scheme.value!r} has no concept {local!r}")
            self._concepts[folded(word)] = own[local]

    def concept(self, word: str) -> IRI:
        """The concept that the word names.

        Raises:
            InputError: it names none.
        """
        found = self._concepts.get(folded(word))
        if found is None:
            raise InputError(f"{word!r} is no {self._name} that the code list knows, by label or code")
        return found


def _concepts(scheme: IRI, folder: Path) -> dict[str, IRI]:
    """The concepts of the scheme by each of their names; a preferred label wins."""
    for path in sorted(folder.rglob("*.ttl")):
        content = path.read_bytes()
        if scheme.value.encode() not in content:
            continue
        triples = [(q.subject, q.predicate, q.object) for q in parse(content, format=RdfFormat.TURTLE)]
        members = {subject for subject, predicate, value in triples if predicate == _IN_SCHEME and value == scheme}
        named = (
            (p.value, v.value, s) for s, p, v in triples if s in members and p in _NAMES and isinstance(v, Literal)
        )
        found: dict[str, IRI] = {}
        for _, text, concept in sorted(named, key=lambda each: each[0].endswith("prefLabel")):
            if isinstance(concept, IRI):
                found[folded(text)] = concept
        if found:
            return found
    raise ConfigurationError(f"no file below {folder} has the code list {scheme.value!r}")


def code_lists(codes: Mapping[str, CodeNames], folder: Path) -> dict[str, CodeList]:
    """The code lists that a mapping looks words up in."""
    return {name: CodeList(name, names, folder) for name, names in codes.items()}
