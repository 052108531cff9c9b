"""When edges end, as rows hold it: the day from which all who see the edge know that it is revised or retracted.

Mostly a record is revised by one that the same readers see, and the day decides. Where some of those who see an edge do
not see what ends it, or see it later, a bit says that the table has to be asked.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ewgraph.graph.audience import AFFILIATES, PUBLIC, STAFF, Audiences
from ewgraph.index.audiences import AudienceSets
from ewgraph.index.endings import Endings
from ewgraph.index.layout import COMPLEX, NOBODY, receipt_days

_NEVER: Final = np.iinfo(np.int64).max


def lifetimes(
    edges: npt.NDArray[Any],
    numbers: npt.NDArray[np.int64],
    endings: Endings,
    audiences: AudienceSets,
) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
    """For each edge the day on which it ends for all who see it, and the bit that says whether the table knows more.

    Args:
        edges: some edges.
        numbers: their numbers.
        endings: what ends what.
        audiences: the sets of audiences.
    """
    first = np.full(len(edges), _NEVER, np.int64)
    more = np.zeros(len(edges), np.uint16)
    place, by = _pairs(edges, numbers, endings)
    if len(place):
        _, at, known_to = endings.enders_arrays()
        seen = known_to[by] != NOBODY
        place, by = place[seen], by[seen]
        by_all = _reach_all(known_to[by], edges["audience"][place], audiences)
        np.minimum.at(first, place[by_all], at[by[by_all]])
        earlier = ~by_all & (at[by] < first[place])
        more[place[earlier]] = COMPLEX
    return receipt_days(first), more


def _pairs(
    edges: npt.NDArray[Any],
    numbers: npt.NDArray[np.int64],
    endings: Endings,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The places of edges that are ended, each with a number of what ends it."""
    places, enders = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for keys in (2 * numbers, 2 * edges["record"].astype(np.int64) + 1):
        low = np.searchsorted(endings.ended, keys, "left")
        many = np.searchsorted(endings.ended, keys, "right") - low
        chosen = np.flatnonzero(many)
        places.append(np.repeat(chosen, many[chosen]))
        offsets = np.arange(many.sum()) - np.repeat(np.cumsum(many[chosen]) - many[chosen], many[chosen])
        enders.append(endings.by[np.repeat(low[chosen], many[chosen]) + offsets])
    return np.concatenate(places), np.concatenate(enders)


def _reach_all(
    enders: npt.NDArray[np.int32],
    seen_by: npt.NDArray[np.int32],
    audiences: AudienceSets,
) -> npt.NDArray[np.bool_]:
    """For each pair of audience sets whether all whom the second reaches are reached by the first."""
    pairs = enders.astype(np.int64) * len(audiences) + seen_by
    unique, places = np.unique(pairs, return_inverse=True)
    known = [_includes(audiences[int(one // len(audiences))], audiences[int(one % len(audiences))]) for one in unique]
    return np.array(known, np.bool_)[places]


def _includes(wide: Audiences, narrow: Audiences) -> bool:
    """Whether it is sure that the wide set reaches all whom the narrow one does, whoever is a member."""
    if PUBLIC in wide:
        return True
    return narrow <= (wide | {STAFF} if AFFILIATES in wide else wide)
