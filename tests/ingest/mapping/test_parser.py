"""A mapping that is not well written is an error that names file, table and key."""

import pytest

from ewgraph.errors import ConfigurationError, InputError, NotFoundError
from ewgraph.ingest.mapping import Maker, expanded, load_mapping, mapping_ids, parse_mapping, prefixes
from ewgraph.model import terms
from tests.ingest.mapping.small_files import BASE, KOS

TEXT = """
summary = "sites"
version = "2"

[codes.country]
scheme = "http://publications.europa.eu/resource/authority/country"
synonyms = { "Korea" = "KOR" }

[cells]
company = { sheet = "Cover", cell = "AB12" }

[[table]]
name = "sites"
header_rows = 1

[[table.column]]
name = "site"
headings = { en = ["Site"], de = "Standort" }

[[table.column]]
name = "country"
title = { en = "Country" }
type = "code"
codes = "country"

[[table.column]]
name = "day"
headings = "Day"
type = "date"
partial = "start"

[[record]]
name = "list"
table = "sites"
by = ["country"]
when = { filled = "site", code = { country = "KOR" } }
iri = "record/{digest}"

[record.properties]
"rdf:type" = { iri = "ew:Disclosure" }

[[record.about]]
name = "org"
iri = "{submitter}"
properties = { "rdf:type" = { iri = "ew:Organization" } }

[[record.row]]
name = "site"
iri = "site/{hash:site,country}"
properties = { "rdfs:label" = { text = "{site}" }, "locn:address" = { node = "address" } }

[[record.row]]
name = "address"
properties = { "ew:country" = { column = "country" } }

[[record.row]]
name = "claim"
iri = "claim/{row}"
source = ["site", "country"]
properties = { "ew:site" = { node = "site" }, "ew:value" = { code = "country", of = "{site}" } }
"""


