"""The names of one graph store: opened where its files fit, followed change by change, made anew otherwise.

Nothing is read before somebody searches: who loads records notes what they touch, and whoever searches next looks that
up in the store.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ewgraph.graph.change import Change
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.graph.tally import Tally
from ewgraph.index.files import Journal, Line
from ewgraph.index.lock import SharedLock
from ewgraph.model.rdf import IRI
from ewgraph.names import files
from ewgraph.names.fields import Entry, entities, entries, touched
from ewgraph.names.search import Hits, Wanted, search
from ewgraph.names.shelf import Shelf

_LOGGER: Final = logging.getLogger(__name__)
_BUILT: Final = "names_built"
_OPENED: Final = "names_opened"

_WORTH_WRITING: Final = 5_000
"""So many things, to be looked up again when the files are opened, are worth writing them anew."""


class NameIndex:
    """The names. One thread at a time may take them further; any number may search."""

    def __init__(self, store: GraphStore, folder: Path | None = None) -> None:
        """The names of a store, from its folder where that fits it; without one they are made when they are needed.

        What does not fit is removed at once: it may hold what was erased.
        """
        self._store = store
        self._tally = Tally(store)
        self._folder = folder
        self._lock = SharedLock()
        self._noting = threading.Lock()
        self._shelves: dict[IRI, Shelf] | None = None
        self._waiting: set[IRI] = set()
        self._journal: Journal | None = None
        self._since = 0
        if folder is not None:
            self._fit(folder)

    def _fit(self, folder: Path) -> None:
        newest = files.newest(folder)
        if newest is None:
            return
        journal = Journal(newest)
        lines = journal.lines()
        if self.stamp in {files.stamp(newest), *(line.stamp for line in lines)}:
            self._journal = journal
            self._waiting |= {IRI(name) for line in lines for name in line.entities}
        else:
            files.remove(folder)

    @property
    def stamp(self) -> str:
        """What the store says of its state."""
        return self._tally.whole().text

    @contextmanager
    def following(self, changes: Sequence[Change], stamp: str) -> Iterator[None]:
        """Note what changes touch, before they are written; it is looked up in the store afterwards."""
        before = set(touched(self._store, changes))
        if self._journal is not None:
            self._journal.add(Line(stamp, (), tuple(sorted(one.value for one in before))))
        yield
        if self._journal is not None or self._shelves is not None:
            with self._noting:
                self._waiting |= before | set(touched(self._store, changes))

    def freshen(self) -> None:
        """Bring the names in step with the store."""
        with self._lock.writing():
            if self._shelves is None:
                self._shelves = self._loaded()
            with self._noting:
                waiting, self._waiting = self._waiting, set()
            try:
                self._look_up(self._shelves, waiting)
            except BaseException:
                with self._noting:
                    self._waiting |= waiting
                raise
            self._since += len(waiting)

    def _loaded(self) -> dict[IRI, Shelf]:
        newest = files.newest(self._folder) if self._folder and self._journal else None
        shelves = files.read(newest) if newest else None
        if shelves is not None:
            _LOGGER.info(_OPENED, extra={"names": sum(map(len, shelves.values())), "waiting": len(self._waiting)})
            return shelves
        self._journal = None
        with self._noting:
            self._waiting.clear()
        made: defaultdict[IRI, dict[str, Entry]] = defaultdict(dict)
        for thing in entities(self._store):
            for graph, entry in entries(self._store, thing).items():
                made[graph][thing.value] = entry
        shelves = defaultdict(Shelf)
        for graph, some in made.items():
            shelves[graph].put(some)
        _LOGGER.info(_BUILT, extra={"names": sum(map(len, shelves.values()))})
        return shelves

    def _look_up(self, shelves: dict[IRI, Shelf], things: Iterable[IRI]) -> None:
        """Look up again in the store what things are found by."""
        changed: defaultdict[IRI, dict[str, Entry | None]] = defaultdict(dict)
        for thing in sorted(things, key=str):
            shown = entries(self._store, thing)
            for graph in {*shown, *(graph for graph, shelf in shelves.items() if shelf.holds(thing.value))}:
                changed[graph][thing.value] = shown.get(graph)
        for graph, some in changed.items():
            shelves.setdefault(graph, Shelf()).put(some)

    def keep(self) -> None:
        """Bring the names in step and write them, where there are no files that fit or they are far behind.

        It is for the thread that takes them further: while a change is under way, no stamp would be the right one.
        """
        self.freshen()
        if self._folder is None or self._shelves is None or (self._journal and self._since < _WORTH_WRITING):
            return
        with self._lock.writing():
            for shelf in self._shelves.values():
                shelf.unite()
            self._journal = Journal(files.write(self._folder, self._shelves, self.stamp))
            self._since = 0

    def close(self) -> None:
        """Write what it would take longer to look up again, if it was read at all."""
        if self._shelves is not None:
            self.keep()

    def search(self, graphs: Sequence[IRI], wanted: Wanted) -> Hits:
        """What a reader of these audience graphs finds."""
        while True:
            if self._shelves is None or self._waiting:
                self.freshen()
            with self._lock.reading():
                if self._shelves is not None:
                    return search([self._shelves[graph] for graph in graphs if graph in self._shelves], wanted)

    def faults(self) -> Iterator[str]:
        """It yields how it differs from one made anew."""
        self.freshen()
        anew = NameIndex(self._store)
        anew.freshen()
        ours, others = self._told(), anew._told()
        yield from (f"it lacks {line}" for line in sorted(others - ours))
        yield from (f"it holds {line}, which it should not" for line in sorted(ours - others))

    def _told(self) -> set[str]:
        return {
            f"{graph.value} {thing} {entry.classes:x} {sorted(entry.countries)} {sorted(entry.names)}"
            for graph, shelf in (self._shelves or {}).items()
            for segment in shelf.segments
            for thing, entry in segment.standing()
        }
