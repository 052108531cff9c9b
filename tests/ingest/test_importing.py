"""Public tables become records as their mapping says; the real lists give the numbers that are known of them."""

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from ewgraph.errors import NotFoundError, ParseError
from ewgraph.ingest.checking import Checker
from ewgraph.ingest.importing import Import, Importer
from ewgraph.ingest.mapping import load_mapping, mapping_ids
from ewgraph.ingest.records import RecordSource
from ewgraph.ingest.sheets.document import open_document
from ewgraph.model import terms
from ewgraph.model.codes import Confidence
from ewgraph.model.rdf import IRI
from ewgraph.validate.messages import Messages
from tests.ingest.trig_files import ROOT

KOS = ROOT / "ontology" / "kos"
LABEL = IRI("http://www.w3.org/2000/01/rdf-schema#label")
HEADING = "year,supplier_name,country_area,country,supplier_address\n"
ROWS = (
    "2018,Alpha Ltd,x,China,1 First Road Shenzhen\n"
    "2018,Beta GmbH,x,Germany,2 Second Road Berlin\n"
    "2018,ALPHA LTD.,x,China,1 First Road  Shenzhen\n"
    "2017,Alpha Ltd,x,Chnia,1 First Road Shenzhen\n"
    "2017,Alpha Ltd,x,Czech,1 First Road Brno\n"
    "20xx,Alpha Ltd,x,China,1 First Road Shenzhen\n"
)
MINES = (
    "ICMMID,ConfidenceFactor,MineName,GroupNames,Latitude,Longitude,"
    "AssetType,Country,PrimaryCommodity,SecondaryCommodity,OtherCommodities\n"
)
Convert = Callable[[str, str | Path], Import]


def imported(source: str, path: Path) -> Import:
    importer = Importer(load_mapping(source), "https://data.example.org/", KOS, Messages(ROOT / "shapes"))
    return importer.imported(open_document(path, path.name), lambda _: "2024-01-01T00:00:00Z")


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    def converted(source: str, content: str | Path) -> Import:
        if isinstance(content, Path):
            return imported(source, content)
        path = tmp_path / "list.csv"
        path.write_text(content, encoding="utf-8")
        return imported(source, path)

    return converted


@pytest.fixture
def small(convert: Convert) -> Import:
    return convert("apple-suppliers", HEADING + ROWS)


def values(record: RecordSource, predicate: IRI) -> list[str]:
    return [quad.object.value for quad in record.quads if quad.predicate == predicate]  # type: ignore[union-attr]


def claims(record: RecordSource) -> int:
    return values(record, terms.RDF.type).count(terms.SupplyClaim.value)


def test_each_year_is_one_edition(small: Import) -> None:
    assert [values(record, terms.issuedFor) for record in small.records] == [["2017"], ["2018"]]
    edition = small.records[1]
    assert edition.kind == terms.SupplierListEdition
    assert set(values(edition, terms.validFrom)) == {"2018-01-01"}
    assert set(values(edition, terms.validTo)) == {"2019-01-01"}
    assert values(edition, terms.sourceRow) == ["2", "3"]
    assert values(edition, terms.sourceColumn) == ["B,E,D", "B,E,D"]


def test_a_row_said_in_other_case_and_punctuation_is_one_site_and_one_claim(small: Import) -> None:
    assert small.repeated == 1
    assert claims(small.records[1]) == 2
    assert len(small.sites) == 3


def test_a_row_that_cannot_be_understood_is_refused_with_its_number(small: Import) -> None:
    assert [(refused.number, refused.reason) for refused in small.refused] == [
        (5, "'Chnia' is no country that is known here. Did you mean 'China'?"),
        (7, "This row cannot be read (year: 20xx): correct it and send the file again."),
    ]


def test_the_records_conform(small: Import, checker: Checker) -> None:
    for record in small.records:
        assert checker.report(record.record, record.quads).results == ()


