"""A cited answer can be asked again: the same comes out, whatever was recorded since, or it is said that it differs."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ewgraph.catalogue import load_catalogue
from ewgraph.ledger import OPERATOR, Erasures
from ewgraph.settings import Settings
from ewgraph.web.app import create_app
from ewgraph.web.workspace import Workspace
from tests.conftest import PREFIXES, ROOT, TickingClock, by_record, draft, named
from tests.protocol.world import WORLD

F2 = "https://data.example.org/id/F2"
SITE = {"site": F2}
BASE = "https://data.example.org/"
ADDED = """
ex:P9 {{ ex:P9 a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand-x ; ew:visibility vis:{visibility} ;
    ew:receivedAt "{received}"^^xsd:dateTime {more} .
  ex:brand-x a ew:Organization ; rdfs:label "Brand X" .
  ex:L1 a ew:ProductModel ; rdfs:label "A Laptop" ; ew:brand ex:brand-x .
  ex:F2 a ew:Factory ; rdfs:label "A Factory" .
  ex:F3 a ew:Factory ; rdfs:label "Factory 3" .
  ex:c91 a ew:SupplyClaim ; ew:assertedIn ex:P9 ; ew:output ex:L1 ; ew:site ex:F2 ; ew:tier tier:final-assembly ;
    ew:scope scope:model ; ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2020-01-01"^^xsd:date .
  ex:c92 a ew:SupplyClaim ; ew:assertedIn ex:P9 ; ew:output ex:L1 ; ew:site ex:F3 ; ew:tier tier:final-assembly ;
    ew:scope scope:model ; ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2020-01-01"^^xsd:date .
}}
"""


@dataclass
class Place:
    """A service, and who works at it."""

    workspace: Workspace
    client: TestClient
    clock: TickingClock
    keys: dict[str, str]

    def add(self, text: str, seen: str = "ex:P9") -> None:
        """Take in records, and wait until queries see them."""
        self.clock.time += dt.timedelta(minutes=1)
        source = self.workspace.ledger.keep_source("test.trig", text.encode())
        self.workspace.ledger.append([draft(quads, source, OPERATOR) for quads in by_record(PREFIXES + text)])
        self.clock.time += dt.timedelta(minutes=1)
        self.wait(f"ASK {{ <{named(seen).value}> ?p ?o }}")

    def wait(self, query: str) -> None:
        """Wait until a query of staff says yes."""
        until = time.monotonic() + 30
        while "true" not in self.get("/sparql", "staff", "application/sparql-results+json", query=query).text:
            assert time.monotonic() < until
            time.sleep(0.1)

    def get(self, address: str, reader: str = "", accept: str = "text/csv", **parameters: str) -> Any:
        headers = {"Accept": accept} | ({"Authorization": f"Bearer {self.keys[reader]}"} if reader else {})
        return self.client.get(address, params=parameters or None, headers=headers)

    def cited(self, name: str, reader: str = "", **parameters: str) -> tuple[str, str]:
        """An answer, and where it can be asked again."""
        reply = self.get(f"/queries/{name}", reader, **parameters)
        assert reply.status_code == 200, reply.text
        address = re.search(r'<([^>]+)>; rel="cite-as"', reply.headers["link"])
        assert address
        return reply.text, address[1]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    clock = TickingClock(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC))
    settings = Settings(data=tmp_path / "data", base=BASE, query_workers=1, log_level="error", requests_per_second=0)
    with Workspace(settings, clock) as workspace:
        source = workspace.ledger.keep_source("test.trig", WORLD.encode())
        workspace.ledger.append([draft(quads, source, OPERATOR) for quads in by_record(PREFIXES + WORLD)])
        keys = {"staff": workspace.keyring.add("staff"), "uni-a": workspace.keyring.add(f"{BASE}id/uni-a")}
        clock.time += dt.timedelta(minutes=1)
        with TestClient(create_app(settings, workspace)) as client:
            yield Place(workspace, client, clock, keys)


QUESTIONS = [
    ("contracts-touching", SITE),
    ("sites-of-model", {"model": f"{BASE}id/L1"}),
    ("sites-touched-by", {"contract": f"{BASE}id/K0"}),
    ("search", {"text": "a"}),
    ("contracts-of-buyer", {"buyer": f"{BASE}id/uni-b"}),
]
READERS = ["", "uni-a", "staff"]
LATER = {
    "received later": ADDED.format(visibility="public", received="2026-10-02T00:00:00Z", more=""),
    "received before and taken in later": ADDED.format(visibility="public", received="2021-01-01T00:00:00Z", more=""),
    "a revision": ADDED.format(visibility="public", received="2023-04-01T00:00:00Z", more="; prov:wasRevisionOf ex:P1"),
    "for staff": ADDED.format(visibility="staff", received="2021-01-01T00:00:00Z", more=""),
}


@pytest.mark.parametrize("later", LATER)
def test_what_is_recorded_later_changes_no_cited_answer(place: Place, later: str) -> None:
    asked = [(name, reader, parameters) for name, parameters in QUESTIONS for reader in READERS]
    cited = [place.cited(name, reader, **parameters) for name, reader, parameters in asked]
    place.add(LATER[later])
    for (name, reader, _), (before, address) in zip(asked, cited, strict=True):
        again = place.get(address, reader)
        assert (again.status_code, again.text) == (200, before), (name, reader)


def test_what_was_taken_in_late_does_change_an_answer_that_is_not_pinned(place: Place) -> None:
    """Otherwise the test above would show nothing."""
    pair = {"model": f"{BASE}id/L1", "validAt": "2026-10-01", "knownAt": "2026-10-01T12:00:00Z"}
    before, _ = place.cited("sites-of-model", **pair)
    place.add(LATER["received before and taken in later"])
    assert place.cited("sites-of-model", **pair)[0] != before
