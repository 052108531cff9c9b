"""What is refused before a release is made, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final

from ewgraph.access import STAFF_READER, Gate, Principal
from ewgraph.errors import ConflictError, InputError
from ewgraph.ingest.releasing.audience import Audience
from ewgraph.ingest.releasing.request import EmbargoRequest, ReleaseRequest
from ewgraph.ingest.releasing.standing import Standing, StandingRelease, rank
from ewgraph.model import terms
from ewgraph.model.codes import Redaction, Visibility
from ewgraph.model.rdf import IRI

REDACTIONS: Final = (Redaction.NONE, Redaction.BOUNDARY_REFERENCE, Redaction.NAME_REMOVED)
"""The ways of redaction that are made."""

_NOT_MADE: Final[Mapping[Redaction, str]] = {
    Redaction.AGGREGATED: "totals are told by questions such as shared-leverage, not by releasing a record",
    Redaction.WITHHELD: "a record without its content says nothing. Leave it as it is",
}
_STAGES: Final = (Visibility.LINKED_AFFILIATES, Visibility.AFFILIATES, Visibility.PUBLIC)


def refuse(request: ReleaseRequest, standing: Standing, gate: Gate, now: dt.datetime) -> None:
    """Refuse a release that cannot be meant.

    Raises:
        NotFoundError: staff see no such record.
        ConflictError: the record is as open already, or will be, or was revised.
        InputError: what is asked for contradicts itself or the rules.
    """
    record, at = request.record, request.at or now
    own = standing.level(record)
    refuse_blank(request.reason)
    _refuse_redaction(request)
    _refuse_level(request, own)
    if at < now.replace(hour=0, minute=0, second=0, microsecond=0):
        raise InputError(f"a release cannot be dated back: {at.isoformat()} is before today")
    if standing.kind(record) == terms.RedactedEdition:
        raise InputError(f"{record.value!r} is a redacted edition: its own release opens it")
    if standing.is_erased(record):
        raise ConflictError(f"{record.value!r} was erased: there is nothing to release")
    if revised := standing.revised_by(record):
        raise ConflictError(f"{record.value!r} was revised since. Release what took its place: {revised[0].value!r}")
    if request.parties and all(gate.view(Principal(party.value)).knows(record) for party in request.parties):
        raise ConflictError(f"the parties that are named see {record.value!r} already")
    _refuse_strangers(request, gate)
    if not request.parties and rank(open_to := standing.openness(record)) <= rank(request.level):
        raise ConflictError(f"{record.value!r} is open to {name(open_to)} already")
    for other in standing.releases(record):
        _refuse_beside(request, other, at)
        if request.redaction is Redaction.NONE and other.edition:
            _refuse_to_betray(record, other.edition, standing)


def refuse_betrayed(record: IRI, boundaries: Collection[IRI], standing: Standing, audience: Audience) -> None:
    """Refuse an edition with a boundary of which the audience can tell what it stands for.

    Raises:
        ConflictError: the audience sees another record, and an edition of it with the same boundary.
    """
    for boundary, other, _ in standing.also_hidden_by(boundaries, record):
        if audience.sees(other):
            raise ConflictError(
                f"the audience can tell what {boundary.value!r} stands for, since it sees {other.value!r}, in whose "
                "edition it stands too: nothing would be hidden"
            )


def refuse_embargo(
    request: EmbargoRequest,
    standing: Standing,
    stages: Sequence[tuple[Visibility, dt.datetime]],
    now: dt.datetime,
) -> None:
    """Refuse an embargo under which others see the record as early as the company, or too early for a reply.

    Raises:
        NotFoundError: staff see no such record.
        ConflictError: others see it already.
        InputError: it names nobody or no day, or leaves no time to reply.
    """
    if not request.companies or not stages:
        raise InputError("an embargo names who sees the record first, and from when on others see it")
    open_to = standing.openness(request.record)
    if rank(open_to) <= rank(Visibility.LINKED_AFFILIATES):
        raise ConflictError(
            f"{request.record.value!r} is open to {name(open_to)} already: nobody can see it before them"
        )
    for level, at in stages:
        if at <= now:
            raise InputError(f"{name(level)} would see it at once: {at.date()} has begun already")
    if request.without_reply_period is not None:
        refuse_blank(request.without_reply_period)
        return
    days = (stages[0][1] - now) / dt.timedelta(days=1)
    if days < request.reply_days:
        raise InputError(
            f"{name(stages[0][0])} would see it {int(days)} days after the company, which has {request.reply_days} "
            "days to reply. Choose a later day, or say why there is no reply period",
        )


def refuse_blank(reason: str) -> None:
    """Want a reason.

    Raises:
        InputError: it is blank.
    """
    if not reason.strip():
        raise InputError("say why: the reason is kept in the release")


def ordered(stages: Mapping[Visibility, dt.datetime]) -> list[tuple[Visibility, dt.datetime]]:
    """The stages of an embargo, from the narrowest to the widest.

    Raises:
        InputError: a wider one does not come after a narrower one, or is no stage.
    """
    if strange := [level for level in stages if level not in _STAGES]:
        raise InputError(f"{name(strange[0])} is no stage of an embargo")
    found = [(level, stages[level]) for level in _STAGES if level in stages]
    for (narrow, before), (wide, after) in pairwise(found):
        if after <= before:
            raise InputError(f"{name(wide)} would see it on {after.date()}, not after {name(narrow)}: {before.date()}")
    return found


def name(level: Visibility) -> str:
    """What a level is called."""
    return _short(level.iri)


def _refuse_redaction(request: ReleaseRequest) -> None:
    if request.redaction not in REDACTIONS:
        known = ", ".join(_short(one.iri) for one in REDACTIONS)
        raise InputError(
            f"the redaction {_short(request.redaction.iri)} is not made here: {_NOT_MADE[request.redaction]}. "
            f"Made are {known}"
        )
    redacted = request.redaction is not Redaction.NONE
    if request.keep and not redacted:
        raise InputError("what stays named is said of a redaction alone: nothing is hidden otherwise")
    if request.with_replies and redacted:
        raise InputError("replies name what they reply to: they are released with a record, not with an edition of it")


def _refuse_level(request: ReleaseRequest, own: Visibility) -> None:
    if own is Visibility.MONITOR_ONLY:
        raise InputError("what workers told a monitoring partner is never released")
    if request.parties and request.level is not Visibility.CONTRACT_PARTY:
        raise InputError(f"only a release to contract-party names parties, not one to {name(request.level)}")
    if request.level is Visibility.MONITOR_ONLY or (not request.parties and rank(request.level) >= rank(own)):
        raise InputError(f"{name(request.level)} is not wider than {name(own)}, which {request.record.value!r} has")


def _refuse_strangers(request: ReleaseRequest, gate: Gate) -> None:
    """Refuse parties of which no record tells: under a mistyped name nobody would read, and nobody could reply."""
    staff = gate.view(STAFF_READER)
    for party in sorted(request.parties, key=lambda party: party.value):
        if not staff.knows(party):
            raise InputError(
                f"no record tells of an organisation {party.value!r}: nobody would see it. Is it mistyped?"
            )


def _refuse_beside(request: ReleaseRequest, other: StandingRelease, at: dt.datetime) -> None:
    """Refuse what another release of the record does already."""
    redacted = request.redaction is not Redaction.NONE, other.redaction is not Redaction.NONE
    if all(redacted):
        raise ConflictError(
            f"{request.record.value!r} is released redacted already, by {other.release.value!r}. Call that off first"
        )
    if any(redacted) or other.is_due or bool(request.parties) != bool(other.parties):
        return
    if rank(other.level) <= rank(request.level) and request.parties <= other.parties and other.at <= at:
        raise ConflictError(
            f"{request.record.value!r} will be open to {name(other.level)} from {other.at.isoformat()} on, by "
            f"{other.release.value!r}. Call that off first"
        )


def _refuse_to_betray(record: IRI, edition: IRI, standing: Standing) -> None:
    """Refuse to open a record that has an edition, where that would tell what is hidden in the edition of another."""
    for boundary, other, release in standing.also_hidden_by(standing.boundaries(edition), record):
        if standing.release(release):
            raise ConflictError(
                f"whoever sees {record.value!r} can tell what {boundary.value!r} stands for, which hides something of "
                f"{other.value!r} too. Call {release.value!r} off first"
            )


def _short(code: IRI) -> str:
    return code.value.rpartition("/")[2]
