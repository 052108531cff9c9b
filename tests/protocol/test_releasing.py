"""A release that is made beside a running server is shown by it: pages, SPARQL and stored questions, redacted."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.protocol.conftest import Server, append, serving
from tests.protocol.world import WORLD

EX = "https://data.example.org/id/"
BROWSER = "text/html"
BOUNDARIES = "SELECT ?b WHERE { ?b a <https://w3id.org/ewgraph/ns#Boundary> }"
ASKED = "/queries/sites-touched-by?" + urllib.parse.urlencode({"contract": EX + "K0", "ask": 1})


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("releasing") / "data"
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    keys = {"staff": Keyring(ledger, SystemClock()).add("staff")}
    ledger.close()
    with serving(data, keys) as server:
        done = command(data, "release", EX + "D1", "--to", "public", "--redaction", "boundary-reference")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(EX + "release/")
        deadline = time.monotonic() + 20
        while not server.rows(BOUNDARIES):
            assert time.monotonic() < deadline, "the server shows nothing of the release"
            time.sleep(0.1)
        yield server


def command(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ewgraph", "--data", str(data), *arguments, "--reason", "A secret reason."],
        capture_output=True,
        text=True,
        env={**os.environ, "EWGRAPH_BASE": "https://data.example.org/"},
        check=False,
    )


def hidden(server: Server) -> str:
    (boundary,) = server.rows(BOUNDARIES)
    return boundary


def test_a_page_says_that_a_site_is_not_disclosed(released: Server) -> None:
    page = released.request("/id?iri=" + urllib.parse.quote(hidden(released)), accept=BROWSER)
    assert page.status == 200
    reference = hidden(released).rpartition("/")[2][:8]
    assert f"<h1>a factory that is not disclosed to you: boundary reference {reference}</h1>" in page.text
    assert "Contracts that touch it" in page.text
    assert "Open contract" in page.text


def test_a_stored_question_leads_through_the_boundary(released: Server) -> None:
    page = released.request(ASKED, accept=BROWSER)
    assert "a factory that is not disclosed to you" in page.text
    table = released.request(ASKED, accept="text/csv")
    assert hidden(released) in table.text
    assert "F1" not in table.text


def test_no_answer_tells_what_is_hidden(released: Server) -> None:
    everything = released.sparql("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", accept="text/plain").text
    everything += released.request(ASKED, accept=BROWSER).text
    for secret in ('"Factory 1"', ">Factory 1<", "/id/F1", "/id/D1", "/id/K1", "/id/c1", "A secret reason.", "uni-a/"):
        assert secret not in everything
    assert released.request("/id/F1").status == 404


def test_staff_see_why(released: Server) -> None:
    rows = released.rows("SELECT ?r WHERE { ?x <https://w3id.org/ewgraph/ns#reason> ?r }", reader="staff")
    assert "A secret reason." in rows
