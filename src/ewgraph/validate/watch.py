"""The crossing rules kept up with a store while others change it: what is due is noted at once and evaluated later.

What a removal can affect is asked before it happens; what an addition can affect is asked when the results are brought
up to date. Nothing is missed in between: where a later removal cuts the way from an added statement to a focus node,
that removal, asked while the way is whole, leads to the same node.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from ewgraph.graph.audience import chain_of_staff
from ewgraph.graph.oxigraph import GraphStore
from ewgraph.model.rdf import IRI, Quad, Term
from ewgraph.validate.crossing import CrossingRules
from ewgraph.validate.report import Result
from ewgraph.validate.rule import Rule
from ewgraph.validate.whole import WholeGraph, staff_select

_MANY: Final = 200_000
"""How many added statements are kept; past it the rules run in full again."""


class Watch:
    """What the crossing rules find in all that staff may read of a store. Safe to use from several threads.

    Args:
        rules: the rules.
        store: its changes are followed from now on.
    """

    def __init__(self, rules: CrossingRules, store: GraphStore) -> None:
        self._whole = WholeGraph(rules, staff_select(store))
        self._graphs = frozenset(chain_of_staff())
        self._noting = threading.Lock()
        self._settling = threading.Lock()
        self._added: list[Quad] = []
        self._due: defaultdict[Rule, set[Term]] = defaultdict(set)
        self._all = True
        self._results: tuple[Result, ...] | None = None
        store.watched = self._changing

    @property
    def results(self) -> tuple[Result, ...] | None:
        """What the rules found when they were last evaluated, in the order of a report; None before the first time."""
        return self._results

    @property
    def pending(self) -> bool:
        """Whether the store changed since. To know that results are of now, ask this before them."""
        return self._settling.locked() or self._all or bool(self._added or self._due)

    def settle(self) -> bool:
        """Evaluate the rules where the changes since last time can matter; whether there was anything to do."""
        with self._settling:
            with self._noting:
                in_full, self._all = self._all, False
                added, self._added = self._added, []
                due, self._due = self._due, defaultdict(set)
            if in_full:
                self._whole.run()
            elif added or due:
                for rule, nodes in self._whole.affected(added).items():
                    due[rule] |= nodes
                self._whole.evaluate(due)
            else:
                return False
            self._results = self._whole.results
            return True

    @contextmanager
    def _changing(self, added: Sequence[Quad], removed: Sequence[Quad]) -> Iterator[None]:
        """Ask what a removal can affect before it happens, and note what is due once it has happened."""
        in_full = self._all
        gone = [] if in_full else [quad for quad in removed if self._is_seen(quad)]
        cut = self._whole.affected(gone) if gone else {}
        yield
        with self._noting:
            self._added += (quad for quad in added if self._is_seen(quad))
            for rule, nodes in cut.items():
                self._due[rule] |= nodes
            if in_full or len(self._added) > _MANY:
                self._all = True
                self._added.clear()
                self._due.clear()

    def _is_seen(self, quad: Quad) -> bool:
        return isinstance(quad.graph_name, IRI) and quad.graph_name in self._graphs
