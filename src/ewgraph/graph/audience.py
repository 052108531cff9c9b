"""Audiences: who may see a triple. Each audience is a named graph; a reader reads a chain of at most three.

A set of audiences stands for the readers it reaches: `public` reaches everyone, `affiliates` the members and the
staff, `staff` the staff, `org/<x>` the organisation x. *Members* are the affiliates and monitoring partners.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, TypeAlias
from urllib.parse import quote, unquote

from ewgraph.model.rdf import IRI, BlankNode, DefaultGraph

_BASE = "https://w3id.org/ewgraph/audience/"
_ORG = _BASE + "org/"

PUBLIC: Final = IRI(_BASE + "public")
AFFILIATES: Final = IRI(_BASE + "affiliates")
STAFF: Final = IRI(_BASE + "staff")

Audiences: TypeAlias = frozenset[IRI]
Members: TypeAlias = frozenset[IRI]

NOBODY: Final[Audiences] = frozenset()


@lru_cache(maxsize=4096)  # each claim of a record asks for the same few
def organization_graph(organization: IRI) -> IRI:
    """The audience graph of one organisation.

    >>> organization_graph(IRI("https://data.example.org/id/uni-a")).value
    'https://w3id.org/ewgraph/audience/org/https%3A%2F%2Fdata.example.org%2Fid%2Funi-a'
    """
    return IRI(_ORG + quote(organization.value, safe=""))


def organization_of(graph: IRI) -> IRI | None:
    """The organisation whose audience graph it is; None for another graph."""
    return IRI(unquote(graph.value.removeprefix(_ORG))) if graph.value.startswith(_ORG) else None


def named_by(path: str) -> str:
    """The name of the audience graph that is known by a path where graphs have addresses.

    >>> named_by("public")
    'https://w3id.org/ewgraph/audience/public'
    >>> named_by("org/https://data.example.org/id/uni-a") == organization_graph(
    ...     IRI("https://data.example.org/id/uni-a")
    ... ).value
    True
    """
    kind, _, organization = path.partition("/")
    return _ORG + quote(organization, safe="") if kind == "org" else _BASE + path


def is_audience(graph: IRI | BlankNode | DefaultGraph) -> bool:
    """Whether the graph is an audience graph."""
    return isinstance(graph, IRI) and graph.value.startswith(_BASE)


def chain_of_public() -> tuple[IRI, ...]:
    """The graphs that anybody reads."""
    return (PUBLIC,)


def chain_of_staff() -> tuple[IRI, ...]:
    """The graphs that staff read."""
    return (PUBLIC, AFFILIATES, STAFF)


def chain_of_organization(organization: IRI, members: Members) -> tuple[IRI, ...]:
    """The graphs that an organisation reads: those of the affiliates only where it is a member."""
    own = organization_graph(organization)
    return (PUBLIC, AFFILIATES, own) if organization in members else (PUBLIC, own)


def widest(audiences: Iterable[IRI], members: Members) -> Audiences:
    """The graphs to write a triple to: no graph all of whose readers read it elsewhere already.

    >>> widest({PUBLIC, STAFF}, frozenset()) == {PUBLIC}
    True
    """
    given = frozenset(audiences)
    if PUBLIC in given:
        return frozenset({PUBLIC})
    if AFFILIATES in given:
        return frozenset(
            graph
            for graph in given
            if graph != STAFF and ((organization := organization_of(graph)) is None or organization not in members)
        )
    return given


def common(left: Audiences, right: Audiences, members: Members) -> Audiences:
    """The audiences that reach exactly the readers whom both sides reach."""
    if PUBLIC in left:
        return right
    if PUBLIC in right:
        return left
    return frozenset(
        graph for graph in left | right if _reached(graph, left, members) and _reached(graph, right, members)
    )


def _reached(graph: IRI, audiences: Audiences, members: Members) -> bool:
    """Whether all readers of the graph are reached by the audiences, none of which is public."""
    if graph in audiences:
        return True
    if AFFILIATES not in audiences:
        return False
    organization = organization_of(graph)
    return graph == STAFF or (organization is not None and organization in members)
