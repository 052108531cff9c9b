"""Who sees what, and since when: for staff, over what staff see themselves. Nobody else gets an `Explainer`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from ewgraph.access.principal import STAFF_READER, Principal
from ewgraph.access.view import Gate, View
from ewgraph.errors import NotFoundError
from ewgraph.graph.audience import AFFILIATES, PUBLIC, STAFF, Audiences, organization_of
from ewgraph.ledger import ReleaseChange
from ewgraph.model import terms
from ewgraph.model.codes import Part
from ewgraph.model.rdf import IRI, Literal

_STATEMENTS: Final = terms.RECORD_CLASSES | terms.CLAIM_CLASSES | terms.ACTIVITY_CLASSES
_PARTS: Final = {Part.AFFILIATE.iri, Part.MONITORING_PARTNER.iri}


class Log(Protocol):
    """The release log, as far as it is read here."""

    def of(self, subject: IRI) -> Sequence[ReleaseChange]:
        """What happened to the visibility of a record or claim, in order."""
        ...

    def audiences(self, subject: IRI, at: dt.datetime, now: Audiences) -> Audiences:
        """The audience graphs that showed it at an instant, from those that show it now."""
        ...


@dataclass(frozen=True, slots=True)
class Audience:
    """Who sees something.

    Attributes:
        public: anyone.
        members: all affiliates and monitoring partners, and staff.
        staff: staff.
        organizations: single organisations beside them.
    """

    public: bool
    members: bool
    staff: bool
    organizations: tuple[IRI, ...]

    @property
    def is_nobody(self) -> bool:
        """Whether nobody sees it."""
        return not (self.public or self.members or self.staff or self.organizations)


class Explainer:
    """Tells staff who sees what.

    It tells of records, claims and activities that staff see, and of no others: what workers told a monitoring partner
    stays with the partner.
    """

    def __init__(self, gate: Gate, log: Log) -> None:
        self._gate = gate
        self._log = log
        self.view: View = gate.view(STAFF_READER)
        """What staff see."""

    def view_of(self, reader: Principal) -> View:
        """What another reader sees. It may be more than staff see: tell none of that."""
        return self._gate.view(reader)

    def seen_now(self, subject: IRI) -> Audience:
        """Who sees a record, claim or activity.

        Raises:
            NotFoundError: staff see no such thing.
        """
        return _audience(self._graphs(subject))

    def seen_at(self, subject: IRI, instant: dt.datetime) -> Audience:
        """Who saw a record, claim or activity at an instant, by the release log.

        Raises:
            NotFoundError: staff see no such thing.
        """
        now = self._graphs(subject)
        recorded = self.recorded_at(subject)
        if recorded is not None and instant < recorded:
            return _audience(frozenset())
        return _audience(self._log.audiences(subject, instant, now))

    def recorded_at(self, subject: IRI) -> dt.datetime | None:
        """When the record came in that the subject is or stands in."""
        for record in (subject, *self.view.objects(subject, terms.assertedIn)):
            for value in self.view.objects(record, terms.recordedAt) if isinstance(record, IRI) else ():
                if isinstance(value, Literal):
                    return dt.datetime.fromisoformat(value.value)
        return None

    def history(self, subject: IRI) -> Sequence[ReleaseChange]:
        """What happened to the visibility of a record, claim or activity, in order.

        Raises:
            NotFoundError: staff see no such thing.
        """
        self._graphs(subject)
        return self._log.of(subject)

    def releases(self, subject: IRI) -> tuple[IRI, ...]:
        """The releases of a record, or of that in which a claim or activity stands, as staff see them."""
        records = (subject, *self.view.objects(subject, terms.assertedIn))
        return tuple(
            one for record in records if isinstance(record, IRI) for one in self.view.subjects(terms.releases, record)
        )

    def members_on(self, day: dt.date) -> Mapping[IRI, str]:
        """The affiliates and monitoring partners on a day, as is known now, each with its part, sorted."""
        found: dict[IRI, str] = {}
        for part in _PARTS:
            for affiliation in self.view.subjects(terms.ORG.role, part):
                since = _text(self.view, affiliation, terms.validFrom)
                until = _text(self.view, affiliation, terms.validTo)
                if since and since <= day.isoformat() and not (until and until <= day.isoformat()):
                    for member in self.view.objects(affiliation, terms.ORG.member):
                        if isinstance(member, IRI):
                            found[member] = Part.of(part).label
        return dict(sorted(found.items(), key=lambda item: item[0].value))

    def seen_beyond(self, reader: Principal, most: int) -> list[IRI]:
        """The records that an organisation sees beside what all see of its kind, as far as staff see them, some.

        Args:
            reader: the organisation; for the public and staff nothing is beyond.
            most: how many.
        """
        return list(islice(self._beyond(reader), most))

    def _beyond(self, reader: Principal) -> Iterator[IRI]:
        if reader.organization is None:
            return
        for record in self.view_of(reader).own.subjects(terms.RDF.type, terms.Record):
            if self.view.knows(record):
                yield record

    def sees(self, reader: Principal, subject: IRI) -> bool:
        """Whether a reader sees what staff see.

        Raises:
            NotFoundError: staff see no such thing.
        """
        self._graphs(subject)
        return self.view_of(reader).knows(subject)

    def _graphs(self, subject: IRI) -> Audiences:
        """The audience graphs in which a record or statement stands that staff see."""
        types = {quad.object for quad in self.view.quads(subject, terms.RDF.type)}
        if types.isdisjoint(_STATEMENTS):
            raise NotFoundError(
                "there is no record, claim or activity of this IRI that staff see. Of a site or contract, ask for a "
                "record that names it"
            )
        return self._gate.audiences(subject)


def _audience(graphs: Audiences) -> Audience:
    organizations = sorted(filter(None, map(organization_of, graphs)), key=lambda node: node.value)
    return Audience(PUBLIC in graphs, AFFILIATES in graphs, STAFF in graphs, tuple(organizations))


def _text(view: View, subject: IRI, predicate: IRI) -> str:
    return next((value.value for value in view.objects(subject, predicate) if isinstance(value, Literal)), "")
