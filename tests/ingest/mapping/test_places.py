"""Columns that are known by their places, things that one table names, and cells with several values."""

import re

import pytest

from ewgraph.errors import ConfigurationError
from ewgraph.ingest.mapping import Reader, TableMapping, detect, parse_mapping
from ewgraph.ingest.sheets.cell import Cell
from tests.ingest.mapping.small_files import GIVEN, KOS, document, made_of, said, sheet

TEXT = """
summary = "works and the mines that feed them"
private = true

[cells]
company = { sheet = "Cover", cell = "B2", lookup = "organizations" }
scope = { sheet = "Cover", cell = "B3", extract = "([AB])\\\\b" }

[things.works]
table = "works"
words = ["name", "number"]
iri = ["work/{number}", "work/{hash:name}"]

[[table]]
name = "works"
sheets = ["Works"]
header_row = 2

[[table.column]]
name = "name"
at = "B"
title = { en = "Name" }
required = true

[[table.column]]
name = "number"
at = "D"
title = { en = "Number" }

[[table.column]]
name = "countries"
at = "E"
title = { en = "Countries" }

[[table]]
name = "mines"
sheets = ["Mines"]
header_row = 1
optional = true

[[table.column]]
name = "mine"
at = "A"
title = { en = "Mine" }
required = true

[[table.column]]
name = "fed"
at = "B"
title = { en = "Fed work" }

[[table.column]]
name = "work"
title = { en = "Work" }
hidden = true
named_by = "fed"
lookup = "works"

[codes.country]

[[record]]
name = "works"
table = "works"
when = { equals = { scope = "A" } }
iri = "record/{digest}"

[record.properties]
"rdf:type" = { iri = "ew:Disclosure" }
"ew:party" = { iri = "{company_known}" }
"rdfs:label" = { iri = "{works}", split = "\\n" }

[[record.row]]
name = "work"
iri = ["work/{number}", "work/{hash:name}"]

[record.row.properties]
"rdf:type" = { iri = "ew:Smelter" }
"rdfs:label" = { text = "{name}" }

[[record.row]]
name = "from"
each = "countries"
split = ";,"
iri = "from/{row}-{hash:countries}"

[record.row.properties]
"rdf:type" = { iri = "ew:Site" }
"ew:country" = { code = "country", of = "{countries}", when = { known = { countries = "country" } } }
"rdfs:comment" = { text = "{countries}", when = { unknown = { countries = "country" } } }

[[record]]
name = "mines"
table = "mines"
iri = "record/mines-{digest}"

[record.properties]
"rdf:type" = { iri = "ew:Disclosure" }

[[record.row]]
name = "mine"
iri = "mine/{hash:mine}"

[record.row.properties]
"rdf:type" = { iri = "ew:Mine" }
"dct:source" = { iri = "{work}" }
"""
BASE = "https://data.example.org/id/"
COVER = sheet([["", "x"], ["", "Company"], ["", "A. All of it"]], "Cover")


def mapping(*changes: tuple[str, str]) -> TableMapping:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_mapping("placed", text)


def reader(rows: list[list[str | Cell | None]], *more: list[list[str]]) -> Reader:
    sheets = [COVER, sheet(rows, "Works"), *(sheet(each, "Mines") for each in more)]
    known = {"organizations": {"company": f"{BASE}company"}}
    return Reader(mapping(), document(*sheets), GIVEN, kos=KOS, lookups=known)


HEAD: list[list[str | Cell | None]] = [["Secret"], ["Geheim", "Wort", "Geheim", "Wort", "Wort"]]


def test_columns_are_read_at_their_places_whatever_is_written_above_them() -> None:
    (batch,) = reader([*HEAD, ["", "Alpha", "Secret", "7"]]).batches()
    made = made_of(mapping(), batch)
    assert said(made, "label") == ["Alpha"]
    assert [cell for row in batch.rows for cell in row.cells.values()] == [Cell("Alpha"), Cell("7")]


def test_no_other_cell_is_seen_in_what_is_told() -> None:
    rows: list[list[str | Cell | None]] = [
        *HEAD,
        ["", "Alpha", Cell("Secret", formula=True), "7", "", Cell("Secret", merged=True)],
        ["Secret", None, "Secret"],
        [None, None, "Secret", None, None, "Secret"],
    ]
    read = reader(rows)
    batches = list(read.batches())
    assert "Secret" not in repr(read.faults)
    assert "Secret" not in repr(batches)
    assert read.rows_read == 1


