"""Who sees a record, why, since when; who saw it on a day; what an organisation sees: told to staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from ewgraph.access import Audience, Explainer, Principal, organization, parse_principal
from ewgraph.catalogue import Catalogue
from ewgraph.errors import InputError
from ewgraph.graph.audience import organization_of
from ewgraph.ledger import ReleaseChange
from ewgraph.model import terms
from ewgraph.model.instants import zoned
from ewgraph.model.rdf import IRI, iri
from ewgraph.trace.reasons import Reason, reason

MOST: Final = 500
"""So many records are told of what an organisation sees, at most."""
ASKED: Final = ("subject", "on", "as")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was asked for; the rest is None.

    Attributes:
        subject: the record, claim or activity.
        now: who sees it.
        reasons: why each single organisation does.
        history: what changed of that since it came in.
        recorded_at: when that was.
        instant: the instant that was asked about.
        then: who saw it then.
        members: the affiliates and monitoring partners of that day, each with its part.
        reader: with whose eyes.
        sees: whether that reader sees the subject.
        beyond: without a subject, the records that the reader sees beside what all of its kind see.
    """

    subject: IRI | None = None
    now: Audience | None = None
    reasons: Mapping[IRI, Reason | None] | None = None
    history: Sequence[ReleaseChange] | None = None
    recorded_at: dt.datetime | None = None
    instant: dt.datetime | None = None
    then: Audience | None = None
    members: Mapping[IRI, str] | None = None
    reader: Principal | None = None
    sees: bool | None = None
    beyond: Sequence[IRI] | None = None


NOTHING: Final = Explanation()


def explanation(explainer: Explainer, catalogue: Catalogue, given: Mapping[str, str]) -> Explanation:
    """What staff ask for.

    Args:
        explainer: tells who sees what.
        catalogue: the stored queries.
        given: `subject` asks who sees a record, claim or activity and why; `on` also who saw it then; `as` whether a
            reader sees it. `as` alone asks what an organisation sees beside what all of its kind see.

    Raises:
        InputError: what is given is no IRI or no instant.
        NotFoundError: staff see no such record.
    """
    reader = parse_principal(given["as"]) if "as" in given else None
    if "subject" not in given:
        beyond = explainer.seen_beyond(reader, MOST) if reader else None
        return Explanation(reader=reader, beyond=beyond)
    subject = iri(given["subject"])
    now = explainer.seen_now(subject)
    instant = _instant(given["on"], explainer.view.now()) if "on" in given else None
    return Explanation(
        subject=subject,
        now=now,
        reasons={one: _reason(explainer, catalogue, one, subject) for one in now.organizations},
        history=explainer.history(subject),
        recorded_at=explainer.recorded_at(subject),
        instant=instant,
        then=explainer.seen_at(subject, instant) if instant else None,
        members=explainer.members_on(instant.date()) if instant else None,
        reader=reader,
        sees=explainer.sees(reader, subject) if reader else None,
    )


def _reason(explainer: Explainer, catalogue: Catalogue, node: IRI, subject: IRI) -> Reason | None:
    """Why an organisation sees it, with the releases that name it: of its contracts only those that staff know."""
    found = reason(explainer.view_of(organization(node)), catalogue, subject)
    if found is None:
        return None
    known = tuple(contract for contract in found.contracts if explainer.view.knows(contract))
    named = (release for release in explainer.releases(subject) if node in explainer.view.objects(release, terms.party))
    releases = dict.fromkeys([*(release for release in found.releases if explainer.view.knows(release)), *named])
    return Reason(found.how, found.level, tuple(releases), known)


def _instant(text: str, now: dt.datetime) -> dt.datetime:
    """The instant; of a day, its end. A day that has not come is refused: releases may be dated until then."""
    try:
        is_day = len(text) == len("2026-01-31")
        end = dt.datetime.combine(dt.date.fromisoformat(text), dt.time.max, dt.UTC) if is_day else None
        instant = end or zoned(dt.datetime.fromisoformat(text))
    except ValueError as error:
        raise InputError(f"on is a day or an instant, such as 2026-01-31, not {text[:80]!r}") from error
    if instant.astimezone(dt.UTC).date() > now.astimezone(dt.UTC).date():
        raise InputError(f"on {text} nobody has seen anything yet. What is to be opened lists `ewgraph release --list`")
    return instant


def whose(graph: IRI) -> IRI | str:
    """Whose an audience graph is: the IRI of an organisation, or a word."""
    return organization_of(graph) or graph.value.rpartition("/")[2]


def as_json(found: Explanation) -> dict[str, Any]:
    """An explanation as JSON values; what is None is left out."""
    writers: dict[type, Callable[[Any], object]] = {
        IRI: lambda node: node.value,
        Principal: lambda reader: reader.name,
        dt.datetime: lambda instant: instant.isoformat(),
        Audience: lambda seen: {
            "public": seen.public,
            "members": seen.members,
            "staff": seen.staff,
            "organizations": [node.value for node in seen.organizations],
        },
        Reason: lambda why: {
            "how": why.how.name,
            "meantFor": why.level.name if why.level else None,
            "contracts": [node.value for node in why.contracts],
            "releases": [node.value for node in why.releases],
        },
        ReleaseChange: lambda change: {
            "at": change.at.isoformat() if change.at else None,
            "audience": str(getattr(of := whose(change.audience), "value", of)),
            "change": change.change,
            "sequence": change.seq,
        },
    }

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {plain(key): plain(one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(one) for one in value]
        writer = writers.get(type(value))
        return writer(value) if writer else value

    given = {one.name: getattr(found, one.name) for one in fields(found)}
    return {_camel(name): plain(value) for name, value in given.items() if value is not None}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
