"""Releases and embargoes: who sees a record from when on, what is refused, and what is called off."""

import datetime as dt
from dataclasses import replace

import pytest

from ewgraph.errors import ConflictError, InputError, NotFoundError
from ewgraph.graph.audience import AFFILIATES, PUBLIC, organization_graph
from ewgraph.graph.digest import graph_digest
from ewgraph.ingest.releasing import EmbargoRequest, ReleaseRequest
from ewgraph.ledger import Audit, Erasures, Event
from ewgraph.model import terms
from ewgraph.model.codes import Redaction, Visibility
from ewgraph.model.rdf import IRI
from tests.conftest import STEWARD, named
from tests.ingest.releasing.conftest import Releasing

REPORT = ReleaseRequest(named("R"), Visibility.PUBLIC, "The engagement has ended.", STEWARD)
EVERYBODY = {"public", "staff", "ex:aff0", "ex:aff1", "ex:mon0", "ex:res0", "ex:brand0"}
MEMBERS = {"ex:aff0", "ex:aff1", "ex:mon0"}


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


EMBARGO = EmbargoRequest(
    record=named("R"),
    companies=frozenset({named("brand0")}),
    stages={Visibility.AFFILIATES: day("2026-10-20"), Visibility.PUBLIC: day("2026-12-01")},
    reason="Right of reply.",
    author=STEWARD,
)


def test_a_release_opens_a_record_at_once_and_stays_with_staff(releasing: Releasing) -> None:
    assert releasing.who_sees("f1") == {"staff"}
    outcome = releasing.releaser.release(REPORT)
    releasing.show()
    assert releasing.who_sees("f1") == EVERYBODY
    (release,) = outcome.releases
    assert not releasing.house.view("public").knows(release)
    assert releasing.house.view("staff").knows(release)


def test_a_release_to_named_parties_opens_a_record_to_them_alone(releasing: Releasing) -> None:
    parties = frozenset({named("brand0")})
    releasing.releaser.release(replace(REPORT, level=Visibility.CONTRACT_PARTY, parties=parties))
    releasing.show()
    assert releasing.who_sees("f1") == {"staff", "ex:brand0"}


def test_a_release_to_parties_without_names_opens_a_record_to_its_own(releasing: Releasing) -> None:
    releasing.releaser.release(replace(REPORT, level=Visibility.CONTRACT_PARTY))
    releasing.show()
    assert releasing.who_sees("f1") == {"staff", "ex:mon0"}


def test_named_parties_count_only_where_a_trusted_release_names_them(releasing: Releasing) -> None:
    releasing.house.load(
        """ex:X { ex:X a ew:Release ; prov:wasAttributedTo ex:brand0 ; ew:visibility vis:public ; ew:releases ex:R ;
          ew:toVisibility vis:contract-party ; ew:party ex:brand0 ; ew:reason "mine" ;
          ew:releasedAt "2026-01-01T00:00:00Z"^^xsd:dateTime ;
          ew:receivedAt "2026-01-01T00:00:00Z"^^xsd:dateTime . }""",
        named("brand0"),
    )
    assert releasing.who_sees("f1") == {"staff"}
    assert releasing.releaser.releases() == []


def test_under_an_embargo_the_company_sees_it_first_then_affiliates_then_the_public(releasing: Releasing) -> None:
    outcome = releasing.releaser.embargo(EMBARGO)
    assert len(outcome.releases) == 3
    seen = []
    for today in ("2026-10-02", "2026-10-20", "2026-12-01"):
        releasing.pass_to(today)
        seen.append(releasing.who_sees("f1"))
        assert graph_digest(releasing.house.store) == graph_digest(releasing.house.rebuilt())
    assert seen == [{"staff", "ex:brand0"}, {"staff", "ex:brand0", *MEMBERS}, EVERYBODY]
    log = [(change.audience, change.change) for change in releasing.log("f1")]
    assert log[0] == (organization_graph(named("brand0")), "added")
    assert {(AFFILIATES, "added"), (AFFILIATES, "removed"), (PUBLIC, "added")} <= set(log)


