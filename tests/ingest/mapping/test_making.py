"""Rows become statements, each node described where its columns say something, with the cells it came from."""

import pickle

import pytest

from ewgraph.ingest.mapping import Batch, Maker, load_mapping, mapping_ids, parse_mapping
from ewgraph.ingest.mapping.slots import filled
from ewgraph.ingest.sheets.cell import Cell, Kind
from ewgraph.model import terms
from ewgraph.model.rdf import BlankNode
from tests.ingest.mapping.small_files import (
    BASE,
    KOS,
    column,
    made,
    made_of,
    mapping,
    reader,
    said,
    sheet,
)

COLUMNS = column("name") + column("town") + column("kind") + column("site", type='"iri"', hidden="true")
LINKED = """
"rdfs:label" = { column = "name" }
"ew:site" = { node = "site" }
"locn:address" = { node = "address" }

[[record.row]]
name = "site"
iri = ["{site}", "site/{hash:name,town}"]
[record.row.properties]
"rdf:type" = { iri = "ew:Site" }
"rdfs:label" = { column = "name" }

[[record.row]]
name = "address"
[record.row.properties]
"rdf:type" = { iri = "locn:Address" }
"locn:postName" = { text = "{town}" }
"""
TABLE = [("name", "town", "kind", "site")]


def test_a_node_has_the_first_iri_whose_columns_all_hold_something() -> None:
    of = mapping(COLUMNS, properties=LINKED)
    (record,) = made(of, sheet([*TABLE, ("A", "X"), ("A", None, "k"), ("B", "Y", None, "https://x.example/s"), ("C",)]))
    sites = said(record, "site")
    assert sites[0].startswith(f"{BASE}id/site/")
    assert sites[2] == "https://x.example/s"
    assert len(set(sites)) == 4


def test_a_node_none_of_whose_columns_holds_anything_is_not_there() -> None:
    of = mapping(COLUMNS, properties=LINKED)
    (record,) = made(of, sheet([*TABLE, (None, None, "k")]))
    (row,) = record.rows
    assert [quad.predicate for quad in row.quads] == [terms.RDF.type]


def test_a_blank_node_that_says_the_same_of_one_parent_is_one_and_of_another_record_is_another() -> None:
    of = mapping(
        COLUMNS,
        rest='by = ["kind"]',
        properties=LINKED.replace("iri = [", "iri = [").replace(
            '"ew:site" = { node = "site" }', '"ew:site" = { node = "site" }'
        ),
    )
    of = parse_mapping("small", of.text.replace("thing/{row}", "thing/{name}"))
    records = made(of, sheet([*TABLE, ("A", "X", "k"), ("A", "X", "k", "https://x.example/s"), ("A", "X", "l")]))
    blanks = [{q.subject for q in made.quads() if isinstance(q.subject, BlankNode)} for made in records]
    assert [len(found) for found in blanks] == [1, 1]
    assert blanks[0] != blanks[1]


def test_values_are_choices_concepts_parts_and_constants() -> None:
    of = mapping(
        COLUMNS,
        properties="""
"ew:siteType".choice = { "Smelter" = "kos:site-type/smelter", "Mine" = "kos:site-type/mine-lsm" }
"ew:siteType".of = "{kind}"
"ew:siteType".split = ";"
"ew:siteType".unknown = "skip"
"ew:mineral" = { code = "mineral", of = "{town}", split = ";" }
"rdfs:comment" = { text = "{name} in {town}", language = "en" }
"ew:value" = [{ text = "{raw:name}" }, { text = "fixed" }]
"ew:validFrom" = { text = "{name+1}-01-01", datatype = "xsd:date" }
""",
    )
    (record,) = made(of, sheet([*TABLE, ("2018", "tin; Gold ;tin", "smelter;Mine;Farm")]))
    assert [value.rpartition("/")[2] for value in said(record, "siteType")] == ["smelter", "mine-lsm"]
    assert [value.rpartition("/")[2] for value in said(record, "mineral")] == ["tin", "gold"]
    assert said(record, "comment") == ["2018 in tin; Gold ;tin"]
    assert said(record, "value") == ["2018", "fixed"]
    assert said(record, "validFrom") == ["2019-01-01"]
    assert record.rows[0].faults == ()


def test_what_no_choice_and_no_list_knows_goes_on_with_a_fault_without_a_message() -> None:
    of = mapping(
        COLUMNS,
        properties='"ew:siteType" = { choice = { "Mine" = "kos:site-type/mine-lsm" }, of = "{kind}" }\n'
        '"ew:mineral" = { code = "mineral", of = "{town}" }',
    )
    (record,) = made(of, sheet([*TABLE, ("A", "tinn", "Farm")]))
    assert (said(record, "siteType"), said(record, "mineral")) == (["Farm"], ["tinn"])
    assert [(f.shape, f.column, f.value, f.params["expected"], f.hint) for f in record.rows[0].faults] == [
        ("", 3, "Farm", "Mine", ""),
        ("", 2, "tinn", "mineral", "Tin"),
    ]


