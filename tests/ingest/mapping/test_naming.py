"""What a row names in words gets its identifier from what is known."""

import pytest

from ewgraph.ingest.mapping.identifier_token import token
from ewgraph.ingest.mapping.language import Column, Table
from ewgraph.ingest.mapping.naming import Naming
from ewgraph.ingest.sheets.cell import Cell
from ewgraph.model.rdf import IRI

LAPTOP = IRI("https://data.example.org/id/L1")
KNOWN = {"models": {"laptop 1": LAPTOP.value}}


def table(*, checked: bool) -> Table:
    columns = [
        Column("name"),
        Column("model", type="iri", checked=checked, named_by="name", lookup="models"),
        Column("site", type="iri", named_by="name"),
    ]
    return Table("t", {column.name: column for column in columns})


@pytest.mark.parametrize(("checked", "text"), [(True, token(LAPTOP)), (False, LAPTOP.value)])
def test_a_known_name_becomes_the_identifier(*, checked: bool, text: str) -> None:
    cells = {"name": Cell("LAPTOP  1")}
    Naming(table(checked=checked), KNOWN).fill(cells)
    assert cells == {"name": Cell("LAPTOP  1"), "model": Cell(text)}


def test_an_iri_in_place_of_a_name_is_one() -> None:
    cells = {"name": Cell("https://data.example.org/id/other")}
    Naming(table(checked=False), {}).fill(cells)
    assert cells["model"] == Cell("https://data.example.org/id/other")


@pytest.mark.parametrize("text", ["Laptop 9", "see http://[", "https://a b"])
def test_a_name_that_nothing_is_known_by_stays_a_name(text: str) -> None:
    cells = {"name": Cell(text)}
    Naming(table(checked=True), KNOWN).fill(cells)
    assert cells == {"name": Cell(text)}


def test_an_identifier_that_is_there_stays() -> None:
    cells = {"name": Cell("Laptop 1"), "model": Cell("changed")}
    Naming(table(checked=True), KNOWN).fill(cells)
    assert cells["model"] == Cell("changed")
