"""rdflib's grammar of SPARQL, put right where it goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyparsing import ParseBaseException, ParseResults
from rdflib import XSD, Literal
from rdflib.plugins.sparql.parser import DECIMAL_NEGATIVE, parseQuery, parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

__all__ = ["UNREADABLE", "CompValue", "ParseResults", "nodes_of", "parse_query", "parse_update"]

parse_query, parse_update = parseQuery, parseUpdate

UNREADABLE: Final = (ParseBaseException, RecursionError, ValueError, TypeError)
"""What the two raise for a text that they cannot read."""


def nodes_of(tree: object) -> Iterator[CompValue]:
    """Every node of a parse tree, however deep it is."""
    open_nodes = [tree]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, CompValue):
            yield node
            open_nodes.extend(node.values())
        elif isinstance(node, (ParseResults, list, tuple)):
            open_nodes.extend(node)


def _negative(found: ParseResults) -> Literal:
    return Literal(f"-{found[0]}", datatype=XSD.decimal)


DECIMAL_NEGATIVE.set_parse_action(_negative)  # rdflib 7.6 negates numbers of every type but this