def test_the_same_rows_make_the_same_record_and_others_another(small: Import, convert: Convert) -> None:
    assert convert("apple-suppliers", HEADING + ROWS).records == small.records
    other = convert("apple-suppliers", HEADING + ROWS.replace("Beta", "Gamma"))
    assert [record.record == old.record for record, old in zip(other.records, small.records, strict=True)] == [
        True,
        False,
    ]


def test_a_table_without_a_heading_that_is_needed_is_refused(convert: Convert) -> None:
    with pytest.raises(ParseError, match=r"list.csv: The column supplier_address is missing"):
        convert("apple-suppliers", "year,supplier_name,country\n2018,A,China\n")
    with pytest.raises(ParseError, match="No sheet of this file has the headings"):
        convert("apple-suppliers", "a,b\n1,2\n")


def test_the_apple_list_gives_an_edition_a_year_with_all_its_rows(shared_data: Path, convert: Convert) -> None:
    path = shared_data / "apple-suppliers" / "apple-supplier-list-2012-2018.csv"
    done = convert("apple-suppliers", path)
    rows = Counter(row["year"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [rows[str(year)] for year in range(2012, 2019)] == [802, 802, 759, 777, 768, 777, 808]
    counted = {values(record, terms.issuedFor)[0]: claims(record) for record in done.records}
    assert sum(counted.values()) + done.repeated == 5493
    assert all(rows[year] - counted[year] in {0, 1, 2} for year in rows)
    assert done.refused == []
    assert done.repeated == 3
    assert len(done.sites) == 3936


def test_an_edition_of_the_apple_list_conforms(shared_data: Path, convert: Convert, checker: Checker) -> None:
    with (shared_data / "apple-suppliers" / "apple-supplier-list-2012-2018.csv").open(encoding="utf-8") as file:
        sample = "".join([next(file) for _ in range(101)])
    (edition,) = convert("apple-suppliers", sample).records
    assert checker.report(edition.record, edition.quads).results == ()


def test_the_mining_dataset_gives_its_sites_in_parts(shared_data: Path, convert: Convert, checker: Checker) -> None:
    done = convert("icmm-mines", shared_data / "icmm-global-mining" / "global-mining-dataset.csv")
    assert len(done.records) == 9
    assert {refused.reason.split(" that")[0] for refused in done.refused} <= {"'Kosovo' is no country"}
    assert len(done.sites) + len(done.refused) == 8508
    last = done.records[-1]
    assert checker.report(last.record, last.quads).results == ()
    kisanfu = IRI("https://w3id.org/ewgraph/id/mine/ICMM13595")
    said = {
        (quad.predicate, quad.object.value)  # type: ignore[union-attr]
        for record in done.records
        for quad in record.quads
        if quad.subject == kisanfu
    }
    assert (LABEL, "Kisanfu") in said
    assert (terms.mineral, terms.EWK + "mineral/cobalt") in said


def test_a_mine_that_is_also_a_smelter_is_both(convert: Convert) -> None:
    row = "ICMM00001,Very Low,A,,\N{MINUS SIGN}1.5,30,Mine;Smelter,Turkey,tin,bauxite,coal;gold\n"
    (record,) = convert("icmm-mines", MINES + row).records
    kinds = values(record, terms.RDF.type)
    assert terms.Mine.value in kinds
    assert terms.Smelter.value in kinds
    assert {v.rpartition("/")[2] for v in values(record, terms.mineral)} == {"tin", "aluminium", "gold"}
    assert values(record, terms.confidence) == [Confidence.LOW.value]
    assert "POINT(30 -1.5)" in values(record, terms.GEO.asWKT)


def test_an_asset_type_that_is_unknown_refuses_the_row(convert: Convert) -> None:
    done = convert("icmm-mines", MINES + "ICMM00001,High,A,,1.5,30,Farm,Peru,tin,,\n")
    assert done.records == []
    assert "AssetType: Farm" in done.refused[0].reason


def test_mappings_are_found_by_name() -> None:
    assert {"apple-suppliers", "icmm-mines"} <= set(mapping_ids())
    with pytest.raises(NotFoundError, match="There are apple-suppliers"):
        load_mapping("other")