def test_an_unknown_type_makes_the_row_unreadable() -> None:
    of = mapping(COLUMNS, properties='"rdfs:label" = { column = "name" }')
    of = parse_mapping(
        "small",
        of.text.replace('{ iri = "ew:Site" }', '{ choice = { "Mine" = "ew:Mine" }, of = "{kind}" }'),
    )
    (record,) = made(of, sheet([*TABLE, ("A", "X", "Farm")]))
    ((row),) = record.rows
    assert row.quads == ()
    assert [(fault.shape, fault.column) for fault in row.faults] == [("reading-row", 3)]


def test_what_cannot_be_an_iri_is_escaped_in_a_path_and_refused_as_a_node() -> None:
    of = parse_mapping(
        "small",
        mapping(COLUMNS, properties='"ew:site" = { iri = "{kind}" }').text.replace("thing/{row}", "thing/{name}"),
    )
    (record,) = made(of, sheet([*TABLE, ("A B/c", "X", "https://x y")]))
    assert record.rows[0].quads[0].subject.value == f"{BASE}id/thing/A%20B%2Fc"
    assert said(record, "site") == ["https://x y"]
    raw = parse_mapping("small", of.text.replace("thing/{name}", "{name}"))
    (record,) = made(raw, sheet([*TABLE, ("https://x y", "X")]))
    assert record.rows[0].quads == ()
    assert [fault.shape for fault in record.rows[0].faults] == ["reading-row"]


@pytest.mark.parametrize(
    ("text", "iri"),
    [("urn:x:1", "urn:x:1"), ("did:web:a.example", "did:web:a.example"), ("ew:Site", terms.EW + "Site")],
)
def test_urns_dids_and_prefixed_names_are_iris(text: str, iri: str) -> None:
    of = mapping(COLUMNS, properties='"ew:site" = { iri = "{kind}" }')
    assert said(made(of, sheet([*TABLE, ("A", "X", text)]))[0], "site") == [iri]


@pytest.mark.parametrize(
    ("when", "rows"),
    [
        ('{ filled = "town" }', [2, 3]),
        ('{ filled = ["town", "kind"] }', [2]),
        ('{ empty = "town" }', [4]),
        ('{ any = ["town", "kind"] }', [2, 3, 4]),
        ('{ equals = { kind = ["MINE", "farm"] } }', [2, 4]),
        ('{ differs = { kind = "mine" } }', [3, 4]),
        ('[{ filled = "town" }, { equals = { kind = "mine" } }]', [2]),
        ('{ filled = "town", differs = { kind = "mine" } }', [3]),
    ],
)
def test_conditions_decide_what_is_said(when: str, rows: list[int]) -> None:
    of = mapping(COLUMNS, properties=f'"rdfs:label" = {{ column = "name", when = {when} }}')
    (record,) = made(of, sheet([*TABLE, ("2", "X", "Mine"), ("3", "X"), ("4", None, "Farm")]))
    assert [int(label) for label in said(record, "label")] == rows


def test_a_condition_may_ask_for_a_concept_in_whatever_language() -> None:
    of = mapping(
        column("name") + column("tier", type='"code"', codes='"tier"'),
        rest='when = { code = { tier = ["final-assembly", "subassembly"] } }',
        properties='"rdfs:label" = { column = "name", when = { code = { tier = "final-assembly" } } }',
    )
    (record,) = made(of, sheet([("name", "tier"), ("A", "Endmontage"), ("B", "Subassembly"), ("C", "x"), ("D", None)]))
    assert [row.number for row in record.rows] == [2, 3]
    assert said(record, "label") == ["A"]


CLAIM = """
"rdfs:label" = { column = "kind" }
[[record.row]]
name = "claim"
iri = "claim/{name}"
[record.row.properties]
"rdf:type" = { iri = "ew:SupplyClaim" }
"ew:site" = { node = "thing" }
"ew:value" = { column = "town" }
"rdfs:comment" = { column = "kind" }
"""


def test_a_claim_says_from_which_sheet_row_and_columns_it_came() -> None:
    of = mapping(COLUMNS, properties=CLAIM)
    (record,) = made(of, sheet([("kind", "town", "name", "site"), ("k", None, "A"), ("k", "X", "B", "https://x")]))
    assert said(record, "sourceSheet") == ["Sites", "Sites"]
    assert said(record, "sourceRow") == ["2", "3"]
    assert said(record, "sourceColumn") == ["A", "A,B"]
    (csv,) = made(of, sheet([("kind", "town", "name"), ("k", "X", "A")], ""))
    assert (said(csv, "sourceSheet"), said(csv, "sourceColumn")) == ([], ["A,B"])


def test_a_mapping_may_list_the_columns_a_claim_came_from_or_ask_for_none() -> None:
    listed = CLAIM.replace('iri = "claim/{name}"', 'iri = "claim/{name}"\nsource = ["name", "kind"]')
    table = [("kind", "town", "name"), ("k", "X", "A")]
    assert said(made(mapping(COLUMNS, properties=listed), sheet(table))[0], "sourceColumn") == ["C,A"]
    none = CLAIM.replace('iri = "claim/{name}"', 'iri = "claim/{name}"\nsource = false')
    assert said(made(mapping(COLUMNS, properties=none), sheet(table))[0], "sourceRow") == []


