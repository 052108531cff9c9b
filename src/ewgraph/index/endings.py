"""What ends what: which records are revised and which claims are retracted, since when, and who knows.

A revision can arrive before what it revises; then it waits for it. Targets are kept by their IRIs for that, and by the
numbers of records and edges for searches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(slots=True)
class Ender:
    """A record that revises or retracts.

    Attributes:
        at: when it was received, in microseconds from 1970.
        audience: the audience set that sees it.
        records: the records that it revises.
        claims: the claims that it retracts.
    """

    at: int
    audience: int
    records: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(slots=True)
class Endings:
    """All of them.

    Attributes:
        enders: by their IRIs.
        ended: what is ended, sorted: twice the number of an edge, or one more than twice that of a record.
        by: for each the number of what ends it, in the order of the enders.
    """

    enders: dict[str, Ender] = field(default_factory=dict)
    ended: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    by: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    _numbers: dict[str, int] = field(default_factory=dict)
    _of_record: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _of_claim: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Know the targets of the enders that there are."""
        for number, (name, ender) in enumerate(self.enders.items()):
            self._numbers[name] = number
            self._aim(number, ender)

    def _aim(self, number: int, ender: Ender) -> None:
        for record in ender.records:
            self._of_record[record].append(number)
        for claim in ender.claims:
            self._of_claim[claim].append(number)

    def add(self, name: str, ender: Ender) -> int:
        """Keep a new ender, and give its number."""
        number = self._numbers[name] = len(self.enders)
        self.enders[name] = ender
        self._aim(number, ender)
        return number

    def of_record(self, record: str) -> Sequence[int]:
        """The enders of a record."""
        return self._of_record.get(record, ())

    def of_claim(self, claim: str) -> Sequence[int]:
        """The enders of a claim."""
        return self._of_claim.get(claim, ())

    def end(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Note what is ended by which enders: twice an edge, or once more than twice a record."""
        fresh = np.array(sorted(pairs), np.int64).reshape(-1, 2)
        places = np.searchsorted(self.ended, fresh[:, 0])
        self.ended = np.insert(self.ended, places, fresh[:, 0])
        self.by = np.insert(self.by, places, fresh[:, 1])

    def renumbered(self, edges: npt.NDArray[np.int64], records: npt.NDArray[np.int32]) -> Endings:
        """The same, once each edge and record has the number that stands at its place; -1 where an edge is gone."""
        of_edge = self.ended % 2 == 0
        what = self.ended // 2
        moved = np.where(of_edge, 2 * edges[np.where(of_edge, what, 0)], 0) if len(edges) else np.zeros_like(what)
        ended = np.where(of_edge, moved, 2 * records[np.where(of_edge, 0, what)].astype(np.int64) + 1)
        kept = ended >= 0
        order = np.argsort(ended[kept], kind="stable")
        return Endings(self.enders, ended[kept][order], self.by[kept][order])

    def by_ender(self, name: str) -> npt.NDArray[np.int64]:
        """What an ender ends, of what is known."""
        found: npt.NDArray[np.int64] = self.ended[self.by == self._numbers[name]]
        return found

    def enders_arrays(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """What is ended; for each ender when it was received, and the audience set that sees it."""
        at = np.array([ender.at for ender in self.enders.values()], np.int64)
        audience = np.array([ender.audience for ender in self.enders.values()], np.int32)
        return self.ended, at, audience

    def arrays(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """What is ended, when, and the audience set that knows of it."""
        ended, at, audience = self.enders_arrays()
        return ended, at[self.by], audience[self.by]

    def told(self) -> list[dict[str, Any]]:
        """The enders as a file holds them."""
        return [
            {"name": name, "at": one.at, "audience": one.audience, "records": one.records, "claims": one.claims}
            for name, one in self.enders.items()
        ]


def enders_of(told: Iterable[Mapping[str, Any]]) -> dict[str, Ender]:
    """The enders that a file holds."""
    return {one["name"]: Ender(one["at"], one["audience"], tuple(one["records"]), tuple(one["claims"])) for one in told}
