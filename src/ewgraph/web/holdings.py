"""What is loaded, within what a reader may see: counts for the start page and the description of the dataset."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ewgraph.access import View
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal

KINDS: Final = (
    ("Contracts", terms.Contract),
    ("Sites", terms.Site),
    ("Organizations", terms.Organization),
    ("Product models", terms.ProductModel),
    ("Records", terms.Record),
    ("Claims", terms.Claim),
)
_LOOKED_AT: Final = frozenset({terms.RDF.type, terms.DCT.license, terms.synthetic, terms.recordedAt})
_TRUE: Final = Literal("true", datatype=terms.XSD.boolean)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What one reader's graphs hold.

    Attributes:
        triples: how many.
        classes: how many things are of each class.
        properties: how many triples each property has.
        licenses: what records say they may be used by, and how many say so.
        synthetic: how many records say that they are invented.
        newest: when the newest record was recorded; empty where there is none.
        examples: for some classes one thing, the first by its IRI.
    """

    triples: int
    classes: Mapping[IRI, int]
    properties: Mapping[IRI, int]
    licenses: Mapping[IRI, int]
    synthetic: int
    newest: str
    examples: Mapping[IRI, IRI]


class Holdings:
    """Statistics, each made once for what a reader's graphs show: that may change without a new record."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[IRI, ...], tuple[str, Statistics]] = {}

    def statistics(self, view: View) -> Statistics:
        """What the reader's graphs hold."""
        shown = view.state().digest
        with self._lock:
            if view.graphs not in self._known or self._known[view.graphs][0] != shown:
                self._known[view.graphs] = shown, _statistics(view)
            return self._known[view.graphs][1]

    def counts(self, view: View) -> dict[str, int]:
        """How many visible things there are of each kind, and `Triples`."""
        held = self.statistics(view)
        return {**{name: held.classes.get(kind, 0) for name, kind in KINDS}, "Triples": held.triples}


def _statistics(view: View) -> Statistics:
    """It reads everything once."""
    properties, classes, licenses = Counter[IRI](), Counter[IRI](), Counter[IRI]()
    first: dict[IRI, str] = {}
    kinds = {kind for _, kind in KINDS}
    synthetic, newest = 0, ""
    for quad in view.quads():
        predicate = quad.predicate
        properties[predicate] += 1
        if predicate not in _LOOKED_AT:
            continue
        subject, value = quad.subject, quad.object
        if predicate == terms.RDF.type and isinstance(value, IRI):
            classes[value] += 1
            if value in kinds and isinstance(subject, IRI):
                first[value] = min(first.get(value, subject.value), subject.value)
        elif predicate == terms.DCT.license and isinstance(value, IRI) and isinstance(subject, IRI):
            licenses[value] += next(view.quads(subject, terms.recordedAt), None) is not None
        elif predicate == terms.synthetic:
            synthetic += value == _TRUE
        elif predicate == terms.recordedAt and isinstance(value, Literal):
            newest = max(newest, value.value)
    return Statistics(
        triples=properties.total(),
        classes=dict(classes),
        properties=dict(properties),
        licenses=dict(+licenses),
        synthetic=synthetic,
        newest=newest,
        examples={kind: IRI(name) for kind, name in first.items()},
    )
