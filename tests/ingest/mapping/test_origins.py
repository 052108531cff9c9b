"""A validation result finds the cells it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ewgraph.ingest.mapping import Made, Place
from ewgraph.model import terms
from ewgraph.model.rdf import BlankNode, Quad
from tests.ingest.mapping.small_files import column, made, mapping, said, sheet

LABEL = terms.RDFS.label.value
ADDRESS = terms.LOCN.address.value
TOWN = terms.LOCN.postName.value
VALUE = terms.value.value
SITE = terms.site.value
COLUMNS = column("name") + column("town") + column("metals") + column("more")
PROPERTIES = """
"ew:assertedIn" = { iri = "{record}" }
"ew:site" = { node = "site" }
"ew:value" = { text = "{metals};{more}", split = ";" }
"ew:comment" = { text = "{more}" }

[[record.row]]
name = "site"
iri = "site/{hash:name,town}"
[record.row.properties]
"rdf:type" = { iri = "ew:Site" }
"rdfs:label" = { column = "name" }
"locn:address" = { node = "address" }

[[record.row]]
name = "address"
[record.row.properties]
"rdf:type" = { iri = "locn:Address" }
"locn:postName" = { text = "{town}" }
"""
HEAD = ("name", "town", "metals", "more")


CLAIMS = mapping(
    COLUMNS,
    rest='by = ["town"]',
    properties=PROPERTIES,
    kind="ew:SupplyClaim",
    head='"dct:title" = { text = "List of {town}" }',
)


def cells(
    record: Made, focus: str, path: str | None, value: str | None, about: str = ""
) -> list[tuple[int | None, int | None]]:
    return [(place.row, place.column) for place in record.origins.places(focus, about, path, value)]


@pytest.fixture(scope="module")
def record() -> Made:
    (found,) = made(
        CLAIMS,
        sheet(
            [
                HEAD,
                ("A", "X", "tin;gold", "tin"),
                ("A", "X", "zinc", None),
                (None, "X", "tin", None),
            ]
        ),
    )
    return found


def test_a_value_is_found_in_the_cell_that_said_it(record: Made) -> None:
    site = said(record, "site")[0]
    assert record.origins.places(site, site, LABEL, "A") == [
        Place("Sites", 2, 1, "name", "A"),
        Place("Sites", 3, 1, "name", "A"),
    ]
    assert record.origins.rows(site) == [2, 3]


def test_of_several_columns_those_are_named_that_say_the_value(record: Made) -> None:
    claim = "https://data.example.org/id/thing/2"
    assert cells(record, claim, VALUE, "gold") == [(2, 3)]
    assert cells(record, claim, VALUE, "tin") == [(2, 3), (2, 4)]


def test_a_missing_value_is_where_it_would_have_been(record: Made) -> None:
    site = said(record, "site")[2]
    assert record.origins.places(site, site, LABEL, None) == [Place("Sites", 4, 1, "name", None)]
    assert cells(record, "https://data.example.org/id/thing/3", VALUE, None) == [(3, 4)]


def test_a_link_is_where_its_node_is_named(record: Made) -> None:
    claim = "https://data.example.org/id/thing/2"
    assert cells(record, claim, SITE, said(record, "site")[0]) == [(2, 1), (2, 2)]
    assert cells(record, claim, SITE, None) == [(2, 1), (2, 2)]


def test_a_node_without_a_name_is_found_by_its_label_or_by_what_leads_to_it(record: Made) -> None:
    site = said(record, "site")[0]
    (blank,) = {q.object for row in record.rows[:2] for q in row.quads if q.predicate.value == ADDRESS}
    assert isinstance(blank, BlankNode)
    assert cells(record, f"_:{blank.value}", TOWN, "X", site) == [(2, 2), (3, 2)]
    assert cells(record, "_:c14n0", TOWN, "X", site) == [(2, 2), (3, 2)]
    assert cells(record, "_:c14n0", TOWN, None, site) == [(2, 2), (3, 2)]
    assert cells(record, site, ADDRESS, f"_:{blank.value}") == [(2, 2), (3, 2)]


def test_what_no_column_says_is_in_its_row(record: Made) -> None:
    claim = "https://data.example.org/id/thing/3"
    assert cells(record, claim, None, None) == [(3, None)]
    assert cells(record, claim, "https://x.example/unknown", None) == [(3, None)]
    assert cells(record, claim, terms.RDF.type.value, terms.SupplyClaim.value) == [(3, None)]
    assert cells(record, claim, terms.sourceRow.value, "3") == [(3, None)]


def test_a_value_that_no_row_said_is_where_it_would_have_been(record: Made) -> None:
    assert cells(record, "https://data.example.org/id/thing/3", VALUE, "iron") == [(3, 3), (3, 4)]


def test_what_the_record_says_once_has_no_row(record: Made) -> None:
    iri = record.record.value
    title = terms.DCT.title.value
    assert record.origins.places(iri, iri, title, "List of X") == [Place("Sites", None, 2, "town", "X")]
    assert cells(record, iri, None, None) == [(None, None)]


def test_a_node_that_is_not_here_is_nowhere(record: Made) -> None:
    assert cells(record, "https://x.example/other", LABEL, None) == []
    assert cells(record, "_:b0", LABEL, None, "https://x.example/other") == []
    claim = "https://data.example.org/id/thing/3"
    assert cells(record, "https://x.example/other", None, None, claim) == [(3, None)]


def test_a_column_that_the_file_has_not_is_named_by_its_heading() -> None:
    (found,) = made(CLAIMS, sheet([HEAD[:3], ("A", "X", "tin")]))
    site = "https://data.example.org/id/thing/2"
    assert found.origins.places(site, site, terms.EW + "comment", None) == [Place("Sites", 2, None, "more", None)]


WORDS = st.sampled_from(["", "A", "B b", "tin", "gold", "tin;gold", "Ü"])


@given(st.lists(st.tuples(WORDS, st.sampled_from(["X", "Y", ""]), WORDS, WORDS), min_size=1, max_size=8))
def test_every_statement_comes_from_the_cells_that_say_it(rows: list[tuple[str, ...]]) -> None:
    table = [HEAD, *rows]
    for record in made(CLAIMS, sheet(table)):
        for row in record.rows:
            for quad in row.quads:
                if quad.predicate.value in {LABEL, TOWN, VALUE, SITE, ADDRESS}:
                    _check(record, row.number, quad, table)


def _check(record: Made, number: int, quad: Quad, table: list[tuple[str, ...]]) -> None:
    focus = str(quad.subject) if isinstance(quad.subject, BlankNode) else quad.subject.value  # type: ignore[union-attr]
    value = str(quad.object) if isinstance(quad.object, BlankNode) else quad.object.value  # type: ignore[union-attr]
    places = record.origins.places(focus, focus, quad.predicate.value, value)
    mine = [place for place in places if place.row == number]
    assert mine
    for place in places:
        assert place.row is not None
        assert place.column is not None
        said = table[place.row - 1][place.column - 1]
        assert place.value == (said or None)
        assert place.heading == HEAD[place.column - 1]
        if quad.predicate.value in {LABEL, TOWN}:
            assert said == value
        if quad.predicate.value == VALUE:
            assert value in said.split(";")


@given(st.lists(st.tuples(WORDS, st.sampled_from(["X", "Y"]), WORDS, WORDS), min_size=2, max_size=8), st.data())
def test_a_row_left_out_takes_only_what_no_other_row_says(rows: list[tuple[str, ...]], data: st.DataObject) -> None:
    for record in made(CLAIMS, sheet([HEAD, *rows])):
        gone = data.draw(st.sets(st.sampled_from([row.number for row in record.rows])))
        left = set(record.quads(gone))
        kept = {quad for row in record.rows if row.number not in gone for quad in row.quads} | set(record.head)
        assert kept <= left
        assert {quad.predicate for quad in left - kept} <= {terms.sourceRow, terms.sourceSheet, terms.sourceColumn}
        assert set(record.quads()) == set(record.head).union(*(row.quads for row in record.rows))
        again = next(one for one in made(CLAIMS, sheet([HEAD, *rows])) if one.record == record.record)
        assert (again.head, again.rows, again.quads(gone)) == (record.head, record.rows, record.quads(gone))
