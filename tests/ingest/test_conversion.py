"""Tables become records as their mapping says; the real lists give the numbers that are known of them."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from ewgraph.errors import ConfigurationError, InputError, NotFoundError, ParseError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.conversion import Conversion, Converter
from ewgraph.ingest.mapping import expanded, filled, load_mapping, mapping_ids, parse_mapping
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.tabular import rows_of
from ewgraph.model import terms
from ewgraph.model.codes import Confidence
from ewgraph.model.rdf import IRI
from tests.ingest.trig_files import ROOT

SHARED = Path(os.environ.get("REAL_DATA", ROOT.parent / "shared" / "data"))
APPLE = SHARED / "apple-suppliers" / "apple-supplier-list-2012-2018.csv"
ICMM = SHARED / "icmm-global-mining" / "global-mining-dataset.csv"
KOS = ROOT / "ontology" / "kos"
LABEL = IRI("http://www.w3.org/2000/01/rdf-schema#label")
HEADING = "year,supplier_name,country_area,country,supplier_address\n"
ROWS = (
    "2018,Alpha Ltd,x,China,1 First Road Shenzhen\n"
    "2018,Beta GmbH,x,Germany,2 Second Road Berlin\n"
    "2018,ALPHA LTD.,x,China,1 First Road  Shenzhen\n"
    "2017,Alpha Ltd,x,Chinaland,1 First Road Shenzhen\n"
    "2017,Alpha Ltd,x,Czech,1 First Road Brno\n"
    "20xx,Alpha Ltd,x,China,1 First Road Shenzhen\n"
    "2016,Alpha Ltd,x\n"
)
needs_apple = pytest.mark.skipif(not APPLE.exists(), reason=f"the Apple supplier list is not at {APPLE}")
needs_icmm = pytest.mark.skipif(not ICMM.exists(), reason=f"the ICMM dataset is not at {ICMM}")


def convert(source: str, content: bytes, received_at: str = "2024-01-01T00:00:00Z") -> Conversion:
    converter = Converter(load_mapping(source), "https://data.example.org/", KOS)
    return converter.convert("list.csv", content, lambda _: received_at)


def values(record: RecordSource, predicate: IRI) -> list[str]:
    return [quad.object.value for quad in record.quads if quad.predicate == predicate]


def claims(record: RecordSource) -> int:
    return values(record, terms.RDF.type).count(terms.SupplyClaim.value)


@pytest.fixture(scope="module")
def small() -> Conversion:
    return convert("apple-suppliers", (HEADING + ROWS).encode())


def test_each_year_is_one_edition(small: Conversion) -> None:
    assert [values(record, terms.issuedFor) for record in small.records] == [["2017"], ["2018"]]
    edition = small.records[1]
    assert edition.kind == terms.SupplierListEdition
    assert set(values(edition, terms.validFrom)) == {"2018-01-01"}
    assert set(values(edition, terms.validTo)) == {"2019-01-01"}
    assert values(edition, terms.sourceRow) == ["2", "3"]


def test_a_row_said_in_other_case_and_punctuation_is_one_site_and_one_claim(small: Conversion) -> None:
    assert small.repeated == 1
    assert claims(small.records[1]) == 2
    assert len(small.sites) == 3


def test_a_row_that_cannot_be_understood_is_refused_with_its_number(small: Conversion) -> None:
    assert [(refused.number, refused.reason.split(",")[0]) for refused in small.refused] == [
        (5, "'Chinaland' is no country that the code list knows"),
        (7, "its year is '20xx'"),
        (8, "it has 3 cells under 5 headings"),
    ]


def test_the_records_conform(small: Conversion, checker: Checker) -> None:
    for record in small.records:
        assert checker.report(record.record, record.quads).results == ()


def test_the_same_rows_make_the_same_record_and_others_another(small: Conversion) -> None:
    again = convert("apple-suppliers", (HEADING + ROWS).encode())
    assert again.records == small.records
    other = convert("apple-suppliers", (HEADING + ROWS.replace("Beta", "Gamma")).encode())
    assert [record.record == old.record for record, old in zip(other.records, small.records, strict=True)] == [
        True,
        False,
    ]


@needs_apple
def test_the_apple_list_gives_an_edition_a_year_with_all_its_rows() -> None:
    conversion = convert("apple-suppliers", APPLE.read_bytes())
    rows = Counter(row["year"] for row in csv.DictReader(APPLE.read_text(encoding="utf-8").splitlines()))
    assert [rows[str(year)] for year in range(2012, 2019)] == [802, 802, 759, 777, 768, 777, 808]
    counted = {values(record, terms.issuedFor)[0]: claims(record) for record in conversion.records}
    assert sum(counted.values()) + conversion.repeated == 5493
    assert all(rows[year] - counted[year] in {0, 1, 2} for year in rows)
    assert conversion.refused == []
    assert conversion.repeated == 3
    assert len(conversion.sites) == 3936


@needs_apple
def test_an_edition_of_the_apple_list_conforms(checker: Checker) -> None:
    with APPLE.open(encoding="utf-8") as file:
        sample = "".join([next(file) for _ in range(101)])
    (edition,) = convert("apple-suppliers", sample.encode()).records
    assert checker.report(edition.record, edition.quads).results == ()


@needs_icmm
def test_the_mining_dataset_gives_its_sites_in_parts(checker: Checker) -> None:
    conversion = convert("icmm-mines", ICMM.read_bytes())
    assert len(conversion.records) == 9
    assert {refused.reason.split(",")[0] for refused in conversion.refused} <= {
        "'Kosovo' is no country that the code list knows"
    }
    assert len(conversion.sites) + len(conversion.refused) == 8508
    last = conversion.records[-1]
    assert checker.report(last.record, last.quads).results == ()
    kisanfu = IRI("https://w3id.org/ewgraph/id/mine/ICMM13595")
    said = {
        (quad.predicate, quad.object.value)
        for record in conversion.records
        for quad in record.quads
        if quad.subject == kisanfu
    }
    assert (LABEL, "Kisanfu") in said
    assert (terms.mineral, terms.EWK + "mineral/cobalt") in said


def test_a_mine_that_is_also_a_smelter_is_both() -> None:
    heading = (
        "ICMMID,ConfidenceFactor,MineName,GroupNames,Latitude,Longitude,"
        "AssetType,Country,PrimaryCommodity,SecondaryCommodity,OtherCommodities\n"
    )
    row = "ICMM00001,Very Low,A,,\N{MINUS SIGN}1.5,30,Mine;Smelter,Turkey,tin,bauxite,coal;gold\n"
    (record,) = convert("icmm-mines", (heading + row).encode()).records
    kinds = values(record, terms.RDF.type)
    assert terms.Mine.value in kinds
    assert terms.Smelter.value in kinds
    assert {v.rpartition("/")[2] for v in values(record, terms.mineral)} == {"tin", "aluminium", "gold"}
    assert values(record, terms.confidence) == [Confidence.LOW.value]
    assert "POINT(30 -1.5)" in values(record, terms.GEO.asWKT)


def test_an_asset_type_that_is_unknown_refuses_the_row() -> None:
    heading = "ICMMID,ConfidenceFactor,MineName,GroupNames,Latitude,Longitude,AssetType,Country,PrimaryCommodity"
    row = "ICMM00001,High,A,,1.5,30,Farm,Peru,tin,,\n"
    conversion = convert("icmm-mines", f"{heading},SecondaryCommodity,OtherCommodities\n{row}".encode())
    assert "'Farm' is none of 'Mine'" in conversion.refused[0].reason


def test_headings_are_found_by_synonym_case_and_separator() -> None:
    rows = rows_of(
        "f.csv", b'Name;YEAR\n"a\nb";2018\n\n c  d;2019\n', {"name": ("supplier", "name"), "year": ("year",)}
    )
    assert [(row.number, dict(row.cells)) for row in rows] == [
        (2, {"name": "a b", "year": "2018"}),
        (5, {"name": "c d", "year": "2019"}),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"name\n1\n", "no column 'year', headed 'year' or 'yr'"),
        (b"", "no column 'year'"),
        (b'year\n"a" b\n', r"f.csv:2: this is not CSV"),
        ("year\né".encode("cp1252"), "not UTF-8"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=message):
        rows_of("f.csv", content, {"year": ("year", "yr")})


def test_mappings_are_found_by_name() -> None:
    assert mapping_ids() == ["apple-suppliers", "icmm-mines"]
    with pytest.raises(NotFoundError, match="There are apple-suppliers, icmm-mines"):
        load_mapping("other")


def test_a_slot_that_wants_a_number_refuses_text() -> None:
    with pytest.raises(InputError, match="'x' is no whole number"):
        filled("{year+1}", {"year": "x"})


def test_a_name_without_a_prefix_is_no_iri() -> None:
    assert expanded("ew:Site") == terms.Site
    with pytest.raises(InputError, match="not an IRI"):
        expanded("Site")


@pytest.mark.parametrize(
    "change",
    [
        ("summary", "sumary"),
        ('{ text = "{supplier}" }', '{ txt = "{supplier}" }'),
        ('"rdfs:label" = { text = "{supplier}" }', '"label" = { text = "{supplier}" }'),
        ('year = "\\\\d{4}"', 'year = "("'),
        ('{ code = "country", of = "{country}" }', '{ choice = "x", of = "{country}" }'),
    ],
)
def test_a_mapping_that_is_not_well_written_says_so(change: tuple[str, str]) -> None:
    text = load_mapping("apple-suppliers").text
    assert change[0] in text
    with pytest.raises(ConfigurationError, match="not well written"):
        parse_mapping("broken", text.replace(*change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"Korea" = "KOR"', '"Korea" = "KORR"'), "no concept 'KORR'"),
        (("resource/authority/country", "x"), "has the code list"),
    ],
)
def test_a_mapping_that_names_what_no_code_list_has_says_so(change: tuple[str, str], message: str) -> None:
    mapping = parse_mapping("broken", load_mapping("apple-suppliers").text.replace(*change))
    with pytest.raises(ConfigurationError, match=message):
        Converter(mapping, "https://data.example.org/", KOS)
