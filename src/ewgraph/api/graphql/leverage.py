"""What affiliates have in common at a site, counted over all views and never by name."""

from __future__ import annotations

import strawberry

from ewgraph.api.graphql.answers import Answered, stated
from ewgraph.api.graphql.loader import Loader
from ewgraph.model import leverage as counted
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from ewgraph.trace.leverage import shared_leverage


@strawberry.type
class LinkedCount:
    """How many affiliates are linked, as a size class; for staff as a number, and by how many contracts."""

    at_least: int
    at_most: int | None
    contracts: int | None


@strawberry.type
class SpendBand:
    """What affiliates together spend, in one currency, as a size class."""

    currency: str
    at_least: float
    below: float


@strawberry.type
class SharedLeverage(Answered):
    """What affiliates have in common at a site, counted over all views and never by name.

    Members are told of the affiliates of whose purchases they see nothing, as it was when the month began.
    """

    suspected: LinkedCount | None = strawberry.field(
        description="Those who buy a model that anybody says the site makes or supplies; the strict among them. "
        "None where they, or those who are not, may be fewer than `least`, or where such numbers are not told to you.",
    )
    strict: LinkedCount | None = strawberry.field(
        description="Those for whose own contract it is said by who answers for it; none where they are too few.",
    )
    spend: list[SpendBand] = strawberry.field(description="What the suspected spend on what leads to the site.")
    least: int = strawberry.field(description="So many affiliates are behind each number.")


def leverage_of(loader: Loader, site: IRI) -> SharedLeverage:
    """What affiliates have in common at a site; nothing at none."""
    found = loader.traced("shared-leverage", site, {terms.Site}, shared_leverage)
    told = next(iter(found), None)
    return SharedLeverage(
        suspected=_count(told.suspected) if told else None,
        strict=_count(told.strict) if told else None,
        spend=[
            SpendBand(currency=one.currency, at_least=float(one.at_least), below=float(one.below))
            for one in (told.spend if told else ())
        ],
        least=told.least if told else counted.LEAST,
        **stated(found),
    )


def _count(count: counted.Count | None) -> LinkedCount | None:
    return LinkedCount(at_least=count.at_least, at_most=count.at_most, contracts=count.contracts) if count else None
