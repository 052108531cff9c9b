"""A cited answer can be asked again: the same comes out, whatever was recorded since, or it is said that it differs."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ewgraph.catalogue import Catalogue
from ewgraph.cli import main
from ewgraph.clock import SystemClock
from ewgraph.ledger import OPERATOR, Ledger
from ewgraph.settings import Settings
from ewgraph.web.answers import Answers
from ewgraph.web.app import create_app
from ewgraph.web.questions import Questions
from ewgraph.web.workspace import Workspace
from tests.conftest import PREFIXES, TickingClock, by_record, draft, named
from tests.protocol.conftest import append, serving
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
    clock: TickingClock
    keys: dict[str, str]
    client: TestClient = field(init=False)

    @property
    def questions(self) -> Questions:
        route = next(each for each in self.client.app.routes if getattr(each, "path", "") == "/queries/{name}")  # type: ignore[attr-defined]
        questions: Questions = route.endpoint.__self__
        return questions

    @property
    def answers(self) -> Answers:
        return self.questions.answers

    def start(self) -> None:
        self.client = TestClient(create_app(self.workspace.settings, self.workspace))
        self.client.__enter__()

    def stop(self) -> None:
        self.client.__exit__(None, None, None)

    def renew(self, catalogue: Catalogue) -> None:
        """Serve other texts from now on, as after an upgrade."""
        self.stop()
        self.workspace.catalogue = catalogue
        self.start()

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
        made = Place(workspace, clock, keys)
        made.start()
        yield made
        made.stop()


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


def test_an_answer_is_asked_again_by_the_text_that_it_was_made_by(place: Place) -> None:
    before, address = place.cited("search", text="a")
    answers: Answers = place.answers
    current = answers.catalogue["search"]
    other = current.text.replace('("Factory" "SITE")', "").replace("LCASE(STR(?text))", "UCASE(STR(?text))")
    replaced = answers.catalogue.with_text("search", other)
    assert replaced["search"].digest != current.digest
    place.renew(replaced)
    assert place.cited("search", text="a")[0] != before
    again = place.get(address)
    assert (again.status_code, again.text) == (200, before)
    assert again.headers["x-query-sha256"] == current.digest


def test_a_question_of_several_hops_is_asked_again_by_both_its_texts(place: Place) -> None:
    before, address = place.cited("contracts-touching", **SITE)
    current = place.answers.catalogue["contracts-touching"]
    place.renew(
        place.answers.catalogue.with_text("contracts-touching", current.text.replace('"MADE_AT"', '"LISTED_AT"'))
    )
    again = place.get(address)
    assert (again.status_code, again.text) == (200, before)


def test_a_text_that_was_never_served_is_not_there(place: Place) -> None:
    for definition in ("0" * 64, place.answers.catalogue["search"].digest):
        reply = place.get("/queries/contracts-touching", site=F2, definition=definition)
        assert (reply.status_code, reply.json()["status"]) == (404, 404)


@pytest.mark.parametrize(
    "pins",
    [
        {"result": "x"},
        {"definition": "X" * 64},
        {"recordedAt": "yesterday"},
        {"recordedAt": "0001-01-01T00:00:00+14:00"},
        {"recordedAt": "2026-01-01T00:00:00Z", "records": "-1"},
        {"recordedAt": "2026-01-01T00:00:00Z", "sequence": "1e3"},
        {"records": "3"},
    ],
)
def test_pins_are_checked(place: Place, pins: dict[str, str]) -> None:
    assert place.get("/queries/contracts-touching", site=F2, **pins).status_code == 400


def test_an_answer_that_was_erased_is_said_to_differ(tmp_path: Path) -> None:
    data = tmp_path / "data"
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    ledger.close()
    with serving(data, {}, EWGRAPH_QUERY_WORKERS="1") as server:
        reply = server.request(f"/queries/contracts-touching?site={F2}", accept="text/csv")
        address = reply.headers["link"].partition(">")[0].removeprefix("<")
        assert server.request(address, accept="text/csv").content == reply.content
        assert "Not the answer that was cited" not in server.request(address, accept="text/html").text
    assert main(["--data", str(data), "erase", f"{BASE}id/P1", "--reason", "by law"]) == 0
    with serving(data, {}, EWGRAPH_QUERY_WORKERS="1") as server:
        refused = server.request(address, accept="text/csv")
        assert (refused.status, refused.media_type) == (409, "application/problem+json")
        page = server.request(address, accept="text/html")
        assert page.status == 409
        assert "Not the answer that was cited" in page.text


def test_a_reader_of_another_audience_is_told_that_the_answer_differs(place: Place) -> None:
    _, address = place.cited("contracts-touching", "uni-a", **SITE)
    assert place.get(address, "staff").status_code == 200
    assert place.get(address).status_code == 409


def test_only_staff_are_told_and_heeded_by_the_sequence(place: Place) -> None:
    assert "sequence=5" in place.cited("contracts-touching", "staff", **SITE)[1]
    before, address = place.cited("contracts-touching", "", **SITE)
    assert "sequence" not in address
    place.add(LATER["received later"])
    replies = [place.get(f"{address}&sequence={number}") for number in (0, 5, 10**9)]
    assert [(reply.status_code, reply.text) for reply in replies] == [(200, before)] * 3


def test_what_was_recorded_by_then_may_be_asked_without_a_citation(place: Place) -> None:
    asked = {"model": f"{BASE}id/L1", "recordedAt": "2026-10-01T12:01:00Z"}
    before = place.get("/queries/sites-of-model", **asked).text
    place.add(LATER["received before and taken in later"])
    assert place.get("/queries/sites-of-model", **asked).text == before
    assert place.get("/queries/sites-of-model", **asked, limit="1").headers["link"].count("recordedAt=") == 1


def test_a_page_gives_a_reference_to_copy(place: Place) -> None:
    page = place.get("/queries/contracts-touching", accept="text/html", **SITE, ask="1").text
    assert re.search(
        r"ewgraph \(2026, October 1\)\. .*Factory 2 &lt;script&gt;.*\[Data set\]\. SHA-256 [0-9a-f]{16}", page
    )
    assert "@misc{ewgraph-contracts-touching-" in page
    assert f"{BASE}queries/contracts-touching?" in page


def test_copies_of_the_past_do_not_pile_up(place: Place) -> None:
    links = []
    for number in range(6):
        place.clock.time += dt.timedelta(minutes=number)
        links.append(place.cited("sites-of-model", model=f"{BASE}id/L1")[1])
    place.add(LATER["received before and taken in later"])
    assert [place.get(link).status_code for link in links] == [200] * 6
    folders = list((place.workspace.settings.data / "pasts").iterdir())
    assert 0 < len(folders) <= 4, "those that were read last: nobody reads another"
