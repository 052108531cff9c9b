"""Names for blank nodes, so that the store holds none: one that is said twice with the same content is one node.

A store without blank nodes is its own canonical form, and takes additions and removals in one transaction.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from ewgraph.model.rdf import IRI, BlankNode, Quad, Term

_GENID: Final = "https://w3id.org/ewgraph/genid/"


def genid(*parts: str) -> IRI:
    """The IRI of a node that is named by the parts."""
    return IRI(_GENID + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40])


def skolemise(record: IRI, quads: Sequence[Quad]) -> list[Quad]:
    """The record's quads with IRIs for blank nodes.

    A node in a tree is named by its owner and content. One without a single owner, or in a ring of blank nodes, is
    named by the record and its canonical label.
    """
    names = _Names(record, quads)
    return [Quad(names.of(q.subject), q.predicate, names.of(q.object), record) for q in quads]  # type: ignore[arg-type]


class _Names:
    def __init__(self, record: IRI, quads: Sequence[Quad]) -> None:
        self._record = record
        self._about: defaultdict[BlankNode, list[Quad]] = defaultdict(list)
        self._owners: defaultdict[BlankNode, list[Quad]] = defaultdict(list)
        self._known: dict[BlankNode, IRI] = {}
        for quad in quads:
            if isinstance(quad.subject, BlankNode):
                self._about[quad.subject].append(quad)
            if isinstance(quad.object, BlankNode):
                self._owners[quad.object].append(quad)

    def of(self, term: Term) -> Term:
        """The name of a blank node; any other term is its own."""
        if not isinstance(term, BlankNode):
            return term
        if term not in self._known:
            content = self._content(term, frozenset())
            if content is None:
                self._known[term] = genid("node", self._record.value, term.value)
            else:
                owner = self._owners[term][0]
                self._known[term] = genid("tree", str(self.of(owner.subject)), str(owner.predicate), content)  # type: ignore[arg-type]
        return self._known[term]

    def _content(self, node: BlankNode, above: frozenset[BlankNode]) -> str | None:
        """The content of a tree of blank nodes; None where it is no tree."""
        if node in above or len(self._owners[node]) != 1:
            return None
        parts = []
        for quad in self._about[node]:
            value = quad.object
            part = self._content(value, above | {node}) if isinstance(value, BlankNode) else str(value)
            if part is None:
                return None
            parts.append(f"{quad.predicate} {part}")
        return "[" + " ; ".join(sorted(parts)) + "]"
