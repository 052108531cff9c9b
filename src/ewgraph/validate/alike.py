"""Focus nodes that a crossing rule cannot tell apart: those of which the patterns of its query see the same.

The rows of a form mostly name the same contract, the same few models and dates. A rule then has to look at one of a
thousand claims, and at none of them where the query wants something that nobody says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from ewgraph.model.rdf import IRI
from ewgraph.validate.reach import Chain, Step
from ewgraph.validate.record_graph import Subject, Value
from ewgraph.validate.rule import Rule


class Statements(Protocol):
    """What is said, in both directions."""

    def several(self, subject: Subject, predicates: Sequence[IRI], /) -> tuple[object, ...]:
        """The values of properties of a node, fit to be compared."""
        ...

    def values(self, subject: Value, predicate: IRI, /) -> Sequence[Value]:
        """The values of a property of a node."""
        ...

    def subjects_with(self, predicate: IRI, value: Value, /) -> Sequence[Subject]:
        """The nodes that have the value of the property."""
        ...


def nodes_alike(rule: Rule, focus: Iterable[Subject], said: Statements) -> Mapping[Subject, Sequence[Subject]]:
    """The focus nodes for which a rule may find anything, by one of each kind.

    Args:
        rule: the rule.
        focus: its focus nodes.
        said: all that its query may read.
    """
    ahead = tuple(predicate for step in rule.beside or () if step.forward for predicate in step.pattern.predicates)
    back = tuple(step for step in rule.beside or () if not step.forward)
    groups: dict[object, list[Subject]] = {}
    for node in focus:
        key: object = node
        if rule.beside is not None:
            key = said.several(node, ahead), tuple([_ends(node, step, said) for step in back])
        groups.setdefault(key, []).append(node)
    ways = [_Way(way, said) for way in sorted(rule.required, key=len, reverse=True)]
    return {nodes[0]: nodes for nodes in groups.values() if all(way.leads_on(nodes[0]) for way in ways)}


class _Way:
    """Tells whether a chain leads anywhere; what was found out of a node on the way is kept."""

    def __init__(self, way: Chain, said: Statements) -> None:
        self._steps: list[tuple[Step, dict[Value, bool]]] = [(step, {}) for step in way]
        self._said = said

    def leads_on(self, node: Value, after: int = 0) -> bool:
        """Whether the chain has an end when so many of its steps have led to the node."""
        if after == len(self._steps):
            return True
        step, known = self._steps[after]
        if node not in known:
            known[node] = any(self.leads_on(end, after + 1) for some in _ends(node, step, self._said) for end in some)
        return known[node]


def _ends(node: Value, step: Step, said: Statements) -> tuple[tuple[Value, ...], ...]:
    """What a step leads to from a node, by property."""
    if step.forward:
        return tuple([tuple(said.values(node, predicate)) for predicate in step.pattern.predicates])
    return tuple([tuple(said.subjects_with(predicate, node)) for predicate in step.pattern.predicates])
