"""The crossing rules over a whole graph of many records: in full once, and after a change where it can matter.

For each statement that is added or removed, a query joins it with the patterns that match whenever it counts and gives
the focus nodes that it can affect (see `ewgraph.validate.reach`): those removed as the graph was, those added as it is.
The rules then run again on these nodes, and the result is the same as that of a full run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Final, TypeAlias, TypeVar

from ewgraph.graph.audience import chain_of_staff
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import IRI, Quad, Term, Triple
from ewgraph.validate.crossing import CrossingRules
from ewgraph.validate.reach import THIS, Pattern, companions
from ewgraph.validate.record_graph import RDF_TYPE
from ewgraph.validate.report import Result
from ewgraph.validate.rule import Row, Rule, one_per_place, shown, text_of

Select: TypeAlias = Callable[[str], Iterable[Row]]
_AT_ONCE: Final = 1_000  # terms that one query names
_T = TypeVar("_T")


class WholeGraph:
    """What the crossing rules find in a graph, kept up with its changes.

    Args:
        rules: the rules.
        select: answers a SELECT over the graph with its solutions, in the order of the variables. The graph has no
            blank nodes; where it is spread over several graphs, the solutions see all of them at once.
    """

    def __init__(self, rules: CrossingRules, select: Select) -> None:
        self._rules = rules.rules
        self._select = select
        self._found: dict[Rule, dict[Term, list[Row]]] = {rule: {} for rule in self._rules}

    @property
    def results(self) -> tuple[Result, ...]:
        """All that the rules found, in the order of a report: one result for each rule, focus node and value."""
        found = [
            rule.result(row, {name: shown(term) for name, term in zip(rule.names, row, strict=True)}, text_of(row[0]))
            for rule, by_focus in self._found.items()
            for rows in by_focus.values()
            for row in one_per_place(rows)
        ]
        return tuple(sorted(found, key=lambda result: result.order))

    def run(self) -> None:
        """Evaluate every rule on every node that it targets."""
        for rule in self._rules:
            self._found[rule] = _by_focus(self._select(rule.select(_targeted(rule))))

    @contextmanager
    def changing(self, added: Sequence[Triple | Quad], removed: Sequence[Triple | Quad]) -> Iterator[None]:
        """Look at the graph before and after a change, and evaluate again what it can affect.

        The change itself happens in the body of the `with` statement. Where it fails, what was found stays as it was.

        Args:
            added: what the graph holds afterwards. More than that is allowed: what it held before, for example.
            removed: what it perhaps no longer holds.
        """
        before = self.affected(removed)
        yield
        after = self.affected(added)
        self.evaluate({rule: before[rule] | after[rule] for rule in self._rules})

    def affected(self, changed: Sequence[Triple | Quad]) -> dict[Rule, set[Term]]:
        """The nodes, by rule, that these statements can affect: all of them while the graph holds the statements."""
        return {rule: self._affected(rule, changed) for rule in self._rules}

    def evaluate(self, nodes: Mapping[Rule, Iterable[Term]]) -> None:
        """Evaluate the rules again on these nodes."""
        for rule, some in nodes.items():
            self._evaluate(rule, some)

    def _evaluate(self, rule: Rule, nodes: Iterable[Term]) -> None:
        """Replace what was found for the nodes."""
        found = self._found[rule]
        for some in _batches(nodes):
            for node in some:
                found.pop(node, None)
            listed = " ".join(map(str, some))
            found.update(_by_focus(self._select(rule.select(f"VALUES ?this {{ {listed} }} {_targeted(rule)}"))))

    def _affected(self, rule: Rule, changed: Sequence[Triple | Quad]) -> set[Term]:
        """The nodes for which a rule may find something else because of these statements."""
        nodes: set[Term] = {
            each.subject
            for each in changed
            if each.predicate == RDF_TYPE and each.object in rule.targets and isinstance(each.subject, IRI)
        }
        patterns = [chain[-1].pattern for chain in rule.chains]
        for pattern in patterns:
            ends = {bound for each in changed if (bound := _bound(pattern, each)) is not None}
            for some in _batches(ends):
                query = _affecting(pattern, companions(pattern, patterns), some)
                nodes.update(row[0] for row in self._select(query) if row[0] is not None)
        return nodes


def staff_select(store: GraphStore) -> Select:
    """It answers over all that staff may read of a store: everything but what only a monitoring partner sees."""
    return lambda text: store.select(text, chain_of_staff(), {})[1]


def whole_graph(rules: CrossingRules, store: GraphStore) -> tuple[Result, ...]:
    """What the rules find in a full run over all that staff may read of a store."""
    whole = WholeGraph(rules, staff_select(store))
    whole.run()
    return whole.results


def _batches(terms: Iterable[_T]) -> Iterator[tuple[_T, ...]]:
    """The terms, as many at a time as one query names."""
    waiting = iter(sorted(terms, key=str))
    while some := tuple(islice(waiting, _AT_ONCE)):
        yield some


def _by_focus(rows: Iterable[Row]) -> dict[Term, list[Row]]:
    found: defaultdict[Term, list[Row]] = defaultdict(list)
    for row in rows:
        if row[0] is not None:
            found[row[0]].append(row)
    return dict(found)


def _targeted(rule: Rule) -> str:
    """The patterns that a node meets which the rule targets."""
    classes = " ".join(sorted(map(str, rule.targets)))
    return f"VALUES ?targeted {{ {classes} }} ?this {RDF_TYPE} ?targeted ."


def _bound(pattern: Pattern, statement: Triple | Quad) -> tuple[Term, ...] | None:
    """The terms that the pattern's variables have in the statement; None where it does not match."""
    if statement.predicate not in pattern.predicates:
        return None
    bound: dict[str, Term] = {}
    for end, term in ((pattern.subject, statement.subject), (pattern.object, statement.object)):
        if isinstance(term, Triple) or (isinstance(end, IRI) and end != term):
            return None
        if isinstance(end, str) and bound.setdefault(end, term) != term:
            return None
    return tuple(bound.values())


def _affecting(pattern: Pattern, others: Iterable[Pattern], ends: Iterable[tuple[Term, ...]]) -> str:
    """The query for the focus nodes that statements at these ends of a pattern can affect."""
    variables = " ".join(f"?{name}" for name in dict.fromkeys(pattern.variables))
    values = " ".join(f"({' '.join(map(str, terms))})" for terms in ends)
    joined = " ".join(map(str, others))
    return f"SELECT DISTINCT ?{THIS} WHERE {{ VALUES ({variables}) {{ {values} }} {joined} }}"
