"""The instants that an answer is for, which all that is below it inherits."""

from __future__ import annotations

import datetime as dt

import strawberry
from strawberry import UNSET

from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.values import Info


@strawberry.input
class AsOfInput:
    """The instants that an answer is for, and all that is below it; what is left out is now.

    They decide which statements count: who a thing is, is the same at all times.
    """

    valid_at: dt.date | None = strawberry.field(
        default=UNSET,
        description="The day on which the claims hold.",
    )
    known_at: dt.datetime | None = strawberry.field(
        default=UNSET,
        description="The instant by which their records were received; in UTC where no zone is given.",
    )


def as_of(info: Info, at: AsOfInput | None) -> Loader:
    """What reads as of these instants."""
    loader = info.context.loader
    return loader.at(at.valid_at or None, at.known_at or None) if at else loader