def test_what_is_to_come_is_listed_by_its_day(releasing: Releasing) -> None:
    outcome = releasing.releaser.embargo(EMBARGO)
    releasing.show()
    found = releasing.releaser.releases()
    assert tuple(one.release for one in found) == outcome.releases
    assert [(one.level, one.is_due, one.parties) for one in found] == [
        (Visibility.CONTRACT_PARTY, True, frozenset({named("brand0")})),
        (Visibility.AFFILIATES, False, frozenset()),
        (Visibility.PUBLIC, False, frozenset()),
    ]
    assert [one.hidden_replies for one in found] == [(), (named("Y"),), (named("Y"),)]


def test_a_planned_release_that_is_called_off_never_takes_effect(releasing: Releasing) -> None:
    *_, last = releasing.releaser.embargo(EMBARGO).releases
    releasing.show()
    done = releasing.releaser.call_off(last, reason="The company asks for a meeting.", author=STEWARD)
    releasing.pass_to("2027-01-01")
    assert releasing.who_sees("f1") == {"staff", "ex:brand0", *MEMBERS}
    assert last not in {one.release for one in releasing.releaser.releases()}
    assert done not in {one.release for one in releasing.releaser.releases()}


def test_a_release_that_is_called_off_after_its_day_closes_again_and_the_log_says_so(releasing: Releasing) -> None:
    (release,) = releasing.releaser.release(REPORT).releases
    releasing.show()
    releasing.house.clock.time = day("2026-10-05")
    releasing.releaser.call_off(release, reason="A name was left in it.", author=STEWARD)
    releasing.show()
    assert releasing.who_sees("f1") == {"staff"}
    log = releasing.log("f1")
    assert [(change.audience, change.change) for change in log if change.audience == PUBLIC] == [
        (PUBLIC, "added"),
        (PUBLIC, "removed"),
    ]
    assert log[-1].at is not None
    assert log[-1].at.date() == dt.date(2026, 10, 5)
    assert graph_digest(releasing.house.store) == graph_digest(releasing.house.rebuilt())
    with pytest.raises(NotFoundError, match="no release"):
        releasing.releaser.call_off(release, reason="again", author=STEWARD)
    releasing.releaser.release(REPORT)
    releasing.show()
    assert releasing.who_sees("f1") == EVERYBODY


def test_nobody_but_a_trusted_one_calls_a_release_off(releasing: Releasing) -> None:
    (release,) = releasing.releaser.release(REPORT).releases
    releasing.show()
    releasing.releaser.call_off(release, reason="no", author=STEWARD, submitter=named("brand0"))
    releasing.show()
    assert releasing.who_sees("f1") == EVERYBODY
    assert [one.release for one in releasing.releaser.releases()] == [release]


def test_a_release_tells_of_replies_that_are_not_seen_where_it_is(releasing: Releasing) -> None:
    assert dict(releasing.releaser.release(REPORT).hidden_replies) == {named("Y"): Visibility.PUBLIC}
    releasing.show()
    assert "public" not in releasing.who_sees("Y")


def test_a_release_with_replies_opens_them_too(releasing: Releasing) -> None:
    outcome = releasing.releaser.release(replace(REPORT, with_replies=True))
    releasing.show()
    assert dict(outcome.hidden_replies) == {}
    assert releasing.who_sees("Y") == EVERYBODY
    assert releasing.house.view("public").subjects(terms.repliesTo, named("f1")) == [named("Y")]


def test_an_embargo_with_replies_opens_them_stage_by_stage(releasing: Releasing) -> None:
    releasing.releaser.embargo(replace(EMBARGO, with_replies=True))
    releasing.pass_to("2026-10-20")
    assert releasing.who_sees("Y") >= MEMBERS
    assert "public" not in releasing.who_sees("Y")
    releasing.pass_to("2026-12-01")
    assert releasing.who_sees("Y") == EVERYBODY


