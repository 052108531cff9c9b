"""What affiliates have in common at a site: how many they are and what they spend, never who.

Numbers over what others buy are no reader's own view. They are counted over all that staff see, as it is now, and told
to members and staff where enough affiliates are behind each, and behind the difference of any two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.graph.audience import Members
from ewgraph.model import terms
from ewgraph.model.leverage import LEAST, MOST, MOST_LINES, Count, Links, SharedLeverage, Spend, band
from ewgraph.model.rdf import IRI, Literal
from ewgraph.model.window import Limit, Part
from ewgraph.trace.answer import Answer, cited
from ewgraph.trace.definition import leverage as definition

_TOLD_TO: Final = "What affiliates have in common is told to affiliates, monitoring partners and staff only."
_COUNTED: Final = (
    f"Counted over all that affiliates buy, whoever may see it; no number is told that fewer than {LEAST} of them are "
    "behind, nor one whose difference from another fewer are behind, nor a sum that one of them spends most of."
)


def shared_leverage(view: View, catalogue: Catalogue, site: IRI) -> Answer[SharedLeverage]:
    """Answer CQ A09 and A10 over all views: how many affiliates and contracts lead to a site, and their spend.

    It is the same for all members and staff, and as of now whatever the instants of the view. Others get nothing, nor
    does who may not see the site.

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
    whole, members = aggregator
    lens = whole.lens
    links = lens.links(site) if lens is not None else definition.links(whole, catalogue, site)
    told = _told(site, whole, members, links)
    here = view.at(whole.as_of.valid_at, whole.as_of.known_at)
    limits = () if links.lines is not None else (Limit("lines", MOST_LINES),)
    return cited(here, query, Part([told], 0, 1, limits), view.state(), steady=False, withheld=_COUNTED)


def _told(site: IRI, whole: View, members: Members, links: Links) -> SharedLeverage:
    """What of the links may be told."""
    suspected: Counter[frozenset[IRI]] = Counter()
    strict: Counter[frozenset[IRI]] = Counter()
    for (buyers, is_strict), contracts in links.contracts.items():
        if ours := buyers & members:
            suspected[ours] += contracts
            strict[ours] += contracts * is_strict
    others = _together(suspected - strict)
    differences = (others, _together(suspected) - _together(+strict))
    return SharedLeverage(
        site=site,
        suspected=_count(suspected),
        strict=_count(+strict) if all(not each or len(each) >= LEAST for each in differences) else None,
        spend=tuple(_spend(whole, links.lines or {}, members)),
        least=LEAST,
    )


def _together(groups: Iterable[frozenset[IRI]]) -> frozenset[IRI]:
    return frozenset().union(*groups)


def _count(contracts: Counter[frozenset[IRI]]) -> Count | None:
    """How many affiliates and contracts these are; None where the affiliates are too few."""
    buyers = len(_together(contracts))
    return Count(buyers, contracts.total()) if buyers >= LEAST else None


def _spend(whole: View, lines: Mapping[IRI, frozenset[IRI]], members: Members) -> list[Spend]:
    """The spend of each currency in which enough affiliates buy, and none buys most of it, by currency."""
    sums = defaultdict[str, Decimal](Decimal)
    shares = defaultdict[str, defaultdict[IRI, Decimal]](lambda: defaultdict(Decimal))
    for line, buyers in lines.items():
        ours = buyers & members
        values, currencies = whole.objects(line, terms.value), whole.objects(line, terms.currency)
        if ours and len(values) == len(currencies) == 1 and isinstance(values[0], Literal):
            value, currency = Decimal(values[0].value), currencies[0].value
            sums[currency] += value
            for buyer in ours:
                shares[currency][buyer] += value
    return [Spend(one, *band(sums[one])) for one in sorted(sums) if _is_shared(sums[one], shares[one].values())]


def _is_shared(whole: Decimal, shares: Collection[Decimal]) -> bool:
    """Whether enough affiliates are behind a sum, and the largest of their shares is not most of it."""
    return len(shares) >= LEAST and max(shares) <= MOST * whole
