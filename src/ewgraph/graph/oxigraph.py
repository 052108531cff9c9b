"""The embedded store: Oxigraph on disk or in memory, with its errors translated.

Every query names its graphs twice, as default and as named graphs: with the default graphs alone, `GRAPH ?g` would
read every graph of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple, TypeAlias

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    Variable,
    parse_query_results,
)

from ewgraph.errors import ConfigurationError, QueryError, UnavailableError
from ewgraph.model.rdf import IRI, Quad, RdfFormat, Term, serialize

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
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
}


_GEO: Final = "http://www.opengis.net/def/function/geosparql/"
EXTENSION_FUNCTIONS: Final = tuple(
    IRI(_GEO + name)
    for name in (
        *("area", "asGeoJSON", "centroid", "convexHull", "coordinateDimension", "difference", "dimension", "distance"),
        *("ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint", "ehEquals", "ehInside", "ehMeet", "ehOverlap"),
        *("envelope", "getSRID", "intersection", "isEmpty", "isSimple", "length", "perimeter"),
        *("rcc8dc", "rcc8ec", "rcc8eq", "rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi", "relate"),
        *("sfContains", "sfCrosses", "sfDisjoint", "sfEquals", "sfIntersects", "sfOverlaps", "sfTouches", "sfWithin"),
        *("spatialDimension", "symDifference", "union"),
    )
)
"""The functions beyond SPARQL's own that a query may call: those of GeoSPARQL that Oxigraph has."""


class Dataset(NamedTuple):
    """The graphs that a query reads: those whose triples it sees at once, and those it can name. Each at most once."""

    default: Sequence[IRI]
    named: Sequence[IRI]


class GraphStore:
    """A store of quads. One process at a time writes to a directory; checkpoints are read by any.

    Attributes:
        watched: what each change happens in, called with the quads added and removed.
    """

    def __init__(self, store: Store) -> None:
        self.watched: Callable[[Sequence[Quad], Sequence[Quad]], AbstractContextManager[None]] = _unwatched
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
        with self.watched(added, removed):
            if not removed:
                self._store.extend(added)
                return
            # The terms write themselves: there is no other way to remove and add in one transaction.
            self._store.update(
                "".join(
                    ("DELETE DATA {\n", *map(_statement, removed), "};\nINSERT DATA {\n", *map(_statement, added), "}")
                ),
            )

    def select(self, text: str, graphs: Sequence[IRI], bindings: Mapping[str, Term]) -> tuple[list[str], list[Row]]:
        """The variables and solutions of a SELECT over the graphs; an unbound variable is None.

        Raises:
            QueryError: the text is no SELECT query.
        """
        solutions = self._evaluate(text, Dataset(graphs, graphs), bindings)
        if not isinstance(solutions, QuerySolutions):
            raise QueryError("only a SELECT query has solutions")
        names = [variable.value for variable in solutions.variables]
        return names, [tuple(solution) for solution in solutions]

    def answer(
        self,
        text: str,
        dataset: Dataset,
        bindings: Mapping[str, Term],
        formats: Mapping[str, str],
        sink: IO[bytes],
    ) -> str:
        """Write the answer to a query of any form into the sink, and give its media type.

        Args:
            text: a SPARQL query.
            dataset: all that it may read.
            bindings: terms for variables that the query projects.
            formats: a media type under each of `solutions` (SELECT), `boolean` (ASK), `graph` (CONSTRUCT, DESCRIBE).
            sink: what it raises when it is full passes through.

        Raises:
            QueryError: the text is no query, or calls a function that is not offered.
        """
        result = self._evaluate(text, dataset, bindings)
        try:
            if isinstance(result, QueryTriples):
                result.serialize(sink, GRAPH_FORMATS[formats["graph"]])
                return formats["graph"]
            form = "boolean" if isinstance(result, QueryBoolean) else "solutions"
            result.serialize(sink, RESULT_FORMATS[formats[form]])
        except RuntimeError as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from error
        return formats[form]

    def write(self, graphs: Iterable[IRI], media_type: str, sink: IO[bytes]) -> None:
        """Write all that the graphs hold into the sink, as one graph; no two of them hold the same triple."""
        held = (quad.triple for graph in graphs for quad in self._store.quads_for_pattern(None, None, None, graph))
        serialize(held, sink, GRAPH_FORMATS[media_type])

    def _evaluate(
        self,
        text: str,
        dataset: Dataset,
        bindings: Mapping[str, Term],
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return self._store.query(
                text,
                default_graph=list(dataset.default),
                named_graphs=list(dataset.named),
                substitutions={Variable(name): term for name, term in bindings.items()},
            )
        except SyntaxError as error:
            raise QueryError(f"the query cannot be parsed: {error}") from error
        except RuntimeError as error:
            raise QueryError(f"the query cannot be evaluated: {error}") from error

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


def _unwatched(_added: Sequence[Quad], _removed: Sequence[Quad]) -> AbstractContextManager[None]:
    """Nobody wants to know."""
    return nullcontext()


def columns_of(text: str) -> list[str]:
    """The variables that a SELECT query projects, in order: over a store without a quad.

    Raises:
        QueryError: the text is no SELECT query.
    """
    return GraphStore.in_memory().select(text, (), {})[0]


def solutions_of(content: bytes | IO[bytes], *, most: int | None = None) -> tuple[list[str], list[Row]] | bool:
    """The variables and the first solutions of an answer in SPARQL results JSON; of an ASK, whether it is so."""
    result = parse_query_results(content, QueryResultsFormat.JSON)
    if isinstance(result, QueryBoolean):
        return bool(result)
    names = [variable.value for variable in result.variables]
    return names, [tuple(solution[name] for name in names) for solution in islice(result, most)]


def for_any(text: str, variables: Sequence[str], values: Iterable[Sequence[IRI]]) -> str:
    """A query, with many rows of values for some of its variables: it is asked of all of them at once.

    Args:
        text: a query of ours, with one `WHERE {` before all others.
        variables: names of variables of its outermost pattern, which it projects.
        values: the terms write themselves, as everywhere: an IRI of the library holds nothing that ends it.

    >>> for_any("SELECT ?s ?o WHERE { ?s ?p ?o }", ["s"], [[IRI("urn:a")], [IRI("urn:b")]])
    'SELECT ?s ?o WHERE { VALUES (?s) { (<urn:a>) (<urn:b>) } ?s ?p ?o }'
    """
    rows = " ".join(f"({' '.join(map(str, row))})" for row in values)
    names = " ".join(f"?{name}" for name in variables)
    before, where, after = text.partition("WHERE {")
    return f"{before}{where} VALUES ({names}) {{ {rows} }}{after}"


def begun_at(text: str, bindings: Mapping[str, Term]) -> str:
    """A query of ours that is told of which things it is asked: besides, for it has the same answer without.

    The engine puts a plan together before it puts values into their places, so that it looks for all that there is and
    drops what is of other things. It begins at the one solution of `VALUES`.

    >>> begun_at("SELECT ?s ?o WHERE { ?s ?p ?o }", {"s": IRI("urn:a")})
    'SELECT ?s ?o WHERE { VALUES (?s) { (<urn:a>) } ?s ?p ?o }'
    """
    things = {name: term for name, term in bindings.items() if isinstance(term, IRI)}
    return for_any(text, list(things), [list(things.values())]) if things else text


def _statement(quad: Quad) -> str:
    return f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}\n"
