"""Audiences are sets of readers: reduced and met without letting anybody in or out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ewgraph.access import PUBLIC_READER, STAFF_READER, Principal, organization
from ewgraph.graph.audience import (
    AFFILIATES,
    PUBLIC,
    STAFF,
    Audiences,
    Members,
    common,
    is_audience,
    organization_graph,
    organization_of,
    widest,
)
from ewgraph.model.rdf import IRI, DefaultGraph

ORGANIZATIONS = [IRI(f"https://data.example.org/id/o{number}") for number in range(4)]
READERS = [PUBLIC_READER, STAFF_READER, *map(organization, ORGANIZATIONS)]
GRAPHS = [PUBLIC, AFFILIATES, STAFF, *map(organization_graph, ORGANIZATIONS)]
audience_sets = st.frozensets(st.sampled_from(GRAPHS))
member_sets = st.frozensets(st.sampled_from(ORGANIZATIONS))


def readers(audiences: Audiences, members: Members) -> set[Principal]:
    return {reader for reader in READERS if not audiences.isdisjoint(reader.graphs(members))}


@given(audience_sets, member_sets)
def test_the_widest_graphs_reach_the_same_readers(audiences: Audiences, members: Members) -> None:
    assert readers(widest(audiences, members), members) == readers(audiences, members)


@given(audience_sets, member_sets)
def test_no_reader_reads_a_triple_twice_in_its_widest_graphs(audiences: Audiences, members: Members) -> None:
    for reader in READERS:
        assert len(widest(audiences, members).intersection(reader.graphs(members))) <= 1


@given(audience_sets, audience_sets, member_sets)
def test_what_two_audiences_have_in_common_reaches_whom_both_reach(
    left: Audiences,
    right: Audiences,
    members: Members,
) -> None:
    assert readers(common(left, right, members), members) == readers(left, members) & readers(right, members)


def test_an_organization_is_read_back_from_its_graph() -> None:
    odd = IRI("https://data.example.org/id/a%20b?c=d#é")
    assert organization_of(organization_graph(odd)) == odd
    assert organization_of(PUBLIC) is None


def test_a_record_is_no_audience() -> None:
    assert is_audience(STAFF)
    assert not is_audience(IRI("https://data.example.org/id/audience/public"))
    assert not is_audience(DefaultGraph())
