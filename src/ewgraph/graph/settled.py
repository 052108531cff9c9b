"""What was found when links were settled last, and on what it hung: so that a new record asks only where it may matter.

A link hangs on the nodes that its chain passes. A record for linked affiliates hangs on its sites, and on what it
addresses, verifies or replies to in other records. Who names none of those nodes changes neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from ewgraph.graph.facts import StoreFacts
from ewgraph.graph.links import Linked
from ewgraph.graph.policy import bearing
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, Quad

_WITNESSES: Final = frozenset({terms.buyer, terms.contractor, terms.brand})
"""What tells who buys, and who is a witness: it may let any hop count."""


class Settled:
    """What was found last. It begins with nothing: then everything is asked.

    Attributes:
        sites: who is linked to a site.
    """

    def __init__(self) -> None:
        self.sites: dict[IRI, Linked] = {}
        self._records: dict[IRI, frozenset[IRI]] = {}
        self._touched: set[IRI] | None = None

    def forget(self) -> None:
        """Ask everything again the next time."""
        self._touched = None

    def touch(self, facts: StoreFacts, record: IRI, quads: Sequence[Quad]) -> None:
        """Note the nodes that a new record names, and those of what it says something about."""
        self._records.pop(record, None)  # it may have been released before it came
        if self._touched is None:
            return
        revised = [q.object for q in quads if q.predicate == terms.PROV.wasRevisionOf and isinstance(q.object, IRI)]
        before = [quad for one in revised for quad in facts.record(one)]
        if _gives_rights(before) or _is_new_word(facts, record, quads):
            self.forget()
            return
        named = set(_nodes([*quads, *before]))
        claims = [node for node in named if next(facts.said(node, terms.assertedIn), None)]
        self._touched |= named.union(*(_nodes(facts.said(claim)) for claim in claims))

    def concerned(self, facts: StoreFacts, linked: Collection[IRI]) -> set[IRI]:
        """Of the records for linked affiliates those whose audience may have changed since, to be computed again."""
        if self._touched is None:
            self.sites.clear()
            self._records.clear()
            near = set[IRI]()
        else:
            stale = {site: held for site, held in self.sites.items() if not held.through.isdisjoint(self._touched)}
            for site in stale:
                del self.sites[site]
            near = self._touched.union(site for site, held in stale.items() if facts.linked(site) != held.affiliates)
        self._touched = set()
        return {one for one in linked if one not in self._records or not self._records[one].isdisjoint(near)}

    def keep(self, facts: StoreFacts, records: Iterable[tuple[IRI, Sequence[Quad]]]) -> None:
        """Note on what the records hang whose audiences were computed."""
        for record, quads in records:
            self._records[record] = bearing(record, quads, facts)


def _gives_rights(quads: Iterable[Quad]) -> bool:
    return any(quad.predicate in _WITNESSES or quad.predicate == terms.ORG.role for quad in quads)


def _is_new_word(facts: StoreFacts, record: IRI, quads: Iterable[Quad]) -> bool:
    """Whether a trusted record says of a buyer, contractor or brand what none said before."""
    told = [quad for quad in quads if quad.predicate in _WITNESSES]
    return bool(told) and facts.trusted(record) and any(not facts.is_told_by_others(record, quad) for quad in told)


def _nodes(quads: Iterable[Quad]) -> set[IRI]:
    return {node for quad in quads for node in (quad.subject, quad.object) if isinstance(node, IRI)}