def test_a_mapping_says_what_is_written() -> None:
    mapping = parse_mapping("sites", TEXT)
    assert (mapping.id, mapping.version, mapping.forms) == ("sites", "2", ("xlsx", "csv"))
    columns = mapping.tables["sites"].columns
    assert columns["site"].words == ("Site", "Standort")
    assert columns["site"].headings == {"en": ("Site",), "de": ("Standort",)}
    assert columns["day"].partial == "start"
    cell = mapping.cells["company"]
    assert (cell.sheets, cell.row, cell.column) == (("Cover",), 12, 28)
    record = mapping.record("list")
    assert [node.name for node in record.head] == ["record", "org"]
    assert record.rows[2].source == ("site", "country")
    assert Maker(mapping, BASE, KOS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('summary = "sites"', "", "sites.toml: the file, key 'summary': it is missing"),
        ('summary = "sites"', "summary = 1", "it is a text, not 1"),
        ('summary = "sites"', 'sumary = "x"\nsummary = "x"', "key 'sumary': it is unknown here"),
        ('summary = "sites"', "summary = ", "this is not TOML"),
        ('version = "2"', 'forms = ["pdf"]', "key 'forms': they are of xlsx, csv, json, not pdf"),
        ('version = "2"', "marks = [1]", "a text, or a list of texts"),
        ("header_rows = 1", "header_rows = 3", r"\[\[table\]\] sites, key 'header_rows': it is 1 or 2"),
        ("header_rows = 1", "header_rows = 0", "a whole number from 1"),
        ("header_rows = 1", "header_rows = true", "a whole number from 1"),
        ("header_rows = 1", "optional = 1", "true or false"),
        ('name = "day"', 'name = "site"', "two columns have one name"),
        ('name = "day"', 'name = "a day"', r"\[\[table.column\]\] a day, key 'name'"),
        ('name = "day"', 'name = "row"', "none that the engine gives"),
        ('headings = "Day"\n', "", "a column needs `headings`"),
        ('headings = "Day"', "headings = 1", "it is a table, not 1"),
        ('headings = "Day"', "headings = { en = 1 }", "'headings', key 'en'"),
        ('type = "date"', 'type = "time"', "it is one of text, date"),
        ('type = "date"', 'codes = "tier"', "names its code list, and no other does"),
        ('codes = "country"\n', "", "names its code list"),
        ('partial = "start"', 'partial = "middle"', 'it is true, "start" or "end"'),
        ('partial = "start"', 'fill = "up"', "it is one of down, not 'up'"),
        ('partial = "start"', 'pattern = "("', "no regular expression"),
        ('partial = "start"', "help = { en = 1 }", "each of it is a text"),
        ('cell = "AB12"', 'cell = "12"', "'12' is no cell"),
        ('table = "sites"', 'table = "mines"', "there is no table 'mines'"),
        ('by = ["country"]', 'by = ["land"]', "has no column land"),
        ('iri = "record/{digest}"\n', "", "a record has an IRI"),
        ('iri = "record/{digest}"', 'iri = "record/{site}"', r"\{site\} has nothing to fill it"),
        ('filled = "site"', 'filled = "place"', "there is no column place"),
        ('"rdf:type" = { iri = "ew:Disclosure" }', "type = { iri = 'ew:x' }", "key 'type': 'type' is not an IRI"),
        ('{ iri = "ew:Disclosure" }', '{ iri = "foo:Bar baz" }', "not an IRI"),
        ('{ iri = "ew:Disclosure" }', '"ew:Disclosure"', "it is made of tables"),
        ('{ text = "{site}" }', '{ txt = "{site}" }', "a value has one of iri, text"),
        ('{ text = "{site}" }', "{ }", "a value has one of iri, text"),
        ('{ text = "{site}" }', '{ text = "{site}", datatype = "date" }', "key 'datatype'"),
        ('{ text = "{site}" }', '{ text = "{site}", unknown = "keep" }', "it is one of skip"),
        ('{ column = "country" }', '{ column = "land" }', "there is no column 'land'"),
        ('{ column = "country" }', '{ node = "place" }', "names a node 'place'; there is none"),
        ('{ column = "country" }', '{ node = "address" }', "without IRIs name each other in a circle"),
        ('name = "address"\n', 'name = "site"\n', "two nodes have one name"),
        ('source = ["site", "country"]', 'source = ["land"]', "key 'source': there is no column land"),
    ],
)
def test_a_mapping_that_is_not_well_written_says_where(old: str, new: str, message: str) -> None:
    assert old in TEXT
    with pytest.raises(ConfigurationError, match=message):
        parse_mapping("sites", TEXT.replace(old, new, 1))


def test_a_mapping_without_records_or_columns_is_none() -> None:
    with pytest.raises(ConfigurationError, match=r"at least one \[\[record\]\]"):
        parse_mapping("sites", 'summary = "x"')
    with pytest.raises(ConfigurationError, match=r"at least one \[\[table.column\]\]"):
        parse_mapping("sites", 'summary = "x"\n[[table]]\nname = "t"')


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"Korea" = "KOR"', '"Korea" = "KORR"', "no concept 'KORR'"),
        ("resource/authority/country", "x", "has the code list"),
        ('code = "country", of', 'code = "nothing", of', "code list called 'nothing'"),
        ('code = { country = "KOR" }', 'code = { country = "XXX" }', "wants 'XXX', which the code list has not"),
        ('code = { country = "KOR" }', 'code = { site = "KOR" }', "no column of the type"),
    ],
)
def test_a_mapping_that_names_what_no_code_list_has_says_so(old: str, new: str, message: str) -> None:
    assert old in TEXT
    mapping = parse_mapping("sites", TEXT.replace(old, new))
    with pytest.raises(ConfigurationError, match=message):
        Maker(mapping, BASE, KOS)


def test_mappings_are_found_by_name() -> None:
    assert "icmm-mines" in mapping_ids()
    with pytest.raises(NotFoundError, match="there is no importer 'other'"):
        load_mapping("other")


def test_a_name_without_a_prefix_is_no_iri() -> None:
    assert expanded("ew:Site") == terms.Site
    assert prefixes()["ew"] == terms.EW
    with pytest.raises(InputError, match="not an IRI"):
        expanded("Site")
