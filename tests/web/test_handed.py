"""What a request may ask for a file, and who may ask it."""

from __future__ import annotations

import datetime as dt

import pytest
from starlette.requests import Request

from ewgraph.access import STAFF_READER, Principal
from ewgraph.errors import InputError
from ewgraph.ledger import OPERATOR
from ewgraph.model.rdf import IRI
from ewgraph.web.handed import NotAllowedError, asked_of, dry_run_of, refuse_unknown, wait_of

UNI_A = Principal("https://data.example.org/id/uni-a")
UNI_B = "https://data.example.org/id/uni-b"


def query(text: str) -> Request:
    return Request({"type": "http", "query_string": text.encode(), "headers": []})


def test_an_organisation_hands_in_its_own_word() -> None:
    asked = asked_of(UNI_A, {"contract": UNI_B, "format": "factory-disclosure", "onBehalfOf": ""}, dry_run=True)
    assert (asked.submitter, asked.author) == (IRI(UNI_A.name), IRI(UNI_A.name))
    assert (asked.contract, asked.mapping, asked.dry_run) == (IRI(UNI_B), "factory-disclosure", True)
    assert asked_of(UNI_A, {"onBehalfOf": UNI_A.name}, dry_run=False).author == IRI(UNI_A.name)


def test_the_staff_speak_for_others_and_say_when_it_came() -> None:
    fields = {"onBehalfOf": UNI_B, "receivedAt": "2026-03-01T10:00:00Z", "assigned": '{"site_name": "Factory"}'}
    asked = asked_of(STAFF_READER, fields, dry_run=False)
    assert (asked.submitter, asked.author) == (OPERATOR, IRI(UNI_B))
    assert asked.received_at == dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC)
    assert asked.assigned == {"site_name": "Factory"}


@pytest.mark.parametrize("fields", [{"onBehalfOf": UNI_B}, {"receivedAt": "2026-03-01T10:00:00Z"}, {"format": "ocds"}])
def test_an_organisation_may_not_say_what_only_the_staff_may(fields: dict[str, str]) -> None:
    with pytest.raises(NotAllowedError, match=next(iter(fields))):
        asked_of(UNI_A, fields, dry_run=False)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "whose disclosure"),
        ({"onBehalfOf": UNI_B, "langage": "de"}, "no field 'langage'"),
        ({"onBehalfOf": UNI_B, "language": "fr"}, "not 'fr'"),
        ({"onBehalfOf": UNI_B, "format": "word"}, "not 'word'"),
        ({"onBehalfOf": "us"}, "us"),
        ({"onBehalfOf": UNI_B, "contract": "number 7"}, "number 7"),
        ({"onBehalfOf": UNI_B, "receivedAt": "yesterday"}, "not 'yesterday'"),
        ({"onBehalfOf": UNI_B, "receivedAt": "2026-03-01T10:00:00"}, "time zone"),
        ({"onBehalfOf": UNI_B, "assigned": "[1]"}, "JSON object"),
        ({"onBehalfOf": UNI_B, "assigned": "{"}, "JSON object"),
        ({"onBehalfOf": UNI_B, "assigned": '{"a": 1}'}, "JSON object"),
    ],
)
def test_what_cannot_be_meant_is_refused(fields: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said.replace("[", r"\[")):
        asked_of(STAFF_READER, fields, dry_run=False)


@pytest.mark.parametrize(
    ("text", "meant"), [("", False), ("dryRun=true", True), ("dryRun=0", False), ("dryRun=", True)]
)
def test_a_dry_run_is_asked_for_plainly(text: str, meant: bool) -> None:
    assert dry_run_of(query(text)) is meant


@pytest.mark.parametrize("text", ["wait=-1", "wait=61", "wait=nan", "wait=1e1", "wait=soon", "wait=", "wait=."])
def test_nobody_waits_for_something_else_than_a_minute_at_most(text: str) -> None:
    with pytest.raises(InputError, match="from 0 to 60"):
        wait_of(query(text))
    assert wait_of(query("wait=2.5")) == 2.5


def test_a_misspelt_dry_run_is_no_handing_in() -> None:
    refuse_unknown(query("dryRun=true&wait=5"), "dryRun", "wait")
    with pytest.raises(InputError, match=r"no parameter 'dry-run'\. Known are dryRun, wait"):
        refuse_unknown(query("dry-run=true"), "dryRun", "wait")


def test_a_dry_run_is_not_guessed() -> None:
    with pytest.raises(InputError, match="'perhaps'"):
        dry_run_of(query("dryRun=perhaps"))
