"""What a reader came to see is told to that reader, when it came, and to nobody else."""

from __future__ import annotations

import datetime as dt

import pytest

from ewgraph.model.changes import ChangeKind
from ewgraph.trace.changes import what_changed
from tests.conftest import House, TickingClock, by_definition, named

MEMBERS = """
ex:members {
  ex:members a ew:DatasetImport ; prov:wasAttributedTo ex:steward ; ew:visibility vis:public ;
      ew:receivedAt "2020-01-01T00:00:00Z"^^xsd:dateTime .
  ex:uni-a a ew:Organization . ex:uni-b a ew:Organization . ex:F a ew:Factory .
  ex:member-a a ew:Affiliation ; org:member ex:uni-a ; org:role part:affiliate ; ew:validFrom "2020-01-01"^^xsd:date .
  ex:member-b a ew:Affiliation ; org:member ex:uni-b ; org:role part:affiliate ; ew:validFrom "2020-01-01"^^xsd:date .
}
ex:N { ex:N a ew:ContractNotice ; prov:wasAttributedTo ex:uni-a ; ew:visibility vis:contract-party ;
  ew:receivedAt "2024-01-01T00:00:00Z"^^xsd:dateTime .
  ex:K a ew:Contract ; ew:buyer ex:uni-a ; ew:contractor ex:r ; ew:hasLine ex:K-1 .
  ex:K-1 a ew:ContractLine ; ew:model ex:M . ex:M a ew:ProductModel ; ew:brand ex:brand .
}
ex:report { ex:report a ew:MonitoringReport ; prov:wasAttributedTo ex:monitor ; ew:visibility vis:linked-affiliates ;
  ew:receivedAt "2024-01-02T00:00:00Z"^^xsd:dateTime .
  ex:F a ew:Factory .
  ex:finding a ew:Finding ; ew:assertedIn ex:report ; ew:site ex:F .
}
"""
LINK = """
ex:D { ex:D a ew:Disclosure ; prov:wasAttributedTo ex:r ; ew:visibility vis:contract-party ;
  ew:receivedAt "2024-01-03T00:00:00Z"^^xsd:dateTime .
  ex:F a ew:Factory .
  ex:c a ew:SupplyClaim ; ew:assertedIn ex:D ; ew:output ex:M ; ew:site ex:F ; ew:tier tier:final-assembly ;
    ew:scope scope:contract ; ew:scopeContract ex:K ; ew:evidenceBasis eb:contract-disclosure .
}
"""
RELEASE = """
ex:release { ex:release a ew:Release ; prov:wasAttributedTo ex:steward ; ew:visibility vis:affiliates ;
  ew:releases ex:report ; ew:toVisibility vis:affiliates ; ew:releasedAt "2026-10-14T00:00:00Z"^^xsd:dateTime ;
  ew:receivedAt "2026-10-14T00:00:00Z"^^xsd:dateTime . }
"""


def day(number: int) -> dt.datetime:
    return dt.datetime(2026, 10, number, tzinfo=dt.UTC)


def told(house: House, reader: str, since: int, until: int) -> list[tuple[str, str, str | None]]:
    """What is newly visible about the factory between two days, and by which record, by either way of answering."""
    view = house.view(reader)
    answers = [
        what_changed(each, house.catalogue, named("F"), since=day(since), until=day(until)).items
        for each in (view, by_definition(view))
    ]
    assert answers[0] == answers[1]
    return [
        (
            change.at.date().isoformat() if change.at else "",
            change.entry.claim.value.rpartition("/")[2],
            change.by.value.rpartition("/")[2] if change.by else None,
        )
        for change in answers[0]
        if change.kind is ChangeKind.NEWLY_VISIBLE
    ]


@pytest.fixture
def followed(house: House, clock: TickingClock) -> House:
    """The report is taken in on the first, the link from the contract to its factory on the tenth."""
    house.follow()
    clock.time = day(1)
    house.load(MEMBERS)
    clock.time = day(10)
    house.load(LINK)
    return house


def test_who_comes_to_be_linked_to_a_factory_sees_what_was_found_there(followed: House) -> None:
    followed.clock.time = day(12)
    assert ("2026-10-10", "finding", None) in told(followed, "ex:uni-a", 5, 12)
    assert told(followed, "ex:uni-b", 5, 12) == []
    assert told(followed, "public", 5, 12) == []


def test_it_is_new_only_once(followed: House) -> None:
    followed.clock.time = day(14)
    assert told(followed, "ex:uni-a", 12, 14) == []


def test_a_release_shows_what_it_releases(followed: House, clock: TickingClock) -> None:
    clock.time = day(15)
    followed.load(RELEASE)
    clock.time = day(18)
    assert told(followed, "ex:uni-b", 12, 18) == [("2026-10-15", "finding", "release")]
    assert told(followed, "ex:uni-b", 16, 18) == []
    assert told(followed, "ex:uni-a", 12, 18) == []
    assert told(followed, "public", 12, 18) == []


JOINS = "org:member ex:uni-a ; org:role part:affiliate ; ew:validFrom"
HIDDEN = """
ex:H { ex:H a ew:Disclosure ; prov:wasAttributedTo ex:other ; ew:visibility vis:staff ;
  ew:receivedAt "2024-01-05T00:00:00Z"^^xsd:dateTime . }
"""


@pytest.mark.parametrize("hidden", [False, True])
def test_what_others_hand_in_does_not_show_in_when_it_was(house: House, clock: TickingClock, hidden: bool) -> None:
    house.follow()
    clock.time = day(1)
    house.load(MEMBERS.replace(f'{JOINS} "2020-01-01', f'{JOINS} "2026-10-12') + LINK)
    clock.time = day(5)
    if hidden:
        house.load(HIDDEN)
    clock.time = day(12)
    house.projector.catch_up()
    clock.time = day(14)
    assert told(house, "ex:uni-a", 2, 4) == told(house, "ex:uni-a", 4, 6) == []
    assert ("2026-10-12", "finding", None) in told(house, "ex:uni-a", 11, 13)
