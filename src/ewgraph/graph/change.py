"""What becomes of a subject in the audience graphs, and the digest by which a follower knows that it missed nothing.

The digest is a sum over what is shown, so it can be kept up with each change and computed anew in any order: of each
statement with each graph that shows it, and of each triple of an entity by which supply chains are followed. What a
statement says needs no part in it: that never changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from ewgraph.graph.audience import Audiences
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad

SITE_KINDS: Final = (
    terms.Factory,
    terms.Smelter,
    terms.Mine,
    terms.RecyclingFacility,
    terms.Warehouse,
    terms.Dormitory,
)
"""The classes of sites that answers tell apart."""

_FOLLOWED: Final = frozenset({terms.brand, terms.buyer})
_KINDS: Final = frozenset(SITE_KINDS)
_BITS: Final = 64


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one subject in the audience graphs.

    Attributes:
        subject: a record, statement or entity.
        added: the quads that are added to audience graphs.
        removed: the quads that are removed from them.
        before: the audiences that it was shown to.
        after: the audiences that it is shown to; the same where that is not known to have changed.
        said: all that its record says of it, for a record or statement; nothing for an entity.
    """

    subject: IRI
    added: Sequence[Quad]
    removed: Sequence[Quad]
    before: Audiences
    after: Audiences
    said: Sequence[Quad] = ()

    @property
    def size(self) -> int:
        """How many quads are added or removed."""
        return len(self.added) + len(self.removed)


class Follower(Protocol):
    """Who keeps something in step with the audience graphs."""

    def following(self, changes: Sequence[Change]) -> AbstractContextManager[None]:
        """What the changes happen in: entered before they are written, left when they are."""
        ...


def is_followed(quad: Quad) -> bool:
    """Whether supply chains are followed by it: who buys, whose brand it is, what kind of site."""
    return quad.predicate in _FOLLOWED or (quad.predicate == terms.RDF.type and quad.object in _KINDS)


def shown_by(changes: Iterable[Change]) -> int:
    """By how much the changes alter the digest."""
    return _within(sum(_of_change(change) for change in changes))


def combined(*digests: int) -> int:
    """The digest of everything that the digests are of."""
    return _within(sum(digests))


def of_statement(subject: IRI, graph: IRI) -> int:
    """The digest of a record or statement that a graph shows."""
    return _hashed(f"{subject.value} {graph.value}")


def of_fact(quad: Quad) -> int:
    """The digest of a triple that is followed, in a graph that shows it."""
    return _hashed(str(quad))


def _of_change(change: Change) -> int:
    if change.said:
        shown = sum(of_statement(change.subject, graph) for graph in change.after - change.before)
        return shown - sum(of_statement(change.subject, graph) for graph in change.before - change.after)
    return sum(_facts(change.added)) - sum(_facts(change.removed))


def _facts(quads: Sequence[Quad]) -> Iterator[int]:
    return (of_fact(quad) for quad in quads if is_followed(quad))


def _hashed(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_BITS // 8).digest(), "little")


def _within(number: int) -> int:
    return number % (1 << _BITS)
