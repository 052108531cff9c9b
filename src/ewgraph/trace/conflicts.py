"""Conflicts: what is said of a site or model that does not agree. Both sides are shown; nothing is decided."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final, TypeAlias

from ewgraph.access import View
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.codes import Completeness, ConflictKind, ObservationTopic, OperationRelation, SiteAttribute, Verdict
from ewgraph.model.conflicts import Conflict, Side
from ewgraph.model.rdf import IRI, Term, text_of
from ewgraph.model.window import ALL, Key, Limit, Part, Window, part_of
from ewgraph.trace.answer import Answer, answered

MOST_DAYS: Final = 36_500
MOST_PAIRS: Final = 10_000
"""So many pairs of lists are compared, at most."""
_ONE_VALUE: Final = frozenset(
    {
        *(SiteAttribute.ADDRESS.iri, SiteAttribute.COUNTRY.iri, SiteAttribute.MAIN_MINERAL.iri),
        *(SiteAttribute.STATUS.iri, SiteAttribute.WORKER_COUNT.iri, OperationRelation.OPERATES.iri),
    }
)
_OBSERVED: Final = frozenset(
    {topic.iri for topic in ObservationTopic}
    - {ObservationTopic.WORKER_COUNT.iri, ObservationTopic.SELLING_POINT.iri, ObservationTopic.FINAL_DESTINATION.iri}
)
_ORDER: Final = {kind: place for place, kind in enumerate(ConflictKind)}

Said: TypeAlias = Mapping[str, list["_Claim"]]


def by_kind(conflict: Conflict) -> Key:
    """What conflicts are sorted by."""
    one, other = conflict.one, conflict.other
    ends = (one.record.value, other.record.value, one.text, other.text)
    return (_ORDER[conflict.kind], conflict.dimension.value, *ends)


def conflicts(  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    about: IRI,
    *,
    days: int = 0,
    window: Window = ALL,
) -> Answer[Conflict]:
    """Answer CQ C04, R07 and M12: what is said of a site or model that does not agree, as the stored query tells.

    Args:
        view: the reader's view, with the instants.
        catalogue: the stored queries.
        about: the site or model.
        days: observations at most so many days apart contradict; later ones tell a change.
        window: which part of the answer.

    Raises:
        InputError: the days are not in their range.
    """
    if not 0 <= days <= MOST_DAYS:
        raise InputError(f"`window` is a number of days from 0 to {MOST_DAYS}, not {days}.")
    query = catalogue["conflicts"]

    def find() -> Part[Conflict]:
        claims = _Claims(view, query)
        found = {by_kind(one): one for one in claims.conflicts(about, days)}
        limits = [Limit("pairs", MOST_PAIRS)] if claims.pairs > MOST_PAIRS else []
        return part_of([found[key] for key in sorted(found)], by_kind, window, *limits)

    return answered(view, query, find)


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim that is compared."""

    claim: IRI
    record: IRI
    dimension: IRI
    value: Term
    contract: IRI | None
    valid_from: str
    valid_to: str
    observed_on: str | None

    def overlaps(self, other: _Claim) -> bool:
        """Whether both hold on some day."""
        return self.valid_from < other.valid_to and other.valid_from < self.valid_to


