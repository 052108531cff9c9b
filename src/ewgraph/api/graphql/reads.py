"""What a request has read of the graph, and what it waits for: so that a level of an answer is read at once.

While an operation is executed level by level, a resolver that needs what is not yet read is stopped by `Unread`. The
executor lets the rest of the level run, reads all that was wanted in one query of each kind, and runs those that were
stopped again: they only read, so nothing happens twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ewgraph.access.view import AsOf
from ewgraph.model.rdf import IRI, Term

if TYPE_CHECKING:
    from ewgraph.api.graphql.loader import Loader

Properties: TypeAlias = Mapping[IRI, list[Term]]


@dataclass(slots=True)
class Reads:
    """What a request has read so far; what is said of a thing has no instants.

    Attributes:
        about: all properties of nodes of which all was read.
        values: of other nodes the values of some properties, by property and node.
        subjects: what has a value for a property.
        shown: the classes of nodes, each with the graph that shows it.
        loaders: of other instants than the request's own.
        waits: whether what is not yet read is wanted, instead of read at once.
    """

    about: dict[IRI, Properties] = field(default_factory=dict)
    values: defaultdict[IRI, dict[IRI, list[Term]]] = field(default_factory=lambda: defaultdict(dict))
    subjects: dict[tuple[IRI, ...], list[IRI]] = field(default_factory=dict)
    shown: dict[IRI, list[tuple[IRI, IRI]]] = field(default_factory=dict)
    loaders: dict[AsOf, Loader] = field(default_factory=dict)
    waits: bool = False

    def lacks(self, node: IRI, predicates: Iterable[IRI]) -> bool:
        """Whether some of the properties of a node are not read."""
        return node not in self.about and any(node not in self.values[predicate] for predicate in predicates)


class Want(NamedTuple):
    """What a resolver waits for: of what kind, by which loader, about what."""

    kind: str
    loader: Loader
    about: tuple[Any, ...]


class Unread(BaseException):  # no error, and nothing that catches errors may catch it
    """Stops a resolver until what it wants is read."""

    def __init__(self, want: Want) -> None:
        super().__init__(want.kind)
        self.want = want


def by_kind(wants: Iterable[Want]) -> dict[tuple[str, Loader], list[tuple[Any, ...]]]:
    """What is wanted, each thing once, by kind and loader."""
    found: defaultdict[tuple[str, Loader], dict[tuple[Any, ...], None]] = defaultdict(dict)
    for want in wants:
        found[want.kind, want.loader][want.about] = None
    return {key: list(about) for key, about in found.items()}
