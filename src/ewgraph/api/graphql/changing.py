"""What people do: hand records in, answer a finding, decide a match, open a record. Each ends in a record.

What is refused is told as data, with where it stands in the arguments; so is what a dry run would have stored.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.clerk import Clerk, Refusal, Taken
from ewgraph.api.graphql.handing import Handing
from ewgraph.api.graphql.loader import Loader, absolute
from ewgraph.api.graphql.user_errors import UserError, UserErrorCode, clerk_of, refused, user_error
from ewgraph.api.graphql.values import Info
from ewgraph.api.graphql.watching import Watching
from ewgraph.errors import EwgraphError, InputError, NotFoundError
from ewgraph.ingest.releasing import ReleaseRequest
from ewgraph.model import terms
from ewgraph.model.codes import Redaction, Verdict, Visibility
from ewgraph.model.rdf import IRI, Literal, Quad, RdfFormat, datetime_literal, iri, serialize

Said: TypeAlias = tuple[IRI, IRI | Literal]
"""A property and its value."""
_CONTENT: Final = "content"
_ARGUMENT_OF: Final = {terms.visibility.value: "visibility", terms.party.value: "parties"}
"""By which argument a property of a record that we write comes to have its value."""


@strawberry.type
class HandedIn:
    """What came of it. Nothing was stored where there is an error, nor in a dry run."""

    dry_run: bool
    record_ids: list[strawberry.ID] = strawberry.field(
        description="The records that were stored, or would be; they can be read once the graph has followed.",
    )
    user_errors: list[UserError]
    warnings: list[UserError] = strawberry.field(description="What could be better, and was stored all the same.")


@strawberry.enum(description="In which syntax of RDF records are written.")
class RecordSyntax(enum.Enum):
    """In which syntax of RDF records are written."""

    TRIG = "application/trig"
    N_QUADS = "application/n-quads"
    JSON_LD = "application/ld+json"
    TURTLE = "text/turtle"


@strawberry.type
class Mutation(Handing, Watching):
    """What can be done. Who may do what is decided as everywhere: see docs/records.md."""

    @strawberry.mutation
    def submit_records(
        self,
        info: Info,
        content: str,
        syntax: RecordSyntax = RecordSyntax.TRIG,
        on_behalf_of: strawberry.ID | None = UNSET,
        dry_run: bool = False,  # the arguments of the GraphQL field
    ) -> HandedIn:
        """Hand records in, such as a disclosure: all of them or none, as `POST /records` does."""

        def work(clerk: Clerk) -> Taken:
            return clerk.take(content.encode(), syntax.value, on_behalf_of or None, dry_run=dry_run)

        return _done(info, work, dry_run, _CONTENT)

    @strawberry.mutation
    def reply_to_finding(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        finding: strawberry.ID,
        text: str,
        visibility: Visibility,
        parties: list[strawberry.ID] | None = UNSET,
        dry_run: bool = False,
    ) -> HandedIn:
        """Answer a finding, on your organisation's word, for those whom you name."""

        def work(clerk: Clerk) -> Taken:
            if not text.strip():
                raise InputError("`text` is what you answer: write something.")
            answered = _seen(info.context.loader, finding, terms.Finding)
            record = clerk.minted("reply")
            said: list[Said] = [
                (terms.RDF.type, terms.Reply),
                (terms.repliesTo, answered),
                (terms.RDFS.comment, Literal(text.strip())),
                *((terms.party, iri(party)) for party in parties or ()),
            ]
            return clerk.take(_record(clerk, record, said, visibility), "application/n-quads", None, dry_run=dry_run)

        return _done(info, work, dry_run, "finding" if text.strip() else "text")

    @strawberry.mutation
    def decide_match(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        claim: strawberry.ID,
        verdict: Verdict,
        visibility: Visibility,
        comment: str | None = UNSET,
        dry_run: bool = False,
    ) -> HandedIn:
        """Decide whether two sites or organizations are one, which a claim says or leaves open. It is for staff."""

        def work(clerk: Clerk) -> Taken:
            loader = info.context.loader
            matched = _seen(loader, claim, terms.SameSiteClaim, terms.SameOrgClaim)
            record, decided, voice = clerk.minted("adjudication"), clerk.minted("match"), clerk.voice()
            kind, *ends = (
                (terms.SameSiteClaim, terms.siteA, terms.siteB)
                if loader.is_a(matched, terms.SameSiteClaim)
                else (terms.SameOrgClaim, terms.organizationA, terms.organizationB)
            )
            said: list[Said] = [(terms.RDF.type, terms.Adjudication)]
            if comment:
                said.append((terms.RDFS.comment, Literal(comment)))
            of_claim = [
                (terms.RDF.type, kind),
                (terms.assertedIn, record),
                (terms.verdict, verdict.iri),
                (terms.reviewedBy, voice),
                *((end, one) for end in ends for one in loader.nodes(matched, end)),
            ]
            more = [Quad(decided, path, value, record) for path, value in of_claim]
            body = _record(clerk, record, said, visibility, more)
            return clerk.take(body, "application/n-quads", None, dry_run=dry_run)

        return _done(info, work, dry_run, "claim")

    @strawberry.mutation
    def release_record(  # noqa: PLR0913, PLR0917  # the arguments of the GraphQL field
        self,
        info: Info,
        record: strawberry.ID,
        to: Visibility,
        reason: str,
        parties: list[strawberry.ID] | None = UNSET,
        at: dt.datetime | None = UNSET,
        redaction: Redaction = Redaction.NONE,
        keep: list[strawberry.ID] | None = UNSET,
        with_replies: bool = False,
        dry_run: bool = False,
    ) -> HandedIn:
        """Open a record to a wider audience, at once or from an instant on, perhaps redacted. It is for staff."""

        def work(clerk: Clerk) -> Taken:
            request = ReleaseRequest(
                record=iri(record),
                level=to,
                reason=reason,
                author=clerk.voice(),
                parties=frozenset(map(iri, parties or ())),
                at=at or None,
                redaction=redaction,
                keep=frozenset(map(iri, keep or ())),
                with_replies=with_replies,
            )
            return clerk.release(request, dry_run=dry_run)

        return _done(info, work, dry_run, "record")


