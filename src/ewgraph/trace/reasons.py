"""Why a reader sees a record or claim: told from what the reader sees alone, so that it reveals nothing else."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ewgraph.access import View
from ewgraph.catalogue import Catalogue
from ewgraph.graph.audience import AFFILIATES, PUBLIC, STAFF
from ewgraph.graph.policy import ABOUT, SITE_OF
from ewgraph.model import terms
from ewgraph.model.codes import Scope, Visibility
from ewgraph.model.rdf import IRI
from ewgraph.model.window import Window
from ewgraph.trace.touching import contracts_touching

_STATEMENTS: Final = terms.RECORD_CLASSES | terms.CLAIM_CLASSES | terms.ACTIVITY_CLASSES
_CONTRACT_OF: Final = (terms.scopeContract, terms.ofContract)
_MOST_STATEMENTS: Final = 1000
_MOST_SITES: Final = 20
_MOST_TOUCHES: Final = 200


class How(enum.Enum):
    """By what a reader comes to see something. The value completes "You see this, because …"."""

    PUBLIC = "anyone may see it"
    MEMBER = "all affiliates, monitoring partners and staff may see it"
    STAFF = "staff may see it"
    AUTHOR = "your organisation said it, or it was said on its behalf"
    PARTY = "it is for the parties, and names your organisation as one"
    CONTRACT = "it is about a contract that your organisation is party to"
    LINKED = "it is for affiliates linked to its site, and your organisation is linked"
    OPENED = "it was opened to your organisation"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reader sees a record, claim or activity.

    Attributes:
        how: by what.
        level: whom its author meant it for; None where that is not said.
        releases: the records that opened it to more readers since, as far as the reader sees them.
        contracts: the contracts of the reader's organisation by which it is seen.
    """

    how: How
    level: Visibility | None
    releases: tuple[IRI, ...] = ()
    contracts: tuple[IRI, ...] = ()


def reason(view: View, catalogue: Catalogue, subject: IRI) -> Reason | None:
    """Why the reader of a view sees a record, claim or activity; None where it does not, or it is something else."""
    types = {quad.object: quad.graph_name for quad in view.quads(subject, terms.RDF.type)}
    if types.keys().isdisjoint(_STATEMENTS):
        return None
    graphs = set(types.values())
    is_record = not types.keys().isdisjoint(terms.RECORD_CLASSES)
    record = subject if is_record else next(iter(_nodes(view, subject, terms.assertedIn)), subject)
    level = _level(view, subject) or _level(view, record)
    releases = tuple(view.subjects(terms.releases, record))
    for graph, how in ((PUBLIC, How.PUBLIC), (AFFILIATES, How.MEMBER), (STAFF, How.STAFF)):
        if graph in graphs:
            return Reason(how, level, releases)
    how, contracts = _own(view, catalogue, subject, record)
    return Reason(how, level, releases, contracts)


def _own(view: View, catalogue: Catalogue, subject: IRI, record: IRI) -> tuple[How, tuple[IRI, ...]]:
    """Why an organisation sees what stands in its own graph."""
    us = view.principal.organization
    if us is None:
        return How.OPENED, ()
    if us in {*_nodes(view, record, terms.PROV.wasAttributedTo), *_nodes(view, record, terms.onBehalfOf)}:
        return How.AUTHOR, ()
    parties = set(_nodes(view, record, terms.party))
    for release in view.subjects(terms.releases, record):
        parties |= set(_nodes(view, release, terms.party))
    if us in parties:
        return How.PARTY, ()
    said = _said(view, subject, record)
    ours = tuple(sorted((one for one in _contracts(view, record, said) if _is_party(view, us, one)), key=str))
    if ours:
        return How.CONTRACT, ours
    touching = tuple(sorted(_touching(view, catalogue, us, _sites(view, said)), key=str))
    if touching or _is_for_linked(view, subject, record):
        return How.LINKED, touching
    return How.OPENED, ()


def _said(view: View, subject: IRI, record: IRI) -> list[IRI]:
    """The subject; of a record also its statements, the first thousand."""
    if subject != record:
        return [subject]
    asserted = (quad.subject for quad in view.quads(None, terms.assertedIn, record))
    return [record, *(node for node in islice(asserted, _MOST_STATEMENTS) if isinstance(node, IRI))]


def _contracts(view: View, record: IRI, said: Iterable[IRI]) -> set[IRI]:
    """The contracts that a record is about: it describes them, speaks of them, or fulfils what they oblige to."""
    nodes = [*said, *_nodes(view, record, terms.fulfils)]
    found = {contract for node in nodes for predicate in _CONTRACT_OF for contract in _nodes(view, node, predicate)}
    described = islice(view.quads(None, terms.describedIn, record), _MOST_STATEMENTS)
    return found | {quad.subject for quad in described if isinstance(quad.subject, IRI)}


def _is_party(view: View, organization: IRI, contract: IRI) -> bool:
    return organization in {*_nodes(view, contract, terms.buyer), *_nodes(view, contract, terms.contractor)}


def _sites(view: View, said: Iterable[IRI]) -> Iterator[IRI]:
    """The sites that statements are about, or those of what they address, verify or reply to."""
    for node in said:
        about = [node, *(other for predicate in ABOUT for other in _nodes(view, node, predicate))]
        for one in about:
            for predicate in SITE_OF:
                yield from _nodes(view, one, predicate)


def _touching(view: View, catalogue: Catalogue, organization: IRI, sites: Iterable[IRI]) -> set[IRI]:
    """The contracts of an organisation that visibly touch one of the sites, each named for the model at least."""
    found: set[IRI] = set()
    for site in list(dict.fromkeys(sites))[:_MOST_SITES]:
        touches = contracts_touching(view, catalogue, site, min_scope=Scope.MODEL, window=Window(_MOST_TOUCHES))
        found |= {touch.contract for touch in touches if organization in _nodes(view, touch.contract, terms.buyer)}
    return found


def _is_for_linked(view: View, subject: IRI, record: IRI) -> bool:
    linked = Visibility.LINKED_AFFILIATES.iri
    levels = {*_nodes(view, subject, terms.visibility), *_nodes(view, record, terms.visibility)}
    for release in view.subjects(terms.releases, record):
        levels |= set(_nodes(view, release, terms.toVisibility))
    return linked in levels


def _level(view: View, subject: IRI) -> Visibility | None:
    stated = [node.value for node in _nodes(view, subject, terms.visibility)]
    return next((level for level in Visibility if {level.value, *level.aliases} & set(stated)), None)


def _nodes(view: View, subject: IRI, predicate: IRI) -> list[IRI]:
    return [term for term in view.objects(subject, predicate) if isinstance(term, IRI)]
