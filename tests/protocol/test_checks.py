"""What records say against each other is kept up while the service runs, and told to staff alone."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ewgraph.clock import SystemClock
from ewgraph.ledger import Keyring, Ledger
from tests.protocol.conftest import UNI_A, Server, append, serving
from tests.protocol.world import WORLD

TWO_COUNTRIES = """
ex:Z{n} {{
  ex:Z{n} a ew:SupplierListEdition ; prov:wasAttributedTo ex:brand-x ; ew:visibility vis:{visibility} ;
    ew:receivedAt "2025-03-0{n}T00:00:00Z"^^xsd:dateTime {revises} .
  ex:twice a ew:Factory ; rdfs:label "Twice" ;
    ew:country <http://publications.europa.eu/resource/authority/country/{country}> .
  ex:z{n} a ew:SupplyClaim ; ew:assertedIn ex:Z{n} ; ew:output ex:L1 ; ew:site ex:twice ; ew:tier tier:final-assembly ;
    ew:deliveredTo ex:twice ; ew:scope scope:brand ;
    ew:evidenceBasis eb:brand-per-model ; ew:validFrom "2022-01-01"^^xsd:date .
}}
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    data = tmp_path / "data"
    ledger = Ledger(data / "ledger.sqlite", SystemClock())
    append(ledger, WORLD)
    keyring = Keyring(ledger, SystemClock())
    keys = {"staff": keyring.add("staff"), "uni-a": keyring.add(UNI_A)}
    ledger.close()
    with serving(data, keys) as started:
        yield started


def shapes(server: Server) -> list[str]:
    """The shapes and focus nodes of the results, once everything is evaluated."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        reply = server.request("/checks", reader="staff")
        if reply.status == 200 and not reply.json["pending"]:  # type: ignore[index]
            return sorted(
                f"{each['sourceShape'].rpartition('#')[2]} {each['focusNode'].rpartition('/')[2]}"
                for each in reply.json["results"]  # type: ignore[index]
            )
        assert reply.status in {200, 503}, reply.text
        time.sleep(0.2)
    raise AssertionError("the checks never settled")


def said(server: Server, text: str) -> None:
    """Append records beside the running server, and wait until they are shown."""
    ledger = Ledger(server.data / "ledger.sqlite", SystemClock())
    append(ledger, text)
    head = ledger.head()
    ledger.close()
    until = time.monotonic() + 60
    while f"ewgraph_graph_cursor {head}" not in server.request("/metrics", reader="staff").text:
        assert time.monotonic() < until
        time.sleep(0.2)


def test_a_new_record_is_held_against_the_others_until_it_is_revised(server: Server) -> None:
    assert shapes(server) == []
    said(server, TWO_COUNTRIES.format(n=1, visibility="staff", country="VNM", revises=""))
    found = shapes(server)
    assert found
    assert all(each.endswith("z1") for each in found)
    said(server, TWO_COUNTRIES.format(n=2, visibility="staff", country="VNM", revises="; prov:wasRevisionOf ex:Z1"))
    later = shapes(server)
    assert later
    assert all(each.endswith("z2") for each in later), later


def test_only_staff_are_told(server: Server) -> None:
    unknown = server.request("/nothing-here", reader="uni-a")
    for reader in ("uni-a", None):
        reply = server.request("/checks", reader=reader)
        assert reply.status == unknown.status == 404
        assert json.loads(reply.text)["title"] == json.loads(unknown.text)["title"]


def test_the_results_are_a_validation_report_too(server: Server) -> None:
    shapes(server)
    reply = server.request("/checks", reader="staff", accept="text/turtle")
    assert reply.media_type == "text/turtle"
    assert "sh:conforms true" in reply.text
    assert server.request("/checks", reader="staff", accept="image/png").status == 406
