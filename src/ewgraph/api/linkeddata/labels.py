"""What a page tells people of a node at a glance: its label, in English where there is one, and who said it."""

from __future__ import annotations

import re
from typing import Final

from ewgraph.access import View
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal

_NAMES: Final = (terms.SKOS.prefLabel, terms.RDFS.label, terms.DCT.title, terms.ROV.legalName)

_REFERENCE: Final = 8
"""So many signs of a boundary reference tell it from the others on a page."""


class Labels:
    """The labels that one reader sees, each looked up once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[IRI, str] = {}
        self._sayers: dict[IRI, list[IRI]] = {}

    def is_described(self, node: IRI) -> bool:
        """Whether the reader sees anything of the node, so that its page is not empty."""
        return self._view.knows(node)

    def said_by(self, record: IRI) -> list[IRI]:
        """Who said what the record holds."""
        if record not in self._sayers:
            found = self._view.objects(record, terms.PROV.wasAttributedTo)
            self._sayers[record] = [node for node in found if isinstance(node, IRI)]
        return self._sayers[record]

    def __getitem__(self, node: IRI) -> str:
        if node not in self._known:
            self._known[node] = self._label(node)
        return self._known[node]

    def _label(self, node: IRI) -> str:
        for name in _NAMES:
            found = [term for term in self._view.objects(node, name) if isinstance(term, Literal)]
            if found:
                return min(found, key=_foreignness).value
        if terms.Boundary in self._view.objects(node, terms.RDF.type):
            return self._undisclosed(node)
        return local_name(node)

    def _undisclosed(self, node: IRI) -> str:
        """What is told of a thing that is not disclosed to the reader."""
        kinds = [self[kind].lower() for kind in self._view.objects(node, terms.hides) if isinstance(kind, IRI)]
        places = [self[place] for place in self._view.objects(node, terms.country) if isinstance(place, IRI)]
        what = " and ".join(kinds) or "thing"
        where = f" in {places[0]}" if places else ""
        return f"a {what}{where} that is not disclosed to you: boundary reference {local_name(node)[:_REFERENCE]}"


def _foreignness(label: Literal) -> tuple[int, str]:
    return (0 if label.language == "en" else 1 if label.language is None else 2), str(label)


def local_name(node: IRI) -> str:
    """The last part of the IRI.

    >>> local_name(IRI("https://data.example.org/id/site/northbridge"))
    'northbridge'
    """
    return re.split(r"[#/]", node.value.rstrip("#/"))[-1] or node.value
