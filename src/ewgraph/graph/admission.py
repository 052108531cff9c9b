"""Which free queries are admitted, and the dataset that is left to them. It runs in the workers.

Decided on rdflib's parse tree, and run by Oxigraph: both get the same text, with the code point escapes already
expanded, so that no string can end for one parser where it goes on for the other; and without a carriage return that
ends a comment for one and not for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pyparsing import ParseBaseException, ParseResults
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from ewgraph.errors import FormatError, LimitError, QueryError
from ewgraph.graph.free_query import FreeQuery
from ewgraph.graph.oxigraph import Dataset
from ewgraph.model.rdf import IRI

MAX_BYTES: Final = 64 * 1024
MAX_NESTING: Final = 100

_FORMS: Final = {
    "SelectQuery": "solutions",
    "AskQuery": "boolean",
    "ConstructQuery": "graph",
    "DescribeQuery": "graph",
}
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
_LEFT_OVER: Final = re.compile(r"\\[uU][0-9A-Fa-f]{4}")
_UNNESTED: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*",
    re.DOTALL,
)


def admitted(query: FreeQuery) -> tuple[str, Dataset]:
    """The text to evaluate, and the dataset to evaluate it over.

    Raises:
        QueryError: the text is no query, or asks for what is not offered: SERVICE, an update, a foreign graph.
        LimitError: it is too long or nested too deeply.
        FormatError: no acceptable format for its form.
    """
    text = _expanded(_bounded(query.text))
    try:
        prologue, tree = parseQuery(text)
    except (ParseBaseException, RecursionError, ValueError) as error:
        raise QueryError(_reason(text, error)) from error
    if any(node.name == "ServiceGraphPattern" for node in _nodes(tree)):
        raise QueryError("SERVICE is not offered: a query reads this graph only. Ask the other service yourself")
    if _FORMS[tree.name] not in query.formats:
        raise FormatError("the answer cannot be written in any of the formats that are accepted")
    return text, _dataset(query, prologue, tree)


def _bounded(text: str) -> str:
    if len(text.encode()) > MAX_BYTES:
        raise LimitError(f"a query has at most {MAX_BYTES} bytes, not {len(text.encode())}", limit="query bytes")
    depth = deepest = 0
    for sign in _UNNESTED.sub(" ", text):
        depth += (sign in "{([") - (sign in "})]")
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING:
        raise LimitError(f"a query is nested at most {MAX_NESTING} deep, not {deepest}", limit="nesting")
    return text


def _expanded(text: str) -> str:
    """The text with its code point escapes replaced, as SPARQL 1.1 Query, 19.2 says to do before parsing."""
    try:
        expanded = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
        expanded.encode()
    except (ValueError, OverflowError) as error:
        raise QueryError("the query has an escape such as \\uD800 that stands for no character") from error
    if _LONE_RETURN.search(expanded):
        raise QueryError("the query has a carriage return without a line feed. End lines with a line feed")
    if _LEFT_OVER.search(expanded):
        raise QueryError("the query has an escape within an escape. Write the character itself")
    return expanded


def _reason(text: str, error: Exception) -> str:
    try:
        updates = parseUpdate(text).request
    except (ParseBaseException, RecursionError, ValueError):
        updates = None
    if updates:
        return "updates are not offered: this endpoint answers SELECT, ASK, CONSTRUCT and DESCRIBE"
    return f"the query cannot be parsed: {error}"


def _nodes(tree: object) -> Iterator[CompValue]:
    """Every node of the parse tree."""
    open_nodes = [tree]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, CompValue):
            yield node
            open_nodes.extend(node.values())
        elif isinstance(node, (ParseResults, list, tuple)):
            open_nodes.extend(node)


def _dataset(query: FreeQuery, prologue: ParseResults, tree: CompValue) -> Dataset:
    """The protocol's graphs before those of FROM, and those before all (SPARQL 1.1 Protocol, 2.1.4)."""
    default, named = _from(query.graphs, prologue, tree)
    if query.default_graphs or query.named_graphs:
        return Dataset(_among(query.graphs, query.default_graphs), _among(query.graphs, query.named_graphs))
    if default or named:
        return Dataset(default, named)
    return Dataset(query.graphs, query.graphs)


def _from(graphs: tuple[IRI, ...], prologue: ParseResults, tree: CompValue) -> tuple[list[IRI], list[IRI]]:
    """The graphs of FROM and of FROM NAMED."""
    if not tree.datasetClause:
        return [], []
    given: dict[str, list[str]] = {"default": [], "named": []}
    try:
        names = translatePrologue(prologue, None)
        for clause in tree.datasetClause:
            for kind, found in given.items():
                if kind in clause:
                    found.append(str(names.absolutize(clause[kind])))
    except Exception as error:  # rdflib raises no narrower one for an unknown prefix
        raise QueryError(f"the graphs of FROM cannot be told: {error}") from error
    known = {graph.value for graph in graphs}
    for name in (*given["default"], *given["named"]):
        if name not in known:
            raise QueryError(f"FROM <{name}>: your dataset has no such graph. Leave FROM out to read all that you may")
    return _among(graphs, given["default"]), _among(graphs, given["named"])


def _among(graphs: Sequence[IRI], names: Sequence[str]) -> list[IRI]:
    """The graphs of these names, each once: Oxigraph counts the triples of a graph that is named twice double."""
    return [graph for graph in graphs if graph.value in set(names)]
