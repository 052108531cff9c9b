"""Makes releases, embargoes and redacted editions, and calls releases off: appended to the ledger, shown by others."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ewgraph.access import STAFF_READER, Gate
from ewgraph.clock import Clock
from ewgraph.errors import NotFoundError
from ewgraph.graph.policy import SITE_OF
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.releasing.audience import Audience
from ewgraph.ingest.releasing.composing import (
    Composed,
    edition_record,
    release_record,
    retraction_record,
    stored,
    told_of,
)
from ewgraph.ingest.releasing.redacting import Edition, Redactor
from ewgraph.ingest.releasing.refusal import ordered, refuse, refuse_betrayed, refuse_blank, refuse_embargo
from ewgraph.ingest.releasing.request import EmbargoRequest, Outcome, ReleaseRequest
from ewgraph.ingest.releasing.standing import Standing, StandingRelease
from ewgraph.ledger import COMMAND_LINE, OPERATOR, Audit, Event, Ledger, Salts
from ewgraph.model import terms
from ewgraph.model.codes import Redaction, Visibility
from ewgraph.model.rdf import IRI


@dataclass(frozen=True, slots=True)
class Releaser:
    """Makes releases on one data directory.

    Attributes:
        ledger: where they are appended.
        gate: tells what staff and others see.
        checker: validates what is made.
        steward: whose releases count, with the operator's.
        base: the address under which IRIs are minted.
        clock: tells the time.
        by: by what it is asked for, for the audit log.
        principal: who that stands for.
    """

    ledger: Ledger
    gate: Gate
    checker: Checker
    steward: IRI
    base: str
    clock: Clock
    by: str = COMMAND_LINE
    principal: str = "staff"

    def standing(self) -> Standing:
        """What stands now."""
        return Standing(self.gate.view(STAFF_READER), self.ledger, self.steward, self.clock.now())

    def releases(self) -> list[StandingRelease]:
        """The releases that count, past and to come, by their days, with what should be seen to."""
        standing = self.standing()
        return [
            replace(
                one,
                outdated_by=tuple(standing.outdated_by(one)),
                hidden_replies=tuple(
                    reply
                    for record in (one.records if one.redaction is Redaction.NONE and not one.parties else ())
                    for reply in standing.hidden_replies(record, one.level, one.at)
                ),
            )
            for one in standing.releases()
        ]

    def release(self, request: ReleaseRequest) -> Outcome:
        """Open a record.

        Raises:
            NotFoundError: staff see no such record.
            ConflictError: it is as open already, or will be.
            InputError: what is asked for cannot be meant.
        """
        now = self.clock.now()
        standing = self.standing()
        refuse(request, standing, self.gate, now)
        if request.redaction is not Redaction.NONE:
            return self._redacted(request, standing, now)
        at = request.at or now
        replies = standing.hidden_replies(request.record, request.level, at) if not request.parties else []
        opened = (request.record, *replies) if request.with_replies else (request.record,)
        made = release_record(self._named(), request, opened, at, now)
        self._append([made], request.submitter)
        left = {} if request.with_replies else dict.fromkeys(replies, request.level)
        return Outcome((made.record,), left)

    def embargo(self, request: EmbargoRequest) -> Outcome:
        """Let companies see a record first and others later: a release for each stage, all of them or none.

        Raises:
            NotFoundError: staff see no such record.
            ConflictError: others see it already, or will.
            InputError: the stages are in no order, or leave no time to reply.
        """
        now = self.clock.now()
        standing = self.standing()
        stages = ordered(request.stages)
        refuse_embargo(request, standing, stages, now)
        first = ReleaseRequest(
            record=request.record,
            level=Visibility.CONTRACT_PARTY,
            reason=request.reason,
            author=request.author,
            parties=request.companies,
            with_replies=request.with_replies,
            submitter=request.submitter,
        )
        refuse(first, standing, self.gate, now)
        made = [release_record(self._named(), first, (request.record,), now, now)]
        left: dict[IRI, Visibility] = {}
        for number, (level, at) in enumerate(stages):
            stage = replace(first, level=level, parties=frozenset(), at=at)
            refuse(stage, standing, self.gate, now)
            replies = standing.hidden_replies(request.record, level, at)
            opened = (request.record, *replies) if request.with_replies else (request.record,)
            remark = request.without_reply_period if number == 0 else None
            made.append(release_record(self._named(), stage, opened, at, now, remark=remark))
            left |= {} if request.with_replies else dict.fromkeys(replies, level)
        self._append(made, request.submitter)
        return Outcome(tuple(one.record for one in made), left)

    def call_off(self, release: IRI, *, reason: str, author: IRI, submitter: IRI = OPERATOR) -> IRI:
        """Call a release off, before its day or after: what it opened is as closed as it was.

        Returns:
            The record that does so.

        Raises:
            NotFoundError: there is no such release, or it was called off before.
        """
        found = self.standing().release(release)
        if found is None:
            raise NotFoundError(f"there is no release {release.value!r} that could be called off; list them")
        refuse_blank(reason)
        now = self.clock.now()
        withheld = ReleaseRequest(
            record=found.records[0],
            level=found.level,
            reason=reason,
            author=author,
            parties=found.parties,
            redaction=Redaction.WITHHELD,
            submitter=submitter,
        )
        made = release_record(self._named(), withheld, found.records, now, now, revises=release)
        self._append([made], submitter)
        return made.record

    def _redacted(self, request: ReleaseRequest, standing: Standing, now: dt.datetime) -> Outcome:
        """Show an edition instead: the retractions first, so that whoever sees the claims never sees them double."""
        name = self._named()
        audience = Audience.of(request.level, request.parties, self.gate)
        redactor = Redactor(
            view=self.gate.view(STAFF_READER),
            audience=audience,
            salt=Salts(self.ledger).of(audience.name),
            base=self.base,
            redaction=request.redaction,
            keep=request.keep,
        )
        edition = redactor.edition(request.record, standing.claims(request.record), name)
        refuse_betrayed(request.record, edition.boundaries, standing, audience)
        made = [
            *(
                retraction_record(self._named("retraction"), request, twins, claims, now)
                for twins, claims in self._by_sites(edition)
            ),
            edition_record(edition, request, now),
            release_record(name, request, (request.record,), request.at or now, now, edition=edition.record),
        ]
        self._append(made, request.submitter)
        return Outcome(
            (name,), edition=edition.record, twins=len(edition.twins), left_out=dict(sorted(edition.left_out.items()))
        )

    def _by_sites(self, edition: Edition) -> list[tuple[list[IRI], list[IRI]]]:
        """The twins and the claims that they stand for, together as far as the claims are about the same sites.

        Whoever sees one claim of such a group sees all of it, also where sites decide who is linked.
        """
        view = self.gate.view(STAFF_READER)
        groups: defaultdict[frozenset[object], tuple[list[IRI], list[IRI]]] = defaultdict(lambda: ([], []))
        for twin, claims in edition.twins.items():
            sites = {site for claim in claims for predicate in SITE_OF for site in view.objects(claim, predicate)}
            twins, favoured = groups[frozenset(sites)]
            twins.append(twin)
            favoured += claims
        return list(groups.values())

    def _append(self, made: Sequence[Composed], submitter: IRI) -> None:
        """Append the records and note the releases among them, or neither."""
        with self.ledger.transaction():
            stored(made, self.ledger, self.checker, submitter)
            for one in made:
                if one.kind == terms.Release:
                    Audit(self.ledger, self.clock).note(
                        Event.RELEASED, self.by, self.principal, **dict(told_of(one.quads))
                    )

    def _named(self, kind: str = "release") -> IRI:
        return IRI(f"{self.base}id/{kind}/{secrets.token_hex(16)}")
