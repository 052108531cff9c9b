"""What a form is filled in with: the words of the author's own records, as far as the View shows them."""

from collections.abc import Callable

import pytest

from ewgraph.errors import NotFoundError
from ewgraph.ingest.template import Known, known_of
from ewgraph.model.rdf import IRI, Quad
from tests.conftest import House, named
from tests.ingest.template.conftest import CONTRACT, DISCLOSURE, NOTICE, PREFIXED

Reading = Callable[..., Known]
KOS = "https://w3id.org/ewgraph/kos/"


def by_name(known: Known) -> dict[str, dict[str, str]]:
    return {row["site_name"]: dict(row) for row in known.rows if "site_name" in row}


def test_a_row_is_quoted_as_it_was_said(house: House, contract_known: Reading) -> None:
    house.load(NOTICE + DISCLOSURE)
    assert by_name(contract_known("ex:reseller"))["=Factory 1"] == {
        "contract": CONTRACT.value,
        "contract_name": "Laptops 2024",
        "model": named("L1").value,
        "model_name": "Laptop 1",
        "tier": KOS + "tier/final-assembly",
        "site": named("F1").value,
        "site_name": "=Factory 1",
        "native_name": "工厂一",
        "address": "1 Harbour Road",
        "locality": "Kunshan",
        "postcode": "00123",
        "country": "http://publications.europa.eu/resource/authority/country/CHN",
        "site_type": KOS + "site-type/factory",
        "os_id": "CN2021250D1DTN7",
        "operator": named("op").value,
        "operator_name": "Operator Ltd",
        "valid_from": "2024-01-01",
        "completeness": KOS + "completeness/complete",
        "comment": "As of May",
    }


def test_what_stands_without_a_site_has_a_row_of_its_own(house: House, contract_known: Reading) -> None:
    house.load(NOTICE + DISCLOSURE)
    rows = [row for row in contract_known("ex:reseller").rows if "site_name" not in row]
    silent = next(row for row in rows if "asked" in row)
    assert (silent["model_name"], silent["component"]) == ("Laptop 2", KOS + "component/display")
    assert (silent["asked_name"], silent["sent_on"]) == ("Brand", "2024-05-20")
    none = next(row for row in rows if "completeness" in row)
    assert (none["model_name"], none["completeness"]) == ("Laptop 2", KOS + "completeness/none-exists")


def test_each_model_and_tier_that_is_owed_and_unsaid_has_a_row_to_fill(house: House, contract_known: Reading) -> None:
    house.load(NOTICE)
    wanted = [(row["model_name"], row["tier"].rpartition("/")[2]) for row in contract_known("ex:reseller").rows]
    assert wanted == [
        (model, tier) for model in ("Laptop 1", "Laptop 2") for tier in ("final-assembly", "strategic-component")
    ]


def test_the_head_tells_the_parties_and_what_is_owed(house: House, contract_known: Reading) -> None:
    house.load(NOTICE + DISCLOSURE)
    known = contract_known("ex:reseller", "de")
    assert (known.label, known.author_label, known.buyers) == ("Laptops 2024 (de)", "Reseller", ("University A",))
    assert known.clauses == ("Conditions, version 2",)
    assert [(one.due_on, one.answered) for one in known.owed] == [("2024-04-15", True), ("2024-07-15", False)]
    assert [model.label for model in known.models] == ["Laptop 1", "Laptop 2"]


def test_the_buyer_gets_the_contractors_form_without_what_is_for_staff(house: House, contract_known: Reading) -> None:
    house.load(NOTICE + DISCLOSURE)
    assert contract_known("ex:uni-a").author == named("reseller")
    assert set(by_name(contract_known("ex:uni-a"))) == {"=Factory 1"}
    assert set(by_name(contract_known("staff"))) == {"=Factory 1", "Cells"}


def test_a_contract_of_others_is_as_unknown_as_none(house: House) -> None:
    house.load(NOTICE)
    messages = []
    for contract in (CONTRACT, named("K9")):
        with pytest.raises(NotFoundError) as caught:
            known_of(house.view("ex:other"), lambda _: [], contract)
        messages.append(str(caught.value).replace(contract.value, "…"))
    assert messages[0] == messages[1]


def test_what_others_said_of_the_contract_stays_out(house: House, contract_known: Reading) -> None:
    house.load(NOTICE + DISCLOSURE.replace("prov:wasAttributedTo ex:reseller", "prov:wasAttributedTo ex:uni-a"))
    assert by_name(contract_known("ex:reseller")) == {}


def test_what_is_said_of_another_contract_stays_out(house: House, contract_known: Reading) -> None:
    house.load(NOTICE + DISCLOSURE.replace("ew:scopeContract ex:K1", "ew:scopeContract ex:K2"))
    assert by_name(contract_known("ex:reseller")) == {}


REVISED = """
ex:D2 { ex:D2 a ew:Disclosure ; prov:wasAttributedTo ex:reseller ; ew:visibility vis:contract-party ;
    ew:receivedAt "2024-08-01T00:00:00Z"^^xsd:dateTime ; prov:wasRevisionOf ex:D1 .
  ex:F1 a ew:Factory ; rdfs:label "Factory One" .
  ex:c3 a ew:SupplyClaim ; ew:assertedIn ex:D2 ; ew:output ex:L1 ; ew:site ex:F1 ; ew:tier tier:final-assembly ;
    ew:scope scope:contract ; ew:scopeContract ex:K1 ; ew:evidenceBasis eb:contract-disclosure ;
    ew:validFrom "2024-01-01"^^xsd:date . }
"""


def test_only_the_newest_word_is_quoted_and_an_earlier_day_has_the_earlier(
    house: House, contract_known: Reading
) -> None:
    house.load(NOTICE + DISCLOSURE)
    house.load(PREFIXED + REVISED)
    assert set(by_name(contract_known("ex:reseller"))) == {"Factory One"}
    earlier = house.view("ex:reseller", known_at="2024-07-01T00:00:00+00:00")
    quads = {record: house.ledger.entry(named(record)) for record in ("D1", "R1")}
    known = known_of(earlier, lambda record: quads[record.value.rpartition("/")[2]].quads(), CONTRACT)  # type: ignore[union-attr]
    assert "=Factory 1" in by_name(known)


def test_a_claim_that_was_taken_back_is_not_quoted(house: House, contract_known: Reading) -> None:
    house.load(NOTICE + DISCLOSURE)
    house.load(
        "ex:T1 { ex:T1 a ew:Retraction ; ew:retracts ex:c1 ; prov:wasAttributedTo ex:reseller ; "
        'ew:visibility vis:contract-party ; ew:receivedAt "2024-08-01T00:00:00Z"^^xsd:dateTime . }'
    )
    assert "=Factory 1" not in by_name(contract_known("ex:reseller"))


def test_only_records_that_the_view_shows_are_asked_for(house: House) -> None:
    house.load(NOTICE + DISCLOSURE)
    asked: list[IRI] = []

    def quads(record: IRI) -> list[Quad]:
        asked.append(record)
        return []

    known_of(house.view("ex:reseller"), quads, CONTRACT)
    assert asked == [named("D1"), named("R1")]
