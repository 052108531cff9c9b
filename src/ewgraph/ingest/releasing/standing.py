"""What stands: the releases that were made, who a record is open to, and the replies to it. All as staff see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ewgraph.access import View
from ewgraph.errors import NotFoundError
from ewgraph.ledger import OPERATOR, Ledger
from ewgraph.model import terms
from ewgraph.model.code import Code
from ewgraph.model.codes import Redaction, Visibility
from ewgraph.model.rdf import IRI, Literal

_C = TypeVar("_C", bound=Code)


@dataclass(frozen=True, slots=True)
class StandingRelease:
    """A release that counts.

    Attributes:
        release: its IRI.
        records: what it opens.
        level: the audience rule.
        parties: to which organisations alone, if to such.
        at: from when on.
        is_due: whether that was before now.
        redaction: how the records were lessened.
        edition: what is shown in their place, if they were.
        reason: why.
        outdated_by: what revised its records, or retracted what it has twins of, since; or a record, if it was erased.
        hidden_replies: replies to what it opens that are not seen where it is.
    """

    release: IRI
    records: tuple[IRI, ...]
    level: Visibility
    parties: frozenset[IRI]
    at: dt.datetime
    is_due: bool
    redaction: Redaction
    edition: IRI | None
    reason: str
    outdated_by: tuple[IRI, ...] = ()
    hidden_replies: tuple[IRI, ...] = ()


class Standing:
    """What stands at one moment.

    Args:
        view: what staff see.
        ledger: tells who handed a record in.
        steward: whose records count, with the operator's.
        now: the moment.
    """

    def __init__(self, view: View, ledger: Ledger, steward: IRI, now: dt.datetime) -> None:
        self._view = view
        self._ledger = ledger
        self._steward = steward
        self._now = now

    def level(self, record: IRI) -> Visibility:
        """The level that a record has of itself.

        Raises:
            NotFoundError: staff see no such record.
        """
        found = self._code(record, terms.visibility, Visibility)
        if found is None or not terms.RECORD_CLASSES.intersection(self._iris(record, terms.RDF.type)):
            raise NotFoundError(
                f"there is no record {record.value!r} that could be released: it is unknown, or for its monitoring "
                "partner alone, which is never released",
            )
        return found

    def kind(self, record: IRI) -> IRI | None:
        """What kind of record it is."""
        kinds = terms.RECORD_CLASSES.intersection(self._iris(record, terms.RDF.type)) - {terms.Record}
        return next(iter(kinds), None)

    def counts(self, record: IRI) -> bool:
        """Whether rights in the record count: the operator or the steward handed it in, whatever it says of itself."""
        entry = self._ledger.entry(record)
        return entry is not None and entry.submitter in {OPERATOR, self._steward}

    def called_off_by(self, release: IRI) -> IRI | None:
        """The record that called a release off."""
        revising = self._view.subjects(terms.PROV.wasRevisionOf, release)
        return next(filter(self.counts, revising), None)

    def release(self, release: IRI) -> StandingRelease | None:
        """The release of that IRI; None where there is none that counts."""
        level, at = self._code(release, terms.toVisibility, Visibility), self._instant(release)
        if level is None or at is None or self.called_off_by(release) or not self.counts(release):
            return None
        redaction = self._code(release, terms.redaction, Redaction) or Redaction.NONE
        editions = self._iris(release, terms.redactedAs)
        if redaction is not Redaction.NONE and not editions:
            return None  # such as what calls another off: it shows nothing
        return StandingRelease(
            release=release,
            records=tuple(self._iris(release, terms.releases)),
            level=level,
            parties=frozenset(self._iris(release, terms.party)),
            at=at,
            is_due=at <= self._now,
            redaction=redaction,
            edition=editions[0] if editions else None,
            reason=next((term.value for term in self._literals(release, terms.reason)), ""),
        )

    def releases(self, record: IRI | None = None) -> list[StandingRelease]:
        """The releases of a record, or of all, by their days."""
        predicate, value = (terms.RDF.type, terms.Release) if record is None else (terms.releases, record)
        found = filter(None, map(self.release, self._view.subjects(predicate, value)))
        return sorted(found, key=lambda one: (one.at, one.release.value))

    def openness(self, record: IRI, *, at: dt.datetime | None = None) -> Visibility:
        """The widest level that a record is open to, unredacted, at an instant: now where None."""
        until = at or self._now
        levels = [
            one.level
            for one in self.releases(record)
            if one.redaction is Redaction.NONE and not one.parties and one.at <= until
        ]
        return min([self.level(record), *levels], key=rank)

    def boundaries(self, edition: IRI) -> set[IRI]:
        """The boundaries that the claims of an edition name."""
        named = {
            quad.object for claim in self._view.subjects(terms.assertedIn, edition) for quad in self._view.quads(claim)
        }
        return {node for node in named if isinstance(node, IRI) and terms.Boundary in self._iris(node, terms.RDF.type)}

    def also_hidden_by(self, boundaries: Iterable[IRI], record: IRI) -> Iterator[tuple[IRI, IRI, IRI]]:
        """It yields each boundary that stands in the edition of another record, with that record and the release."""
        for boundary in sorted(boundaries, key=lambda node: node.value):
            claims = {quad.subject for quad in self._view.quads(None, None, boundary)}
            editions = {edition for claim in claims for edition in self._iris(claim, terms.assertedIn)}  # type: ignore[arg-type]
            for edition in sorted(editions, key=lambda node: node.value):
                for release in self._view.subjects(terms.redactedAs, edition):
                    others = (other for other in self._iris(release, terms.releases) if other != record)
                    yield from ((boundary, other, release) for other in others)

    def claims(self, record: IRI) -> list[IRI]:
        """The claims of a record that staff see and nobody retracted."""
        return [
            claim
            for claim in self._view.subjects(terms.assertedIn, record)
            if not self._view.subjects(terms.retracts, claim)
        ]

    def is_erased(self, record: IRI) -> bool:
        """Whether a record was lawfully erased: a tombstone is left of it."""
        return bool(self._view.objects(record, terms.erasedOn))

    def revised_by(self, record: IRI) -> list[IRI]:
        """The records that take a record's place."""
        return self._view.subjects(terms.PROV.wasRevisionOf, record)

    def replies(self, record: IRI) -> list[IRI]:
        """The replies to the claims of a record, but those that were revised."""
        found = {
            reply
            for claim in self._view.subjects(terms.assertedIn, record)
            for reply in self._view.subjects(terms.repliesTo, claim)
            if not self.revised_by(reply)
        }
        return sorted(found, key=lambda node: node.value)

    def hidden_replies(self, record: IRI, level: Visibility, at: dt.datetime) -> list[IRI]:
        """The replies to a record that are not open to a level at an instant."""
        return [reply for reply in self.replies(record) if rank(self.openness(reply, at=at)) > rank(level)]

    def outdated_by(self, release: StandingRelease) -> list[IRI]:
        """What ended, since, something that a release shows."""
        found = [new for record in release.records for new in self.revised_by(record)]
        found += filter(self.is_erased, release.records)
        for twin in self._view.subjects(terms.assertedIn, release.edition) if release.edition else ():
            for retraction in self._view.subjects(terms.retracts, twin):
                for claim in self._iris(retraction, terms.inFavourOf):
                    found += self._view.subjects(terms.retracts, claim)
        return sorted(set(found), key=lambda node: node.value)

    def _iris(self, subject: IRI, predicate: IRI) -> list[IRI]:
        return [term for term in self._view.objects(subject, predicate) if isinstance(term, IRI)]

    def _literals(self, subject: IRI, predicate: IRI) -> Iterator[Literal]:
        return (term for term in self._view.objects(subject, predicate) if isinstance(term, Literal))

    def _instant(self, release: IRI) -> dt.datetime | None:
        found = [dt.datetime.fromisoformat(term.value) for term in self._literals(release, terms.releasedAt)]
        return max(found, default=None)

    def _code(self, subject: IRI, predicate: IRI, codes: type[_C]) -> _C | None:
        return next((codes.of(concept) for concept in self._iris(subject, predicate)), None)


def rank(level: Visibility) -> int:
    """How narrow a level is: the larger, the fewer readers."""
    return level.rank or 0