def _done(info: Info, work: Callable[[Clerk], Taken], dry_run: bool, argument: str) -> HandedIn:  # handed on
    """What came of some work; a refusal is told as data, about the argument that it works on."""
    try:
        taken = work(clerk_of(info))
    except EwgraphError as error:
        return HandedIn(dry_run=dry_run, record_ids=[], user_errors=[refused(error, argument)], warnings=[])
    return HandedIn(
        dry_run=dry_run,
        record_ids=[strawberry.ID(record) for record in taken.records],
        user_errors=list(_errors(taken.refusals, argument)),
        warnings=list(_errors(taken.warnings, argument)),
    )


def _errors(refusals: Sequence[Refusal], argument: str) -> Iterator[UserError]:
    for one in refusals:
        field = argument if argument == _CONTENT else _ARGUMENT_OF.get(one.path or "", argument)
        yield user_error(UserErrorCode.REFUSED, [field], one.message, one.node, one.path)


def _seen(loader: Loader, text: str, *kinds: IRI) -> IRI:
    """The thing of one of these classes that the text names.

    Raises:
        NotFoundError: the caller sees no such thing.
    """
    found = absolute(text)
    if found is None or not any(loader.is_a(found, kind) for kind in kinds):
        raise NotFoundError(f"there is no such thing as {text!r} that you can see")
    return found


def _record(
    clerk: Clerk,
    record: IRI,
    said: Sequence[Said],
    visibility: Visibility,
    more: Sequence[Quad] = (),
) -> bytes:
    """A record on the caller's word, received now, as N-Quads."""
    head = [
        *said,
        (terms.PROV.wasAttributedTo, clerk.voice()),
        (terms.receivedAt, datetime_literal(clerk.now())),
        (terms.visibility, visibility.iri),
    ]
    quads = [*(Quad(record, path, value, record) for path, value in head), *more]
    return serialize(quads, format=RdfFormat.N_QUADS) or b""
