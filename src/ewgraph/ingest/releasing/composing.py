"""The records of a release: what each says, and into the ledger with them, all or none."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ewgraph.errors import ConformanceError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.loading import draft_of
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.releasing.redacting import Edition
from ewgraph.ingest.releasing.request import ReleaseRequest
from ewgraph.ledger import Draft, Ledger
from ewgraph.model import terms
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI, Literal, Quad, canonical_nquads, datetime_literal, lexical

_FILE: Final = "release.nq"
_TWICE: Final = "Whoever sees the claims themselves needs no twins of them."


@dataclass(frozen=True, slots=True)
class Composed:
    """A record that is made here."""

    record: IRI
    kind: IRI
    quads: tuple[Quad, ...]


def release_record(  # noqa: PLR0913  # what a release says
    name: IRI,
    request: ReleaseRequest,
    opened: Collection[IRI],
    at: dt.datetime,
    now: dt.datetime,
    *,
    edition: IRI | None = None,
    revises: IRI | None = None,
    remark: str | None = None,
) -> Composed:
    """A release, for the eyes of staff."""
    said: list[tuple[IRI, IRI | Literal]] = [
        *((terms.releases, record) for record in opened),
        (terms.toVisibility, request.level.iri),
        *((terms.party, party) for party in request.parties),
        (terms.releasedAt, datetime_literal(at)),
        (terms.redaction, request.redaction.iri),
        (terms.reason, Literal(request.reason)),
    ]
    if edition:
        said.append((terms.redactedAs, edition))
    if revises:
        said.append((terms.PROV.wasRevisionOf, revises))
    if remark:
        said.append((terms.RDFS.comment, Literal(f"Without a reply period: {remark}", language="en")))
    return _record(name, terms.Release, request, now, said)


def retraction_record(
    name: IRI, request: ReleaseRequest, twins: Iterable[IRI], claims: Iterable[IRI], now: dt.datetime
) -> Composed:
    """That twins count for nothing to whoever sees the claims that they stand for."""
    said = [(terms.retracts, twin) for twin in twins] + [(terms.inFavourOf, claim) for claim in claims]
    return _record(name, terms.Retraction, request, now, [*said, (terms.reason, Literal(_TWICE, language="en"))])


def edition_record(edition: Edition, request: ReleaseRequest, now: dt.datetime) -> Composed:
    """A redacted edition, for the eyes of staff until its release opens it."""
    made = _record(edition.record, terms.RedactedEdition, request, now, ())
    return Composed(made.record, made.kind, (*made.quads, *edition.quads))


def _record(
    name: IRI, kind: IRI, request: ReleaseRequest, now: dt.datetime, said: Iterable[tuple[IRI, IRI | Literal]]
) -> Composed:
    own: list[tuple[IRI, IRI | Literal]] = [
        (terms.RDF.type, kind),
        (terms.PROV.wasAttributedTo, request.author),
        (terms.visibility, Visibility.STAFF.iri),
        (terms.receivedAt, datetime_literal(now)),
    ]
    return Composed(name, kind, tuple(Quad(name, predicate, value, name) for predicate, value in (*own, *said)))


_TOLD: Final = {
    terms.releases: "records",
    terms.toVisibility: "level",
    terms.party: "parties",
    terms.releasedAt: "at",
    terms.redaction: "redaction",
    terms.PROV.wasRevisionOf: "calls_off",
}


def told_of(release: Iterable[Quad]) -> Iterator[tuple[str, str]]:
    """It yields what the audit log keeps of a release: what, to whom, from when on, and which it calls off."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for quad in release:
        if quad.predicate in _TOLD:
            said[_TOLD[quad.predicate]].append(lexical(quad.object))
        elif quad.predicate == terms.RDF.type:
            said["release"].append(lexical(quad.subject))
    return ((name, " ".join(sorted(values))) for name, values in said.items())


def stored(made: Iterable[Composed], ledger: Ledger, checker: Checker, submitter: IRI) -> None:
    """Append the records in their order, in one transaction.

    Raises:
        ConformanceError: one does not conform to its shapes.
        InputError: one contradicts what the ledger holds, or cannot be written.
    """
    records = list(made)
    for one in records:
        report = checker.report(one.record, one.quads)
        if not report.conforms:
            raise ConformanceError(f"{one.record.value!r} does not conform: {report.results[0].message}")
    with ledger.transaction():
        drafts: list[Draft] = []
        for one in records:
            source = ledger.keep_source(_FILE, canonical_nquads(one.quads))
            drafts.append(draft_of(RecordSource(_FILE, one.record, one.quads), source, submitter))
        ledger.append(drafts)
