"""The embedded store: Oxigraph on disk or in memory, with its errors translated.

Every query names its graphs twice, as default and as named graphs: with the default graphs alone, `GRAPH ?g` would
read every graph of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    Variable,
)

from ewgraph.errors import ConfigurationError, QueryError, UnavailableError
from ewgraph.model.rdf import IRI, Quad, RdfFormat, Term

if TYPE_CHECKING:
    Row: TypeAlias = tuple[Term | None, ...]

RESULT_FORMATS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


class GraphStore:
    """A store of quads. One process at a time writes to a directory; checkpoints are read by any."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def in_memory(cls) -> GraphStore:
        """A store that lasts as long as the process."""
        return cls(Store())

    @classmethod
    def open(cls, directory: Path) -> GraphStore:
        """The store of that directory, made where there is none.

        Raises:
            UnavailableError: another process holds it.
            ConfigurationError: it cannot be read.
        """
        directory.parent.mkdir(parents=True, exist_ok=True)
        try:
            return cls(Store(str(directory)))
        except OSError as error:
            if "lock" in str(error).lower():
                raise UnavailableError(
                    f"{directory} is in use by another process, probably a running `ewgraph serve`",
                ) from error
            raise ConfigurationError(f"{directory} cannot be opened as a graph store: {error}") from error

    @classmethod
    def read_only(cls, directory: Path) -> GraphStore:
        """A checkpoint, never to change.

        Raises:
            ConfigurationError: it cannot be read.
        """
        try:
            return cls(Store.read_only(str(directory)))
        except OSError as error:
            raise ConfigurationError(f"{directory} cannot be opened as a checkpoint: {error}") from error

    def quads(
        self,
        subject: IRI | None = None,
        predicate: IRI | None = None,
        value: Term | None = None,
        graph: IRI | None = None,
    ) -> Iterator[Quad]:
        """The quads of that pattern; None stands for anything."""
        return self._store.quads_for_pattern(subject, predicate, value, graph)

    def __contains__(self, quad: Quad) -> bool:
        return quad in self._store

    def __len__(self) -> int:
        return len(self._store)

    def change(self, added: Sequence[Quad], removed: Sequence[Quad] = ()) -> None:
        """Add and remove quads in one transaction. None of them may hold a blank node."""
        if not removed:
            self._store.extend(added)
            return
        # The terms write themselves: there is no other way to remove and add in one transaction.
        self._store.update(
            "".join(("DELETE DATA {\n", *map(_statement, removed), "};\nINSERT DATA {\n", *map(_statement, added), "}")),
        )

    def select(self, text: str, graphs: Sequence[IRI], bindings: Mapping[str, Term]) -> tuple[list[str], list[Row]]:
        """The variables and solutions of a SELECT over the graphs; an unbound variable is None.

        Raises:
            QueryError: the text is no SELECT query.
        """
        solutions = self._evaluate(text, graphs, bindings)
        if not isinstance(solutions, QuerySolutions):
            raise QueryError("only a SELECT query has solutions")
        names = [variable.value for variable in solutions.variables]
        return names, [tuple(solution[name] for name in names) for solution in solutions]

    def answer(self, text: str, graphs: Sequence[IRI], accept: Mapping[str, str]) -> tuple[str, bytes]:
        """The media type and serialised answer of any query form.

        Args:
            text: a SPARQL query.
            graphs: all that it may read.
            accept: the media types to use, under `solutions` (SELECT, ASK) and `graph` (CONSTRUCT, DESCRIBE).

        Raises:
            QueryError: the text is no query.
        """
        result = self._evaluate(text, graphs, {})
        if isinstance(result, QueryTriples):
            media_type = accept["graph"]
            content = result.serialize(format=GRAPH_FORMATS[media_type])
        else:
            media_type = accept["solutions"]
            if isinstance(result, QueryBoolean) and media_type not in {
                "application/sparql-results+json",
                "application/sparql-results+xml",
            }:
                media_type = "application/sparql-results+json"
            content = result.serialize(format=RESULT_FORMATS[media_type])
        return media_type, content or b""

    def _evaluate(
        self,
        text: str,
        graphs: Sequence[IRI],
        bindings: Mapping[str, Term],
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return self._store.query(
                text,
                default_graph=list(graphs),
                named_graphs=list(graphs),
                substitutions={Variable(name): term for name, term in bindings.items()},
            )
        except SyntaxError as error:
            raise QueryError(f"the query cannot be parsed: {error}") from error

    def flush(self) -> None:
        """Write what is in memory to disk."""
        self._store.flush()

    def checkpoint(self, directory: Path) -> None:
        """Write a consistent copy, cheap on the same disk, that `read_only` opens."""
        self._store.flush()
        self._store.backup(str(directory))

    def dump(self, graphs: Iterable[IRI]) -> Iterator[str]:
        """The quads of the graphs, a canonical N-Quads line each, in no order."""
        for graph in graphs:
            for quad in self._store.quads_for_pattern(None, None, None, graph):
                yield f"{quad} .\n"

    def graphs(self) -> list[IRI]:
        """The names of all graphs, sorted."""
        return sorted(
            (name for name in self._store.named_graphs() if isinstance(name, IRI)),
            key=lambda name: name.value,
        )


def _statement(quad: Quad) -> str:
    return f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}\n"
