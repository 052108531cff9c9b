"""Which free queries are admitted, the dataset that is left to them, and the text to run. It runs in the workers.

Decided on rdflib's parse tree, and run by Oxigraph: both get the same text, with the code point escapes already
expanded, so that no string can end for one parser where it goes on for the other; and without a carriage return that
ends a comment for one and not for the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from rdflib import Graph
from rdflib.plugins.sparql.algebra import translatePrologue

from ewgraph.errors import FormatError, LimitError, QueryError
from ewgraph.graph.anchoring import anchored
from ewgraph.graph.free_query import FreeQuery
from ewgraph.graph.grammar import UNREADABLE, CompValue, ParseResults, nodes_of, parse_query, parse_update
from ewgraph.graph.oxigraph import Dataset, columns_of
from ewgraph.model import terms
from ewgraph.model.rdf import IRI

MAX_BYTES: Final = 64 * 1024
MAX_NESTING: Final = 100

_FORMS: Final = {
    "SelectQuery": "solutions",
    "AskQuery": "boolean",
    "ConstructQuery": "graph",
    "DescribeQuery": "graph",
}
_VOLATILE: Final = frozenset({"Builtin_NOW", "Builtin_RAND", "Builtin_UUID", "Builtin_STRUUID"})
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
_LEFT_OVER: Final = re.compile(r"\\[uU][0-9A-Fa-f]{4}")
_UNNESTED: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|#[^\n]*",
    re.DOTALL,
)


class Admitted(NamedTuple):
    """A query that is admitted.

    Attributes:
        text: what to evaluate.
        dataset: what to evaluate it over.
        media_type: of its answer.
        volatile: whether it has another answer each time.
        anchors: the constants at which the text begins, where it is not the reader's own but one with the same answer.
    """

    text: str
    dataset: Dataset
    media_type: str
    volatile: bool
    anchors: tuple[str, ...] = ()


def admit(query: FreeQuery) -> Admitted:
    """Decide whether to admit the query. One of ours is not looked at: parsing takes longer than most answers.

    Raises:
        QueryError: the text is no query, or asks for what is not offered: SERVICE, an update, a foreign graph.
        LimitError: it is too long or nested too deeply.
        FormatError: no acceptable format for its form.
    """
    if query.own:
        return Admitted(query.text, Dataset(query.graphs, query.graphs), query.formats["solutions"], volatile=False)
    text = _expanded(_bounded(query.text))
    try:
        prologue, tree = parse_query(text)
    except UNREADABLE as error:
        raise QueryError(_reason(text, error)) from error
    nodes = list(nodes_of(tree))
    _declared(prologue, nodes)
    names = {node.name for node in nodes}
    if "ServiceGraphPattern" in names:
        raise QueryError("SERVICE is not offered: a query reads this graph only. Ask the other service yourself")
    if _FORMS[tree.name] not in query.formats:
        raise FormatError("the answer cannot be written in any of the formats that are accepted")
    media_type = query.formats[_FORMS[tree.name]]
    dataset, volatile = _dataset(query, prologue, tree), not _VOLATILE.isdisjoint(names)
    other = anchored(text, tree, columns_of)
    return Admitted(other.text if other else text, dataset, media_type, volatile, other.constants if other else ())


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
        updates = parse_update(text).request
    except UNREADABLE:
        updates = None
    if updates:
        return "updates are not offered: this endpoint answers SELECT, ASK, CONSTRUCT and DESCRIBE"
    return f"the query cannot be parsed: {error}"


def _declared(prologue: ParseResults, nodes: Sequence[CompValue]) -> None:
    """Refuse a prefix that nothing declares; neither parser says which one it is, and how to mend it."""
    declared = {line.prefix or "" for line in prologue if line.name == "PrefixDecl"}
    for prefix in sorted({node.prefix or "" for node in nodes if node.name == "pname"} - declared):
        raise QueryError(
            f"the query cannot be parsed: the prefix '{prefix}:' is not declared. "
            f"Begin the query with PREFIX {prefix}: <{_usual().get(prefix, '…')}>"
        )


@cache
def _usual() -> Mapping[str, str]:
    """What well-known prefixes stand for."""
    return {prefix: str(space) for prefix, space in Graph(bind_namespaces="rdflib").namespaces()} | {"ew": terms.EW}


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
    names = translatePrologue(prologue, None)
    for clause in tree.datasetClause:
        for kind, found in given.items():
            if kind in clause:
                found.append(str(names.absolutize(clause[kind])))
    known = {graph.value for graph in graphs}
    for name in (*given["default"], *given["named"]):
        if name not in known:
            raise QueryError(f"FROM <{name}>: your dataset has no such graph. Leave FROM out to read all that you may")
    return _among(graphs, given["default"]), _among(graphs, given["named"])


def _among(graphs: Sequence[IRI], names: Sequence[str]) -> list[IRI]:
    """The graphs of these names, each once: Oxigraph counts the triples of a graph that is named twice double."""
    return [graph for graph in graphs if graph.value in set(names)]