REFUSED: list[tuple[ReleaseRequest, type[Exception], str]] = [
    (replace(REPORT, record=named("nothing")), NotFoundError, "no record"),
    (replace(REPORT, record=named("f1")), NotFoundError, "no record"),
    (replace(REPORT, record=named("T")), NotFoundError, "never released"),
    (replace(REPORT, level=Visibility.STAFF), InputError, "staff is not wider than staff"),
    (replace(REPORT, level=Visibility.MONITOR_ONLY), InputError, "not wider"),
    (replace(REPORT, reason=" "), InputError, "say why"),
    (replace(REPORT, at=day("2026-09-30")), InputError, "dated back"),
    (replace(REPORT, redaction=Redaction.AGGREGATED), InputError, "aggregated is not made here: totals"),
    (replace(REPORT, redaction=Redaction.WITHHELD), InputError, "withheld is not made here: a record without"),
    (replace(REPORT, keep=frozenset({named("U")})), InputError, "redaction alone"),
    (replace(REPORT, parties=frozenset({named("brand0")})), InputError, "only a release to contract-party"),
    (
        replace(REPORT, record=named("D"), level=Visibility.CONTRACT_PARTY, parties=frozenset({named("res0")})),
        ConflictError,
        "see .* already",
    ),
    (replace(REPORT, record=named("N")), InputError, "public is not wider than public"),
    (
        replace(REPORT, level=Visibility.CONTRACT_PARTY, parties=frozenset({named("brnad0")})),
        InputError,
        "no record tells of an organisation .*brnad0",
    ),
]


@pytest.mark.parametrize(("request_", "error", "why"), REFUSED)
def test_a_release_that_cannot_be_meant_is_refused_and_nothing_is_kept(
    releasing: Releasing, request_: ReleaseRequest, error: type[Exception], why: str
) -> None:
    before = releasing.house.ledger.head()
    with pytest.raises(error, match=why):
        releasing.releaser.release(request_)
    assert releasing.house.ledger.head() == before


def test_what_is_open_already_or_will_be_is_not_released_again(releasing: Releasing) -> None:
    releasing.releaser.release(replace(REPORT, level=Visibility.AFFILIATES))
    releasing.show()
    with pytest.raises(ConflictError, match="open to affiliates already"):
        releasing.releaser.release(replace(REPORT, level=Visibility.LINKED_AFFILIATES))
    releasing.releaser.release(replace(REPORT, at=day("2027-01-01")))
    releasing.show()
    with pytest.raises(ConflictError, match="will be open to public"):
        releasing.releaser.release(replace(REPORT, at=day("2027-02-01")))
    releasing.releaser.release(replace(REPORT, at=day("2026-12-01")))


def test_a_record_that_was_revised_is_not_released_and_a_release_of_it_is_told_to_be_outdated(
    releasing: Releasing,
) -> None:
    releasing.releaser.release(REPORT)
    releasing.house.load("""
    ex:R2 { ex:R2 a ew:MonitoringReport ; prov:wasAttributedTo ex:mon0 ; ew:visibility vis:staff ;
      prov:wasRevisionOf ex:R ; ew:receivedAt "2024-04-01T00:00:00Z"^^xsd:dateTime . }
    """)
    (found,) = releasing.releaser.releases()
    assert found.outdated_by == (named("R2"),)
    with pytest.raises(ConflictError, match="revised since"):
        releasing.releaser.release(REPORT)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"stages": {}}, "from when on others"),
        ({"companies": frozenset()}, "who sees the record first"),
        ({"stages": {Visibility.AFFILIATES: day("2026-10-10")}}, "affiliates would see it 8 days after the company"),
        ({"stages": {Visibility.PUBLIC: day("2026-10-01")}}, "public would see it at once"),
        (
            {"stages": {Visibility.PUBLIC: day("2026-11-01"), Visibility.AFFILIATES: day("2026-12-01")}},
            "public would see it on 2026-11-01, not after affiliates",
        ),
        ({"stages": {Visibility.STAFF: day("2026-11-01")}}, "staff is no stage"),
        ({"without_reply_period": "  "}, "say why"),
        ({"reason": ""}, "say why"),
        ({"companies": frozenset({named("brand0"), named("brnad0")})}, "no record tells of an organisation .*brnad0"),
    ],
)
def test_an_embargo_that_cannot_be_meant_is_refused_and_nothing_is_kept(
    releasing: Releasing, change: dict[str, object], why: str
) -> None:
    before = releasing.house.ledger.head()
    with pytest.raises(InputError, match=why):
        releasing.releaser.embargo(replace(EMBARGO, **change))  # type: ignore[arg-type]
    assert releasing.house.ledger.head() == before


