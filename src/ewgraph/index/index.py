"""The trace index of one graph store: opened where its files fit, followed change by change, built anew otherwise."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from ewgraph.graph.audience import NOBODY, is_audience
from ewgraph.graph.change import Change
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.standing import facts, records, statements
from ewgraph.graph.tally import Tally
from ewgraph.index import content, files
from ewgraph.index.files import IndexFolder, Journal, Line
from ewgraph.index.holding import Holding, no_tables
from ewgraph.index.intake import Intake
from ewgraph.index.lock import SharedLock
from ewgraph.index.saying import FACTS, fact, record_of
from ewgraph.index.search import Scratch
from ewgraph.model import terms
from ewgraph.model.rdf import IRI

_LOGGER: Final = logging.getLogger(__name__)
_BUILT: Final = "index_built"
_OPENED: Final = "index_opened"

_SCRATCHES: Final = 4
_WORTH_WRITING: Final = 50
"""What was taken in since is written when it is more than one in so many of all."""


class Index:
    """The trace index. One thread at a time may take it further; any number may read.

    Attributes:
        fits: whether it holds what the store shows. It does not where taking in a change failed: then the questions
            are answered from the store, as they are where there is no index, until it is built anew.
    """

    def __init__(
        self,
        store: GraphStore,
        holding: Holding,
        folder: IndexFolder | None = None,
        journal: Journal | None = None,
    ) -> None:
        """Begin with what is held of a store; with a folder, what is taken in is noted there."""
        self.fits = True
        self._store = store
        self._tally = Tally(store)
        self._intake = Intake(holding, partial(_asserted_in, store))  # no ring: a store is closed when it is let go
        self._folder = folder
        self._journal = journal
        self._lock = SharedLock()
        self._scratches: deque[Scratch] = deque(maxlen=_SCRATCHES)
        self._since = 0

    @classmethod
    def open(cls, store: GraphStore, folder: Path) -> Index:
        """The index of a store, from its folder where that fits, and otherwise built anew and written there."""
        place = IndexFolder(folder)
        index = cls._fitting(store, place, writing=True)
        if index is None:
            index = cls.built(store, place)
            index.write()
        return index

    @classmethod
    def beside(cls, store: GraphStore, folder: Path) -> Index | None:
        """The index of a copy of a store, from the folder of whoever writes to it; None where that does not fit."""
        return cls._fitting(store, IndexFolder(folder), writing=False)

    @classmethod
    def _fitting(cls, store: GraphStore, place: IndexFolder, *, writing: bool) -> Index | None:
        """What the newest files hold, brought in step with a store that they fit."""
        newest = place.newest()
        known = files.read(newest) if newest else None
        if newest is None or known is None:
            return None
        holding, stamp = known
        journal = Journal(newest)
        lines = journal.lines()
        index = cls(store, holding, *((place, journal) if writing else ()))
        if index.stamp not in {stamp, *(line.stamp for line in lines)}:
            return None
        index._look_up(lines)
        _LOGGER.info(_OPENED, extra={"edges": len(holding), "lines": len(lines)})
        return index

    @classmethod
    def built(cls, store: GraphStore, folder: IndexFolder | None = None) -> Index:
        """The index of all that a store shows."""
        index = cls(store, Holding(no_tables()), folder)
        for record in records(store):
            index._intake.take(statements(store, record))
        for predicate, value in FACTS:
            quads = facts(store, predicate, value=value)
            index._intake.take([Change(q.subject, [q], (), NOBODY, NOBODY) for q in quads])  # type: ignore[arg-type]
        index._intake.renew()
        _LOGGER.info(_BUILT, extra={"edges": len(index._intake.holding)})
        return index

    def _look_up(self, lines: Sequence[Line]) -> None:
        """Look up again in the store what the lines name."""
        for record in dict.fromkeys(name for line in lines for name in line.records):
            changes = statements(self._store, IRI(record))
            self._intake.take(changes)
            self._since += len(changes)
        for name in dict.fromkeys(name for line in lines for name in line.entities):
            found = [quad for predicate, value in FACTS for quad in facts(self._store, predicate, IRI(name), value)]
            self._intake.take_facts(name, found)

    @property
    def stamp(self) -> str:
        """What the store says of the state that the index holds."""
        return self._tally.whole().text

    @contextmanager
    def following(self, changes: Sequence[Change], stamp: str) -> Iterator[None]:
        """Take in changes once they are written to the store; before that, note what to look up should this end."""
        if self._journal is not None:
            self._journal.add(_line(changes, stamp))
        yield
        with self._lock.writing():
            fitted, self.fits = self.fits, False
            if fitted:
                self._intake.take(changes)
                self._since += len(changes)
                self.fits = True
        if self.fits and self._intake.holding.tight:
            self.write()

    def write(self) -> None:
        """Build the holding anew, without what nobody sees any more, and write it to the folder if there is one.

        Readers go on with the holding of before until the new one is there.
        """
        fresh = Holding(self._intake.holding.tables())
        if self._folder is not None:
            self._journal = Journal(self._folder.write(fresh, self.stamp))
        with self._lock.writing():
            self._intake.holding = fresh
        self._since = 0

    def close(self) -> None:
        """Write what it would take longer to look up again."""
        if self._folder is not None and self.fits and self._since * _WORTH_WRITING > len(self._intake.holding):
            self.write()

    def faults(self) -> Iterator[str]:
        """It yields what is wrong with it: how it differs from one built anew, and within itself."""
        with self.reading() as held, Index.built(self._store).reading() as anew:
            yield from content.faults(held)
            ours, others = content.told(held), content.told(anew)
        yield from (f"it lacks {line}" for line in sorted(others - ours))
        yield from (f"it holds {line}, which it should not" for line in sorted(ours - others))

    @contextmanager
    def reading(self) -> Iterator[Holding]:
        """What is held, which stays as it is in the meantime. Not for long: whoever writes waits."""
        with self._lock.reading():
            yield self._intake.holding

    @contextmanager
    def scratch(self, holding: Holding) -> Iterator[Scratch]:
        """Room for a search, clean; it has to be cleaned again."""
        try:
            made = self._scratches.pop()
        except IndexError:
            made = Scratch(holding.nodes.capacity)
        if made.nodes != holding.nodes.capacity:
            made = Scratch(holding.nodes.capacity)
        yield made
        self._scratches.append(made)  # not where the search failed: then it is not clean


def _asserted_in(store: GraphStore, claim: IRI) -> IRI | None:
    found = (quad.object for quad in store.quads(claim, terms.assertedIn) if is_audience(quad.graph_name))
    return next((record for record in found if isinstance(record, IRI)), None)


def _line(changes: Sequence[Change], stamp: str) -> Line:
    said = (record_of(change.said) or change.subject.value for change in changes if change.said)
    entities = (
        change.subject.value
        for change in changes
        if not change.said and any(fact(quad) for quad in (*change.added, *change.removed))
    )
    return Line(stamp, tuple(dict.fromkeys(said)), tuple(entities))
