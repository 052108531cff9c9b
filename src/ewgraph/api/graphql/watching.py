"""Watches: a reader hears of each finding that comes to concern a buyer or brand, once, and of none too few.

What a watch has to tell stays until it is acknowledged: a program that stops, or loses its connection, misses nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.claims import Finding
from ewgraph.api.graphql.clerk import Clerk
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.paging import size_of
from ewgraph.api.graphql.paths import Exposure, exposure_of
from ewgraph.api.graphql.user_errors import UserError, clerk_of, refused
from ewgraph.api.graphql.values import Info, Named
from ewgraph.errors import CredentialError, EwgraphError, InputError, NotFoundError
from ewgraph.ledger import Watch as Kept
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, iri
from ewgraph.trace.concerns import Concern as TracedConcern

_LONGEST_LABEL: Final = 200
_LARGEST: Final = 1_000


@strawberry.type
class Concern:
    """That a finding concerns a buyer or brand, and by which contract or model."""

    finding: Finding
    exposure: Exposure = strawberry.field(description="By what, on the word of the best evidence path.")

    @classmethod
    def of(cls, loader: Loader, concern: TracedConcern) -> Concern:
        """The concern as the schema has it."""
        return cls(finding=Finding.of(loader, concern.finding), exposure=exposure_of(loader, concern.exposure))


@strawberry.type
class Watch:
    """That you want to hear of the findings that come to concern a buyer or brand. Only its owner sees it."""

    id: strawberry.ID
    about: strawberry.ID = strawberry.field(description="The buyer or brand.")
    label: str = strawberry.field(description="What you call it.")
    created_at: dt.datetime
    kept: strawberry.Private[Kept]
    loader: strawberry.Private[Loader]

    @classmethod
    def of(cls, loader: Loader, kept: Kept) -> Watch:
        """The watch as the schema has it."""
        name, about = strawberry.ID(kept.id), strawberry.ID(kept.about.value)
        return cls(id=name, about=about, label=kept.label, created_at=kept.created_at, kept=kept, loader=loader)

    @strawberry.field
    def news(self, info: Info, first: int = 50) -> list[Concern]:
        """What concerns it now, and was not acknowledged: the first of that, by the IRI of the finding."""
        known = clerk_of(info).watches.known(self.kept)
        found = self.loader.concerns(self.kept.about, known.__contains__)
        return [Concern.of(self.loader, one) for one in found[: size_of(first, "first")]]


@strawberry.type
class Watched:
    """The queries about watches."""

    @strawberry.field
    def watches(self, info: Info) -> list[Watch]:
        """Your watches, the oldest first."""
        try:
            clerk = clerk_of(info)
            return [Watch.of(info.context.loader, one) for one in clerk.watches.of(clerk.reader())]
        except CredentialError:
            return []

    @strawberry.field
    def watch(self, info: Info, named: Named) -> Watch | None:
        """One of your watches."""
        try:
            return Watch.of(info.context.loader, watch_of(clerk_of(info), named))
        except (CredentialError, NotFoundError):
            return None


@strawberry.type
class WatchPayload:
    """What came of it."""

    watch: Watch | None
    user_errors: list[UserError]


@strawberry.type
class Watching:
    """The mutations about watches."""

    @strawberry.mutation
    def subscribe(
        self,
        info: Info,
        about: strawberry.ID | None = UNSET,
        label: str = "",
        from_now: bool = True,
    ) -> WatchPayload:
        """Begin a watch for a buyer or brand, your own organisation where none is given.

        With `fromNow: false` it begins with what concerns them already.
        """

        def work(clerk: Clerk) -> Kept:
            if len(label) > _LONGEST_LABEL:
                raise InputError(f"`label` has {len(label)} characters. At most {_LONGEST_LABEL} are allowed.")
            loader, who = info.context.loader, whom(info, about)
            known = loader.concerns(who, lambda _: False) if from_now else ()
            return clerk.watches.add(clerk.reader(), who, label, [one.finding for one in known])

        return _payload(info, work, "about")

    @strawberry.mutation
    def acknowledge(self, info: Info, watch: strawberry.ID, findings: list[strawberry.ID]) -> WatchPayload:
        """Say that you have heard of findings: the watch does not tell them again."""

        def work(clerk: Clerk) -> Kept:
            if len(findings) > _LARGEST:
                raise InputError(f"`findings` names {len(findings)}. At most {_LARGEST} are allowed.")
            kept, loader = watch_of(clerk, watch), info.context.loader
            heard = [found for found in map(iri, findings) if loader.is_a(found, terms.Finding)]
            clerk.watches.acknowledge(kept, heard)
            return kept

        return _payload(info, work, "watch")

    @strawberry.mutation
    def unsubscribe(self, info: Info, watch: strawberry.ID) -> WatchPayload:
        """End a watch."""

        def work(clerk: Clerk) -> Kept:
            kept = watch_of(clerk, watch)
            clerk.watches.end(kept)
            return kept

        return _payload(info, work, "watch")


def watch_of(clerk: Clerk, name: str) -> Kept:
    """A watch of whoever the clerk works for.

    Raises:
        CredentialError: nobody is known to ask.
        NotFoundError: there is none of that name, or it is another's.
    """
    return clerk.watches.get(clerk.reader(), name)


def whom(info: Info, about: str | None) -> IRI:
    """The buyer or brand that is named, or the caller's own organisation.

    Raises:
        InputError: none is named, and the caller is none; or it is no IRI.
    """
    if about:
        return iri(about)
    own = info.context.loader.reader.organization
    if own is None:
        raise InputError("Say in `about` whom the findings are to concern: the IRI of a buyer or brand.")
    return own


def _payload(info: Info, work: Callable[[Clerk], Kept], argument: str) -> WatchPayload:
    try:
        kept = work(clerk_of(info))
    except EwgraphError as error:
        return WatchPayload(watch=None, user_errors=[refused(error, argument)])
    return WatchPayload(watch=Watch.of(info.context.loader, kept), user_errors=[])
