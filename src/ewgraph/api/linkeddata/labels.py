"""What a page tells people of a node at a glance: its label, in English where there is one, and who said it."""

from __future__ import annotations

import re
from typing import Final

from ewgraph.access import View
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal

_NAMES: Final = (terms.SKOS.prefLabel, terms.RDFS.label, terms.DCT.title, terms.ROV.legalName)


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
        return local_name(node)


def _foreignness(label: Literal) -> tuple[int, str]:
    return (0 if label.language == "en" else 1 if label.language is None else 2), str(label)


def local_name(node: IRI) -> str:
    """The last part of the IRI.

    >>> local_name(IRI("https://data.example.org/id/site/northbridge"))
    'northbridge'
    """
    return re.split(r"[#/]", node.value.rstrip("#/"))[-1] or node.value
