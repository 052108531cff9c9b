"""The way round: the form is written, edited and handed in; what comes of it is compared with what was said before."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ewgraph.ingest.answer.report import DisclosureReport
from ewgraph.ingest.disclosing.intake import Intake
from ewgraph.ingest.disclosing.request import Request
from ewgraph.ingest.disclosing.workplace import Workplace
from ewgraph.ingest.mapping.identifier_token import token
from ewgraph.ingest.template import LANGUAGES, Known
from ewgraph.model import terms
from ewgraph.validate.report import Severity
from tests.conftest import ROOT, House, named
from tests.ingest.template.conftest import DISCLOSURE, NOTICE, PREFIXED, saved

Reading = Callable[..., Known]
Edits = Sequence[tuple[str, object]]
Handing = Callable[..., DisclosureReport]


@pytest.fixture
def handed_in(house: House, contract_known: Reading, tmp_path: Path) -> Handing:
    """Writes the contractor's form, edits it, hands it in, and projects it."""
    base, shapes, kos = "https://service.example.org/", ROOT / "shapes", ROOT / "ontology" / "kos"
    intake = Intake(Workplace(house.ledger, house.gate, base, house.clock, shapes, kos, processes=1))

    def hand_in(edits: Edits = (), language: str = "en", *, dry_run: bool = False) -> DisclosureReport:
        path = saved(contract_known("ex:reseller", language), tmp_path / "form.xlsx", edits, language)
        report = intake.disclose(path, path.name, Request(named("reseller"), dry_run=dry_run))
        house.projector.catch_up()
        return report

    return hand_in


def counts(report: DisclosureReport) -> dict[str, int]:
    assert report.difference is not None
    return {kind: count for kind, count in report.difference.counts.items() if count}


def refused(report: DisclosureReport) -> list[tuple[str | None, str]]:
    """Cell and shape of each violation."""
    found = [one for one in report.results if one.severity is Severity.VIOLATION]
    return [(one.cell, one.shape.rpartition("#")[2].rpartition("/")[2]) for one in found]


FORM_ROW = {"C": "Final assembly", "E": "Works", "G": "1 Road", "K": "Norway", "Q": "2024-03-01"}
FIRST: Edits = [("T2", "Complete"), *((f"{letter}2", text) for letter, text in FORM_ROW.items())]
"""What the first row to fill in says: a site, and that it is all there is."""
SECOND: Edits = [(f"{letter}4", text) for letter, text in FORM_ROW.items()]
"""The same site for the other model."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_unchanged_is_no_change(
    house: House, contract_known: Reading, handed_in: Handing, language: str
) -> None:
    house.load(NOTICE + DISCLOSURE)
    first = handed_in(language=language)
    assert (first.state, refused(first)) == ("done", [])
    again = handed_in(dry_run=True)
    assert set(counts(again)) == {"unchanged"}
    assert "site_name" in contract_known("ex:reseller").rows[0]


def test_an_edited_name_is_a_renamed_site(house: House, handed_in: Handing) -> None:
    house.load(NOTICE)
    handed_in([*FIRST, *SECOND])
    report = handed_in([("E2", "Factory One")])
    assert report.difference is not None
    assert {(one.kind, one.site_before, one.site) for one in report.difference.changes} == {
        ("renamed", "Works", "Factory One")
    }
    assert set(counts(handed_in(dry_run=True))) == {"unchanged"}


def test_what_was_said_in_another_way_is_compared_and_replaced(
    house: House, contract_known: Reading, handed_in: Handing
) -> None:
    house.load(NOTICE + DISCLOSURE.replace("ew:visibility vis:staff ;", ""))
    report = handed_in([("E2", "Factory One")])
    assert report.difference is not None
    assert {one.kind for one in report.difference.changes} == {"renamed"}
    names = [row["site_name"] for row in contract_known("ex:reseller").rows if "site_name" in row]
    assert names == ["Factory One", "Cells"]


def test_what_was_said_of_two_contracts_at_once_is_not_replaced_by_word_on_one(
    house: House, handed_in: Handing
) -> None:
    both = DISCLOSURE.replace(
        "ex:q2 a ew:CompletenessClaim ; ew:assertedIn ex:D1 ; ew:ofContract ex:K1",
        "ex:q2 a ew:CompletenessClaim ; ew:assertedIn ex:D1 ; ew:ofContract ex:K2",
    )
    house.load(NOTICE + both)
    handed_in()
    assert house.view("ex:reseller").subjects(terms.PROV.wasRevisionOf, named("D1")) == []
    assert house.view("ex:reseller").subjects(terms.PROV.wasRevisionOf, named("R1")) != []


def test_a_cleared_row_is_withdrawn(house: House, contract_known: Reading, handed_in: Handing) -> None:
    house.load(NOTICE)
    handed_in([*FIRST, *SECOND])
    report = handed_in([(f"{letter}2", None) for letter in "EFGHIJKLMNOPQRSTUVWXY"])
    assert report.difference is not None
    assert {(one.kind, one.what) for one in report.difference.changes} == {
        ("withdrawn", "SupplyClaim"),
        ("withdrawn", "CompletenessClaim"),
    }
    assert [row["model_name"] for row in contract_known("ex:reseller").rows if "site_name" in row] == ["Laptop 2"]


def test_a_row_typed_below_is_added_and_finds_its_model_by_number(house: House, handed_in: Handing) -> None:
    house.load(NOTICE)
    report = handed_in([(f"{letter}10", text) for letter, text in {**FORM_ROW, "B": "LP-001"}.items()])
    assert refused(report) == []
    assert report.difference is not None
    assert [(one.kind, one.model, one.site, one.row) for one in report.difference.changes] == [
        ("added", "Laptop 1", "Works", 10)
    ]


OTHERS = NOTICE[NOTICE.index("ex:N1 {") :].replace("ex:K1", "ex:K2").replace("ex:N1", "ex:N2").replace("ex:O", "ex:P")


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        ({"B": "Laptop 9"}, "B10"),
        ({"B": "Laptop 1", "A": "Laptops of others", "Z": token(named("K2"))}, "A10"),
        ({"B": "Laptop 1", "A": "Unknown", "Z": token(named("K9"))}, "A10"),
        ({"B": "Laptop 3", "AA": token(named("L3"))}, "B10"),
    ],
    ids=["no such model", "another buyer's contract", "no such contract", "a model of no line"],
)
def test_what_the_contract_does_not_have_is_refused_at_its_cell(
    house: House, handed_in: Handing, change: dict[str, str], cell: str
) -> None:
    house.load(NOTICE)
    house.load(PREFIXED + OTHERS.replace("ex:reseller", "ex:rival").replace("ex:uni-a", "ex:uni-b"))
    report = handed_in([(f"{letter}10", text) for letter, text in {**FORM_ROW, **change}.items()], dry_run=True)
    assert report.totals.quarantined == 1
    assert cell in {found for found, _ in refused(report)}
    assert not any("rival" in one.message or "uni-b" in one.message for one in report.results)
