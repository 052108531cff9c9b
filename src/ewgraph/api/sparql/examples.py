"""Queries to begin with, shown on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_PREFIXES: Final = """\
PREFIX ew: <https://w3id.org/ewgraph/ns#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

"""


@dataclass(frozen=True, slots=True)
class Example:
    """A query with what it asks."""

    title: str
    text: str


EXAMPLES: Final = (
    Example(
        "Who said which site makes what, and when was it received?",
        _PREFIXES
        + """\
SELECT ?site ?output ?basis ?saidBy ?receivedAt WHERE {
  ?claim a ew:SupplyClaim ; ew:site ?site ; ew:output ?output ; ew:evidenceBasis ?basis ; ew:assertedIn ?record .
  ?record prov:wasAttributedTo ?saidBy ; ew:receivedAt ?receivedAt .
}
ORDER BY DESC(?receivedAt) ?site
LIMIT 50
""",
    ),
    Example(
        "Which contracts are there, who buys, who delivers?",
        _PREFIXES
        + """\
SELECT ?contract ?buyer ?contractor ?signedOn WHERE {
  ?contract a ew:Contract ; ew:buyer ?buyer ; ew:contractor ?contractor ; ew:signedOn ?signedOn .
}
ORDER BY ?signedOn ?contract
LIMIT 50
""",
    ),
    Example(
        "How many things are there of each class?",
        _PREFIXES
        + """\
SELECT ?class (COUNT(?thing) AS ?things) WHERE {
  ?thing a ?class .
  FILTER(STRSTARTS(STR(?class), STR(ew:)))
}
GROUP BY ?class
ORDER BY DESC(?things) ?class
""",
    ),
    Example(
        "What does a claim say, in full?",
        _PREFIXES + "CONSTRUCT { ?claim ?property ?value } WHERE {\n"
        "  { SELECT ?claim { ?claim a ew:SupplyClaim } ORDER BY ?claim LIMIT 1 }\n"
        "  ?claim ?property ?value .\n}\n",
    ),
)
