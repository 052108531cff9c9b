"""What one reader sees of the index, as of a pair of instants: the questions that it answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from ewgraph.index import changing, exposure, knowing, leverage, origins, paths, touches
from ewgraph.index.holding import Holding
from ewgraph.index.index import Index
from ewgraph.index.layout import day_number, receipt_day, row_day
from ewgraph.index.look import Look, allowed
from ewgraph.index.search import Sight
from ewgraph.model.changes import Differences
from ewgraph.model.codes import EvidenceBasis, Scope
from ewgraph.model.gaps import Known
from ewgraph.model.hop import EvidencePath, Exposure, Origin, Touch
from ewgraph.model.instants import microseconds
from ewgraph.model.leverage import Links
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Part, Window


class Lens:
    """The index as one reader sees it, as of a pair of instants."""

    def __init__(self, index: Index, chain: Sequence[IRI], valid_at: dt.date, known_at: dt.datetime) -> None:
        """Look at the index as who reads these graphs."""
        self._index = index
        self._chain = chain
        self._valid_at = day_number(valid_at)
        self._known_at = microseconds(known_at)

    @contextmanager
    def looking(self) -> Iterator[Look]:
        """One look, in which nothing changes. Not for long: whoever writes waits."""
        with (
            self._index.reading() as holding,
            self._index.scratch(holding) as room,
            self._index.scratch(holding) as others,
        ):
            yield Look(holding, self._sight(holding, self._known_at), room, others)

    def _sight(self, holding: Holding, known_at: int) -> Sight:
        """What the reader sees as of an instant, in microseconds from 1970."""
        visible = holding.audiences.visible(self._chain)
        return Sight(visible, row_day(self._valid_at), self._valid_at, receipt_day(known_at), known_at)

    def differences(
        self,
        since: dt.datetime,
        starts: Iterable[IRI],
        *,
        up: bool,
        is_new: Callable[[IRI], bool],
        new_claims: Mapping[IRI, IRI],
    ) -> Differences:
        """What changed since an instant in the chains of some nodes: upstream of contracts, or downstream of sites."""
        with self.looking() as after:
            sight = self._sight(after.holding, microseconds(since))
            before = Look(after.holding, sight, after.room, after.others)
            return changing.differences(before, after, starts, up=up, is_new=is_new, new_claims=new_claims)

    def contracts_touching(self, site: IRI, min_scope: Scope, min_basis: EvidenceBasis, window: Window) -> Part[Touch]:
        """The contracts that touch a site, the best reached first."""
        with self.looking() as look:
            return touches.contracts_touching(look, site, allowed(min_scope, min_basis), window)

    def mineral_origins(  # noqa: PLR0913, PLR0917  # the arguments of the question
        self,
        start: IRI,
        mineral: IRI | None,
        kinds: Collection[IRI] | None,
        min_scope: Scope,
        min_basis: EvidenceBasis,
        window: Window,
    ) -> Part[Origin]:
        """The sites that minerals of a contract or model may come from: by mineral, the best reached first."""
        with self.looking() as look:
            return origins.mineral_origins(look, start, mineral, kinds, allowed(min_scope, min_basis), window)

    def exposures(self, site: IRI, min_scope: Scope, min_basis: EvidenceBasis, window: Window) -> Part[Exposure]:
        """The contracts, buyers and brands that a site reaches, each the best reached first."""
        with self.looking() as look:
            return exposure.exposures(look, site, allowed(min_scope, min_basis), window)

    def known(self, contract: IRI) -> list[Known]:
        """What is known of the sites behind each model that a contract covers, tier by tier."""
        with self.looking() as look:
            return knowing.known(look, contract)

    def links(self, site: IRI, buyers: Collection[IRI]) -> Links:
        """What some buyers bought that leads to a site with scope MODEL or better."""
        with self.looking() as look:
            return leverage.links(look, site, buyers)

    def best_paths(  # noqa: PLR0913, PLR0917  # the arguments of the question
        self,
        start: IRI,
        end: IRI,
        min_scope: Scope,
        min_basis: EvidenceBasis,
        most: int,
        longest: int,
    ) -> Part[EvidencePath]:
        """The best paths from one node to another, upstream: so many at most, of so many hops at most."""
        with self.looking() as look:
            return paths.best_paths(look, start, end, allowed(min_scope, min_basis), most, longest)

    def sites_touched_by(
        self,
        contract: IRI,
        kinds: Collection[IRI] | None,
        min_scope: Scope,
        min_basis: EvidenceBasis,
        window: Window,
    ) -> Part[Touch]:
        """The sites that a contract touches, the best reached first."""
        with self.looking() as look:
            return touches.sites_touched_by(look, contract, kinds, allowed(min_scope, min_basis), window)
