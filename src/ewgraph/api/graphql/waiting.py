"""A view for walks that are written for one thing: what they read is wanted, so that it is read for many at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ewgraph.access import View
from ewgraph.graph.state import State
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad, Term

if TYPE_CHECKING:
    from ewgraph.api.graphql.loader import Loader


class WaitingView:
    """Reads through a loader what it can, and all else through the view."""

    def __init__(self, loader: Loader, view: View) -> None:
        self._loader = loader
        self._view = view
        self._state: State | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)

    def state(self) -> State:
        """What the reader's graphs showed when it was asked first: nothing of the answer is cited."""
        if self._state is None:
            self._state = self._view.state()
        return self._state

    def quads(
        self, subject: IRI | None = None, predicate: IRI | None = None, value: Term | None = None
    ) -> Iterator[Quad]:
        """The visible quads of a pattern; those that tell classes, with the graph of each."""
        if subject is not None and predicate == terms.RDF.type and value is None:
            yield from (Quad(subject, predicate, kind, graph) for kind, graph in self._loader.shown(subject))
        elif subject is None and predicate is not None and isinstance(value, IRI):
            yield from (Quad(node, predicate, value) for node in self._loader.subjects(predicate, value))
        else:
            yield from self._view.quads(subject, predicate, value)

    def objects(self, subject: IRI, predicate: IRI) -> list[Term]:
        """The visible values of a property, sorted."""
        return list(self._loader.values(subject, predicate))

    def subjects(self, predicate: IRI, value: Term) -> list[IRI]:
        """The visible subjects that have the value, sorted."""
        known = self._loader if isinstance(value, IRI) else self._view
        return known.subjects(predicate, value)  # type: ignore[arg-type]  # the loader is asked about nodes
