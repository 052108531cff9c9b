"""What every file under `queries/` must keep to, told from its parse tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pyparsing import ParseResults
from rdflib import URIRef, Variable
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from ewgraph.catalogue import Kind, StoredQuery

HOP = {
    *("kind", "claim", "line", "record", "scope", "scopeContract", "basis"),
    *("validFrom", "validTo", "receivedAt", "mineral", "tier"),
}
FAR_END = {"from", "to"}
_PREFIX = re.compile(r"^PREFIX ([\w-]*): <([^>]+)>$", re.MULTILINE)
_DECLARED = re.compile(r'sh:prefix "([^"]+)" ; sh:namespace "([^"]+)"')


def prefixes_of(ontology: Path) -> dict[str, str]:
    """The prefixes of the repository, from their one home."""
    return dict(_DECLARED.findall((ontology / "prefixes.ttl").read_text(encoding="utf-8")))


def faults(query: StoredQuery, prefixes: dict[str, str]) -> list[str]:
    """What is wrong with the file; empty for nothing."""
    if query.hop and "SELECT" not in query.text:
        return []  # its text is that of the hop, and held to it there
    select = parseQuery(query.text)[1]
    if select.name != "SelectQuery":
        return [f"it is a {select.name}, not a SELECT"]
    return [
        *_projection_faults(query, select),
        *_selection_faults(query, select),
        *_pattern_faults(select),
        *_beginning_faults(query, select),
        *existence_faults(select),
        *(
            f"the prefix {name} is {space}, in ontology/prefixes.ttl it is {prefixes.get(name)}"
            for name, space in _PREFIX.findall(query.text)
            if prefixes.get(name) != space
        ),
    ]


def _projection_faults(query: StoredQuery, select: CompValue) -> Iterator[str]:
    projection = _projection(select)
    parameters = {parameter.name for parameter in query.parameters}
    if query.rule is not None:  # it may take parameters that the query does not, and make columns of its own
        parameters &= {str(term) for term in _terms(select) if isinstance(term, Variable)}
    columns = [column.name for column in query.columns]
    yield from (f"the parameter {name} is not projected" for name in sorted(parameters - set(projection)))
    if query.rule is not None:
        return
    if query.walk is not None:
        hop = {name for name in projection if name not in parameters}
        if not (hop >= HOP and len(hop - HOP) == 1 and hop - HOP <= FAR_END):
            yield f"a hop has the columns {sorted(HOP)} and from or to, not {sorted(hop)}"
        return
    if [name for name in projection if name in columns or name not in parameters] != columns:
        yield f"the columns {columns} are not the projection {projection}"
    ordered = [str(variable) for variable in _order(select)]
    named = [name for name, _ in query.sorting]
    if not ordered:
        yield "it has no ORDER BY"
    if ordered[: len(named)] != named:
        yield f"the order {named} is not that of the query, {ordered}"
    falling = [name for name, falls in query.sorting if falls]
    if falling != _falling(select):
        yield f"what falls in the order, {falling}, is not what falls in the query, {_falling(select)}"


def _selection_faults(query: StoredQuery, select: CompValue) -> Iterator[str]:
    parameters = {parameter.name for parameter in query.parameters}
    for part in _parts(select):
        if part.name == "SubSelect":
            used = {str(term) for term in _terms(part) if isinstance(term, Variable)}
            missing = sorted(parameters & used - set(_projection(part)))
            yield from (f"a sub-select uses the parameter {name} and does not project it" for name in missing)
        if part.name in {"SelectQuery", "SubSelect"} and part.limitoffset is not None and part.orderby is None:
            yield "a LIMIT has no ORDER BY"


def _pattern_faults(select: CompValue) -> Iterator[str]:
    for part in _parts(select):
        if part.name == "ServiceGraphPattern":
            yield "it calls a SERVICE"
        elif part.name == "DatasetClause":
            yield "it names its graphs with FROM"
        elif part.name == "GraphGraphPattern" and isinstance(part.term, URIRef):
            yield f"it names the graph {part.term}"


def _beginning_faults(query: StoredQuery, select: CompValue) -> Iterator[str]:
    """It is told of which things it is asked at its first group, by words that are put in there."""
    if query.text.partition("WHERE {")[0] != query.text.partition("WHERE")[0]:
        yield "its first WHERE has no brace behind it, or a comment has the word"
    parameters = {parameter.name for parameter in query.parameters if parameter.kind is Kind.IRI}
    made = {str(part.var) for part in _parts(select) if part.name == "Bind"}
    made |= {str(item.evar) for item in select.projection or [] if item.evar is not None}
    yield from (f"the parameter {name} is made by the query" for name in sorted(parameters & made))


def existence_faults(select: CompValue) -> Iterator[str]:
    """The engine joins what stands in EXISTS over all that there is: one triple, and for the next another EXISTS."""
    for part in _parts(select):
        if part.name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
            blocks = [each for each in part.graph.part if each.name == "TriplesBlock"]
            triples = sum(len(flat) // 3 for block in blocks for flat in block.triples)
            if triples > 1:
                yield f"{triples} triples stand in one EXISTS"
            if any(each.name == "PathSequence" and len(each.part) > 1 for each in _parts(blocks)):
                yield "a path of several steps stands in EXISTS"
            if any(each.name == "OptionalGraphPattern" for each in part.graph.part):
                yield "an OPTIONAL stands in EXISTS"


def list_faults(text: str) -> list[str]:
    """What is wrong with the pattern of a list, all of its parts taken together."""
    lines = text.splitlines()
    prefixes = [line for line in lines if line.startswith("PREFIX")]
    pattern = [line for line in lines if not line.startswith(("PREFIX", "#"))]
    return list(existence_faults(parseQuery("\n".join([*prefixes, "SELECT * WHERE {", *pattern, "}"]))[1]))


def _projection(select: CompValue) -> list[str]:
    return [str(item.var or item.evar) for item in select.projection or []]


def _order(select: CompValue) -> Iterator[Variable]:
    if select.orderby is not None:
        for condition in select.orderby.condition:
            yield from (term for term in _terms(condition) if isinstance(term, Variable))


def _falling(select: CompValue) -> list[str]:
    """The variables that are sorted from the greatest to the least."""
    conditions = select.orderby.condition if select.orderby is not None else []
    return [
        str(term) for each in conditions if each.order == "DESC" for term in _terms(each) if isinstance(term, Variable)
    ]


def _parts(tree: object) -> Iterator[CompValue]:
    """Every node of the parse tree that has a name."""
    if isinstance(tree, CompValue):
        yield tree
        for value in tree.values():
            yield from _parts(value)
    elif isinstance(tree, list | ParseResults):
        for value in tree:
            yield from _parts(value)


def _terms(tree: object) -> Iterator[object]:
    """Every leaf of the parse tree."""
    if isinstance(tree, CompValue):
        for value in tree.values():
            yield from _terms(value)
    elif isinstance(tree, list | ParseResults):
        for value in tree:
            yield from _terms(value)
    else:
        yield tree
