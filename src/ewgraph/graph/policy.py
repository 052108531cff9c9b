"""The release policy: which audiences each subject of a record has. `domain.md` 5.7 in one page.

It runs when a record is projected. A level names an audience rule; a claim may be stricter than its record, never
laxer; an entity is seen where something that names it is seen. What is unknown reaches nobody.
"""

from __future__ import annotations

import functools
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from ewgraph.graph.audience import (
    AFFILIATES,
    NOBODY,
    PUBLIC,
    STAFF,
    Audiences,
    Members,
    common,
    organization_graph,
)
from ewgraph.model import terms
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI, Quad

SITE_OF: Final = (terms.site, terms.smelter, terms.mine, terms.siteA, terms.siteB, terms.aboutSite)
_CONTRACT_OF: Final = (terms.scopeContract, terms.ofContract)
ABOUT: Final = (terms.addresses, terms.verifies, terms.repliesTo, terms.inPlan)
_SEEN_BY_OTHERS: Final = frozenset({terms.inFavourOf, terms.repliesTo})
"""What ties the audience of a record to that of a statement of another."""
_SAID: Final = terms.CLAIM_CLASSES | terms.ACTIVITY_CLASSES


class Opening(NamedTuple):
    """To whom a record is opened.

    Attributes:
        level: the audience rule.
        parties: who counts as party to it; nobody for those whom the record itself has.
    """

    level: IRI
    parties: frozenset[IRI] = frozenset()


class Facts(Protocol):
    """What the policy must know from outside the record."""

    members: Members
    partners: frozenset[IRI]
    """The members whose part is monitoring partner."""

    def parties(self, contract: IRI) -> frozenset[IRI]:
        """The buyers and contractors of a contract."""
        ...

    def contracts(self, obligation: IRI) -> frozenset[IRI]:
        """The contracts that an obligation is of."""
        ...

    def linked(self, site: IRI) -> frozenset[IRI]:
        """The affiliates that have a contract touching the site with scope MODEL or better."""
        ...

    def sites(self, statement: IRI) -> frozenset[IRI]:
        """The sites that a claim or activity of any record is about."""
        ...

    def bearing(self, statement: IRI) -> frozenset[IRI]:
        """The same sites, and the statements on the way to them."""
        ...

    def released(self, record: IRI) -> frozenset[Opening]:
        """To whom a record was released since."""
        ...

    def trusted(self, record: IRI) -> bool:
        """Whether rights in the record count."""
        ...

    def record_of(self, claim: IRI) -> IRI | None:
        """The record in which a claim is asserted."""
        ...

    def record(self, record: IRI) -> list[Quad]:
        """All that a record contributes."""
        ...


@dataclass(slots=True)
class _Record:
    """A record's quads, by subject."""

    iri: IRI
    by_subject: dict[IRI, list[Quad]] = field(default_factory=dict)

    def objects(self, subject: IRI, predicates: Iterable[IRI]) -> set[IRI]:
        wanted = set(predicates)
        return {
            quad.object
            for quad in self.by_subject.get(subject, ())
            if quad.predicate in wanted and isinstance(quad.object, IRI)
        }

    def everywhere(self, predicates: Iterable[IRI]) -> set[IRI]:
        wanted = tuple(predicates)
        return set().union(*(self.objects(subject, wanted) for subject in self.by_subject))


def contracts_of(record: IRI, quads: Sequence[Quad], facts: Facts) -> frozenset[IRI]:
    """The contracts that a record is about: those it names in claims, fulfils an obligation of, or describes."""
    indexed = _index(record, quads)
    about = indexed.everywhere(_CONTRACT_OF)
    about |= {subject for subject in indexed.by_subject if indexed.objects(subject, (terms.buyer, terms.contractor))}
    return frozenset(about).union(*(facts.contracts(o) for o in indexed.objects(record, (terms.fulfils,))))


def audiences(record: IRI, quads: Sequence[Quad], facts: Facts) -> dict[IRI, Audiences]:
    """The audiences of every subject of the record, not yet reduced to the widest graphs."""
    indexed = _index(record, quads)
    said = [subject for subject in indexed.by_subject if indexed.objects(subject, (terms.RDF.type,)) & _SAID]
    parties = indexed.objects(record, (terms.party,)) or _default_parties(record, quads, indexed, facts)
    authors = indexed.objects(record, (terms.PROV.wasAttributedTo,))
    levels = indexed.objects(record, (terms.visibility,))
    openings = set(map(Opening, levels))
    if Visibility.MONITOR_ONLY.iri not in levels:  # what workers told a partner is never released
        openings |= facts.released(record)
    sites = {subject: _sites(subject, indexed, facts) for subject in said}
    everywhere = frozenset().union(indexed.objects(record, SITE_OF), *sites.values())

    def rule(opening: Opening, about: Iterable[IRI], answered: Iterable[IRI] = ()) -> Audiences:
        of_opening = frozenset(opening.parties or parties)
        reach = _Reach(of_opening, frozenset(authors), frozenset(about), frozenset(answered), facts)
        known = (member for member in Visibility if opening.level.value in {member.value, *member.aliases})
        member = next(known, None)
        return _RULES[member](reach) if member else NOBODY

    answered = indexed.objects(record, (terms.repliesTo,))
    whole = frozenset().union(*(rule(opening, everywhere, answered) for opening in openings))
    whole |= _seen_with(record, indexed, facts)
    given: dict[IRI, Audiences] = {record: whole}
    for subject in said:
        here = frozenset().union(*(rule(opening, sites[subject]) for opening in openings))
        for level in indexed.objects(subject, (terms.visibility,)):
            here = common(here, rule(Opening(level), sites[subject]), facts.members)
        given[subject] = common(here, whole, facts.members)
    return _spread(indexed, given, whole)


