"""Reading for one request: a View whose answers are kept, within an allowance of time and walks."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.errors import InputError, LimitError
from ewgraph.model import terms
from ewgraph.model.code import Code
from ewgraph.model.codes import HopKind
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, Literal, Term, iri
from ewgraph.names.search import Hit, Wanted
from ewgraph.trace import Answer, Part, answered
from ewgraph.trace.reasons import Reason, reason

_C = TypeVar("_C", bound=Code)
_T = TypeVar("_T")


@dataclass(slots=True)
class Allowance:
    """What one request may cost.

    Attributes:
        seconds: how long it may read.
        walks: how many supply chains it may follow.
        tell_s: a clock that only goes forward, in seconds.
    """

    seconds: float = 10.0
    walks: int = 200
    tell_s: Callable[[], float] = time.monotonic
    _deadline: float = field(init=False)
    _walked: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """The time starts to run."""
        self._deadline = self.tell_s() + self.seconds

    def check(self) -> None:
        """Go on only while there is time.

        Raises:
            LimitError: the time is used up.
        """
        if self.tell_s() > self._deadline:
            raise LimitError(f"The answer took more than {self.seconds:g} s. Ask for less at once.", limit="seconds")

    def walk(self) -> None:
        """Count one supply chain that is followed.

        Raises:
            LimitError: it is one too many.
        """
        self.check()
        self._walked += 1
        if self._walked > self.walks:
            raise LimitError(
                f"One request may follow {self.walks} supply chains. Ask for fewer nested touches.",
                limit="walks",
            )


class Loader:
    """What a request reads, as of one pair of instants. Nothing is read twice."""

    def __init__(self, view: View, catalogue: Catalogue, allowance: Allowance) -> None:
        self._view = view
        self._catalogue = catalogue
        self._allowance = allowance
        self._about: dict[IRI, Mapping[IRI, list[Term]]] = {}
        self._kept: dict[tuple[object, ...], object] = {}

    def at(self, valid_at: dt.date | None, known_at: dt.datetime | None) -> Loader:
        """The loader as of other instants; None keeps the present one, and an instant without zone is in UTC."""
        if valid_at is None and known_at is None:
            return self
        other = Loader(self._view.at(valid_at, zoned(known_at) if known_at else None), self._catalogue, self._allowance)
        other._about = self._about  # what is said of a thing has no instants: only walks do
        return other

    def about(self, node: IRI) -> Mapping[IRI, list[Term]]:
        """The visible properties of the node with their values, sorted."""
        if node not in self._about:
            self._allowance.check()
            found: defaultdict[IRI, list[Term]] = defaultdict(list)
            for quad in self._view.quads(node):
                found[quad.predicate].append(quad.object)  # type: ignore[arg-type]  # no triple terms are stored
            self._about[node] = {predicate: sorted(values, key=str) for predicate, values in found.items()}
        return self._about[node]

    def _keep(self, key: tuple[object, ...], answer: Callable[[], _T]) -> _T:
        if key not in self._kept:
            self._kept[key] = answer()
        return self._kept[key]  # type: ignore[return-value]  # the key begins with the question's name

    def types(self, node: IRI) -> frozenset[IRI]:
        """The visible classes of the node."""
        return frozenset(self.nodes(node, terms.RDF.type))

    def is_a(self, node: IRI, kind: IRI) -> bool:
        """Whether the node is visibly of that class."""
        return kind in self.about(node).get(terms.RDF.type, ())

    def nodes(self, node: IRI, predicate: IRI) -> list[IRI]:
        """The values of a property that are IRIs."""
        return [term for term in self.about(node).get(predicate, ()) if isinstance(term, IRI)]

    def one(self, node: IRI, predicate: IRI) -> IRI | None:
        """The first of the values that are IRIs."""
        return next(iter(self.nodes(node, predicate)), None)

    def text(self, node: IRI, predicate: IRI) -> str | None:
        """The value of a property as text: English first, then of no language, then any."""
        found = [term for term in self.about(node).get(predicate, ()) if isinstance(term, Literal)]
        return min(found, key=_readable).value if found else None

    def label(self, node: IRI) -> str | None:
        """What the node is called."""
        return self.text(node, terms.RDFS.label) or self.text(node, terms.SKOS.prefLabel)

    def date(self, node: IRI, predicate: IRI) -> dt.date | None:
        """The day that a property gives."""
        text = self.text(node, predicate)
        return dt.date.fromisoformat(text[:10]) if text else None

    def instant(self, node: IRI, predicate: IRI) -> dt.datetime | None:
        """The instant that a property gives."""
        text = self.text(node, predicate)
        return dt.datetime.fromisoformat(text) if text else None

    def integer(self, node: IRI, predicate: IRI) -> int | None:
        """The whole number that a property gives."""
        text = self.text(node, predicate)
        return int(text) if text else None

    def number(self, node: IRI, predicate: IRI) -> float | None:
        """The number that a property gives."""
        text = self.text(node, predicate)
        return float(text) if text else None

    def codes(self, node: IRI, predicate: IRI, kind: type[_C]) -> list[_C]:
        """The concepts of a code list that a property gives, in the list's order; those of other lists are left out."""
        found = set()
        for concept in self.nodes(node, predicate):
            try:
                found.add(kind.of(concept))
            except InputError:
                continue
        return [code for code in kind if code in found]

    def code(self, node: IRI, predicate: IRI, kind: type[_C]) -> _C | None:
        """The concept of a code list that a property gives."""
        return next(iter(self.codes(node, predicate, kind)), None)

    def subjects(self, predicate: IRI, node: IRI) -> list[IRI]:
        """The visible subjects that have the node as value, sorted."""
        self._allowance.check()
        return self._keep(("subjects", predicate, node), lambda: self._view.subjects(predicate, node))

    def covered(self, contract: IRI) -> list[IRI]:
        """The product models that a contract's lines cover, as of the instants, sorted."""

        def answer() -> list[IRI]:
            rows = self._view.select(self._catalogue["sites-touched-by"], {"contract": contract})
            covers = Literal(HopKind.COVERS.name)
            found = {row["to"] for row in rows if row["kind"] == covers}
            return sorted((node for node in found if isinstance(node, IRI)), key=lambda node: node.value)

        self._allowance.check()
        return self._keep(("covered", contract), answer)

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
        if not self._may_be(about, kinds):
            return answered(self._view, self._catalogue[question], Part)

        def answer() -> Answer[_T]:
            self._allowance.walk()
            return ask(self._view, self._catalogue, about)

        return self._keep((question, about, *others), answer)

    def _may_be(self, node: IRI, kinds: Collection[IRI]) -> bool:
        types = self.types(node)
        return not types or not types.isdisjoint(kinds)

    def why(self, node: IRI) -> Reason | None:
        """Why the reader sees a record, claim or activity."""

        def answer() -> Reason | None:
            self._allowance.walk()
            return reason(self._view, self._catalogue, node)

        return self._keep(("why", node), answer)

    def search(self, text: str, kinds: Sequence[IRI]) -> Sequence[Hit]:
        """The things of some kinds whose names are like the text, the likest first."""

        def answer() -> Sequence[Hit]:
            self._allowance.walk()
            return self._view.search(Wanted(text, kinds)).items

        return self._keep(("search", text, *kinds), answer)


def _readable(literal: Literal) -> tuple[int, str]:
    language = literal.language or ""
    return (0 if language.split("-")[0] == "en" else 1 if not language else 2), literal.value


def absolute(text: str) -> IRI | None:
    """The IRI that the text is; None where it is none, so that it names nothing."""
    try:
        return iri(text)
    except InputError:
        return None
