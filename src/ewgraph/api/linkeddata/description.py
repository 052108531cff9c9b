"""What is said of a node: its visible triples, with those of the nameless nodes that belong to it."""

from __future__ import annotations

from typing import Final

from ewgraph.access import View
from ewgraph.model.rdf import IRI, Triple

GENID: Final = "https://w3id.org/ewgraph/genid/"


def description(view: View, subject: IRI) -> list[Triple]:
    """The triples, the subject's own first; empty where none is visible."""
    triples: list[Triple] = []
    nodes, seen = [subject], {subject}
    while nodes:
        for quad in view.quads(nodes.pop(0)):
            triples.append(quad.triple)
            value = quad.object
            if isinstance(value, IRI) and value.value.startswith(GENID) and value not in seen:
                seen.add(value)
                nodes.append(value)
    return triples
