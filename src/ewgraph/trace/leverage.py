"""What affiliates have in common at a site: how many they are and what they spend, never who.

Numbers over what others buy are no reader's own view. Staff, who see all of it, are told them as they are. Members are
told size classes of those affiliates of whose purchases they see nothing, as it was when the month began; so the answer
is the same whichever of these affiliates is linked, and says nothing of any other: see `docs/decisions/0019`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Final

from ewgraph.access import STAFF_READER, Aggregator, View
from ewgraph.catalogue import Catalogue
from ewgraph.model import terms
from ewgraph.model.leverage import (
    MOST_LINES,
    Count,
    Links,
    Purchase,
    SharedLeverage,
    Spend,
    band,
    is_shared,
    size_class,
)
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Limit, Part
from ewgraph.trace.answer import Answer, cited
from ewgraph.trace.definition import leverage as definition

_TOLD_TO: Final = "What affiliates have in common is told to affiliates, monitoring partners and staff only."
_TO_STAFF: Final = "Counted over all that affiliates buy, by what trusted records say of it."
_TO_MEMBERS: Final = (
    "Counted over the affiliates of whose purchases you see nothing, as it was when the month began, by what trusted "
    "records say of it, and told in size classes. No number is told that too few of them are behind, or too few are "
    "not, nor a sum that one of them spends most of."
)
_AT_SITE: Final = (terms.site, terms.smelter, terms.mine)


def shared_leverage(view: View, catalogue: Catalogue, site: IRI) -> Answer[SharedLeverage]:
    """Answer CQ A09 and A10 over all views: how many affiliates lead to a site, and their spend.

    It is as of now for staff and as of the beginning of the month for members, whatever the instants of the view.
    Others get nothing, nor does who may not see the site.

    Args:
        view: the reader's view.
        catalogue: the stored queries.
        site: the site.
    """
    query = catalogue["shared-leverage"]
    aggregator = view.aggregator()
    if aggregator is None or not view.knows(site):
        nothing: Part[SharedLeverage] = Part()
        return cited(view, query, nothing, view.state(), withheld=None if aggregator else _TOLD_TO)
    whole, is_staff = aggregator.whole, view.principal == STAFF_READER
    counted = aggregator.affiliates if is_staff else aggregator.affiliates - aggregator.shown_to(view)
    lens = whole.lens
    links = lens.links(site, counted) if lens is not None else definition.links(whole, catalogue, site, counted)
    teller = _Teller(aggregator, counted, links)
    told = teller.exactly(site) if is_staff else teller.in_classes(site)
    here = view.at(whole.as_of.valid_at, whole.as_of.known_at)
    limits = (Limit("lines", MOST_LINES),) if told.suspected and teller.too_many else ()
    withheld = _TO_STAFF if is_staff else _TO_MEMBERS
    return cited(here, query, Part([told], 0, 1, limits), view.state(), steady=False, withheld=withheld)


class _Teller:
    """What may be told of links.

    Args:
        aggregator: what is counted over.
        counted: the affiliates that are.
        links: what they bought that leads to the site.
    """

    def __init__(self, aggregator: Aggregator, counted: AbstractSet[IRI], links: Links) -> None:
        self._aggregator = aggregator
        self._counted = counted
        self._names = links.names
        self._bought = {
            buyer: bought
            for buyer, purchases in links.purchases.items()
            if (bought := [each for each in purchases if aggregator.is_bought(buyer, each.contract, each.record)])
        }

    @property
    def too_many(self) -> bool:
        """Whether there are too many lines for a sum."""
        return len(self._lines()) > MOST_LINES

    def exactly(self, site: IRI) -> SharedLeverage:
        """All of it, for staff."""
        strict = self._strict()
        sums = {currency: sum(shares.values()) for currency, shares in self._shares().items()}
        return SharedLeverage(
            site=site,
            suspected=_count(self._bought),
            strict=_count(strict),
            spend=tuple(Spend(currency, *band(Decimal(total))) for currency, total in sorted(sums.items())),
            least=self._aggregator.least,
        )

    def in_classes(self, site: IRI) -> SharedLeverage:
        """What members may know."""
        least, among = self._aggregator.least, len(self._counted)
        suspected = size_class(len(self._bought), among, least)
        return SharedLeverage(
            site=site,
            suspected=suspected,
            strict=size_class(len(self._strict()), among, least),
            spend=tuple(self._shared_spend()) if suspected else (),
            least=least,
        )

    def _strict(self) -> dict[IRI, list[Purchase]]:
        """Of the purchases those for whose contract a chain is said that ends with the word of who answers for it."""
        found = {
            buyer: [each for each in bought if each.is_strict and self._is_said_for(each.contract)]
            for buyer, bought in self._bought.items()
        }
        return {buyer: bought for buyer, bought in found.items() if bought}

    def _is_said_for(self, contract: IRI) -> bool:
        """Whether a trusted record, or a party of the contract, says of the site that it supplies for the contract.

        Otherwise anybody could ask whether a contract is among others by saying so.
        """
        whole, trust = self._aggregator.whole, self._aggregator.trust
        parties = trust.values(contract, terms.buyer) | trust.values(contract, terms.contractor)
        return any(
            isinstance(record, IRI) and (trust.speaks(record) or trust.submitters(record) & parties)
            for claim in whole.subjects(terms.scopeContract, contract)
            if any(not self._names.isdisjoint(whole.objects(claim, each)) for each in _AT_SITE)
            for record in whole.objects(claim, terms.assertedIn)
        )

    def _lines(self) -> dict[IRI, set[IRI]]:
        """The lines, each with who bought by it."""
        found = defaultdict[IRI, set[IRI]](set)
        for buyer, bought in self._bought.items():
            for each in bought:
                found[each.line].add(buyer)
        return found

    def _shares(self) -> Mapping[str, Mapping[IRI, Decimal]]:
        """What each affiliate spends, by currency. What several buy by one line each spends a part of."""
        found = defaultdict[str, defaultdict[IRI, Decimal]](lambda: defaultdict(Decimal))
        lines = self._lines()
        for line, buyers in lines.items() if len(lines) <= MOST_LINES else ():
            if amount := self._aggregator.amount(line):
                value, currency = amount
                for buyer in buyers:
                    found[currency][buyer] += value / len(buyers)
        return found

    def _shared_spend(self) -> list[Spend]:
        """What is spent in each currency in which enough affiliates buy here, and enough others might."""
        least = self._aggregator.least
        return [
            Spend(currency, *band(sum(shares.values(), Decimal())))
            for currency, shares in sorted(self._shares().items())
            if is_shared(shares.values(), least)
            and self._aggregator.buying_in(currency, self._counted, 2 * least, MOST_LINES) >= 2 * least
        ]


def _count(bought: Mapping[IRI, Collection[Purchase]]) -> Count:
    contracts = {each.contract for purchases in bought.values() for each in purchases}
    return Count(len(bought), len(bought), len(contracts))
