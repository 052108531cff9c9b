"""What changed between two instants in what is known of a contract, a site, or the contracts of a buyer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from ewgraph.access import View
from ewgraph.catalogue import Catalogue, StoredQuery
from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.changes import Change, ChangeKind, Differences, Entry
from ewgraph.model.instants import instant
from ewgraph.model.rdf import IRI, Literal, Term, as_iri, text_of
from ewgraph.model.window import ALL, Key, Part, Window, part_of
from ewgraph.trace.answer import Answer, answered
from ewgraph.trace.definition import changing as definition

_FIRST: Final = ""

_Sort: TypeAlias = tuple[str, IRI, IRI]
"""What is said about what in which record."""


def by_instant(change: Change) -> Key:
    """What changes are sorted by: when, how, and of what."""
    at = _FIRST if change.at is None else change.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    entry = change.entry
    return at, change.kind.value, entry.claim.value, entry.about.value, entry.what, entry.record.value


def what_changed(  # noqa: PLR0913  # the filters are named at the call
    view: View,
    catalogue: Catalogue,
    node: IRI,
    *,
    since: dt.datetime,
    until: dt.datetime,
    window: Window = ALL,
) -> Answer[Change]:
    """Answer CQ A03: what changed between two instants in what is known.

    Args:
        view: the reader's view; its day is that on which claims hold.
        catalogue: the stored queries.
        node: a contract, a site or a buyer.
        since: the earlier instant.
        until: the later instant.
        window: which part of the answer.

    Raises:
        InputError: the later instant is not later.
    """
    if until <= since:
        raise InputError(f"`to` has to be later than `from`, and {until.isoformat()} is not.")
    query = catalogue["what-changed"]
    here = view.at(known_at=until)

    def find() -> Part[Change]:
        changes = _Comparison(here, catalogue, query, since).changes(node)
        return part_of(sorted(changes, key=by_instant), by_instant, window)

    return answered(here, query, find)


class _Comparison:
    """What is known at the instant of a view, and at an earlier one."""

    def __init__(self, view: View, catalogue: Catalogue, query: StoredQuery, since: dt.datetime) -> None:
        self._view = view
        self._before = view.at(known_at=since)
        self._catalogue = catalogue
        self._query = query
        self._since = since
        self._until = view.as_of.known_at
        self._shown = view.newly_shown(since, self._until)

    def changes(self, node: IRI) -> Iterator[Change]:
        """It yields what changed of a contract, site or buyer."""
        types = set(self._view.objects(node, terms.RDF.type))
        up = types.isdisjoint({terms.Site, terms.Boundary})
        starts = [node]
        if up and terms.Contract not in types:
            starts = self._view.subjects(terms.buyer, node)
        chains = self._differences(starts, up=up)
        statements = self._statements({*starts, *(chains.sites if up else ())})
        then, now = ({one for one in statements if self._is_known(one, at)} for at in (self._since, self._until))
        shown = chains.shown | {one for one in then & now if self._is_new(one.record) or one.claim in self._shown}
        yield from self._told(chains.gone | (then - now), chains.new | (now - then))
        for entry in shown:
            yield Change(ChangeKind.NEWLY_VISIBLE, entry, *self._came_in(entry))

    def _differences(self, starts: Sequence[IRI], *, up: bool) -> Differences:
        lens = self._view.lens
        if lens is None:
            return definition.differences(
                self._before,
                self._view,
                self._catalogue,
                starts,
                up=up,
                is_new=self._is_new,
                new_claims=self._shown.keys(),
            )
        records = {one: _node(self._view.objects(one, terms.assertedIn)) for one in self._shown}
        new_claims = {claim: record for claim, record in records.items() if record}
        return lens.differences(self._since, starts, up=up, is_new=self._is_new, new_claims=new_claims)

    def _statements(self, nodes: Iterable[IRI]) -> set[Entry]:
        """What is said of contracts and sites besides, whenever it was known."""
        found: set[Entry] = set()
        for node in nodes:
            for row in self._view.select(self._query, {"node": node}):
                kind, claim, record = (as_iri(row[name]) for name in ("class", "statement", "record"))
                received = instant(text_of(row["receivedAt"]))
                found.add(Entry(kind.value.removeprefix(terms.EW), claim, record, node, received))
        return found

    def _is_known(self, entry: Entry, at: dt.datetime) -> bool:
        ended = self._end_of(entry)
        return entry.received_at <= at and (ended is None or ended[0] > at)

    def _is_new(self, record: IRI) -> bool:
        """Whether the reader came to see a record in between: it was taken in then, or released."""
        taken_in = self._instant(record, terms.recordedAt)
        return record in self._shown or (taken_in is not None and self._since < taken_in <= self._until)

    def _came_in(self, entry: Entry) -> tuple[dt.datetime, IRI | None]:
        """When the reader came to see something, and by which record, as far as one that is visible did it."""
        taken_in = self._instant(entry.record, terms.recordedAt)
        if taken_in is not None and self._since < taken_in <= self._until:
            return taken_in, entry.record
        shown = [self._shown[each] for each in (entry.claim, entry.record) if each in self._shown]
        at, record = min(shown, key=lambda each: each[0])
        released = set(self._view.objects(record, terms.releases)) if record else set()
        return at, record if released & {entry.claim, entry.record} else None

    def _told(self, gone: Iterable[Entry], new: Iterable[Entry]) -> Iterator[Change]:
        """It yields how each came or went; what was revised with what is said instead."""
        fresh: defaultdict[_Sort, list[Entry]] = defaultdict(list)
        for entry in sorted(new, key=_name, reverse=True):
            fresh[entry.what, entry.about, entry.record].append(entry)
        for entry in sorted(gone, key=_name):
            ended = self._end_of(entry)
            if ended is None or ended[0] > self._until:
                yield Change(ChangeKind.UNLINKED, entry, None, None)
                continue
            instead = self._instead(entry, ended[1], fresh)
            if instead:
                yield Change(ChangeKind.REVISED, entry, *ended, instead.pop())
            else:
                yield Change(ChangeKind.WITHDRAWN, entry, *ended)
        for entry in (one for entries in fresh.values() for one in entries):
            if entry.received_at > self._since:
                yield Change(ChangeKind.ADDED, entry, entry.received_at, entry.record)
            else:
                yield Change(ChangeKind.LINKED, entry, None, None)

    def _instead(self, entry: Entry, record: IRI, fresh: Mapping[_Sort, list[Entry]]) -> list[Entry] | None:
        """What the record that ended something, or one that revises that, says of the same kind about the same."""
        seen, queue = {record}, [record]
        while queue:
            here = queue.pop()
            if found := fresh.get((entry.what, entry.about, here)):
                return found
            later = [one for one in self._view.subjects(terms.PROV.wasRevisionOf, here) if one not in seen]
            seen.update(later)
            queue += later
        return None

    def _end_of(self, entry: Entry) -> tuple[dt.datetime, IRI] | None:
        """When something was first revised or retracted, and by which record."""
        later = self._view.subjects(terms.PROV.wasRevisionOf, entry.record)
        later += self._view.subjects(terms.retracts, entry.claim)
        received = ((at, record.value, record) for record in later if (at := self._instant(record, terms.receivedAt)))
        first = min(received, default=None)
        return None if first is None else (first[0], first[2])

    def _instant(self, subject: IRI, predicate: IRI) -> dt.datetime | None:
        found = next(iter(self._view.objects(subject, predicate)), None)
        return instant(found.value) if isinstance(found, Literal) else None


def _name(entry: Entry) -> tuple[str, str]:
    return entry.claim.value, entry.about.value


def _node(terms_: Iterable[Term]) -> IRI | None:
    return next((term for term in terms_ if isinstance(term, IRI)), None)
