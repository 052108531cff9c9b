"""The View: the only handle for reading. It holds the reader's audience graphs and the as-of pair of the request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from ewgraph.access.aggregator import Aggregator, Counting
from ewgraph.access.principal import STAFF_READER, Principal
from ewgraph.catalogue import Ask, Place, StoredQuery, together
from ewgraph.clock import Clock
from ewgraph.errors import NotFoundError
from ewgraph.graph.audience import AFFILIATES, Audiences, Members, chain_of_staff, is_audience
from ewgraph.graph.membership import partners
from ewgraph.graph.oxigraph import GraphStore, begun_at, for_any
from ewgraph.graph.state import State, state_of
from ewgraph.graph.trust import Trust
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal, Quad, Term, date_literal, datetime_literal

if TYPE_CHECKING:  # a command that asks nothing of the index does without its libraries
    from ewgraph.index.index import Index
    from ewgraph.index.lens import Lens
    from ewgraph.names.index import NameIndex
    from ewgraph.names.search import Hits, Wanted


NewlyShown: TypeAlias = Mapping[IRI, tuple[dt.datetime, IRI | None]]
"""Records and claims, each with when it was first shown, and the record that the graph had taken in last then."""
Released: TypeAlias = Callable[[Sequence[IRI], dt.datetime, dt.datetime], NewlyShown]
"""What readers of some audiences came to see between two instants, of what was there before."""

_CLASSES: Final = (
    "SELECT ?s ?kind ?graph WHERE { GRAPH ?graph { ?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?kind } }"
)
_NAMING: Final = "SELECT ?p ?o ?s WHERE { ?s ?p ?o }"
_EVER: Final = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class AsOf:
    """The pair of instants that an answer is for.

    Attributes:
        valid_at: the day on which the claims hold.
        known_at: the instant by which their records were received.
    """

    valid_at: dt.date
    known_at: dt.datetime

    def bindings(self) -> dict[str, Term]:
        """The pair as the parameters `validAt` and `knownAt` of a stored query."""
        return {"validAt": date_literal(self.valid_at), "knownAt": datetime_literal(self.known_at)}


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: its variables, and a row of terms for each solution; None where unbound."""

    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        return (dict(zip(self.variables, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class View:
    """What one principal may read, as of one pair of instants."""

    def __init__(  # noqa: PLR0913, PLR0917  # only the gate makes one
        self,
        store: GraphStore,
        index: Index | None,
        principal: Principal,
        graphs: tuple[IRI, ...],
        as_of: AsOf,
        now: Callable[[], dt.datetime],
        released: Released,
        counting: Counting | None = None,
        names: NameIndex | None = None,
    ) -> None:
        self._store = store
        self._names = names
        self._index = index
        self._now = now
        self._released = released
        self._counting = counting
        self.principal = principal
        self.graphs = graphs
        self.as_of = as_of

    @property
    def lens(self) -> Lens | None:
        """The trace index as this reader sees it; None where there is none, or it does not fit the graph now."""
        if self._index is None or not self._index.fits:
            return None
        from ewgraph.index.lens import Lens

        return Lens(self._index, self.graphs, self.as_of.valid_at, self.as_of.known_at)

    @property
    def monitors(self) -> bool:
        """Whether the reader is a monitoring partner."""
        return self.principal.organization in partners(self._store)

    def at(self, valid_at: dt.date | None = None, known_at: dt.datetime | None = None) -> View:
        """The same reader's view as of other instants; None keeps the present one."""
        as_of = AsOf(valid_at or self.as_of.valid_at, known_at or self.as_of.known_at)
        return self._with(self.principal, self.graphs, as_of)

    def _with(self, principal: Principal, graphs: tuple[IRI, ...], as_of: AsOf) -> View:
        return View(
            self._store, self._index, principal, graphs, as_of, self._now, self._released, self._counting, self._names
        )

    def by_definition(self, store: GraphStore | None = None) -> View:
        """The same view without its index: what the texts of the questions say is what counts.

        Args:
            store: what to read instead, of which the reader may see the same graphs; None for what is read now.
        """
        held = self._store if store is None else store
        return View(held, None, self.principal, self.graphs, self.as_of, self._now, self._released, self._counting)

    def now(self) -> dt.datetime:
        """What time it is."""
        return self._now()

    @property
    def own(self) -> View:
        """The same view without what it shares with all other readers of wider graphs."""
        return self._with(self.principal, self.graphs[-1:], self.as_of)

    def only(self, graph: IRI) -> View:
        """The same view of one of its graphs alone.

        Raises:
            NotFoundError: it does not read that graph.
        """
        if graph not in self.graphs:
            raise NotFoundError("there is no such graph, or none that you may see")
        return self._with(self.principal, (graph,), self.as_of)

    def up_to(self, graph: IRI) -> View:
        """The same view of one of its graphs and the wider ones: what all readers of that graph see.

        Raises:
            NotFoundError: it does not read that graph.
        """
        self.only(graph)
        return self._with(self.principal, self.graphs[: self.graphs.index(graph) + 1], self.as_of)

    def state(self) -> State:
        """What the reader's graphs show now."""
        return self.told(state_of(self._store, self.graphs))

    def holding(self) -> View:
        """The same view, which holds on to the state of now: for several answers that are made in one go.

        Whoever makes them asks the view itself for its state again, once they are made.
        """
        given = self._store, self._index, self.principal, self.graphs, self.as_of, self._now, self._released
        view = _Holding(*given, self._counting, self._names)
        view.held = self.state()
        return view

    def told(self, state: State) -> State:
        """Of a state of the reader's graphs what the reader may know."""
        return state if self.principal == STAFF_READER else state.for_others()

    def aggregator(self) -> Aggregator | None:
        """What counts over all that staff see: for staff as it is now, for members as it was when the month began.

        None for readers to whom such counts are not told: all but members and staff.
        """
        if AFFILIATES not in self.graphs or self._counting is None:
            return None
        now, is_staff = self._now().astimezone(dt.UTC), self.principal == STAFF_READER
        at = now if is_staff else dt.datetime(now.year, now.month, 1, tzinfo=dt.UTC)
        whole = self._with(STAFF_READER, chain_of_staff(), AsOf(at.date(), at))
        trust = Trust(self._store, self._counting.steward, None if is_staff else at)
        return Aggregator(whole, trust, self._counting.least)

    def newly_shown(self, after: dt.datetime, until: dt.datetime = _EVER) -> NewlyShown:
        """The records and claims that the reader came to see between two instants, of what was there before.

        What was shown last may bear an instant a little after that of the clock, so "until now" is no end.

        The record beside each may be one that the reader may not see.
        """
        return self._released(self.graphs, after, until)

    def select(self, query: StoredQuery, bindings: Mapping[str, Term]) -> Solutions:
        """Answer a stored query; `validAt` and `knownAt` are the view's unless they are bound.

        Raises:
            QueryError: the stored query is no SELECT.
        """
        names = {parameter.name for parameter in query.parameters}
        own = {name: term for name, term in self.as_of.bindings().items() if name in names}
        variables, rows = self._store.select(begun_at(query.text, bindings), self.graphs, {**own, **bindings})
        return Solutions(tuple(variables), rows)

    def search(self, wanted: Wanted) -> Hits:
        """What is found by name, now: in the index of names, or where there is none in one made for this once."""
        from ewgraph.names.index import NameIndex

        return (self._names or NameIndex(self._store)).search(self.graphs, wanted)

    def select_any(self, query: StoredQuery, parameter: str, values: Sequence[IRI]) -> Solutions:
        """Answer a stored query for many values of one parameter, which its rows tell apart, at once.

        Raises:
            QueryError: the stored query is no SELECT.
        """
        names = {one.name for one in query.parameters}
        own = {name: term for name, term in self.as_of.bindings().items() if name in names}
        text = for_any(query.text, [parameter], ((value,) for value in values))
        variables, rows = self._store.select(text, self.graphs, own)
        return Solutions(tuple(variables), rows)

    def properties(self, groups: Sequence[tuple[Sequence[IRI], Sequence[IRI]]]) -> Iterator[tuple[IRI, IRI, Term]]:
        """The visible triples about many nodes, by one query.

        Nodes and properties come back as their numbers: to read a term takes longer than to find it.

        Args:
            groups: nodes, none of them twice, each with the properties that are wanted of it.
        """
        nodes, wanted, parts = list[IRI](), list[IRI](), list[str]()
        for some, predicates in groups:
            parts.append(_described(some, predicates, len(nodes), len(wanted)))
            nodes += some
            wanted += predicates
        if parts:
            text = "SELECT ?n ?k ?o WHERE { { " + " } UNION { ".join(parts) + " } }"
            for number, kind, value in self._store.select(text, self.graphs, {})[1]:
                yield nodes[int(number.value)], wanted[int(kind.value)], value  # type: ignore[union-attr, misc]  # all are bound

    def classes(self, nodes: Sequence[IRI]) -> Iterator[tuple[IRI, IRI, IRI]]:
        """The visible classes of many nodes, by one query, each with the audience graph that shows it."""
        if nodes:
            text = for_any(_CLASSES, ["s"], ((node,) for node in nodes))
            yield from self._store.select(text, self.graphs, {})[1]  # type: ignore[misc]  # none is a blank node

    def naming(self, pairs: Sequence[tuple[IRI, IRI]]) -> Iterator[tuple[IRI, IRI, IRI]]:
        """The visible subjects that have a value for a property, for many such pairs, by one query."""
        if pairs:
            rows = self._store.select(for_any(_NAMING, ["p", "o"], pairs), self.graphs, {})[1]
            yield from ((p, o, s) for p, o, s in rows if isinstance(s, IRI))  # type: ignore[misc]  # as above

    def listed(self, asks: Sequence[Ask]) -> tuple[list[list[tuple[Place, IRI]]], list[int]]:
        """Answer many questions for lists by one query.

        Returns:
            For each question the items in their order, each with its place; and for each how many it counted, 0 where
            it asked for items.
        """
        pages: list[list[tuple[Place, IRI]]] = [[] for _ in asks]
        counts = [0] * len(asks)
        for number, node, key, count in self._store.select(together(asks), self.graphs, {})[1] if asks else ():
            place = int(number.value)  # type: ignore[union-attr]  # a number of ours
            if isinstance(count, Literal):
                counts[place] = int(count.value)
            if isinstance(node, IRI):
                pages[place].append(((key.value if isinstance(key, Literal) else "", node.value), node))
        return pages, counts

    def quads(
        self,
        subject: IRI | None = None,
        predicate: IRI | None = None,
        value: Term | None = None,
    ) -> Iterator[Quad]:
        """The visible quads of that pattern; None stands for anything. The graph of each is the audience's."""
        for graph in self.graphs:
            yield from self._store.quads(subject, predicate, value, graph)

    def objects(self, subject: IRI, predicate: IRI) -> list[Term]:
        """The visible values of a property, sorted by their N-Triples form."""
        return sorted((quad.object for quad in self.quads(subject, predicate)), key=str)  # type: ignore[misc]  # RDF 1.1

    def subjects(self, predicate: IRI, value: Term) -> list[IRI]:
        """The visible subjects that have the value, sorted."""
        found = [quad.subject for quad in self.quads(None, predicate, value) if isinstance(quad.subject, IRI)]
        return sorted(found, key=lambda node: node.value)

    def knows(self, subject: IRI) -> bool:
        """Whether anything visible is said of the subject."""
        return next(self.quads(subject), None) is not None


def _described(nodes: Sequence[IRI], predicates: Sequence[IRI], first: int, kind: int) -> str:
    """The pattern of some properties of some nodes, numbered from the first number and kind on.

    The terms write themselves, as in `for_any`.
    """
    rows = " ".join(f"({node} {number})" for number, node in enumerate(nodes, first))
    numbers = "".join(f"IF(?p = {predicate}, {number}, " for number, predicate in enumerate(predicates, kind))
    among = f"FILTER(?p IN ({', '.join(map(str, predicates))}))"
    return f"VALUES (?s ?n) {{ {rows} }} ?s ?p ?o {among} BIND({numbers}-1{')' * len(predicates)} AS ?k)"


class _Holding(View):
    """A view that tells the state it is given."""

    held: State

    def state(self) -> State:
        """What the reader's graphs showed when the view was made."""
        return self.held


class Gate:
    """Gives each principal its View. Built once, by the composition root."""

    def __init__(  # noqa: PLR0913, PLR0917  # the composition root alone makes one
        self,
        store: Callable[[], GraphStore],
        members: Callable[[], Members],
        clock: Clock,
        index: Callable[[], Index | None] = lambda: None,
        released: Released = lambda *_: {},
        counting: Counting | None = None,
        names: Callable[[], NameIndex | None] = lambda: None,
    ) -> None:
        """Take what tells the store, the members, the indexes and the releases now: they change while it runs.

        Without `counting` nobody is told numbers over what others see.
        """
        self._counting = counting
        self._names = names
        self._released = released
        self._store = store
        self._index = index
        self._members = members
        self._clock = clock

    def audiences(self, statement: IRI) -> Audiences:
        """The audience graphs that show a record or statement. It is for who explains them to staff, and no other."""
        quads = self._store().quads(statement, terms.RDF.type)
        return frozenset(quad.graph_name for quad in quads if is_audience(quad.graph_name))  # type: ignore[misc]

    def view(
        self,
        principal: Principal,
        *,
        valid_at: dt.date | None = None,
        known_at: dt.datetime | None = None,
    ) -> View:
        """The principal's view; both instants default to now."""
        now = self._clock.now()
        as_of = AsOf(valid_at or now.date(), known_at or now)
        graphs = principal.graphs(self._members())
        return View(
            self._store(),
            self._index(),
            principal,
            graphs,
            as_of,
            self._clock.now,
            self._released,
            self._counting,
            self._names(),
        )
