"""A query that a reader wrote, the limits it is held to, and its answer: what travels between server and worker."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    """

    text: str
    graphs: tuple[IRI, ...]
    formats: dict[str, str]
    bindings: dict[str, Term] = field(default_factory=dict)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


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
        state: of the reader's graphs, as the answer found them.
    """

    media_type: str
    content: bytes
    state: State
