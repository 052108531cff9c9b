"""Who asks: the public, the staff, or an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ewgraph.graph.audience import (
    Members,
    chain_of_organization,
    chain_of_public,
    chain_of_staff,
)
from ewgraph.model.rdf import IRI, iri


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks.

    Attributes:
        name: `public`, `staff`, or the IRI of an organisation.
    """

    name: str

    @property
    def organization(self) -> IRI | None:
        """The organisation; None for the public and the staff."""
        return None if self.name in {"public", "staff"} else IRI(self.name)

    def graphs(self, members: Members) -> tuple[IRI, ...]:
        """The audience graphs that the principal reads, widest first."""
        if self.name == "public":
            return chain_of_public()
        if self.name == "staff":
            return chain_of_staff()
        return chain_of_organization(IRI(self.name), members)


PUBLIC_READER: Final = Principal("public")
STAFF_READER: Final = Principal("staff")


def organization(node: IRI) -> Principal:
    """An organisation as a principal."""
    return Principal(node.value)


def parse_principal(text: str) -> Principal:
    """The principal that the text names: `public`, `staff`, or an organisation's IRI.

    Raises:
        InputError: it is neither.

    >>> parse_principal("https://data.example.org/id/uni-a").organization.value
    'https://data.example.org/id/uni-a'
    """
    return Principal(text if text in {"public", "staff"} else iri(text).value)