class _Claims:
    """The claims of a view about sites and models."""

    def __init__(self, view: View, query: StoredQuery) -> None:
        self._said: Callable[[IRI], Said] = lru_cache(maxsize=None)(lambda about: _said(view, query, about))
        self._known: dict[IRI, frozenset[IRI]] = {}
        self.pairs = 0

    def conflicts(self, about: IRI, days: int) -> Iterator[Conflict]:
        """It yields what does not agree."""
        yield from self._of_model(about)
        values: list[_Claim] = []
        for name in self._names(about):
            said = self._said(name)
            values += said["value"]
            for one in said["identity"]:
                if one.dimension == Verdict.UNDECIDED.iri and isinstance(one.value, IRI):
                    yield _open(about, name, one)
        yield from self._of_attributes(about, [one for one in values if one.dimension in _ONE_VALUE])
        yield from self._of_topics(about, [one for one in values if one.dimension in _OBSERVED], days)

    def _names(self, site: IRI) -> frozenset[IRI]:
        """All names under which a site goes."""
        if site not in self._known:
            names, queue = {site}, [site]
            while queue:
                for one in self._said(queue.pop())["identity"]:
                    same = one.dimension == Verdict.SAME.iri or one.dimension.value in Verdict.SAME.aliases
                    if same and isinstance(one.value, IRI) and one.value not in names:
                        names.add(one.value)
                        queue.append(one.value)
            self._known |= dict.fromkeys(names, frozenset(names))
        return self._known[site]

    def _undecided(self, one: IRI, other: IRI) -> bool:
        """Whether nobody has decided yet whether two sites are one, though somebody asked."""
        others = self._names(other)
        return any(
            claim.dimension == Verdict.UNDECIDED.iri and claim.value in others
            for name in self._names(one)
            for claim in self._said(name)["identity"]
        )

    def _of_model(self, model: IRI) -> Iterator[Conflict]:
        said = self._said(model)
        lists: defaultdict[IRI, defaultdict[IRI, list[_Claim]]] = defaultdict(lambda: defaultdict(list))
        words: defaultdict[IRI, dict[IRI, Term]] = defaultdict(dict)
        for claim in said["site"]:
            lists[claim.dimension][claim.record].append(claim)
        for claim in said["completeness"]:
            words[claim.dimension][claim.record] = claim.value
        for tier, by_record in lists.items():
            told = sorted(by_record.keys() & words[tier].keys(), key=lambda record: record.value)
            for one, other in combinations(told, 2):
                self.pairs += 1
                if self.pairs > MOST_PAIRS:
                    return
                pair = (by_record[one], by_record[other])
                yield from self._of_lists(model, tier, pair, (words[tier][one], words[tier][other]))

    def _of_lists(
        self,
        model: IRI,
        tier: IRI,
        lists: tuple[list[_Claim], list[_Claim]],
        words: tuple[Term, Term],
    ) -> Iterator[Conflict]:
        """It yields how two lists of sites differ, if they do."""
        one, other = (self._only(mine, others) for mine, others in (lists, lists[::-1]))
        sides = _side(lists[0], one), _side(lists[1], other)
        overlapping = [(a, b) for a in lists[0] for b in lists[1] if a.overlaps(b)]
        complete = [word == Completeness.COMPLETE.iri for word in words]
        partial = [word == Completeness.PARTIAL.iri for word in words]
        if all(complete) and (one or other):
            if not overlapping:
                yield Conflict(ConflictKind.CHANGE, model, tier, *sides)
                return
            same = any(a.contract == b.contract for a, b in overlapping)
            kind = ConflictKind.CONTRADICTION if same else ConflictKind.DIVERGENCE
            if self._merging(one, other):
                kind = ConflictKind.GRANULARITY
            yield Conflict(kind, model, tier, *sides)
        elif overlapping and any(partial):
            if one and partial[1]:
                yield Conflict(ConflictKind.GAP, model, tier, sides[0], Side(sides[1].record, (), ()))
            if other and partial[0]:
                yield Conflict(ConflictKind.GAP, model, tier, sides[1], Side(sides[0].record, (), ()))

    def _only(self, mine: Iterable[_Claim], others: Iterable[_Claim]) -> list[_Claim]:
        """The claims that name a site which the others do not name, under whatever name."""
        named = {name for claim in others if isinstance(claim.value, IRI) for name in self._names(claim.value)}
        return [claim for claim in mine if claim.value not in named]

    def _merging(self, one: Collection[_Claim], other: Collection[_Claim]) -> bool:
        ours, theirs = {claim.value for claim in one}, {claim.value for claim in other}
        if len(ours) != 1 or len(theirs) != 1:
            return False
        (mine,), (yours,) = ours, theirs
        return isinstance(mine, IRI) and isinstance(yours, IRI) and self._undecided(mine, yours)

    @staticmethod
    def _of_attributes(about: IRI, claims: Iterable[_Claim]) -> Iterator[Conflict]:
        by_value: defaultdict[IRI, defaultdict[Term, list[_Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in claims:
            by_value[claim.dimension][claim.value].append(claim)
        for attribute, values in by_value.items():
            for one, other in combinations(sorted(values, key=str), 2):
                pairs = [(a, b) for a in values[one] for b in values[other]]
                overlapping = [(a, b) for a, b in pairs if a.overlaps(b)]
                kind = ConflictKind.CONTRADICTION if overlapping else ConflictKind.CHANGE
                if overlapping and attribute == SiteAttribute.ADDRESS.iri and _within(one, other):
                    kind = ConflictKind.GRANULARITY
                a, b = min(overlapping or pairs, key=lambda pair: (pair[0].claim.value, pair[1].claim.value))
                yield Conflict(kind, about, attribute, _side([a], [a]), _side([b], [b]))

    @staticmethod
    def _of_topics(about: IRI, claims: Iterable[_Claim], days: int) -> Iterator[Conflict]:
        observed: defaultdict[IRI, list[tuple[str, str, str, _Claim]]] = defaultdict(list)
        for claim in claims:
            if claim.observed_on:
                observed[claim.dimension].append((claim.observed_on, claim.record.value, claim.claim.value, claim))
        for topic, series in observed.items():
            for (day, _, _, one), (later, _, _, other) in pairwise(sorted(series, key=lambda each: each[:3])):
                if one.value != other.value:
                    apart = dt.date.fromisoformat(later) - dt.date.fromisoformat(day)
                    kind = ConflictKind.CONTRADICTION if apart.days <= days else ConflictKind.CHANGE
                    yield Conflict(kind, about, topic, _side([one], [one]), _side([other], [other]))


def _open(about: IRI, name: IRI, claim: _Claim) -> Conflict:
    """That it is open whether a site is another."""
    side = (claim.record, (claim.claim,))
    return Conflict(
        ConflictKind.GRANULARITY, about, terms.SameSiteClaim, Side(*side, (name,)), Side(*side, (claim.value,))
    )


def _side(claims: Iterable[_Claim], only: Iterable[_Claim]) -> Side:
    record = next(iter(claims)).record
    ours = sorted({claim.claim for claim in only}, key=lambda claim: claim.value)
    return Side(record, tuple(ours), tuple(sorted({claim.value for claim in only}, key=str)))


def _within(one: Term, other: Term) -> bool:
    """Whether one text contains the other, whatever the case."""
    first, second = one.value.casefold(), other.value.casefold()
    return first in second or second in first


def _said(view: View, query: StoredQuery, about: IRI) -> Said:
    found: defaultdict[str, list[_Claim]] = defaultdict(list)
    for row in view.select(query, {"about": about}):
        claim, record, dimension, value = (row[name] for name in ("claim", "record", "dimension", "value"))
        if isinstance(claim, IRI) and isinstance(record, IRI) and isinstance(dimension, IRI) and value is not None:
            contract = row["contract"]
            found[text_of(row["said"]) or ""].append(
                _Claim(
                    claim,
                    record,
                    dimension,
                    value,
                    contract if isinstance(contract, IRI) else None,
                    (text_of(row["validFrom"]) or "0001-01-01")[:10],
                    (text_of(row["validTo"]) or "9999-12-31")[:10],
                    (text_of(row["observedOn"]) or "")[:10] or None,
                )
            )
    return found
