"""What is counted over that its reader may not see: on the word of trusted records, as it stood at an instant."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from ewgraph.graph.trust import Trust
from ewgraph.model import terms
from ewgraph.model.codes import Part
from ewgraph.model.leverage import LEAST
from ewgraph.model.rdf import IRI, Literal

if TYPE_CHECKING:
    from ewgraph.access.view import View


@dataclass(frozen=True, slots=True)
class Counting:
    """Whose word counts, and how many have to be behind a number.

    Attributes:
        steward: the organisation that speaks for the network.
        least: so many affiliates have to be behind a number that is told.
    """

    steward: IRI
    least: int = LEAST


class Aggregator:
    """Counts over all that staff see, to tell numbers, never to show any of it.

    Attributes:
        whole: what staff see, as of the instant.
        trust: tells which records count: trusted ones that had been taken in by then.
        least: so many affiliates have to be behind a number that is told.
    """

    def __init__(self, whole: View, trust: Trust, least: int) -> None:
        self.whole = whole
        self.trust = trust
        self.least = least

    @cached_property
    def affiliates(self) -> frozenset[IRI]:
        """Who was an affiliate then."""
        return self.trust.with_part(Part.AFFILIATE, self.whole.as_of.valid_at)

    def is_bought(self, buyer: IRI, contract: IRI, record: IRI) -> bool:
        """Whether a line in a record counts as bought by somebody: it and the buyer are on trusted records' word."""
        return self.trust.trusted(record) and buyer in self.trust.values(contract, terms.buyer)

    def shown_to(self, reader: View) -> frozenset[IRI]:
        """The affiliates of whose purchases the reader had seen any by then, and the reader."""
        later = reader.newly_shown(self.whole.as_of.known_at).keys()
        return frozenset(
            buyer
            for buyer in self.affiliates
            if buyer == reader.principal.organization or self._is_shown(buyer, reader, later)
        )

    def _is_shown(self, buyer: IRI, reader: View, later: AbstractSet[IRI]) -> bool:
        return any(
            self.is_bought(buyer, contract, record) and later.isdisjoint((coverage, record))
            for contract in reader.subjects(terms.buyer, buyer)
            for coverage in reader.subjects(terms.ofContract, contract)
            for record in reader.objects(coverage, terms.assertedIn)
            if isinstance(record, IRI) and reader.objects(coverage, terms.ofModel)
        )

    def amount(self, line: IRI) -> tuple[Decimal, str] | None:
        """What a line costs and in which currency; None where nobody says so, or not all say the same."""
        values, currencies = (
            {q.object for q in self.trust.rights(line, each)} for each in (terms.value, terms.currency)
        )
        if len(values) != 1 or len(currencies) != 1:
            return None
        value, currency = values.pop(), currencies.pop()
        if not isinstance(value, Literal) or not isinstance(currency, Literal):
            return None
        return Decimal(value.value), currency.value

    def buying_in(self, currency: str, among: AbstractSet[IRI], enough: int, most: int) -> int:
        """How many affiliates buy anything in a currency.

        Args:
            currency: the currency.
            among: who counts.
            enough: where so many are found, no more are looked for.
            most: so many lines are looked at.
        """
        found = set[IRI]()
        for quad in islice(self.trust.rights(None, terms.currency, Literal(currency)), most):
            for contract in self.whole.subjects(terms.hasLine, quad.subject):  # type: ignore[arg-type]  # no blank nodes
                found |= self.trust.values(contract, terms.buyer) & among
            if len(found) >= enough:
                break
        return len(found)
