"""What properties say, as values of Python: texts, days, numbers, codes."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.code import Code
from ewgraph.model.rdf import IRI, Literal, Term

_C = TypeVar("_C", bound=Code)


class Values(ABC):
    """Reads what the properties of a node say; where they come from is for whoever it is a part of."""

    @abstractmethod
    def values(self, node: IRI, predicate: IRI) -> Sequence[Term]:
        """The visible values of a property, sorted."""

    def types(self, node: IRI) -> frozenset[IRI]:
        """The visible classes of the node."""
        return frozenset(self.nodes(node, terms.RDF.type))

    def is_a(self, node: IRI, kind: IRI) -> bool:
        """Whether the node is visibly of that class."""
        return kind in self.values(node, terms.RDF.type)

    def nodes(self, node: IRI, predicate: IRI) -> list[IRI]:
        """The values of a property that are IRIs."""
        return [term for term in self.values(node, predicate) if isinstance(term, IRI)]

    def one(self, node: IRI, predicate: IRI) -> IRI | None:
        """The first of the values that are IRIs."""
        return next(iter(self.nodes(node, predicate)), None)

    def text(self, node: IRI, predicate: IRI) -> str | None:
        """The value of a property as text: English first, then of no language, then any."""
        values = self.values(node, predicate)
        if len(values) == 1:
            (term,) = values
            return term.value if isinstance(term, Literal) else None
        found = [term for term in values if isinstance(term, Literal)]
        return min(found, key=_readable).value if found else None

    def label(self, node: IRI) -> str | None:
        """What the node is called."""
        return self.text(node, terms.RDFS.label) or self.text(node, terms.SKOS.prefLabel)

    def date(self, node: IRI, predicate: IRI) -> dt.date | None:
        """The day that a property gives."""
        text = self.text(node, predicate)
        return dt.date.fromisoformat(text[:10]) if text else None

    def instant(self, node: IRI, predicate: IRI) -> dt.datetime | None:
        """The instant that a property gives."""
        text = self.text(node, predicate)
        return dt.datetime.fromisoformat(text) if text else None

    def integer(self, node: IRI, predicate: IRI) -> int | None:
        """The whole number that a property gives."""
        text = self.text(node, predicate)
        return int(text) if text else None

    def number(self, node: IRI, predicate: IRI) -> float | None:
        """The number that a property gives."""
        text = self.text(node, predicate)
        return float(text) if text else None

    def decimal(self, node: IRI, predicate: IRI) -> Decimal | None:
        """The number that a property gives, exactly."""
        text = self.text(node, predicate)
        return Decimal(text) if text else None

    def boolean(self, node: IRI, predicate: IRI) -> bool | None:
        """The yes or no that a property gives; None where it gives none."""
        return {"true": True, "1": True, "false": False, "0": False}.get(self.text(node, predicate) or "")

    def texts(self, node: IRI, predicate: IRI) -> list[str]:
        """The values of a property as texts, whether literals or IRIs, sorted."""
        return [term.value for term in self.values(node, predicate)]

    def first_text(self, node: IRI, predicate: IRI) -> str | None:
        """The first of the same."""
        return next(iter(self.texts(node, predicate)), None)

    def codes(self, node: IRI, predicate: IRI, kind: type[_C]) -> list[_C]:
        """The concepts of a code list that a property gives, in the list's order; those of other lists are left out."""
        found = set()
        for concept in self.nodes(node, predicate):
            try:
                found.add(kind.of(concept))
            except InputError:
                continue
        return [code for code in kind if code in found]

    def code(self, node: IRI, predicate: IRI, kind: type[_C]) -> _C | None:
        """The concept of a code list that a property gives."""
        return next(iter(self.codes(node, predicate, kind)), None)


def _readable(literal: Literal) -> tuple[int, str]:
    language = literal.language or ""
    return (0 if language.split("-")[0] == "en" else 1 if not language else 2), literal.value
