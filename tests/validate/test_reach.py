"""What a query reads is told from its text, as rdflib's parser reads it; a text that could look further is refused."""

from collections.abc import Iterator

import pytest
import rdflib
from rdflib.paths import AlternativePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from ewgraph.errors import ConfigurationError
from ewgraph.validate.crossing import CrossingRules
from ewgraph.validate.reach import reach
from tests.validate.crossing_worlds import ROOT

EW = {"ew": "https://w3id.org/ewgraph/ns#"}


def _triples(part: object) -> Iterator[list[object]]:
    """The triple patterns anywhere in an algebra tree of rdflib's."""
    if isinstance(part, CompValue):
        if part.name in {"BGP", "TriplesBlock"}:
            for flat in part.triples:
                yield from (list(flat[at : at + 3]) for at in range(0, len(flat), 3))
        for name, value in part.items():
            if name != "triples":
                yield from _triples(value)
    elif isinstance(part, list):
        for each in part:
            yield from _triples(each)


def _text(term: object) -> str:
    if isinstance(term, AlternativePath):
        return "|".join(_text(each) for each in term.args)
    return f"?{term}" if isinstance(term, rdflib.Variable) else f"<{term}>"


def test_the_patterns_of_every_rule_are_those_that_rdflib_reads() -> None:
    for rule in CrossingRules(ROOT / "shapes").rules:
        algebra = translateQuery(parseQuery(rule.select(""))).algebra
        expected = sorted(" ".join([*map(_text, each), "."]) for each in _triples(algebra))
        assert sorted(str(chain[-1].pattern) for chain in rule.chains) == expected


def _ways(where: str) -> list[str]:
    """The chain of each pattern: its properties, those that are walked back with a sign."""
    return [
        " ".join(("" if step.forward else "^") + step.pattern.predicates[0].value.partition("#")[2] for step in chain)
        for chain in reach(where, EW)
    ]


def test_a_pattern_is_reached_forward_where_that_is_possible() -> None:
    where = """{ $this ew:mineral ?value . $this ew:smelter ?s . FILTER NOT EXISTS { ?s ew:mineral ?value } }"""
    assert _ways(where) == ["mineral", "smelter", "smelter mineral"]


def test_a_cheaper_way_that_is_found_later_is_taken() -> None:
    where = "{ ?b ew:p ?c . ?a ew:q ?b . $this ew:r ?c . $this ew:s ?a . }"
    assert _ways(where) == ["s q p", "s q", "r", "s"]


def test_a_pattern_is_joined_by_those_of_its_own_group_and_the_groups_around_it() -> None:
    where = """{ # a comment with ew:words
      $this ew:p ?a .
      OPTIONAL { ?a ew:q ?b . FILTER(STR(?b) != "}" && (?b > 1)) }
      { ?c ew:r ?a . } UNION { ?d ew:s|ew:t ?a . FILTER EXISTS { ?d a ew:Site . } }
    }"""
    assert _ways(where) == ["p", "p q", "p ^r", "p ^s", "p ^s type"]


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("{ $this ew:p ?a . ?b ew:q ?c . }", "nothing joins"),
        ("{ $this ew:p ?a . OPTIONAL { ?a ew:q ?b . } ?b ew:r ?c . }", "nothing joins"),
        ("{ $this ew:p ?a . { $this ew:q ?b . } UNION { ?b ew:r ?c . } }", "nothing joins"),
        ("{ $this ew:p ?a . FILTER NOT EXISTS { ew:x ew:q ew:y . } }", "nothing joins"),
        ("{ $this ew:p/ew:q ?a . }", "more than patterns"),
        ("{ $this ew:p ?a ; ew:q ?b . }", "more than patterns"),
        ("{ $this ?p ?a . }", "more than patterns"),
        ("{ $this other:p ?a . }", "more than patterns"),
        ("{ $this ew:p 'text' . }", "more than patterns"),
        ("{ $this ew:p ?a . . }", "more than patterns"),
        ("{ $this ew:p ?a . MINUS { $this ew:q ?b . } }", "more than patterns"),
        ("{ $this ew:p ?a . BIND(?a AS ?b) }", "more than patterns"),
        ("{ $this ew:p ?a . VALUES ?a { ew:x } }", "more than patterns"),
        ("{ $this ew:p ?a . { SELECT $this { $this ew:q ?b . } } }", "more than patterns"),
        ("{ $this ew:p ?a . GRAPH ?g { $this ew:q ?b . } }", "more than patterns"),
        ("{ $this ew:p ?a . FILTER(!EXISTS { $this ew:q ?b . }) }", "more than patterns"),
        ("{ $this ew:p ?a . FILTER BOUND(?a) }", "more than patterns"),
        ("{ $this ew:p ?a . } ORDER BY ?a", "more than patterns"),
        ("{ $this ew:p ?a . FILTER(?a > 1 }", "more than patterns"),
        ("{ $this ew:p ?a .", "ends within a group"),
    ],
)
def test_a_query_that_could_look_further_is_refused(where: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        reach(where, EW)
