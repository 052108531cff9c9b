"""What is published of the limits: the same numbers that are enforced."""

from __future__ import annotations

from typing import Any

from ewgraph.api.graphql import cost, live
from ewgraph.api.graphql.allowance import Allowance
from ewgraph.api.graphql.limits import PUBLISHED
from ewgraph.api.graphql.loader import COMBINED
from ewgraph.api.graphql.paging import LARGEST
from ewgraph.api.graphql.requests import LARGEST_BODY


def limits(allowance: Allowance) -> dict[str, dict[str, Any]]:
    """Each limit by its name, as it stands in the `extensions` of an error: how much at most, and of what."""
    counted = (
        "What an operation may cost, estimated before it runs: 1 a field; "
        f"what stands below a field with `first` as often as that says, and {cost.PAGE} for the page; "
        f"below another list {cost.ITEMS} times, below one of the schema {cost.DESCRIBED} times."
    )
    told: dict[str, tuple[float, str]] = {
        **PUBLISHED,
        "cost": (cost.MOST, counted),
        "page": (LARGEST, "Items on a page; a larger `first` or `last` is refused."),
        "values": (COMBINED, "Ways in which the values can be combined that are given for one list."),
        "seconds": (allowance.seconds, "Seconds that an operation may take."),
        "walks": (allowance.walks, "Supply chains that an operation may follow."),
        "subscriptions": (live.MOST, "Subscriptions that an asker may listen to at a time."),
        "deferred": (allowance.deferred, "Pieces of an answer that come later: an object of each deferred fragment."),
        "bytes": (LARGEST_BODY, "Bytes of the body of a request."),
    }
    return {name: {"most": most, "of": what} for name, (most, what) in told.items()}
