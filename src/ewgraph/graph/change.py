"""What becomes of subjects in the audience graphs, and the digest of what each graph shows.

The digest of a graph is a sum over what it shows: each record and statement by its name, since what these say never
changes, and each triple of an entity. So it is kept up with every change, can be computed anew in any order, and is the
same for the same content, whatever else the store holds.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from ewgraph.graph.audience import Audiences
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad

_MODULUS: Final = 1 << 64


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


class Shown(NamedTuple):
    """How much a graph shows: the digest of it, and the number of records in it."""

    digest: int = 0
    records: int = 0

    def and_also(self, other: Shown) -> Shown:
        """What both show, if they have nothing in common."""
        return Shown((self.digest + other.digest) % _MODULUS, self.records + other.records)


class Follower(Protocol):
    """Who keeps something in step with the audience graphs."""

    def following(self, changes: Sequence[Change], stamp: str) -> AbstractContextManager[None]:
        """What the changes happen in: entered before they are written, left when they are.

        Args:
            changes: all of one transaction.
            stamp: what the store will say of its state once they are written.
        """
        ...


@dataclass(frozen=True, slots=True)
class Followers:
    """Several who follow: each is told before the changes are written, and in the reverse order afterwards."""

    followers: Sequence[Follower]

    @contextmanager
    def following(self, changes: Sequence[Change], stamp: str) -> Iterator[None]:
        """What the changes happen in, for all of them."""
        with ExitStack() as stack:
            for follower in self.followers:
                stack.enter_context(follower.following(changes, stamp))
            yield


def differences(changes: Iterable[Change]) -> dict[IRI, Shown]:
    """By how much the changes alter what each graph shows."""
    found: defaultdict[IRI, Shown] = defaultdict(Shown)
    for change in changes:
        if change.said:
            one = of_statement(change.subject, change.said)
            for graph in change.after - change.before:
                found[graph] = found[graph].and_also(one)
            for graph in change.before - change.after:
                found[graph] = found[graph].and_also(_less(one))
            continue
        for quad in change.added:
            found[_graph(quad)] = found[_graph(quad)].and_also(of_triple(quad))
        for quad in change.removed:
            found[_graph(quad)] = found[_graph(quad)].and_also(_less(of_triple(quad)))
    return dict(found)


def of_statement(subject: IRI, said: Iterable[Quad]) -> Shown:
    """What a graph shows with a record or statement in it."""
    record = any(quad.predicate == terms.RDF.type and quad.object in terms.RECORD_CLASSES for quad in said)
    return Shown(_hashed(subject.value), int(record))


def of_triple(quad: Quad) -> Shown:
    """What a graph shows with a triple of an entity in it."""
    return Shown(_hashed(f"{quad.subject} {quad.predicate} {quad.object}"))


def digest_of_all(graphs: Mapping[IRI, Shown]) -> int:
    """The digest of what all graphs show."""
    return sum(_of_graph(graph, shown) for graph, shown in graphs.items()) % _MODULUS


def exchanged(digest: int, graph: IRI, before: Shown, after: Shown) -> int:
    """The digest of what all graphs show, once one of them shows something else."""
    return (digest - _of_graph(graph, before) + _of_graph(graph, after)) % _MODULUS


def _of_graph(graph: IRI, shown: Shown) -> int:
    return _hashed(f"{graph.value} {shown.digest:x}") if shown.digest else 0


def _less(shown: Shown) -> Shown:
    return Shown(-shown.digest % _MODULUS, -shown.records)


def _hashed(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def _graph(quad: Quad) -> IRI:
    return quad.graph_name  # type: ignore[return-value]  # every quad of the store is in a named graph