def test_a_claim_that_two_rows_make_came_from_the_first_that_is_left() -> None:
    of = mapping(COLUMNS, properties=CLAIM)
    (record,) = made(of, sheet([("kind", "town", "name"), ("k", "X", "A"), ("l", "X", "A"), ("m", "X", "A")]))
    assert said(record, "sourceRow") == ["2"]

    def source(*without: int) -> list[str]:
        return [q.object.value for q in record.quads(without) if q.predicate == terms.sourceRow]  # type: ignore[union-attr]

    assert (source(), source(2), source(2, 3), source(3)) == (["2"], ["3"], ["4"], ["2"])
    assert {quad.subject for quad in record.quads([2, 3, 4])} == {record.record}


def test_single_cells_fill_slots_everywhere() -> None:
    of = mapping(
        COLUMNS + '[cells]\ncompany = { sheet = ["Cover", "Deckblatt"], cell = "B2" }\n'
        'on = { sheet = "Cover", cell = "B3", type = "date" }\nnone = { sheet = "Other", cell = "A1" }\n',
        properties='"rdfs:label" = { text = "{company}{none} {name}" }\n"ew:validFrom" = { column = "on" }',
    )
    cover = sheet([("Form",), ("Company", "ACME"), ("Date", "2. Mai 2024"), ("End",)], "deckblatt")
    of = parse_mapping("small", of.text.replace('sheet = "Cover", cell = "B3"', 'sheet = ["deckblatt"], cell = "B3"'))
    (record,) = made(of, cover, sheet([*TABLE, ("A", "X")]))
    assert said(record, "label") == ["ACME A"]
    assert said(record, "validFrom") == ["2024-05-02"]


def test_a_record_without_rows_is_made_of_single_cells() -> None:
    of = parse_mapping(
        "cover",
        """summary = "a cover"
        [cells]
        company = { cell = "B1" }
        [[record]]
        iri = "record/{digest}"
        properties = { "rdf:type" = { iri = "ew:Disclosure" }, "rdfs:label" = { column = "company" } }
        [[record.about]]
        name = "org"
        iri = "org/{company}"
        properties = { "rdf:type" = { iri = "ew:Organization" } }
        """,
    )
    (record,) = made(of, sheet([("Company", "ACME")]))
    assert record.rows == []
    assert record.kind == terms.Disclosure
    assert f"{BASE}id/org/ACME" in {quad.subject.value for quad in record.head}  # type: ignore[union-attr]
    (place,) = record.origins.places(record.record.value, "", terms.RDFS.label.value, "ACME")
    assert (place.sheet, place.row, place.column, place.value) == ("Sites", 1, 2, "ACME")


def one_batch(table: list[tuple[str, ...]], **given: str) -> Batch:
    (batch,) = reader(mapping(COLUMNS, properties=LINKED), sheet(table), given=given).batches()
    return batch


def test_the_same_rows_make_the_same_record_whatever_the_hour_and_the_language() -> None:
    of = mapping(COLUMNS, properties=LINKED)
    rows = [*TABLE, ("A", "X")]
    record = made_of(of, one_batch(rows)).record
    assert made_of(of, one_batch(rows, receivedAt="2025-01-01T00:00:00Z", language="de", file="b")).record == record
    others = [
        one_batch([*TABLE, ("A", "Y")]),
        one_batch([*TABLE, (), ("A", "X")]),
        one_batch(rows, submitter="https://x.example/other"),
        one_batch(rows, previous="sub-1"),
        one_batch([("town", "name"), ("X", "A")]),
    ]
    records = {made_of(of, batch).record for batch in others}
    assert len(records) == len(others)
    assert record not in records
    maker = Maker(of, BASE, KOS)
    assert maker.record(one_batch(rows)) == record


def test_a_batch_made_in_another_process_gives_the_same() -> None:
    of = mapping(COLUMNS, properties=LINKED)
    batch = one_batch([*TABLE, ("A", "X"), ("B", "Y")])
    again = made_of(of, pickle.loads(pickle.dumps(batch)))  # noqa: S301  # what was pickled the line before
    first = made_of(of, batch)
    assert (again.record, again.head, again.rows) == (first.record, first.head, first.rows)


def test_a_cell_without_a_value_leaves_its_slot_empty() -> None:
    of = mapping(COLUMNS, properties='"rdfs:label" = { text = "{name}{town}" }')
    (record,) = made(of, sheet([*TABLE, (Cell("#REF!", Kind.ERROR), "X")]))
    assert said(record, "label") == ["X"]


def test_slots_are_filled() -> None:
    assert filled("{year+1} 100 % {a}", {"year": "0099", "a": "b"}) == "0100 100 % b"
    assert filled("{a+1}", {"a": "x"}) == "x"
    assert filled("no slot %s", {}) == "no slot %s"


@pytest.mark.parametrize("name", mapping_ids())
def test_every_mapping_that_ships_is_sound(name: str) -> None:
    assert Maker(load_mapping(name), BASE, KOS)
    assert load_mapping(name).summary
