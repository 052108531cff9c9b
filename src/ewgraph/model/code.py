"""What the enumerations of `ewgraph.model.codes` have in common: a concept of a code list with its label and rank.

The lists themselves are generated from `ontology/kos/`; here stands only how one is read.
"""

from __future__ import annotations

import enum
from typing import Self

from ewgraph.errors import InputError
from ewgraph.model.rdf import IRI


class Code(enum.Enum):
    """A concept of one code list. Its value is the concept's IRI as text.

    Attributes:
        iri: the concept's IRI.
        label: its English label.
        rank: its place in an ordered list, larger as the list's own definition says; None in an unordered one.
        aliases: IRIs of concepts of the same list that mean the same; they are read as this one and never written.
    """

    iri: IRI
    label: str
    rank: int | None
    aliases: tuple[str, ...]

    def __new__(cls, iri: str, label: str = "", rank: int | None = None, *aliases: str) -> Self:
        """Keep the parts of a generated row on the member; a look-up gives the IRI alone, hence the defaults."""
        member = object.__new__(cls)
        member._value_ = iri
        member.iri = IRI(iri)
        member.label = label
        member.rank = rank
        member.aliases = aliases
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((member for member in cls if value in member.aliases), None)

    @classmethod
    def of(cls, iri: IRI) -> Self:
        """The member for a concept's IRI.

        Raises:
            InputError: the IRI is no concept of this list.

        >>> from ewgraph.model.codes import Scope
        >>> Scope.of(IRI("https://w3id.org/ewgraph/kos/scope/brand"))
        <Scope.BRAND: 'https://w3id.org/ewgraph/kos/scope/brand'>
        """
        try:
            return cls(iri.value)
        except ValueError as error:
            known = ", ".join(member.value for member in cls)
            raise InputError(f"{iri.value!r} is no concept of the code list {cls.__name__}. It has {known}.") from error
