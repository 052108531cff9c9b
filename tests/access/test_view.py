"""A View reads what its reader may read, as of its instants, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from ewgraph.access import parse_principal
from ewgraph.errors import InputError
from ewgraph.model import terms
from ewgraph.model.rdf import Literal
from tests.conftest import House, named

WORLD = """
ex:P { ex:P a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
  ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . ex:F1 a ew:Factory ; rdfs:label "Works", "Plant" . }
ex:S { ex:S a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:staff ;
  ew:receivedAt "2024-07-01T00:00:00Z"^^xsd:dateTime . ex:F1 a ew:Factory ; rdfs:label "Secret plant" .
  ex:F2 a ew:Factory . }
"""


def test_a_view_reads_its_reader_s_graphs(house: House) -> None:
    house.load(WORLD)
    public, staff = house.view("public"), house.view("staff")
    assert [term.value for term in public.objects(named("F1"), terms.RDFS.label)] == ["Plant", "Works"]
    assert [term.value for term in staff.objects(named("F1"), terms.RDFS.label)] == ["Plant", "Secret plant", "Works"]
    assert public.subjects(terms.RDF.type, terms.Factory) == [named("F1")]
    assert staff.subjects(terms.RDF.type, terms.Factory) == [named("F1"), named("F2")]
    assert (public.knows(named("F2")), staff.knows(named("F2"))) == (False, True)


def test_the_instants_default_to_now_and_can_be_set(house: House) -> None:
    view = house.view("public")
    assert (view.as_of.valid_at, view.as_of.known_at) == (dt.date(2026, 10, 1), house.clock.now())
    other = view.at(valid_at=dt.date(2024, 1, 1))
    assert (other.as_of.valid_at, other.as_of.known_at) == (dt.date(2024, 1, 1), house.clock.now())
    assert other.as_of.bindings()["validAt"].value == "2024-01-01"


def test_a_stored_query_is_given_the_view_s_instants_unless_it_is_told_others(house: House) -> None:
    house.load(WORLD)
    query = house.catalogue["contracts-touching"]
    assert len(house.view("public").select(query, {"site": named("F1")})) == 0
    solutions = house.view("public").select(query, {"site": named("F1"), "validAt": Literal("2020-01-01")})
    assert "record" in solutions.variables
    assert list(solutions) == []


def test_a_principal_is_the_public_the_staff_or_an_organization() -> None:
    assert parse_principal("public").organization is None
    assert parse_principal("staff").organization is None
    assert parse_principal(named("aff0").value).organization == named("aff0")
    with pytest.raises(InputError, match="'nobody'"):
        parse_principal("nobody")
