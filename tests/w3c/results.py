"""Answers as the suites write them, and whether two of them are the same."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import CanonicalizationAlgorithm, Dataset, QueryBoolean, QueryResultsFormat, parse_query_results

from ewgraph.model.rdf import IRI, BlankNode, DefaultGraph, Literal, Quad, RdfFormat, lexical, parse
from ewgraph.validate.shapes_graph import ShapesGraph

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
_READERS = {
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_WHOLE = {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt", "decimal"}
Row: TypeAlias = tuple[object, ...]


class Solutions:
    """Columns and rows; a blank node is told by its name within them, and a number by its value."""

    def __init__(self, columns: Sequence[str], rows: Sequence[Sequence[object]], *, ordered: bool = False) -> None:
        self.ordered = ordered
        self.lax = False
        self.columns = sorted(columns)
        places = [list(columns).index(name) for name in self.columns]
        self.rows: list[Row] = [tuple(_value(row[place]) for place in places) for row in rows]

    def same_as(self, other: Solutions) -> bool:
        """Whether the other has the same solutions, as often each; in the same order, where this has one."""
        if self.columns != other.columns or (len(self.rows) != len(other.rows) and not self.lax):
            return False
        if self.ordered:
            return all(_fits(mine, theirs, {}) is not None for mine, theirs in zip(self.rows, other.rows, strict=True))
        if self.lax:
            return _same_but_for_repetitions(Counter(self.rows), Counter(other.rows))
        nameless = [row for row in self.rows if any(map(_is_blank, row))]
        plain = Counter(row for row in self.rows if row not in nameless)
        theirs = [row for row in other.rows if any(map(_is_blank, row))]
        return plain == Counter(row for row in other.rows if row not in theirs) and _match(nameless, theirs, {})

    def against(self, other: Solutions) -> str:
        """What the other has too little or too much of."""
        mine, theirs = Counter(map(str, self.rows)), Counter(map(str, other.rows))
        return f"{self.columns} missing {list(mine - theirs)}, {other.columns} not expected {list(theirs - mine)}"


def _same_but_for_repetitions(most: Counter[Row], found: Counter[Row]) -> bool:
    """Whether each solution comes at least once and not too often: as REDUCED may answer."""
    return most.keys() == found.keys() and found <= most


def _value(term: object) -> object:
    if isinstance(term, Literal) and term.datatype.value.startswith(XSD):
        kind = term.datatype.value.removeprefix(XSD)
        try:
            if kind in _WHOLE:
                return (kind, Decimal(term.value))
            if kind in {"double", "float"}:
                return (kind, float(term.value))
            if kind == "boolean":
                return (kind, term.value in {"true", "1"})
        except (InvalidOperation, ValueError):
            pass
    return term


def _is_blank(term: object) -> bool:
    return isinstance(term, BlankNode)


def _fits(mine: Row, theirs: Row, names: dict[object, object]) -> dict[object, object] | None:
    """The names of blank nodes under which the rows are the same."""
    found = dict(names)
    for left, right in zip(mine, theirs, strict=True):
        if _is_blank(left) and _is_blank(right):
            if found.setdefault(left, right) != right or list(found.values()).count(right) > 1:
                return None
        elif left != right:
            return None
    return found


def _match(mine: list[Row], theirs: list[Row], names: dict[object, object]) -> bool:
    if not mine:
        return not theirs
    for place, row in enumerate(theirs):
        found = _fits(mine[0], row, names)
        if found is not None and _match(mine[1:], theirs[:place] + theirs[place + 1 :], found):
            return True
    return False


def read(content: bytes, media_type: str) -> Solutions | bool:
    """An answer in one of the four formats; CSV as texts and blank nodes, since it does not tell terms apart."""
    if media_type == "text/csv":
        columns, *rows = csv.reader(io.StringIO(content.decode()))
        return Solutions(columns, [[BlankNode(cell[2:]) if cell[:2] == "_:" else cell for cell in row] for row in rows])
    found = parse_query_results(content, _READERS[media_type])
    if isinstance(found, QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    return Solutions(names, [[solution[name] for name in names] for solution in found])


def expected(path: Path, base: str) -> Solutions | bool | None:
    """The answer in a file of the suite; None where that is a graph."""
    if path.suffix in TYPES:
        return read(path.read_bytes(), TYPES[path.suffix])
    graph = ShapesGraph(quad.triple for quad in graph_of(path, base))
    (*heads,) = graph.subjects(IRI(f"{RS}resultVariable")) or graph.subjects(IRI(f"{RS}boolean"))
    if not heads:
        return None
    said = graph.one(heads[0], IRI(f"{RS}boolean"))
    if said is not None:
        return lexical(said) == "true"
    columns = [lexical(name) for name in graph.values(heads[0], IRI(f"{RS}resultVariable"))]
    rows, places = [], []
    for solution in graph.values(heads[0], IRI(f"{RS}solution")):
        row: dict[str, object] = {}
        for binding in graph.values(solution, IRI(f"{RS}binding")):
            variable = graph.one(binding, IRI(f"{RS}variable"))
            row[lexical(variable)] = graph.one(binding, IRI(f"{RS}value"))
        place = graph.one(solution, IRI(f"{RS}index"))
        places.append(None if place is None else int(lexical(place)))
        rows.append([row.get(name) for name in columns])
    if rows and all(place is not None for place in places):
        rows = [row for _, row in sorted(zip(places, rows, strict=True), key=lambda pair: pair[0])]  # type: ignore[arg-type,return-value]
        return Solutions(columns, rows, ordered=True)
    return Solutions(columns, rows)


def graph_of(path: Path, base: str) -> list[Quad]:
    """A graph in a file of the suite."""
    kinds = {".ttl": RdfFormat.TURTLE, ".rdf": RdfFormat.RDF_XML, ".nt": RdfFormat.N_TRIPLES}
    return list(parse(path.read_bytes(), format=kinds[path.suffix], base_iri=base))


def isomorphic(left: Sequence[Quad], right: Sequence[Quad]) -> bool:
    """Whether two graphs are the same but for the names of blank nodes."""
    return _canonical(left) == _canonical(right)


def _canonical(quads: Sequence[Quad]) -> Dataset:
    dataset = Dataset(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset
