"""A crossing rule looks at one of the focus nodes that it cannot tell apart, and finds the same for each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ewgraph.validate.alike import nodes_alike
from ewgraph.validate.crossing import Context, CrossingRules, Union
from ewgraph.validate.record_graph import RecordGraph, Subject
from ewgraph.validate.rule import Rule, rules
from tests.validate.crossing_worlds import ROOT, named, quads, triples

CROSSING = ROOT / "shapes" / "crossing"
SAYS = """
ex:R a ew:Disclosure ; prov:wasAttributedTo ex:reseller .
ex:c1 a ew:SupplyClaim ; ew:assertedIn ex:R ; ew:scopeContract ex:K9 ; ew:output ex:L1 ; ew:deliveredTo ex:F1 .
ex:c2 a ew:SupplyClaim ; ew:assertedIn ex:R ; ew:scopeContract ex:K9 ; ew:output ex:L2 .
ex:c3 a ew:SupplyClaim ; ew:assertedIn ex:R ; ew:scopeContract ex:K8 ; ew:output ex:L1 ; ew:site ex:F1 .
"""
CLAIMS = [named(name) for name in ("c1", "c2", "c3")]


def rule(name: str, folder: Path = CROSSING) -> Rule:
    return next(each for each in rules(folder) if each.iri.value.endswith(f"#crossing-{name}"))


def alike(which: Rule, focus: list[Subject]) -> Mapping[str, list[str]]:
    said = Union(RecordGraph(named("R"), quads(SAYS)), Context())
    found = nodes_alike(which, focus, said)
    return {short(node): list(map(short, nodes)) for node, nodes in found.items()}


def short(node: Subject) -> str:
    return node.value.rsplit("/", 1)[-1]


def test_nodes_with_the_same_neighbours_are_one_kind() -> None:
    assert alike(rule("contract"), CLAIMS) == {"c1": ["c1", "c2"], "c3": ["c3"]}


def test_a_node_from_which_a_pattern_leads_nowhere_is_passed_over() -> None:
    assert alike(rule("afterContract"), CLAIMS) == {}
    assert alike(rule("toItself"), CLAIMS[:1]) == {}


def test_nodes_that_a_filter_looks_at_are_each_a_kind_of_their_own(tmp_path: Path) -> None:
    for file in CROSSING.glob("*.ttl"):
        text = file.read_text("utf-8")
        (tmp_path / file.name).write_text(
            re.sub(r"(\$this \$PATH \?value \.)", r"\1 FILTER(STR($this) != '')", text), encoding="utf-8"
        )
    which = rule("contract", tmp_path)
    assert which.beside is None
    assert alike(which, CLAIMS) == {"c1": ["c1"], "c2": ["c2"], "c3": ["c3"]}


def test_every_rule_of_ours_can_be_asked_about_kinds() -> None:
    assert all(each.beside for each in rules(CROSSING))


def test_what_is_found_for_one_is_found_for_each_that_states_it() -> None:
    context = triples("ex:c2 ew:scopeContract ex:K7 . ex:c1 ew:scopeContract ex:K7 .")
    found = CrossingRules(ROOT / "shapes").results(named("R"), quads(SAYS), context)
    told = [(each.focus_node[-2:], (each.value or "")[-2:]) for each in found]
    assert told == [("c1", "K9"), ("c2", "K9"), ("c3", "K8")]
