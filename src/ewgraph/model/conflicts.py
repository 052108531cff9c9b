"""What does not agree, and what is said for it on either side."""

from __future__ import annotations

from dataclasses import dataclass

from ewgraph.model.codes import ConflictKind
from ewgraph.model.rdf import IRI, Term


@dataclass(frozen=True, slots=True)
class Side:
    """What one record says.

    Attributes:
        record: the record.
        claims: the claims in it that say so, by IRI; none where it leaves something out.
        values: what they say and the other side does not.
    """

    record: IRI
    claims: tuple[IRI, ...]
    values: tuple[Term, ...]

    @property
    def text(self) -> str:
        """What it says in one text."""
        return " ".join(value.value for value in self.values)


@dataclass(frozen=True, slots=True)
class Conflict:
    """That two records, or one with itself, do not agree about a site or model.

    Attributes:
        kind: how it is to be read; only a contradiction is alarming.
        about: the site or model.
        dimension: the tier, attribute or topic; `ew:SameSiteClaim` where it is open whether two sites are one.
        one: the one record.
        other: the other.
    """

    kind: ConflictKind
    about: IRI
    dimension: IRI
    one: Side
    other: Side
