"""Who sees what is said on the command line too, and what was done."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ewgraph.cli.parser import EVENTS
from ewgraph.ledger import Event
from tests.ingest.trig_files import record, trig

if TYPE_CHECKING:
    from tests.cli.conftest import Command

Write = Callable[[str, bytes], Path]
EX = "https://data.example.org/id/"


def test_who_sees_a_record_is_said_and_noted(ewgraph: "Command", write: Write) -> None:
    assert ewgraph("load", write("f.trig", trig(record("D1").replace("vis:public", "vis:contract-party")))).code == 0
    today = dt.datetime.now(dt.UTC).date().isoformat()
    found = json.loads(ewgraph("explain", EX + "D1", "--on", today, "--as", "public").out)
    assert found["now"]["organizations"] == [EX + "reseller"]
    assert found["reasons"][EX + "reseller"]["how"] == "AUTHOR"
    assert found["then"] == found["now"]
    assert found["sees"] is False
    assert json.loads(ewgraph("explain", "--as", EX + "reseller").out)["beyond"] == [EX + "D1"]
    lines = ewgraph("audit", "--event", "explained").out.splitlines()
    assert [json.loads(line.split("\t")[-1]).get("subject") for line in lines] == [None, EX + "D1"]
    assert ewgraph("audit", "--limit", "1").out.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing",), "is not an IRI"),
        ((EX + "D9",), "no record"),
        ((), "name a record"),
        (("--as", "x y"), "not an IRI"),
        ((EX + "D1", "--on", "2999-01-01"), "release --list"),
    ],
)
def test_what_cannot_be_explained_is_wrong_usage(
    ewgraph: "Command", write: Write, arguments: tuple[str, ...], message: str
) -> None:
    assert ewgraph("load", write("f.trig", trig(record("D1")))).code == 0
    told = ewgraph("explain", *arguments)
    assert (told.code, message in told.err) == (2, True)


def test_every_event_can_be_asked_for() -> None:
    assert list(EVENTS) == list(Event)
