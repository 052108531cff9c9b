"""What was observed: values of several types, and a type of its own for what is unknown.

A blank is unknown. It is never told as no, as nought or as an empty text, and that something is withheld is never told.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias, Union

import strawberry

from ewgraph.api.graphql.listed import all_of, given
from ewgraph.api.graphql.loader import Loader
from ewgraph.api.graphql.values import Concept
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Literal

if TYPE_CHECKING:
    from ewgraph.api.graphql.claims import ObservationClaim

Observed: TypeAlias = Annotated["ObservationClaim", strawberry.lazy("ewgraph.api.graphql.claims")]


@strawberry.enum(description="Why a value is unknown, as far as you can see.")
class UnknownReason(enum.Enum):
    """Why a value is unknown, as far as you can see."""

    NOT_OBSERVED = "not-observed"
    NOT_REPORTED = "not-reported"


@strawberry.type
class CountValue:
    """A count."""

    count: int = strawberry.field(description="How many.")


@strawberry.type
class QuantityValue:
    """A number that is no count."""

    quantity: Decimal = strawberry.field(description="How much.")


@strawberry.type
class YesNoValue:
    """A yes or a no that somebody gave."""

    yes: bool = strawberry.field(description="True for yes, false for no.")


@strawberry.type
class DateValue:
    """A day."""

    date: dt.date = strawberry.field(description="The day.")


@strawberry.type
class TextValue:
    """A text, or a value of a kind that has no type of its own here."""

    text: str = strawberry.field(description="As it was written.")
    language: str | None = strawberry.field(description="Its language, as a BCP 47 tag, where that was said.")


@strawberry.type
class ConceptValue:
    """An entry of a code list."""

    concept: Concept = strawberry.field(description="The entry.")


@strawberry.type
class Unknown:
    """That a value is not known. It is neither a yes nor a no."""

    reason: UnknownReason = strawberry.field(description="Why, as far as you can see.")


ObservedValue: TypeAlias = Annotated[
    Union[CountValue, QuantityValue, YesNoValue, DateValue, TextValue, ConceptValue, Unknown],  # noqa: UP007  # strawberry
    strawberry.union("ObservedValue", description="What was observed; where it is unknown, that it is."),
]


@strawberry.type
class Observation:
    """What was observed at a site on a topic, as one claim says; where there is none, that it is unknown."""

    topic: Concept
    value: ObservedValue = strawberry.field(description="What was observed.")
    observed_on: dt.date | None = strawberry.field(description="The day; none where nobody looked.")
    claim: Observed | None = strawberry.field(description="The claim that says so; none where nobody looked.")


def observations(loader: Loader, site: IRI, topic: IRI) -> list[Observation]:
    """What was observed at a site on a topic, by claim; one that is unknown where no claim tells of it.

    It answers N04 as the stored query `observations-of-site` does.
    """
    from ewgraph.api.graphql.claims import ObservationClaim

    about = Concept.of(loader, topic)
    asked = given(site=site, kind=terms.ObservationClaim, attribute=topic, current=True)
    found = [
        Observation(
            topic=about,
            value=observed_value(loader, claim),
            observed_on=loader.date(claim, terms.observedOn),
            claim=ObservationClaim.of(loader, claim),
        )
        for claim in all_of(loader, "claims", asked)
    ]
    nothing = Unknown(reason=UnknownReason.NOT_OBSERVED)
    return found or [Observation(topic=about, value=nothing, observed_on=None, claim=None)]


def observed_value(loader: Loader, claim: IRI) -> ObservedValue:
    """What a claim gives for its attribute."""
    found = next(iter(loader.values(claim, terms.value)), None)
    if found is None:
        return Unknown(reason=UnknownReason.NOT_REPORTED)
    if isinstance(found, IRI):
        return ConceptValue(concept=Concept.of(loader, found))
    assert isinstance(found, Literal)  # noqa: S101  # no blank nodes are shown
    try:
        return _TYPED.get(found.datatype, _text)(found)
    except (ValueError, InvalidOperation):
        return _text(found)


def _text(found: Literal) -> TextValue:
    return TextValue(text=found.value, language=found.language)


def _count(found: Literal) -> CountValue | TextValue:
    count = int(found.value)
    return CountValue(count=count) if abs(count) < 2**31 else _text(found)


def _yes_no(found: Literal) -> YesNoValue:
    return YesNoValue(yes={"true": True, "1": True, "false": False, "0": False}[found.value])


_TYPED: Final[Mapping[IRI, Callable[[Literal], ObservedValue]]] = {
    terms.XSD.integer: _count,
    terms.XSD.decimal: lambda found: QuantityValue(quantity=Decimal(found.value)),
    terms.XSD.double: lambda found: QuantityValue(quantity=Decimal(found.value)),
    terms.XSD.boolean: _yes_no,
    terms.XSD.date: lambda found: DateValue(date=dt.date.fromisoformat(found.value)),
}
