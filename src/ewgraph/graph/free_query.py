"""What a reader asks, the limits it is held to, and its answer: what travels between server and worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from ewgraph.graph.spool import Kept
from ewgraph.graph.state import State
from ewgraph.model.rdf import IRI, Term


@dataclass(frozen=True, slots=True)
class FreeQuery:
    """A query text with all that may decide its answer.

    Attributes:
        text: SPARQL 1.1.
        graphs: the reader's graphs.
        formats: the media type to use for `solutions`, `boolean` and `graph`; a form without one is not acceptable.
        bindings: terms for variables that the query projects.
        default_graphs: the protocol's `default-graph-uri`, as given.
        named_graphs: the protocol's `named-graph-uri`, as given.
        known: the validators of the answers that the reader holds already.
        own: whether the text is one of ours, a SELECT over all that the reader reads: nobody from outside wrote it.
    """

    text: str
    graphs: tuple[IRI, ...]
    formats: dict[str, str]
    bindings: dict[str, Term] = field(default_factory=dict)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    own: bool = False


@dataclass(frozen=True, slots=True)
class WholeGraphs:
    """All that some graphs hold, as one graph.

    Attributes:
        graphs: the graphs, each of which the reader reads.
        media_type: of the answer.
        known: the validators of the answers that the reader holds already.
    """

    graphs: tuple[IRI, ...]
    media_type: str
    known: frozenset[str] = frozenset()


Asked: TypeAlias = FreeQuery | WholeGraphs


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take.

    Attributes:
        seconds: then its worker is killed.
        megabytes: of memory.
        result_bytes: of the serialised answer.
    """

    seconds: float
    megabytes: int
    result_bytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised answer.

    Attributes:
        media_type: of the body.
        body: the answer, whole.
        state: of the reader's graphs, as the answer found them.
        validator: the same for as long as the answer is; None where no two answers are alike.
        unchanged: whether the reader holds the answer already: then it was not made again.
        ran: the text that was run in place of the reader's, which has the same answer; None where it was theirs.
        anchors: the constants that `ran` begins its search at.
    """

    media_type: str
    body: Kept
    state: State
    validator: str | None = None
    unchanged: bool = False
    ran: str | None = None
    anchors: tuple[str, ...] = ()

    @property
    def content(self) -> bytes:
        """All of the body: for those who know that it is not large."""
        return bytes(self.body)
