"""Whom a redacted release is for: what they see already, and the salt by which they recognise what they do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ewgraph.access import STAFF_READER, Gate, Principal, View
from ewgraph.errors import InputError
from ewgraph.graph.audience import AFFILIATES, PUBLIC
from ewgraph.model.codes import Visibility
from ewgraph.model.rdf import IRI

_GRAPHS: Final = {Visibility.PUBLIC: {PUBLIC}, Visibility.AFFILIATES: {PUBLIC, AFFILIATES}}


@dataclass(frozen=True, slots=True)
class Audience:
    """The readers of a redacted release.

    Attributes:
        name: the same name for the same readers, whenever.
    """

    name: str
    _staff: View
    _graphs: frozenset[IRI]
    _parties: tuple[View, ...]

    @classmethod
    def of(cls, level: Visibility, parties: frozenset[IRI], gate: Gate) -> Audience:
        """The readers of a level, or the named parties.

        Raises:
            InputError: who they are would itself tell what is hidden.
        """
        staff = gate.view(STAFF_READER)
        if level in _GRAPHS:
            return cls(level.iri.value, staff, frozenset(_GRAPHS[level]), ())
        if level is Visibility.CONTRACT_PARTY and parties:
            names = sorted(party.value for party in parties)
            views = tuple(gate.view(Principal(name)) for name in names)
            return cls(" ".join([level.iri.value, *names]), staff, frozenset(), views)
        raise InputError(
            f"a redacted edition is for the public, for affiliates or for parties that are named, not for "
            f"{level.iri.value!r}: who is linked to a hidden site, or party to a hidden contract, would learn it by "
            "seeing the edition",
        )

    def sees(self, node: IRI) -> bool:
        """Whether all of them see something said of a node already."""
        if self._parties:
            return all(view.knows(node) for view in self._parties)
        return any(quad.graph_name in self._graphs for quad in self._staff.quads(node))
