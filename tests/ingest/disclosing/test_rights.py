"""Nobody speaks for somebody else through what a file says, or learns by it of what is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from ewgraph.access import STAFF_READER, Principal, organization
from ewgraph.errors import InputError, RightsError
from ewgraph.ingest.disclosing.recognition import offered_to
from ewgraph.ingest.disclosing.request import Request
from ewgraph.ingest.mapping import load_mapping
from ewgraph.ingest.mapping.language import When
from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.rdf import IRI
from tests.ingest.disclosing.conftest import Desk
from tests.ingest.disclosing.worlds import BUYER, RESELLER, contract, row

APPLE = IRI("https://w3id.org/ewgraph/id/org/apple")
LIST = b"year,supplier_name,country,supplier_address\n2024,Plant 1,China,Road 1\n"
NOTICE = (
    b'{"uri": "https://example.org/1", "version": "1.1", "releases": [{"ocid": "ocds-213czf-K1", "id": "1", "date": '
    b'"2024-01-15T00:00:00Z", "buyer": {"name": "Uni A"}, "tender": {}, "awards": [{"id": "1", "suppliers": '
    b'[{"name": "Reseller"}]}], "contracts": [{"id": "K1", "awardID": "1"}]}]}'
)


@pytest.mark.parametrize(("mapping", "content"), [("apple-suppliers", LIST), ("ocds", NOTICE)])
def test_what_speaks_for_others_is_for_the_staff(desk: Desk, mapping: str, content: bytes) -> None:
    path = desk.folder / "file"
    path.write_bytes(content)
    with pytest.raises(InputError, match="for the staff"):
        desk.intake.disclose(path, "file", Request(RESELLER, mapping=mapping))
    assert desk.records() == []


def test_a_list_as_of_somebody_else_is_ones_own(desk: Desk) -> None:
    path = desk.folder / "list.csv"
    path.write_bytes(LIST)
    report = desk.intake.disclose(path, "list.csv", Request(RESELLER))
    assert report.mapping == "brand-list"
    (record,) = map(IRI, report.records)
    desk.house.projector.catch_up()
    assert desk.house.view("ex:reseller").objects(record, terms.PROV.wasAttributedTo) == [RESELLER]
    assert desk.house.view("ex:uni-a").objects(record, terms.PROV.wasAttributedTo) == []


def test_a_format_that_speaks_for_one_organisation_is_handed_in_for_no_other(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST)
    with pytest.raises(InputError, match="the word of"):
        desk.intake.disclose(path, "list.csv", Request(OPERATOR, RESELLER, mapping="apple-suppliers"))
    assert desk.intake.disclose(path, "list.csv", Request(OPERATOR, APPLE, mapping="apple-suppliers")).state == "done"


@pytest.mark.parametrize(("reader", "kept"), [(STAFF_READER, OPERATOR), (organization(RESELLER), RESELLER)])
def test_it_is_kept_who_takes_back_what_the_author_handed_in(desk: Desk, reader: Principal, kept: IRI) -> None:
    report = desk.disclose(row("Plant 1"))
    assert report.submission is not None
    desk.intake.withdraw(report.submission, reader)
    *_, handed_in, taken_back = desk.house.ledger.entries()
    assert (handed_in.submitter, taken_back.submitter) == (RESELLER, kept)


def test_what_only_the_staff_may_say_only_the_staff_take_back(desk: Desk) -> None:
    path = desk.folder / "notice.json"
    path.write_bytes(NOTICE.replace(b'"awardID"', b'"dateSigned": "2024-01-15T00:00:00Z", "awardID"'))
    report = desk.intake.disclose(path, "notice.json", Request(OPERATOR, BUYER, mapping="ocds"))
    assert report.state == "done", report.results
    assert report.submission is not None
    before = desk.house.ledger.head()
    with pytest.raises(RightsError, match="Ask the staff"):
        desk.intake.withdraw(report.submission, organization(BUYER))
    assert desk.house.ledger.head() == before
    assert desk.submissions.get(report.submission).state == "done"
    assert desk.intake.withdraw(report.submission, STAFF_READER)


@pytest.mark.parametrize("column", ["site", "operator"])
@pytest.mark.parametrize("thing", ["K1", "K9", "N-K9", "K9-O1", "L3", "uni-b", "claim"])
def test_what_is_hidden_or_something_else_is_described_no_more_than_what_there_is_not(
    desk: Desk, column: str, thing: str
) -> None:
    desk.house.load(contract("K9", contractor="reseller-2", buyer="uni-b", models=("L3",)))
    report = desk.disclose(row("Plant 1", operator_name="Maker", **{column: thing}))
    unknown = desk.disclose(row("Plant 1", operator_name="Maker", **{column: "nothing-at-all"}))
    assert report.state == unknown.state == "refused"
    told = [[(each.shape, each.message, each.column, each.row) for each in one.results] for one in (report, unknown)]
    assert told[0] == told[1]
    assert told[0][0][0] == "https://w3id.org/ewgraph/shapes#reading-identifierChanged"
    assert desk.records() == []


def test_what_organisations_hand_in_is_public_only_where_they_say_so() -> None:
    for name in offered_to(RESELLER):
        for kind in load_mapping(name).records:
            said = [value for predicate, value in kind.head[0].properties if predicate == terms.visibility]
            always = [value for value in said if value.kind == "iri" and value.template.endswith("visibility/public")]
            assert said, (name, kind.name)
            assert all(When(empty=("submitter",)) in value.when for value in always), (name, kind.name)
