"""Holds a record against what lies beyond it: the submitter's contracts and models, and what earlier records said.

The rules are SHACL-SPARQL. SHACL evaluates such a query once for each focus node; here it runs once for all of them,
over those statements of the record and its context that the query can reach from its focus nodes at all. Of focus nodes
that a query cannot tell apart (see `ewgraph.validate.alike`) it sees one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from ewgraph.errors import ConfigurationError
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import IRI, BlankNode, Literal, Quad, Term, Triple
from ewgraph.validate.alike import nodes_alike
from ewgraph.validate.reach import Chain, Step
from ewgraph.validate.record_graph import RDF_TYPE, RecordGraph, Subject, Value, collection_paused
from ewgraph.validate.report import Result
from ewgraph.validate.rule import Rule, one_per_place, rules, shown, text_of
from ewgraph.validate.shapes import EWS

_LABEL: Final = IRI("http://www.w3.org/2000/01/rdf-schema#label")
_DATA: Final = IRI(f"{EWS}crossing-data")
_FOCUS: Final = IRI(f"{EWS}crossing-focus")  # marks, in the data of a query, the focus nodes of a rule


class Context:
    """What a record is held against: statements of other records, indexed once and used for many records.

    Args:
        statements: in any order; the graphs of quads do not matter. Blank nodes are not those of a record.

    Attributes:
        nodes: each node that something is said about, with its properties and their values.
    """

    def __init__(self, statements: Iterable[Triple | Quad] = ()) -> None:
        self.nodes: dict[Value, dict[IRI, list[Value]]] = {}
        self._subjects: dict[Value, dict[IRI, list[Subject]]] = {}
        for subject, predicate, value in {(each.subject, each.predicate, each.object) for each in statements}:
            if not isinstance(subject, Triple):
                self.nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
                self._subjects.setdefault(value, {}).setdefault(predicate, []).append(subject)

    def subjects_with(self, predicate: IRI, value: Value) -> Sequence[Subject]:
        """The nodes that have the value of the property."""
        properties = self._subjects.get(value)
        return () if properties is None else properties.get(predicate, ())


class CrossingRules:
    """The crossing rules. Build them once per process and keep them; they may be used by several threads.

    Args:
        shapes_dir: the folder of the shapes; the rules are in its folder `crossing`.

    Raises:
        ConfigurationError: there are no rules, or one of them looks at what cannot be found out.
    """

    def __init__(self, shapes_dir: Path) -> None:
        self.rules: tuple[Rule, ...] = tuple(rules(shapes_dir / "crossing"))
        if not self.rules:
            raise ConfigurationError(f"the folder {str(shapes_dir / 'crossing')!r} holds no rules: reinstall ewgraph")

    def results(self, record: IRI, quads: Iterable[Quad], context: Context | Iterable[Triple | Quad]) -> list[Result]:
        """What a record says that does not go with its context.

        The focus nodes are those that the record describes. A statement that only the context makes is not held
        against the record: the record itself states the value of each result.

        Args:
            record: the record's IRI.
            quads: all statements of the record's graph.
            context: the statements of other records that the submitter may know; a Context to use it again.

        Returns:
            One result for each rule, focus node and value, in the order of a report.

        Raises:
            InputError: a quad stands in another graph.
        """
        with collection_paused():
            return self.graph_results(RecordGraph(record, quads), context)

    def graph_results(self, graph: RecordGraph, context: Context | Iterable[Triple | Quad]) -> list[Result]:
        """The same for a record that is indexed already, as where it is validated too."""
        union = Union(graph, context if isinstance(context, Context) else Context(context))
        targeted = _focus_nodes(self.rules, graph, union)
        focus = {rule: alike for rule, nodes in targeted.items() if (alike := nodes_alike(rule, nodes, union))}
        if not focus:
            return []
        store = GraphStore.in_memory()
        store.change(list(_data(focus, union)))
        found = []
        for rule, alike in focus.items():
            _, solutions = store.select(rule.select(f"?this {_FOCUS} {rule.iri} ."), [_DATA], {})
            rows = ((node, *row[1:]) for row in solutions for node in alike[_subject(row[0])])
            stated = [row for row in rows if row[1] in graph.values(_subject(row[0]), rule.path)]
            for row in one_per_place(stated):
                shown = {name: union.shown(term) for name, term in zip(rule.names, row, strict=True)}
                found.append(rule.result(row, shown, graph.about(_subject(row[0]))))
        return sorted(found, key=lambda result: result.order)


class Union:
    """The statements of a record and of its context together."""

    def __init__(self, graph: RecordGraph, context: Context) -> None:
        self._graph = graph
        self._own = graph.nodes
        self._others = context.nodes
        self._context = context

    def values(self, subject: Value, predicate: IRI) -> Sequence[Value]:
        """The values of a property of a node, perhaps twice."""
        own: Sequence[Value] = ()
        if (here := self._own.get(subject)) is not None:  # type: ignore[arg-type]  # a literal is never there
            own = here.get(predicate, ())
        if (there := self._others.get(subject)) is not None and (others := there.get(predicate)):
            return [*own, *others]
        return own

    def several(self, subject: Subject, predicates: Sequence[IRI]) -> tuple[object, ...]:
        """The values of properties of a node, fit to be compared."""
        if subject in self._others:
            return tuple([tuple(self.values(subject, predicate)) for predicate in predicates])
        return tuple(map(self._own[subject].get, predicates))

    def subjects_with(self, predicate: IRI, value: Value) -> Sequence[Subject]:
        """The nodes that have the value of the property, perhaps twice."""
        own, others = self._graph.subjects_with(predicate, value), self._context.subjects_with(predicate, value)
        return [*own, *others] if others else own

    def shown(self, term: Term | None) -> str:
        """The term as people know it: by its label where it has one."""
        labels = sorted(text_of(label) for label in self.values(term, _LABEL)) if isinstance(term, IRI) else []
        return labels[0] if labels else shown(term)


def _subject(term: Term | None) -> Subject:
    if not isinstance(term, IRI | BlankNode):
        raise TypeError(f"{term} is no focus node")
    return term


def _focus_nodes(rules: Iterable[Rule], graph: RecordGraph, union: Union) -> Mapping[Rule, Sequence[Subject]]:
    """The nodes of the record that each rule targets, of those with a value of its path; no rule without a node."""
    by_path: defaultdict[IRI, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_path[rule.path].append(rule)
    found: defaultdict[Rule, list[Subject]] = defaultdict(list)
    for node, properties in graph.nodes.items():
        for path in by_path.keys() & properties.keys():
            classes = union.values(node, RDF_TYPE)
            for rule in by_path[path]:
                if not rule.targets.isdisjoint(classes):
                    found[rule].append(node)
    return found


def _data(focus: Mapping[Rule, Iterable[Subject]], union: Union) -> Iterator[Quad]:
    """What the rules can reach from their focus nodes, with the focus nodes marked."""
    told: defaultdict[tuple[IRI, bool], dict[Value, Sequence[Value]]] = defaultdict(dict)
    for rule, targeted in focus.items():
        yield from (Quad(node, _FOCUS, rule.iri, _DATA) for node in targeted)
        ends: dict[Chain, set[Value]] = {(): set(targeted)}
        for way in dict.fromkeys(chain[:length] for chain in rule.chains for length in range(1, len(chain) + 1)):
            nodes, reached, step = ends[way[:-1]], ends.setdefault(way, set()), way[-1]
            for predicate in step.pattern.predicates:
                known = told[predicate, step.forward]
                for node in nodes:
                    if node not in known:
                        known[node] = yield from _told(node, predicate, step, union)
                    reached.update(known[node])


def _told(node: Value, predicate: IRI, step: Step, union: Union) -> Generator[Quad, None, Sequence[Value]]:
    """It yields the statements that a step makes from a node, and returns the nodes that it leads to."""
    if step.forward:
        values = union.values(node, predicate)
        if not isinstance(node, Literal):
            yield from (Quad(node, predicate, value, _DATA) for value in values)
        return values
    subjects = union.subjects_with(predicate, node)
    yield from (Quad(subject, predicate, node, _DATA) for subject in subjects)
    return subjects
