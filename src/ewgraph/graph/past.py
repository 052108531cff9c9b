"""What a reader's graphs showed at an earlier moment: the present ones, without what came later.

The ledger knows all that ever was, but what a reader may see is decided anew every day. So the past is made of records
that the reader sees now, and of nothing else: of those taken in later the statements go, and what no earlier one says
of the entities that they name. An entity has no history in the graph (decision 4): what a later revision says anew of
it is again as the earlier records have it by which the reader sees it. What was erased or withheld since is not there.

It depends on nothing but what the reader sees, and on what the ledger numbers for staff.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from ewgraph.graph.audience import is_audience
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.showing import STATEMENTS
from ewgraph.graph.trust import VOCABULARY, graph_of
from ewgraph.model import terms
from ewgraph.model.instants import instant
from ewgraph.model.rdf import IRI, Literal, Quad, Term

_Said: TypeAlias = tuple[IRI, Term]
"""A property and its value."""

_REVISES: Final = terms.PROV.wasRevisionOf
_NEVER_RESTATED: Final = frozenset({terms.RDF.type, terms.describedIn, terms.assertedIn})


@dataclass(frozen=True, slots=True)
class Moment:
    """When an answer was made, as its reader may know it.

    Attributes:
        recorded_at: the instant.
        records: how many records the reader saw; None where that is not known. The graph is a moment behind the ledger:
            of those recorded before the instant the last ones may not have been in it.
        sequence: the number of the newest record that the graph showed; for staff, and then it decides alone.
    """

    recorded_at: dt.datetime
    records: int | None = None
    sequence: int | None = None


def later_records(
    store: GraphStore,
    graphs: Sequence[IRI],
    moment: Moment,
    since: Collection[IRI],
    in_order: Callable[[Collection[IRI]], Sequence[IRI]],
) -> frozenset[IRI]:
    """The records that the graphs show now and did not show at the moment.

    Args:
        store: the store.
        graphs: the reader's graphs.
        moment: when.
        since: what was shown to the reader since then, though it was there before.
        in_order: puts records that came in together, all of which the reader sees, in the order of the ledger: the
            graph may have shown the first of them only.
    """
    quads = (quad for graph in graphs for quad in store.quads(None, terms.recordedAt, None, graph))
    known = {quad.subject: _instant(quad.object) for quad in quads if isinstance(quad.subject, IRI)}
    late = {record for record, at in known.items() if at > moment.recorded_at or record in since}
    then = sorted(known.keys() - late, key=known.__getitem__, reverse=True)
    surplus = 0 if moment.records is None else len(then) - moment.records
    if surplus > 0:
        last = known[then[surplus - 1]]
        newer = [record for record in then if known[record] > last]
        together = in_order([record for record in then if known[record] == last])
        late.update(newer, together[len(together) - (surplus - len(newer)) :])
    return frozenset(late)


class Past:
    """The difference between what a reader's graphs show now and what they showed without some records.

    Args:
        store: a store with the records' own graphs.
        graphs: the reader's graphs.
        late: the records to leave out, which the reader sees.
    """

    def __init__(self, store: GraphStore, graphs: Sequence[IRI], late: Collection[IRI]) -> None:
        self._store = store
        self._graphs = graphs
        self._late = frozenset(late)

    def difference(self, since: Iterable[IRI] = ()) -> tuple[list[Quad], list[Quad]]:
        """What the graphs lack of the past, and what they show too much.

        Args:
            since: what the reader came to see since, though it was there before; of it only statements are left out.
        """
        added: list[Quad] = []
        removed = [quad for subject in since for quad in self._of_statement(subject)]
        said: defaultdict[IRI, set[_Said]] = defaultdict(set)
        for record in self._late:
            by_subject: defaultdict[IRI, set[_Said]] = defaultdict(set)
            for quad in self._store.quads(None, None, None, record):
                by_subject[quad.subject].add((quad.predicate, quad.object))  # type: ignore[index, arg-type]  # no blank nodes
            for subject, pairs in by_subject.items():
                if STATEMENTS & {value for name, value in pairs if name == terms.RDF.type}:
                    removed += self._shown(subject)
                else:
                    said[subject] |= pairs
        for entity, pairs in said.items():
            now = {(quad.predicate, quad.object): quad for quad in self._shown(entity)}
            removed += (now[pair] for pair in pairs & now.keys() if not any(self._counting(now[pair])))
            added += (Quad(entity, *pair, self._graphs[-1]) for pair in self._replaced(entity) - now.keys())
        return list(dict.fromkeys(added)), list(dict.fromkeys(removed))

    def _shown(self, subject: IRI) -> Iterator[Quad]:
        return (quad for graph in self._graphs for quad in self._store.quads(subject, None, None, graph))

    def _of_statement(self, subject: IRI) -> list[Quad]:
        """What the graphs show of a subject that stands in one record; nothing of an entity."""
        shown = list(self._shown(subject))
        return shown if STATEMENTS & {quad.object for quad in shown if quad.predicate == terms.RDF.type} else []

    def _counting(self, quad: Quad) -> Iterator[bool]:
        """Whether each of the records that say the same counts."""
        same = self._store.quads(quad.subject, quad.predicate, quad.object)  # type: ignore[arg-type]  # no blank nodes
        return (self._counts(quad.subject, graph_of(each)) for each in same if not is_audience(each.graph_name))  # type: ignore[arg-type]

    def _replaced(self, entity: IRI) -> set[_Said]:
        """What earlier records say of the entity by which the reader sees it, and no earlier revision says anew."""
        describing = [
            quad.object
            for graph in self._graphs
            for quad in self._store.quads(entity, terms.describedIn, None, graph)
            if isinstance(quad.object, IRI) and quad.object not in self._late
        ]
        said: dict[IRI, set[_Said]] = {
            record: {(q.predicate, q.object) for q in self._store.quads(entity, None, None, record)}  # type: ignore[misc]  # no triples
            for record in describing
        }
        return {
            (name, value)
            for record, pairs in said.items()
            for name, value in pairs - self._restated(record, said)
            if name not in _NEVER_RESTATED
        }

    def _restated(self, record: IRI, said: dict[IRI, set[_Said]]) -> set[_Said]:
        """What an earlier revision of a record says otherwise."""
        found: set[_Said] = set()
        for revising in {q.subject for g in self._graphs for q in self._store.quads(None, _REVISES, record, g)}:
            anew = said.get(revising, set()) if isinstance(revising, IRI) else set()
            names = {name for name, _ in anew}
            found |= {pair for pair in said[record] if pair[0] in names and pair not in anew}
        return found

    def _counts(self, entity: IRI, record: IRI) -> bool:
        """Whether the reader sees by an earlier record what it says of the entity."""
        if record in self._late:
            return False
        if Quad(entity, terms.describedIn, record, record) in self._store:
            return any(Quad(entity, terms.describedIn, record, graph) in self._store for graph in self._graphs)
        return record == VOCABULARY or any(
            next(self._store.quads(record, terms.recordedAt, None, graph), None) for graph in self._graphs
        )


def _instant(value: object) -> dt.datetime:
    return instant(value.value) if isinstance(value, Literal) else dt.datetime.min.replace(tzinfo=dt.UTC)