def test_what_one_table_names_is_found_in_another() -> None:
    works: list[list[str | Cell | None]] = [*HEAD, ["", "Alpha", "", "7"], ["", "Beta"]]
    mines = [["Mine", "Work"], ["M1", "ALPHA"], ["M2", "7"], ["M3", "Gamma"]]
    batches = {batch.record: batch for batch in reader(works, mines).batches()}
    sources = said(made_of(mapping(), batches["mines"]), "source")
    assert sources == [f"{BASE}work/7"] * 2
    listed = made_of(mapping(), batches["works"]).head
    assert next(quad.object.value for quad in listed if quad.predicate.value.endswith("label")) == f"{BASE}work/7"  # type: ignore[union-attr]


def test_a_name_that_two_things_have_is_of_neither() -> None:
    works: list[list[str | Cell | None]] = [*HEAD, ["", "Alpha", "", "7"], ["", "Alpha", "", "8"], ["", "", "", ""]]
    batches = {batch.record: batch for batch in reader(works, [["Mine", "Work"], ["M1", "Alpha"]]).batches()}
    assert said(made_of(mapping(), batches["mines"]), "source") == []


def test_what_is_known_by_the_name_in_a_cell_is_given() -> None:
    (batch,) = reader([*HEAD, ["", "Alpha"]]).batches()
    head = made_of(mapping(), batch).head
    assert [quad.object.value for quad in head if quad.predicate.value.endswith("party")] == [f"{BASE}company"]  # type: ignore[union-attr]


def test_a_cell_with_several_values_makes_a_node_for_each() -> None:
    (batch,) = reader([*HEAD, ["", "Alpha", "", "", "Peru; Atlantis, Chile;;Peru"]]).batches()
    made = made_of(mapping(), batch)
    assert [country.rpartition("/")[2] for country in said(made, "country")] == ["PER", "CHL"]
    assert said(made, "comment") == ["Atlantis"]


@pytest.mark.parametrize("rows", [[["x"], ["a", "", "c", "d"]], [["x"]], [["x"], [], ["", "Alpha"]]])
def test_without_a_heading_where_one_is_needed_the_table_is_not_read(rows: list[list[str | Cell | None]]) -> None:
    read = reader(rows)
    assert list(read.batches()) == []
    assert [(fault.shape, fault.params["heading"]) for fault in read.faults] == [
        ("reading-headingMissing", "Name (B2)")
    ]


def test_without_its_sheet_a_table_is_missed_unless_it_is_optional() -> None:
    read = Reader(mapping(), document(COVER), GIVEN, kos=KOS)
    assert [(fault.shape, fault.params["expected"]) for fault in read.faults] == [("reading-noTable", "Works")]


def test_a_hidden_sheet_is_told() -> None:
    hidden = sheet([*HEAD, ["", "Alpha"]], "Works", hidden=True)
    read = Reader(mapping(), document(COVER, hidden), GIVEN, kos=KOS)
    assert [fault.shape for fault in read.faults] == ["reading-hiddenSheet"]


def test_a_file_is_detected_by_its_sheets_and_the_places_of_its_headings() -> None:
    works = sheet([*HEAD, ["", "Alpha"]], "Works")
    (found,) = detect(document(COVER, works), [mapping()])
    assert (found.score > 0.9, dict(found.tables)) == (True, {"works": 2})
    (bare,) = detect(document(COVER, sheet([["x"]], "Works")), [mapping()])
    assert bare.score < 0.5
    assert detect(document(COVER), [mapping()]) == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("header_row = 1\n", "", "key 'header_row': the columns of a table with it have `at`"),
        ('at = "D"\n', "", "key 'header_row': the columns of a table with it have `at`"),
        ('at = "D"', 'at = "4"', "'4' is no column; write it as \"F\""),
        ('sheets = ["Mines"]\n', "", "key 'sheets': a table whose columns are known by their places"),
        ('table = "works"\nwords', 'table = "other"\nwords', "there is no table 'other'"),
        ('words = ["name", "number"]', 'words = ["colour"]', "key 'words': they are columns of the table"),
        ('iri = ["work/{number}", "work/{hash:name}"]\n\n[[table]]', 'iri = "{colour}"\n\n[[table]]', "slot {colour}"),
        ('each = "countries"', 'each = "colours"', "there is no column 'colours'"),
        ('extract = "([AB])\\\\b"', 'extract = "(["', "'([' is no regular expression"),
    ],
)
def test_what_is_not_well_written_is_told(old: str, new: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(why)):
        mapping((old, new))


def test_only_a_file_of_known_places_can_be_private() -> None:
    text = TEXT.replace("header_row = 2\n", "").replace("header_row = 1\n", "")
    text = re.sub(r'at = "[A-Z]"\n', "", text)
    with pytest.raises(ConfigurationError, match="only what stands at known places can be kept alone"):
        parse_mapping("placed", text)