def test_nobody_comes_first_where_affiliates_see_a_record_already(releasing: Releasing) -> None:
    with pytest.raises(ConflictError, match="nobody can see it before them"):
        releasing.releaser.embargo(replace(EMBARGO, record=named("N")))


def test_why_there_is_no_reply_period_is_kept_in_the_release(releasing: Releasing) -> None:
    stages = {Visibility.AFFILIATES: day("2026-10-03")}
    outcome = releasing.releaser.embargo(replace(EMBARGO, stages=stages, without_reply_period="Lives are in danger."))
    releasing.show()
    remarks = releasing.house.view("staff").objects(outcome.releases[1], terms.RDFS.comment)
    assert [remark.value for remark in remarks] == ["Without a reply period: Lives are in danger."]  # type: ignore[union-attr]


def test_who_handed_a_release_in_is_kept(releasing: Releasing) -> None:
    someone = IRI("https://data.example.org/id/staff-member")
    (release,) = releasing.releaser.release(replace(REPORT, submitter=someone)).releases
    entry = releasing.house.ledger.entry(release)
    assert entry is not None
    assert entry.submitter == someone


def test_the_audit_log_tells_what_was_released_to_whom_and_what_was_called_off(releasing: Releasing) -> None:
    house = releasing.house
    (release,) = replace(releasing.releaser, by="key:1").release(REPORT).releases
    releasing.show()
    called_off = releasing.releaser.call_off(release, reason="no", author=STEWARD)
    later, first = Audit(house.ledger, house.clock).entries(event=Event.RELEASED)
    assert (first.by, first.details["release"], first.details["records"]) == (
        "key:1",
        release.value,
        REPORT.record.value,
    )
    assert (first.details["level"], later.details["calls_off"]) == (Visibility.PUBLIC.iri.value, release.value)
    assert later.details["release"] == called_off.value


def test_an_erased_release_opens_no_more_than_before(releasing: Releasing) -> None:
    redacted = replace(REPORT, record=named("D"), redaction=Redaction.BOUNDARY_REFERENCE)
    (release,) = releasing.releaser.release(redacted).releases
    house = releasing.house
    Erasures(house.ledger, house.clock).erase(release, by="test", principal="staff", reason="a court order")
    again = house.rebuilt()
    assert not [quad for quad in again.quads(named("c1")) if quad.graph_name == PUBLIC]


def test_an_erased_record_is_not_released_and_a_release_of_it_is_told_to_be_outdated(releasing: Releasing) -> None:
    releasing.releaser.release(REPORT)
    house = releasing.house
    Erasures(house.ledger, house.clock).erase(REPORT.record, by="test", principal="staff", reason="a court order")
    house.store = house.rebuilt()
    (found,) = releasing.releaser.releases()
    assert found.outdated_by == (REPORT.record,)
    releasing.releaser.call_off(found.release, reason="erased", author=STEWARD)
    house.store = house.rebuilt()
    with pytest.raises(ConflictError, match="was erased"):
        releasing.releaser.release(REPORT)