def bearing(record: IRI, quads: Sequence[Quad], facts: Facts) -> frozenset[IRI]:
    """The nodes on which it hangs which sites a record is about: the sites, and statements of other records."""
    indexed = _index(record, quads)
    others = indexed.everywhere(ABOUT) - indexed.by_subject.keys()
    return frozenset(indexed.everywhere(SITE_OF)).union(*map(facts.bearing, others))


def _seen_with(record: IRI, indexed: _Record, facts: Facts) -> Audiences:
    """Who sees every claim in favour of which a trusted retraction withdraws others: so nobody reads both."""
    favoured = indexed.objects(record, (terms.inFavourOf,))
    if not favoured or not facts.trusted(record):
        return NOBODY
    seen = [_audience_of(claim, facts) for claim in favoured]
    return functools.reduce(lambda one, other: common(one, other, facts.members), seen)


def _audience_of(claim: IRI, facts: Facts) -> Audiences:
    record = facts.record_of(claim)
    if record is None:
        return NOBODY
    quads = facts.record(record)
    if any(quad.predicate in _SEEN_BY_OTHERS for quad in quads):  # no chain of those: it could run in a circle
        return NOBODY
    return audiences(record, quads, facts).get(claim, NOBODY)


def _index(record: IRI, quads: Sequence[Quad]) -> _Record:
    by_subject: defaultdict[IRI, list[Quad]] = defaultdict(list)
    for quad in quads:
        by_subject[quad.subject].append(quad)  # type: ignore[index]  # a contribution has no blank nodes
    return _Record(record, dict(by_subject))


def _default_parties(record: IRI, quads: Sequence[Quad], indexed: _Record, facts: Facts) -> set[IRI]:
    """The buyer and contractor of the contracts that the record is about, and whoever it is attributed to."""
    parties = indexed.objects(record, (terms.PROV.wasAttributedTo,))
    for contract in contracts_of(record, quads, facts):
        parties |= facts.parties(contract) | indexed.objects(contract, (terms.buyer, terms.contractor))
    return parties


def _sites(subject: IRI, indexed: _Record, facts: Facts) -> frozenset[IRI]:
    """The sites that a claim is about, and those of what an activity addresses, verifies or replies to."""
    found, seen, queue = set[IRI](), {subject}, deque([subject])
    while queue:
        here = queue.popleft()
        found |= indexed.objects(here, SITE_OF) if here in indexed.by_subject else facts.sites(here)
        for other in indexed.objects(here, ABOUT) - seen:
            seen.add(other)
            queue.append(other)
    return frozenset(found)


def _spread(indexed: _Record, given: dict[IRI, Audiences], whole: Audiences) -> dict[IRI, Audiences]:
    """Let each entity be seen where something that names it is seen; one that nothing names, where the record is.

    A coverage only repeats what contract and line say: it names nothing, and is seen where its line is.
    """
    reached = dict(given)
    names = {
        subject: {quad.object for quad in quads if isinstance(quad.object, IRI)} & indexed.by_subject.keys()
        for subject, quads in indexed.by_subject.items()
    }
    coverages = {subject: line for subject in names for line in indexed.objects(subject, (terms.line,))}
    for coverage in coverages:
        del names[coverage]
    named = set().union(*(names[subject] - {subject} for subject in names))
    roots = [subject for subject in names if subject not in named and subject not in given]
    reached.update(dict.fromkeys(roots, whole))
    _flow(names, reached, given)
    for subject in names:
        if subject not in reached:  # a ring of entities that nothing else names
            reached[subject] = whole
            _flow(names, reached, given)
    return reached | {coverage: reached.get(line, NOBODY) for coverage, line in coverages.items()}


def _flow(names: dict[IRI, set[IRI]], reached: dict[IRI, Audiences], fixed: dict[IRI, Audiences]) -> None:
    queue = deque(reached)
    while queue:
        subject = queue.popleft()
        for other in names.get(subject, ()):
            if other in fixed:
                continue
            before = reached.get(other, NOBODY)
            after = before | reached[subject]
            if after != before or other not in reached:
                reached[other] = after
                queue.append(other)


@dataclass(frozen=True, slots=True)
class _Reach:
    parties: frozenset[IRI]
    authors: frozenset[IRI]
    sites: frozenset[IRI]
    answered: frozenset[IRI]
    facts: Facts

    def to(self, organizations: Iterable[IRI], *others: IRI) -> Audiences:
        return frozenset(map(organization_graph, organizations)).union(others)

    def linked(self) -> Audiences:
        return self._of(self.sites) | self._answering()

    def _of(self, sites: Iterable[IRI]) -> Audiences:
        return self.to(frozenset().union(*map(self.facts.linked, sites)))

    def _answering(self) -> Audiences:
        """The affiliates linked to the sites of what a reply answers who see all of that: for it names them."""
        found = self._of(frozenset().union(*map(self.facts.sites, self.answered)))
        for statement in self.answered:
            found = common(found, _audience_of(statement, self.facts), self.facts.members)
        return found


_RULES: Final[dict[Visibility, Callable[[_Reach], Audiences]]] = {
    Visibility.PUBLIC: lambda reach: reach.to((), PUBLIC),
    Visibility.AFFILIATES: lambda reach: reach.to((), AFFILIATES),
    Visibility.LINKED_AFFILIATES: lambda reach: reach.to(reach.parties, STAFF) | reach.linked(),
    Visibility.CONTRACT_PARTY: lambda reach: reach.to(reach.parties, STAFF),
    Visibility.STAFF: lambda reach: reach.to((), STAFF),
    Visibility.MONITOR_ONLY: lambda reach: reach.to(reach.authors & reach.facts.partners),
}
