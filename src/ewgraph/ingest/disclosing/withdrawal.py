"""What a submission brought in is taken back: by records that retract its claims. What was said stays in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ewgraph.access import STAFF_READER, Principal, organization
from ewgraph.errors import NotFoundError
from ewgraph.ingest.disclosing.context import Context, context_of
from ewgraph.ingest.disclosing.series import BEFORE
from ewgraph.ingest.disclosing.workplace import Workplace
from ewgraph.ingest.loading import draft_of
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.rights import Submitter
from ewgraph.ledger import OPERATOR, Draft, StoredPart, Submission
from ewgraph.model import terms
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI, Literal, Quad, Term, datetime_literal, iri

_CONTRACTS = (terms.scopeContract, terms.ofContract)


def seen_by(place: Workplace, submission: str, principal: Principal) -> Submission:
    """The submission, for whoever may see it.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    found = place.submissions.get(submission)
    if principal != STAFF_READER and principal.organization not in {found.submitter, found.author}:
        raise NotFoundError(f"there is no submission {submission!r}")
    return found


def withdraw(place: Workplace, submission: str, principal: Principal, reason: str = "") -> list[IRI]:
    """Take back all that a submission brought in, and give the records that do so.

    Each of its records is revised by a retraction of its claims, which whoever saw the record may see. It is kept who
    took it back: the author, or the staff.

    Raises:
        NotFoundError: there is no such submission, or it is somebody else's.
        RightsError: what it brought in is for the staff to say, and so to take back.
        ConflictError: it is not stored, or withdrawn already.
    """
    found = seen_by(place, submission, principal)
    view = place.gate.view(organization(found.author))
    submitter = Submitter.handing_in(view, principal.organization or OPERATOR)
    context = context_of(view, found.author)
    received_at = datetime_literal(place.clock.now())
    with place.ledger.transaction():
        place.submissions.withdraw(submission)
        parts = [part for part in place.submissions.records(submission) if part.digest != BEFORE]
        names = [iri(f"{place.base}id/record/retraction-{submission}-{n}") for n in range(1, len(parts) + 1)]
        place.ledger.append(
            _retractions(
                place, found, submitter, zip(names, parts, strict=True), _Telling(context, received_at, reason)
            )
        )
        place.quarantine.close(submission)
    return names


class _Telling:
    """Tells what a retraction says.

    Args:
        context: what the author knows: the parties of its contracts.
        received_at: when it takes back.
        reason: why; empty where it does not say.
    """

    def __init__(self, context: Context, received_at: Literal, reason: str) -> None:
        self._context = context
        self._received_at = received_at
        self._reason = reason

    def quads(self, retraction: IRI, record: IRI, said: Sequence[Quad], author: IRI) -> list[Quad]:
        """The retraction of all claims of a record."""
        claims = [quad.subject for quad in said if quad.predicate == terms.assertedIn]
        statements: list[tuple[IRI, Term]] = [
            (terms.RDF.type, terms.Retraction),
            (terms.PROV.wasAttributedTo, author),
            (terms.receivedAt, self._received_at),
            (terms.PROV.wasRevisionOf, record),
            *((terms.visibility, level) for level in _values(said, record, terms.visibility)),
            *((terms.party, party) for party in self._parties(said, record, author)),
            *((terms.retracts, claim) for claim in claims or [record]),  # type: ignore[list-item]  # claims have IRIs
        ]
        if self._reason:
            statements.append((terms.reason, Literal(self._reason)))
        return [Quad(retraction, predicate, value, retraction) for predicate, value in dict.fromkeys(statements)]

    def _parties(self, said: Sequence[Quad], record: IRI, author: IRI) -> list[Term]:
        """Who saw the record by being a party: those that it names, or those of its contracts."""
        named = _values(said, record, terms.party)
        if named or Visibility.PUBLIC.iri in _values(said, record, terms.visibility):
            return named
        contracts = {q.object.value for q in said if q.predicate in _CONTRACTS and isinstance(q.object, IRI)}
        parties = {party for contract in contracts for party in self._context.parties.get(contract, ())}
        return [IRI(party) for party in sorted({author.value, *parties})]


def _values(said: Sequence[Quad], subject: IRI, predicate: IRI) -> list[Term]:
    return [q.object for q in said if q.subject == subject and q.predicate == predicate]  # type: ignore[misc]  # RDF 1.1


def _retractions(
    place: Workplace,
    found: Submission,
    submitter: Submitter,
    named: Iterable[tuple[IRI, StoredPart]],
    telling: _Telling,
) -> Iterator[Draft]:
    """It yields a retraction for each record of a submission.

    Raises:
        RightsError: one is not for the submitter to take back.
    """
    for name, part in named:
        entry = place.ledger.entry(part.record)
        if entry is not None:
            submitter.check_correction(entry.iri, entry.kind)
            quads = telling.quads(name, part.record, entry.quads(), found.author)
            yield draft_of(RecordSource(found.file, name, tuple(quads)), found.source, submitter.iri)
