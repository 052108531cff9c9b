"""A form becomes records; what is wrong stays out, row by row; the next one revises it."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3

import pytest

from ewgraph.access import STAFF_READER, organization
from ewgraph.errors import ConflictError, InputError, LimitError, NotFoundError, ParseError
from ewgraph.ingest.answer.report import Change
from ewgraph.ingest.disclosing.intake import Intake
from ewgraph.ingest.disclosing.request import Request
from ewgraph.ledger import OPERATOR
from ewgraph.model import terms
from ewgraph.model.rdf import IRI, canonical_nquads, digest
from ewgraph.validate.report import Severity
from ewgraph.validate.validator import Validator
from tests.conftest import ROOT, House, named
from tests.ingest.disclosing.conftest import Desk
from tests.ingest.disclosing.worlds import OTHER, RESELLER, contract, file, row, workplace


def sites(house: House, reader: str) -> list[str]:
    """The names of the sites that standing, unretracted supply claims name, as a reader sees it."""
    view = house.view(reader)
    found = []
    for claim in view.subjects(terms.RDF.type, terms.SupplyClaim):
        records = [node for node in view.objects(claim, terms.assertedIn) if isinstance(node, IRI)]
        ended = any(view.subjects(terms.PROV.wasRevisionOf, record) for record in records)
        if not ended and not view.subjects(terms.retracts, claim):
            for site in view.objects(claim, terms.site):
                assert isinstance(site, IRI)
                found += [label.value for label in view.objects(site, terms.RDFS.label)]  # type: ignore[union-attr]
    return sorted(found)


def test_a_form_becomes_a_record_that_the_parties_see(desk: Desk) -> None:
    report = desk.disclose(row("Plant 1"), row("Plant 2", model="L2"))
    assert (report.state, report.conforms) == ("done", True)
    assert (report.totals.rows, report.totals.let_in, report.totals.records) == (2, 2, 1)
    assert [record.value for record in desk.records()] == list(report.records)
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 2"]
    assert sites(desk.house, "ex:reseller-2") == []
    assert report.submission is not None
    kept = desk.submissions.report(report.submission)
    assert kept == report.as_json()
    submission = desk.submissions.get(report.submission)
    assert (submission.state, submission.mapping) == ("done", "factory-disclosure")
    assert desk.house.ledger.source(submission.source) == ("form.csv", (desk.folder / "form.csv").read_bytes())


def test_a_dry_run_tells_the_same_and_stores_nothing(desk: Desk) -> None:
    report = desk.disclose(row(), row("Plant 2", valid_from="never"), dry_run=True)
    assert (report.state, report.submission, report.dry_run) == ("done", None, True)
    assert (report.totals.let_in, report.totals.quarantined) == (1, 1)
    assert desk.records() == []
    assert desk.submissions.all_of() == []


def test_a_row_that_is_wrong_stays_out_and_says_in_which_cell(desk: Desk) -> None:
    report = desk.disclose(row("Plant 1"), row("Plant 2", valid_from="31.02.2024"), row("Plant 3"))
    assert report.state == "done"
    assert (report.totals.let_in, report.totals.quarantined) == (2, 1)
    assert [(result.cell, result.value) for result in report.results] == [("K3", "31.02.2024")]
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 3"]
    assert report.submission is not None
    (kept,) = desk.quarantine.rows(report.submission)
    assert (kept.row, kept.cells["site_name"], kept.state) == (3, "Plant 2", "open")
    assert kept.results[0]["cell"] == "K3"


def test_a_warning_lets_in_and_is_told(desk: Desk) -> None:
    report = desk.disclose(row(valid_from="2019-01-01", valid_to="2020-01-01"))
    assert report.state == "done"
    assert {result.severity for result in report.results} == {Severity.WARNING}
    assert (report.totals.let_in, report.totals.quarantined) == (1, 0)


def test_a_form_in_which_no_row_conforms_is_refused(desk: Desk) -> None:
    report = desk.disclose(row(valid_from="soon"))
    assert (report.state, report.records) == ("refused", ())
    assert desk.records() == []
    assert report.submission is not None
    assert desk.quarantine.count(report.submission) == 1


def test_the_same_form_again_is_no_change(desk: Desk) -> None:
    first = desk.disclose(row("Plant 1"), row("Plant 2"))
    desk.house.clock.time += dt.timedelta(days=1)
    again = desk.disclose(row("Plant 1"), row("Plant 2"))
    resaved = desk.disclose(row("Plant 2"), row("Plant 1"))
    assert (again.state, resaved.state) == ("unchanged", "unchanged")
    assert again.records == first.records
    assert len(desk.records()) == 1


def test_a_newer_form_revises_the_older_and_tells_what_changed(desk: Desk) -> None:
    first = desk.disclose(row("Plant 1"), row("Plant 2"), row("Plant 3"), row("Plant 4"))
    desk.house.clock.time += dt.timedelta(days=1)
    second = desk.disclose(
        row("Plant 1"),
        row("Plant Two", address="Plant 2 Road 1"),
        row("Plant 3", valid_from="2025-01-01"),
        row("Plant 5"),
    )
    assert second.difference is not None
    assert second.difference.previous == first.submission
    assert second.difference.counts == {"unchanged": 1, "renamed": 1, "changed": 1, "added": 1, "withdrawn": 1}
    told = {(change.kind, change.site, change.site_before) for change in second.difference.changes}
    assert told == {
        ("renamed", "Plant Two", "Plant 2"),
        ("changed", "Plant 3", None),
        ("added", "Plant 5", None),
        ("withdrawn", "Plant 4", None),
    }
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 3", "Plant 5", "Plant Two"]
    old, new = desk.records()
    assert desk.house.view("ex:uni-a").objects(new, terms.PROV.wasRevisionOf) == [old]
    renamed = next(change for change in second.difference.changes if change.kind == "renamed")
    assert renamed == Change(
        "renamed", "SupplyClaim", "Laptop 1", None, "final-assembly", "Plant Two", "Plant 2", "Contract K1", 3
    )


def test_a_shorter_form_ends_all_records_of_the_longer(desk: Desk) -> None:
    many = [row(f"Plant {number}") for number in range(1_050)]
    first = desk.disclose(*many)
    assert len(first.records) == 2
    desk.house.clock.time += dt.timedelta(days=1)
    second = desk.disclose(row("Plant 7", operator_name="Maker\u2028& Sons"))
    (new,) = map(IRI, second.records)
    entry = desk.house.ledger.entry(new)
    assert entry is not None
    assert canonical_nquads(entry.quads()) == entry.content
    revised = desk.house.view("ex:uni-a").objects(new, terms.PROV.wasRevisionOf)
    assert {node.value for node in revised} == set(first.records)  # type: ignore[union-attr]
    assert sites(desk.house, "ex:uni-a") == ["Plant 7"]


def test_a_large_form_gives_the_same_records_in_processes_of_their_own(desk: Desk) -> None:
    rows = [row(f"Plant {number}", valid_from="x" if number % 10 == 0 else "2024-03-01") for number in range(60)]
    path, request = file(desk.folder, *rows), Request(RESELLER, dry_run=True)
    alone = Intake(workplace(desk.house, processes=1)).disclose(path, "form.csv", request)
    shared = Intake(workplace(desk.house, small=10)).disclose(path, "form.csv", request)
    assert shared == alone
    assert shared.totals.quarantined == 6


def test_a_form_for_two_contracts_revises_each_by_itself(desk: Desk) -> None:
    desk.house.load(contract("K2"))
    desk.disclose(row("Plant 1"), row("Plant 2", contract="K2"))
    second = desk.disclose(row("Plant 1"), row("Plant 3", contract="K2"))
    assert len(second.records) == 1
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 3"]
    third = desk.disclose(row("Plant 4"))
    assert len(third.records) == 1
    assert sites(desk.house, "ex:uni-a") == ["Plant 3", "Plant 4"]


@pytest.mark.parametrize("known", [True, False])
def test_a_contract_of_another_is_as_unknown_as_one_that_does_not_exist(desk: Desk, known: bool) -> None:
    if known:
        desk.house.load(contract("K9", contractor="reseller-2", buyer="uni-b"))
    report = desk.disclose(row(contract="K9"))
    assert report.state == "refused"
    (told,) = report.results
    assert (told.cell, told.shape) == ("A2", "https://w3id.org/ewgraph/shapes#crossing-contract")
    assert told.message.startswith("This is not one of the contracts that you can disclose for")


def test_rows_enter_once_the_contract_is_known(desk: Desk) -> None:
    first = desk.disclose(row("Plant 1"), row("Plant 2", contract="K2"))
    assert first.submission is not None
    assert (first.totals.let_in, first.totals.quarantined) == (1, 1)
    nothing = desk.intake.retry(first.submission, organization(RESELLER))
    assert (nothing.state, nothing.totals.quarantined) == ("refused", 1)
    desk.house.load(contract("K2"))
    report = desk.intake.retry(first.submission, organization(RESELLER))
    assert (report.state, report.totals.rows, report.totals.let_in) == ("done", 1, 1)
    desk.house.projector.catch_up()
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 2"]
    (mended,) = desk.quarantine.rows(first.submission)
    assert (mended.state, mended.mended_by) == ("mended", report.records[0])
    assert {part.record.value for part in desk.submissions.records(first.submission)} == {
        *first.records,
        *report.records,
    }
    assert desk.disclose(row("Plant 1"), row("Plant 2", contract="K2")).state == "unchanged"


def test_a_refused_form_is_stored_once_its_rows_conform(desk: Desk) -> None:
    refused = desk.disclose(row("Plant 1", contract="K2"))
    desk.house.load(contract("K2"))
    assert refused.submission is not None
    assert desk.intake.retry(refused.submission, STAFF_READER).state == "done"
    assert desk.submissions.get(refused.submission).state == "done"


def test_a_newer_form_replaces_the_rows_that_lay_open(desk: Desk) -> None:
    first = desk.disclose(row("Plant 1"), row("Plant 2", valid_from="x"))
    second = desk.disclose(row("Plant 1"), row("Plant 2"))
    assert first.submission is not None
    (replaced,) = desk.quarantine.rows(first.submission)
    assert (replaced.state, replaced.mended_by) == ("superseded", second.submission)
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 2"]


def test_what_is_withdrawn_stands_no_more_and_stays_in_the_ledger(desk: Desk) -> None:
    report = desk.disclose(row("Plant 1"), row("Plant 2"))
    assert report.submission is not None
    with pytest.raises(NotFoundError):
        desk.intake.withdraw(report.submission, organization(OTHER))
    (retraction,) = desk.intake.withdraw(report.submission, organization(RESELLER), "wrong works")
    desk.house.projector.catch_up()
    entry = desk.house.ledger.entry(retraction)
    assert entry is not None
    assert Validator(ROOT / "shapes").validate(retraction, entry.quads()).results == ()
    assert sites(desk.house, "ex:uni-a") == []
    assert desk.house.view("ex:uni-a").knows(retraction)
    assert not desk.house.view("ex:reseller-2").knows(retraction)
    assert desk.house.ledger.entry(IRI(report.records[0])) is not None
    assert desk.submissions.get(report.submission).state == "withdrawn"
    with pytest.raises(ConflictError, match="withdrawn"):
        desk.intake.withdraw(report.submission, STAFF_READER)
    with pytest.raises(ConflictError, match="withdrawn"):
        desk.intake.retry(report.submission, STAFF_READER)


def test_what_was_withdrawn_may_be_said_again(desk: Desk) -> None:
    report = desk.disclose(row("Plant 1"))
    assert report.submission is not None
    desk.intake.withdraw(report.submission, STAFF_READER)
    again = desk.disclose(row("Plant 1"))
    assert again.state == "done"
    assert set(again.records).isdisjoint(report.records)
    assert sites(desk.house, "ex:uni-a") == ["Plant 1"]


def test_the_staff_may_hand_in_for_an_organisation(desk: Desk) -> None:
    report = desk.disclose(row(), submitter=OPERATOR, on_behalf_of=RESELLER)
    (record,) = map(IRI, report.records)
    entry = desk.house.ledger.entry(record)
    assert entry is not None
    assert entry.submitter == OPERATOR
    assert desk.house.view("ex:uni-a").objects(record, terms.PROV.wasAttributedTo) == [RESELLER]
    assert desk.disclose(row()).state == "unchanged"


def test_others_say_only_what_is_their_own(desk: Desk) -> None:
    with pytest.raises(InputError, match="only what it says itself"):
        desk.disclose(row(), submitter=OTHER, on_behalf_of=RESELLER)
    with pytest.raises(InputError, match="whose disclosure"):
        desk.disclose(row(), submitter=OPERATOR)
    assert desk.submissions.all_of() == []


def test_what_is_stopped_leaves_nothing(desk: Desk) -> None:
    report = desk.disclose(row(), stopped=lambda: True)
    assert (report.state, report.records) == ("cancelled", ())
    assert desk.records() == []
    (submission,) = desk.submissions.all_of()
    assert submission.state == "cancelled"


def test_what_is_stopped_just_before_it_is_stored_leaves_nothing(desk: Desk) -> None:
    def told(stage: str, _done: int, _total: int) -> None:
        if stage == "validate":
            desk.submissions.request_cancel(desk.submissions.all_of()[0].id)

    report = desk.intake.disclose(file(desk.folder, row()), "form.csv", Request(RESELLER), told)
    assert report.state == "cancelled"
    assert desk.records() == []


def test_a_failure_while_storing_leaves_nothing(desk: Desk) -> None:
    def told(stage: str, _done: int, _total: int) -> None:
        if stage == "commit":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.intake.disclose(file(desk.folder, row()), "form.csv", Request(RESELLER), told)
    assert desk.records() == []
    (submission,) = desk.submissions.all_of()
    assert (submission.state, submission.error) == ("failed", "interrupted: KeyboardInterrupt")
    assert desk.submissions.records(submission.id) == []


def test_two_at_a_time_do_not_revise_the_same(desk: Desk) -> None:
    def told(stage: str, _done: int, _total: int) -> None:
        if stage == "validate":
            desk.disclose(row("Plant 2"))

    with pytest.raises(ConflictError, match="meanwhile"):
        desk.intake.disclose(file(desk.folder, row("Plant 1")), "form.csv", Request(RESELLER), told)
    assert sites(desk.house, "ex:uni-a") == ["Plant 2"]


def test_an_unreadable_file_is_refused_with_its_reason(desk: Desk) -> None:
    (desk.folder / "form.csv").write_bytes(b"")
    with pytest.raises(ParseError, match=r"form\.csv"):
        desk.intake.disclose(desk.folder / "form.csv", "form.csv", Request(RESELLER))
    assert desk.submissions.all_of() == []


def test_a_file_of_no_known_form_says_which_there_are(desk: Desk) -> None:
    (desk.folder / "form.csv").write_bytes(b"colour,taste\nred,sour\nblue,sweet\n")
    with pytest.raises(InputError, match="factory-disclosure"):
        desk.intake.disclose(desk.folder / "form.csv", "form.csv", Request(RESELLER))
    with pytest.raises(NotFoundError, match="no such"):
        desk.intake.disclose(desk.folder / "form.csv", "form.csv", Request(RESELLER, mapping="no such"))


def test_a_file_of_very_many_records_is_refused_before_they_are_made(desk: Desk) -> None:
    path = desk.folder / "list.csv"
    path.write_bytes(b"Supplier name,Country,City,Brand\n" + b"".join(b"S,China,T,Brand %d\n" % n for n in range(3)))
    request = Request(RESELLER, dry_run=True)
    with pytest.raises(LimitError, match="more than 2 records"):
        Intake(workplace(desk.house, most_records=2)).disclose(path, "list.csv", request)
    assert Intake(workplace(desk.house, most_records=3)).disclose(path, "list.csv", request).totals.records == 3


def test_a_form_without_rows_is_refused(desk: Desk) -> None:
    report = desk.disclose()
    assert report.state == "refused"
    assert [result.shape for result in report.results] == ["https://w3id.org/ewgraph/shapes#reading-noRows"]


def test_columns_are_confirmed_once_and_remembered(desk: Desk) -> None:
    path = desk.folder / "list.csv"
    path.write_bytes(b"Werkname XY,Land XY,Jahr XY\nPlant 1,China,2024\nPlant 2,China,2024\n")
    assigned = {"site_name": "Werkname XY", "country": "Land XY", "year": "Jahr XY"}
    tried = Request(RESELLER, mapping="brand-list", assigned=assigned, dry_run=True)
    assert desk.intake.disclose(path, "list.csv", tried).totals.rows == 2
    assert desk.intake.disclose(path, "list.csv", Request(RESELLER, mapping="brand-list")).state == "refused"
    first = desk.intake.disclose(path, "list.csv", Request(RESELLER, mapping="brand-list", assigned=assigned))
    assert (first.state, first.totals.rows) == ("done", 2)
    again = desk.intake.disclose(path, "list.csv", Request(RESELLER, mapping="brand-list", dry_run=True))
    assert (again.mapping, again.totals.rows) == ("brand-list", 2)
    stranger = desk.intake.disclose(path, "list.csv", Request(OTHER, mapping="brand-list", dry_run=True))
    assert stranger.state == "refused"
    with pytest.raises(InputError, match="no column 'colour'"):
        desk.intake.disclose(path, "list.csv", Request(RESELLER, mapping="brand-list", assigned={"colour": "Land XY"}))


def test_the_buyer_learns_what_the_form_fulfils(desk: Desk) -> None:
    report = desk.disclose(row(), row("Plant 2", model="L2"), row("Cells", tier="", component="Battery"))
    assert {note.iri: note.state for note in report.obligations} == {
        named("K1-O1").value: "fulfilled",
        named("K1-O2").value: "partly",
    }
    (record,) = map(IRI, report.records)
    assert desk.house.view("ex:uni-a").objects(record, terms.fulfils) == [named("K1-O1"), named("K1-O2")]


def test_due_diligence_answers_a_duty_in_part(desk: Desk) -> None:
    asked = row("", address="", locality="", country="", tier="Strategic component", component="Battery", valid_from="")
    asked |= {"due_diligence": "no answer", "asked_name": "Brand X", "sent_on": "2026-02-01"}
    report = desk.disclose(row(), asked)
    assert report.totals.quarantined == 0
    assert {note.iri: note.state for note in report.obligations}[named("K1-O2").value] == "partly"


def test_a_queued_submission_is_worked_on_once(desk: Desk) -> None:
    path = file(desk.folder, row())
    made = desk.submissions.create(
        submitter=RESELLER,
        author=RESELLER,
        source=digest(path.read_bytes()),
        file="form.csv",
        mapping=None,
        request=Request(RESELLER).as_json(),
    )
    assert desk.intake.run(made.id, path)
    assert not desk.intake.run(made.id, path)
    assert desk.submissions.get(made.id).state == "done"
    assert len(desk.records()) == 1


def test_a_file_that_was_changed_after_it_was_handed_in_is_nobodys_word(desk: Desk) -> None:
    path = file(desk.folder, row("Plant 1"))
    made = desk.submissions.create(
        submitter=RESELLER,
        author=RESELLER,
        source=hashlib.sha256(path.read_bytes()).hexdigest(),
        file="form.csv",
        mapping=None,
        request=Request(RESELLER).as_json(),
    )
    file(desk.folder, row("Plant 1"), row("Plant 2"))
    with pytest.raises(InputError, match="changed after it was handed in"):
        desk.intake.run(made.id, path)
    assert desk.submissions.get(made.id).state == "refused"
    assert desk.records() == []


def test_a_backup_carries_the_submissions(desk: Desk) -> None:
    report = desk.disclose(row(), row("Plant 2", valid_from="x"))
    desk.house.ledger.backup(desk.folder / "copy.sqlite")
    with sqlite3.connect(desk.folder / "copy.sqlite") as copy:
        assert copy.execute("SELECT id, state FROM submission").fetchall() == [(report.submission, "done")]
        assert copy.execute("SELECT count(*) FROM quarantine").fetchall() == [(1,)]
    copy.close()


def test_a_row_kept_out_does_not_take_back_what_was_said_before(desk: Desk) -> None:
    first = desk.disclose(row("Plant 1"), row("Plant 2"))
    desk.house.clock.time += dt.timedelta(days=1)
    second = desk.disclose(row("Plant 1", country="Chnia"), row("Plant 2"), row("Plant 3"))
    assert second.state == "done"
    assert second.difference is not None
    assert second.difference.previous == first.submission
    assert second.difference.counts == {"unchanged": 1, "added": 1}
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 2", "Plant 2", "Plant 3"]
    desk.house.clock.time += dt.timedelta(days=1)
    assert desk.disclose(row("Plant 1", country="Chnia"), row("Plant 2"), row("Plant 3")).state == "unchanged"
    desk.house.clock.time += dt.timedelta(days=1)
    third = desk.disclose(row("Plant 1"), row("Plant 3"))
    assert third.difference is not None
    assert third.difference.counts == {"unchanged": 2, "withdrawn": 1}
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 3"]


def test_withdrawing_a_partial_form_leaves_what_stood_before_to_the_next(desk: Desk) -> None:
    desk.disclose(row("Plant 1"), row("Plant 2"))
    desk.house.clock.time += dt.timedelta(days=1)
    second = desk.disclose(row("Plant 1", valid_from="x"), row("Plant 3"))
    assert second.submission is not None
    desk.intake.withdraw(second.submission, organization(RESELLER))
    desk.house.projector.catch_up()
    assert sites(desk.house, "ex:uni-a") == ["Plant 1", "Plant 2"]
    desk.house.clock.time += dt.timedelta(days=1)
    third = desk.disclose(row("Plant 2"))
    assert third.difference is not None
    assert third.difference.counts == {"unchanged": 1, "withdrawn": 1}
    assert sites(desk.house, "ex:uni-a") == ["Plant 2"]
