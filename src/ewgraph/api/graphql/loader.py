"""Reading for one request: a View whose answers are kept, within an allowance."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from ewgraph.access import AsOf, Principal, View
from ewgraph.api.graphql.allowance import Allowance
from ewgraph.api.graphql.reads import Properties, Reads, Unread, Want, by_kind
from ewgraph.api.graphql.saying import Values
from ewgraph.api.graphql.waiting import WaitingView
from ewgraph.catalogue import Ask, Catalogue, Place
from ewgraph.errors import InputError, LimitError
from ewgraph.graph.state import State
from ewgraph.model import terms
from ewgraph.model.codes import HopKind
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, Literal, Term, iri
from ewgraph.names.search import Hit, Wanted
from ewgraph.trace import Answer, Part, answered
from ewgraph.trace.concerns import Concern, concerns
from ewgraph.trace.reasons import Reason, reason

_K = TypeVar("_K")
_T = TypeVar("_T")

_TOGETHER: Final = 100
"""So many lists are read by one query, which cannot be stopped: before the next it is seen whether there is time."""
COMBINED: Final = 1_000
"""In so many ways may the values be combined that a list is asked for: the store looks at each."""


@dataclass(frozen=True, slots=True, eq=False)
class _Trace:
    """A question of traceability that is to be answered; without a walk where it is about no such thing."""

    about: IRI
    ask: Callable[[View, Catalogue, IRI], Answer[Any]]
    walks: bool
    question: str


class Loader(Values):
    """What a request reads, as of one pair of instants. Nothing is read twice."""

    def __init__(self, view: View, catalogue: Catalogue, allowance: Allowance, reads: Reads | None = None) -> None:
        self._view = view
        self._catalogue = catalogue
        self._allowance = allowance
        self._reads = reads or Reads()
        self._kept: dict[tuple[object, ...], object] = {}
        self._covered: dict[IRI, list[IRI]] = {}
        self._listed: dict[Ask, tuple[list[tuple[Place, IRI]], int]] = {}
        self._looks_back = False
        self._traced: dict[tuple[object, ...], Answer[Any] | Exception] = {}
        self._reasoned: set[IRI] = set()

    def at(self, valid_at: dt.date | None, known_at: dt.datetime | None) -> Loader:
        """The loader as of other instants; None keeps the present one, and an instant without zone is in UTC."""
        if valid_at is None and known_at is None:
            return self
        view = self._view.at(valid_at, zoned(known_at) if known_at else None)
        other = Loader(view, self._catalogue, self._allowance, self._reads)  # what is said of a thing has no instants
        other._looks_back = True
        return self._reads.loaders.setdefault(view.as_of, other)  # one for a pair of instants: it has what it traced

    def check(self) -> None:
        """Go on only while there is time.

        Raises:
            LimitError: the time is used up.
        """
        self._allowance.check()

    def restart(self) -> None:
        """The time starts to run anew."""
        self._allowance.restart()

    def stop(self) -> None:
        """Whoever asked has gone: nothing more is read."""
        self._allowance.stop()

    def defer(self, pieces: int) -> None:
        """Go on only while not too many pieces of the answer come later.

        Raises:
            LimitError: there are too many.
        """
        self._allowance.defer(pieces)

    def state(self) -> State:
        """What the reader's graphs show now."""
        return self._view.state()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While it lasts, what is not yet read is wanted, not read: see `Unread`."""
        before, self._reads.waits = self._reads.waits, True
        try:
            yield
        finally:
            self._reads.waits = before

    def read(self, wants: Iterable[Want]) -> None:
        """Read all that is wanted, by one query of each kind and pair of instants.

        Raises:
            LimitError: the time is used up.
        """
        for (kind, loader), about in by_kind(wants).items():
            self._allowance.check()
            loader.read_kind(kind, about)

    def read_kind(self, kind: str, about: Sequence[tuple[Any, ...]]) -> None:
        """Read what is wanted of one kind."""
        readers: Mapping[str, Callable[[Sequence[tuple[Any, ...]]], None]] = {
            "about": self._read_about,
            "values": self._read_values,
            "subjects": self._read_subjects,
            "shown": self._read_shown,
            "covered": self._read_covered,
            "traced": self._read_traced,
            "listed": self._read_listed,
        }
        readers[kind](about)

    def read_ahead(self, needs: Iterable[tuple[Iterable[IRI], frozenset[IRI]]]) -> None:
        """Read properties of many nodes by one query: those that are known beforehand to be asked for.

        Raises:
            LimitError: the time is used up.
        """
        groups: defaultdict[frozenset[IRI], dict[IRI, None]] = defaultdict(dict)
        for nodes, predicates in needs:
            groups[predicates].update((node, None) for node in nodes if self._reads.lacks(node, predicates))
        self._read_properties([(list(nodes), list(some)) for some, nodes in groups.items() if nodes])

    def about(self, node: IRI) -> Properties:
        """The visible properties of the node with their values, sorted."""
        found = self._reads.about.get(node)
        return self._read_now("about", self._reads.about, node) if found is None else found

    def values(self, node: IRI, predicate: IRI) -> Sequence[Term]:
        """The visible values of a property, sorted."""
        found = self._reads.values[predicate].get(node)
        if found is not None:
            return found
        whole = self._reads.about.get(node)
        if whole is None:
            if self._reads.waits:
                raise Unread(Want("values", self, (node, predicate)))
            whole = self.about(node)
        return whole.get(predicate, ())

    def _read_now(self, kind: str, kept: Mapping[_K, _T], key: _K, *about: IRI) -> _T:
        want = Want(kind, self, about or (key,))
        if self._reads.waits:
            raise Unread(want)
        self.read([want])
        return kept[key]

    def _read_about(self, wanted: Sequence[tuple[IRI, ...]]) -> None:
        for (node,) in wanted:
            found: defaultdict[IRI, list[Term]] = defaultdict(list)
            for quad in self._view.quads(node):
                found[quad.predicate].append(quad.object)  # type: ignore[arg-type]  # no triple terms are stored
            self._reads.about[node] = {predicate: sorted(values, key=str) for predicate, values in found.items()}

    def _read_values(self, wanted: Sequence[tuple[IRI, ...]]) -> None:
        predicates: defaultdict[IRI, set[IRI]] = defaultdict(set)
        for node, predicate in wanted:
            predicates[node].add(predicate)
        groups: defaultdict[frozenset[IRI], list[IRI]] = defaultdict(list)
        for node, some in predicates.items():
            groups[frozenset(some)].append(node)
        self._read_properties([(nodes, list(some)) for some, nodes in groups.items()])

    def _read_properties(self, groups: Sequence[tuple[Sequence[IRI], Sequence[IRI]]]) -> None:
        self._allowance.check()
        values = self._reads.values
        several: list[list[Term]] = []
        for nodes, predicates in groups:
            for predicate in predicates:
                values[predicate].update((node, []) for node in nodes)
        for subject, predicate, value in self._view.properties(groups):
            found = values[predicate][subject]
            if found:
                several.append(found)
            found.append(value)
        for found in several:
            found.sort(key=str)

    def _read_subjects(self, wanted: Sequence[tuple[IRI, ...]]) -> None:
        found: dict[tuple[IRI, ...], list[IRI]] = {pair: [] for pair in wanted}
        if len(found) == 1:
            ((predicate, value),) = found
            found[predicate, value] = self._view.subjects(predicate, value)
        else:
            for predicate, value, subject in self._view.naming(wanted):  # type: ignore[arg-type]  # pairs
                found[predicate, value].append(subject)
        self._reads.subjects.update({pair: sorted(some, key=lambda one: one.value) for pair, some in found.items()})

    def _read_shown(self, wanted: Sequence[tuple[IRI, ...]]) -> None:
        found: dict[IRI, list[tuple[IRI, IRI]]] = {node: [] for (node,) in wanted}
        for node, kind, graph in self._view.classes(list(found)):
            found[node].append((kind, graph))
        self._reads.shown.update(found)

    def _read_covered(self, wanted: Sequence[tuple[IRI, ...]]) -> None:
        contracts, covers = [contract for (contract,) in wanted], Literal(HopKind.COVERS.name)
        found: dict[IRI, set[IRI]] = {contract: set() for contract in contracts}
        for row in self._view.select_any(self._catalogue["sites-touched-by"], "contract", contracts):
            if row["kind"] == covers and isinstance(model := row["to"], IRI):
                found[row["contract"]].add(model)  # type: ignore[index]  # one of those that were asked about
        self._covered.update({one: sorted(models, key=lambda node: node.value) for one, models in found.items()})

    def _keep(self, key: tuple[object, ...], answer: Callable[[], _T]) -> _T:
        if key not in self._kept:
            self._kept[key] = answer()
        return self._kept[key]  # type: ignore[return-value]  # the key begins with the question's name

    def subjects(self, predicate: IRI, node: IRI) -> list[IRI]:
        """The visible subjects that have the node as value, sorted."""
        pair = (predicate, node)
        found = self._reads.subjects.get(pair)
        return self._read_now("subjects", self._reads.subjects, pair, *pair) if found is None else found

    def shown(self, node: IRI) -> list[tuple[IRI, IRI]]:
        """The visible classes of a node, each with the audience graph that shows it."""
        found = self._reads.shown.get(node)
        return self._read_now("shown", self._reads.shown, node) if found is None else found

    def covered(self, contract: IRI) -> list[IRI]:
        """The product models that a contract's lines cover, as of the instants, sorted."""
        found = self._covered.get(contract)
        return self._read_now("covered", self._covered, contract) if found is None else found

    def traced(
        self,
        question: str,
        about: IRI,
        kinds: Collection[IRI],
        ask: Callable[[View, Catalogue, IRI], Answer[_T]],
        *others: Hashable,
    ) -> Answer[_T]:
        """The answer to a question of traceability; empty where it is about something that is visibly no such thing.

        Args:
            question: the stored query.
            about: the thing that is asked about.
            kinds: the classes that it may be of.
            ask: asks the question.
            others: what else decides the answer: nothing is asked twice.
        """
        key = (question, about, *others)
        if key not in self._traced:
            trace = _Trace(about, ask, walks=self._may_be(about, kinds), question=question)
            if self._reads.waits:
                raise Unread(Want("traced", self, (key, trace)))
            self._traced[key] = self._trace(self._view, trace)
        found = self._traced[key]
        if isinstance(found, Exception):
            raise found
        return found

    def _trace(self, view: View, trace: _Trace) -> Answer[Any] | Exception:
        """The answer, or what the reader did wrong."""
        try:
            if not trace.walks:
                return answered(view, self._catalogue[trace.question], Part)
            self._allowance.walk()
            return trace.ask(view, self._catalogue, trace.about)
        except (InputError, LimitError) as error:
            return error

    def _read_traced(self, wanted: Sequence[tuple[Any, ...]]) -> None:
        """Answer several questions in one go: what the reader can see is looked at before and after all of them."""
        traces: dict[tuple[Any, ...], _Trace] = dict(wanted)
        view = self._view.holding() if len(traces) > 1 else self._view
        found = {key: self._trace(view, trace) for key, trace in traces.items()}
        if view is not self._view and view.state() != self._view.state():
            found = {key: self._trace(self._view, trace) for key, trace in traces.items()}  # each by itself
        self._traced.update(found)

    def _may_be(self, node: IRI, kinds: Collection[IRI]) -> bool:
        types = self.types(node)
        return not types or not types.isdisjoint(kinds)

    @property
    def reader(self) -> Principal:
        """Who reads."""
        return self._view.principal

    @property
    def as_of(self) -> AsOf:
        """The instants that it reads as of."""
        return self._view.as_of

    def listed(self, ask: Ask) -> list[tuple[Place, IRI]]:
        """The items of a part of a list, in their order, each with its place."""
        return self._asked(ask)[0]

    def counted(self, ask: Ask) -> int:
        """How many items a list has."""
        return self._asked(ask)[1]

    def _asked(self, ask: Ask) -> tuple[list[tuple[Place, IRI]], int]:
        found = self._listed.get(ask)
        return self._read_now("listed", self._listed, ask) if found is None else found

    def _read_listed(self, wanted: Sequence[tuple[Ask]]) -> None:
        """Read parts of lists, many by one query, and by another the classes of what is in them."""
        asks, nodes = [ask for (ask,) in wanted], dict[IRI, None]()
        for start in range(0, len(asks), _TOGETHER):
            self._allowance.check()
            asked = asks[start : start + _TOGETHER]
            pages, counts = self._view.listed(asked)
            self._listed.update(zip(asked, zip(pages, counts, strict=True), strict=True))
            nodes.update((node, None) for page in pages for _, node in page)
        self.read_ahead([(nodes, frozenset({terms.RDF.type}))])

    def ask(self, name: str, given: Mapping[str, Sequence[Term]]) -> Ask:
        """A question for a list, with the instants where the list has them; a value given twice counts once.

        Raises:
            InputError: so many values are given that they can be combined in too many ways.
        """
        asked = {name: tuple(dict.fromkeys(terms)) for name, terms in given.items()}
        if (ways := math.prod(max(1, len(terms)) for terms in asked.values())) > COMBINED:
            raise InputError(
                f"The values that are given for this list can be combined in {ways} ways. At most {COMBINED} are "
                "allowed: give fewer values."
            )
        query = self._catalogue.lists[name]
        instants = self._view.as_of.bindings()
        own = {name: (term,) for name, term in instants.items() if name in query.required or self._looks_back}
        there = {name: tuple(terms) for name, terms in own.items() if name in query.parameters}
        return Ask(query, tuple(sorted({**there, **asked}.items())))

    def why(self, node: IRI) -> Reason | None:
        """Why the reader sees a record, claim or activity."""

        def answer() -> Reason | None:
            if node not in self._reasoned:
                self._reasoned.add(node)
                self._allowance.walk()
            waiting = cast("View", WaitingView(self, self._view))
            return reason(waiting if self._reads.waits else self._view, self._catalogue, node)

        return self._keep(("why", node), answer)

    def concerns(self, who: IRI, is_known: Callable[[IRI], bool]) -> Sequence[Concern]:
        """The findings that concern a buyer or brand, but for those that are known."""

        def answer() -> Sequence[Concern]:
            self._allowance.walk()
            return concerns(self._view, self._catalogue, who, is_known)

        return self._keep(("concerns", who, is_known), answer)

    def search(self, text: str, kinds: Sequence[IRI]) -> Sequence[Hit]:
        """The things of some kinds whose names are like the text, the likest first."""

        def answer() -> Sequence[Hit]:
            self._allowance.walk()
            return self._view.search(Wanted(text, kinds)).items

        return self._keep(("search", text, *kinds), answer)


def absolute(text: str) -> IRI | None:
    """The IRI that the text is; None where it is none, so that it names nothing."""
    try:
        return iri(text)
    except InputError:
        return None
